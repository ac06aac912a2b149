"""A commit is whole, expected, wanted once, and plain JSON."""

import math
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from piptui.errors import BadInput, Conflict, Refused
from piptui.store import ANY, Change, open_store

from .samples import START, lines, make, put, segment


def test_a_stale_revision_conflicts_and_writes_nothing(tmp_path: Path) -> None:
    """Of two writers who read the same, the second is told; `theirs` names where it stands, without text."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {"n": 1})
        put(store, "cases", "c1", {"n": 2})
        changes: list[Any] = [("cases", "c1", {"n": 3}), ("cases", "c2", {})]
        with pytest.raises(Conflict) as caught:
            store.commit(changes, expect={("cases", "c1"): 1}, actor="p1", act="put")
        assert caught.value.theirs == {("cases", "c1"): 2}
        assert store.head()[0] == 2
        assert [name for name, _, _ in store.list("cases")] == ["c1"]


@pytest.mark.parametrize("expect", [{}, {("cases", "c1"): 0}])
def test_a_key_left_out_must_not_exist(tmp_path: Path, expect: dict[tuple[str, str], int]) -> None:
    """Creating what is there conflicts, and so does deleting it without having read it."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {})
        for change in (Change("cases", "c1", {}), Change("cases", "c1", None)):
            with pytest.raises(Conflict):
                store.commit([change], expect=expect, actor="p1", act="put")


@pytest.mark.parametrize("expected", [0, 1, ANY])
def test_what_is_gone_cannot_be_deleted(tmp_path: Path, expected: Any) -> None:
    """Deleting a missing document conflicts, whatever was expected."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {})
        put(store, "cases", "c1", None)
        with pytest.raises(Conflict, match="does not exist"):
            store.commit([("cases", "c1", None)], expect={("cases", "c1"): expected}, actor="p1", act="put")


def test_a_revision_from_before_a_delete_conflicts(tmp_path: Path) -> None:
    """A re-created document is another one, even with the same content."""
    with make(tmp_path / "s") as store:
        for document in ({"n": 1}, None, {"n": 1}):
            put(store, "cases", "c1", document)
        with pytest.raises(Conflict):
            store.commit([("cases", "c1", {})], expect={("cases", "c1"): 1}, actor="p1", act="put")


def test_any_overwrites_and_creates(tmp_path: Path) -> None:
    """ANY takes whatever stands there, or nothing."""
    with make(tmp_path / "s") as store:
        for number in range(2):
            store.commit([("cases", "c1", {"n": number})], expect={("cases", "c1"): ANY}, actor="p1", act="put")
        assert store.get("cases", "c1")[0] == {"n": 1}


def test_further_keys_in_expect_are_checked(tmp_path: Path) -> None:
    """A commit may depend on documents that it does not change: at a seq, or not being there."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {})
        for extra in ({("cases", "c1"): 2}, {("cases", "c1"): 0}, {("cases", "c9"): 1}):
            with pytest.raises(Conflict):
                store.commit([("entries", "e1", {})], expect=extra, actor="p1", act="put")
        good = {("cases", "c1"): 1, ("cases", "c9"): 0}
        assert store.commit([("entries", "e1", {})], expect=good, actor="p1", act="put") == 2


def test_a_token_makes_a_repeated_save_one_save(tmp_path: Path) -> None:
    """The second commit with a token returns the first seq and writes nothing, also after reopening."""
    for _ in range(2):
        with make(tmp_path / "s") as store:
            for _ in range(2):
                change = [("entries", "e1", {"n": 1})]
                assert store.commit(change, expect={}, actor="p1", act="add", token="once") == 1
            assert store.head()[0] == 1


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [("cases", "c1", {}), ("cases", "c1", None)],
        [("cases", "c1")],
        [("", "c1", {})],
        [("cases", "", {})],
        [("cases", "c\n1", {})],
        [("cases", "x" * 201, {})],
        [("cases", 1, {})],
        [("cases", "c1", [])],
        [("cases", "c1", "text")],
        [("cases", "c1", {}, None)],
        [("cases", "c1", {}, "\ud800")],
    ],
)
def test_malformed_changes_are_refused(tmp_path: Path, changes: list[Any]) -> None:
    """No change, the same key twice, names that cannot be kept: nothing is written."""
    with make(tmp_path / "s") as store:
        with pytest.raises(BadInput):
            store.commit(changes, expect={}, actor="p1", act="put")
        assert segment(tmp_path / "s").stat().st_size == 0


def _deep() -> list[Any]:
    nested: list[Any] = []
    for _ in range(120):
        nested = [nested]
    return nested


@pytest.mark.parametrize(
    "value",
    [
        math.nan, math.inf, -math.inf, 1 << 63, -(1 << 63) - 1, 10**5000,
        "half \ud83d", {"\ud800": 1}, {1: "a"}, {None: 1},
        (1, 2), {1, 2}, b"bytes", datetime(2026, 1, 1, tzinfo=UTC), object(), _deep(),
    ],
    ids=[
        "nan", "inf", "minus inf", "too large", "too small", "too long to spell",
        "surrogate", "surrogate key", "whole key", "null key",
        "tuple", "set", "bytes", "instant", "object", "too deep",
    ],
)  # fmt: skip
def test_what_json_cannot_carry_is_refused(tmp_path: Path, value: object) -> None:
    """Nothing is turned into null, rounded or lost: it is refused before anything is written."""
    with make(tmp_path / "s") as store:
        for place in (value, [value], {"deep": [{"er": value}]}):
            with pytest.raises(BadInput, match="cases c1"):
                store.commit([("cases", "c1", {"v": place})], expect={}, actor="p1", act="put")
        with pytest.raises(BadInput):
            store.commit([("cases", "c1", {})], expect={}, actor="p1", act="put", meta={"login": value})
        assert segment(tmp_path / "s").stat().st_size == 0


