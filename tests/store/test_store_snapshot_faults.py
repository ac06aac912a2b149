"""Damaged, unfinished, foreign and outdated snapshots: none ever serves anything but what the journal says."""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from piptui.errors import Conflict, Corrupt
from piptui.store import maker, verify_store
from piptui.store.build import build
from piptui.store.files import Place
from piptui.store.pages import BadSnapshot, Sheet
from piptui.store.redact import redact
from piptui.store.shelf import Shelf
from piptui.store.store import JournalStore
from piptui.store.tip import read_tip, write_tip

from .samples import make, put, say_in_info, segment, start, ticking
from .snapshot_kit import everything, lively, lively_store, opened, parts, plain, save_tail, tailed_store

__all__ = ["lively_store", "tailed_store"]

PARTS = ("idx", "dat", "jsonl")
ALL = (*PARTS, "tail")


@pytest.fixture
def wanted(lively_store: Path, tmp_path: Path) -> dict[str, Any]:
    """What the lively store holds by its journal alone."""
    with plain(lively_store, tmp_path / "copy") as bare:
        return everything(bare)


@pytest.fixture
def wanted_tailed(tailed_store: Path, tmp_path: Path) -> dict[str, Any]:
    """The same for the store with a tail."""
    with plain(tailed_store, tmp_path / "copy tailed") as bare:
        return everything(bare)


def snapshot(where: Path, part: str, number: int = 1) -> Path:
    """A file of a snapshot."""
    return where / "snapshot" / f"{number:06d}.{part}"


def read_all(where: Path, **options: Any) -> tuple[dict[str, Any], str]:
    """Everything that can be read, and what the store says of itself."""
    with opened(where, clock=ticking(), **options) as store:
        return everything(store), store.notice


def flips(data: bytes, step: int) -> Iterator[bytes]:
    """The bytes with one bit turned, at every `step`th place."""
    for place in range(0, len(data), step):
        yield data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :]


@pytest.mark.parametrize("part", ALL)
def test_one_flipped_bit_anywhere_serves_nothing_wrong(
    tailed_store: Path, wanted_tailed: dict[str, Any], part: str
) -> None:
    """Not in the index, not in the pointers, not in documents and tail: the journal is read instead."""
    path = snapshot(tailed_store, part)
    data = path.read_bytes()
    for spoiled in flips(data, 61):
        path.write_bytes(spoiled)
        found, notice = read_all(tailed_store, readonly=True)
        assert found == wanted_tailed
        assert "damaged" in notice
    path.write_bytes(data)
    assert "damaged" not in read_all(tailed_store, readonly=True)[1]


@pytest.mark.parametrize("part", ALL)
def test_a_file_that_is_short_long_empty_or_missing(
    tailed_store: Path, wanted_tailed: dict[str, Any], part: str
) -> None:
    """Cut at any place, filled with zeros, or gone."""
    lively_store, wanted = tailed_store, wanted_tailed
    path = snapshot(lively_store, part)
    data = path.read_bytes()
    for end in (*range(0, len(data), 211), len(data) - 1):
        for spoiled in (data[:end], data[:end] + bytes(len(data) - end)):
            path.write_bytes(spoiled)
            assert read_all(lively_store, readonly=True)[0] == wanted
    path.write_bytes(data + b"x")
    assert read_all(lively_store, readonly=True)[0] == wanted
    path.unlink()
    assert read_all(lively_store, readonly=True)[0] == wanted


