"""What was seen of the record before, from here: compared when it is opened, kept while one looks at it.

A start pays for one small file and one line of the journal. What disagrees is told and kept: nothing is noted until
somebody says that it shall be.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from piptui.config import store_option
from piptui.errors import Corrupt, PiptuiError
from piptui.store import Store
from piptui.witness import Seen, Witness

RARELY: Final = dt.timedelta(minutes=1)
"""How long what is new is only remembered by the program, before it is written."""


class Memory:
    """The witness of one open store; without one nothing is compared and nothing kept."""

    def __init__(self, store: Store, witness: Witness | None, clock: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._witness = witness
        self._clock = clock
        self._noted = 0
        self._next = clock() + RARELY
        self.remark = ""
        """That this is a copy of a record that went on elsewhere: worth knowing once, and no reason to worry."""
        self.warning = self._compared()
        """That the record is not the one that was seen before, in a sentence; "" where it is."""

    def _compared(self) -> str:
        if self._witness is None:
            return ""
        seen = self._witness.seen()
        if seen is None:
            self.remark = self._parted(self._witness.copy())
            other = self._witness.other()
            return "" if other is None else self._next_step(told_other(other))
        self._noted = seen.seq
        return self._against(seen)

    def _parted(self, copy: Seen | None) -> str:
        if copy is None:
            return ""
        with suppress(PiptuiError):
            if not self._store.holds(copy.seq, copy.hash):
                there = f"the same record lies in {copy.place}, where you saw commit {copy.seq}"
                again = "What was removed there since is still in it. " if copy.seq > self._store.head()[0] else ""
                return f"This is a copy: {there}, which this one has not. {again}From here on each goes its own way."
        return ""

    def _against(self, seen: Seen) -> str:
        try:
            if self._store.holds(seen.seq, seen.hash):
                return ""
            return self._next_step(told(seen, self._store.head()[0]))
        except Corrupt:
            return self._next_step("The record is damaged")

    def _next_step(self, what: str) -> str:
        assert self._witness is not None  # noqa: S101 - without one nothing is compared
        return f"{what}. Next: piptui verify{store_option(self._witness.place)}"

    def now_and_then(self) -> None:
        """Note what is seen, if the last time was a while ago; for what is asked often."""
        if self._witness is not None and self._clock() >= self._next:
            self.note()

    def note(self) -> None:
        """Note the last commit, unless what was noted before disagrees, or another window has seen more."""
        if self._witness is None or self.warning:
            return
        self._next = self._clock() + RARELY
        with suppress(PiptuiError):
            seq, digest = self._store.head()
            if seq <= self._noted:
                return
            seen = self._witness.seen()
            if seen is not None:
                self.warning = self._against(seen)
                if self.warning or seen.seq >= seq:
                    return
            if self._witness.note(seq, digest, self._clock()):
                self._noted = seq

    def accept(self) -> tuple[Seen, ...]:
        """From now on the record counts as it is; what was seen instead, if anything."""
        if self._witness is None:
            return ()
        before = [seen for seen in (self._witness.seen(), self._witness.other()) if seen is not None and self.warning]
        self._witness.leave()
        seq, digest = self._store.head()
        if self._witness.note(seq, digest, self._clock()):
            self.warning, self._noted = "", seq
        return tuple(before)

    def seen(self) -> tuple[Seen | None, Seen | None]:
        """What was seen of this record, and of another one in its place."""
        return (None, None) if self._witness is None else (self._witness.seen(), self._witness.other())


def told(seen: Seen, ends: int) -> str:
    """That a record does not hold what was seen of it."""
    if seen.seq > ends:
        what = f"The record was rolled back: it ends with commit {ends}, and you saw commit {seen.seq}"
    else:
        what = f"The record was rewritten: its commit {seen.seq} is not the one that you saw"
    return f"{what} on {seen.at:%Y-%m-%d}"


def told_other(seen: Seen) -> str:
    """That another record lies where this login saw one."""
    return f"Another record lies here than the one that you saw on {seen.at:%Y-%m-%d}"
