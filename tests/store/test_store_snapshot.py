"""A snapshot changes nothing of what is read: not now, not of the past, not after what came behind it."""

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piptui.store import maker, open_store
from piptui.store.find import _ODD, fold
from piptui.store.redact import redact
from piptui.store.store import JournalStore

from .samples import make, put, ticking
from .snapshot_kit import everything, lively, lively_store, opened, parts, plain, save_tail, tailed_store
from .test_store_model import documents, keys

__all__ = ["lively_store", "tailed_store"]

owned = st.fixed_dictionaries(
    {}, optional={"of": st.sampled_from(["1", "2", "c3"]), "text": st.sampled_from(["needle", "Straße", "東京", "é"])}
)
acts = st.one_of(
    st.tuples(keys, st.none() | documents | owned),
    st.sampled_from(["reopen", "snapshot", "tail", "rows", "redact"]),
)


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(st.lists(acts, max_size=20))
def test_every_read_is_the_same_with_and_without_snapshots(todo: list[Any]) -> None:
    """Whatever is written, removed, reopened and snapshot in whatever order."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "s"
        store = opened(where)
        for step in todo:
            if step == "reopen":
                store.close()
                store = opened(where, clock=ticking())
            elif step == "snapshot":
                if store.head()[0]:
                    assert store.snapshot()
            elif step == "tail":
                save_tail(store)
            elif step == "rows":
                store.rows()
            elif step == "redact":
                _redact_last(store)
            else:
                _put(store, *step)
        with store, opened(where, readonly=True) as reader, plain(where, Path(folder) / "copy") as bare:
            wanted = everything(bare)
            assert everything(store) == wanted
            assert everything(reader) == wanted
            assert store.verify(store.head()).ok


def _put(store: JournalStore, key: tuple[str, str], document: dict[str, Any] | None) -> None:
    if document is not None or store.entry(key) is not None:
        put(store, *key, document, token=f"token {store.head()[0]}")


def _redact_last(store: JournalStore) -> None:
    """Remove the text of the newest change that has one, and leave another in its place, or none."""
    seq, _ = store.head()
    if not seq:
        return
    (commit,) = store.changes(seq - 1)
    key = commit.keys[0]
    # A delete that was removed is a text that was removed: whoever reads later cannot know of the delete.
    if not commit.redacts and store.entry(key) is not None:
        after = {"of": "2", "text": "removed"} if seq % 2 else None
        found = store.entry(key)
        redact(store, [(seq, 0)], [(*key, after)], expect={key: 0 if found is None else found.rev.seq}, actor="hr1")


def test_an_empty_record_has_no_snapshot(tmp_path: Path) -> None:
    """Asking for one is no mistake."""
    with make(tmp_path / "s") as store:
        assert store.snapshot()
    assert not (tmp_path / "s" / "snapshot").exists()


def test_a_store_with_a_snapshot_opens_on_it(lively_store: Path, tmp_path: Path) -> None:
    """Only what came behind it is read from the journal; rows of cases that nothing touched are not folded again."""
    asked: list[str] = []

    def row(held: list[Any]) -> dict[str, Any]:
        asked.append(held[0][1])
        return {"shared": {}}

    with make(lively_store, row=row, row_version="kit 1") as store:
        state = store.journal.state
        assert state.base is not None
        assert len(state.counts) == 3
        store.rows()
        assert sorted(asked) == ["c1", "c4"]
    with opened(lively_store) as store, plain(lively_store, tmp_path / "copy") as bare:
        assert everything(store) == everything(bare)


def test_a_store_opens_behind_the_tail_of_its_snapshot(tailed_store: Path, tmp_path: Path) -> None:
    """What is in the tail is not read from the journal, and its rows are not folded again."""
    asked: list[str] = []

    def row(held: list[Any]) -> dict[str, Any]:
        asked.append(held[0][1])
        return {"shared": {}}

    with make(tailed_store, row=row, row_version="kit 1") as store:
        state = store.journal.state
        assert (state.saved, state.changes) == (3, 5)
        store.rows()
        assert sorted(asked) == ["c1", "c2"]
    with opened(tailed_store) as store, plain(tailed_store, tmp_path / "copy") as bare:
        assert everything(store) == everything(bare)
        assert store.snapshot()
        assert store.journal.state.changes == 0
    with opened(tailed_store) as store, plain(tailed_store, tmp_path / "copy") as bare:
        assert everything(store) == everything(bare)


def test_a_tail_without_a_snapshot(tmp_path: Path) -> None:
    """A small store has one, too; other rows than its own are folded anew."""
    lively(tmp_path / "s")
    with opened(tmp_path / "s") as store:
        store.rows()
        assert save_tail(store)
    assert parts(tmp_path / "s") == ["000000.tail"]
    with opened(tmp_path / "s", readonly=True) as store, plain(tmp_path / "s", tmp_path / "copy") as bare:
        assert store.journal.state.saved == store.journal.state.changes == 15
        assert everything(store) == everything(bare)
    with opened(tmp_path / "s", row=lambda held: {}, row_version="other") as store:
        assert dict(store.rows()) == {"c1": {}, "c2": {}, "c3": {}}
    with make(tmp_path / "s") as store:
        assert save_tail(store)
    with make(tmp_path / "s", row=lambda held: {"wrong": {}}, row_version="kit 1") as store:
        assert "shared" in store.rows()["c1"]


def test_a_tail_is_saved_when_there_is_enough_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of changes, or of rows that had to be folded."""
    monkeypatch.setattr(maker, "TAIL_LEAST", 4)
    for number in range(4):
        with opened(tmp_path / "s", clock=ticking()) as store:
            put(store, "cases", f"c{number}", {})
    assert parts(tmp_path / "s") == []
    with opened(tmp_path / "s", clock=ticking()) as store:
        put(store, "cases", "c4", {})
    with opened(tmp_path / "s") as store:
        assert (store.journal.state.saved, len(store.journal.state.ready.rows)) == (5, 0)
        store.rows()
    with opened(tmp_path / "s") as store:
        assert len(store.journal.state.ready.rows) == 5


