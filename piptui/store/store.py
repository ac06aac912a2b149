"""The store on a journal: what `open_store` hands out."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event, RLock
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple, Self

from piptui.errors import NotFound, PiptuiError, Refused

from . import find as full_text
from . import history as past
from .api import (
    Change,
    Clock,
    Commits,
    Document,
    Expected,
    Facts,
    Helds,
    Key,
    Keys,
    Listed,
    Records,
    Report,
    Rev,
    Row,
)
from .files import Place
from .journal import Journal
from .request import Request, prepare
from .rows import Rows
from .state import Entry, State
from .verify import verify_store
from .writer import Writer

POLL_SECONDS = 0.25
Targets = tuple[tuple[int, int], ...]


@contextmanager
def _no_collector() -> Iterator[None]:
    """Reading a whole record makes many objects and no garbage: looking for some would double the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class Opening(NamedTuple):
    """How a store was opened; a forked child opens it again the same way.

    `barrier` is the sentence why nothing may be written, or "".
    """

    place: Place
    info: dict[str, Any]
    barrier: str
    notices: tuple[str, ...]
    row: Row | None
    clock: Clock
    salt: Callable[[], str]


class JournalStore:
    """A `Store` (see `api`) over the files of one directory; its methods may be called from any thread."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._closed = Event()
        self._start()
        self._waited = self.journal.state.end.seq

    def _start(self) -> None:
        place, info, _, _, row, clock, salt = self._opening
        self._pid = os.getpid()
        self._reading = RLock()
        self.journal = Journal(place, lambda: verify_store(place.path))
        self._writer = Writer(self.journal, info["kind"], self._reading, clock, salt)
        self._rows = Rows(self.journal.state, row)
        try:
            with _no_collector():
                self.journal.refresh()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def _current(self) -> Iterator[Journal]:
        """The journal, caught up, for this thread alone."""
        self._alive()
        with self._reading:
            self.journal.refresh()
            yield self.journal

    def _alive(self) -> None:
        if self._closed.is_set():
            raise PiptuiError("This store was closed. Open it again.")
        if os.getpid() != self._pid:
            # A forked child shares its parent's lock and may have inherited half of a change: it starts afresh.
            self._writer.close()
            self.journal.close()
            self._start()

    @property
    def readonly(self) -> bool:
        """Whether commits are refused here."""
        return bool(self._opening.barrier)

    @property
    def notice(self) -> str:
        """What a person should know about this store, or ""."""
        return " ".join(filter(None, (self._opening.barrier, *self._opening.notices, self._writer.notice)))

    @property
    def info(self) -> dict[str, Any]:
        """The content of store.json."""
        return dict(self._opening.info)

    def get(self, table: str, id: str, *, at: int | None = None) -> tuple[Document, Rev]:  # noqa: A002 - public name
        """See `Store.get`."""
        with self._current() as journal:
            if at is not None:
                return past.document_at(journal, (table, id), at)
            entry = journal.state.entry((table, id))
            if entry is None:
                raise NotFound(f"There is no such document in {table}.")
            found = journal.state.copy((table, id))
            if found is None:
                raise NotFound(f"The text of this document in {table} was removed from the record.")
            return found

    def list(self, table: str, *, of: str | None = None) -> Listed:
        """See `Store.list`."""
        with self._current() as journal:
            state = journal.state
            if of is not None:
                return [(name, doc, rev) for held, name, doc, rev in state.held(of) if held == table]
            copies = ((name, state.copy((table, name))) for name in state.tables.get(table, ()))
            return [(name, *found) for name, found in copies if found is not None]

    def case_documents(self, of: str) -> Helds:
        """See `Store.case_documents`."""
        with self._current() as journal:
            return [*journal.state.held(of)]

    def ever(self, of: str) -> Keys:
        """See `Store.ever`."""
        with self._current() as journal:
            return [*journal.state.ever_of.get(of, ())]

    def rows(self) -> dict[str, Facts]:
        """See `Store.rows`."""
        with self._current():
            return self._rows.current()

    def find(self, text: str) -> Keys:
        """See `Store.find`."""
        with self._current() as journal:
            return full_text.find(journal.state, text)

    def done(self, token: str) -> int | None:
        """See `Store.done`."""
        with self._current() as journal:
            return journal.state.tokens.get(token)

    def commit(
        self,
        changes: Sequence[Change | tuple[Any, ...]],
        *,
        expect: Mapping[Key, Expected],
        actor: str,
        act: str,
        token: str | None = None,
        meta: Mapping[str, Any] | None = None,
    ) -> int:
        """See `Store.commit`."""
        return self.write(prepare(changes, expect, actor, act, token, meta))

    def write(self, request: Request, redacts: Targets = ()) -> int:
        """Commit a prepared request; `redacts` lists the (seq, change) whose texts it removes."""
        with self.exclusive():
            return self._writer.commit(request, redacts)

    @contextmanager
    def exclusive(self) -> Iterator[State]:
        """Be the only writer for a while, with everything read; commits inside go through. Raises Busy."""
        self._alive()
        if self._opening.barrier:
            raise Refused(self._opening.barrier)
        with self._writer.exclusive():
            yield self.journal.state

    def settled(self) -> bool:
        """Whether nothing lies behind the acknowledged end and `head` is in order; reads only."""
        with self._current() as journal:
            return journal.is_current() and not journal.unfinished and journal.beyond() == 0

    def tables(self) -> dict[str, dict[str, Entry]]:
        """The current entries by table and id, as last read: for looking, never for changing."""
        return self.journal.state.tables

    def top(self, table: str) -> int:
        """The highest whole number that ever was an id in a table, as last read; 0 for none."""
        return self.journal.state.top.get(table, 0)

    def history(self, table: str, id: str) -> Records:  # noqa: A002 - public name
        """See `Store.history`."""
        with self._current() as journal:
            return past.history(journal, (table, id))

    def changes(self, since: int) -> Commits:
        """See `Store.changes`."""
        with self._current() as journal:
            return [past.as_commit(header, digest) for header, digest in journal.headers(since)]

    def wait(self, timeout: float) -> int:
        """See `Store.wait`. Closing the store ends it early."""
        until = monotonic() + timeout
        while True:
            with self._current() as journal:
                seq = journal.state.end.seq
            left = until - monotonic()
            if seq != self._waited or left <= 0 or self._closed.wait(min(left, POLL_SECONDS)):
                self._waited = seq
                return seq

    def verify(self, witness: tuple[int, str] | None = None) -> Report:
        """See `Store.verify`."""
        self._alive()
        return verify_store(self._opening.place.path, witness)

    def head(self) -> tuple[int, str]:
        """See `Store.head`."""
        with self._current() as journal:
            return journal.state.end.seq, journal.state.end.hash

    def close(self) -> None:
        """See `Store.close`."""
        if not self._closed.is_set():
            self._closed.set()
            with self._reading:
                self._writer.close()
                self.journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
