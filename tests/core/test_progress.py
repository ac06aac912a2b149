"""How far goals have come, what should have been reached, what was promised, held and agreed."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from piptui.cases.plan import Goal, Items, Milestone, PlanText, When
from piptui.cases.progress import reached, should_be
from piptui.desk.api import CaseSheet, GoalLine
from piptui.errors import BadInput, NotFound, Refused

from .conftest import WorldIn
from .world import CASE, World, decision

START = dt.date(2026, 3, 2)


def sheet(world: World) -> CaseSheet:
    """The case as HR sees it."""
    return world.desk("hr").view(CASE)


def goal(world: World, key: str = "g1") -> GoalLine:
    """One goal of the sheet."""
    return next(line for line in sheet(world).goals if line.id == key)


def line_of(direction: Any, baseline: Decimal, target: Decimal, days: int, *steps: tuple[int, Decimal]) -> PlanText:
    """A plan with one goal and its milestones, all dates resolved."""
    aim = Goal(direction=direction, baseline=baseline, target=target, due=When(on=START + dt.timedelta(days=days)))
    marks = {
        f"m{number}": Milestone(goal="g1", on=START + dt.timedelta(days=day), target=value)
        for number, (day, value) in enumerate(steps, 1)
    }
    return PlanText(goals=Items(items={"g1": aim}, order=("g1",)), milestones=Items(items=marks, order=tuple(marks)))


def at(text: PlanText, day: int) -> Decimal | None:
    """Where the line stands on a day of the plan."""
    return should_be(text, "g1", START, START + dt.timedelta(days=day))


VALUES = st.decimals(min_value=-1000, max_value=1000, places=1)


@given(baseline=VALUES, target=VALUES, days=st.integers(1, 400), day=st.integers(-5, 405))
def test_the_line_runs_from_baseline_to_target(baseline: Decimal, target: Decimal, days: int, day: int) -> None:
    """Before the start the line is at the baseline, from the due date on at the target, between them between."""
    direction = "higher" if target >= baseline else "lower"
    found = at(line_of(direction, baseline, target, days), day)
    assert found is not None
    assert min(baseline, target) <= found <= max(baseline, target)
    if day <= 0:
        assert found == baseline
    if day >= days:
        assert found == target


@given(baseline=VALUES, step=VALUES, target=VALUES, on=st.integers(1, 59))
def test_the_line_goes_through_its_milestones(baseline: Decimal, step: Decimal, target: Decimal, on: int) -> None:
    """On the day of a milestone the line is at the milestone's value, before and after it on the way."""
    text = line_of("higher", baseline, target, 60, (on, step))
    assert at(text, on) == step
    for day, ends in ((on - 1, (baseline, step)), (on + 1, (step, target))):
        found = at(text, day)
        assert found is not None
        assert min(ends) <= found <= max(ends)


def test_the_line_is_rounded_like_its_ends() -> None:
    """Whole numbers stay whole, and halves go up."""
    assert at(line_of("higher", Decimal(20), Decimal(51), 60), 7) == Decimal(24)
    assert at(line_of("higher", Decimal("0.5"), Decimal(1), 10), 5) == Decimal("0.8")
    assert at(line_of("higher", Decimal("1E+1"), Decimal("2E+1"), 10), 5) == Decimal(15)


@pytest.mark.parametrize("missing", ["baseline", "target", "due"])
def test_without_ends_there_is_no_line(missing: str) -> None:
    """A goal without baseline, target or day has nothing it should stand at."""
    whole: dict[str, Any] = {"baseline": Decimal(1), "target": Decimal(2), "due": When(on=START)}
    aim = Goal(**{name: value for name, value in whole.items() if name != missing})
    text = PlanText(goals=Items(items={"g1": aim}, order=("g1",)))
    assert should_be(text, "g1", START, START) is None


@given(value=VALUES, target=VALUES)
def test_better_depends_on_the_direction(value: Decimal, target: Decimal) -> None:
    """At the target is reached either way; elsewhere it is reached in one direction alone."""
    up, down = Goal(direction="higher"), Goal(direction="lower")
    assert reached(up, value, target) or reached(down, value, target)
    assert (reached(up, value, target) and reached(down, value, target)) == (value == target)
    assume(value != target)
    assert reached(up, value, target) == (value > target)


def test_a_value_is_met_on_track_or_behind(world_in: WorldIn) -> None:
    """The state of a goal says where its last value stands against the line of that day."""
    world = world_in("issued")
    assert goal(world).state == "no value yet"
    assert goal(world).should_be == Decimal(28)  # day 16 of 20 to the first milestone, 20 to 30
    for value, state in (("27", "behind"), ("28", "on track"), ("50", "met"), ("49", "on track")):
        world.do("log_check_in", "manager", slot="extra", values={"g1": value})
        world.clock.move(minutes=1)
        assert (goal(world).state, goal(world).last) == (state, Decimal(value))


