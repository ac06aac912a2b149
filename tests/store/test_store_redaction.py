"""A text can be taken out of the record for good; the chain holds, and nothing else can be blanked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from piptui.errors import BadInput, Conflict, Corrupt, NotFound
from piptui.store import open_store, verify_store
from piptui.store.journal import Journal
from piptui.store.recovery import Recovery
from piptui.store.redact import redact
from piptui.store.scan import Raw, read_lines
from piptui.store.store import JournalStore

from .samples import lines, make, put, segment

SECRET = "diagnosis"
LONG = "x" * 100


@pytest.fixture
def where(tmp_path: Path) -> Path:
    """A store whose second commit holds, beside other documents, a text that has to go; later patches build on it."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"of": "c1", "class": "hr", "t": LONG})
        changes = [
            ("entries", "e2", {"of": "c1", "class": "medical", "t": SECRET, "long": LONG}, SECRET, SECRET),
            ("entries", "e3", {"of": "c2", "t": LONG}),
        ]
        store.commit(changes, expect={}, actor="p1", act="add", meta={"login": "anna"})
        put(store, "entries", "e2", {"of": "c1", "class": "medical", "t": SECRET, "long": LONG, "n": 1})
    return tmp_path / "s"


@pytest.fixture
def store(where: Path) -> Iterator[JournalStore]:
    """The store, open."""
    with make(where) as opened:
        yield opened


def remove(store: JournalStore, *targets: tuple[int, int]) -> int:
    """Remove texts of e2, which stays with a corrected text."""
    key = ("entries", "e2")
    change = (*key, {"of": "c1", "class": "medical", "t": "removed", "long": LONG, "n": 1}, "Removed a text.")
    return redact(store, targets, [change], expect={key: 3}, actor="hr1")


def test_a_redaction_removes_the_text_from_the_file(store: JournalStore, where: Path) -> None:
    """Blanks of equal length stand in its place, everything else keeps its bytes, and verify agrees."""
    before = segment(where).read_bytes()
    assert remove(store, (2, 0)) == 4
    after = segment(where).read_bytes()
    assert SECRET.encode() not in after
    assert len(after.splitlines()[1]) == len(before.splitlines()[1])
    assert lines(where)[1][2] is None
    assert lines(where)[1][3]["doc"]["t"] == LONG
    assert lines(where)[3][0]["redacts"] == [[2, 0]]
    report = store.verify()
    assert (report.ok, report.redactions, report.unfinished) == (True, 1, [])


def test_the_current_document_is_the_corrected_one(store: JournalStore, where: Path) -> None:
    """For whoever had it open, for another store, and after opening again; written whole."""
    with open_store(where, readonly=True) as other:
        remove(store, (2, 0), (3, 0))
        with make(where) as again:
            for each in (store, other, again):
                assert each.get("entries", "e2")[0]["t"] == "removed"
                assert each.get("entries", "e2")[1].created_at == each.get("entries", "e3")[1].created_at
                assert each.find(SECRET) == []
                assert [name for name, _, _ in each.list("entries", of="c1")] == ["e1", "e2"]
    assert "doc" in lines(where)[-1][-1]


def test_earlier_versions_say_that_the_text_was_removed(store: JournalStore) -> None:
    """Also those that were patches on it; neighbours in the same commit still read."""
    remove(store, (2, 0))
    for seq in (2, 3):
        with pytest.raises(NotFound, match="removed"):
            store.get("entries", "e2", at=seq)
    assert store.get("entries", "e3", at=2)[0]["t"] == LONG
    assert store.get("entries", "e2", at=4)[0]["t"] == "removed"


def test_history_keeps_the_fact_and_not_the_text(store: JournalStore) -> None:
    """Who, when and what act remain; sentence, reason and login are gone with the text."""
    remove(store, (2, 0))
    first, second, third = store.history("entries", "e2")
    assert (first.seq, first.actor, first.act, first.redacted) == (2, "p1", "add", True)
    assert (first.sentence, first.reason, first.by, first.cls) == ("", "", {}, "medical")
    assert (second.redacted, second.cls) == (False, "medical")
    assert (third.act, third.sentence, third.redacted) == ("redact", "Removed a text.", False)
    assert store.changes(3)[0].redacts == ((2, 0),)


def test_a_tombstone_does_for_a_deleted_document(store: JournalStore) -> None:
    """What is gone already can be redacted, too."""
    put(store, "entries", "e2", None)
    redact(store, [(2, 0), (3, 0)], [("entries", "e2", None, "Removed.")], expect={}, actor="hr1")
    assert store.verify().ok
    with pytest.raises(NotFound):
        store.get("entries", "e2")
    assert [record.redacted for record in store.history("entries", "e2")] == [True, True, False, False]


def test_a_redaction_must_say_what_remains(store: JournalStore, where: Path) -> None:
    """Without the document of each target, and for targets that are none, nothing is written."""
    before = segment(where).read_bytes()
    change = ("entries", "e2", None)
    for targets in ([(1, 0)], [(2, 1)], [(2, 2)], [(2, -1)], [(0, 0)], [(9, 0)], []):
        with pytest.raises(BadInput):
            redact(store, targets, [change], expect={("entries", "e2"): 3}, actor="hr1")
    with pytest.raises(Conflict):
        redact(store, [(2, 0)], [change], expect={("entries", "e2"): 2}, actor="hr1")
    assert segment(where).read_bytes() == before


