"""Stages are derived from facts, along every way a case can go."""

import pytest

from piptui.cases.stages import Standing, stage_of
from piptui.cases.words import Role

from .conftest import WorldIn
from .world import CASE, HIDDEN_FROM_EMPLOYEE, KINDS, STAGE_OF, STATES, Kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", STATES)
def test_each_state_has_its_stage(world_in: WorldIn, state: str, kind: Kind) -> None:
    """A case brought into a state by acts stands in that stage, in the sheet and in the list."""
    world = world_in(state, kind)
    page = world.desk("hr").view(CASE)
    assert page.stage == page.line.stage == STAGE_OF[state]
    assert page.line.result == (state if STAGE_OF[state] == "closed" else "")
    assert [line.stage for line in world.desk("hr").list().lines] == [STAGE_OF[state]]


@pytest.mark.parametrize("state", [state for state in STATES if state not in HIDDEN_FROM_EMPLOYEE])
def test_the_employee_sees_the_same_stage(world_in: WorldIn, state: str) -> None:
    """The stage follows from what the employee may read, so that it is the same for all."""
    world = world_in(state)
    assert world.desk("employee").view(CASE).stage == STAGE_OF[state]
    assert world.desk("employee").list().lines[0].stage == STAGE_OF[state]


def test_a_submission_right_after_a_return_counts(world_in: WorldIn) -> None:
    """Rounds are read in the order in which they were recorded, even within one instant of the clock."""
    world = world_in("draft")
    for _ in range(3):
        world.do("submit")
        assert world.desk().view(CASE).stage == "in_review"
        world.do("return", text="Not yet.")
        assert world.desk().view(CASE).stage == "draft"
    assert world.desk().view(CASE).draft_state == "returned"


def test_any_edit_voids_the_approval(world_in: WorldIn) -> None:
    """An approval is of exactly one text: an edit takes an approved plan back into review."""
    world = world_in("approved")
    world.do("set", "manager", field="context", value="Third quarter below the standard.")
    assert world.desk().view(CASE).stage == "in_review"


@pytest.mark.parametrize(("field", "value"), [("second_manager", ""), ("zone", "Europe/London"), ("language", "de")])
def test_any_edit_of_the_header_voids_the_approval(world_in: WorldIn, field: str, value: str) -> None:
    """Parties, zone and language are printed with the plan: whoever approved it approved those, too."""
    world = world_in("approved")
    world.do("set", "hr", field=field, value=value)
    assert world.desk().view(CASE).stage == "in_review"
    world.do("approve", "hr")
    assert world.desk().view(CASE).stage == "approved"


def test_legal_review_needs_both_approvals(world_in: WorldIn) -> None:
    """Where legal review is required, HR's approval alone does not make a plan approved (S005)."""
    world = world_in("in_review")
    world.do("set", "hr", field="legal_review", value="yes")
    world.do("approve", "hr")
    assert world.desk().view(CASE).stage == "in_review"
    assert [line.detail for line in world.desk().agenda().lines if line.what == "approval"] == ["legal reviewer"]
    world.do("approve", "legal")
    assert world.desk().view(CASE).stage == "approved"


def test_legal_review_asked_for_later_reopens_the_review(world_in: WorldIn) -> None:
    """Asking for legal review after the approval takes the plan back into review."""
    world = world_in("approved")
    world.do("set", "hr", field="legal_review", value="yes")
    assert world.desk().view(CASE).stage == "in_review"


def test_a_struck_answer_takes_the_case_back_to_issued(world_in: WorldIn) -> None:
    """An acknowledgement recorded in error is struck in the open, and can be recorded again."""
    world = world_in("active")
    world.do("strike", "hr", entry=world.entry("Received."), reason="Signed by somebody else.")
    assert world.desk().view(CASE).stage == "issued"
    world.do("refuse", "hr", text="Did not sign.", witness="Vera Stone")
    page = world.desk().view(CASE)
    assert (page.stage, page.plan_state) == ("active", "refused")


def test_closing_frees_the_employee_for_another_case(world_in: WorldIn) -> None:
    """Once a case is closed, the same employee can have another one, with the next number."""
    world = world_in("withdrawn")
    assert world.desk("hr").new({"employee": "1014"}).case == "0002"


ROLES_NEEDED: tuple[Role, ...] = ("hr", "legal")


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (Standing(), "draft"),
        (Standing(submitted=True), "in_review"),
        (Standing(submitted=True, approved_by=frozenset({"hr"})), "in_review"),
        (Standing(submitted=True, approved_by=frozenset(ROLES_NEEDED)), "approved"),
        (Standing(approved_by=frozenset(ROLES_NEEDED)), "draft"),
        (Standing(version=1), "issued"),
        (Standing(version=1, answered=True), "active"),
        (Standing(version=1, review_opened=True), "final_review"),
        (Standing(version=1, answered=True, review_opened=True, ended="partial"), "closed"),
        (Standing(ended="discarded"), "closed"),
    ],
)
def test_the_stage_follows_from_facts(facts: Standing, stage: str) -> None:
    """Each set of facts has one stage; the end outweighs all, then the review, then the answer."""
    assert stage_of(facts, ROLES_NEEDED) == stage
