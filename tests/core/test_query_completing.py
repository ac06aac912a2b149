"""Completion of queries: what the last term could become, from nothing but what the actor may see."""

import pytest

from piptui.cases.words import STAGES
from piptui.desk.api import CaseLine
from piptui.desk.query.completing import replacements
from piptui.text import common_part

from .conftest import WorldIn
from .world import OUTSIDER

LINES = (
    CaseLine(case="0007", id="a", employee="Dana Okafor", about="sales", stage="active", manager="Kim Lee"),
    CaseLine(
        case="0008", id="b", employee="Eli, Jr", about="skill", stage="draft", manager="Kim Ray", hr_partner="Noor"
    ),
    CaseLine(case="0009", id="c", employee="Bad\x1b[2J", about="skill", stage="draft", manager="Olu"),
)


def ways(text: str) -> tuple[str, ...]:
    """The replacements over three cases."""
    return replacements(text, lambda: LINES)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("st", ("stage:", "start:")),
        ("sales -man", ("sales -manager:",)),
        ("stage:ac", ("stage:active",)),
        ("stage:draft,succ", ("stage:draft,successful",)),
        ("is:o", ("is:open", "is:overdue")),
        ("about:sa", ("about:sales",)),
        ("hr:", ("hr:Noor",)),
        ("manager:lee", ('manager:"Kim Lee"',)),
        ('"kim lee" manager:"kim r', ('"kim lee" manager:"Kim Ray"',)),
        ("employee:eli", ('employee:"Eli, Jr"',)),
        ("employee:bad", ()),
        ("", ()),
        ("sales ", ()),
        ("nothing:", ()),
        ("due:", ()),
    ],
)
def test_the_last_term_completes(text: str, whole: tuple[str, ...]) -> None:
    """Only the last term changes; names are found by each word and quoted if need be; no control sign comes out."""
    assert ways(text) == whole


def test_all_stages_are_offered() -> None:
    """After the colon every stage stands."""
    assert set(ways("stage:")) >= {f"stage:{stage}" for stage in STAGES}


def test_the_common_part_never_loses_letters() -> None:
    """What all ways share is taken, unless letters already typed would go."""
    assert common_part("manager:k", ways("manager:k")) == 'manager:"Kim '
    assert common_part("s", ("stage:", "start:")) == "sta"
    assert common_part("manager:lee", ('manager:"Ann Lee"', 'manager:"Kim Lee"')) == "manager:lee"
    assert common_part("x", ()) == "x"


def test_names_of_hidden_cases_never_appear(world_in: WorldIn) -> None:
    """Who may not see a case is offered none of its names, its subject or its number."""
    world = world_in("active", "team")
    fields = ("employee:", "manager:", "hr:", "about:", "case:")
    assert all(world.desk("hr").complete(field) for field in fields)
    outsider = world.desk(login=OUTSIDER)
    assert [outsider.complete(field) for field in fields] == [()] * len(fields)
