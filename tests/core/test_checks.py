"""Every named check: a case that it stops or remarks on, and a whole plan that passes all of them."""

from collections.abc import Callable
from typing import Any

import pytest

from piptui.checks.gate import COMPLETE, GATES, WORTH_A_LOOK
from piptui.errors import Refused

from .conftest import WorldIn
from .world import CASE, ISSUE, VERDICTS, World, decision

Change = tuple[str, dict[str, Any]]


def put(collection: str, key: str = "", **item: Any) -> Change:
    """An act that changes an item."""
    return "put", {"collection": collection, "id": key, "item": item}


def cut(collection: str, *keys: str) -> tuple[Change, ...]:
    """Acts that remove items."""
    return tuple(("remove", {"collection": collection, "id": key}) for key in keys)


def fill(field: str, value: Any = "") -> Change:
    """An act that sets a field, by default to nothing."""
    return "set", {"field": field, "value": value}


SPOILT: tuple[tuple[str, str, tuple[Change, ...]], ...] = (
    ("plan.sections", "job_description", (fill("job_description"),)),
    ("plan.sections", "context", (fill("context", "   "),)),
    ("plan.sections", "root_cause", (fill("root_cause"),)),
    ("plan.sections", "consequences", (fill("consequences"),)),
    ("plan.sections", "category", (fill("category"),)),
    ("plan.sections", "days", (fill("days"),)),
    ("plan.length", "days_reason", (fill("days", "90"),)),
    ("plan.standards", "standards", cut("standards", "s1")),
    ("plan.standards", "standards.s1.statement", (put("standards", "s1", statement=""),)),
    ("plan.standards", "standards.s1.reference", (put("standards", "s1", reference=" "),)),
    ("plan.gaps", "gaps", cut("gaps", "a1", "a2", "a3")),
    ("plan.gaps", "gaps.a1.statement", (put("gaps", "a1", statement=""),)),
    ("plan.gaps", "gaps.a1.standard", (put("gaps", "a1", standard="s9"),)),
    ("plan.gaps", "gaps.a1.impact", (put("gaps", "a1", impact=""),)),
    ("plan.gaps", "gaps.a1.evidence", cut("evidence", "e1")),
    ("plan.evidence", "evidence.e1.statement", (put("evidence", "e1", statement=""),)),
    ("plan.evidence", "evidence.e1.gap", (put("evidence", "e1", gap=""),)),
    ("plan.evidence", "evidence.e1.on", (put("evidence", "e1", on=""),)),
    ("plan.evidence", "evidence.e1.on", (put("evidence", "e1", on="2027-01-01"),)),
    ("plan.evidence", "evidence.e2.on", (put("evidence", "e2", since="2027-01-01", until=""),)),
    ("plan.evidence", "evidence.e2.until", (put("evidence", "e2", until="2025-12-31"),)),
    ("plan.goals", "goals", cut("goals", "g1", "g2")),
    ("plan.goals", "goals.g1.statement", (put("goals", "g1", statement=""),)),
    ("plan.goals", "goals.g1.metric", (put("goals", "g1", metric=""),)),
    ("plan.goals", "goals.g1.target", (put("goals", "g1", target=""),)),
    ("plan.goals", "goals.g1.baseline", (put("goals", "g1", baseline=""),)),
    ("plan.goals", "goals.g1.direction", (put("goals", "g1", direction="lower"),)),
    ("plan.goals", "goals.g1.direction", (put("goals", "g1", target="10"),)),
    ("plan.goals", "goals.g1.due", (put("goals", "g1", due=""),)),
    ("plan.goals", "goals.g1.due", (put("goals", "g1", due="week 10"),)),
    ("plan.goals", "goals.g1.due", (put("goals", "g1", due="day 61"),)),
    ("plan.goals", "goals.g1.proof", (put("goals", "g1", proof=""),)),
    ("plan.goals", "goals.g1.gap", (put("goals", "g1", gap="a9"),)),
    ("plan.goals", "goals.g1.standard", (put("goals", "g1", standard=""),)),
    ("plan.goals", "goals.g2.criterion", (put("goals", "g2", criterion=""),)),
    ("plan.milestones", "milestones.m1.goal", (put("milestones", "m1", goal="g9"),)),
    ("plan.milestones", "milestones.m1.week", (put("milestones", "m1", week="", first_week=""),)),
    ("plan.milestones", "milestones.m1.first_week", (put("milestones", "m1", first_week="4"),)),
    ("plan.milestones", "milestones.m3.week", (put("milestones", "m3", week="10"),)),
    ("plan.support", "support", cut("support", "p1")),
    ("plan.support", "support.p1.statement", (put("support", "p1", statement=""),)),
    ("plan.support", "support.p1.provider", (put("support", "p1", provider=""),)),
    ("plan.support", "support.p1.due", (put("support", "p1", due="week 10"),)),
    ("plan.schedule", "schedule.weekday", (fill("schedule.weekday"),)),
    ("plan.thresholds", "thresholds", cut("thresholds", "t1", "t2")),
    ("plan.thresholds", "thresholds.t1.criterion", (put("thresholds", "t1", criterion=""),)),
    ("plan.number_of_gaps", "gaps", cut("gaps", "a3")),
    ("plan.no_milestones", "milestones", cut("milestones", "m1", "m2", "m3")),
    ("plan.empty_weeks", "milestones", cut("milestones", "m2")),
    ("plan.old_evidence", "evidence.e1.on", (put("evidence", "e1", on="2025-06-01"),)),
    ("plan.old_evidence", "evidence.e1.on", (put("evidence", "e1", on="2024-06-01"),)),
    ("plan.usual_length", "days", (fill("days", "75"),)),
    ("plan.smart_words", "goals.g1.achievable", (put("goals", "g1", achievable=" "),)),
    ("plan.smart_words", "goals.g2.relevant", (put("goals", "g2", relevant=""),)),
    ("plan.meeting_length", "schedule.minutes", (fill("schedule.minutes", "90"),)),
)
"""Check, the place it names, and the acts that spoil a plan which passes."""


