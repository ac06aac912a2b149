"""What is written reads the same: now, as of earlier, and as history."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from piptui.errors import BadInput, NotFound, PiptuiError
from piptui.store import Change, Rev, open_store

from .samples import START, make, put, ticking


def test_a_document_reads_back_with_its_revision(tmp_path: Path) -> None:
    """get gives the document and who changed it when."""
    with make(tmp_path / "s") as store:
        seq = store.commit([Change("cases", "c1", {"n": 1})], expect={}, actor="p7", act="new")
        document, rev = store.get("cases", "c1")
    assert (document, seq) == ({"n": 1}, 1)
    assert rev == Rev(1, START, "p7", START, rev.digest)
    assert len(rev.digest) == 64


def test_the_digest_is_the_payload_hash_of_the_header(tmp_path: Path) -> None:
    """Rev and Record name the hash that the chain protects."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {"n": 1})
        digests = (store.get("cases", "c1")[1].digest, store.history("cases", "c1")[0].digest)
    assert f'"sha":"{digests[0]}"' in (tmp_path / "s/journal/000001.jsonl").read_text(encoding="utf-8")
    assert digests[0] == digests[1]


def test_documents_handed_out_are_private_copies(tmp_path: Path) -> None:
    """Changing what was handed out or handed in changes nothing in the store."""
    with make(tmp_path / "s") as store:
        given = {"list": [1]}
        put(store, "cases", "c1", given)
        given["list"].append(2)
        store.get("cases", "c1")[0]["list"].append(3)
        store.list("cases")[0][1]["list"].append(4)
        assert store.get("cases", "c1")[0] == {"list": [1]}


def test_a_missing_document_is_a_key_error(tmp_path: Path) -> None:
    """NotFound is a KeyError whose text is a sentence."""
    with make(tmp_path / "s") as store, pytest.raises(KeyError) as caught:
        store.get("cases", "nobody")
    assert isinstance(caught.value, NotFound)
    assert str(caught.value) == "There is no such document in cases."


def test_list_keeps_the_order_of_creation_and_filters_by_owner(tmp_path: Path) -> None:
    """An edit does not move a document; `of` picks those of one case."""
    with make(tmp_path / "s") as store:
        for name, of in (("e2", "c1"), ("e1", "c2"), ("e3", "c1")):
            put(store, "entries", name, {"of": of, "n": 0})
        put(store, "entries", "e2", {"of": "c1", "n": 1})
        put(store, "checkins", "k1", {"of": "c1"})
        assert [name for name, _, _ in store.list("entries")] == ["e2", "e1", "e3"]
        assert [name for name, _, _ in store.list("entries", of="c1")] == ["e2", "e3"]
        assert [held[:2] for held in store.case_documents("c1")] == [
            ("entries", "e2"), ("entries", "e3"), ("checkins", "k1"),
        ]  # fmt: skip
        assert store.list("nothing") == []


