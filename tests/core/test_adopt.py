"""A plan that already runs on paper is taken over: its days are those of the paper, and nothing of it is late."""

import datetime as dt
from typing import Any

import pytest

from piptui.errors import BadInput, Refused

from .conftest import WorldIn
from .world import CASE, World

PAPER: dict[str, Any] = {"delivered_on": "2026-02-02", "end": "2026-04-30", "document": "HR file 12, sheet 3"}
SIGNED: dict[str, Any] = {"acknowledged_on": "2026-02-04", "seen_by": "Hana Ito"}


def adopt(world: World, **more: Any) -> Any:
    """Take the plan of the world over, as HR."""
    return world.do("adopt", "hr", **(PAPER | more))


def test_an_adopted_plan_has_the_days_of_the_paper(world_in: WorldIn) -> None:
    """Delivered, begun and ended as the paper says, each rule with its day, the slots from the start on."""
    world = world_in("draft")
    assert adopt(world).sentence == "Hana Ito took plan version 1 over from paper, 2026-02-02 to 2026-04-30."
    sheet = world.desk("hr").view(CASE)
    plan = sheet.plan
    assert plan is not None
    assert (plan.delivered_on, plan.start, plan.end) == (
        dt.date(2026, 2, 2),
        dt.date(2026, 2, 2),
        dt.date(2026, 4, 30),
    )
    assert (plan.taken_over_on, plan.source, plan.text.days) == (dt.date(2026, 3, 2), "HR file 12, sheet 3", 87)
    assert (plan.slots[0].id, plan.slots[-1].on) == ("w1", dt.date(2026, 4, 30))
    assert plan.text.goals.items["g1"].due is not None
    assert plan.text.goals.items["g1"].due.on is not None
    assert (sheet.header.start, sheet.header.end, sheet.header.version) == (plan.start, plan.end, 1)
    assert sheet.draft is None


def test_a_signed_paper_makes_the_case_active(world_in: WorldIn) -> None:
    """The signature is on the paper: the acknowledgement says who saw it and names no text of this record."""
    world = world_in("draft")
    adopt(world, **SIGNED)
    assert world.desk("hr").view(CASE).stage == "active"
    stored = world.stored("acknowledgement")
    assert (stored["seen_by"], stored["proof"], stored["ref"]["digest"]) == ("Hana Ito", "paper", "")
    assert ("text", "the paper") in world.line("acknowledgement").details
    assert world.desk("employee").view(CASE).plan_state == "acknowledged"


def test_an_unsigned_paper_is_answered_afterwards(world_in: WorldIn) -> None:
    """Without a signature the case is issued, and the refusal of then is recorded, taken over as well."""
    world = world_in("draft")
    adopt(world)
    assert world.desk("hr").view(CASE).stage == "issued"
    world.do("refuse", "hr", text="Did not sign.", witness="Vera Stone", occurred_on="2026-02-04")
    line = world.line("refusal")
    assert (line.late, line.taken_over) == (False, True)
    assert world.desk("hr").view(CASE).stage == "active"


def test_what_happened_before_is_taken_over_and_not_late(world_in: WorldIn) -> None:
    """Check-ins held or missed and support given before the adoption carry the mark; later ones may be late."""
    world = world_in("draft")
    adopt(world, **SIGNED)
    launch = world.line("launch")
    assert (launch.late, launch.taken_over) == (False, True)
    world.do("log_check_in", "manager", slot="w1", occurred_on="2026-02-03", helped="The new list.")
    world.do("miss_check_in", "manager", slot="w2", cause="public_holiday")
    world.do("deliver", "manager", support="p1", occurred_on="2026-02-10")
    told = [
        (one.record.slot, one.record.late, one.record.taken_over) for one in world.desk("hr").view(CASE).check_ins
    ]
    assert told == [("w1", False, True), ("w2", False, True)]
    assert world.line("delivery").taken_over
    world.clock.move(days=10)
    world.do("log_check_in", "manager", slot="w5", occurred_on="2026-03-03", helped="The list.")
    last = world.desk("hr").view(CASE).check_ins[-1].record
    assert (last.late, last.taken_over) == (True, False)
    text = world.desk("hr").packet(CASE, "hr").text
    assert "Check-in w1, held, Tue 3 Feb 2026, taken over" in text
    assert "HR file 12, sheet 3" in text


