"""The store on a journal: what `open_store` hands out."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from threading import Event, RLock
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

import msgspec

from piptui.errors import Corrupt, NotFound, PiptuiError, Refused

from . import find as full_text
from . import history as past
from .api import (
    Backup,
    Change,
    Clock,
    Commits,
    Document,
    Expected,
    Helds,
    Key,
    Keys,
    Listed,
    Mentions,
    Records,
    Report,
    Rev,
    Row,
    Saids,
    Texts,
)
from .attached import MISSING, TABLE, Attached, names_bytes, told
from .base import Base
from .entry import Entry
from .files import Place, unread
from .journal import Journal
from .maker import Maker
from .pages import BadSnapshot
from .request import Request, prepare
from .rows import Rows
from .rowview import Kept, RowsView
from .shelf import Shelf
from .state import State
from .table import Table
from .verify import verify_store
from .writer import Writer

if TYPE_CHECKING:
    from piptui.naming import Lookout  # a start looks for nobody

    from .presence import Presence

POLL_SECONDS = 0.25
T = TypeVar("T")
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

    `barrier` is the sentence why nothing may be written, or "". `row_version` names the row function;
    rows with `row_first` in them are kept before the others.
    """

    place: Place
    info: dict[str, Any]
    barrier: str
    notices: tuple[str, ...]
    row: Row | None
    row_version: str
    row_first: bytes
    clock: Clock
    salt: Callable[[], str]


