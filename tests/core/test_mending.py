"""Entries are corrected in the open: the old text stays, the header follows, and nobody mends others' words."""

from typing import Any

import pytest

from piptui.cases.entries import NOTES
from piptui.errors import BadInput, NotFound, Refused

from .conftest import WorldIn
from .world import CASE, COMMENT, NOTE, World


def entry_of(world: World, kind: str) -> str:
    """The id of the only entry of a kind."""
    return next(line.id for line in world.desk("hr").view(CASE).entries if line.kind == kind)


@pytest.mark.parametrize("kind", NOTES)
def test_every_kind_of_note_is_corrected_and_struck(world_in: WorldIn, kind: str) -> None:
    """The new text stands, the old one and the reason stay readable, and a struck entry stays where it was."""
    world = world_in("active")
    more = {"source": "crm"} if kind == "evidence" else {"proof": "present"}
    key = world.do("note", "manager", kind=kind, text="Old words.", **more).item
    world.do("correct", "manager", entry=key, value="New words.", reason="A slip.")
    line = next(line for line in world.desk("hr").view(CASE).entries if line.id == key)
    assert line.text == "New words."
    assert len(line.was) == 1
    assert "Old words." in line.was[0]
    assert "A slip." in line.was[0]
    world.do("strike", "manager", entry=key[:6], reason="Another case.")
    line = next(line for line in world.desk("hr").view(CASE).entries if line.id == key)
    assert (line.text, "Another case." in line.struck) == ("New words.", True)
    for act, given in (("correct", {"value": "x"}), ("strike", {})):
        with pytest.raises(Refused, match="struck already"):
            world.do(act, "manager", entry=key, reason="y", **given)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("submission", "in_review"),
        ("return", "returned"),
        ("launch", "issued"),
        ("approval", "issued"),
        ("review_opened", "final_review"),
        ("assessment", "successful"),
        ("decision", "successful"),
        ("withdrawal", "withdrawn"),
    ],
)
def test_what_a_stage_rests_on_is_corrected_and_not_struck(world_in: WorldIn, kind: str, state: str) -> None:
    """An entry that carries the case can be put right, but not crossed out."""
    world = world_in(state)
    with pytest.raises(Refused, match="can be corrected, not struck"):
        world.do("strike", "hr", entry=entry_of(world, kind), reason="y")
    stage = world.desk("hr").view(CASE).stage
    world.do("correct", "hr", entry=entry_of(world, kind), value="In other words.", reason="y")
    assert world.desk("hr").view(CASE).stage == stage


def test_a_corrected_decision_and_the_header_say_the_same(world_in: WorldIn) -> None:
    """Reason, decider and day of an outcome stand in the entry and in the header, before and after a correction."""
    world = world_in("unsuccessful")
    world.clock.move(days=2)
    key = entry_of(world, "decision")
    for field, value in (("text", "Neither goal."), ("decider", "Vera Stone"), ("occurred_on", "2026-05-18")):
        world.do("correct", "hr", entry=key, field=field, value=value, reason="Minutes of the meeting.")
    outcome = world.desk("hr").view(CASE).header.outcome
    assert outcome is not None
    assert (outcome.reason, outcome.decider, str(outcome.decided_on)) == ("Neither goal.", "Vera Stone", "2026-05-18")
    for field in ("result", "next_action"):
        with pytest.raises(BadInput, match="cannot be corrected"):
            world.do("correct", "hr", entry=key, field=field, value="successful", reason="y")


def test_a_corrected_withdrawal_and_the_header_say_the_same(world_in: WorldIn) -> None:
    """The reason of a withdrawal is one text in two places."""
    world = world_in("withdrawn")
    world.do("correct", "hr", entry=entry_of(world, "withdrawal"), value="Moved abroad.", reason="y")
    withdrawn = world.desk("hr").view(CASE).header.withdrawn
    assert withdrawn is not None
    assert withdrawn.reason == "Moved abroad."


def test_the_day_of_the_launch_stays(world_in: WorldIn) -> None:
    """The dates of an issued plan rest on the day of its delivery, which no correction moves."""
    world = world_in("issued")
    key = entry_of(world, "launch")
    with pytest.raises(BadInput, match="cannot be corrected"):
        world.do("correct", "hr", entry=key, field="occurred_on", value="2026-03-01", reason="y")
    world.do("correct", "hr", entry=key, field="place", value="Room 5", reason="y")


