"""The store of every released format opens, verifies, reads as it did, and can be written on."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from piptui.errors import NotFound
from piptui.store import files, open_store, verify_store

from .golden import make as script
from .reader import read
from .samples import ROOT, put, segment

GOLDEN = Path(__file__).with_name("golden")
VERSIONS = sorted(path.name for path in GOLDEN.glob("v*"))


@pytest.fixture(params=VERSIONS)
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a golden store, with the modes that a version control system does not keep."""
    copy = tmp_path / "s"
    shutil.copytree(GOLDEN / request.param, copy)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return copy


def expected(golden: Path) -> dict[str, Any]:
    """What the golden store held when it was made."""
    found: dict[str, Any] = json.loads((golden / "expected.json").read_text(encoding="utf-8"))
    return found


def test_there_is_a_golden_store() -> None:
    """And its journal is in the repository as it is, byte for byte."""
    assert VERSIONS == ["v1"]
    assert (GOLDEN / "v1/journal/000002.jsonl").stat().st_size > 0


def test_a_golden_store_reads_as_it_did(golden: Path) -> None:
    """Every document, seq and digest, and the head."""
    with open_store(golden) as store:
        assert list(store.head()) == expected(golden)["head"]
        found = {
            f"{table} {name}": {"document": document, "seq": rev.seq, "digest": rev.digest}
            for table in ("people", "cases", "keys", "drafts", "entries", "notebook", "_default")
            for name, document, rev in store.list(table)
        }
        assert found == expected(golden)["documents"]
        assert repr(found["_default 1"]) == repr(expected(golden)["documents"]["_default 1"])


def test_a_golden_store_verifies(golden: Path) -> None:
    """With its raw write and its redaction."""
    report = verify_store(golden, tuple(expected(golden)["head"]))
    assert report.ok
    assert (report.commits, report.raw, report.redactions, report.witness) == (10, [8], 1, True)


def test_the_past_of_a_golden_store_reads(golden: Path) -> None:
    """History, earlier versions, what was removed."""
    with open_store(golden, readonly=True) as store:
        assert store.get("drafts", "d1", at=2)[0]["goals"]["order"] == ["g1", "g2", "g3"]
        assert store.history("drafts", "d1")[1].reason == "agreed on\tMonday"
        assert [record.deleted for record in store.history("notebook", "n1")] == [False, True, False]
        assert [record.redacted for record in store.history("entries", "e2")] == [True, False]
        with pytest.raises(NotFound, match="removed"):
            store.get("entries", "e2", at=4)
        assert store.find("strasse") == [("people", "p2")]


def test_a_golden_store_can_be_written_on(golden: Path) -> None:
    """A patch, a delete, a repeated token: the chain goes on."""
    with open_store(golden) as store:
        assert store.commit([("cases", "c", {})], expect={}, actor="p1", act="new", token="first-save") == 1
        document, _ = store.get("drafts", "d1")
        document["goals"]["order"].reverse()
        put(store, "drafts", "d1", document)
        put(store, "entries", "e3", None)
        assert store.verify().ok
        assert store.head()[0] == 12


def test_this_code_still_makes_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The format on disk has not changed by accident: the script gives the committed store again."""
    monkeypatch.setattr(files, "SEGMENT_BYTES", files.SEGMENT_BYTES)
    script.make(tmp_path / "s")
    for number in (1, 2):
        assert segment(tmp_path / "s", number).read_bytes() == segment(GOLDEN / "v1", number).read_bytes()
    for name in ("head", "expected.json"):
        assert (tmp_path / "s" / name).read_bytes() == (GOLDEN / "v1" / name).read_bytes()
    made, kept = (json.loads((where / "store.json").read_bytes()) for where in (tmp_path / "s", GOLDEN / "v1"))
    # Members that the first stores did not have.
    assert {name: value for name, value in made.items() if name not in ("client", "sum")} == kept


def test_a_reader_written_after_the_document_reads_a_golden_store(golden: Path) -> None:
    """docs/format.md is enough: docs/read_record.py, of the standard library alone, finds the same documents."""
    found = read(golden, *expected(golden)["head"])
    documents = expected(golden)["documents"]
    assert found.broken == ""
    assert {f"{table} {name}": document for (table, name), document in found.documents.items()} == {
        key: held["document"] for key, held in documents.items()
    }


def test_the_document_on_the_format_quotes_the_golden_store() -> None:
    """The example line in docs/format.md is the fifth line of the golden journal."""
    text = (ROOT / "docs/format.md").read_text(encoding="utf-8")
    line = segment(GOLDEN / "v1").read_text(encoding="utf-8").splitlines()[4]
    assert all(part in text for part in line.split("\t"))
