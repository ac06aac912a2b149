"""One row of facts per case: folded once, and anew when something of the case changed."""

from pathlib import Path

import pytest

from piptui.errors import PiptuiError
from piptui.store import Facts, Held

from .samples import make, put


class Folder:
    """A row function that remembers which cases it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, documents: list[Held]) -> Facts:
        """The facts of a case, which say what was handed in."""
        table, case, header, _ = documents[0]
        assert table == "cases"
        self.asked.append(case)
        return {"shared": {"n": header.get("n"), "documents": [held[1] for held in documents]}}


def test_a_row_is_folded_from_the_documents_of_its_case(tmp_path: Path) -> None:
    """The case document comes first, then whatever belongs to it."""
    with make(tmp_path / "s", row=Folder()) as store:
        put(store, "entries", "e1", {"of": "c1"})
        put(store, "cases", "c1", {"n": 1, "of": "p1"})
        put(store, "checkins", "k1", {"of": "c1"})
        put(store, "entries", "e2", {"of": "c2"})
        put(store, "people", "p1", {})
        assert store.rows() == {"c1": {"shared": {"n": 1, "documents": ["c1", "e1", "k1"]}}}


def test_only_touched_cases_are_folded_again(tmp_path: Path) -> None:
    """A commit makes the rows of its cases stale, whoever made it; reading makes none stale."""
    folder = Folder()
    with make(tmp_path / "s", row=folder) as store, make(tmp_path / "s") as other:
        for name in ("c1", "c2"):
            put(store, "cases", name, {"n": 1})
        store.rows()
        store.rows()
        assert folder.asked == ["c1", "c2"]
        put(other, "entries", "e1", {"of": "c2"})
        assert store.rows()["c2"]["shared"]["documents"] == ["c2", "e1"]
        put(other, "cases", "c1", {"n": 2})
        assert store.rows()["c1"]["shared"]["n"] == 2
        assert folder.asked == ["c1", "c2", "c2", "c1"]


def test_rows_can_be_folded_some_at_a_time(tmp_path: Path) -> None:
    """Whoever wants to say how far it is folds a few and hears how many are left; nothing is folded twice."""
    folder = Folder()
    with make(tmp_path / "s", row=folder) as store:
        for number in range(5):
            put(store, "cases", f"c{number}", {"n": number})
        assert [store.prepare_rows(most) for most in (0, 2, 2)] == [5, 3, 1]
        assert folder.asked == ["c0", "c1", "c2", "c3"]
        assert len(store.rows()) == 5
        assert folder.asked == ["c0", "c1", "c2", "c3", "c4"]
        assert store.prepare_rows(10) == 0


def test_moved_and_deleted_documents_leave_their_row(tmp_path: Path) -> None:
    """Both the old and the new owner are folded again; a deleted case has no row."""
    with make(tmp_path / "s", row=Folder()) as store:
        for name in ("c1", "c2"):
            put(store, "cases", name, {})
        put(store, "entries", "e1", {"of": "c1"})
        store.rows()
        put(store, "entries", "e1", {"of": "c2"})
        rows = store.rows()
        assert [rows[case]["shared"]["documents"] for case in ("c1", "c2")] == [["c1"], ["c2", "e1"]]
        put(store, "entries", "e1", None)
        put(store, "cases", "c1", None)
        assert store.rows() == {"c2": {"shared": {"n": None, "documents": ["c2"]}}}


def test_a_row_that_fails_is_asked_for_again(tmp_path: Path) -> None:
    """An error of the row function is the caller's to see, each time, and loses no other row."""

    def row(documents: list[Held]) -> Facts:
        if documents[0][2]:
            raise ValueError("unreadable")
        return {}

    with make(tmp_path / "s", row=row) as store:
        put(store, "cases", "c1", {"bad": True})
        put(store, "cases", "c2", {})
        for _ in range(2):
            with pytest.raises(ValueError, match="unreadable"):
                store.rows()
        put(store, "cases", "c1", {})
        assert store.rows() == {"c1": {}, "c2": {}}


def test_without_a_row_function_there_are_no_rows(tmp_path: Path) -> None:
    """That is an error, not an empty list of cases."""
    with make(tmp_path / "s") as store, pytest.raises(PiptuiError, match="row function"):
        store.rows()