class JournalStore:
    """A `Store` (see `api`) over the files of one directory; its methods may be called from any thread."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._closed = Event()
        self._presence: Presence | None = None
        self._start()
        self._waited = self.journal.state.end.seq

    def _start(self) -> None:
        place, info, barrier, _, row, version, first, clock, salt = self._opening
        self._pid = os.getpid()
        self._reading = RLock()
        shelf = Shelf(place, info["kind"])
        self.journal = Journal(place, lambda: verify_store(place.path), shelf)
        self._attached = Attached(place, info["kind"])
        self._writer = Writer(self.journal, info["kind"], self._reading, clock, salt, shelf)
        self._rows = Rows(self.journal.state, row, version, first)
        self._maker = None if barrier else Maker(self.journal, self._rows, shelf, self._writer, self._reading)
        try:
            with _no_collector():
                self.journal.refresh()
            redactor = self.journal.state.redactor
            if redactor and not barrier:
                # Whoever removed a text may have died before it was gone from here, too.
                shelf.forget(redactor)
            self._consider()
        except BaseException:
            self.close()
            raise

    def _look(self, work: Callable[[State], T]) -> T:
        """What `work` finds in the state, caught up, with no other thread at it."""
        self._alive()
        try:
            with self._reading:
                self.journal.refresh()
                state = self.journal.state
                return state.healed(lambda: work(state))
        except OSError as error:
            raise unread(error, self.journal.place.path) from error

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
        found = (self._writer.notice, self.journal.start.notice, "" if self._maker is None else self._maker.notice)
        return " ".join(filter(None, (self._opening.barrier, *self._opening.notices, *found)))

    @property
    def info(self) -> dict[str, Any]:
        """The content of store.json."""
        return dict(self._opening.info)

    def get(self, table: str, id: str, *, at: int | None = None) -> tuple[Document, Rev]:  # noqa: A002 - public name
        """See `Store.get`."""
        if at is not None:
            return self._look(lambda _: past.document_at(self.journal, (table, id), at))
        entry = self._look(lambda state: state.entry((table, id)))
        if entry is None:
            raise NotFound(f"There is no such document in {table}.")
        if entry.body is None:
            raise NotFound(f"The text of this document in {table} was removed from the record.")
        return msgspec.json.decode(entry.body), entry.rev

    def list(self, table: str, *, of: str | None = None) -> Listed:
        """See `Store.list`."""
        if of is not None:
            return [(name, doc, rev) for held, name, doc, rev in self.case_documents(of) if held == table]
        entries = self._look(lambda state: [*state.table(table).entries()])
        decode = msgspec.json.decode
        return [(name, decode(entry.body), entry.rev) for name, entry in entries if entry.body is not None]

    def texts(self, table: str, *parts: bytes) -> Texts:
        """See `Store.texts`."""
        pick = full_text.lines_with(parts) if parts else None
        entries = self._look(lambda state: [*state.table(table).entries(pick)])
        wanted = parts or (b"",)
        bodies = ((name, entry.body) for name, entry in entries if entry.body is not None)
        return [(name, body) for name, body in bodies if any(part in body for part in wanted)]

    def case_documents(self, of: str) -> Helds:
        """See `Store.case_documents`."""
        return self._look(lambda state: state.held(of))

    def ever(self, of: str) -> Keys:
        """See `Store.ever`."""
        return self._look(lambda state: state.ever(of))

    def rows(self) -> RowsView:
        """See `Store.rows`."""
        view = RowsView(self._look(lambda _: self._rows.current()), self._rows_again)
        self._consider()
        return view

    def prepare_rows(self, most: int) -> int:
        """See `Store.prepare_rows`."""
        return self._look(lambda _: self._rows.prepare(most))

    def snapshot(self) -> bool:
        """Make a snapshot now, whether or not one is due (of an empty record there is none to make); False where
        another process is making one, or has removed a text meanwhile.

        Raises Refused where this store may not be written, OSError where there is no room.
        """
        seq, _ = self.head()
        if self._maker is None:
            raise Refused(self._opening.barrier)
        return self._maker.make() if seq else True

    def _consider(self) -> None:
        if self._maker is not None:
            self._maker.consider()

    def _rows_again(self, base: Base | None, damage: BadSnapshot) -> Kept:
        with self._reading:
            if base is self.journal.state.base:
                self.journal.heal(damage)
            return self._look(lambda _: self._rows.current())

    def find(self, text: str, *, kinds: Container[str] = ()) -> Keys:
        """See `Store.find`."""
        return self._look(lambda state: full_text.find(state, text, kinds))

    def done(self, token: str) -> int | None:
        """See `Store.done`."""
        return self._look(lambda state: state.token(token))

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
            seq = self._writer.commit(request, redacts)
        self._consider()
        return seq

    @contextmanager
    def exclusive(self) -> Iterator[State]:
        """Be the only writer for a while, with everything read; commits inside go through. Raises Busy."""
        self._alive()
        if self._opening.barrier:
            raise Refused(self._opening.barrier)
        with self._writer.exclusive():
            yield self.journal.state

    def settle(self) -> None:
        """Put in order what a dead writer has left, if none is at work now. Raises Busy at once, Corrupt."""
        with self._writer.exclusive(0):
            pass

    def blanking(self) -> bool:
        """Whether a text that was removed is still there: another process is about to blank it, or died before."""
        journal = self.journal
        return self._look(lambda _: any(not journal.is_blanked(*target) for target in sorted(journal.unfinished)))

    def settled(self) -> bool:
        """Whether nothing lies behind the acknowledged end and `head` is in order; reads only."""
        journal = self.journal
        return self._look(lambda _: journal.is_current() and not journal.unfinished and journal.beyond() == 0)

    def tables(self) -> dict[str, Table]:
        """The current entries by table and id, as last read: for looking, never for changing."""
        with self._reading:
            state = self.journal.state
            return {name: state.table(name) for name in state.table_names()}

    def table(self, name: str) -> Table:
        """The current entries of a table by id, as last read."""
        with self._reading:
            return self.journal.state.table(name)

    def entry(self, key: Key) -> Entry | None:
        """The current entry of a key, as last read."""
        with self._reading:
            state = self.journal.state
            return state.healed(lambda: state.entry(key))

    def top(self, table: str) -> int:
        """The highest whole number that ever was an id in a table, as last read; 0 for none."""
        with self._reading:
            return self.journal.state.top.get(table, 0)

    @contextmanager
    def keeping(self, id: str, data: bytes) -> Iterator[None]:  # noqa: A002 - public name
        """See `Store.keeping`."""
        self._alive()
        if self._opening.barrier:
            raise Refused(self._opening.barrier)
        try:
            with self._attached.kept(id, data):
                yield
        finally:
            self._sweep()

    def _sweep(self) -> None:
        """Settle what attaching has left, here or in a process that was killed; whoever attaches next tries again."""
        with suppress(PiptuiError, OSError):
            left = self._attached.unsettled()
            if left:
                with self.exclusive():
                    for name in left:
                        # What somebody else left may not be ours to remove.
                        with suppress(OSError):
                            self._attached.swept(name, self._ever_named)

    def _ever_named(self, name: str) -> bool:
        return self._look(lambda state: state.last((TABLE, name))) > 0

    def content(self, id: str) -> bytes:  # noqa: A002 - public name
        """See `Store.content`."""
        while True:
            document, rev = self.get(TABLE, id)
            if not names_bytes(document):
                raise NotFound("The content of this file was removed from the record.")
            try:
                found = self._attached.read(id)
            except OSError as error:
                where = self._attached.folder
                raise PiptuiError(f"The attached file {id} in {where} cannot be read: {error.strerror}.") from error
            flaw = MISSING if found is None else told(found, document)
            if found is not None and not flaw:
                return found
            # It may have been removed from the record in between.
            if self.get(TABLE, id)[1].seq == rev.seq:
                raise Corrupt(f"The bytes of the attached file {id} in {self._attached.folder} {flaw}.")

    def history(self, table: str, id: str) -> Records:  # noqa: A002 - public name
        """See `Store.history`."""
        return self._look(lambda _: past.history(self.journal, (table, id)))

    def said(self, table: str, id: str) -> Saids:  # noqa: A002 - public name
        """See `Store.said`."""
        return self._look(lambda _: past.payloads(self.journal, (table, id)))

    def changes(self, since: int, most: int | None = None) -> Commits:
        """See `Store.changes`."""
        headers = self._look(lambda _: [*islice(self.journal.headers(since), most)])
        return [past.as_commit(header, digest) for header, digest in headers]

    def wait(self, timeout: float) -> int:
        """See `Store.wait`. Closing the store ends it early."""
        until = monotonic() + timeout
        while True:
            seq, _ = self.head()
            left = until - monotonic()
            if seq != self._waited or left <= 0 or self._closed.wait(min(left, POLL_SECONDS)):
                self._waited = seq
                return seq

    def redact(
        self,
        targets: Sequence[tuple[int, int]],
        changes: Sequence[Change | tuple[Any, ...]],
        *,
        expect: Mapping[Key, Expected],
        actor: str,
        meta: Mapping[str, Any] | None = None,
        words: Sequence[str] = (),
    ) -> int:
        """See `Store.redact`."""
        from .redact import forget_torn, redact  # a start removes nothing

        with self.exclusive():
            forget_torn(self._opening.place, words)
            return redact(self, targets, changes, expect=expect, actor=actor, meta=meta)

    def mentions(
        self, look: Lookout, logins: Sequence[str] = (), skip: Mapping[str, Container[str]] | None = None
    ) -> Mentions:
        """See `Store.mentions`."""
        from .mentions import mentions

        return self._look(lambda _: mentions(self.journal, look, logins, skip))

    def verify(self, witness: tuple[int, str] | None = None, *, anchors: Sequence[tuple[int, str]] = ()) -> Report:
        """See `Store.verify`."""
        self._alive()
        return verify_store(self._opening.place.path, witness, anchors=anchors)

    def holds(self, seq: int, digest: str) -> bool:
        """See `Store.holds`."""

        def held(state: State) -> bool:
            if not 0 < seq <= state.end.seq:
                return seq == 0
            found = state.end.hash if seq == state.end.seq else self.journal.line(seq).hash
            return found.startswith(digest)

        return self._look(held)

    def backup(self, target: Path) -> Backup:
        """See `Store.backup`."""
        from .backup import make_backup  # a start of the program does not pay for archives

        self._alive()
        return make_backup(self._opening.place.path, target)

    def presence(self) -> Presence:
        """See `Store.presence`."""
        if self._presence is None:
            from .presence import Presence  # a start shows no form

            place, info = self._opening.place, self._opening.info
            self._presence = Presence(place.path / "presence", str(info["kind"]), f"{os.getpid()}-{id(self):x}")
        return self._presence

    def head(self) -> tuple[int, str]:
        """See `Store.head`."""
        end = self._look(lambda state: state.end)
        return end.seq, end.hash

    def close(self) -> None:
        """See `Store.close`."""
        if not self._closed.is_set():
            self._closed.set()
            if self._presence is not None and self._pid == os.getpid():
                self._presence.tell(None)
            if self._maker is not None and self._pid == os.getpid():
                self._maker.close()
            with self._reading:
                self._writer.close()
                self.journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
