"""Where a store lies, who may read it, and which versions may write it."""

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from piptui.errors import Corrupt, Denied, NotFound, Refused
from piptui.store import create_store, files, open_store, restore_backup, verify_store
from piptui.store.files import HEAD_BYTES, START, Head, parse_head, write_head

from .samples import make, put, said, say_in_info, segment, start, ticking


def modes(where: Path) -> dict[str, int]:
    """The mode of each thing in a store."""
    paths = [where, *where.rglob("*")]
    return {str(path.relative_to(where)): stat.S_IMODE(path.stat().st_mode) for path in paths}


@pytest.mark.parametrize(("kind", "folder", "file"), [("personal", 0o700, 0o600), ("team", 0o2770, 0o660)])
def test_modes_do_not_depend_on_the_umask(tmp_path: Path, kind: str, folder: int, file: int) -> None:
    """Even under umask 0 nobody else may read; in a team the group may whatever the umask."""
    said(start("umask_free", str(tmp_path / "s"), kind))
    found = modes(tmp_path / "s")
    assert found == {
        ".": folder, "journal": folder, "journal/000001.jsonl": file, "head": file, "lock": file, "store.json": file,
    }  # fmt: skip


def test_folders_on_the_way_to_a_personal_store_are_the_owners(tmp_path: Path) -> None:
    """Whoever may write in a folder above can put another store there; those that are there already stay."""
    (tmp_path / "home").mkdir(mode=0o755)
    old = os.umask(0)
    try:
        create_store(tmp_path / "home" / ".local" / "share" / "s")
        with open_store(tmp_path / "home" / ".local" / "share" / "s") as store:
            store.backup(tmp_path / "b")
        restore_backup(tmp_path / "b", tmp_path / "far" / "away" / "s")
    finally:
        os.umask(old)
    for made in ("home/.local", "home/.local/share", "far", "far/away"):
        assert stat.S_IMODE((tmp_path / made).stat().st_mode) == 0o700, made
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o755


def test_a_team_store_stays_open_to_its_group_under_a_strict_umask(tmp_path: Path) -> None:
    """New segments, too, get the modes of the store."""
    old = os.umask(0o077)
    try:
        create_store(tmp_path / "s", kind="team")
    finally:
        os.umask(old)
    assert modes(tmp_path / "s")["."] == 0o2770
    assert modes(tmp_path / "s")["head"] == 0o660


def test_a_store_that_others_may_read_says_so(tmp_path: Path) -> None:
    """It opens for writing, with a notice that names the file and the remedy."""
    make(tmp_path / "s").close()
    segment(tmp_path / "s").chmod(0o644)
    with open_store(tmp_path / "s") as store:
        assert not store.readonly
        assert f"{segment(tmp_path / 's')} is open to others (mode 644)" in store.notice
    segment(tmp_path / "s").chmod(0o600)
    with open_store(tmp_path / "s") as store:
        assert store.notice == ""


def test_there_is_no_store_without_creating_one(tmp_path: Path) -> None:
    """The error names the place and the command."""
    for where in (tmp_path, tmp_path / "missing"):
        with pytest.raises(NotFound, match="piptui init"):
            open_store(where)
    assert not (tmp_path / "missing").exists()


def test_creating_takes_an_empty_directory_only(tmp_path: Path) -> None:
    """A directory with other files, and a file, are left alone; a store is not created twice."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full/thesis.txt").write_text("x", encoding="utf-8")
    for where in (tmp_path / "full", tmp_path / "full/thesis.txt"):
        with pytest.raises(Refused):
            open_store(where, create=True)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["thesis.txt"]
    (tmp_path / "empty").mkdir()
    create_store(tmp_path / "empty", zone="Europe/Berlin", clock=ticking())
    with pytest.raises(Refused, match="already"):
        create_store(tmp_path / "empty")
    with open_store(tmp_path / "empty", create=True) as store:
        assert store.info["zone"] == "Europe/Berlin"
        assert store.info["created"] == "2026-03-02T09:00:00.000000Z"


def test_a_creation_that_was_cut_short_can_be_repeated(tmp_path: Path) -> None:
    """Without store.json there is no store yet; the empty files of the first try do not hinder."""
    make(tmp_path / "s").close()
    (tmp_path / "s/store.json").unlink()
    with open_store(tmp_path / "s", create=True) as store:
        assert put(store, "cases", "c1", {}) == 1


def test_two_creators_get_one_store(tmp_path: Path) -> None:
    """Whoever comes second opens what the first has made."""
    ids: list[str] = []
    threads = [threading.Thread(target=_open_and_note, args=(tmp_path / "s", ids)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 4
    assert len(set(ids)) == 1


def _open_and_note(where: Path, ids: list[str]) -> None:
    with open_store(where, create=True) as store:
        ids.append(store.info["store"])


def test_a_journal_without_store_json_is_damage(tmp_path: Path) -> None:
    """Nobody creates an empty record over a full one."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {})
    (tmp_path / "s/store.json").unlink()
    with pytest.raises(Corrupt):
        open_store(tmp_path / "s")
    with pytest.raises(Refused):
        open_store(tmp_path / "s", create=True)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"store": 1}', '{"store":"x","kind":"odd","reader":1,"writer":1}'])
