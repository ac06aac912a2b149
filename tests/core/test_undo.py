"""One's own last step is taken back by a new one, and the record shows both."""

import pytest

from piptui.cases.words import Role
from piptui.desk.api import Target
from piptui.errors import Conflict, Refused

from .conftest import WorldIn
from .world import CASE, ISSUE, World

WHO_DID: dict[str, Role] = {"in_review": "manager", "approved": "hr", "successful": "hr", "withdrawn": "hr"}
"""State -> whose last step led there."""


def told(world: World) -> list[str]:
    """The sentences of the case, oldest first."""
    return [line.sentence for line in world.desk("hr").history(CASE)]


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("put", {"collection": "goals", "item": {"kind": "qualitative", "statement": "Answer within a day."}}),
        ("put", {"collection": "links", "item": {"name": "Room", "location": "4.12"}}),
        ("set", {"field": "context", "value": "Something else."}),
        ("remove", {"collection": "thresholds", "id": "t2"}),
    ],
)
def test_a_step_in_the_draft_is_taken_back_to_the_letter(
    world_in: WorldIn, act: str, data: dict[str, object]
) -> None:
    """The draft is as it was; both steps stand in the history, and earlier versions can still be read."""
    world = world_in("draft")
    before = world.desk("manager").view(CASE).draft
    done = world.do(act, "manager", **data)
    changed = world.desk("manager").view(CASE).draft
    assert changed != before
    world.do("undo", "manager")
    assert world.desk("manager").view(CASE).draft == before
    assert told(world)[-2:] == [done.sentence, f"Hana Ito undid: {done.sentence}"]


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("set", {"values": {"context": "Something else.", "manager": "1015", "zone": "Asia/Tokyo"}}),
        ("put", {"plan": {"context": "Something else.", "manager": "1015", "zone": "Asia/Tokyo"}}),
    ],
)
def test_a_step_in_draft_and_header_is_taken_back_in_both(
    world_in: WorldIn, act: str, data: dict[str, object]
) -> None:
    """Who is who and where comes back with the text; each document says of itself what was undone."""
    world = world_in("draft")
    desk = world.desk("hr")
    before = desk.view(CASE)
    world.do(act, "hr", **data)
    assert next(one.possible for one in desk.acts(CASE) if one.act == "undo")
    world.do("undo", "hr")
    after = desk.view(CASE)
    assert (after.draft, after.header) == (before.draft, before.header)
    undone = {line.sentence for line in desk.history(CASE) if line.act == "undo"}
    assert len(undone) == 2
    assert any("manager to Pat Doe" in one and "context" not in one for one in undone)


def test_what_was_put_on_file_is_struck_and_stays_readable(world_in: WorldIn) -> None:
    """A note is crossed out with the reason, a check-in frees its slot, and nothing leaves the record."""
    world = world_in("active")
    key = world.do("note", "manager", text="Meant for another case.").item
    world.do("undo", "manager")
    line = next(line for line in world.desk("hr").view(CASE).entries if line.id == key)
    assert (line.text, "Undone." in line.struck) == ("Meant for another case.", True)
    open_slots = [slot.id for slot in world.desk("hr").view(CASE).slots if not slot.checkin]
    slot = world.do("log_check_in", "manager", helped="The new list.").sentence.split("check-in ")[1][:2]
    assert slot not in [slot.id for slot in world.desk("hr").view(CASE).slots if not slot.checkin]
    world.do("undo", "manager")
    assert [slot.id for slot in world.desk("hr").view(CASE).slots if not slot.checkin] == open_slots


def test_a_step_is_undone_once(world_in: WorldIn) -> None:
    """Undo twice would take back what nobody meant: the second one is refused, and says where to go."""
    world = world_in("active")
    world.do("note", "manager", text="One.")
    world.do("note", "manager", text="Two.")
    world.do("undo", "manager")
    with pytest.raises(Refused, match="undone already"):
        world.do("undo", "manager")
    assert [line.struck for line in world.desk("hr").view(CASE).entries if line.text == "One."] == [""]