def test_values_stand_in_the_order_of_their_days(world_in: WorldIn) -> None:
    """A check-in typed in late takes its place by the day it was held, and the newest day counts."""
    world = world_in("issued")
    world.do("log_check_in", "manager", slot="w2", occurred_on="2026-03-10", values={"g1": "31"})
    world.do("log_check_in", "manager", slot="w1", occurred_on="2026-03-03", values={"g1": "22"})
    assert [(line.slot, line.value) for line in goal(world).values] == [("w1", Decimal(22)), ("w2", Decimal(31))]
    assert goal(world).last == Decimal(31)


def test_words_for_a_goal_without_number(world_in: WorldIn) -> None:
    """A qualitative goal keeps its words, and is noted until there is a verdict."""
    world = world_in("issued")
    world.do("log_check_in", "manager", slot="w1", values={"g2": {"note": "four of ten"}})
    assert (goal(world, "g2").state, goal(world, "g2").last_note) == ("noted", "four of ten")


def test_a_verdict_outweighs_values(world_in: WorldIn) -> None:
    """Once assessed, a goal is what its last verdict says; a struck verdict counts no more."""
    world = world_in("final_review")
    world.do("assess", "manager", goal="g1", verdict="met", value="52", shown_by="CRM")
    second = world.do("assess", "hr", goal="g1", verdict="not met", value="38", shown_by="CRM")
    assert (goal(world).state, goal(world).verdict_value) == ("not met", Decimal(38))
    world.do("strike", "hr", entry=second.item, reason="Read the wrong line.")
    assert goal(world).state == "met"
    assert sheet(world).suggestion == "Of 2 goals: 1 met."


def test_a_milestone_is_reached_in_time_or_not(world_in: WorldIn) -> None:
    """A milestone is reached by a value on or before its day; without any value nobody can tell."""
    world = world_in("issued")
    assert [line.reached for line in sheet(world).milestones] == [None, None, None]
    world.clock.move(days=10)  # 28 March: the first milestone was due on the 22nd
    world.do("log_check_in", "manager", slot="w2", occurred_on="2026-03-10", values={"g1": "25"})
    assert [line.reached for line in sheet(world).milestones] == [False, None, None]
    world.do("log_check_in", "manager", slot="w3", occurred_on="2026-03-17", values={"g1": "30"})
    assert [line.reached for line in sheet(world).milestones] == [True, None, None]


def test_slots_are_planned_due_overdue_held_or_missed(world_in: WorldIn) -> None:
    """Each planned check-in has the state of its day and its record."""
    world = world_in("active")  # 18 March; w1 is logged
    world.do("miss_check_in", "manager", slot="w2", cause="public_holiday")
    states = {line.id: line.state for line in sheet(world).slots}
    assert states["w1"] == "held"
    assert states["w2"] == "missed"
    assert states["w3"] == "overdue"
    assert states["w4"] == states["final"] == "planned"
    world.clock.move(days=6)
    assert {line.id: line.state for line in sheet(world).slots}["w4"] == "due"


@pytest.mark.parametrize(
    ("act", "data", "message"),
    [
        ("log_check_in", {"slot": "w2"}, "at least one value"),
        ("log_check_in", {"slot": "w2", "helped": "x", "occurred_on": "2026-04-01"}, "once it was held"),
        ("log_check_in", {"slot": "w2", "helped": "x", "occurred_on": "2026-03-01"}, "once it was held"),
        ("miss_check_in", {"slot": "w5", "cause": "other"}, "from that day on"),
        ("miss_check_in", {"slot": "extra", "cause": "other"}, "not planned"),
        ("deliver", {"support": "p1", "occurred_on": "2026-04-01"}, "2026-04-01 is not"),
        ("deliver", {"support": "p1", "occurred_on": "2026-03-01"}, "2026-03-01 is not"),
        ("note", {"text": "x", "occurred_on": "2026-04-01"}, "lies ahead"),
        ("acknowledge", {"occurred_on": "2026-02-01"}, "possible in stage issued"),
        ("withdraw", {"cause": "other", "text": "x", "occurred_on": "2026-02-01"}, "must lie between"),
    ],
)
def test_what_cannot_have_happened_is_refused(
    world_in: WorldIn, act: str, data: dict[str, Any], message: str
) -> None:
    """Days ahead, days before the plan, and records without content are refused in a sentence."""
    with pytest.raises(Refused, match=message):
        world_in("active").do(act, "manager", **data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"values": {"g9": "1"}}, "no goal g9"),
        ({"helped": "x", "done": ["w9/1"]}, "no open action w9/1"),
        ({"values": {"g1": "many"}}, "many"),
    ],
)
def test_a_check_in_names_goals_and_actions_that_exist(world_in: WorldIn, data: dict[str, Any], message: str) -> None:
    """Values belong to goals of the plan, and only open actions are done."""
    with pytest.raises(BadInput, match=message):
        world_in("active").do("log_check_in", "manager", slot="w2", **data)


def test_actions_stay_open_until_a_later_check_in_names_them(world_in: WorldIn) -> None:
    """An action is late after its day, and closed by the check-in that says it is done."""
    world = world_in("active")
    action = sheet(world).actions[0]
    assert (action.ref, action.open, action.late) == ("w1/1", True, True)
    world.do("log_check_in", "manager", slot="w2", done=["w1/1"], helped="x")
    action = sheet(world).actions[0]
    assert (action.open, action.late) == (False, False)


