"""Where the reading of a journal begins: behind the newest snapshot that is in order and belongs to it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

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
    """Chooses the snapshot, remembers those that are no good (`bad`), and how far the journal was known."""

    def __init__(self, journal: Journal, shelf: Shelf) -> None:
        self.notice = ""
        self.bad: set[int] = set()
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
            if self._fits(base.tip, head):
                state.restart(base)
                return base.tip.unfinished
            base.close()
        return ()

    def _fits(self, tip: Tip, head: Head | None) -> bool:
        """Whether the journal has the commit that the snapshot ends with, where it should be."""
        if head is not None and (tip.seq > head.seq or (tip.seq == head.seq and tip.head != head)):
            return False
        journal = self._journal
        try:
            lengths = tuple(journal.size(number) for number in range(1, tip.segment))
            raw = os.pread(journal.segment_fd(tip.segment), tip.end - tip.start, tip.start)
            line = read_line(raw)
        except (Damaged, BadLine, OSError, ValueError, OverflowError):
            return False
        return lengths == tip.lengths and (line.header.seq, line.hash) == (tip.seq, tip.hash)

    def leave(self, damage: BadSnapshot, state: State) -> None:
        """The snapshot of this state is no good; remember what the state knew."""
        base = state.base
        if base is None:
            return
        if state.end.seq > self.known_seq:
            self.known_seq, self._known_hash = state.end.seq, bytes.fromhex(state.end.hash)[:CHAIN_BYTES]
        self._note(base.number, damage)
        base.close()

    def is_known(self, state: State) -> bool:
        """Whether the journal still has the commit that was known before."""
        if not 0 < self.known_seq <= state.end.seq:
            return True
        return state.chained(self.known_seq) == self._known_hash

    def _note(self, number: int, damage: BadSnapshot) -> None:
        self.bad.add(number)
        self.notice = (
            f"Snapshot {number} in {self._shelf.folder} is damaged ({damage}). It is not used: the journal was "
            "read instead, nothing is lost."
        )
