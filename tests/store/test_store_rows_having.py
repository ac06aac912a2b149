"""Rows that hold a text are found where they lie, and stand before the others where the store was told so."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piptui.store import Facts, Held
from piptui.store.store import JournalStore

from .samples import make, put

MARK = b'"open":"yes"'


def fold(documents: list[Held]) -> Facts:
    """The `cases` document itself."""
    return {"shared": dict(documents[0][2])}


def opened(where: Path, **options: Any) -> JournalStore:
    """A store whose rows with MARK stand first."""
    return make(where, **{"row": fold, "row_version": "h", "row_first": MARK, **options})


def sifted(store: JournalStore, mark: bytes) -> list[tuple[str, bytes]]:
    """What `having` has to say, by looking at every row."""
    return sorted((case, text) for case, text in store.rows().texts() if mark in text)


@pytest.mark.parametrize("first", [MARK, b"", b'"other"'])
def test_having_is_a_filter_whatever_was_written_first(tmp_path: Path, first: bytes) -> None:
    """After a snapshot, after changes behind it, and after the next snapshot that copies the one before."""
    with opened(tmp_path, row_first=first) as store:
        for number in range(8):
            put(store, "cases", f"c{number}", {"open": "yes" if number % 3 == 0 else "no"})
        assert store.snapshot()
        for number, value in ((0, "no"), (1, "yes"), (9, "yes")):
            put(store, "cases", f"c{number}", {"open": value})
        for _ in range(2):
            found = sorted(store.rows().having(MARK))
            assert [case for case, _ in found] == ["c1", "c3", "c6", "c9"]
            assert found == sifted(store, MARK)
            assert store.snapshot()
    with opened(tmp_path, row_first=first) as store:
        assert sorted(store.rows().having(MARK)) == found


def test_marked_rows_are_kept_first(tmp_path: Path) -> None:
    """So that who asks for them reads no page of the others."""
    with opened(tmp_path) as store:
        for number in range(6):
            put(store, "cases", f"c{number}", {"open": "yes" if number > 3 else "no"})
        assert store.snapshot()
        put(store, "cases", "c0", {"open": "yes"})
        assert store.snapshot()
        base = store.journal.state.base
        assert base is not None
        assert base.tip.firsts == 3
        assert sorted(base.row_ids()[:3]) == ["c0", "c4", "c5"]


def test_a_mark_that_only_two_rows_together_hold_is_in_neither(tmp_path: Path) -> None:
    """Rows lie end to end; what begins in one and ends in the next is no match, and hides none behind it."""
    with opened(tmp_path, row_first=b"") as store:
        for number in range(3):
            put(store, "cases", f"c{number}", {"open": "yes"})
        assert store.snapshot()
        assert store.rows().having(b'}{"shared"') == []
        assert len(store.rows().having(b'{"shared"')) == 3


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["yes", "no", "ye"])), max_size=12), st.data())
def test_having_never_differs_from_looking_at_all(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, str]], data: st.DataObject
) -> None:
    """Whatever was changed, and wherever snapshots fell in between."""
    where = tmp_path_factory.mktemp("rows")
    with opened(where) as store:
        for number, value in changes:
            put(store, "cases", f"c{number}", {"open": value})
            if data.draw(st.booleans()):
                store.snapshot()
        for mark in (MARK, b"yes", b"absent"):
            assert sorted(store.rows().having(mark)) == sifted(store, mark)