@pytest.mark.parametrize("state", WHO_DID)
def test_what_a_stage_rests_on_has_another_way_back(world_in: WorldIn, state: str) -> None:
    """Submitting, issuing, deciding are not undone: the refusal names the step and writes nothing."""
    world = world_in(state, "team")
    head = world.head()
    stage = world.desk("hr").view(CASE).stage
    with pytest.raises(Refused, match="cannot be undone"):
        world.do("undo", WHO_DID[state])
    assert world.head() == head
    assert world.desk("hr").view(CASE).stage == stage


def test_nobody_undoes_what_others_did(world_in: WorldIn) -> None:
    """The last step of the manager is not HR's to take back; what HR did before it is HR's last one."""
    world = world_in("active", "team")
    mine = world.do("note", "hr", text="By HR.").item
    world.do("note", "manager", text="By the manager.")
    world.do("undo", "hr")
    struck = {line.text for line in world.desk("hr").view(CASE).entries if line.struck}
    assert struck == {"By HR."}
    assert mine in {line.id for line in world.desk("hr").view(CASE).entries if line.struck}


def test_what_was_changed_again_is_not_undone(world_in: WorldIn) -> None:
    """Somebody else wrote in the draft since: their words would go with mine."""
    world = world_in("draft", "team")
    world.do("set", "manager", field="context", value="Mine.")
    world.do("set", "hr", field="root_cause", value="Theirs.")
    with pytest.raises(Refused, match="was changed again since"):
        world.do("undo", "manager")
    assert world.desk("manager").view(CASE).draft.root_cause == "Theirs."  # type: ignore[union-attr]  # a draft


@pytest.mark.parametrize("since", ["corrected", "removed"])
def test_no_older_step_is_undone_in_place_of_one_that_others_changed(world_in: WorldIn, since: str) -> None:
    """The last step is a note that HR has corrected or removed since: the edit before it stays."""
    world = world_in("draft", "team")
    world.do("set", "manager", field="context", value="Mine.")
    noted = world.do("note", "manager", text="Mien, too.").item
    if since == "corrected":
        world.do("correct", "hr", entry=noted, value="Mine, too.", reason="A slip of the pen.")
    else:
        world.desk("hr").redact(Target(case=CASE, entry=noted), "Asked for, ticket 12.")
    line = next(one for one in world.desk("manager").acts(CASE) if one.act == "undo")
    assert (line.possible, line.reason) == (
        False,
        "What your last step changed was changed again since: it cannot be undone.",
    )
    with pytest.raises(Refused, match="was changed again since"):
        world.do("undo", "manager")
    assert world.desk("manager").view(CASE).draft.context == "Mine."  # type: ignore[union-attr]  # a draft


def test_another_step_than_the_last_is_not_undone(world_in: WorldIn) -> None:
    """A script that names its step undoes that one or nothing."""
    world = world_in("active")
    first = world.do("note", "manager", text="One.").seq
    second = world.do("note", "manager", text="Two.").seq
    with pytest.raises((Refused, Conflict), match=f"step {second} is"):
        world.do("undo", "manager", step=first)
    world.do("undo", "manager", step=second)


def test_acts_say_beforehand_whether_there_is_something_to_undo(world_in: WorldIn) -> None:
    """The list of acts has the reason, and the preview the sentence."""
    world = world_in("approved", "team")
    world.do("issue", "manager", **ISSUE)
    line = next(one for one in world.desk("manager").acts(CASE) if one.act == "undo")
    assert not line.possible
    assert "cannot be undone" in line.reason
    world.do("note", "manager", text="One.")
    line = next(one for one in world.desk("manager").acts(CASE) if one.act == "undo")
    assert line.possible
    assert (
        world.desk("manager").preview("undo", CASE, {}).sentences[0].startswith("Max Berg undid: Max Berg recorded")
    )
