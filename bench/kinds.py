"""Three ways to keep the same documents, with the same few calls: the journal, TinyDB as it comes, SQLite."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import msgspec

from bench.made import Made, documents, facts
from piptui.errors import NotFound
from piptui.store import Facts, Held, create_store
from piptui.store.opening import open_journal

BULK = 50


class Kind(Protocol):
    """A store under measurement; `open` comes first, all else behind it."""

    def fill(self, cases: int) -> None:
        """Make the store."""

    def open(self) -> None:
        """Open it."""

    def rows(self) -> int:
        """Read the row of every case; how many there are."""

    def get(self, table: str, name: str) -> Any:
        """Read one document."""

    def save(self, table: str, name: str, document: dict[str, Any]) -> None:
        """Write one document durably."""

    def find(self, text: str) -> int:
        """How many documents hold a text."""

    def verify(self) -> None:
        """Check everything there is to be checked."""

    def close(self) -> None:
        """Close it."""


def made(cases: int) -> Iterator[Made]:
    """Every document of so many cases."""
    for number in range(cases):
        yield from documents(number)


def fold(held: list[Held]) -> Facts:
    """The row function of the journal."""
    return facts([(table, document) for table, _, document, _ in held])


class Journal:
    """piptui.store."""

    def __init__(self, where: Path) -> None:
        self._where = where

    def fill(self, cases: int) -> None:
        """Commit 50 cases at a time, then make a snapshot, then edit a few so that there is a tail."""
        create_store(self._where)
        with open_journal(self._where, row=fold, row_version="bench") as store:
            for first in range(0, cases, BULK):
                batch = [doc for number in range(first, min(first + BULK, cases)) for doc in documents(number)]
                store.commit(batch, expect={}, actor="p1", act="import")
        with open_journal(self._where, row=fold, row_version="bench") as store:
            store.snapshot()
        with open_journal(self._where, row=fold, row_version="bench") as store:
            for number in range(100):
                self._edit(store, number * cases // 100)

    @staticmethod
    def _edit(store: Any, number: int) -> None:
        (table, name, _), *_ = (doc for doc in documents(number) if doc[0] == "checkins")
        document, rev = store.get(table, name)
        document["edited"] = "yes"
        store.commit([(table, name, document)], expect={(table, name): rev.seq}, actor="p1", act="edit")

    def open(self) -> None:
        """Open it."""
        self.store = open_journal(self._where, row=fold, row_version="bench")

    def rows(self) -> int:
        """Decode every row."""
        return sum(bool(row) for row in self.store.rows().values())

    def get(self, table: str, name: str) -> Any:
        """Read one document."""
        return self.store.get(table, name)

    def save(self, table: str, name: str, document: dict[str, Any]) -> None:
        """Commit one document."""
        try:
            expect = {(table, name): self.store.get(table, name)[1].seq}
        except NotFound:
            expect = {}
        self.store.commit([(table, name, document)], expect=expect, actor="p1", act="edit")

    def find(self, text: str) -> int:
        """Full text."""
        return len(self.store.find(text))

    def verify(self) -> None:
        """The whole chain and every document."""
        assert self.store.verify().ok

    def close(self) -> None:
        """Close it."""
        self.store.close()


class Tiny:
    """TinyDB with its JSONStorage."""

    def __init__(self, where: Path) -> None:
        self._path = where.with_suffix(".json")

    def fill(self, cases: int) -> None:
        """Write the whole file at once."""
        tables: dict[str, dict[str, Any]] = {}
        for table, name, document in made(cases):
            rows = tables.setdefault(table, {})
            rows[str(len(rows) + 1)] = {"id": name, **document}
        self._path.write_text(json.dumps(tables), encoding="utf-8")

    def open(self) -> None:
        """Open it."""
        from tinydb import TinyDB

        self._db = TinyDB(self._path)

    def rows(self) -> int:
        """Join every table by owner."""
        cases: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for document in self._db.table("cases").all():
            cases[document["id"]] = [("cases", document)]
        for table in ("plans", "checkins", "entries"):
            for document in self._db.table(table).all():
                cases[document["of"]].append((table, document))
        return len([facts(documents) for documents in cases.values()])

    def get(self, table: str, name: str) -> Any:
        """Look one document up."""
        from tinydb import where

        return self._db.table(table).get(where("id") == name)

    def save(self, table: str, name: str, document: dict[str, Any]) -> None:
        """Replace one document."""
        from tinydb import where

        self._db.table(table).update({"id": name, **document}, where("id") == name)

    def find(self, text: str) -> int:
        """Search all text values."""
        wanted = text.casefold()
        return sum(
            any(isinstance(value, str) and wanted in value.casefold() for value in document.values())
            for table in self._db.tables()
            for document in self._db.table(table)
        )

    def verify(self) -> None:
        """Nothing can be checked."""

    def close(self) -> None:
        """Close it."""
        self._db.close()


class Sqlite:
    """sqlite3, WAL, synchronous FULL: one table of documents, one of rows."""

    def __init__(self, where: Path) -> None:
        self._path = where.with_suffix(".sqlite")

    def fill(self, cases: int) -> None:
        """Insert everything in one transaction."""
        self.open()
        self._db.execute("create table docs(t text, id text, own text, body text, primary key(t, id))")
        self._db.execute("create index own on docs(own)")
        self._db.execute("create table rows(id text primary key, body blob)")
        for number in range(cases):
            held = [*documents(number)]
            values = [(t, name, doc.get("of"), json.dumps(doc, ensure_ascii=False)) for t, name, doc in held]
            self._db.executemany("insert into docs values(?, ?, ?, ?)", values)
            row = msgspec.json.encode(facts([(t, doc) for t, _, doc in held]))
            self._db.execute("insert into rows values(?, ?)", (held[0][1], row))
        self._db.commit()
        self._db.execute("pragma wal_checkpoint(truncate)")
        self._db.close()

    def open(self) -> None:
        """Open it."""
        self._db = sqlite3.connect(self._path)
        self._db.execute("pragma journal_mode=wal")
        self._db.execute("pragma synchronous=full")

    def rows(self) -> int:
        """Decode every row."""
        found = self._db.execute("select id, body from rows")
        return sum(bool(msgspec.json.decode(body)) for _, body in found)

    def get(self, table: str, name: str) -> Any:
        """Read one document."""
        (body,) = self._db.execute("select body from docs where t=? and id=?", (table, name)).fetchone()
        return msgspec.json.decode(body)

    def save(self, table: str, name: str, document: dict[str, Any]) -> None:
        """Update the document and the row of its case."""
        self._db.execute("update docs set body=? where t=? and id=?", (json.dumps(document), table, name))
        case = document["of"]
        query = "select t, body from docs where own=? union all select t, body from docs where t='cases' and id=?"
        held = self._db.execute(query, (case, case)).fetchall()
        row = msgspec.json.encode(facts([(t, msgspec.json.decode(body)) for t, body in held]))
        self._db.execute("update rows set body=? where id=?", (row, case))
        self._db.commit()

    def find(self, text: str) -> int:
        """Search by like."""
        found = self._db.execute("select count(*) from docs where body like ?", (f"%{text}%",))
        return int(found.fetchone()[0])

    def verify(self) -> None:
        """SQLite's own check."""
        self._db.execute("pragma integrity_check").fetchall()

    def close(self) -> None:
        """Close it."""
        self._db.close()


KINDS: dict[str, type[Journal | Tiny | Sqlite]] = {"journal": Journal, "tinydb": Tiny, "sqlite": Sqlite}
