"""A hit is told with the words around it, whatever folding does to the length of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.desk.finding import _snippet
from piptui.text import fold

from .conftest import WorldIn


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("ß" * 60, "training"),
        ("e\u0301" * 60, "training"),
        ("\ufb03" * 60, "training"),
        ("x" * 100, "Straße"),
        ("", "training"),
    ],
)
def test_the_hit_stands_in_its_snippet(before: str, wanted: str) -> None:
    """Letters that folding makes longer or shorter do not move the words that are shown."""
    snippet = _snippet({"text": f"{before} {wanted} was booked"}, fold(wanted))
    assert wanted in snippet


@given(st.text(max_size=80), st.text(min_size=1, max_size=80))
def test_any_text_that_holds_it_shows_it(before: str, wanted: str) -> None:
    """Whatever stands before it, folded the snippet holds what was looked for, or its beginning where it is long."""
    looked_for = fold(wanted).strip()
    text = f"{before} |{wanted}| "
    if not looked_for or looked_for not in fold(text):
        return
    snippet = " ".join(fold(_snippet({"text": text}, looked_for)).split())
    first = " ".join(looked_for.split())[:3]
    assert first in snippet or fold(first) in snippet


def test_who_promised_a_kind_of_help_is_found_by_the_kind(world_in: WorldIn) -> None:
    """The kind of a promise is chosen from a list and found like any word; the hit names who gives it, and which."""
    world = world_in("draft")
    found = {"kind": "training", "provider": "Imani Engel", "statement": "Two hours on the knowledge base"}
    world.do("put", "hr", collection="support", item={**found, "due": "week 2"})
    hits = [hit for hit in world.desk("hr").find("training") if "knowledge base" in hit.snippet]
    assert [hit.snippet for hit in hits] == ["Imani Engel, training: Two hours on the knowledge base"]
    assert hits[0].what.startswith("support p")
    assert world.desk("hr").find("numeric") == ()


def test_each_item_of_a_plan_is_a_hit_of_its_own(world_in: WorldIn) -> None:
    """One word in two goals is found twice, and each hit says where."""
    world = world_in("draft")
    for number in (1, 2):
        world.do("put", "hr", collection="standards", item={"statement": f"Zanzibar rule {number}"})
    hits = world.desk("hr").find("zanzibar")
    assert [hit.snippet for hit in hits] == ["Zanzibar rule 1", "Zanzibar rule 2"]
    assert len({hit.what for hit in hits}) == 2
    assert all(hit.what.endswith(", draft") for hit in hits)
