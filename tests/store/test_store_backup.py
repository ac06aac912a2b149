"""A backup is one commit's whole record in one file; what is restored is checked before it stands."""

import gzip
import io
import os
import stat
import tarfile
from pathlib import Path

import pytest

from piptui.errors import BadInput, Corrupt, NotFound, Refused
from piptui.store import backup as backup_module
from piptui.store import open_store, restore_backup, verify_store
from piptui.store.recovery import Recovery
from piptui.store.redact import redact

from .samples import make, put, said, say_in_info, segment, start


@pytest.fixture
def where(tmp_path: Path) -> Path:
    """A record with a few commits."""
    with make(tmp_path / "s") as store:
        for number in range(5):
            put(store, "entries", f"e{number}", {"of": "c1", "class": "hr", "t": f"text {number}"})
        put(store, "entries", "e0", None)
    return tmp_path / "s"


def members(archive: Path) -> dict[str, bytes]:
    """What a backup holds."""
    with tarfile.open(archive) as tar:
        return {one.name: tar.extractfile(one).read() for one in tar}  # type: ignore[union-attr]  # all are files


def rewritten(archive: Path, parts: dict[str, bytes], *, link: str = "") -> Path:
    """The same archive with other content."""
    other = archive.with_name("other.tar.gz")
    with tarfile.open(other, "w:gz") as tar:
        for name, data in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
        if link:
            member = tarfile.TarInfo("journal/000009.jsonl")
            member.type, member.linkname = tarfile.SYMTYPE, link
            tar.addfile(member)
    return other


def test_what_is_restored_is_the_record(where: Path, tmp_path: Path) -> None:
    """Documents, history and head are the same, and the restored record takes new commits."""
    with open_store(where) as store:
        made = store.backup(tmp_path / "b.tar.gz")
        assert (made.seq, made.hash) == store.head()
        report = restore_backup(tmp_path / "b.tar.gz", tmp_path / "back")
        assert (report.ok, report.commits) == (True, 6)
        with open_store(tmp_path / "back") as back:
            assert back.info == store.info
            assert back.head() == store.head()
            assert [one[:2] for one in back.list("entries")] == [one[:2] for one in store.list("entries")]
            assert back.history("entries", "e0") == store.history("entries", "e0")
            put(back, "entries", "new", {"of": "c1"})
    assert verify_store(tmp_path / "back").ok