def test_a_damaged_store_json_is_said(tmp_path: Path, text: str) -> None:
    """It is small and can be brought back from a backup."""
    make(tmp_path / "s").close()
    (tmp_path / "s/store.json").write_text(text, encoding="utf-8")
    with pytest.raises(Corrupt, match=r"store\.json"):
        open_store(tmp_path / "s")


def test_a_newer_reader_is_asked_for(tmp_path: Path) -> None:
    """What this program cannot read it does not open."""
    make(tmp_path / "s").close()
    say_in_info(tmp_path / "s", reader=2)
    with pytest.raises(Refused, match="newer"):
        open_store(tmp_path / "s")


def test_a_newer_writer_is_asked_for(tmp_path: Path) -> None:
    """What this program may not write it opens read-only and says so; unknown fields are kept."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {})
    say_in_info(tmp_path / "s", writer=2, later="field")
    with open_store(tmp_path / "s") as store:
        assert store.readonly
        assert "newer piptui" in store.notice
        assert store.info["later"] == "field"
        assert store.list("cases")[0][0] == "c1"
        with pytest.raises(Refused, match="newer piptui"):
            put(store, "cases", "c2", {})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_may_not_be_written_opens_read_only(tmp_path: Path) -> None:
    """Reading needs no right to write."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {})
    (tmp_path / "s/journal").chmod(0o500)
    try:
        with open_store(tmp_path / "s") as store:
            assert store.readonly
            assert "may not write" in store.notice
            assert store.list("cases")[0][0] == "c1"
    finally:
        (tmp_path / "s/journal").chmod(0o700)


def test_a_full_segment_is_followed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits never span segments; reading, history and verify go through all of them."""
    monkeypatch.setattr(files, "SEGMENT_BYTES", 1000)
    with make(tmp_path / "s") as store, make(tmp_path / "s") as other:
        for number in range(9):
            put(store, "cases", "c1", {"n": number, "long": "x" * 100})
            assert other.get("cases", "c1")[0]["n"] == number
        assert len(store.history("cases", "c1")) == 9
    names = sorted(path.name for path in (tmp_path / "s/journal").iterdir())
    assert names == [f"00000{number}.jsonl" for number in range(1, len(names) + 1)]
    assert len(names) > 2
    assert all(segment(tmp_path / "s", number).read_bytes().endswith(b"\n") for number in range(1, len(names) + 1))
    with make(tmp_path / "s") as store:
        assert store.get("cases", "c1", at=2)[0]["n"] == 1
        put(store, "cases", "c1", None)
    assert verify_store(tmp_path / "s").commits == 10
    assert verify_store(tmp_path / "s").ok
    assert set(modes(tmp_path / "s").values()) == {0o700, 0o600}


def test_the_head_is_of_fixed_size_and_checked(tmp_path: Path) -> None:
    """It reads back, and any changed byte makes it none."""
    head = Head(12, 3, 4567, "ab" * 32)
    raw = write_head(head)
    assert parse_head(raw) == head
    assert len(raw) == len(write_head(START)) == HEAD_BYTES
    for place in range(len(raw)):
        assert parse_head(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]) is None
    assert parse_head(raw[:-1]) is None
    assert parse_head(raw + b"\n") is None
    assert parse_head(b"") is None


@pytest.mark.parametrize("name", ["head", "000001.jsonl"])
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Opening and `verify` say which one, and that it is for its keeper to give access: no fault, no damage."""
    where = tmp_path / "s"
    with make(where) as store:
        put(store, "entries", "e1", {})
    real = os.open

    def barred(path: str | Path, *args: int, **more: int) -> int:
        if Path(path).name == name:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *args, **more)

    monkeypatch.setattr(os, "open", barred)
    with pytest.raises(Denied, match=name):
        open_store(where, readonly=True)
    with pytest.raises(Denied, match=name):
        verify_store(where)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everywhere")
def test_a_record_of_others_is_not_made_anew(tmp_path: Path) -> None:
    """Where it cannot even be told whether there is one, `create` says that it may not be read."""
    where = tmp_path / "s"
    make(where).close()
    where.chmod(0)
    try:
        with pytest.raises(Denied):
            open_store(where, create=True)
    finally:
        where.chmod(0o700)
