"""When a snapshot is made and by whom: in a thread of its own, behind commits, outside the writers' lock.

A snapshot is worth its price once opening has to read many changes behind the newest one. Making it holds up
nobody: the state is copied, the thread gives way every few milliseconds, and whoever closes the store hurries it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from threading import Event, RLock, Thread
from time import monotonic

from piptui.errors import PiptuiError

from . import tail
from .build import Around, build
from .files import Head
from .journal import Journal
from .pages import BadSnapshot, OtherSnapshot, Sheet
from .rows import RowPlan, Rows
from .shelf import PARTS, TAIL, Shelf
from .state import CASES, Ready, State
from .writer import Writer

LEAST = 1000
SHARE = 5
TAIL_LEAST = 100
TAIL_SHARE = 4
CLOSE_SECONDS = 2.0
URGENT_SECONDS = 60.0
_SLICE_SECONDS = 0.002
_REST_SECONDS = 0.0005
_STILL_SECONDS = 1.0


Order = tuple[Callable[[], bool], State]
"""What to do, and the state that it does it with."""


class Cancelled(Exception):
    """The snapshot is not wanted any more."""


class Maker:
    """Makes the snapshots of one open store; `reading` guards its state."""

    def __init__(self, journal: Journal, rows: Rows, shelf: Shelf, writer: Writer, reading: RLock) -> None:
        self.notice = ""
        self._journal = journal
        self._rows = rows
        self._shelf = shelf
        self._writer = writer
        self._reading = reading
        self._hurried = Event()
        self._cancelled = Event()
        self._urgent = False
        self._thread: Thread | None = None
        self._look_at = 0
        self._looked: tuple[object, ...] = ()
        self._rested = 0.0

    def consider(self) -> None:
        """Start making a snapshot if one is due; costs next to nothing where nothing changed."""
        with self._reading:
            state = self._journal.state
            looked = (state.born, state.redactor, self._rows.outdated(self._limit()))
            if self.busy():
                return
            if (looked != self._looked or state.changes >= self._look_at) and self._due(state):
                self._start(self._snapshot())
            elif self._tail_due(state):
                self._start(self._tail())
            self._looked = looked

    def _start(self, order: Order) -> None:
        self._thread = Thread(target=self._run, args=order, name="snapshot", daemon=True)
        self._thread.start()

    def _tail_due(self, state: State) -> bool:
        """Whether it is worth to save what came behind the snapshot."""
        fresh = max(state.changes - state.saved, self._rows.folded)
        return self._journal.start.bad_tail or fresh > max(TAIL_LEAST, state.changes // TAIL_SHARE)

    def busy(self) -> bool:
        """Whether a snapshot is being made."""
        return self._thread is not None and self._thread.is_alive()

    def _due(self, state: State) -> bool:
        """Whether opening costs too much by now; looks at the disk, and says when to look again."""
        newest = self._newest()
        base = state.base
        behind = state.behind(newest) + (0 if base is None or newest else base.tip.lines)
        limit = self._limit()
        self._look_at = state.changes + max(limit - behind, limit // 10) + 1
        self._urgent = behind > 4 * limit
        damaged = not self._journal.start.bad.isdisjoint(self._shelf.numbers())
        return state.end.seq > 0 and (behind > limit or damaged or self._rows.outdated(limit))

    def _limit(self) -> int:
        """How many changes behind a snapshot are worth a new one."""
        return max(LEAST, self._journal.state.roughly(CASES) // SHARE)

    def _newest(self) -> int:
        """The commit up to which the newest snapshot on the disk goes; 0 where there is none for us."""
        for number in self._shelf.numbers():
            if number not in self._journal.start.bad:
                try:
                    return self._shelf.tip(number)[0].seq
                except (BadSnapshot, OSError):
                    continue
        return 0

    def _around(self, end: Head) -> Around:
        lengths = tuple(self._journal.size(number) for number in range(1, end.segment))
        return Around(lengths, tuple(sorted(self._journal.unfinished)))

    def make(self) -> bool:
        """Make a snapshot of what was read, here and now; False where another process is at it, or removed a text.

        Raises OSError; BadSnapshot where the one before is damaged.
        """
        if self._thread is not None:
            self._thread.join()
        with self._reading:
            work, _ = self._snapshot()
        return _done(work)

    def make_tail(self) -> bool:
        """Save what came behind the snapshot, here and now; as `make`."""
        with self._reading:
            work, _ = self._tail()
        return _done(work)

    def _snapshot(self) -> Order:
        """The making of a snapshot: what to write is taken under the lock, and written without."""
        state, plan = self._journal.state.frozen(), self._rows.plan()._replace(hurried=self._hurried.is_set)
        around = self._around(state.end)
        self._rows.folded = 0
        return lambda: self._write(state, around, plan), state

    def _tail(self) -> Order:
        """The same for what came behind the snapshot."""
        live = self._journal.state
        state, ready, unfinished = live.frozen(), self._rows.ready(), self._around(live.end).unfinished
        self._rows.folded, live.saved, self._journal.start.bad_tail = 0, live.changes, False
        return lambda: self._write_tail(state, ready, unfinished), state

    def _run(self, work: Callable[[], bool], state: State) -> None:
        try:
            work()
        except (Cancelled, PiptuiError):
            pass
        except BadSnapshot as damage:
            self._remove(state, damage)
        except OSError as error:
            self.notice = (
                f"No snapshot could be written in {self._shelf.folder} ({error.strerror}). The record is complete, "
                "but opening it takes longer until there is room."
            )

    def _write(self, state: State, around: Around, plan: RowPlan) -> bool:
        with self._shelf.alone() as alone:
            if alone:
                number = max(self._shelf.numbers(), default=0) + 1
                try:
                    self._fill(number, state, around, plan)
                    self._unless_redacted(state)
                    self._shelf.publish(number)
                except FileNotFoundError:
                    # Whoever removes a text deletes what is being made, too.
                    self._shelf.remove(number)
                    raise Cancelled from None
                except BaseException:
                    self._shelf.remove(number)
                    raise
                self._prune(number, state)
        if alone:
            self._move_on()
        return alone

    def _write_tail(self, state: State, ready: Ready, unfinished: tuple[tuple[int, int], ...]) -> bool:
        number = 0 if state.base is None else state.base.number
        with self._shelf.alone() as alone:
            # Whoever opens the store starts at the newest snapshot: a tail behind another one is of no use.
            if alone and max(self._shelf.numbers(), default=0) == number:
                if state.spots:
                    self._fill_tail(number, state, tail.save(state, unfinished, ready))
                else:
                    self._shelf.path(number, TAIL).unlink(missing_ok=True)
            return alone

    def _fill_tail(self, number: int, state: State, text: bytes) -> None:
        fd = self._shelf.fresh(number, TAIL)
        try:
            sheet = Sheet(fd)
            sheet.write(text)
            sheet.finish()
            self._unless_redacted(state)
            self._shelf.publish(number, (TAIL,))
        except BaseException:
            self._shelf.leave(number, TAIL)
            raise
        finally:
            os.close(fd)

    def _move_on(self) -> None:
        """Use the new snapshot here, too: what came before it need not be kept in memory."""
        with self._writer.still(_STILL_SECONDS) as still:
            if still:
                with self._reading:
                    self._journal.again()

    def _fill(self, number: int, state: State, around: Around, plan: RowPlan) -> None:
        files: list[int] = []
        try:
            for part in PARTS:
                files.append(self._shelf.fresh(number, part))
            text, data, index = map(Sheet, files)
            index.write(build(state, around, plan, text, data, self._pause))
            index.finish()
        finally:
            for fd in files:
                os.close(fd)

    def _pause(self) -> None:
        if self._cancelled.is_set():
            raise Cancelled
        if not self._hurried.is_set() and monotonic() - self._rested > _SLICE_SECONDS:
            time.sleep(_REST_SECONDS)
            self._rested = monotonic()

    def _unless_redacted(self, state: State) -> None:
        """A text that was removed meanwhile must not come back: it may stand in what was just written.

        Who removes one deletes what is here after the commit that says so: either we see it, or it sees us.
        """
        with self._reading:
            self._journal.refresh()
            if self._journal.state.redactor > state.end.seq:
                raise Cancelled

    def _prune(self, number: int, state: State) -> None:
        """Keep the new snapshot and the one before, and those of other versions of the program."""
        ours, foreign = [number], []
        for other in self._shelf.numbers():
            try:
                tip, _ = self._shelf.tip(other)
            except OtherSnapshot:
                foreign.append(other)
            except (BadSnapshot, OSError):
                continue
            else:
                fits = tip.seq <= state.end.seq and bytes.fromhex(tip.hash).startswith(state.chained(tip.seq))
                if other != number and fits and other not in self._journal.start.bad:
                    ours.append(other)
        self._shelf.sweep({*ours[:2], *foreign}.__contains__)

    def _remove(self, state: State, damage: BadSnapshot) -> None:
        """A new snapshot cannot be made from a damaged one: the next to open reads the journal instead."""
        if state.base is None:
            return
        number = state.base.number
        self.notice = (
            f"Snapshot {number} in {self._shelf.folder} is damaged ({damage}) and was removed. Nothing is lost."
        )
        self._shelf.remove(number)

    def close(self) -> None:
        """Let a snapshot that is being made come to its end, if that is soon; no thread is left behind."""
        thread = self._thread
        if thread is not None:
            self._hurried.set()
            thread.join(URGENT_SECONDS if self._urgent else CLOSE_SECONDS)
            self._cancelled.set()
            thread.join()


def _done(work: Callable[[], bool]) -> bool:
    try:
        return work()
    except Cancelled:
        return False