def test_support_is_open_late_partly_or_given(world_in: WorldIn) -> None:
    """A promise runs late after its day, and is kept once it is given in full."""
    world = world_in("issued")  # 18 March; the training was due by the 15th
    assert sheet(world).support[0].state == "late"
    world.do("deliver", "manager", support="p1", complete="no", text="First day.")
    assert sheet(world).support[0].state == "partly"
    given_in_full = world.do("deliver", "manager", support="p1", occurred_on="2026-03-12", shown_by="certificate")
    line = sheet(world).support[0]
    assert (line.state, line.given_on, line.shown_by) == ("given", dt.date(2026, 3, 12), "certificate")
    world.do("strike", "manager", entry=given_in_full.item, reason="Was cancelled.")
    assert sheet(world).support[0].state == "partly"
    with pytest.raises(NotFound, match="Promised: p1"):
        world.do("deliver", "manager", support="p7")


@pytest.mark.parametrize(
    ("days_ago", "late"),
    [(0, False), (1, False), (2, False), (3, True)],
)
def test_what_is_recorded_late_is_marked(world_in: WorldIn, days_ago: int, late: bool) -> None:
    """An entry recorded more than 48 hours after the end of its day is marked late, as the policy says."""
    world = world_in("active")
    day = (world.clock.now.date() - dt.timedelta(days=days_ago)).isoformat()
    world.do("note", "manager", text="Something.", occurred_on=day)
    world.do("log_check_in", "manager", slot="w2", helped="x", occurred_on=day)
    page = sheet(world)
    assert next(line for line in page.entries if line.text == "Something.").late is late
    assert next(line for line in page.check_ins if line.record.slot == "w2").record.late is late


def test_after_the_review_has_opened_all_is_late(world_in: WorldIn) -> None:
    """Check-ins and evidence are accepted after the review has opened, and marked late."""
    world = world_in("final_review")
    world.do("log_check_in", "manager", slot="w9", helped="x")
    world.do("note", "manager", text="Report.", kind="evidence", source="crm")
    page = sheet(world)
    assert next(line for line in page.check_ins if line.record.slot == "w9").record.late
    assert next(line for line in page.entries if line.text == "Report.").late


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"goal": "g9", "verdict": "met", "value": "1", "shown_by": "x"}, "no goal 'g9'"),
        ({"goal": "g1", "verdict": "met", "shown_by": "x"}, "give the value reached"),
        ({"goal": "g1", "verdict": "met", "value": "52"}, "what shows the verdict"),
        ({"goal": "g1", "verdict": "not assessed"}, "say why"),
    ],
)
def test_a_verdict_is_shown_or_explained(world_in: WorldIn, data: dict[str, Any], message: str) -> None:
    """A verdict names its value and what shows it; one that cannot be given says why."""
    with pytest.raises((Refused, NotFound), match=message):
        world_in("final_review").do("assess", "manager", **data)


def test_a_goal_that_could_not_be_assessed_is_counted(world_in: WorldIn) -> None:
    """The summary counts verdicts by kind and decides nothing."""
    world = world_in("final_review")
    world.do("assess", "manager", goal="g1", verdict="not assessed", text="The report was switched off.")
    world.do("assess", "manager", goal="g2", verdict="partly", shown_by="sample")
    assert sheet(world).suggestion == "Of 2 goals: 1 partly met, 1 not assessed."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"next_action": "demotion"}, "one of these follows: regular_management"),
        ({"decided_on": "2026-03-05"}, "before the final review"),
        ({"decided_on": "2027-03-05"}, "must lie between"),
        ({"verdicts": {"g9": {"verdict": "met", "shown_by": "x"}}}, "verdict"),
    ],
)
def test_a_decision_fits_its_result_and_its_days(world_in: WorldIn, change: dict[str, Any], message: str) -> None:
    """What follows fits the result, and the day lies after the review began."""
    world = world_in("final_review")
    given_data = decision("successful", "regular_management") | change
    with pytest.raises((Refused, NotFound)) as told:
        world.do("decide", "manager", **given_data)
    assert message in " ".join((str(told.value), *getattr(told.value, "reasons", ())))
    assert sheet(world).stage == "final_review"


def test_verdicts_come_with_the_decision(world_in: WorldIn) -> None:
    """Verdicts given with the decision stand in it, and the header names it as what the outcome rests on."""
    page = sheet(world_in("partial"))
    assert [line.verdict for line in page.goals] == ["met", "partly"]
    assert page.header.outcome is not None
    assert (page.header.outcome.result, page.header.outcome.decider) == ("partial", "Hana Ito")
    assert not [line for line in page.entries if line.kind == "assessment"]
    decided = next(line for line in page.entries if line.kind == "decision")
    assert (page.header.outcome.entry, dict(decided.details)["verdicts"]) == (
        decided.id,
        "g1 met, 52, CRM report; g2 partly met, sample",
    )
