"""What the tests of snapshots share: everything that can be read of a store, with and without its snapshots."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from piptui.errors import NotFound
from piptui.store import Facts, Held
from piptui.store.store import JournalStore
from piptui.store.text import canonical

from .samples import make, put, ticking

VERSION = "kit 1"


def fold(documents: list[Held]) -> Facts:
    """A row that shows which documents it was folded from, and how they stood."""
    return {"shared": {"from": [[table, name, rev.seq, str(document)] for table, name, document, rev in documents]}}


def opened(where: Path, **options: Any) -> JournalStore:
    """The store with rows that are kept on the disk."""
    return make(where, **{"row": fold, "row_version": VERSION, **options})


def plain(where: Path, copy: Path, **options: Any) -> JournalStore:
    """A copy of the store without any snapshot."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(where, copy, ignore=shutil.ignore_patterns("snapshot"))
    return opened(copy, **options)


def everything(store: JournalStore) -> dict[str, Any]:
    """What every reading method says, for whatever ever was in the store."""
    changes = store.changes(0)
    keys = sorted({key for commit in changes for key in commit.keys})
    owners = sorted({of for commit in changes for of in commit.owners} | {name for _, name in keys} | {"nobody"})
    found: dict[str, Any] = {
        "head": store.head(),
        "changes": changes,
        "tokens": {commit.token: store.done(commit.token) for commit in changes if commit.token},
        "rows": dict(store.rows().items()),
        "names": sorted(store.rows()),
        "tops": {table: store.top(table) for table in sorted({table for table, _ in keys})},
    }
    for table in sorted({table for table, _ in keys}):
        found[f"list {table}"] = [(name, canonical(doc), rev) for name, doc, rev in store.list(table)]
        found[f"table {table}"] = [(name, entry) for name, entry in store.table(table).items()]
        found[f"count {table}"] = (len(store.table(table)), [*store.table(table)])
    for of in owners:
        found[f"held {of}"] = store.case_documents(of)
        found[f"ever {of}"] = store.ever(of)
        found[f"row {of}"] = store.rows().get(of)
    for key in keys:
        found[f"get {key}"] = looked(store, key, None)
        found[f"history {key}"] = store.history(*key)
        found[f"then {key}"] = [looked(store, key, seq) for seq in range(store.head()[0] + 1)]
    for text in ("needle", "ß", "ss", "é", "東", "x", "nothing at all"):
        found[f"find {text}"] = store.find(text)
    return found


def looked(store: JournalStore, key: tuple[str, str], at: int | None) -> object:
    """What get gives, its error included."""
    try:
        return store.get(*key, at=at)
    except NotFound as error:
        return str(error)


def lively(where: Path) -> None:
    """A store with edits, deletes, a re-creation, moves, tokens, odd letters and a case without text of its own."""
    with opened(where, clock=ticking()) as store:
        for name in ("c1", "c2", "c3"):
            put(store, "cases", name, {"of": "p1", "class": "shared", "n": 0, "t": f"needle {name} " + "x" * 80})
        for number in range(6):
            text = ("Straße", "Zoe\u0301", "東京", "needle", "ﬁnal", "back\\slash \x85")[number]
            put(store, "entries", f"e{number}", {"of": f"c{number % 3 + 1}", "text": text}, token=f"t{number}")
        put(store, "cases", "c2", {"of": "p1", "class": "shared", "n": 1, "t": "needle c2 " + "x" * 80})
        put(store, "entries", "e1", None)
        put(store, "entries", "e0", {"of": "c2", "text": "moved"})
        put(store, "entries", "e1", {"of": "c3", "text": "again"})
        put(store, "entries", "e3", None)
        put(store, "_default", "7", {"fraction": 0.5, "none": None})


def parts(where: Path) -> list[str]:
    """The names in the folder of snapshots, the lock's left out."""
    folder = where / "snapshot"
    return sorted(path.name for path in folder.iterdir() if path.name != "lock") if folder.exists() else []


def save_tail(store: JournalStore) -> bool:
    """Save what came behind the snapshot."""
    assert store._maker is not None
    return store._maker.make_tail()


@pytest.fixture
def tailed_store(lively_store: Path) -> Path:
    """The lively store with a tail beside its snapshot, and two commits behind that."""
    with opened(lively_store, clock=ticking()) as store:
        store.rows()
        assert save_tail(store)
        put(store, "entries", "e5", {"of": "c2", "text": "behind"})
        put(store, "entries", "e9", {"of": "c1", "text": "behind"}, token="behind")
    return lively_store


@pytest.fixture
def lively_store(tmp_path: Path) -> Path:
    """A lively store with a snapshot and some commits behind it."""
    where = tmp_path / "s"
    lively(where)
    with opened(where, clock=ticking()) as store:
        store.rows()
        assert store.snapshot()
        put(store, "entries", "e2", {"of": "c1", "text": "needle moved"})
        put(store, "cases", "c4", {"of": "p2", "n": 4})
        put(store, "cases", "c3", None)
    return where
