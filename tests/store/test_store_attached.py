"""Attached bytes: on the disk before the commit that names them, never changed, and never in anybody's way."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from piptui.errors import BadInput, Corrupt, Full, NotFound, Refused
from piptui.store import create_store, open_store, restore_backup, verify_store
from piptui.store.recovery import Recovery
from piptui.store.redact import redact
from piptui.store.store import JournalStore

from .samples import lines, make, put, said, start

ID, OTHER = "a1" * 8, "b2" * 8
DATA = b"%PDF-1.7\x00\xff signed" * 100


@pytest.fixture
def where(tmp_path: Path) -> Path:
    """A store with one case."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {"class": "shared"})
    return tmp_path / "s"


@pytest.fixture
def store(where: Path) -> Iterator[JournalStore]:
    """The store, open."""
    with make(where) as opened:
        yield opened


def naming(data: bytes, **more: Any) -> dict[str, Any]:
    """A document that names these bytes."""
    return {"of": "c1", "class": "hr", "size": len(data), "digest": hashlib.sha256(data).hexdigest(), **more}


def attach(store: Any, name: str = ID, data: bytes = DATA) -> int:
    """Keep bytes and name them in a commit."""
    with store.keeping(name, data):
        return int(store.commit([("files", name, naming(data))], expect={}, actor="p1", act="attach"))


def inside(where: Path) -> list[str]:
    """The names in the folder of attached bytes."""
    folder = where / "files"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_what_was_attached_comes_out_again(store: JournalStore, where: Path) -> None:
    """Here, in another store, and after opening again: byte for byte, under the document's id alone."""
    attach(store)
    assert inside(where) == [ID]
    with open_store(where, readonly=True) as other:
        assert store.content(ID) == other.content(ID) == DATA
    assert store.verify().ok


@pytest.mark.parametrize(("kind", "folder", "file"), [("personal", 0o700, 0o600), ("team", 0o2770, 0o660)])
def test_modes_are_those_of_the_store(tmp_path: Path, kind: Any, folder: int, file: int) -> None:
    """Nobody else reads a personal store's files, whatever the umask; the team's group reads and writes."""
    create_store(tmp_path / "s", kind=kind)
    before = os.umask(0o027)
    try:
        with open_store(tmp_path / "s") as store:
            attach(store)
    finally:
        os.umask(before)
    files = tmp_path / "s" / "files"
    assert stat.S_IMODE(files.stat().st_mode) == folder
    assert stat.S_IMODE((files / ID).stat().st_mode) == file


def test_bytes_lie_there_before_the_commit_that_names_them(store: JournalStore, where: Path) -> None:
    """Inside, before anything is committed, the bytes are under their name and whole."""
    with store.keeping(ID, DATA):
        assert (where / "files" / ID).read_bytes() == DATA
        with open_store(where) as other:
            # Somebody else attaches meanwhile and puts in order what was left: this is still under way.
            attach(other, OTHER)
        assert (where / "files" / ID).read_bytes() == DATA
        store.commit([("files", ID, naming(DATA))], expect={}, actor="p1", act="attach")
    assert inside(where) == [ID, OTHER]


def test_without_a_commit_nothing_stays(store: JournalStore, where: Path) -> None:
    """Bytes that no commit names are gone when the attach ends, whether by a refusal or without a word."""
    with pytest.raises(Refused), store.keeping(ID, DATA):
        raise Refused("No.")
    with store.keeping(ID, DATA):
        pass
    assert inside(where) == []


@pytest.mark.parametrize("named", [False, True], ids=["before", "after"])
def test_a_kill_before_or_after_the_commit_is_settled_by_the_next_attach(where: Path, *, named: bool) -> None:
    """A killed attach leaves bytes that hurt nobody; the next one removes them, or the second name of those that a
    commit names."""
    process = start("attach_and_die", str(where), ID, "named" if named else "")
    process.communicate(timeout=60)
    assert process.returncode == -9
    assert inside(where) == [ID, f"{ID}.new"]
    report = verify_store(where)
    assert (report.ok, report.loose) == (True, [f"{ID}.new"] if named else [ID, f"{ID}.new"])
    with make(where) as store:
        attach(store, OTHER)
        assert inside(where) == ([ID, OTHER] if named else [OTHER])
        assert (store.verify().ok, store.verify().loose) == (True, [])


