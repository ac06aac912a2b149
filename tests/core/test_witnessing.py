"""When what is seen of a record is written down: rarely, never backwards, and never over what disagrees."""

import datetime as dt
from pathlib import Path

import pytest

from piptui.desk.witnessing import RARELY, Memory
from piptui.paths import folder_of
from piptui.store import open_store
from piptui.witness import Seen, Witness
from tests.store.samples import make, put

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        """The time that it shows."""
        return self.now


def witness(tmp_path: Path) -> Witness:
    """The witness of the record of these tests."""
    return Witness(tmp_path / "w", "a" * 32, tmp_path / "s")


def written(tmp_path: Path) -> int:
    """The commit that was noted, 0 for none."""
    seen = witness(tmp_path).seen()
    return seen.seq if seen else 0


def test_what_is_asked_twice_a_second_is_written_once_a_minute(tmp_path: Path) -> None:
    """A screen that stays open notes what is new at most once a minute, and nothing where nothing is."""
    clock = Clock()
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"n": 1})
        memory = Memory(store, witness(tmp_path), clock)
        found = []
        for step in range(130):
            put(store, "entries", "e1", {"n": step})
            clock.now += RARELY / 60
            memory.now_and_then()
            found.append(written(tmp_path))
        assert sorted(set(found)) == [0, 61, 121]
        memory.note()
        assert written(tmp_path) == 131


def test_two_windows_never_turn_the_witness_back(tmp_path: Path) -> None:
    """Who has seen less writes nothing over who has seen more."""
    with make(tmp_path / "s") as store:
        for number in range(3):
            put(store, "entries", "e1", {"n": number})
        slow = Memory(store, witness(tmp_path), Clock())
        witness(tmp_path).note(*store.head(), START)
        inode = (folder_of(tmp_path / "w", "a" * 32) / "seen.json").stat().st_ino
        slow.note()
        assert slow.warning == ""
        assert (folder_of(tmp_path / "w", "a" * 32) / "seen.json").stat().st_ino == inode


def test_what_another_window_saw_is_compared_before_it_is_written_over(tmp_path: Path) -> None:
    """A witness that came in between and disagrees is told, and stays."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"n": 1})
        memory = Memory(store, witness(tmp_path), Clock())
        witness(tmp_path).note(1, "b" * 64, START)
        memory.note()
        assert "rewritten" in memory.warning
        seen = witness(tmp_path).seen()
        assert seen is not None
        assert seen.hash == "b" * 64


@pytest.mark.parametrize("content", [b"", b"{", b'{"seq": "x"}', b"\xff\xfe"])
def test_a_broken_witness_stops_nobody(tmp_path: Path, content: bytes) -> None:
    """A file that cannot be read counts as none, and is written anew."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"n": 1})
        folder = folder_of(tmp_path / "w", "a" * 32)
        folder.mkdir(parents=True)
        (folder / "seen.json").write_bytes(content)
        memory = Memory(store, witness(tmp_path), Clock())
        assert memory.warning == ""
        memory.note()
        assert written(tmp_path) == 1


def test_a_disk_that_takes_no_witness_stops_nobody(tmp_path: Path) -> None:
    """Where nothing can be written, nothing is said and nothing is raised."""
    (tmp_path / "w").write_text("a file where the folder should be", encoding="utf-8")
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"n": 1})
        memory = Memory(store, witness(tmp_path), Clock())
        memory.note()
        assert memory.warning == ""


def test_a_reader_keeps_a_witness_too(tmp_path: Path) -> None:
    """Who may only read a record notices a rewriting as well."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"n": 1})
    with open_store(tmp_path / "s", readonly=True) as store:
        memory = Memory(store, witness(tmp_path), Clock())
        memory.note()
        assert witness(tmp_path).seen() == Seen(
            store="a" * 32, seq=1, hash=store.head()[1], at=START, place=str((tmp_path / "s").resolve())
        )


def test_one_line_is_held_by_its_hash_alone(tmp_path: Path) -> None:
    """A store holds what it has, also by the beginning of a hash; nothing beyond its end; and every record begins."""
    with make(tmp_path / "s") as store:
        for number in range(3):
            put(store, "entries", "e1", {"n": number})
        store.snapshot()
        for opened in (store, make(tmp_path / "s")):
            heads = [(one.seq, one.hash) for one in opened.changes(0)]
            assert all(opened.holds(seq, digest[:digits]) for seq, digest in heads for digits in (16, 64))
            assert opened.holds(0, "")
            assert not opened.holds(4, heads[2][1])
            assert not opened.holds(2, heads[2][1])
