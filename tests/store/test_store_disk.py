"""Real file systems that are full or read-only, stopped writers, and disks that several machines share."""

import errno
import fcntl
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from piptui.desk import init_store
from piptui.errors import Busy, Full, PiptuiError, Refused, Unreachable
from piptui.store import JournalDB, create_store, disk, lock, maker, open_store, recovery, verify_store
from piptui.store.health import examine

from .samples import make, put, said, say, segment, start
from .snapshot_kit import opened

SIZE = 1 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except OSError as error:
        pytest.skip(f"no mount here: {error}")
    if done.returncode:
        pytest.skip(f"a small disk may not be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], timeout=10, check=True)


def test_saves_around_a_full_disk_lose_and_tear_nothing(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With snapshots and attached files being made: each save is in the record or refused as Full, and when there is
    room again it goes on."""
    monkeypatch.setattr(maker, "LEAST", 20)
    monkeypatch.setattr(maker, "TAIL_LEAST", 6)
    chance, ballast = Random(3), small_disk / "ballast"
    kept: dict[str, int] = {}
    refused = attached = 0
    with opened(small_disk / "s") as store:
        for number in range(480):
            if number % 12 == 0:
                fill(ballast, spare=4096 * chance.randrange(8))
            try:
                if number % 7 == 0:
                    with store.keeping(f"{number:016x}", b"x" * 500):
                        document = {"of": "c1", "size": 500, "digest": "0" * 64}
                        store.commit([("files", f"{number:016x}", document)], expect={}, actor="p1", act="attach")
                    attached += 1
                else:
                    kept[f"e{number}"] = put(store, "entries", f"e{number}", {"t": "x" * chance.randrange(2500)})
            except Full:
                refused += 1
        ballast.unlink()
        assert {name: rev.seq for name, _, rev in store.list("entries")} == kept
        assert len(store.list("files")) == attached
        kept["more"] = put(store, "entries", "more", {"t": "x" * 5000})
    report = verify_store(small_disk / "s")
    say(f"480 saves around a full disk: {refused} refused, 0 lost, {len(report.torn)} torn")
    assert (report.problems, report.torn, report.beyond, report.derived) == ([], [], 0, [])
    assert report.commits == len(kept) + attached
    assert refused > 20
    assert len(kept) > 20


def fill(ballast: Path, *, spare: int) -> None:
    """Fill the disk up to some spare bytes."""
    with ballast.open("ab", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    os.truncate(ballast, max(0, ballast.stat().st_size - spare))


def test_a_read_only_disk_is_read_and_refuses_with_a_reason(small_disk: Path) -> None:
    """It opens, all can be read, and a save says why not."""
    with make(small_disk / "s") as store:
        put(store, "entries", "e1", {"t": "read me"})
    with segment(small_disk / "s").open("ab") as file:
        file.write(b"torn")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], timeout=10, check=True)
    with open_store(small_disk / "s") as store:
        assert store.readonly
        assert "You may not write in" in store.notice
        assert store.get("entries", "e1")[0] == {"t": "read me"}
        with pytest.raises(Refused, match="open for reading only"):
            put(store, "entries", "e2", {})
        assert store.verify().ok
    assert {one.what: one.level for one in examine(small_disk / "s")}["lock"] == "look"


def test_a_stopped_writer_delays_no_reader_and_no_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped with the lock in its hands and half a line behind the end: opening and reading take no second, a save
    is Busy and names it, and once it is killed the next save settles what it left."""
    where = tmp_path / "s"
    with make(where) as store:
        put(store, "entries", "e1", {"n": 1})
    holder = start("hold", str(where))
    assert holder.stdout is not None
    holder.stdout.readline()
    with segment(where).open("ab") as file:
        file.write(b'{"seq":2,"at')
    os.kill(holder.pid, signal.SIGSTOP)
    begun = monotonic()
    with make(where) as store:
        assert store.get("entries", "e1")[0] == {"n": 1}
        assert monotonic() - begun < 1
        monkeypatch.setattr(lock, "BUSY_SECONDS", 0.05)
        with pytest.raises(Busy, match=f"process {holder.pid}"):
            put(store, "entries", "ghost", {})
        holder.kill()
        holder.communicate()
        assert put(store, "entries", "e2", {}) == 2
        assert "set aside" in store.notice
        assert [name for name, _, _ in store.list("entries")] == ["e1", "e2"]
    assert verify_store(where).ok


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A list of mounts that says that all of this lies on NFS."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"a / ext4 rw 0 0\nserver:/x {tmp_path.resolve()} nfs4 rw 0 0\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(disk, "MOUNTS", mounts)
        yield patch


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"])
def test_a_personal_store_on_a_shared_disk_opens_where_it_was_written_last(
    tmp_path: Path, mounted: pytest.MonkeyPatch, kind: str
) -> None:
    """Nobody wrote yet, or this machine did: it is written. Another one did: it is read, with the reason and the
    cure, unless somebody says that this machine alone uses it."""
    disk.MOUNTS.write_text(f"a {tmp_path.resolve()} {kind} rw 0 0\n", encoding="utf-8")
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {})
    with make(tmp_path / "s") as store:
        put(store, "entries", "e2", {})
    text = (tmp_path / "s/lock").read_text(encoding="utf-8")
    (tmp_path / "s/lock").write_text(text.replace(os.uname().nodename, "elsewhere.example"), encoding="utf-8")
    with make(tmp_path / "s") as store:
        assert store.readonly
        assert f"lies on {kind}" in store.notice
        assert "last written on elsewhere.example" in store.notice
        assert "network_store = true" in store.notice
        assert len(store.list("entries")) == 2
        with pytest.raises(Refused, match=r"elsewhere\.example"):
            put(store, "entries", "e3", {})
    found = {one.what: one for one in examine(tmp_path / "s")}
    assert (found["file system"].level, found["lock"].told[:31]) == ("bad", "last taken on elsewhere.example")
    with make(tmp_path / "s", network=lambda: True) as store:
        put(store, "entries", "e3", {})
    with make(tmp_path / "s") as store:
        assert not store.readonly


def test_a_team_store_on_a_shared_disk_is_refused(tmp_path: Path, mounted: pytest.MonkeyPatch) -> None:
    """With the reason and what to do; it may be read, and somebody may say that one machine alone uses it."""
    create_store(tmp_path / "s", kind="team")
    with pytest.raises(Refused, match=r"lies on nfs4.*local disk.*network_store = true"):
        open_store(tmp_path / "s")
    with open_store(tmp_path / "s", readonly=True) as store:
        assert store.list("entries") == []
    with open_store(tmp_path / "s", network=lambda: True) as store:
        put(store, "entries", "e1", {})
    with pytest.raises(Refused, match="lies on nfs4"):
        init_store(tmp_path / "t", kind="team", login="a", new_id=lambda: "p1")
    assert not (tmp_path / "t").exists()
    assert init_store(tmp_path / "t", kind="team", login="a", new_id=lambda: "p1", network=lambda: True) == "p1"


def test_a_local_disk_asks_nobody(tmp_path: Path) -> None:
    """The setting is not even read there."""

    def asked() -> bool:
        raise AssertionError

    create_store(tmp_path / "s", kind="team")
    with open_store(tmp_path / "s", network=asked) as store:
        put(store, "entries", "e1", {})


def test_a_failed_save_does_not_go_in_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was refused as Busy is gone for good: nothing waits in a queue."""
    monkeypatch.setattr(lock, "BUSY_SECONDS", 0.05)
    where = tmp_path / "s"
    with make(where) as store:
        holder = start("hold", str(where))
        assert holder.stdout is not None
        holder.stdout.readline()
        for _ in range(3):
            with pytest.raises(Busy):
                put(store, "entries", "ghost", {"t": "ghost"})
        said(holder)
        put(store, "entries", "e1", {})
        assert [commit.keys for commit in store.changes(0)] == [(("entries", "e1"),)]
    assert b"ghost" not in segment(where).read_bytes()


def test_a_snapshot_without_its_last_file_is_no_damage_and_hides_none(tmp_path: Path) -> None:
    """Killed before the index had its name: the older snapshot serves, and the next one takes the place."""
    where = tmp_path / "s"
    with opened(where) as store:
        put(store, "entries", "e1", {"n": 1})
        store.snapshot()
    for name in ("000002.jsonl", "000002.dat", "000002.idx.new"):
        (where / "snapshot" / name).touch(0o600)
        (where / "snapshot" / name).write_bytes(b"half")
    with opened(where) as store:
        assert store.notice == ""
        assert store.journal.state.base is not None
        assert store.journal.state.base.number == 1
        assert store.get("entries", "e1")[0] == {"n": 1}
        put(store, "entries", "e2", {})
        store.snapshot()
        assert store.journal.state.base.number == 2
    assert not [*(where / "snapshot").glob("*.new")]
    assert (verify_store(where).ok, verify_store(where).derived) == (True, [])


def test_a_zero_in_place_of_the_last_line_feed_is_a_tear(tmp_path: Path) -> None:
    """A whole record whose end did not reach the disk is set aside, not called damage."""
    where = tmp_path / "s"
    with make(where) as store:
        put(store, "entries", "e1", {})
        head = (where / "head").read_bytes()
        put(store, "entries", "e2", {})
    data = segment(where).read_bytes()
    segment(where).write_bytes(data[:-1] + b"\0")
    (where / "head").write_bytes(head)
    with make(where) as store:
        assert "set aside" in store.notice
        assert "Nothing acknowledged is missing" in store.notice
        assert put(store, "entries", "e2", {}) == 2


def test_what_cannot_be_set_aside_leaves_no_part_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk every start would leave one more; once there is room it is set aside whole."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {})
    with segment(tmp_path / "s").open("ab") as journal:
        journal.write(b"half a line")

    def full(fd: int, data: bytes, offset: int) -> None:
        os.pwrite(fd, data[:4], offset)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(recovery, "write_all", full)
        for _ in range(3):
            with pytest.raises(Full):
                open_store(tmp_path / "s")
    assert list((tmp_path / "s").glob("torn-*")) == []
    make(tmp_path / "s").close()
    (torn,) = (tmp_path / "s").glob("torn-*")
    assert torn.read_bytes() == b"half a line"


def test_a_file_system_without_locks_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a commit nor a file is taken there; reading goes on, and so does writing once it locks."""

    def without(*_arguments: object) -> object:
        raise OSError(errno.ENOLCK, "No locks available")

    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {})
        with monkeypatch.context() as patch:
            patch.setattr(fcntl, "flock", without)
            with pytest.raises(Unreachable, match="No locks available"):
                put(store, "entries", "e2", {})
            with pytest.raises(Unreachable, match="No locks available"), store.keeping("a" * 16, b"signed"):
                pass
            assert store.get("entries", "e1")[0] == {}
        assert list((tmp_path / "s" / "files").iterdir()) == []
        put(store, "entries", "e3", {})
    assert verify_store(tmp_path / "s").ok