@pytest.mark.parametrize("part", ["dat", "jsonl"])
def test_damage_under_an_open_store(lively_store: Path, wanted: dict[str, Any], part: str) -> None:
    """Whichever call meets it first, it is answered from the journal; views that were handed out go on, too."""
    calls: list[Callable[[Any], object]] = [
        lambda store: store.get("cases", "c1"),
        lambda store: store.list("entries"),
        lambda store: store.case_documents("c1"),
        lambda store: store.ever("c1"),
        lambda store: store.rows()["c2"],
        lambda store: store.find("needle"),
        lambda store: store.done("t1"),
        lambda store: store.history("cases", "c2"),
        lambda store: store.changes(0),
    ]
    data = snapshot(lively_store, part).read_bytes()
    for first in calls:
        with opened(lively_store, readonly=True) as store:
            rows, table = store.rows(), store.table("cases")
            snapshot(lively_store, part).write_bytes(bytes(len(data)))
            first(store)
            assert dict(rows.items()) == wanted["rows"]
            assert [*table.items()] == wanted["table cases"]
            assert everything(store) == wanted
        snapshot(lively_store, part).write_bytes(data)


def test_a_view_outlives_its_snapshot(lively_store: Path, wanted: dict[str, Any]) -> None:
    """Rows and tables are read to their end even where the damage lies in the middle."""
    with opened(lively_store, readonly=True) as store:
        rows, table = iter(store.rows().items()), iter(store.table("entries").items())
        found, entries = [next(rows)], [next(table)]
        store.journal.heal(BadSnapshot("by hand"))
        assert dict([*found, *rows]) == wanted["rows"]
        assert [*entries, *table] == wanted["table entries"]


def test_a_damaged_snapshot_is_replaced(lively_store: Path, wanted: dict[str, Any]) -> None:
    """By the next store that may write; then nobody hears of it again."""
    path = snapshot(lively_store, "jsonl")
    path.write_bytes(bytes(path.stat().st_size))
    found, notice = read_all(lively_store)
    assert found == wanted
    assert "Snapshot 1 in" in notice
    assert "nothing is lost" in notice
    assert parts(lively_store) == ["000002.dat", "000002.idx", "000002.jsonl"]
    found, notice = read_all(lively_store)
    assert (found, notice) == (wanted, "")


def test_a_damaged_tail_is_replaced(tailed_store: Path, wanted_tailed: dict[str, Any]) -> None:
    """By the next store that may write, or deleted where there is nothing to put in it."""
    path = snapshot(tailed_store, "tail")
    path.write_bytes(b"nonsense")
    found, notice = read_all(tailed_store)
    assert found == wanted_tailed
    assert "tail" in notice
    assert read_all(tailed_store) == (wanted_tailed, "")
    assert path.exists()
    with opened(tailed_store) as store:
        store.snapshot()
    snapshot(tailed_store, "tail", 2).write_bytes(b"nonsense")
    assert "tail" in read_all(tailed_store)[1]
    assert read_all(tailed_store) == (wanted_tailed, "")
    assert not snapshot(tailed_store, "tail", 2).exists()


