"""A change is written as a patch only where that is short and exact."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.store.patch import apply, diff, same, shorter
from piptui.store.text import canonical

from .samples import lines, make, put

LONG = "x" * 200

scalars = (
    st.booleans()
    | st.integers(-(1 << 63), (1 << 63) - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4)
)
values = st.recursive(
    scalars | st.sampled_from([0, 1, 0.0, -0.0, 1.0, True, False]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
documents = st.dictionaries(st.sampled_from("abcd"), values, max_size=4)


def last_payload(where: Path) -> dict[str, Any]:
    """The last payload of the last line."""
    payload: dict[str, Any] = lines(where)[-1][-1]
    return payload


def test_a_goal_put_in_front_writes_that_goal_and_the_order(tmp_path: Path) -> None:
    """Items live in maps by id, so a new one in front moves none of the others."""
    items = {f"g{n}": {"title": LONG, "measure": "calls"} for n in range(1, 5)}
    with make(tmp_path / "s") as store:
        put(store, "drafts", "d1", {"of": "c1", "goals": {"items": items, "order": [*items]}})
        new = {"title": "Answer within a day"}
        put(store, "drafts", "d1", {"of": "c1", "goals": {"items": {"g5": new, **items}, "order": ["g5", *items]}})
        assert [*store.get("drafts", "d1")[0]["goals"]["order"]] == ["g5", *items]
    assert last_payload(tmp_path / "s")["patch"] == {"goals": {"items": {"g5": new}, "order": ["g5", *items]}}


def test_a_removed_field_is_a_null_in_the_patch(tmp_path: Path) -> None:
    """Removal is what null means there."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {"long": LONG, "gone": 1, "kept": {"gone": 2}})
        put(store, "cases", "c1", {"long": LONG, "kept": {}})
    payload = last_payload(tmp_path / "s")
    assert payload["patch"] == {"gone": None, "kept": {"gone": None}}
    assert "doc" not in payload


def test_a_patch_that_is_not_under_half_is_a_whole_document(tmp_path: Path) -> None:
    """Short documents and large changes are written whole."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {"a": LONG, "b": LONG})
        put(store, "cases", "c1", {"a": LONG, "b": LONG + "y"})
    assert last_payload(tmp_path / "s")["doc"] == {"a": LONG, "b": LONG + "y"}


@pytest.mark.parametrize(
    ("old", "new"), [(None, 1), (1, None), ([None], 1), ({"b": None}, 2), (0.5, 1), (1, 0.5), ({"b": [1.0]}, 2)]
)
def test_documents_with_null_or_fractions_are_never_patched(tmp_path: Path, old: object, new: object) -> None:
    """Null is a value there, so it cannot mean removal; a fraction is spelled differently by other programs."""
    with make(tmp_path / "s") as store:
        put(store, "free", "1", {"long": LONG, "v": old})
        put(store, "free", "1", {"long": LONG, "v": new})
        assert store.get("free", "1")[0]["v"] == new
    assert last_payload(tmp_path / "s")["doc"]["v"] == new


def test_the_word_null_does_not_hinder_a_patch(tmp_path: Path) -> None:
    """Only null values do."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {"long": LONG, "t": "null"})
        put(store, "cases", "c1", {"long": LONG, "t": "null and void"})
    assert last_payload(tmp_path / "s")["patch"] == {"t": "null and void"}


@pytest.mark.parametrize(("old", "new"), [(1, True), (True, 1.0), (1.0, 1), (0, False), ([1], [True]), (0.0, -0.0)])
def test_a_change_of_type_alone_is_a_change(tmp_path: Path, old: object, new: object) -> None:
    """1, True and 1.0 are equal for Python and different in the record."""
    with make(tmp_path / "s") as store:
        put(store, "cases", "c1", {"long": LONG, "v": old})
        put(store, "cases", "c1", {"long": LONG, "v": new})
    with make(tmp_path / "s") as store:
        assert repr(store.get("cases", "c1")[0]["v"]) == repr(new)


def test_an_unchanged_document_is_an_empty_patch(tmp_path: Path) -> None:
    """Saving without a change still is a commit that says so."""
    with make(tmp_path / "s") as store:
        for _ in range(2):
            put(store, "cases", "c1", {"n": 1})
        assert store.get("cases", "c1")[1].seq == 2
    assert last_payload(tmp_path / "s")["patch"] == {}


@given(documents, documents)
def test_a_patch_gives_exactly_the_new_document(old: dict[str, Any], new: dict[str, Any]) -> None:
    """What `shorter` returns reproduces the new document, types and all, and it leaves the old one alone."""
    before, wanted = canonical(old), canonical(new)
    patch = shorter(old, new, wanted)
    assert canonical(old) == before
    if patch is not None:
        assert 2 * len(patch) < len(wanted)
        assert canonical(apply(old, diff(old, new))) == wanted


@given(values, values)
def test_same_is_equality_of_json(a: object, b: object) -> None:
    """Two values are the same exactly when their JSON is, but for the sign of zero."""
    equal = canonical(a).replace(b"-0.0", b"0.0") == canonical(b).replace(b"-0.0", b"0.0")
    assert same(a, b) == equal


@pytest.mark.parametrize(
    ("old", "patch", "new"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)  # fmt: skip
def test_patches_apply_as_the_standard_says(old: object, patch: object, new: object) -> None:
    """The examples of RFC 7386, appendix A."""
    assert apply(old, patch) == new
