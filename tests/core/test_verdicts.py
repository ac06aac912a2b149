"""Verdicts are a working matter until the decision, which holds all that counted and names the plan it is of."""

import msgspec
import pytest

from .conftest import WorldIn
from .outlets import outlets
from .world import CASE, KINDS, Kind, World, decision

FINDING = "Sagittarius report"
"""Stands in a verdict: the employee must not read it before the decision."""


def assessed(world: World, verdict: str = "not met", value: str = "31") -> str:
    """A verdict on the first goal."""
    data = {"goal": "g1", "verdict": verdict, "value": value, "shown_by": FINDING, "text": FINDING}
    return world.do("assess", "manager", **data).item


@pytest.mark.parametrize("kind", KINDS)
def test_the_employee_reads_no_verdict_before_the_decision(world_in: WorldIn, kind: Kind) -> None:
    """Whatever the employee asks, the answers are to the letter those from before the verdict was given."""
    world = world_in("final_review", kind)
    before = outlets(world.desk("employee"), (FINDING, "not met", "31"))
    key = assessed(world)
    assert world.line("assessment").cls == "manager_hr"
    assert outlets(world.desk("employee"), (FINDING, "not met", "31")) == before
    world.do("strike", "manager", entry=key, reason=FINDING)
    assert outlets(world.desk("employee"), (FINDING, "not met", "31")) == before


def test_the_employee_is_not_told_how_many_verdicts_are_missing(world_in: WorldIn) -> None:
    """That the outcome is due says nothing of verdicts to the employee, neither "2 missing" nor "all given"."""
    world = world_in("final_review")
    told = {
        role: [one for one in world.desk(role).agenda("all").lines if one.what == "decide the outcome"]
        for role in ("employee", "hr")
    }
    assert [one.detail for one in told["employee"]] == [""]
    assert [one.detail for one in told["hr"]] == ["2 goals without verdict"]
    attention = world.desk("employee").view(CASE).line.attention
    assert "Decide the outcome waiting for 16 days." in attention


def test_manager_and_hr_read_it_at_once(world_in: WorldIn) -> None:
    """Those who decide see each verdict with its value as soon as it is given."""
    world = world_in("final_review")
    assessed(world)
    for role in ("manager", "second_manager", "hr", "legal"):
        page = world.desk(role).view(CASE)
        assert (page.goals[0].verdict, str(page.goals[0].verdict_value)) == ("not_met", "31")
        assert page.suggestion == "Of 2 goals: 1 not met."


def test_the_decision_holds_all_verdicts_that_counted(world_in: WorldIn) -> None:
    """Verdicts given before and with the decision stand in it; the last one counts, a struck one does not."""
    world = world_in("final_review")
    assessed(world, "met", "52")
    assessed(world)
    world.do("strike", "manager", entry=assessed(world, "partly", "40"), reason="Another goal.")
    whole = decision("partial", "reassignment")
    world.do("decide", "hr", **(whole | {"verdicts": {"g2": {"verdict": "met", "shown_by": "sample"}}}))
    empty = {"text": ""}
    assert world.stored("decision")["verdicts"] == {
        "g1": {"verdict": "not_met", "value": "31", "shown_by": FINDING, "text": FINDING},
        "g2": {"verdict": "met", "shown_by": "sample", **empty},
    }


def test_a_verdict_given_with_the_decision_outweighs_an_earlier_one(world_in: WorldIn) -> None:
    """What the decider says last is what counted."""
    world = world_in("final_review")
    assessed(world)
    world.do("decide", "hr", **decision("partial", "reassignment"))
    assert [goal.verdict for goal in world.desk("employee").view(CASE).goals] == ["met", "partly"]
    assert FINDING not in msgspec.json.encode(world.desk("employee").view(CASE)).decode()


def test_the_employee_reads_the_verdicts_in_the_decision(world_in: WorldIn) -> None:
    """From the decision on the employee sees each verdict with value and proof, and the packet prints them."""
    world = world_in("successful")
    page = world.desk("employee").view(CASE)
    assert [(goal.id, goal.verdict) for goal in page.goals] == [("g1", "met"), ("g2", "partly")]
    assert dict(world.line("decision", "employee").details)["verdicts"].startswith("g1 met, 52, CRM report")
    assert "assessment" not in {line.kind for line in page.entries}
    assert page.suggestion == "Of 2 goals: 1 met, 1 partly met."


def test_the_decision_names_the_plan_it_is_of(world_in: WorldIn) -> None:
    """The outcome is one of exactly the issued text, named by commit and hash."""
    world = world_in("partial")
    key, _, rev = world.store.list("plans")[0]
    told = world.stored("decision")
    assert told["ref"] == {"table": "plans", "id": key, "seq": rev.seq, "digest": rev.digest}
    assert (told["class"], told["version"]) == ("shared", 1)
    outcome = world.desk("employee").view(CASE).header.outcome
    assert outcome is not None
    assert outcome.entry == world.line("decision").id