def test_after_the_review_has_opened_everything_comes_late(world_in: WorldIn) -> None:
    """A check-in of before the adoption that turns up during the review is late, whatever the paper says."""
    world = world_in("draft")
    adopt(world, **SIGNED)
    world.do("open_review", "hr", text="Agreed.")
    world.do("log_check_in", "manager", slot="w1", occurred_on="2026-02-03", helped="The new list.")
    record = world.desk("hr").view(CASE).check_ins[0].record
    assert (record.late, record.taken_over) == (True, False)


def test_a_corrected_day_keeps_or_loses_the_mark(world_in: WorldIn) -> None:
    """The mark follows the day: corrected to a day after the adoption, a check-in is late or not as any other."""
    world = world_in("draft")
    adopt(world, **SIGNED)
    world.do("log_check_in", "manager", slot="w1", occurred_on="2026-02-03", helped="The new list.")
    world.do("correct", "manager", entry="w1", field="occurred_on", value="2026-02-05", reason="Calendar.")
    assert world.desk("hr").view(CASE).check_ins[0].record.taken_over
    world.do("correct", "manager", entry="w1", field="occurred_on", value="2026-03-02", reason="Calendar.")
    assert not world.desk("hr").view(CASE).check_ins[0].record.taken_over


def test_what_the_paper_lacks_is_kept(world_in: WorldIn) -> None:
    """What would block a plan that is still to be issued is a warning here, and stays in the record."""
    world = world_in("draft")
    world.do("set", "hr", values={"job_description": "", "employee_view": ""})
    adopt(world, override="As it was signed.")
    kept = world.stored("findings")
    assert kept["act"] == "adopt"
    assert {"plan.sections", "case.employee_view"} <= {one["check"] for one in kept["findings"]}
    assert kept["text"] == "As it was signed."
    assert kept["class"] == "manager_hr"


def test_an_empty_draft_is_not_taken_over(world_in: WorldIn) -> None:
    """First the text of the paper, then the adoption."""
    world = world_in("founded")
    world.desk("hr").new({"employee": "1014"})
    with pytest.raises(Refused) as refusal:
        adopt(world)
    assert any("Enter what the paper says first" in reason for reason in refusal.value.reasons)


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        ({"delivered_on": "2026-03-03"}, Refused, "lies ahead"),
        ({"end": "2026-02-02"}, Refused, "before it has begun"),
        ({"end": "2062-04-30"}, Refused, "more than ten years"),
        ({"acknowledged_on": "2026-02-01", "seen_by": "Hana Ito"}, Refused, "signed between"),
        ({"acknowledged_on": "2026-02-04"}, BadInput, "seen_by"),
    ],
)
def test_days_that_cannot_be_on_the_paper(
    world_in: WorldIn, data: dict[str, str], error: type[Exception], told: str
) -> None:
    """A delivery to come, a period that ends first, a signature before the delivery or seen by nobody."""
    world = world_in("draft")
    before = world.head()
    with pytest.raises(error, match=told):
        adopt(world, **data)
    assert world.head() == before


def test_a_period_that_lies_ahead_is_remarked_on(world_in: WorldIn) -> None:
    """A plan that is taken over runs already; a mistyped year would make everything due in that year."""
    desk = world_in("draft").desk("hr")
    data = {"delivered_on": "2026-02-02", "end": "2062-04-30", "document": "HR file 12"}
    found = desk.preview("adopt", CASE, {**data, "start": "2062-02-02"}).findings
    assert "The period begins on 2062-02-02, which lies ahead" in " ".join(one.text for one in found)
    found = desk.preview("adopt", CASE, {**data, "end": "2026-04-30"}).findings
    assert "lies ahead" not in " ".join(one.text for one in found)


def test_in_a_team_store_a_second_person_takes_over(world_in: WorldIn) -> None:
    """Nobody puts a plan into force alone: not the manager, nor HR who manages the employee."""
    world = world_in("draft", "team")
    with pytest.raises(Refused, match="HR takes a plan over"):
        world.do("adopt", "manager", **PAPER)
    world.do("delegate", "hr", role="manager", person="2001", until="in 9 days")
    with pytest.raises(Refused, match="HR takes a plan over"):
        adopt(world)