@pytest.mark.parametrize("name", ["actor", "act", "token"])
def test_actor_act_and_token_are_names(tmp_path: Path, name: str) -> None:
    """They must be printable and not empty."""
    with make(tmp_path / "s") as store:
        for bad in ("", "a\tb", 5):
            options: dict[str, Any] = {"expect": {}, "actor": "p1", "act": "put", name: bad}
            with pytest.raises(BadInput, match=name):
                store.commit([("cases", "c1", {})], **options)


@pytest.mark.parametrize("bad", [{("cases", "c1"): None}, {"cases": 0}, {("cases", 1): 0}, None, []])
def test_an_expectation_is_a_seq_of_a_key(tmp_path: Path, bad: Any) -> None:
    """Anything but (table, id) with a whole number or ANY in expect is refused."""
    with make(tmp_path / "s") as store, pytest.raises(BadInput, match="expect"):
        store.commit([("cases", "c1", {})], expect=bad, actor="p1", act="put")


@pytest.mark.parametrize("bad", ["text", [("role", "hr")], 5])
def test_what_is_said_of_the_actor_is_an_object(tmp_path: Path, bad: Any) -> None:
    """A meta that is none is refused as such."""
    with make(tmp_path / "s") as store, pytest.raises(BadInput, match="meta"):
        store.commit([("cases", "c1", {})], expect={}, actor="p1", act="put", meta=bad)


def test_the_edges_of_json_survive(tmp_path: Path) -> None:
    """Numbers keep their type and value, texts every character, null and empties their place."""
    document: dict[str, Any] = {
        "numbers": [0, -0.0, 1, 1.0, True, (1 << 63) - 1, -(1 << 63), 5e-324, 1.7976931348623157e308, 0.1],
        "texts": ["", '\0\t\n\r"\\/', "\x7f\x85\u2028\u202e\u2066", "Zoë 😀 \u0301", "\ufeff"],
        "empties": [None, {}, [], False],
    }
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", document)
    with make(tmp_path / "s") as store:
        found = store.get("cases", "c1")[0]
    assert found == document
    assert [repr(number) for number in found["numbers"]] == [repr(number) for number in document["numbers"]]


def test_nothing_on_disk_can_steer_a_terminal(tmp_path: Path) -> None:
    """Tabs, newlines, escapes, C1 controls and turned text stand as JSON escapes: a commit is one line."""
    nasty = "\x1b]0;x\x07 \x9b31m \x7f \u2028\u202e\u2066 a\tb\nc"
    with make(tmp_path / "s") as store:
        change: list[Any] = [("cases", "c1", {"t": nasty, nasty: 1}, nasty, nasty)]
        store.commit(change, expect={}, actor="p1", act="put", meta={"role": nasty, "login": nasty})
        assert store.history("cases", "c1")[0].sentence == nasty
        assert store.changes(0)[0].role == nasty
    text = segment(tmp_path / "s").read_text(encoding="utf-8")
    assert text.count("\n") == 1
    assert text.count("\t") == 2
    assert all(c.isprintable() or c in "\n\t" for c in text)


def test_role_is_chained_and_the_rest_of_meta_lies_in_each_payload(tmp_path: Path) -> None:
    """What says who the actor is outside this program can be redacted with the text."""
    with make(tmp_path / "s") as store:
        changes = [Change("cases", "c1", {}), Change("entries", "e1", {})]
        store.commit(changes, expect={}, actor="p1", act="put", meta={"role": "hr", "login": "anna"})
    ((header, _, *payloads),) = lines(tmp_path / "s")
    assert header["role"] == "hr"
    assert "anna" not in str(header)
    assert [payload["by"] for payload in payloads] == [{"login": "anna"}, {"login": "anna"}]


def test_each_payload_has_its_own_salt(tmp_path: Path) -> None:
    """Equal texts cannot be recognised by their hash."""
    with open_store(tmp_path / "s", create=True) as store:
        store.commit([("cases", "c1", {}), ("cases", "c2", {})], expect={}, actor="p1", act="put")
    ((header, _, first, second),) = lines(tmp_path / "s")
    assert len(first["salt"]) == 32
    assert first["salt"] != second["salt"]
    assert header["ch"][0]["sha"] != header["ch"][1]["sha"]


def test_time_never_goes_back(tmp_path: Path) -> None:
    """A clock set back is held at the last commit's instant; zones are written as UTC."""
    instants = iter(
        [START, START - timedelta(days=1), (START + timedelta(hours=1)).astimezone(timezone(timedelta(hours=5)))]
    )
    with make(tmp_path / "s", clock=lambda: next(instants)) as store:
        for number in range(3):
            put(store, "cases", f"c{number}", {})
        assert [commit.at for commit in store.changes(0)] == [START, START, START + timedelta(hours=1)]
        assert store.changes(2)[0].at.tzinfo is UTC
    assert lines(tmp_path / "s")[0][0]["at"] == "2026-03-02T09:00:00.000000Z"


def test_a_read_only_store_refuses_to_commit(tmp_path: Path) -> None:
    """The refusal says why."""
    make(tmp_path / "s").close()
    with open_store(tmp_path / "s", readonly=True) as store, pytest.raises(Refused, match="reading only"):
        store.commit([Change("cases", "c1", {})], expect={}, actor="p1", act="put")


def test_a_clock_without_a_zone_is_refused(tmp_path: Path) -> None:
    """An instant has to be one: nothing is written, and the sentence says what is missing."""
    with make(tmp_path / "s", clock=lambda: START.replace(tzinfo=None)) as store:
        with pytest.raises(BadInput, match="without a zone"):
            put(store, "entries", "e1", {})
        assert store.head()[0] == 0