@pytest.mark.parametrize(("name", "where", "acts"), SPOILT)
def test_a_spoilt_plan_is_found_and_a_whole_one_is_not(
    world_in: WorldIn, name: str, where: str, acts: tuple[Change, ...]
) -> None:
    """The check says nothing about the whole plan, and names the place once it is spoilt, in a sentence."""
    world = world_in("draft")
    desk = world.desk("manager")
    assert desk.preview("submit", CASE, {}).findings == ()
    for act, data in acts:
        desk.do(act, CASE, data)
    found = {(one.check, one.where): one for one in desk.preview("submit", CASE, {}).findings}
    assert (name, where) in found, found
    finding = found[name, where]
    assert finding.text.endswith((".", "?"))
    blocking = {check.name for check in COMPLETE}
    assert finding.severity == ("block" if name in blocking else "warn")


def test_every_check_of_the_plan_is_tried() -> None:
    """A new check of the plan needs a plan that it stops."""
    assert {check.name for check in (*COMPLETE, *WORTH_A_LOOK)} == {name for name, _, _ in SPOILT}


def test_a_blocked_act_lists_every_reason_and_writes_nothing(world_in: WorldIn) -> None:
    """All that has to be mended is told at once; nothing is submitted."""
    world = world_in("draft")
    for field in ("context", "root_cause"):
        world.do("set", "manager", field=field, value="")
    head = world.head()
    with pytest.raises(Refused, match="2 things to mend first") as told:
        world.do("submit", "manager")
    assert len(told.value.reasons) == 2
    assert world.head() == head


@pytest.mark.parametrize("act", ["submit", "approve", "issue"])
def test_warnings_do_not_stop_an_act(world_in: WorldIn, act: str) -> None:
    """A warning comes back with the act that was done."""
    state = {"submit": "draft", "approve": "in_review", "issue": "approved"}[act]
    world = world_in(state)
    world.do("set", "hr", field="schedule.minutes", value="90")
    if act == "issue":
        world.do("approve", "hr")
    done = world.do(act, "hr", **(ISSUE if act == "issue" else {}))
    assert "plan.meeting_length" in {one.check for one in done.findings}


