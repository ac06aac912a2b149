"""A hit is told with the words around it, whatever folding does to the length of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.desk.finding import _snippet
from piptui.text import fold


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
