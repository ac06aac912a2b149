"""TinyDB's API works on the record, and what it writes is in the record."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.operations import delete, increment
from tinydb.table import Document, Table

from piptui.documents import TYPES
from piptui.errors import BadInput, Conflict, NotFound, Refused
from piptui.store import JournalDB, create_store, lock, open_store
from piptui.store.tiny import RECORD_TABLES, JournalStorage

from .samples import make, put, segment, ticking


def strict(table: str, document: dict[str, Any]) -> None:
    """A stand-in for the program's strict check."""
    if "class" not in document:
        raise Refused(f"{table}: class is missing")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty store."""
    create_store(tmp_path / "s", clock=ticking())
    return tmp_path / "s"


@pytest.fixture
def db(place: Path) -> Iterator[JournalDB]:
    """A TinyDB on it."""
    with JournalDB(place, clock=ticking(), validate=strict) as opened:
        yield opened


def test_the_name_is_reached_through_the_package() -> None:
    """piptui.store.JournalDB is a TinyDB; other names are missing as usual."""
    import piptui.store

    assert issubclass(JournalDB, TinyDB)
    with pytest.raises(AttributeError):
        _ = piptui.store.nothing


def test_a_missing_record_is_made(tmp_path: Path) -> None:
    """As TinyDB makes its file; not where somebody only wants to read, said so, or other things lie."""
    with pytest.raises(NotFound, match="piptui init"):
        JournalDB(tmp_path / "s", readonly=True)
    with pytest.raises(NotFound, match="piptui init"):
        JournalDB(tmp_path / "s", create=False)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    with pytest.raises(Refused):
        JournalDB(tmp_path / "full")
    with JournalDB(tmp_path / "s") as db:
        assert db.insert({}) == 1
    with JournalDB(tmp_path / "s") as db:
        assert len(db) == 1


def test_insert_get_search_update_remove(db: JournalDB) -> None:
    """The daily calls of TinyDB behave as they do elsewhere."""
    assert db.insert({"name": "a", "n": 1, "none": None}) == 1
    assert db.insert_multiple([{"name": "b", "n": 2}, {"name": "c", "n": 3}]) == [2, 3]
    assert db.get(doc_id=2) == {"name": "b", "n": 2}
    found = db.get(where("name") == "c")
    assert isinstance(found, Document)
    assert found.doc_id == 3
    assert [document["n"] for document in db.search(where("n") > 1)] == [2, 3]
    assert db.update({"seen": True}, where("n") > 1) == [2, 3]
    assert db.update(increment("n"), doc_ids=[1, 99]) == [1]
    assert db.update(delete("seen"), where("seen").exists()) == [2, 3]
    assert db.upsert({"name": "a", "n": 7}, where("name") == "a") == [1]
    assert db.upsert({"name": "d"}, where("name") == "d") == [4]
    assert db.upsert(Document({"name": "e"}, doc_id=9)) == [9]
    assert db.remove(where("name") == "b") == [2]
    assert db.remove(doc_ids=[3, 99]) == [3]
    assert [(document.doc_id, document["name"]) for document in db] == [(1, "a"), (4, "d"), (9, "e")]
    assert (len(db), db.contains(doc_id=2), db.count(where("name").exists())) == (3, False, 3)
    assert db.tables() == {"_default"}


def test_one_table_update_is_one_raw_commit_of_what_changed(db: JournalDB, place: Path) -> None:
    """Documents that an update leaves alone are not written; one that changes none writes nothing."""
    db.insert_multiple([{"n": 1}, {"n": 2}, {"n": 3}])
    db.update({"n": 9}, where("n") > 1)
    db.update({"n": 9}, where("n") == 9)
    db.remove(where("n") == 100)
    with open_store(place) as store:
        assert [commit.keys for commit in store.changes(1)] == [(("_default", "2"), ("_default", "3"))]
        assert {commit.act for commit in store.changes(0)} == {"raw"}
        (*_, record) = store.history("_default", "2")
        assert record.sentence == f"raw write by {lock.login()}"
        assert record.by == {"login": lock.login()}
        assert store.verify().raw == [1, 2]


def test_integer_ids_never_return(db: JournalDB, place: Path) -> None:
    """Not after a delete, not after a truncate, not in another process, not after opening again."""
    db.insert_multiple([{}, {}, {}])
    db.remove(doc_ids=[3])
    assert db.insert({}) == 4
    db.truncate()
    with JournalDB(place) as other:
        assert other.insert({}) == 5
        assert db.insert({}) == 6
    assert db.insert_multiple([Document({}, doc_id=20), {}]) == [20, 21]


def test_every_table_of_the_program_is_a_record_table(tmp_path: Path) -> None:
    """None is left to free documents: legal holds and the list of what was removed are records as all others."""
    assert TYPES.keys() == RECORD_TABLES
    with JournalDB(tmp_path / "s", create=True) as db:
        for name in TYPES:
            with pytest.raises(Refused):
                db.table(name).insert({"nothing": "of the kind"})
        assert db.tables() == set()


def test_record_tables_have_string_ids_and_a_strict_check(db: JournalDB) -> None:
    """An id is random unless given; a document that the check refuses is not written, nor its neighbours."""
    cases: Any = db.table("cases")
    name = cases.insert({"class": "hr"})
    assert isinstance(name, str)
    assert len(name) == 32
    given = Document({"class": "hr"}, doc_id="c7")  # type: ignore[arg-type]  # record tables have text ids
    assert cases.insert(given) == "c7"
    assert {document.doc_id for document in cases} == {name, "c7"}
    with pytest.raises(Refused, match="class is missing"):
        cases.insert_multiple([{"class": "hr"}, {}])
    with pytest.raises(Refused):
        cases.update(delete("class"), doc_ids=[name])
    assert len(cases) == 2
    assert cases.update({"n": 1}, doc_ids=[name]) == [name]
    assert cases.get(doc_id=name) == {"class": "hr", "n": 1}
    assert cases.remove(doc_ids=[name]) == [name]


def test_issued_plans_are_read_only(db: JournalDB, place: Path) -> None:
    """Nothing of TinyDB's API changes or removes one, nor drops it with all tables."""
    with make(place) as store:
        put(store, "plans", "v1", {"class": "shared"})
    plans = db.table("plans")
    db.insert({"n": 1})
    assert plans.all() == [{"class": "shared"}]
    version: Any = "v1"
    for attempt in (
        lambda: plans.insert({"class": "shared"}),
        lambda: plans.update({"n": 1}),
        lambda: plans.remove(doc_ids=[version]),
        plans.truncate,
        db.drop_tables,
        lambda: db.drop_table("plans"),
    ):
        with pytest.raises(Refused, match="issued"):
            attempt()
    assert (len(plans), len(db)) == (1, 1)