def test_passed_warnings_are_kept_for_manager_and_hr(world_in: WorldIn) -> None:
    """What the gate of issue found is recorded word for word with the reason, and not for the employee."""
    world = world_in("approved")
    done = world.do("issue", "manager", **(ISSUE | {"copy_given_on": ""}), override="Sent tomorrow.")
    text = done.findings[0].text
    kept = next(line for line in world.desk("hr").view(CASE).entries if line.kind == "findings")
    assert kept.cls == "manager_hr"
    assert text in str(kept.details)
    assert kept.text == "Sent tomorrow."
    assert not [line for line in world.desk("employee").view(CASE).entries if line.kind == "findings"]


def approved_later(world: World, *, days: int) -> None:
    """The plan is edited, and approved again some days after it was first."""
    world.clock.move(days=days)
    world.do("set", "manager", field="context", value="Third quarter.")
    world.do("approve", "hr")


@pytest.mark.parametrize(("override", "asked"), [("", True), ("Handed over by mistake.", False)])
def test_who_has_said_why_is_not_asked_for_it(world_in: WorldIn, override: str, asked: bool) -> None:
    """A plan delivered before its approval: that it was so stays a finding, the question goes with its answer."""
    world = world_in("approved")
    approved_later(world, days=2)
    data = ISSUE | {"delivered_on": "2026-03-03", "override": override}
    found = [
        one.text for one in world.desk("hr").preview("issue", CASE, data).findings if one.where == "delivered_on"
    ]
    assert len(found) == 1
    assert "before its approval" in found[0]
    assert ("say why" in found[0]) is asked


ISSUES: tuple[tuple[str, str, Callable[[World], object], dict[str, Any]], ...] = (
    (
        "case.parties",
        "manager",
        lambda world: (world.do("set", "hr", field="manager", value=""), world.do("approve", "hr")),
        {},
    ),
    (
        "case.parties",
        "hr_partner",
        lambda world: (world.do("set", "hr", field="hr_partner", value=""), world.do("approve", "hr")),
        {},
    ),
    (
        "case.employee_view",
        "employee_view",
        lambda world: (world.do("set", "hr", field="employee_view", value=""), world.do("approve", "hr")),
        {},
    ),
    ("launch.meeting", "place", lambda world: None, {"place": ""}),
    ("launch.meeting", "attendees", lambda world: None, {"attendees": ""}),
    ("launch.meeting", "consequences_explained", lambda world: None, {"consequences_explained": "no"}),
    ("launch.copy", "copy_given_on", lambda world: None, {"copy_given_on": ""}),
    ("launch.copy", "copy_given_on", lambda world: world.clock.move(days=3), {"delivered_on": "2026-03-02"}),
    (
        "launch.copy",
        "delivered_on",
        lambda world: approved_later(world, days=2),
        {"delivered_on": "2026-03-03"},
    ),
    (
        "plan.due_dates",
        "goals.g1.due",
        lambda world: (
            world.do("put", "hr", collection="goals", id="g1", item={"due": "2026-12-24"}),
            world.do("approve", "hr"),
        ),
        {},
    ),
    (
        "plan.due_dates",
        "milestones.m4.on",
        lambda world: (
            world.do("put", "hr", collection="milestones", item={"goal": "g1", "on": "2026-02-01"}),
            world.do("approve", "hr"),
        ),
        {},
    ),
)


@pytest.mark.parametrize(("name", "where", "spoil", "more"), ISSUES)
def test_the_launch_is_complete(
    world_in: WorldIn, name: str, where: str, spoil: Callable[[World], object], more: dict[str, Any]
) -> None:
    """The gate of issue asks for parties, the employee's view, the meeting, the copy, and dates in the period."""
    world = world_in("approved")
    desk = world.desk("hr")
    assert desk.preview("issue", CASE, ISSUE).findings == ()
    spoil(world)
    found = {(one.check, one.where) for one in desk.preview("issue", CASE, ISSUE | more).findings}
    assert (name, where) in found


def test_a_view_that_is_missing_for_a_reason_passes(world_in: WorldIn) -> None:
    """The employee's view may be absent where it is said why (S05C)."""
    world = world_in("approved")
    world.do("set", "hr", values={"employee_view": "", "employee_view_absence": "On sick leave."})
    world.do("approve", "hr")
    assert world.desk("hr").preview("issue", CASE, ISSUE).findings == ()