def test_a_snapshot_is_not_made_from_a_damaged_one(lively_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is copied is checked; the damaged one goes, so that the next to open reads the journal."""
    monkeypatch.setattr(maker, "LEAST", 3)
    path = snapshot(lively_store, "jsonl")
    with opened(lively_store, row=None, clock=ticking()) as store:
        path.write_bytes(bytes(path.stat().st_size))
        put(store, "files", "f1", {})
        put(store, "files", "f2", {})
        assert store._maker is not None
        store._maker.close()
        assert "was removed" in store.notice
    assert parts(lively_store) == []


def test_the_older_snapshot_serves_where_the_newer_is_damaged(lively_store: Path) -> None:
    """Two are kept for that."""
    with opened(lively_store) as store:
        store.snapshot()
        wanted = everything(store)
    snapshot(lively_store, "idx", 2).write_bytes(b"nonsense")
    with opened(lively_store, readonly=True) as store:
        assert store.journal.state.base is not None
        assert store.journal.state.base.number == 1
        assert everything(store) == wanted
        assert "Snapshot 2" in store.notice


class Killed(BaseException):
    """Stands for the end of the process."""


STEPS = ("mkdir", "open", "write", "fsync", "rename", "unlink")


def test_a_tail_of_other_times_or_places(tailed_store: Path, wanted_tailed: dict[str, Any], tmp_path: Path) -> None:
    """One that is newer than the journal, of another snapshot or of another version is not used."""
    path = snapshot(tailed_store, "tail")
    data = path.read_bytes()
    for old, new in (
        (b'"format":1', b'"format":9'),
        (b'"base_hash":"', b'"base_hash":"0'),
        (b'"line":', b'"line":1'),
    ):
        body = data.split(b"\n", 1)[1][:-1].replace(old, new, 1)
        path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body + b"\n")
        found, notice = read_all(tailed_store, readonly=True)
        assert (found, "damaged" in notice) == (wanted_tailed, False)
    path.write_bytes(data)
    shutil.copytree(tailed_store, tmp_path / "ahead")
    with opened(tmp_path / "ahead", clock=ticking()) as store:
        put(store, "files", "f1", {})
        save_tail(store)
    shutil.copy(snapshot(tmp_path / "ahead", "tail"), path)
    assert read_all(tailed_store, readonly=True) == (wanted_tailed, "This store was opened for reading only.")


def test_a_kill_while_a_tail_is_saved(
    tailed_store: Path, wanted_tailed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tail is the old one, or the new one."""
    for step, number in (("write", 0), ("fsync", 0), ("fsync", 1), ("rename", 0), ("unlink", 0), ("open", 1)):
        where = tailed_store.with_name(f"{step}{number}")
        shutil.copytree(tailed_store, where)
        assert _killed_at(where, monkeypatch, step, number, save_tail)
        assert read_all(where, readonly=True)[0] == wanted_tailed


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_between_any_two_steps_leaves_no_wrong_snapshot(
    lively_store: Path, wanted: dict[str, Any], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Before and after each call that changes a file, for the first snapshot and for one from another."""
    for keep in (True, False):
        number = 0
        while True:
            where = lively_store.with_name(f"{step}{keep}{number}")
            shutil.copytree(lively_store, where)
            if not keep:
                shutil.rmtree(where / "snapshot")
            if not _killed_at(where, monkeypatch, step, number):
                break
            assert read_all(where, readonly=True)[0] == wanted
            with opened(where) as store:
                assert store.snapshot()
            found, notice = read_all(where)
            assert (found, notice) == (wanted, "")
            assert not [name for name in parts(where) if name.endswith(".new")]
            number += 1
        assert number or (step == "mkdir" and keep) or step == "unlink"


def _killed_at(
    where: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    work: Callable[[JournalStore], object] = JournalStore.snapshot,
) -> bool:
    """Make a snapshot in a process that ends before the call of this number; whether it came so far."""
    calls = iter(range(1_000_000))
    died = False

    def deadly(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal died
            if died or next(calls) == number:
                died = True
                raise Killed
            return real(*arguments, **options)

        return call

    with opened(where) as store, monkeypatch.context() as patch:
        owner: Any = Path if step in ("mkdir", "rename", "unlink") else os
        patch.setattr(owner, step, deadly(getattr(owner, step)))
        # What a dead process would have tidied up stays as it is.
        patch.setattr(Shelf, "remove", lambda self, number: None)
        patch.setattr(Shelf, "leave", lambda self, number, part: None)
        try:
            work(store)
        except Killed:
            died = True
    return died


@pytest.mark.slow
def test_processes_killed_at_any_moment_while_they_make_snapshots(tmp_path: Path) -> None:
    """Two at once, several times over: nothing acknowledged is lost, and everything reads as by the journal alone."""
    where = tmp_path / "s"
    make(where).close()
    seen = 0
    for round_ in range(6):
        workers = [start("snapshot_often", str(where), f"w{side}") for side in "ab"]
        for worker in workers:
            assert worker.stdout is not None
            for _ in range(20 + 11 * round_):
                seen = max(seen, int(worker.stdout.readline()))
        for worker in workers:
            worker.kill()
            worker.communicate()
        with opened(where, readonly=True) as store, plain(where, tmp_path / "copy", readonly=True) as bare:
            assert store.head()[0] >= seen
            assert dict(store.rows()) == dict(bare.rows())
            for table in ("cases", "entries"):
                assert store.list(table) == bare.list(table)
            assert [store.ever(f"wa-{n}") for n in range(9)] == [bare.ever(f"wa-{n}") for n in range(9)]
            assert store.journal.start.notice == ""
    assert verify_store(where).ok
    assert [name for name in parts(where) if name.endswith("idx")]


def test_no_room_for_a_snapshot_is_said_and_harms_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits go on; no half of a snapshot is left; it is not tried again at every commit."""
    monkeypatch.setattr(maker, "LEAST", 30)
    tried = 0

    def full(self: Sheet, data: bytes) -> None:
        nonlocal tried
        tried += 1
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Sheet, "write", full)
    with opened(tmp_path / "s") as store:
        for number in range(40):
            put(store, "cases", f"c{number}", {})
            if store._maker is not None and store._maker._thread is not None:
                store._maker._thread.join()
        assert "No space left" in store.notice
        assert 1 <= tried <= 3
        assert len(store.list("cases")) == 40
    assert parts(tmp_path / "s") == []


@pytest.mark.parametrize("seed", ["older", "newer"])
def test_snapshot_and_journal_of_different_times(lively_store: Path, tmp_path: Path, seed: str) -> None:
    """An older snapshot is continued from the journal; one that knows more than the journal is not used."""
    shutil.copytree(lively_store, tmp_path / "old")
    with opened(lively_store, clock=ticking()) as store:
        put(store, "cases", "c1", {"of": "p9", "n": 9})
        store.snapshot()
        put(store, "entries", "e9", {"of": "c1"})
    if seed == "older":
        shutil.rmtree(lively_store / "snapshot")
        shutil.copytree(tmp_path / "old/snapshot", lively_store / "snapshot")
        where = lively_store
    else:
        shutil.rmtree(tmp_path / "old/snapshot")
        shutil.copytree(lively_store / "snapshot", tmp_path / "old/snapshot")
        where = tmp_path / "old"
    with plain(where, tmp_path / "copy") as bare:
        found, notice = read_all(where)
        assert found == everything(bare)
        assert notice == ""
    with opened(where, clock=ticking()) as store:
        put(store, "entries", "e10", {})
        store.snapshot()
    with opened(where) as store, plain(where, tmp_path / "copy") as bare:
        assert everything(store) == everything(bare)


def test_a_snapshot_of_another_record_is_not_used(lively_store: Path, tmp_path: Path) -> None:
    """It names a hash that the journal does not have."""
    lively(tmp_path / "other")
    with make(tmp_path / "other", salt=lambda: "f" * 32, clock=ticking()) as store:
        put(store, "cases", "c9", {})
        put(store, "cases", "c8", {})
        put(store, "cases", "c7", {})
    shutil.copytree(lively_store / "snapshot", tmp_path / "other/snapshot", dirs_exist_ok=True)
    with opened(tmp_path / "other") as store, plain(tmp_path / "other", tmp_path / "copy") as bare:
        assert everything(store) == everything(bare)


def test_a_snapshot_of_a_later_version_is_left_alone(lively_store: Path, wanted: dict[str, Any]) -> None:
    """It is neither used nor reported nor deleted."""
    tip, sums = read_tip(snapshot(lively_store, "idx").read_bytes())
    for part in PARTS:
        shutil.copy(snapshot(lively_store, part), snapshot(lively_store, part, 5))
    tip.format += 1
    snapshot(lively_store, "idx", 5).write_bytes(write_tip(tip, sums))
    found, notice = read_all(lively_store)
    assert (found, notice) == (wanted, "")
    with opened(lively_store) as store:
        store.snapshot()
    assert [name for name in parts(lively_store) if name.endswith("idx")] == [
        "000001.idx",
        "000005.idx",
        "000006.idx",
    ]


def test_a_store_that_needs_a_newer_writer_makes_no_snapshot(lively_store: Path, wanted: dict[str, Any]) -> None:
    """It is read, with the snapshots that are there."""
    say_in_info(lively_store, writer=2)
    before = parts(lively_store)
    with opened(lively_store) as store:
        assert store.readonly
        assert store.journal.state.base is not None
        assert everything(store) == wanted
    assert parts(lively_store) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(lively_store: Path, wanted: dict[str, Any]) -> None:
    """Commits work without it."""
    (lively_store / "snapshot").chmod(0o500)
    try:
        with opened(lively_store, clock=ticking()) as store:
            assert everything(store) == wanted
            with pytest.raises(PermissionError):
                store.snapshot()
            put(store, "cases", "c9", {})
    finally:
        (lively_store / "snapshot").chmod(0o700)


@pytest.mark.parametrize(("kind", "folder", "file"), [("personal", 0o700, 0o600), ("team", 0o2770, 0o660)])
def test_snapshots_have_the_modes_of_the_store(tmp_path: Path, kind: Any, folder: int, file: int) -> None:
    """Whatever the umask; one that is open to others is said."""
    from piptui.store import create_store

    create_store(tmp_path / "s", kind=kind)
    for umask in (0, 0o077):
        old = os.umask(umask)
        try:
            with opened(tmp_path / "s") as store:
                put(store, "cases", f"c{umask}", {})
                store.snapshot()
                put(store, "cases", f"d{umask}", {})
                save_tail(store)
        finally:
            os.umask(old)
    assert (tmp_path / "s/snapshot").stat().st_mode & 0o7777 == folder
    assert {path.stat().st_mode & 0o7777 for path in (tmp_path / "s/snapshot").iterdir()} == {file}
    snapshot(tmp_path / "s", "jsonl").chmod(0o666)
    with opened(tmp_path / "s") as store:
        assert "000001.jsonl is open to others" in store.notice


SECRET = "diagnosis"


def _secret(where: Path) -> None:
    """A snapshot that holds a text which has to go, in a document and in a row."""
    with opened(where) as store:
        put(store, "cases", "c1", {"n": 1})
        put(store, "entries", "e1", {"of": "c1", "t": SECRET})
        store.rows()
        store.snapshot()
        put(store, "entries", "e2", {"of": "c1"})
        store.snapshot()
        put(store, "entries", "e3", {"of": "c1"})
        store.rows()
        save_tail(store)


def _redact(where: Path) -> None:
    with opened(where, clock=ticking()) as store:
        redact(store, [(2, 0)], [("entries", "e1", {"of": "c1"})], expect={("entries", "e1"): 2}, actor="hr1")


def holding(where: Path) -> list[str]:
    """The names of all files that hold the secret."""
    return sorted(path.name for path in where.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes())


def test_a_removed_text_is_gone_from_snapshots(tmp_path: Path) -> None:
    """Snapshots that know nothing of the redaction are deleted with it; a new one does not hold the text."""
    _secret(tmp_path / "s")
    assert holding(tmp_path / "s") == [
        "000001.dat",
        "000001.jsonl",
        "000001.jsonl",
        "000002.dat",
        "000002.jsonl",
        "000002.tail",
    ]
    with opened(tmp_path / "s", readonly=True) as reader:
        _redact(tmp_path / "s")
        assert holding(tmp_path / "s") == []
        assert parts(tmp_path / "s") == []
        assert reader.get("entries", "e1")[0] == {"of": "c1"}
        assert reader.find(SECRET) == []
        assert SECRET not in str(dict(reader.rows()))
    with opened(tmp_path / "s") as store, plain(tmp_path / "s", tmp_path / "copy") as bare:
        store.snapshot()
        assert everything(store) == everything(bare)
    assert holding(tmp_path / "s") == []


def test_a_redaction_that_died_is_finished_in_snapshots_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the next one who opens the store for writing, whether it died before the journal was blanked or after."""
    for step in ("sweep", "forget"):
        where = tmp_path / step
        _secret(where)
        with monkeypatch.context() as patch:
            patch.setattr(Shelf, step, lambda *arguments: (_ for _ in ()).throw(Killed))
            with pytest.raises(Killed):
                _redact(where)
        assert holding(where)
        opened(where).close()
        assert holding(where) == []
        shutil.rmtree(where)
        _secret(where)
        shutil.copytree(where / "snapshot", tmp_path / "kept", dirs_exist_ok=True)
        _redact(where)
        shutil.copytree(tmp_path / "kept", where / "snapshot", dirs_exist_ok=True)
        opened(where).close()
        assert holding(where) == []


def test_a_snapshot_being_made_during_a_redaction_never_appears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was read from a state that still had the text: before, between and behind its last look at the journal."""
    real_build, real_look = build, maker.Maker._unless_redacted

    def redact_during(*arguments: Any) -> bytes:
        index = real_build(*arguments)
        _redact(tmp_path / "build")
        return index

    def redact_after(self: maker.Maker, *arguments: Any) -> None:
        real_look(self, *arguments)
        _redact(tmp_path / "look")

    _secret(tmp_path / "build")
    with opened(tmp_path / "build", clock=ticking()) as store, monkeypatch.context() as patch:
        patch.setattr(maker, "build", redact_during)
        assert not store.snapshot()
    assert holding(tmp_path / "build") == []
    _secret(tmp_path / "look")
    with opened(tmp_path / "look", clock=ticking()) as store, monkeypatch.context() as patch:
        patch.setattr(maker.Maker, "_unless_redacted", redact_after)
        assert not store.snapshot()
    assert holding(tmp_path / "look") == []
    assert parts(tmp_path / "look") == []


def forge(where: Path, old: bytes, new: bytes) -> None:
    """Change a text of a snapshot and make all its check sums right again."""
    assert len(old) == len(new)
    tip, _ = read_tip(snapshot(where, "idx").read_bytes())
    sheets = []
    for part in ("jsonl", "dat"):
        data = snapshot(where, part).read_bytes().replace(old, new)
        fd = os.open(snapshot(where, part), os.O_WRONLY | os.O_TRUNC)
        sheet = Sheet(fd)
        sheet.write(data)
        sheet.finish()
        os.close(fd)
        sheets.append(sheet)
    sums = (sheets[0].sums + sheets[1].sums).tobytes()
    tip.sums = hashlib.sha256(sums).hexdigest()
    snapshot(where, "idx").write_bytes(write_tip(tip, sums))


def test_a_forged_snapshot_is_found_by_verify(lively_store: Path) -> None:
    """Whoever writes a false text into a snapshot, with all check sums right, is found out."""
    assert verify_store(lively_store).ok
    forge(lively_store, b"needle c1", b"nothing c")
    report = verify_store(lively_store)
    assert not report.ok
    assert "snapshot" in report.problems[0].what


def test_nothing_is_written_on_the_word_of_a_snapshot(lively_store: Path) -> None:
    """A false text under a patch would make the journal unreadable: the journal is asked first."""
    forge(lively_store, b"needle c1", b"nothing c")
    with opened(lively_store, clock=ticking()) as store:
        document, rev = store.get("cases", "c1")
        assert document["t"].startswith("nothing")
        changed = [("cases", "c1", {**document, "n": 7})]
        store.commit(changed, expect={("cases", "c1"): rev.seq}, actor="p1", act="put")
        assert "the journal says something else" in store.notice
    assert verify_store(lively_store).ok


def test_a_snapshot_that_forgets_a_change_does_not_make_the_journal_look_damaged(lively_store: Path) -> None:
    """Where the journal does not go on from it, the journal is right."""
    forge(lively_store, b'"id":"e5","of":"c3","seq":9', b'"id":"e5","of":"c3","seq":8')
    with plain(lively_store, lively_store.with_name("copy")) as bare:
        rev = bare.get("entries", "e5")[1].seq
    with opened(lively_store, clock=ticking()) as store, make(lively_store, clock=ticking()) as other:
        other.journal.heal(BadSnapshot("by hand"))
        other.commit([("entries", "e5", {})], expect={("entries", "e5"): rev}, actor="p1", act="put")
        assert store.get("entries", "e5")[0] == {}
        assert "does not go on" in store.notice


def test_a_stale_expectation_conflicts_as_ever(lively_store: Path) -> None:
    """Revisions of a snapshot are those of the journal."""
    with opened(lively_store, clock=ticking()) as store:
        with pytest.raises(Conflict) as caught:
            store.commit([("cases", "c1", {})], expect={("cases", "c1"): 99}, actor="p1", act="put")
        assert caught.value.theirs == {("cases", "c1"): store.get("cases", "c1")[1].seq}


def test_damage_behind_a_snapshot_is_found_when_the_past_is_read(lively_store: Path) -> None:
    """Opening does not read what a snapshot covers; history does, and verify reads everything."""
    data = segment(lively_store).read_bytes()
    segment(lively_store).write_bytes(data.replace(b'"act":"put"', b'"act":"cut"', 1))
    with opened(lively_store, readonly=True) as store:
        assert store.get("cases", "c1")[0]["n"] == 0
        with pytest.raises(Corrupt):
            store.history("cases", "c1")
    assert not verify_store(lively_store).ok


def test_a_journal_that_was_cut_or_rolled_back_is_not_covered_up(lively_store: Path) -> None:
    """A snapshot does not hide that acknowledged bytes are missing, nor that the files went back."""
    data = segment(lively_store).read_bytes()
    rows = data.splitlines(keepends=True)
    segment(lively_store).write_bytes(b"".join(rows[:-1]))
    with pytest.raises(Corrupt):
        opened(lively_store)
    segment(lively_store).write_bytes(data)
    with opened(lively_store, readonly=True) as store:
        with make(lively_store.with_name("short")) as other:
            put(other, "cases", "c1", {})
        for name in ("head", "journal/000001.jsonl"):
            (lively_store / name).write_bytes((lively_store.with_name("short") / name).read_bytes())
        with pytest.raises(Corrupt, match="went back"):
            store.head()


def test_a_missing_head_is_made_anew_behind_a_snapshot(lively_store: Path, wanted: dict[str, Any]) -> None:
    """Whole lines behind the snapshot count, as they do without one."""
    (lively_store / "head").unlink()
    found, notice = read_all(lively_store)
    assert found == wanted
    assert "made anew" in notice
    assert verify_store(lively_store).ok


def test_no_file_stays_open(lively_store: Path) -> None:
    """Snapshots in use, damaged ones and those that do not fit are closed."""
    before = len([*Path("/proc/self/fd").iterdir()])
    read_all(lively_store, readonly=True)
    path = snapshot(lively_store, "jsonl")
    path.write_bytes(bytes(path.stat().st_size))
    read_all(lively_store)
    snapshot(lively_store, "dat").unlink(missing_ok=True)
    read_all(lively_store)
    assert len([*Path("/proc/self/fd").iterdir()]) == before


@pytest.mark.parametrize("way", ["sweep", "remove"])
def test_a_kill_between_two_deletions_leaves_nothing_that_looks_damaged(
    lively_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Whatever is left of a snapshot that was being deleted is no snapshot: verify has nothing to say of it."""
    with opened(lively_store) as store:
        store.snapshot()
    for kept in range(1, 6):
        where = tmp_path / f"copy{kept}"
        shutil.copytree(lively_store, where)
        shelf, left = Shelf(Place(where), "personal"), [kept]

        def until(path: Path, left: list[int] = left) -> bool:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            path.unlink(missing_ok=True)
            return True

        monkeypatch.setattr(Shelf, "_delete", staticmethod(until))
        newest = shelf.numbers()[0]
        delete = partial(shelf.sweep, lambda _: False) if way == "sweep" else partial(shelf.remove, newest)
        with pytest.raises(KeyboardInterrupt):
            delete()
        monkeypatch.undo()
        assert verify_store(where).derived == []
