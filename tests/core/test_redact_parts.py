"""A part of a document that was removed: nothing of it is left, and nobody is told that it was never said."""

import pytest

from piptui.cli.sheet import sheet_lines
from piptui.desk.api import Target
from piptui.errors import BadInput

from .conftest import WorldIn
from .test_redact import MARK, WHY, anywhere
from .world import CASE, World

GONE = "(removed from the record on 2026-03-18)"
TOLD = f"removed on 2026-03-18 by Hana Ito: {WHY}"


def test_a_check_in_says_which_of_its_parts_were_removed(world_in: WorldIn) -> None:
    """Each removal with its parts, when, by whom and why: for people in a sentence, for programs in the record."""
    world = world_in("active")
    world.do("log_check_in", "manager", slot="w2", helped="The list.", note="Said.", values={"g1": {"value": "25"}})
    desk = world.desk("hr")
    desk.redact(Target(case=CASE, entry="w2", fields=("helped", "values.g1")), WHY)
    desk.redact(Target(case=CASE, entry="w2", fields=("note",)), WHY)
    line = next(one for one in desk.view(CASE).check_ins if one.record.slot == "w2")
    assert line.removed == f"helped and values.g1 {TOLD}; note {TOLD}"
    assert [one.fields for one in line.record.removed_parts or ()] == [("helped", "values.g1"), ("note",)]
    for audience in ("employee", "hr"):
        assert f"**Text:** helped and values.g1 {TOLD}" in desk.packet(CASE, audience).text
    desk.redact(Target(case=CASE, entry="w2"), WHY)
    line = next(one for one in desk.view(CASE).check_ins if one.record.slot == "w2")
    assert (line.removed, line.record.removed_parts) == (TOLD, None)


def test_a_removed_part_of_the_plan_is_not_told_as_never_stated(world_in: WorldIn) -> None:
    """Every reader of the plan sees where a text was removed, the employee and whoever signs among them."""
    world = world_in("active")
    desk = world.desk("hr")
    desk.redact(Target(case=CASE, entry="v1", fields=("context", "goals.g1.statement")), WHY)
    sheet = desk.view(CASE)
    assert sheet.plan_removed == f"context and goals.g1.statement {TOLD}"
    assert sheet.goals[0].statement == GONE
    for audience in ("employee", "manager", "hr", "counsel", "sign_off"):
        text = desk.packet(CASE, audience).text
        assert sheet.plan_removed in text.replace("\\", "")
        assert text.count(GONE) >= (1 if audience == "sign_off" else 2)
        assert "## Context\n\nNot stated." not in text
    found = desk.version(CASE, 1)
    assert found.plan is not None
    assert found.plan.text.context == GONE


def test_what_is_shown_in_place_of_a_removed_part_is_stored_nowhere(world_in: WorldIn) -> None:
    """It is a way of reading: the next acts on the case put nothing of it on record."""
    world = world_in("active")
    world.desk("hr").redact(Target(case=CASE, entry="v1", fields=("context",)), WHY)
    world.do("log_check_in", "manager", slot="w3", helped="The list.")
    assert not anywhere(world, "removed from the record on")


def struck(world: World) -> str:
    """A note that was corrected and then crossed out; its id."""
    entry = str(world.do("note", "hr", text="Said.").item)
    world.do("correct", "hr", entry=entry, value="As it was said.", reason=f"{MARK} misheard.")
    world.do("strike", "hr", entry=entry, reason=f"{MARK}: of another case.")
    return entry


@pytest.mark.parametrize("field", ["removed_parts", "removed", "occurred_on", "by", "struck.by", "corrections.0"])
def test_that_something_was_done_to_a_document_stays_told(world_in: WorldIn, field: str) -> None:
    """No removal takes away who recorded it, that it was crossed out or that something was removed."""
    world = world_in("active")
    with pytest.raises(BadInput, match=f"no field '{field}'"):
        world.desk("hr").redact(Target(case=CASE, entry=struck(world), fields=(field,)), WHY)


def test_reasons_of_corrections_and_strikes_go_and_what_was_done_stays(world_in: WorldIn) -> None:
    """Earlier texts and the reasons can go alone: the entry is still corrected and crossed out, by whom and when."""
    world = world_in("active")
    entry, desk = struck(world), world.desk("hr")
    before = world.line("note")
    desk.redact(Target(case=CASE, entry=entry, fields=("corrections", "struck")), WHY)
    assert not anywhere(world, MARK)
    after = world.line("note")
    assert (after.text, after.struck) == (before.text, "(removed) (Hana Ito, 2026-03-18)")
    assert after.was == ("text was: (removed) (corrected 2026-03-18 by Hana Ito)",)
    assert after.removed == f"corrections and struck {TOLD}"


def test_show_prints_a_case_with_removed_parts(world_in: WorldIn) -> None:
    """Which parts of a check-in went, that it was corrected, and why an entry was crossed out."""
    world = world_in("active")
    struck(world)
    world.do("log_check_in", "manager", slot="w2", helped="The list.")
    world.do("correct", "manager", entry="w2", field="helped", value="The new list.", reason="Clearer.")
    desk = world.desk("hr")
    for entry, fields in (("w2", ("helped",)), (world.line("note").id, ("struck",)), ("v1", ("context",))):
        desk.redact(Target(case=CASE, entry=entry, fields=fields), WHY)
    told = " ".join(" ".join(sheet_lines(desk.view(CASE), desk.me().today)).split())
    for part in (f"helped {TOLD}", "corrected helped, before: (removed)", f"struck {TOLD}", f"context: {GONE}"):
        assert part in told