def test_a_check_in_is_corrected_by_its_slot(world_in: WorldIn) -> None:
    """Texts, numbers, words and the day of a check-in are corrected; the old ones stay behind."""
    world = world_in("active")
    for field, value in (
        ("helped", "The new phone."),
        ("values.g1", "26"),
        ("values.g1.note", "counted by hand"),
        ("values.g2.note", "three of ten"),
        ("occurred_on", "2026-03-04"),
    ):
        world.do("correct", "manager", entry="w1", field=field, value=value, reason="Looked it up.")
    record = world.desk("hr").view(CASE).check_ins[0].record
    assert (record.helped, str(record.values["g1"].value), record.values["g1"].note) == (
        "The new phone.",
        "26",
        "counted by hand",
    )
    assert record.values["g2"].note == "three of ten"
    assert [one.was for one in record.corrections] == ["The new list.", "25", "", "", "2026-03-03"]
    assert str(world.desk("hr").view(CASE).goals[0].last) == "26"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("values.g9", "1"),
        ("values.", "1"),
        ("values.g1.colour", "1"),
        ("values.g1", "many"),
        ("slot", "w2"),
        ("by", "x"),
        ("corrections", "x"),
        ("occurred_on", "soonish"),
        ("helped", "The new list."),
    ],
)
def test_what_a_check_in_does_not_say_cannot_be_corrected(world_in: WorldIn, field: str, value: str) -> None:
    """Unknown goals, fields of the machinery, unreadable values and no change at all are refused by name."""
    world = world_in("active")
    head = world.head()
    with pytest.raises(BadInput):
        world.do("correct", "manager", entry="w1", field=field, value=value, reason="y")
    assert world.head() == head


def test_a_missed_check_in_has_only_its_note(world_in: WorldIn) -> None:
    """A check-in that was not held has no values and no day to correct."""
    world = world_in("active")
    world.do("miss_check_in", "manager", slot="w2", cause="manager_missed", text="Forgot.")
    world.do("correct", "manager", entry="w2", value="Was in traffic.", reason="y")
    for field in ("values.g1", "occurred_on", "helped"):
        with pytest.raises(BadInput, match="What can: note"):
            world.do("correct", "manager", entry="w2", field=field, value="1", reason="y")


def test_no_correction_lies_ahead(world_in: WorldIn) -> None:
    """The day of an entry cannot be moved into the future."""
    world = world_in("active")
    for key in ("w1", world.entry(NOTE)):
        with pytest.raises(Refused, match=r"The day must lie .* today"):
            world.do("correct", "hr", entry=key, field="occurred_on", value="2027-01-01", reason="y")


@pytest.mark.parametrize("witness", ["Dana Cole", "dana cole ", "Max Berg"])
def test_no_refusal_is_witnessed_by_the_employee_or_by_who_notes_it(world_in: WorldIn, witness: str) -> None:
    """Neither when it is noted nor by a correction."""
    world = world_in("issued", "team")
    with pytest.raises(Refused, match="somebody else than the employee"):
        world.do("refuse", "manager", text="Did not sign.", witness=witness)
    entry = world.do("refuse", "manager", text="Did not sign.", witness="Vera Stone").item
    with pytest.raises(Refused, match="somebody else than the employee"):
        world.do("correct", "manager", entry=entry, field="witness", value=witness, reason="Looked it up.")
    world.do("correct", "manager", entry=entry, field="witness", value="Hana Ito", reason="Looked it up.")


def test_evidence_is_of_a_goal_that_there_is(world_in: WorldIn) -> None:
    """One that the plan has not is a slip of the pen, and would stand on no page of that goal."""
    world = world_in("active")
    proof = {"text": "31 calls", "kind": "evidence", "source": "crm"}
    with pytest.raises(BadInput, match="There is no goal g9 in the plan"):
        world.do("note", "manager", **proof, goal="g9")
    assert world.do("note", "manager", **proof, goal="g2").seq


def test_the_employee_mends_only_their_own(world_in: WorldIn) -> None:
    """The employee cannot cross out or reword what others recorded; comments are there to answer it."""
    world = world_in("successful")
    shared = world.do("note", "manager", text="Late again.", cls="shared").item
    attempts: tuple[tuple[str, dict[str, Any]], ...] = (("strike", {}), ("correct", {"value": "Was on time."}))
    for key in (shared, "w1", entry_of(world, "launch"), entry_of(world, "decision")):
        for act, more in attempts:
            with pytest.raises(Refused, match="what you said yourself"):
                world.do(act, "employee", entry=key, reason="y", **more)
    world.do("correct", "employee", entry=world.entry(COMMENT), value="Week two, too.", reason="Forgot it.")


def test_nobody_mends_the_employees_words(world_in: WorldIn) -> None:
    """What the employee recorded is not the manager's to change; what somebody typed in for them, that person's."""
    world = world_in("active", "team")
    for role in ("manager", "hr", "second_manager"):
        with pytest.raises(Refused, match="employee's own words"):
            world.do("strike", role, entry=world.entry(COMMENT), reason="y")
    typed = world.do("note", "manager", kind="rebuttal", text="I object.", proof="paper").item
    with pytest.raises(Refused, match="employee's own words"):
        world.do("correct", "hr", entry=typed, value="I agree.", reason="y")
    world.do("correct", "manager", entry=typed, value="I do object.", reason="Misread the letter.")
    world.do("correct", "employee", entry=typed, value="I object to it all.", reason="Said more.")


def test_an_ambiguous_or_unknown_entry_is_named(world_in: WorldIn) -> None:
    """Too little of an id is asked for more; an unknown one is not found."""
    world = world_in("active")
    for wanted in ("zzzzzzzz", "w7", "abc", ""):
        with pytest.raises((NotFound, BadInput)):
            world.do("strike", "hr", entry=wanted, reason="y")