def test_dropping_deletes_in_one_commit_and_history_stays(db: JournalDB, place: Path) -> None:
    """A dropped table is empty; what was in it can still be looked up."""
    db.insert_multiple([{"n": 1}, {"n": 2}])
    db.table("other").insert({"n": 3})
    db.drop_table("_default")
    assert db.tables() == {"other"}
    db.insert({"n": 4})
    db.drop_tables()
    assert (db.tables(), len(db)) == (set(), 0)
    with open_store(place) as store:
        assert store.changes(4)[0].keys == (("_default", "3"), ("other", "1"))
        assert store.get("_default", "1", at=2)[0] == {"n": 1}
        assert store.verify().ok


def test_another_process_is_seen_at_once(db: JournalDB, place: Path) -> None:
    """No cache answers a repeated query."""
    db.insert({"n": 1})
    query = where("n") == 1
    assert len(db.search(query)) == 1
    with JournalDB(place) as other:
        other.update({"n": 2})
    assert db.search(query) == []
    assert db.table("cached", cache_size=10).search(query) == []


def test_updates_from_two_sides_both_count(place: Path) -> None:
    """An update reads and writes under the lock, so no increment is lost."""
    with JournalDB(place) as one, JournalDB(place) as two:
        one.insert({"n": 0})
        threads = [threading.Thread(target=_increment, args=(db, 40)) for db in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert one.all() == [{"n": 80}]


def _increment(db: JournalDB, times: int) -> None:
    for _ in range(times):
        db.update(increment("n"))


def test_documents_are_private_copies(db: JournalDB) -> None:
    """Changing what was handed out changes nothing in the record."""
    db.insert({"list": [1]})
    db.all()[0]["list"].append(2)
    found = db.get(doc_id=1)
    assert found == {"list": [1]}


def test_an_update_that_fails_writes_nothing(db: JournalDB, place: Path) -> None:
    """Neither an error in the callback nor a value that JSON cannot carry leaves half an update."""
    db.insert_multiple([{"n": 1}, {"t": "x"}])
    before = segment(place).read_bytes()
    with pytest.raises(KeyError):
        db.update(increment("n"))
    with pytest.raises(BadInput):
        db.update({"n": float("nan")})
    with pytest.raises(ValueError, match="already exists"):
        db.insert(Document({}, doc_id=1))
    assert segment(place).read_bytes() == before
    assert db.insert({}) == 3


def test_the_stock_table_class_works_on_our_storage(place: Path) -> None:
    """Whole-database writes are compared and committed as what changed; a race is a Conflict."""
    storage = JournalStorage(place, clock=ticking())
    table = Table(storage, "free", cache_size=0)
    table.insert_multiple([{"n": 1}, {"n": 2}])
    table.update({"n": 5}, where("n") == 2)
    assert table.all() == [{"n": 1}, {"n": 5}]
    assert storage.store.changes(1)[0].keys == (("free", "2"),)
    tables = storage.read()
    assert tables is not None
    tables["free"] = {"1": {"n": 3}}
    with JournalDB(place) as other:
        other.table("free").update({"n": 9}, doc_ids=[1])
    with pytest.raises(Conflict):
        storage.write(tables)
    assert storage.store.list("free")[0][1] == {"n": 9}
    storage.close()


def test_a_read_only_db_reads(place: Path) -> None:
    """And refuses to write with the reason."""
    with JournalDB(place) as db:
        db.insert({"n": 1})
    with JournalDB(place, readonly=True) as db:
        assert db.all() == [{"n": 1}]
        with pytest.raises(Refused, match="reading only"):
            db.insert({})


def test_without_a_validator_the_programs_own_check_holds(place: Path) -> None:
    """Record tables take nothing that the program itself would not write."""
    with JournalDB(place) as db:
        with pytest.raises(Refused):
            db.table("cases").insert({"nonsense": True})
        assert len(db.table("cases")) == 0
