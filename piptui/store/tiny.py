"""TinyDB over the journal: its API, our files.

Every write goes through `Table._update_table`, every read through `_read_table`: those two are ours. A write is
one commit of act `raw`, made while no other writer may come in between, so that `update(increment(...))` from two
processes counts twice. Record tables pass the same strict check as the program's own commits.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from piptui.errors import Conflict, Refused

from .api import Change, Clock, Key
from .entry import Entry
from .lock import login
from .opening import open_journal
from .request import prepare
from .store import JournalStore
from .tables import Draft, Lazy
from .text import canonical, check_json
from .verify import RAW

RECORD_TABLES = frozenset(
    {"people", "cases", "drafts", "plans", "checkins", "entries", "notebook", "files", "policies", "keys", "holds"}
    | {"redactions"}
)
READ_ONLY_TABLES = frozenset({"plans"})
ACTOR = "raw"

Validator = Callable[[str, dict[str, Any]], None]
"""Raises Refused unless the document (second) may stand in the record table (first)."""


def check_record(table: str, document: dict[str, Any]) -> None:
    """The strict check of the program's own records; raises Refused."""
    # By name: the record knows nothing of cases, and only whoever writes past the acts needs the check.
    # Scripts alone come this way; the store itself knows no record.
    from piptui.documents import check_document

    check_document(table, document)


def _free_id(text: str) -> int | str:
    """TinyDB's integer ids; an id that another program gave stays what it is."""
    return int(text) if text.isdecimal() and text.isascii() else text


class JournalStorage(Storage):
    """A TinyDB storage on a journal; whole-database writes are compared and committed as what changed."""

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = True,
        readonly: bool = False,
        clock: Clock | None = None,
        validate: Validator | None = None,
        network: Callable[[], bool] | None = None,
    ) -> None:
        self.store: JournalStore = open_journal(
            path, create=create and not readonly, readonly=readonly, clock=clock, row=None, network=network
        )
        self._validate = validate or check_record
        self._read_at = 0

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables, their documents parsed when asked for; None for an empty record."""
        self._read_at, _ = self.store.head()
        tables: dict[str, Any] = {name: Lazy(entries) for name, entries in self.store.tables().items() if entries}
        return tables or None

    def table(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """One table as it stands now."""
        self.store.head()
        return Lazy(self.store.table(name))

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Make the record hold `data` and nothing else; raises Conflict where another process came in between."""
        with self.store.exclusive():
            wanted: dict[Key, dict[str, Any] | None] = {}
            for name, entries in self.store.tables().items():
                wanted |= {(name, doc_id): None for doc_id in entries if doc_id not in data.get(name, {})}
            for name, table in data.items():
                if not isinstance(table, Lazy):
                    wanted |= {(name, str(doc_id)): dict(document) for doc_id, document in table.items()}
            self.put(wanted, read_at=self._read_at)
            self._read_at, _ = self.store.head()

    def put(self, wanted: Mapping[Key, dict[str, Any] | None], *, read_at: int | None = None) -> None:
        """Commit those of `wanted` that differ from what stands, in one commit; the caller is the only writer.

        `read_at`: raise Conflict where a document to be changed has moved since that commit.
        """
        changes: list[Change] = []
        expect: dict[Key, int] = {}
        who = login()
        for key, document in wanted.items():
            entry = self.store.entry(key)
            if not self._differs(entry, document):
                continue
            expect[key] = 0 if entry is None else entry.rev.seq
            if read_at is not None and expect[key] > read_at:
                raise Conflict("Another process changed the record in between. Nothing was saved: read it again.")
            self._check(key, document)
            changes.append(Change(*key, document, f"raw write by {who}"))
        if changes:
            self.store.write(prepare(changes, expect, ACTOR, RAW, None, {"login": who}))

    @staticmethod
    def _differs(entry: Entry | None, document: dict[str, Any] | None) -> bool:
        if entry is None or document is None:
            return (entry is None) != (document is None)
        check_json(document, "document")
        return canonical(document) != entry.body

    def _check(self, key: Key, document: dict[str, Any] | None) -> None:
        table, _ = key
        if table in READ_ONLY_TABLES:
            raise Refused(f"Table {table} holds issued versions: they are written once, by the act that issues them.")
        if table in RECORD_TABLES and document is not None:
            self._validate(table, document)

    def close(self) -> None:
        """Close the record."""
        self.store.close()


class JournalTable(Table):
    """A TinyDB table on a `JournalStorage`: string ids in record tables, integers that never return elsewhere."""

    default_query_cache_capacity = 0

    def __init__(self, storage: JournalStorage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:  # noqa: FBT001, FBT002 - TinyDB's signature
        # No cache: another process's writes must be seen. An empty table leaves no trace in a record of changes.
        super().__init__(storage, name, cache_size=0, persist_empty=False)
        self._journal = storage
        self._record = name in RECORD_TABLES
        self.document_id_class: Callable[[str], Any] = str if self._record else _free_id  # type: ignore[assignment]  # TinyDB only calls it
        self._draft: Draft | None = None
        self._handed = 0

    def insert(self, document: Mapping[str, Any]) -> Any:
        """As TinyDB; the id of the new document, given out to nobody else."""
        with self._journal.store.exclusive():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> Any:
        """As TinyDB, in one commit."""
        with self._journal.store.exclusive():
            return super().insert_multiple(documents)

    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> Any:
        """As TinyDB, with no other writer between its look and its write."""
        with self._journal.store.exclusive():
            return super().upsert(document, cond)

    def _get_next_id(self) -> Any:
        if self._record:
            return os.urandom(16).hex()
        drafted = 0 if self._draft is None else self._draft.top
        self._handed = max(self._handed, drafted, self._journal.store.top(self.name)) + 1
        return self._handed

    def _read_table(self) -> Any:
        return self._journal.table(self.name)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._journal.store.exclusive() as state:
            self._draft = Draft(state.table(self.name), self.document_id_class)
            try:
                updater(self._draft)
                self._journal.put({(self.name, name): doc for name, doc in self._draft.result().items()})
            finally:
                self._draft = None


class JournalDB(TinyDB):
    """A `tinydb.TinyDB` over the record in directory `path`; as TinyDB does it makes one where there is none, unless
    `create` is False or it is opened `readonly`.

    Its writes are commits of act `raw`, which `verify` lists. `validate` replaces the strict check of documents
    in record tables; `network`: see `open_store`. Raises what `open_store` raises; writes raise Refused, BadInput,
    Busy, Full.
    """

    table_class = JournalTable  # type: ignore[assignment]  # TinyDB declares the very class, not what it must be like
    default_storage_class = JournalStorage  # type: ignore[assignment]  # as above

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = True,
        readonly: bool = False,
        clock: Clock | None = None,
        validate: Validator | None = None,
        network: Callable[[], bool] | None = None,
    ) -> None:
        self._journal = JournalStorage(
            path, create=create, readonly=readonly, clock=clock, validate=validate, network=network
        )
        super().__init__(storage=lambda: self._journal)

    def drop_table(self, name: str) -> None:
        """Delete all documents of a table in one commit; their history stays."""
        self.table(name).truncate()
        self._tables.pop(name, None)

    def drop_tables(self) -> None:
        """Delete all documents of all tables in one commit; their history stays."""
        with self._journal.store.exclusive():
            self._journal.read()
            super().drop_tables()