@pytest.mark.parametrize("call", ["pwrite", "fdatasync"])
def test_a_disk_that_fails_twice_says_that_it_is_not_sure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """The write fails and what was written cannot be cut off: the caller is told to look; others never see half."""
    where = tmp_path / "s"

    def broken(*arguments: object) -> object:
        raise OSError(5, "Input/output error")

    with make(where) as store:
        put(store, "entries", "e1", {})
        with monkeypatch.context() as patch:
            real = os.pwrite
            half = lambda fd, data, offset: real(fd, data[:9], offset) if offset < 100 else broken()  # noqa: E731
            patch.setattr(os, call, half if call == "pwrite" else broken)
            patch.setattr(os, "ftruncate", broken)
            with pytest.raises(PiptuiError, match="not sure"):
                put(store, "entries", "e2", {"t": "maybe"})
    with make(where) as store:
        assert store.head()[0] in (1, 2)
        put(store, "entries", "e3", {})
    assert verify_store(where).ok


def test_the_setting_reaches_the_store(
    tmp_path: Path, mounted: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A team store that the program refuses on a shared disk opens once the settings say that it may; scripts say so
    to `JournalDB`."""
    from piptui.__main__ import main

    def piptui(*words: str) -> int:
        mounted.setattr("sys.argv", ["piptui", "--store", str(tmp_path / "t"), *words])
        with pytest.raises(SystemExit) as end:
            main()
        return int(end.value.code or 0)

    mounted.setenv("HOME", str(tmp_path))
    mounted.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    mounted.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert piptui("init", "--kind", "team", "--name", "Hana Ito", "--zone", "UTC") != 0
    assert "network_store = true" in " ".join(capsys.readouterr().err.split())
    (tmp_path / "config/piptui").mkdir(parents=True)
    (tmp_path / "config/piptui/config.toml").write_text("network_store = true\n", encoding="utf-8")
    assert piptui("init", "--kind", "team", "--name", "Hana Ito", "--zone", "UTC") == 0
    assert piptui("cases") == 0
    with pytest.raises(Refused):
        JournalDB(tmp_path / "t")
    with JournalDB(tmp_path / "t", network=lambda: True) as db:
        assert db.table("people").count(lambda _: True) == 1


def test_the_desk_says_what_was_set_aside(tmp_path: Path) -> None:
    """Once, to whoever opens it next: commands on standard error, screens on Today. The doctor goes on naming it."""
    from piptui.desk import Actor, health, open_desk

    init_store(tmp_path / "s", login="noor", name="Noor Haddad", new_id=lambda: "p1")
    with segment(tmp_path / "s").open("ab") as file:
        file.write(b'{"seq":2,"at')
    desk = open_desk(tmp_path / "s", Actor("noor"))
    assert "was set aside in" in desk.warning()
    assert desk.me().notice == desk.warning()
    desk.close()
    desk = open_desk(tmp_path / "s", Actor("noor"))
    assert desk.warning() == ""
    desk.close()
    assert [line for line in health(tmp_path / "s") if "torn-" in line.told and line.cure]


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_is_no_file_in_the_journal_keeps_nobody_waiting(tmp_path: Path, kind: str) -> None:
    """A pipe or a folder where the next segment would lie: opening ends with a reason, and verify names the place."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"t": "read me"})
    odd = tmp_path / "s" / "journal" / "000002.jsonl"
    if kind == "pipe":
        os.mkfifo(odd)
    else:
        odd.mkdir()
    with pytest.raises(PiptuiError):
        open_store(tmp_path / "s")
    report = verify_store(tmp_path / "s")
    assert not report.ok
    assert any(one.segment == 2 for one in report.problems)