def test_legal_review_needs_a_reviewer(world_in: WorldIn) -> None:
    """Where legal review is required, nothing is approved before the reviewer is named (S005)."""
    world = world_in("in_review")
    world.do("set", "hr", values={"legal_review": "yes", "legal_reviewer": ""})
    assert [one.check for one in world.desk("hr").preview("approve", CASE, {}).findings] == ["case.legal"]
    world.do("set", "hr", field="legal_reviewer", value="2002")
    assert world.desk("hr").preview("approve", CASE, {}).findings == ()


def test_a_review_that_is_dated_back_is_remarked_on(world_in: WorldIn) -> None:
    """Recorded after the period and dated into it, the record would say that it began early; or before a check-in."""
    world = world_in("active")
    world.do("log_check_in", "manager", slot="w2", occurred_on="2026-03-17", helped="The new list.")
    world.clock.move(days=60)
    desk = world.desk("hr")
    assert desk.preview("open_review", CASE, {}).findings == ()
    found = desk.preview("open_review", CASE, {"occurred_on": "2026-03-10"}).findings
    assert [one.check for one in found] == ["review.early", "review.early"]
    assert "say why the final review begins earlier" in found[0].text
    assert "Check-in w2 was held on 2026-03-17" in found[1].text


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"decider": "dana cole"}, "is the employee of this plan"),
        ({"decided_on": "2026-05-17"}, ""),
        ({"decider": "max berg"}, ""),
        ({"decided_on": "2026-03-02"}, "Check-in w1 was held on 2026-03-03"),
    ],
)
def test_an_outcome_by_the_employee_or_before_a_check_in_is_remarked_on(
    world_in: WorldIn, more: dict[str, str], told: str
) -> None:
    """Nothing of that is forbidden, and nothing of it happens by a slip of the pen."""
    world = world_in("active")
    world.clock.move(days=60)
    world.do("open_review", "manager", occurred_on="2026-03-02", text="As agreed.")
    given = {**decision("successful", "regular_management"), **more}
    found = [
        one.text for one in world.desk("hr").preview("decide", CASE, given).findings if one.check == "outcome.odd"
    ]
    assert [told in one for one in found] == [True] * bool(told)


def test_an_early_review_is_remarked_on(world_in: WorldIn) -> None:
    """A review before the end of the period is a warning; on the last day it is none."""
    world = world_in("active")
    assert [one.check for one in world.desk("hr").preview("open_review", CASE, {}).findings] == ["review.early"]
    world.clock.move(days=60)
    assert world.desk("hr").preview("open_review", CASE, {}).findings == ()


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("outcome.verdicts", "verdicts"),
        ("outcome.support", "support_reason"),
        ("outcome.check_ins", "check_in_reason"),
    ],
)
def test_an_outcome_has_verdicts_and_reasons(world_in: WorldIn, name: str, without: str) -> None:
    """Each goal has its verdict, and what was promised or planned and not done is explained."""
    world = world_in("final_review")
    whole = decision("partial", "reassignment")
    desk = world.desk("manager")
    assert desk.preview("decide", CASE, whole).findings == ()
    found = desk.preview("decide", CASE, {key: part for key, part in whole.items() if key != without}).findings
    assert {one.check for one in found} == {name}
    assert {one.severity for one in found} == {"block"}


def test_what_was_done_needs_no_reason(world_in: WorldIn) -> None:
    """With all support given, all check-ins recorded and all goals assessed, a reason alone decides."""
    world = world_in("final_review")
    world.do("deliver", "manager", support="p1")
    for slot in range(2, 10):
        world.do("log_check_in", "manager", slot=f"w{slot}", helped="x")
    for goal, verdict in VERDICTS.items():
        world.do("assess", "manager", goal=goal, **verdict)
    bare = {"result": "partial", "next_action": "reassignment", "reason": "As shown."}
    assert world.desk("hr").preview("decide", CASE, bare).findings == ()


def test_missed_check_ins_are_told_where_the_outcome_is_decided(world_in: WorldIn) -> None:
    """Who missed what is a warning at the decision, never a block."""
    world = world_in("final_review")
    world.do("miss_check_in", "manager", slot="w2", cause="manager_missed")
    done = world.do("decide", "manager", **decision("partial", "reassignment"))
    assert [(one.check, one.severity) for one in done.findings] == [("outcome.missed", "warn")]


