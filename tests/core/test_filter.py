"""The filter of the case list: any query works or is refused in a sentence, and matches mean what they say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.cases.words import STAGES, words
from piptui.desk.api import CaseLine
from piptui.desk.filter import FIELDS, matcher
from piptui.errors import BadInput

from .conftest import WorldIn


def line(**more: Any) -> CaseLine:
    """A running case."""
    whole: dict[str, Any] = {
        "case": "0007",
        "id": "c7",
        "employee": "José Ángel O’Brien",
        "about": "calls",
        "stage": "active",
        "manager": "Jean-Luc Müller",
        "hr_partner": "Hana Ito",
    }
    return CaseLine(**(whole | more))


LINES = tuple(line(case=f"{number:04}", stage=stage) for number, stage in enumerate(STAGES[:-1], 1)) + tuple(
    line(case=f"{number:04}", stage="closed", result=result)
    for number, result in enumerate(("successful", "partial", "unsuccessful", "withdrawn", "discarded"), 10)
)


def found(query: str) -> list[str]:
    """Stages, or results of closed cases, that match."""
    match = matcher(query)
    return [one.result or one.stage for one in LINES if match(one)]


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("", True),
        ("   ", True),
        ("jose", False),
        ("JOSÉ", True),
        ("brien", True),
        ("calls luc", True),
        ("calls nobody", False),
        ("manager:jean-luc", True),
        ("manager:MÜLLER", True),
        ("manager:hana", False),
        ("hr:hana", True),
        ("employee:ángel", True),
        ("case:0007", True),
        ("case:7", True),
        ("about:calls", True),
        ("manager:", True),
        (":", False),
        (":active", False),
        ("active", True),
    ],
)
def test_terms_match_what_they_name(query: str, matches: bool) -> None:
    """Words match anywhere, fields in their place, whatever the case of the letters; all terms must match."""
    assert matcher(query)(line()) is matches


@pytest.mark.parametrize(
    ("query", "stages"),
    [
        ("stage:active", ["active"]),
        ("stage:act", ["active"]),
        ("stage:in-review", ["in_review"]),
        ("stage:in_review", ["in_review"]),
        ("stage:inreview", ["in_review"]),
        ("stage:review", ["in_review", "final_review"]),
        ("stage:rev", ["in_review", "final_review"]),
        ("stage:final", ["final_review"]),
        ("stage:partial", ["partial"]),
        ("stage:succ", ["successful"]),
        ("stage:withdrawn", ["withdrawn"]),
        ("stage:closed", ["successful", "partial", "unsuccessful", "withdrawn", "discarded"]),
        ("stage:open", ["draft", "in_review", "approved", "issued", "active", "final_review"]),
        ("stage:ope", ["draft", "in_review", "approved", "issued", "active", "final_review"]),
        ("STAGE:Draft", ["draft"]),
    ],
)
def test_stages_are_found_by_name_beginning_and_result(query: str, stages: list[str]) -> None:
    """A stage, its beginning, a result, "review" for both reviews, "open" for all that are not closed."""
    assert found(query) == stages


@pytest.mark.parametrize(
    ("query", "message"),
    [("stge:active", "Did you mean stage:"), ("zz:1", "Known: stage:"), ("stage:paused9", "no stage")],
)
def test_what_the_filter_does_not_know_is_refused(query: str, message: str) -> None:
    """An unknown field or stage is named, with what there is."""
    with pytest.raises(BadInput, match=message) as told:
        matcher(query)
    assert str(told.value).endswith((".", "?"))


QUERIES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.builds(
            lambda name, rest: f"{name}:{rest}",
            st.sampled_from([*FIELDS, "due", "x", ""]),
            st.sampled_from([*STAGES, "r", "o"]) | st.text(max_size=6),
        ),
    ),
    max_size=4,
).map(" ".join)


@given(query=QUERIES)
def test_any_query_works_or_is_refused(query: str) -> None:
    """No query crashes; each term more can only narrow the matches."""
    try:
        whole = [one for one in LINES if matcher(query)(one)]
    except BadInput as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017  the error is one of two good ends
        return
    for term in query.split():
        alone = [one for one in LINES if matcher(term)(one)]
        assert all(one in alone for one in whole)


@given(name=st.text(min_size=1, max_size=10).filter(lambda text: not set(":\t\n ") & set(text) and text.split()))
def test_a_word_of_a_line_finds_it(name: str) -> None:
    """Whatever a name is made of, each word of it finds the line."""
    for word in name.split():
        if ":" not in word:
            assert matcher(word)(line(employee=name))


@pytest.mark.parametrize("stage", STAGES)
def test_the_words_on_screen_find_a_stage(stage: Any) -> None:
    """What the list shows as the stage is what one can type to find it."""
    for word in words(stage).split():
        assert matcher(word)(line(stage=stage))


def test_the_list_counts_all_and_shows_matches(world_in: WorldIn) -> None:
    """The total counts every visible case, the lines those that match."""
    world = world_in("active")
    world.desk("hr").new({"employee": "1015", "category": "sales"})
    desk = world.desk("hr")
    assert [one.case for one in desk.list("stage:draft").lines] == ["0002"]
    assert desk.list("stage:draft").total == 2
    assert [one.case for one in desk.list("dana").lines] == ["0001"]
    assert desk.list("nobody").lines == ()
    with pytest.raises(BadInput):
        desk.list("colour:blue")
