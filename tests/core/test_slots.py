"""Which check-in a meeting is: the named one, the open one nearest to its day, or an extra one."""

import datetime as dt
from typing import Any

import pytest

from piptui.errors import BadInput, Conflict, NotFound, Refused

from .conftest import WorldIn
from .meddling import meddled
from .world import CASE, ISSUE, World


def logged(world: World, on: str = "", **more: Any) -> str:
    """Log a check-in without naming it; which one it was taken for."""
    data = {"helped": "x", **({"occurred_on": on} if on else {}), **more}
    key = world.do("log_check_in", "manager", **data).item
    return next(line.record.slot for line in world.desk("hr").view(CASE).check_ins if line.id == key)


@pytest.mark.parametrize(
    ("day", "slot"),
    [
        ("2026-03-02", "w1"),
        ("2026-03-03", "w1"),
        ("2026-03-06", "w1"),
        ("2026-03-07", "w2"),
        ("2026-03-10", "w2"),
        ("2026-03-13", "w2"),
        ("2026-03-14", "w3"),
        ("", "w3"),
    ],
)
def test_a_meeting_is_the_check_in_nearest_to_its_day(world_in: WorldIn, day: str, slot: str) -> None:
    """Up to three days before or after its planned Tuesday, a meeting is that week's check-in; left out: today."""
    world = world_in("issued")  # 18 March; Tuesdays from the 3rd on
    assert logged(world, day) == slot
    planned = next(line.record.planned for line in world.desk("hr").view(CASE).check_ins)
    assert planned == dt.date(2026, 3, 3) + dt.timedelta(weeks=int(slot[1:]) - 1)


def test_a_meeting_far_from_every_open_check_in_is_an_extra_one(world_in: WorldIn) -> None:
    """A second meeting in a week fills no other week: it is extra, and the overdue ones stay overdue."""
    world = world_in("issued")
    assert [logged(world) for _ in range(3)] == ["w3", "x1", "x2"]
    assert logged(world, "2026-03-10") == "w2"
    states = {line.id: line.state for line in world.desk("hr").view(CASE).slots}
    assert [states[key] for key in ("w1", "w2", "w3", "w4", "x1", "x2")] == [
        "overdue",
        "held",
        "held",
        "planned",
        "held",
        "held",
    ]


def test_a_fortnightly_meeting_is_found_within_a_week(world_in: WorldIn) -> None:
    """Where check-ins are two weeks apart, a meeting up to seven days off is the nearest one."""
    world = world_in("draft")
    world.do("set", "manager", field="schedule.cadence", value="biweekly")
    for act, role, data in (("submit", "manager", {}), ("approve", "hr", {}), ("issue", "manager", ISSUE)):
        world.desk(role).do(act, CASE, data)  # type: ignore[arg-type]  # mypy joins the roles to str
    world.clock.move(days=40)  # planned: 3, 17 and 31 March
    assert [logged(world, day) for day in ("2026-03-09", "2026-03-11", "2026-04-07", "2026-03-10")] == [
        "w1",
        "w3",
        "w5",
        "x1",
    ]


def test_of_two_who_log_one_meeting_the_second_is_told(world_in: WorldIn) -> None:
    """Which check-in a meeting is stays settled while its commit is tried again: it is not made an extra one."""
    world = world_in("active")
    desk = meddled(world, "manager", lambda: world.do("log_check_in", "hr", helped="Theirs."))
    with pytest.raises(Refused, match="Check-in w3 is recorded already"):
        desk.do("log_check_in", CASE, {"helped": "Mine."})
    assert [line.record.slot for line in world.desk("hr").view(CASE).check_ins] == ["w1", "w3"]


def test_of_two_who_log_extra_meetings_both_are_kept(world_in: WorldIn) -> None:
    """Extra check-ins have numbers of their own, given as they are committed."""
    world = world_in("active")
    logged(world)
    desk = meddled(world, "manager", lambda: world.do("log_check_in", "hr", helped="Theirs."))
    desk.do("log_check_in", CASE, {"helped": "Mine."})
    found = {line.record.slot: line.record.helped for line in world.desk("hr").view(CASE).check_ins}
    assert (found["x1"], found["x2"]) == ("Theirs.", "Mine.")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"slot": "w1"}, "nearer to w3"),
        ({"slot": "W1"}, "nearer to w3"),
        ({"slot": "1"}, "nearer to w3"),
        ({"slot": "w1", "occurred_on": "2026-03-07"}, "nearer to w2"),
        ({"slot": "w1", "occurred_on": "2026-03-06"}, ""),
        ({"slot": "w3", "occurred_on": "2026-03-04"}, "nearer to w1"),
        ({"slot": "w3"}, ""),
        ({"slot": "w4"}, "lies ahead"),
        ({"slot": "w4", "occurred_on": "2026-03-10"}, "lies ahead"),
        ({"slot": "extra"}, ""),
        ({}, ""),
    ],
)
def test_a_check_in_of_another_day_is_remarked_on(world_in: WorldIn, data: dict[str, Any], told: str) -> None:
    """A meeting nearer to another check-in without a record, or logged for one that lies ahead, is a warning, however
    the check-in is typed."""
    world = world_in("issued")  # 18 March; Tuesdays from the 3rd on
    found = world.do("log_check_in", "manager", helped="x", **data).findings
    assert [(one.check, one.severity, one.where) for one in found] == [("check_in.slot", "warn", "slot")] * bool(told)
    assert all(told in one.text for one in found)