def test_only_the_owner_reads_the_file_and_what_is_restored(where: Path, tmp_path: Path) -> None:
    """0600 and 0700, whatever the umask; a team's record gets the modes of a team."""
    before = os.umask(0)
    try:
        with open_store(where) as store:
            store.backup(tmp_path / "b.tar.gz")
        restore_backup(tmp_path / "b.tar.gz", tmp_path / "back")
        parts = members(tmp_path / "b.tar.gz")
        say_in_info(where, kind="team")
        parts["store.json"] = (where / "store.json").read_bytes()
        restore_backup(rewritten(tmp_path / "b.tar.gz", parts), tmp_path / "team")
    finally:
        os.umask(before)
    modes = {path.relative_to(tmp_path).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes["b.tar.gz"] == 0o600
    assert {modes["back"], modes["back/journal"]} == {0o700}
    assert {modes["back/store.json"], modes["back/head"], modes["back/lock"], modes["back/journal/000001.jsonl"]} == {
        0o600
    }
    assert modes["team"] == 0o2770
    assert modes["team/journal/000001.jsonl"] == 0o660


def test_a_backup_while_others_write_is_one_moment(tmp_path: Path) -> None:
    """Two processes write all the time: each backup restores to a whole record that ends where it says."""
    where = tmp_path / "s"
    with make(where) as store:
        put(store, "cases", "shared", {"count": 0})
        workers = [start("count_up", str(where), name, "150") for name in ("a", "b")]
        made = [store.backup(tmp_path / f"b{number}") for number in range(4)]
        for worker in workers:
            said(worker)
        for number, one in enumerate(made):
            report = restore_backup(tmp_path / f"b{number}", tmp_path / f"back{number}")
            assert (report.ok, report.head_seq, report.head_hash) == (True, one.seq, one.hash)
            with open_store(tmp_path / f"back{number}") as back:
                assert back.get("cases", "shared")[0]["count"] == one.seq - 1


def copied(where: Path, copy: Path) -> None:
    """What rsync does that is told to take store.json and head first, and then the journal: it lists the segments, of
    which all but the last are whole by then, and copies them one by one."""
    (copy / "journal").mkdir(parents=True)
    for name in ("store.json", "head"):
        (copy / name).write_bytes((where / name).read_bytes())
    for path in sorted((where / "journal").iterdir()):
        (copy / "journal" / path.name).write_bytes(path.read_bytes())


def test_a_backup_is_not_taken_for_a_store(tmp_path: Path) -> None:
    """Whoever names the file where a folder belongs is told how it is checked, and not to make a store there."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {})
        store.backup(tmp_path / "b")
    for look in (open_store, verify_store):
        with pytest.raises(NotFound, match=r"piptui restore .*checks every line") as told:
            look(tmp_path / "b")
        assert "init" not in str(told.value)


def test_plain_copies_of_a_living_record_open(tmp_path: Path) -> None:
    """Copies made while two processes write, segment after segment, are whole records that take new commits."""
    where = tmp_path / "s"
    with make(where) as store:
        put(store, "cases", "shared", {"count": 0})
    enough = tmp_path / "enough"
    arguments = ("60", str(enough), "9000")
    workers = [start("count_up_in_segments", str(where), name, *arguments) for name in ("a", "b")]
    copies = [tmp_path / f"copy{number}" for number in range(5)]
    with make(where) as watched:
        at = 1
        for copy in copies:
            while watched.wait(0.1) < at + 3:
                assert all(worker.poll() is None for worker in workers), "they ended before they were told to"
            copied(where, copy)
            at, _ = watched.head()
    enough.touch()
    for worker in workers:
        said(worker)
    assert segment(where, 4).exists()
    ends = set()
    for copy in copies:
        with open_store(copy) as store:
            seq, _ = store.head()
            ends.add(seq)
            assert store.get("cases", "shared")[0]["count"] == seq - 1
            put(store, "entries", "new", {"of": "c1"})
        assert verify_store(copy).ok
    assert len(ends) == len(copies)


def test_a_text_removed_during_the_copy_is_not_carried_away(
    where: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redaction that comes in while the journal is copied makes the copy begin anew."""
    copy, times = backup_module._write, []

    def interrupted(*args: object) -> object:
        size = copy(*args)  # type: ignore[arg-type]  # passed through
        times.append(size)
        if len(times) == 1:
            with make(where) as other:
                key = ("entries", "e1")
                redact(
                    other, [(2, 0)], [(*key, {"of": "c1", "class": "hr", "t": "removed"})], expect={key: 2}, actor="h"
                )
        return size

    monkeypatch.setattr(backup_module, "_write", interrupted)
    with open_store(where) as store:
        store.backup(tmp_path / "b")
    assert len(times) == 2
    assert b"text 1" not in b"".join(members(tmp_path / "b").values())
    assert restore_backup(tmp_path / "b", tmp_path / "back").redactions == 1


def unfinished(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A redaction whose writer died between the listing and the blank."""
    key = ("entries", "e1")
    with make(where) as store, monkeypatch.context() as patch:
        patch.setattr(Recovery, "finish_redactions", lambda self: None)
        redact(store, [(2, 0)], [(*key, {"of": "c1", "class": "hr", "t": "removed"})], expect={key: 2}, actor="h")


def test_a_text_that_is_listed_and_still_there_is_not_carried_away(
    where: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a dead writer has left is finished first, so that the backup can be restored and does not hold it."""
    with open_store(where, readonly=True) as store:
        unfinished(where, monkeypatch)
        store.backup(tmp_path / "b")
    assert b"text 1" not in b"".join(members(tmp_path / "b").values())
    assert restore_backup(tmp_path / "b", tmp_path / "back").redactions == 1


def test_restoring_applies_the_list_of_what_was_removed(
    where: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive that holds a text which its record lists as removed: the record is whole, and the text goes."""
    with open_store(where) as store:
        store.backup(tmp_path / "b")
    unfinished(where, monkeypatch)
    parts = {name: (where / name).read_bytes() for name in ("store.json", "journal/000001.jsonl", "head")}
    assert b"text 1" in parts["journal/000001.jsonl"]
    report = restore_backup(rewritten(tmp_path / "b", parts), tmp_path / "back")
    assert (report.ok, report.redactions) == (True, 1)
    assert not any(b"text 1" in path.read_bytes() for path in (tmp_path / "back").rglob("*") if path.is_file())


def test_nothing_is_overwritten(where: Path, tmp_path: Path) -> None:
    """Neither a file that is there, nor anything inside the store, nor a place that is not empty."""
    (tmp_path / "there").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with open_store(where) as store:
        for target in (tmp_path / "there", tmp_path / "link", where / "b", where / "journal" / "b"):
            with pytest.raises(Refused):
                store.backup(target)
        store.backup(tmp_path / "b")
    for place in (where, tmp_path / "there"):
        with pytest.raises(Refused, match="not empty"):
            restore_backup(tmp_path / "b", place)
    assert (tmp_path / "there").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "link", "s", "there"]


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9])
def test_a_cut_file_restores_nothing(where: Path, tmp_path: Path, at: float) -> None:
    """A backup that did not arrive whole is told, and no half of a record is left."""
    with open_store(where) as store:
        size = store.backup(tmp_path / "b").size
    os.truncate(tmp_path / "b", int(size * at))
    with pytest.raises(Corrupt, match="cut short"):
        restore_backup(tmp_path / "b", tmp_path / "back")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "s"]


@pytest.mark.parametrize("at", [0.3, 0.6, 0.9])
def test_a_flipped_bit_in_the_file_restores_nothing(where: Path, tmp_path: Path, at: float) -> None:
    """A backup that the disk has changed is damaged, not some other kind of file; nothing is left behind."""
    with open_store(where) as store:
        size = store.backup(tmp_path / "b").size
    data = bytearray((tmp_path / "b").read_bytes())
    data[int(size * at)] ^= 0x10
    (tmp_path / "b").write_bytes(data)
    with pytest.raises(Corrupt):
        restore_backup(tmp_path / "b", tmp_path / "back")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "s"]


def test_no_record_is_made_inside_another(where: Path, tmp_path: Path) -> None:
    """Neither restored nor new: in a store lies its record alone."""
    with open_store(where) as store:
        store.backup(tmp_path / "b")
    (tmp_path / "link").symlink_to(where)
    for place in (where / "back", where / "files" / "back", tmp_path / "link" / "back"):
        with pytest.raises(Refused, match="inside the store"):
            restore_backup(tmp_path / "b", place)
        with pytest.raises(Refused, match="inside the store"):
            open_store(place, create=True)
    assert verify_store(where).ok


@pytest.mark.parametrize("name", ["missing/b", "file/b", "x" * 300])
def test_a_place_that_cannot_be_is_wrong_use(where: Path, tmp_path: Path, name: str) -> None:
    """A folder that is not there, a file in the place of one, a name too long: told as such, not as a fault."""
    (tmp_path / "file").write_bytes(b"")
    with open_store(where) as store, pytest.raises(BadInput, match="Name another place"):
        store.backup(tmp_path / name)


def test_a_changed_record_restores_nothing(where: Path, tmp_path: Path) -> None:
    """One changed letter in the journal of a backup: refused with the report, nothing left behind."""
    with open_store(where) as store:
        store.backup(tmp_path / "b")
    parts = members(tmp_path / "b")
    parts["journal/000001.jsonl"] = parts["journal/000001.jsonl"].replace(b"text 3", b"text 8")
    with pytest.raises(Corrupt) as caught:
        restore_backup(rewritten(tmp_path / "b", parts), tmp_path / "back")
    assert not caught.value.report.ok
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "journal/../../outside", "journal/x.jsonl", "extra"])
def test_an_archive_writes_nowhere_else(where: Path, tmp_path: Path, name: str) -> None:
    """Names that no record has are refused before anything is written under them."""
    with open_store(where) as store:
        store.backup(tmp_path / "b")
    other = rewritten(tmp_path / "b", {**members(tmp_path / "b"), name: b"x"})
    with pytest.raises(BadInput, match="no record has"):
        restore_backup(other, tmp_path / "back")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "other.tar.gz", "s"]


def test_a_link_in_an_archive_is_refused(where: Path, tmp_path: Path) -> None:
    """A backup holds files and nothing else."""
    with open_store(where) as store:
        store.backup(tmp_path / "b")
    other = rewritten(tmp_path / "b", members(tmp_path / "b"), link=str(tmp_path / "b"))
    with pytest.raises(BadInput):
        restore_backup(other, tmp_path / "back")


@pytest.mark.parametrize("content", [b"", b"no archive", gzip.compress(b"no archive", mtime=0)])
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    """What is no archive is said to be none; a missing file is missing."""
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(BadInput):
        restore_backup(tmp_path / "b", tmp_path / "back")
    with pytest.raises(NotFound):
        restore_backup(tmp_path / "missing", tmp_path / "far" / "back")
    assert not (tmp_path / "back").exists()
    assert not (tmp_path / "far").exists()


def test_an_archive_with_a_file_twice_is_no_backup(where: Path, tmp_path: Path) -> None:
    """Which of the two would count is not for chance to say, and the place is not what is wrong."""
    with open_store(where) as store:
        store.backup(tmp_path / "b")
    plain = gzip.decompress((tmp_path / "b").read_bytes())
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        first = tar.next()
        assert first is not None
        whole = plain[: first.offset_data + 512 * -(-first.size // 512)]
    (tmp_path / "twice").write_bytes(whole + plain)
    with pytest.raises(BadInput, match=r"no backup of piptui: it holds store\.json twice"):
        restore_backup(tmp_path / "twice", tmp_path / "back")