def test_no_room_leaves_nothing(where: Path) -> None:
    """Where the file does not fit, Full is raised, nothing lies there, and the record is as it was."""
    assert said(start("attach_without_room", str(where), ID)) == Full.__name__
    assert inside(where) == []
    with make(where) as store:
        assert store.head()[0] == 1
        attach(store)


def test_no_room_for_the_line_leaves_no_bytes(where: Path) -> None:
    """Where the bytes fit and the commit does not, the bytes go again."""
    with make(where) as store:
        for number in range(6):
            put(store, "entries", f"e{number}", {"of": "c1", "text": "x" * 900})
    assert said(start("attach_with_room_for_the_bytes", str(where), ID)) == Full.__name__
    assert inside(where) == []
    assert verify_store(where).ok


def test_two_processes_attach_at_once(where: Path) -> None:
    """Every acknowledged attach of either is there in the end, and nothing else."""
    workers = [start("attach_many", str(where), letter, "12") for letter in ("a", "b")]
    done = [name for worker in workers for name in said(worker).split()]
    assert len(done) == 24
    assert inside(where) == sorted(done)
    assert verify_store(where).ok


def test_two_killed_at_any_moment_lose_nothing(where: Path) -> None:
    """Whatever was acknowledged is there; whatever else lies about is harmless, and the next attach removes it."""
    for round_ in range(4):
        letters = "abcdef89"[2 * round_ : 2 * round_ + 2]
        workers = [start("attach_for_ever", str(where), letter) for letter in letters]
        done = []
        for worker in workers:
            assert worker.stdout
            done += [worker.stdout.readline().strip() for _ in range(2 + round_)]
        for worker in workers:
            worker.kill()
            # What was said and not read yet was acknowledged, too; the last line may be cut.
            done += [name for name in worker.communicate()[0].split("\n")[:-1] if name]
        report = verify_store(where)
        assert report.ok, report
        with open_store(where) as store:
            for name in done:
                assert store.content(name) == name.encode() * 20_000
    with make(where) as store:
        attach(store, "7" * 16)
        named = {name for name, _, _ in store.list("files")}
        assert set(inside(where)) == named
        assert store.verify().loose == []


def test_bytes_are_never_overwritten(store: JournalStore) -> None:
    """A name that is taken is refused, and what lies there stays."""
    attach(store)
    with pytest.raises(BadInput), store.keeping(ID, b"other"):
        pass
    assert store.content(ID) == DATA


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 15, "a" * 65, "A1" * 8, f"{ID}.new"])
def test_a_name_is_an_id_and_nothing_else(store: JournalStore, where: Path, name: str) -> None:
    """Nothing can be written outside the folder, or under a name that means something else."""
    with pytest.raises(BadInput), store.keeping(name, DATA):
        pass
    assert inside(where) == []


def test_bytes_changed_by_hand_are_told_and_not_handed_out(store: JournalStore, where: Path) -> None:
    """One flipped byte: reading says Corrupt, and verify names document, owner and commit."""
    seq = attach(store)
    path = where / "files" / ID
    path.write_bytes(DATA[:-1] + b"?")
    with pytest.raises(Corrupt):
        store.content(ID)
    report = store.verify()
    assert not report.ok
    assert [(one.id, one.of, one.seq, one.what) for one in report.flaws] == [
        (ID, "c1", seq, "are not those that were attached")
    ]
    path.unlink()
    with pytest.raises(Corrupt, match="missing"):
        store.content(ID)
    assert [one.what for one in store.verify().flaws] == ["are missing"]


def test_a_link_in_place_of_the_bytes_is_not_followed(store: JournalStore, where: Path, tmp_path: Path) -> None:
    """Whoever swaps a file for a link gets nothing else read out, and no fault either."""
    attach(store)
    (tmp_path / "secret").write_bytes(DATA)
    (where / "files" / ID).unlink()
    (where / "files" / ID).symlink_to(tmp_path / "secret")
    assert [one.what for one in store.verify().flaws] == ["are missing"]
    with pytest.raises(Corrupt):
        store.content(ID)


