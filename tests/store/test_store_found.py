"""A long line is read once for all the documents in it, and what is kept of it never outlives the truth."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from piptui.errors import Corrupt
from piptui.store.found import FoundChanges
from piptui.store.line import Line
from piptui.store.redact import redact
from piptui.store.store import JournalStore

from .samples import make, put, segment

MANY = 40


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JournalStore]:
    """A store whose first commit holds many documents; every second one was changed since."""
    with make(tmp_path / "s") as opened:
        changes = [("entries", f"e{number}", _text(number)) for number in range(MANY)]
        opened.commit(changes, expect={}, actor="p1", act="import")
        for number in range(0, MANY, 2):
            put(opened, "entries", f"e{number}", {**_text(number), "again": True})
        yield opened


def _text(number: int) -> dict[str, object]:
    return {"of": "c1", "class": "shared", "t": f"text {number} " + "x" * 80}


def _reads(store: JournalStore, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The commits whose whole lines are read from now on."""
    seen: list[int] = []
    real = store.journal.line

    def line(seq: int) -> Line:
        seen.append(seq)
        return real(seq)

    monkeypatch.setattr(store.journal, "line", line)
    return seen


def _all(store: JournalStore) -> list[object]:
    return [store.history("entries", f"e{number}") for number in range(MANY)]


def test_a_line_is_read_once_for_the_histories_of_all_its_documents(
    store: JournalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many documents one commit touched."""
    seen = _reads(store, monkeypatch)
    _all(store)
    assert sorted(seen) == list(range(1, store.head()[0] + 1))


@pytest.mark.parametrize("most", [1, 9, 16, 30, 60])
def test_histories_are_the_same_however_little_is_kept(store: JournalStore, most: int) -> None:
    """Also of a line with more changes than are kept, read in any order."""
    expected = _all(store)
    store.journal.found = FoundChanges(most)
    assert _all(store) == expected
    assert [store.history("entries", f"e{number}") for number in reversed(range(MANY))] == expected[::-1]


def test_a_line_longer_than_what_is_kept_is_read_in_parts(
    store: JournalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read in the order of writing, it is read as often as it has parts, and not once for each document."""
    store.journal.found = FoundChanges(18)
    seen = _reads(store, monkeypatch)
    for number in range(1, MANY, 2):
        store.history("entries", f"e{number}")
    assert seen == [1, 1, 1, 1]


def test_what_is_kept_is_bounded(store: JournalStore) -> None:
    """The line asked for last stays, the one that nobody asked for longest goes."""
    found = store.journal.found = FoundChanges(60)
    for number in range(0, MANY, 2):
        store.history("entries", f"e{number}")
    assert found.get(1, ("entries", "e0"))
    kept = [seq for seq in range(1, store.head()[0] + 1) if found.get(seq, ("entries", f"e{max(seq - 2, 0) * 2}"))]
    assert kept == [1, store.head()[0]]


def test_a_text_removed_after_it_was_found_is_not_served(store: JournalStore) -> None:
    """Its place is kept, its text never."""
    store.history("entries", "e1")
    key = ("entries", "e1")
    redact(store, [(1, 1)], [(*key, {"of": "c1", "class": "shared", "t": "removed"})], expect={key: 1}, actor="p1")
    first, last = store.history("entries", "e1")
    assert (first.redacted, last.redacted) == (True, False)


def test_a_text_changed_on_the_disk_after_it_was_found_is_damage(store: JournalStore, tmp_path: Path) -> None:
    """A payload is compared with its hash at each reading."""
    store.history("entries", "e1")
    path = segment(tmp_path / "s")
    with path.open("r+b") as file:
        file.write(path.read_bytes().replace(b"text 1 ", b"text 7 ", 1))
    with pytest.raises(Corrupt, match="a text was changed"):
        store.history("entries", "e1")


def test_nothing_is_kept_of_a_state_that_was_left(store: JournalStore) -> None:
    """Whoever begins again reads the lines again."""
    store.history("entries", "e1")
    store.journal.again()
    assert store.journal.found.get(1, ("entries", "e1")) is None
