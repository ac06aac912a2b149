"""The query language: any text works or is refused in a sentence, and what matches is what was said."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.cases.words import STAGES, words
from piptui.desk.api import CaseLine
from piptui.desk.query import SORTS, parse, sort_key
from piptui.desk.query.terms import FIELDS, Ground
from piptui.errors import BadInput
from piptui.text import fold

from .conftest import WorldIn

TODAY = dt.date(2026, 11, 20)
GROUND = Ground(TODAY, "Hana Ito")


def matcher(query: str) -> Any:
    """The test of a query."""
    return parse(query, GROUND).match


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
        "next_on": TODAY + dt.timedelta(days=4),
        "start": dt.date(2026, 10, 12),
        "end": dt.date(2026, 12, 11),
        "opened_on": dt.date(2026, 10, 1),
        "day": 40,
        "days": 60,
        "goals": 4,
        "goals_met": 2,
        "version": 1,
        "attention": ("Support p1 due today.",),
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
        ('manager:"jean-luc müller"', True),
        ('"luc müller"', True),
        ('"müller jean"', False),
        ("hr:me", True),
        ("manager:me", False),
        ("manager:nobody,luc", True),
        ("-calls", False),
        ("not calls", False),
        ("-stage:closed", True),
        ("-manager:hana calls", True),
        ("nobody or calls", True),
        ("nobody or nothing", False),
        ("calls nobody or luc", True),
        ("or calls or", True),
        ("not or calls", True),
        ("not", True),
        ('"', True),
        ('manager:"jean', True),
        ("due<7d", True),
        ("due<4d", False),
        ("due<=4d", True),
        ("due:tue", True),
        ("due>today", True),
        ("end>2026-12-11", False),
        ("end>=2026-12-11", True),
        ("end<1m", True),
        ("opened>-30d", False),
        ("opened>-9w", True),
        ("start<-1w", True),
        ("day>39", True),
        ("day:40", True),
        ("left<=20", True),
        ("left<20", False),
        ("goals>=4 met<4", True),
        ("version:2", False),
        ("is:open", True),
        ("is:needy", True),
        ("is:overdue", False),
        ("-is:overdue", True),
        ("x<y", False),
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
    [
        ("stge:active", "Did you mean stage:"),
        ("zz:1", "Known: stage:"),
        ("stage:paused9", "no stage"),
        ("is:purple", "open, closed, needy, held or overdue"),
        ("manager<kim", "only due, start, end, opened"),
        ("day<soon", "needs a whole number, such as day<40"),
        ("due<whenever", "whenever"),
        ("due<9999y", "no day of the calendar"),
    ],
)
def test_what_the_filter_does_not_know_is_refused(query: str, message: str) -> None:
    """An unknown field or stage is named, with what there is."""
    with pytest.raises(BadInput, match=message) as told:
        matcher(query)
    assert str(told.value).endswith((".", "?"))


WORDS = st.text(alphabet=st.characters(exclude_categories=["Z", "C"], exclude_characters='":<>-'), min_size=1).filter(
    lambda text: fold(text) not in ("or", "not")
)
VALUES = st.sampled_from([*STAGES, "r", "o", "7d", "fri", "40", "me", "open"]) | st.text(max_size=6)
TERMS = st.builds(
    lambda name, sign, value: f"{name}{sign}{value}",
    st.sampled_from([*FIELDS, "x"]),
    st.sampled_from([":", "<", ">="]),
    VALUES,
)
GOOD = st.sampled_from(
    ["stage:active", "stage:draft,closed", "calls", "hr:me", "due<7d", "day>3", "is:open", "zebra"]
)


@given(st.text(max_size=60) | st.lists(TERMS, max_size=4).map(" ".join))
def test_any_query_works_or_is_refused(query: str) -> None:
    """No text crashes; what is refused ends in a sentence."""
    try:
        asked = parse(query, GROUND)
    except BadInput as error:
        assert str(error).endswith((".", "?", "”"))  # noqa: PT017  the error is one of two good ends
        return
    for one in LINES:
        asked.match(one)
    assert bool(asked.told) == bool(asked.groups)


@given(st.lists(GOOD, min_size=1, max_size=4))
def test_terms_narrow_and_or_widens(terms: list[str]) -> None:
    """Terms together match what each of them matches; with `or` between them, what any of them matches."""
    each = [{one.case for one in LINES if matcher(term)(one)} for term in terms]
    together = {one.case for one in LINES if matcher(" ".join(terms))(one)}
    either = {one.case for one in LINES if matcher(" or ".join(terms))(one)}
    assert together == set.intersection(*each)
    assert either == set.union(*each)


@given(GOOD)
def test_not_is_the_rest(term: str) -> None:
    """A term and its opposite share no case and leave none out; twice not is the term."""
    found = {one.case for one in LINES if matcher(term)(one)}
    assert {one.case for one in LINES if matcher(f"not {term}")(one)} == {one.case for one in LINES} - found
    assert {one.case for one in LINES if matcher(f"-{term}")(one)} == {one.case for one in LINES} - found
    assert {one.case for one in LINES if matcher(f"not not {term}")(one)} == found


@given(name=st.lists(WORDS, min_size=1, max_size=3).map(" ".join))
def test_a_word_of_a_line_finds_it(name: str) -> None:
    """Whatever a name is made of, each word of it finds the line, and so does all of it in quotes."""
    for one in name.split():
        assert matcher(one)(line(employee=name))
    assert matcher(f'"{name}"')(line(employee=name))
    assert matcher(f'employee:"{name}"')(line(employee=name))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", ""),
        ("stage:active", "stage active"),
        ("stage:active,issued manager:kim", "stage active or issued and manager “kim”"),
        ("due<7d", "next thing due before Fri 27 Nov"),
        ("-is:overdue day>=40", "not overdue and day at least 40"),
        ("dana or hr:me", "“dana”, or hr “Hana Ito”"),
        ("stage:", ""),
    ],
)
def test_it_is_told_how_a_query_was_understood(query: str, told: str) -> None:
    """The words name fields, days and negations as they were read."""
    assert parse(query, GROUND).told == told


def test_the_page_on_finding_tells_the_truth() -> None:
    """Every example on the page is understood, and every field stands on it."""
    page = (Path(__file__).parents[2] / "docs" / "finding.md").read_text(encoding="utf-8")
    examples = [one for row in page.splitlines() if row.startswith("| `") for one in _typed(row)]
    assert len(examples) > 20
    for one in examples:
        assert parse(one, GROUND).told, one
    assert {name for name in FIELDS if not any(name in one for one in examples)} == set()


def _typed(row: str) -> list[str]:
    return re.findall(r"`([^`]+)`", row.split("|")[1])


@pytest.mark.parametrize("name", SORTS)
def test_every_order_is_an_order(name: str) -> None:
    """Each order puts all cases in a row, the same whichever way they come, and turns round with a minus."""
    lines = [*LINES, line(case="0099", manager="", next_on=None, end=None)]
    key, backwards = sort_key(name)
    assert not backwards
    there = [one.case for one in sorted(lines, key=key)]
    assert [one.case for one in sorted([lines[-1], *lines[:-1]], key=key)] == there
    assert sort_key(f"-{name}") == (key, True)
    if name in ("next", "end"):
        assert there[-1] == "0099", "what has no day comes last"


def test_an_unknown_order_is_refused() -> None:
    """The nearest one is named."""
    with pytest.raises(BadInput, match="Did you mean employee"):
        sort_key("employe")


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
    assert desk.list("stage:draft").understood == "stage draft"
    assert [one.case for one in desk.list(sort="-case").lines] == ["0002", "0001"]
    assert [one.case for one in desk.list("is:open", sort="employee", start=1, count=1).lines] == ["0002"]
    assert desk.list(count=1).lines == desk.list().lines[:1]
    with pytest.raises(BadInput):
        desk.list("colour:blue")
    with pytest.raises(BadInput):
        desk.list(sort="colour")


def test_a_window_is_part_of_the_whole(world_in: WorldIn) -> None:
    """Ended cases come last by number, and any window of the list is that part of it."""
    world = world_in("successful")
    for number in ("1015", "1016", "2002"):
        world.desk("hr").new({"employee": number, "category": "sales"})
    desk = world.desk("hr")
    whole = desk.list().lines
    assert [one.case for one in whole][-1] == "0001"
    for start in range(5):
        for count in range(5):
            window = desk.list(start=start, count=count)
            assert window.lines == whole[start : start + count]
            assert (window.matching, window.total) == (4, 4)


@pytest.mark.parametrize(
    ("query", "found"),
    [("goals:50%", True), ("goals<50%", False), ("goals<=50%", True), ("goals>49%", True), ("goals:4", True)],
)
def test_the_share_of_goals_met(query: str, found: bool) -> None:
    """A percent after `goals` compares two of four as a half; without goals nothing is a share of them."""
    assert matcher(query)(line(goals=4, goals_met=2)) is found
    assert not matcher("goals<=100%")(line(goals=0, goals_met=0))


@pytest.mark.parametrize("query", ["goals<%", "met<50%", "goals<x%", "goals<5000%"])
def test_a_share_of_nothing_is_refused(query: str) -> None:
    """Only goals have a share, and it is a number."""
    with pytest.raises(BadInput):
        parse(query, GROUND)