def test_ever_names_deleted_and_moved_documents_too(tmp_path: Path) -> None:
    """Whatever once belonged to a case can be found for its history."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"of": "c1"})
        put(store, "entries", "e2", {"of": "c1"})
        put(store, "entries", "e1", None)
        put(store, "entries", "e2", {"of": "c2"})
        assert store.ever("c1") == [("entries", "e1"), ("entries", "e2")]
        assert store.case_documents("c1") == []
        assert [held[1] for held in store.case_documents("c2")] == ["e2"]


def test_re_creation_counts_anew_and_keeps_the_pointer(tmp_path: Path) -> None:
    """created_at is that of the last creation; history goes on behind the delete."""
    with make(tmp_path / "s") as store:
        for document in ({"n": 1}, {"n": 2}, None, {"n": 3}, {"n": 4}):
            put(store, "cases", "c1", document)
        rev = store.get("cases", "c1")[1]
        assert (rev.seq, rev.created_at) == (5, START + timedelta(seconds=3))
        assert [record.seq for record in store.history("cases", "c1")] == [1, 2, 3, 4, 5]
        assert [record.deleted for record in store.history("cases", "c1")] == [False, False, True, False, False]


def test_a_document_as_of_a_commit(tmp_path: Path) -> None:
    """`at` gives what get gave then, revision included, through patches and deletes."""
    with make(tmp_path / "s") as store:
        then = {}
        for number, document in enumerate(({"a": "x" * 90, "n": 0}, {"a": "x" * 90, "n": 1}, None, {"n": 2})):
            seq = put(store, "cases", "c1", document)
            put(store, "entries", f"e{number}", {})
            if document is not None:
                then[seq] = store.get("cases", "c1")
        for seq, found in then.items():
            assert store.get("cases", "c1", at=seq) == found
            assert store.get("cases", "c1", at=seq + 1) == found
        for seq in (0, 5, 6):
            with pytest.raises(NotFound):
                store.get("cases", "c1", at=seq)
        with pytest.raises(BadInput):
            store.get("cases", "c1", at=99)


def test_history_tells_who_did_what_and_why(tmp_path: Path) -> None:
    """A record holds header, sentence, reason, class and what was said about the actor."""
    with make(tmp_path / "s") as store:
        change = Change("entries", "e1", {"of": "c1", "class": "hr"}, "Noted a concern.", "late\tthree times\nin May")
        meta = {"role": "hr", "login": "anna", "proof": {"kind": "sudo"}}
        store.commit([change], expect={}, actor="p1", act="note", token="t1", meta=meta)
        (record,) = store.history("entries", "e1")
        assert store.history("entries", "e2") == []
    assert (record.seq, record.at, record.actor, record.role, record.act) == (1, START, "p1", "hr", "note")
    assert (record.table, record.id, record.of, record.cls) == ("entries", "e1", "c1", "hr")
    assert (record.sentence, record.reason) == ("Noted a concern.", "late\tthree times\nin May")
    assert record.by == {"login": "anna", "proof": {"kind": "sudo"}}
    assert (record.deleted, record.redacted, record.token) == (False, False, "t1")


def test_history_follows_the_class_through_patches_and_deletes(tmp_path: Path) -> None:
    """The class at each change is that of the document then; a delete has that of what it deletes."""
    with make(tmp_path / "s") as store:
        for cls in ("hr", "shared"):
            put(store, "entries", "e1", {"class": cls, "of": "c1", "text": "x" * 200})
        put(store, "entries", "e1", None)
        assert [record.cls for record in store.history("entries", "e1")] == ["hr", "shared", "shared"]
        assert [record.of for record in store.history("entries", "e1")] == ["c1", "c1", "c1"]


def test_changes_give_headers_without_text(tmp_path: Path) -> None:
    """Commits after a seq, with their keys and owners, chained to the head."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {"secret": "text"})
        changes = [("entries", "e1", {"of": "c1"}), ("keys", "case.0001", {})]
        store.commit(changes, expect={}, actor="p2", act="add", meta={"role": "manager"})
        assert [commit.seq for commit in store.changes(0)] == [1, 2]
        (commit,) = store.changes(1)
        assert store.changes(2) == []
        assert (commit.actor, commit.role, commit.act) == ("p2", "manager", "add")
        assert commit.keys == (("entries", "e1"), ("keys", "case.0001"))
        assert commit.owners == ("c1", "")
        assert (commit.seq, commit.hash) == store.head()


def test_another_store_on_the_same_files_is_seen_at_once(tmp_path: Path) -> None:
    """Every reading method catches up with what others committed."""
    with make(tmp_path / "s") as mine, make(tmp_path / "s", clock=ticking()) as other:
        put(other, "cases", "c1", {"n": 1})
        assert mine.get("cases", "c1")[0] == {"n": 1}
        put(mine, "cases", "c1", {"n": 2})
        assert other.list("cases")[0][1] == {"n": 2}
        assert mine.head() == other.head()


def test_wait_returns_as_soon_as_there_is_a_commit(tmp_path: Path) -> None:
    """wait reports each new head once and gives up at its timeout."""
    with make(tmp_path / "s") as watching, make(tmp_path / "s") as writing:
        assert watching.wait(0) == 0
        put(writing, "cases", "c1", {})
        # A look in between does not swallow the news.
        watching.get("cases", "c1")
        assert watching.wait(60) == 1
        assert watching.wait(0.01) == 1
        writer = threading.Thread(target=put, args=(writing, "cases", "c2", {}))
        writer.start()
        assert watching.wait(60) == 2
        writer.join()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    """After close every method refuses with a sentence; closing twice is fine."""
    store = make(tmp_path / "s")
    store.close()
    store.close()
    with pytest.raises(PiptuiError, match="closed"):
        store.head()


def test_info_is_what_store_json_says(tmp_path: Path) -> None:
    """The decoded store.json, as a private copy."""
    with make(tmp_path / "s") as store:
        store.info["kind"] = "changed"
        assert store.info["kind"] == "personal"
        assert store.info["store"] == "a" * 32


def test_a_read_only_store_reads(tmp_path: Path) -> None:
    """readonly=True reads everything, says why it does not write, and follows other writers."""
    with make(tmp_path / "s") as writing, open_store(tmp_path / "s", readonly=True) as store:
        put(writing, "cases", "c1", {})
        assert store.readonly
        assert store.notice == "This store was opened for reading only."
        assert [name for name, _, _ in store.list("cases")] == ["c1"]