@pytest.mark.parametrize(("day", "told"), [("2026-03-10", False), ("2026-03-11", True)])
def test_a_check_in_more_than_a_week_late_is_remarked_on(world_in: WorldIn, day: str, told: bool) -> None:
    """Where no other check-in without a record is nearer, more than a week after the planned day is a warning."""
    world = world_in("issued")
    for slot in ("w2", "w3"):
        world.do("log_check_in", "manager", slot=slot, helped="x", occurred_on="2026-03-10")
    found = world.do("log_check_in", "manager", slot="w1", helped="x", occurred_on=day).findings
    assert ["is it the right one" in one.text for one in found] == [True] * told


@pytest.mark.parametrize("typed", ["final", "Final"])
def test_the_final_meeting_is_no_check_in(world_in: WorldIn, typed: str) -> None:
    """Who wants to log the final meeting is told which act it is."""
    with pytest.raises(Refused, match="open_review"):
        world_in("active").do("log_check_in", "manager", slot=typed, helped="x")


def test_an_unknown_check_in_is_answered_with_the_planned_ones(world_in: WorldIn) -> None:
    """A check-in that the plan does not have is not found, and the answer lists those it has."""
    with pytest.raises(NotFound, match=r"Planned: w1, w2, .*w9\. Unplanned: extra"):
        world_in("active").do("log_check_in", "manager", slot="w77", helped="x")


@pytest.mark.parametrize("text", ["", "  "])
def test_another_cause_is_said_in_words(world_in: WorldIn, text: str) -> None:
    """A check-in that was missed for another cause says which."""
    world = world_in("active")
    with pytest.raises(BadInput, match="text is missing"):
        world.do("miss_check_in", "manager", slot="w2", cause="other", text=text)
    assert world.do("miss_check_in", "manager", slot="w2", cause="other", text="The office was flooded.").seq


def test_the_sentence_of_a_check_in_names_its_values(world_in: WorldIn) -> None:
    """History tells the figures, and which goals have words: these stay in the check-in."""
    world = world_in("active")
    values = {"g1": "1,200.50", "g2": {"note": "four of ten"}}
    done = world.do("log_check_in", "manager", occurred_on="2026-03-10", values=values)
    assert done.sentence == "Hana Ito logged check-in w2, held on 2026-03-10: g1 1200.50, g2 in words."
    done = world.do("log_check_in", "manager", values={"g2": {"note": "five of ten"}})
    assert done.sentence == "Hana Ito logged check-in w3, held on 2026-03-18: g2 in words."


@pytest.mark.parametrize("table", ["checkins", "entries"])
def test_an_id_says_nothing(world_in: WorldIn, table: str) -> None:
    """Ids of check-ins and answers are made anew each time, so that none is guessed or hit by another's."""
    found = []
    for _ in range(2):
        world = world_in("issued")
        world.do("acknowledge", "employee")
        logged(world, "2026-03-10")
        found += [key for key, _, _ in world.store.list(table)][-1:]
    assert len(set(found)) == 2
    assert all(len(key) == 16 and int(key, 16) for key in found)


def test_an_action_number_is_never_used_again(world_in: WorldIn) -> None:
    """The actions of a struck check-in keep their numbers: a later "w1/1" would mean two things."""
    world = world_in("active")
    world.do("strike", "manager", entry="w1", reason="Wrong week.")
    again = [{"who": "Dana", "text": "another list"}, {"who": "Max", "text": "a call"}]
    world.do("log_check_in", "manager", slot="w1", occurred_on="2026-03-03", helped="x", actions=again)
    assert [line.ref for line in world.desk("hr").view(CASE).actions] == ["w1/2", "w1/3"]
    with pytest.raises(BadInput, match="no open action w1/1"):
        world.do("log_check_in", "manager", slot="w2", helped="x", done=["w1/1"])
    assert world.do("log_check_in", "manager", slot="w2", helped="x", done=["w1/2"]).seq


@pytest.mark.parametrize(
    ("table", "kind", "state", "act", "data"),
    [
        ("checkins", "", "active", "log_check_in", {"helped": "x"}),
        ("checkins", "", "active", "miss_check_in", {"slot": "w2", "cause": "public_holiday"}),
        ("entries", "delivery", "active", "deliver", {"support": "p1"}),
        ("entries", "review_opened", "active", "open_review", {"text": "Agreed."}),
        ("entries", "assessment", "final_review", "assess", {"goal": "g2", "verdict": "met", "shown_by": "sample"}),
        ("entries", "decision", "successful", "note", {"text": "x"}),
    ],
)
def test_what_happens_under_a_plan_names_its_version(
    world_in: WorldIn, table: str, kind: str, state: str, act: str, data: dict[str, Any]
) -> None:
    """Check-ins, deliveries, the review, verdicts and the decision say which version of the plan they are of."""
    world = world_in(state)
    world.do(act, "manager", **data)
    document = world.stored(kind) if kind else world.store.list(table)[-1][1]
    assert document["version"] == 1


def test_a_check_in_never_conflicts_with_a_reading(world_in: WorldIn) -> None:
    """Logging rests on the case as it is committed to; an old reading is no reason to refuse it."""
    world = world_in("active")
    seen = world.desk("manager").view(CASE).revision
    world.do("deliver", "hr", support="p1")
    try:
        world.desk("manager").do("log_check_in", CASE, {"helped": "x"}, expect=seen)
    except Conflict as error:
        pytest.fail(str(error))
