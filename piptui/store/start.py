"""Where the reading of a journal begins: behind the newest snapshot that is in order and belongs to it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from . import tail
from .base import Base
from .files import Head
from .line import BadLine, read_line
from .pages import BadSnapshot, OtherSnapshot
from .scan import Damaged
from .shelf import Shelf
from .state import State
from .tip import CHAIN_BYTES, Tip

if TYPE_CHECKING:
    from .journal import Journal

Targets = tuple[tuple[int, int], ...]


class Start:
    """Chooses the snapshot; remembers those that are no good (`bad`, `bad_tail`), and how far the journal was."""

    def __init__(self, journal: Journal, shelf: Shelf) -> None:
        self.notice = ""
        self.bad: set[int] = set()
        self.bad_tail = False
        self.known_seq = 0
        self._known_hash = b""
        self._journal = journal
        self._shelf = shelf

    def adopt(self, state: State, head: Head | None) -> Targets:
        """Put the state behind a snapshot, if there is one that fits; the redactions unfinished then."""
        for number in self._shelf.numbers():
            if number in self.bad:
                continue
            try:
                base = self._shelf.load(number)
            except OtherSnapshot:
                continue
            except BadSnapshot as damage:
                self._note(number, damage)
                continue
            except OSError:
                # Deleted by another process meanwhile, or not ours to read: the journal is.
                continue
            if self._fits(base.tip.head, base.tip.start, head) and self._lengths(base.tip):
                return self._behind(state, base, head)
            base.close()
        return self._behind(state, None, head)

    def _behind(self, state: State, base: Base | None, head: Head | None) -> Targets:
        """Put the state behind a snapshot or at the beginning, and behind what was saved since if that fits."""
        number = 0 if base is None else base.number
        since, anchor = (0, "") if base is None else (base.tip.seq, base.tip.hash)
        try:
            saved = tail.read(self._shelf.tail(number))
            if saved.base_hash == anchor and self._fits(saved.head, tail.last_spot(saved, since).offset, head):
                tail.load(state, saved, base)
                return tuple(saved.unfinished)
        except (OtherSnapshot, OSError):
            pass
        except BadSnapshot as damage:
            self.bad_tail = True
            self._say(number, damage)
        state.restart(base)
        return () if base is None else base.tip.unfinished

    def _fits(self, end: Head, start: int, head: Head | None) -> bool:
        """Whether the journal has the commit that a snapshot ends with, where it should be."""
        if head is not None and (end.seq > head.seq or (end.seq == head.seq and end != head)):
            return False
        try:
            line = read_line(os.pread(self._journal.segment_fd(end.segment), end.end - start, start))
        except (Damaged, BadLine, OSError, ValueError, OverflowError):
            return False
        return (line.header.seq, line.hash) == (end.seq, end.hash)

    def _lengths(self, tip: Tip) -> bool:
        """Whether the segments before are there, and as long as they were."""
        try:
            return tip.lengths == tuple(self._journal.size(number) for number in range(1, tip.segment))
        except (Damaged, OSError):
            return False

    def leave(self, damage: BadSnapshot, state: State) -> None:
        """The snapshot of this state is no good; remember what the state knew."""
        base = state.base
        if base is None:
            return
        self.know(state)
        self._note(base.number, damage)
        base.close()

    def know(self, state: State) -> None:
        """Remember how far the journal was read."""
        if state.end.seq > self.known_seq:
            self.known_seq, self._known_hash = state.end.seq, bytes.fromhex(state.end.hash)[:CHAIN_BYTES]

    def is_known(self, state: State) -> bool:
        """Whether the journal still has the commit that was known before."""
        if not 0 < self.known_seq <= state.end.seq:
            return True
        return state.chained(self.known_seq) == self._known_hash

    def _note(self, number: int, damage: BadSnapshot) -> None:
        self.bad.add(number)
        self._say(number, damage)

    def _say(self, number: int, damage: BadSnapshot) -> None:
        self.notice = (
            f"Snapshot {number} in {self._shelf.folder} is damaged ({damage}). It is not used: the journal was "
            "read instead, nothing is lost."
        )