def test_a_document_without_bytes_has_none(store: JournalStore) -> None:
    """Asking for what no document names is answered as missing."""
    put(store, "files", ID, {"of": "c1"})
    for name in (ID, OTHER):
        with pytest.raises(NotFound):
            store.content(name)


# -- removing -----------------------------------------------------------------------------------------------


def remove(store: JournalStore, seq: int, document: dict[str, Any] | None = None) -> int:
    """Remove the text of the document that named the bytes."""
    return redact(store, [(seq, 0)], [("files", ID, document)], expect={("files", ID): seq}, actor="hr1")


def test_a_redaction_takes_the_bytes_along(store: JournalStore, where: Path) -> None:
    """With the document's text its bytes are gone, under every name, and verify agrees."""
    seq = attach(store)
    attach(store, OTHER)
    remove(store, seq)
    assert inside(where) == [OTHER]
    with pytest.raises(NotFound):
        store.content(ID)
    assert store.verify().ok
    assert lines(where)[seq - 1][2] is None


def test_bytes_stay_while_the_document_names_them(store: JournalStore, where: Path) -> None:
    """Removing an earlier text of a document, such as a note with a name in it, leaves its bytes."""
    seq = attach(store)
    remove(store, seq, naming(DATA, note="mended"))
    assert store.content(ID) == DATA
    remove(store, store.head()[0], {"of": "c1", "size": 0, "digest": ""})
    assert inside(where) == []


def test_an_interrupted_removal_is_told_and_finished_by_the_next_open(
    store: JournalStore, where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Listed and not yet erased: verify says so, and whoever opens the store next goes on."""
    seq = attach(store)
    with monkeypatch.context() as patched:
        patched.setattr(Recovery, "finish_redactions", lambda _: None)
        remove(store, seq)
    store.close()
    report = verify_store(where)
    assert (report.ok, report.unfinished) == (False, [(seq, 0)])
    assert [one.what for one in report.flaws] == ["were removed from the record and are still there"]
    with make(where) as again:
        assert inside(where) == []
        assert again.verify().ok


def test_a_removal_killed_between_bytes_and_text_is_finished(
    store: JournalStore, where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes go first: as long as they may be there, the text says that something is to be done."""
    seq = attach(store)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("piptui.store.recovery.write_all", dies)
        with pytest.raises(KeyboardInterrupt):
            remove(store, seq)
    assert inside(where) == []
    store.close()
    with make(where) as again:
        assert again.verify().ok


# -- backups ------------------------------------------------------------------------------------------------


def test_a_backup_holds_named_bytes_and_no_others(store: JournalStore, where: Path, tmp_path: Path) -> None:
    """What a killed attach left stays behind; what is named comes back whole."""
    attach(store)
    (where / "files" / OTHER).write_bytes(b"nobody's")
    store.backup(tmp_path / "b.tar.gz")
    assert restore_backup(tmp_path / "b.tar.gz", tmp_path / "back").ok
    assert inside(tmp_path / "back") == [ID]
    with open_store(tmp_path / "back") as back:
        assert back.content(ID) == DATA
        attach(back, OTHER)
    assert stat.S_IMODE((tmp_path / "back" / "files" / ID).stat().st_mode) == 0o600


def test_a_damaged_file_stops_neither_backup_nor_restore(store: JournalStore, where: Path, tmp_path: Path) -> None:
    """The rest of the record is worth keeping: what is wrong with the bytes is told where it is restored."""
    attach(store)
    attach(store, OTHER)
    (where / "files" / ID).write_bytes(b"?")
    (where / "files" / OTHER).unlink()
    store.backup(tmp_path / "b.tar.gz")
    report = restore_backup(tmp_path / "b.tar.gz", tmp_path / "back")
    assert not report.ok
    assert {one.id: one.what.split()[1] for one in report.flaws} == {ID: "not", OTHER: "missing"}
