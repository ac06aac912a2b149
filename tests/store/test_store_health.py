"""What the doctor sees of a store's files: each trouble is a finding with its cure, and none is an error."""

import fcntl
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from piptui.store import create_store
from piptui.store.disk import file_system
from piptui.store.health import Finding, examine

from .samples import make, put


@pytest.fixture
def where(tmp_path: Path) -> Path:
    """A personal store with a commit."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"of": "c1"})
    return tmp_path / "s"


def seen(where: Path, **more: Any) -> dict[str, Finding]:
    """The findings by what was looked at."""
    return {one.what: one for one in examine(where, **more)}


def test_a_sound_store_has_nothing_to_mend(where: Path) -> None:
    """Everything is in order, and nothing was changed by looking."""
    before = {path: path.read_bytes() for path in where.rglob("*") if path.is_file() and path.name != "lock"}
    found = seen(where)
    assert {one.level for one in found.values() if one.what != "file system"} == {"ok"}
    assert {path: path.read_bytes() for path in before} == before


def test_no_store_is_a_finding(tmp_path: Path) -> None:
    """A place without a store says how one is made."""
    (found,) = examine(tmp_path / "nowhere")
    assert found.level == "bad"
    assert "piptui init" in found.told


def test_all_open_files_are_named_at_once_with_a_command_that_closes_them(where: Path) -> None:
    """Nobody has to ask three times; the command can be given to a shell as it stands."""
    moved = where.rename(where.with_name("a store's place"))
    for name in ("head", "journal/000001.jsonl", "."):
        (moved / name).chmod((moved / name).stat().st_mode | 0o044)
    found = seen(moved)["modes"]
    assert all(name in found.told for name in ("head (mode", "000001.jsonl (mode"))
    subprocess.run(found.cure.partition(": ")[2], shell=True, check=True)
    assert seen(moved)["modes"].level == "ok"


@pytest.mark.parametrize("name", ["head", "store.json", "journal", "journal/000001.jsonl", "."])
def test_files_that_others_can_read_are_bad(where: Path, name: str) -> None:
    """The file is named, with the command that closes it."""
    path = where / name
    path.chmod(path.stat().st_mode | 0o044)
    found = seen(where)["modes"]
    assert found.level == "bad"
    assert str(path.resolve() if name == "." else path).rstrip("/.") in found.told
    assert found.cure.startswith("Close with: chmod go= ")


def test_a_team_store_is_open_to_its_group(tmp_path: Path) -> None:
    """0660 and 2770 are as they should be there; for others they are not."""
    create_store(tmp_path / "t", kind="team")
    assert seen(tmp_path / "t")["modes"].level == "ok"
    (tmp_path / "t" / "head").chmod(0o664)
    assert seen(tmp_path / "t")["modes"].level == "bad"


def test_damage_is_told(where: Path) -> None:
    """A journal that ends too early is bad; a head that cannot be read is made anew by the next save."""
    os.truncate(where / "journal" / "000001.jsonl", 5)
    assert seen(where)["head"].level == "bad"
    (where / "head").write_bytes(b"x")
    found = seen(where)["head"]
    assert (found.level, "next save" in found.cure) == ("look", True)
    (where / "store.json").write_bytes(b"{")
    assert [one.level for one in examine(where)] == ["bad"]


def test_a_held_lock_names_its_holder(where: Path) -> None:
    """Who writes is named; looking waits for nobody."""
    with make(where) as store, store.exclusive():
        found = seen(where)["lock"]
    assert found.level == "look"
    assert f"process {os.getpid()}" in found.told


def test_what_was_set_aside_is_worth_a_look(where: Path) -> None:
    """Bytes of a cut-off save are named."""
    (where / "torn-1.bin").write_bytes(b"x")
    told = [one.told for one in examine(where) if one.what == "record"]
    assert any("torn-1.bin" in one for one in told)


@pytest.mark.parametrize(
    ("kind", "level"), [("ext4", "ok"), ("xfs", "ok"), ("nfs4", "bad"), ("cifs", "bad"), ("fuse.sshfs", "bad")]
)
def test_a_file_system_of_several_machines_is_bad(where: Path, tmp_path: Path, kind: str, level: str) -> None:
    """Locks may not hold there; the nearest mount counts."""
    mounts = tmp_path / "mounts"
    text = f"a / ext4 rw 0 0\nb {tmp_path.resolve()} {kind} rw 0 0\nc {tmp_path}x nfs rw 0 0\n"
    mounts.write_text(text, encoding="utf-8")
    assert seen(where, mounts=mounts)["file system"].level == level
    assert file_system(where, mounts) == kind


def test_an_unreadable_list_of_mounts_is_said(where: Path, tmp_path: Path) -> None:
    """Where the kind cannot be told, it is not guessed."""
    assert seen(where, mounts=tmp_path / "none")["file system"].level == "look"


def test_attached_files_are_looked_at(where: Path) -> None:
    """How many there are; those that others can read are bad; what a killed attach left is worth a look."""
    assert "files" not in seen(where)
    with make(where) as store, store.keeping("a1" * 8, b"x"):
        store.commit([("files", "a1" * 8, {"size": 1, "digest": "00"})], expect={}, actor="p1", act="attach")
    assert (seen(where)["files"].level, seen(where)["files"].told[:10]) == ("ok", "1 attached")
    (where / "files" / f"{'b2' * 8}.new").touch(0o600)
    assert (seen(where)["files"].level, "next attach" in seen(where)["files"].cure) == ("look", True)
    (where / "files" / ("a1" * 8)).chmod(0o644)
    found = next(one for one in examine(where) if one.what == "files")
    assert (found.level, found.cure.startswith("Close with: chmod -R go= ")) == ("bad", True)


def test_a_copy_without_a_lock_can_be_written(where: Path) -> None:
    """The lock is made by the next save: that it is missing keeps nobody out."""
    (where / "lock").unlink()
    assert seen(where)["lock"].level == "ok"
    with make(where) as store:
        put(store, "entries", "e2", {"of": "c1"})


def test_a_lock_that_cannot_be_made_is_told(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that one may not write there is no next save that makes it."""
    (where / "lock").unlink()
    monkeypatch.setattr("piptui.store.health.os.access", lambda *_: False)
    assert seen(where)["lock"][:3] == ("look", "lock", f"none, and you can make none in {where}")


@pytest.mark.parametrize(("kind", "level"), [("team", "bad"), ("personal", "look")])
def test_what_may_not_be_written_is_named(tmp_path: Path, kind: str, level: str) -> None:
    """A journal that the group cannot write: nobody of it can save, and the store says that it is for reading."""
    create_store(tmp_path / "s", kind=kind)  # type: ignore[arg-type]  # one of the two
    newest = tmp_path / "s" / "journal" / "000001.jsonl"
    found = seen(tmp_path / "s", may_write=lambda path: path != newest)["writing"]
    assert (found.level, str(newest) in found.told) == (level, True)
    assert ("chmod" in found.cure) is (kind == "team")
    assert seen(tmp_path / "s")["writing"].level == "ok"


def test_a_lock_that_others_hold_is_not_laid_at_the_door_of_who_has_ended(where: Path) -> None:
    """The name in it is of the last process of piptui: where that has ended, somebody else holds it."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    text = f"kim on {os.uname().nodename}, process {ended.pid}, since 2026-03-02 09:00:00 UTC"
    (where / "lock").write_text(text, encoding="ascii")
    with (where / "lock").open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        told = seen(where)["lock"].told
    assert "another program than piptui" in told
    assert "kim" in told