def test_no_tail_beside_an_older_snapshot(lively_store: Path, tmp_path: Path) -> None:
    """Nobody would begin there."""
    with opened(lively_store) as one, opened(lively_store, readonly=True) as two:
        one.snapshot()
        assert two.journal.state.base is not None
        assert two.journal.state.base.number == 1
    with opened(lively_store) as one:
        with opened(lively_store, clock=ticking()) as other:
            put(other, "files", "f1", {})
            other.snapshot()
        one.head()
        save_tail(one)
    assert not [name for name in parts(lively_store) if name.endswith("tail")]


def test_a_snapshot_is_made_from_the_one_before(lively_store: Path, tmp_path: Path) -> None:
    """What nothing touched is copied, through several generations; two are kept."""
    for number in range(3):
        with opened(lively_store, clock=ticking()) as store:
            put(store, "entries", f"new{number}", {"of": "c1", "text": "Straße needle"})
            put(store, "cases", "c2", None if number == 1 else {"n": number, "of": f"p{number}"})
            if number == 2:
                put(store, "entries", "e3", {"of": "c4", "t": "back"}, token="late")
            assert store.snapshot()
        with opened(lively_store) as store, plain(lively_store, tmp_path / "copy") as bare:
            assert store.journal.state.base is not None
            assert len(store.journal.state.counts) == 0
            assert everything(store) == everything(bare)
    assert parts(lively_store) == [f"00000{number}.{part}" for number in (3, 4) for part in ("dat", "idx", "jsonl")]


def test_a_store_without_row_function_hands_rows_on(lively_store: Path, tmp_path: Path) -> None:
    """A script that writes past the program does not throw away what it cannot fold."""
    with make(lively_store, clock=ticking()) as store:
        put(store, "entries", "e5", {"of": "c2", "text": "by a script"})
        assert store.snapshot()
    with opened(lively_store) as store, plain(lively_store, tmp_path / "copy") as bare:
        base = store.journal.state.base
        assert base is not None
        assert base.tip.rows == "kit 1"
        assert "c2" in base.tip.stale
        assert everything(store) == everything(bare)


def test_another_row_version_folds_every_row_anew(lively_store: Path) -> None:
    """Rows on the disk are for those who name the same version; a store that names none keeps none."""
    for version in ("kit 2", ""):
        with opened(lively_store, row=lambda held: {"v": {"of": held[0][1]}}, row_version=version) as store:
            assert dict(store.rows()) == {case: {"v": {"of": case}} for case in ("c1", "c2", "c4")}
            assert store.snapshot()
    with opened(lively_store, row=lambda held: {}, row_version="kit 2") as store:
        assert store.rows()["c1"] == {"v": {"of": "c1"}}


