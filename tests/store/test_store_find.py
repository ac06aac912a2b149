"""Full text finds what a person would call the same text, and nothing that is not text."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.store.files import START
from piptui.store.find import find, fold
from piptui.store.line import Header, Touch
from piptui.store.state import Spot, State
from piptui.store.text import canonical

from .samples import START as NOW
from .samples import make, put


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Missed three deadlines", "THREE dead"),
        ("Straße", "STRASSE"),
        ("STRASSE", "straße"),
        ("Zoë", "ZOË"),
        ("Zoe\u0308", "zoë"),
        ("ﬁnal", "final"),
        ("ＦＵＬＬ", "full"),
        ("\u212aelvin", "kelvin"),
        ('said "no"', '"NO"'),
        ("back\\slash", "k\\s"),
        ("line\nbreak\ttab", "LINE\nbreak\ttab"),
        ("東京", "京"),
        ("a\x85b", "\x85B"),
        ("del\x7f", "l\x7f"),
        ("\u0301accent first", "\u0301a"),
        ("new\n\u0301line", "\n\u0301l"),
        ('said "no"', '"'),
        ("back\\slash", "\\"),
        ("two\nlines", "\n"),
        ("\tindented", "\t"),
    ],
)  # fmt: skip
def test_spelling_does_not_matter(tmp_path: Path, text: str, wanted: str) -> None:
    """Case, width, ligatures, composed or not, escapes: the same text is found, in a snapshot as in the journal."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"deep": [{"er": text}]})
        put(store, "entries", "e2", {"deep": "other"})
        assert store.find(wanted) == [("entries", "e1")]
        assert store.snapshot()
        assert store.find(wanted) == [("entries", "e1")]


@pytest.mark.parametrize(
    "document",
    [
        {"needle": "x"},
        {"of": "needle"},
        {"class": "needle"},
        {"kind": "needle"},
        {"schema": "needle"},
        {"order": ["needle"]},
        {"n": 5},
    ],
)
def test_names_for_the_program_are_not_text(tmp_path: Path, document: dict[str, Any]) -> None:
    """Keys, owners, classes, kinds and orders are not searched."""
    with make(tmp_path / "s") as store:
        put(store, "needle", "needle", document)
        assert store.find("needle") == []


def test_opaque_ids_are_not_text(tmp_path: Path) -> None:
    """A random id is passed over; a long word or number in a text is not."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"person": "9f86d081884c7d659a2feaa0c55ad015", "t": "ticket 9f86d081"})
        put(store, "entries", "e2", {"person": "9f86d081884c7d659a2feaa0c55ad015"})
        put(store, "entries", "e3", {"t": "defaceddefacedde"})
        assert store.find("9f86d081") == [("entries", "e1")]
        assert store.find("deface") == [("entries", "e3")]


def test_only_current_texts_are_found(tmp_path: Path) -> None:
    """What was overwritten or deleted is history's matter."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"t": "needle"})
        put(store, "entries", "e2", {"t": "needle"})
        put(store, "entries", "e1", {"t": "thread"})
        put(store, "entries", "e2", None)
        assert store.find("needle") == []
        assert store.find("thread") == [("entries", "e1")]
        assert store.find("") == []


ALPHABET = st.sampled_from('aAsSkKßſ\u212aﬁfiéeE\u0301\u0308ëË"\\\n\t\x85\x7f\u2028/ \u0345ιΙ東京Ａ\u1e9eİi̇nNu00')
texts = st.text(ALPHABET | st.characters(exclude_categories=["Cs"]), max_size=8)


@given(st.lists(texts, min_size=1, max_size=3), texts)
def test_the_look_at_raw_json_stops_no_right_document(values: list[str], wanted: str) -> None:
    """find agrees with folding each value, for values and needles out of all corners of Unicode."""
    assert found(values, wanted) == any(fold(wanted) in fold(value) for value in values if wanted)


@given(texts, texts, texts)
def test_a_part_of_a_text_is_found(before: str, part: str, behind: str) -> None:
    """A part of the folded text of a value is found in it."""
    value = before + part + behind
    folded = fold(value)
    for wanted in (folded, folded[1:], folded[: len(folded) // 2]):
        if fold(wanted) in folded and fold(wanted):
            assert found(["other", value], wanted)


def found(values: list[str], wanted: str) -> bool:
    """Whether a state with one document finds it."""
    state = State()
    header = Header(
        seq=1, at="", actor="", role="", act="", client="", schema=1, prev=START.hash,
        ch=(Touch(t="entries", id="e1", prev=0, sha=""),),
    )  # fmt: skip
    state.follow(header, "", NOW, [canonical({"values": values})], Spot(1, 0, 0))
    return bool(find(state, wanted))