def blank(where: Path, number: int, place: int) -> None:
    """Overwrite a payload by hand."""
    rows = segment(where).read_bytes().split(b"\n")
    parts = rows[number - 1].split(b"\t")
    parts[2 + place] = b" " * len(parts[2 + place])
    rows[number - 1] = b"\t".join(parts)
    segment(where).write_bytes(b"\n".join(rows))


def test_a_blank_that_nothing_lists_is_damage(where: Path) -> None:
    """Nobody can remove a text quietly."""
    blank(where, 2, 0)
    report = verify_store(where)
    assert [problem.seq for problem in report.problems] == [2]
    assert "no redaction lists it" in report.problems[0].what
    for readonly in (True, False):
        with pytest.raises(Corrupt, match="no redaction lists"):
            open_store(where, readonly=readonly)


def test_a_blank_under_an_open_store_is_damage(store: JournalStore, where: Path) -> None:
    """History does not take it for a redaction either."""
    blank(where, 2, 0)
    with pytest.raises(Corrupt, match="no redaction lists"):
        store.history("entries", "e2")


def test_a_listed_text_that_is_still_there_is_reported_and_then_removed(
    where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redaction whose writer died in between is unfinished: not shown any more, and the next writer ends it."""
    with make(where) as store, monkeypatch.context() as patch:
        patch.setattr(Recovery, "finish_redactions", lambda self: None)
        remove(store, (2, 0))
        assert store.history("entries", "e2")[0].redacted
        with pytest.raises(NotFound, match="removed"):
            store.get("entries", "e2", at=2)
    data = segment(where).read_bytes()
    assert SECRET.encode() in data
    for spoiled in (data, data.replace(f'"t":"{SECRET}"'.encode(), b" " * 15)):
        segment(where).write_bytes(spoiled)
        report = verify_store(where)
        assert (report.ok, report.unfinished, report.problems) == (False, [(2, 0)], [])
        with open_store(where, readonly=True) as reader:
            assert reader.get("entries", "e2")[0]["t"] == "removed"
        assert segment(where).read_bytes() == spoiled
        make(where).close()
        assert lines(where)[1][2] is None
        assert verify_store(where).ok


def test_a_reader_that_meets_a_blank_looks_for_the_commit_that_lists_it(
    where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading `head` and reading the journal a redaction may have passed: that is no damage."""
    with make(where) as store, make(where, readonly=True) as probe:
        stale = probe.journal.read_head()
        remove(store, (2, 0))
    heads = iter([stale])
    real = Journal.read_head
    monkeypatch.setattr(Journal, "read_head", lambda self: next(heads, None) or real(self))
    with open_store(where, readonly=True) as reader:
        assert reader.get("entries", "e2")[0]["t"] == "removed"


def test_a_copy_whose_head_is_older_than_a_blank_is_a_whole_record(where: Path) -> None:
    """Copied head first, while somebody removed a text: the commit that lists it lies behind the copy's head."""
    head = (where / "head").read_bytes()
    with make(where) as store:
        remove(store, (2, 0))
    (where / "head").write_bytes(head)
    report = verify_store(where)
    assert (report.ok, report.redactions) == (True, 1)
    assert report.beyond > 0
    with open_store(where, readonly=True) as reader, pytest.raises(NotFound, match="removed"):
        reader.get("entries", "e2", at=2)
    with make(where) as store:
        assert store.get("entries", "e2")[0]["t"] == "removed"
    assert verify_store(where).redactions == 1


def test_verify_explains_a_blank_by_what_was_committed_meanwhile(
    where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text removed while verify reads is no damage: it reads on to the commit that lists it."""
    done: list[int] = []

    def meanwhile(fd: int, start: int, end: int) -> Iterator[Raw]:
        if not done:
            with make(where) as store:
                done.append(remove(store, (2, 0)))
        return read_lines(fd, start, end)

    before = verify_store(where).commits
    monkeypatch.setattr("piptui.store.verify.read_lines", meanwhile)
    report = verify_store(where)
    assert (report.ok, report.redactions, report.commits) == (True, 1, before + 1)


def test_verify_waits_for_a_blank_that_is_just_being_written(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is listed and still there is looked at again before it is called unfinished."""
    with make(where) as store, monkeypatch.context() as patch:
        patch.setattr(Recovery, "finish_redactions", lambda self: None)
        remove(store, (2, 0))
    monkeypatch.setattr("piptui.store.verify.sleep", lambda _: make(where).close())
    report = verify_store(where)
    assert (report.ok, report.redactions, report.unfinished) == (True, 1, [])


def test_a_redaction_that_lists_nothing_real_is_a_problem(store: JournalStore, where: Path) -> None:
    """verify names targets that no earlier commit has."""
    from piptui.store.request import prepare

    request = prepare([("entries", "e9", {})], {}, "p1", "redact", None, None)
    store.journal.unfinished.clear()
    with pytest.raises(IndexError):
        store.write(request, ((2, 7),))
    assert "there is none" in verify_store(where).problems[0].what