def test_a_new_row_version_is_reason_enough_for_a_snapshot(lively_store: Path) -> None:
    """Otherwise every start would fold every row again."""
    with opened(lively_store, row_version="kit 2") as store:
        store.rows()
    with opened(lively_store, row_version="kit 2") as store:
        base = store.journal.state.base
        assert base is not None
        assert base.tip.rows == "kit 2"


def test_a_row_that_fails_is_left_to_whoever_asks(tmp_path: Path) -> None:
    """Making a snapshot does not fail on it, and hides no error."""

    def row(held: list[Any]) -> dict[str, Any]:
        if held[0][1] == "c2":
            raise ValueError("unreadable")
        return {"shared": {}}

    lively(tmp_path / "s")
    for _ in range(2):
        with opened(tmp_path / "s", row=row, row_version="x") as store:
            assert store.snapshot()
            with pytest.raises(ValueError, match="unreadable"):
                store.rows()


def test_a_snapshot_is_made_when_opening_has_to_read_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind commits, without anybody asking; and not again before there is as much to read."""
    monkeypatch.setattr(maker, "LEAST", 5)
    with opened(tmp_path / "s") as store:
        for number in range(5):
            put(store, "cases", f"c{number}", {})
    assert parts(tmp_path / "s") == []
    with opened(tmp_path / "s", clock=ticking()) as store:
        put(store, "cases", "c5", {})
    assert parts(tmp_path / "s") == ["000001.dat", "000001.idx", "000001.jsonl"]
    with opened(tmp_path / "s", clock=ticking()) as store:
        assert len(store.journal.state.counts) == 0
        for number in range(5):
            put(store, "entries", f"e{number}", {})
    assert parts(tmp_path / "s")[-1] == "000001.jsonl"


def test_commits_go_on_while_a_snapshot_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds what was there when it began; what comes meanwhile is in the journal."""
    monkeypatch.setattr(maker, "LEAST", 20)
    with opened(tmp_path / "s") as store, opened(tmp_path / "s", clock=ticking()) as other:
        for number in range(120):
            put(store if number % 2 else other, "cases", f"c{number % 30}", {"n": number})
    assert len(parts(tmp_path / "s")) >= 3
    with opened(tmp_path / "s") as store, plain(tmp_path / "s", tmp_path / "copy") as bare:
        assert store.journal.state.base is not None
        assert everything(store) == everything(bare)


def test_who_is_second_makes_none(lively_store: Path) -> None:
    """One snapshot at a time, among all processes."""
    with opened(lively_store) as one, opened(lively_store) as two:
        assert one._maker is not None
        with one._maker._shelf.alone() as alone:
            assert alone
            assert two.snapshot() is False
        assert two.snapshot() is True


def test_a_read_only_store_uses_snapshots_and_makes_none(lively_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written by who only reads."""
    monkeypatch.setattr(maker, "LEAST", 1)
    before = parts(lively_store)
    with open_store(lively_store, readonly=True, row=lambda held: {}) as store:
        assert sorted(store.rows()) == ["c1", "c2", "c4"]
        assert store.notice == "This store was opened for reading only."
    assert parts(lively_store) == before


def test_every_character_that_folding_turns_into_ascii_is_known() -> None:
    """Otherwise a search through a snapshot could pass over a document."""
    for number in (*range(0x80, 0xD800), *range(0xE000, 0x110000)):
        folded = fold(chr(number))
        if not folded or any(letter < "\x80" for letter in folded):
            assert re.match(_ODD, chr(number)), hex(number)


def test_rows_that_were_left_out_in_a_hurry_come_with_the_next_snapshot(
    lively_store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whoever closes a store does not wait for rows: who asks for them next has them folded, and keeps them."""
    with opened(lively_store, row_version="kit 2") as store:
        assert store._maker is not None
        store._maker._hurried.set()
        assert store.snapshot()
    with opened(lively_store, readonly=True, row_version="kit 2") as store:
        base = store.journal.state.base
        assert base is not None
        assert (base.tip.rows, sorted(base.tip.stale)) == ("kit 2", ["c1", "c2", "c4"])
    monkeypatch.setattr(maker, "LEAST", 2)
    with opened(lively_store, row_version="kit 2") as store:
        store.rows()
    with opened(lively_store, row_version="kit 2") as store, plain(lively_store, tmp_path / "copy") as bare:
        base = store.journal.state.base
        assert base is not None
        assert base.row_ids() == ["c1", "c2", "c4"]
        assert everything(store) == everything(bare)