def test_every_gate_is_of_an_act() -> None:
    """A gate without an act would never be asked, and no check has two severities."""
    from piptui.cases.acts import ACTS

    assert set(GATES) <= set(ACTS)
    # A plan that is taken over is as the paper says: what would stop a new one is only told.
    gates = [checks for act, checks in GATES.items() if act != "adopt"]
    severities = {(check.name, check.severity) for checks in gates for check in checks}
    assert len(severities) == len({name for name, _ in severities})


@pytest.mark.parametrize(
    ("on", "text"),
    [
        ("2025-09-03", ""),
        ("2025-09-02", "e1 is older than 180 days: say why it still counts, or leave it out."),
        ("2025-03-02", "e1 is older than 180 days: say why it still counts, or leave it out."),
        ("2025-03-01", "e1 is older than 365 days: history reaches no further back."),
    ],
)
def test_old_evidence_is_told_by_its_age(world_in: WorldIn, on: str, text: str) -> None:
    """Older than the window for evidence and older than any history are two remarks, each from its first day on."""
    world = world_in("draft")  # 2 March 2026
    world.do("put", "manager", collection="evidence", id="e1", item={"on": on})
    assert [one.text for one in world.desk("hr").preview("submit", CASE, {}).findings] == [text] * bool(text)


@pytest.mark.parametrize(
    ("days", "warned"), [("30", False), ("60", False), ("90", False), ("31", True), ("120", True)]
)
def test_an_unusual_length_is_remarked_on_even_with_a_reason(world_in: WorldIn, days: str, warned: bool) -> None:
    """30, 60 and 90 days are usual; a reason lifts the block, not the remark."""
    world = world_in("draft")
    values = {"days": days, "days_reason": "Agreed with HR."}
    world.do("set", "manager", values=values)
    world.do("put", "manager", collection="goals", id="g1", item={"due": "week 2"})
    world.do("put", "manager", collection="goals", id="g2", item={"due": "week 2"})
    found = {one.check: one for one in world.desk("hr").preview("submit", CASE, {}).findings}
    assert ("plan.usual_length" in found) is warned
    assert "plan.length" not in found


@pytest.mark.parametrize(
    ("result", "verdicts", "where"),
    [
        ("unsuccessful", ("met", "met"), ["result"]),
        ("unsuccessful", ("met", "partly"), []),
        ("successful", ("not_met", "partly"), ["result"]),
        ("successful", ("met", "not_met"), []),
        ("partial", ("met", "met"), []),
        ("partial", ("not_met", "not_met"), []),
    ],
)
def test_a_result_that_the_verdicts_do_not_suggest_is_remarked_on(
    world_in: WorldIn, result: str, verdicts: tuple[str, str], where: list[str]
) -> None:
    """A person decides; a result against every verdict is asked about, and passes."""
    world = world_in("final_review")
    data = decision(result, "regular_management" if result != "unsuccessful" else "demotion")
    given = {f"g{at}": {"verdict": one, "value": "1", "shown_by": "CRM"} for at, one in enumerate(verdicts, 1)}
    done = world.do("decide", "manager", **(data | {"verdicts": given}))
    assert [(one.check, one.severity, one.where) for one in done.findings] == [
        ("outcome.odd", "warn", place) for place in where
    ]


@pytest.mark.parametrize(
    ("decider", "told"), [("Pat Doe", True), ("Vera Stone", False), ("Hana Ito", False), ("", False)]
)
def test_a_decider_from_outside_is_remarked_on(world_in: WorldIn, decider: str, told: bool) -> None:
    """Who decides is usually a party of the case; anybody else is asked about."""
    world = world_in("final_review")
    found = world.desk("manager").preview("decide", CASE, decision("partial", "reassignment") | {"decider": decider})
    assert [one.where for one in found.findings if one.check == "outcome.odd"] == ["decider"] * told


def test_verdicts_given_before_count_for_the_oddness(world_in: WorldIn) -> None:
    """The remark rests on all verdicts that count, whenever they were given."""
    world = world_in("final_review")
    for goal in ("g1", "g2"):
        world.do("assess", "manager", goal=goal, verdict="met", value="52", shown_by="CRM")
    data = decision("unsuccessful", "demotion") | {"verdicts": {}}
    assert [one.where for one in world.desk("hr").preview("decide", CASE, data).findings] == ["result"]
