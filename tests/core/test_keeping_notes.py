"""Notes of the notebook that nobody took up: listed as due by the policy pack, removed by a person."""

from collections.abc import Callable
from typing import Any

import pytest

from piptui.cases.words import ROLES, Role
from piptui.desk.api import RetentionLine, Target
from piptui.errors import BadInput, Denied, PiptuiError, Refused
from piptui.paths import data_dir
from piptui.policy import parse_pack

from .conftest import WorldIn
from .test_retention import WHY, holding, packs
from .world import CASE, World

__all__ = ["packs"]

TEXT = (data_dir() / "policies" / "generic.toml").read_text(encoding="utf-8")
RULE = "notes nobody took up"
DANA, PAT, MAX = "1014", "1015", "1002"
YEARS = 732


def noted(world: World, who: str = PAT, role: Role | None = "manager", **data: Any) -> str:
    """The id of a new note about somebody who reports to Max."""
    return world.desk(role).do_person("note", who, {"text": "Talked about calls.", **data}).item


def due(world: World, role: Role | None = "hr", login: str = "") -> list[RetentionLine]:
    """The notes that are due, as somebody reads it."""
    return [one for one in world.desk(role, login).retention().lines if one.what == "notebook"]


def target(world: World, entry: str, who: str = PAT, rule: str = RULE) -> Target:
    """A note, to be removed by a rule."""
    return Target(person=who, entry=entry, rule=rule)


def test_a_note_is_due_on_the_day_after_the_period(world_in: WorldIn) -> None:
    """With person, rule, day and policy, and without a case."""
    world = world_in("founded")
    note = noted(world)
    world.clock.move(days=YEARS - 1)
    assert due(world) == []
    world.clock.move(days=1)
    (line,) = due(world)
    assert (line.entry, line.employee, line.case, line.rule, line.result) == (note, "Pat Doe", "", RULE, "")
    assert (str(line.anchored_on), str(line.due_on)) == ("2026-03-02", "2028-03-03")
    assert line.policy == "generic 2026-11 (example policy)"
    assert line.holds == ()


def test_a_pack_that_says_nothing_proposes_nothing(world_in: WorldIn, packs: Callable[[str], None]) -> None:
    """Not said is no rule."""
    assert parse_pack(TEXT[: TEXT.index("[notebook]")]).notebook is None
    packs(TEXT[: TEXT.index("[notebook]")])
    world = world_in("founded")
    noted(world)
    world.clock.move(days=90 * 365)
    assert due(world) == []


def test_a_note_counts_from_the_day_it_was_last_written_to(world_in: WorldIn) -> None:
    """Whoever corrects a note still needs it, however old what it tells of."""
    world = world_in("founded")
    note = noted(world, occurred_on="2026-02-02")
    world.clock.move(days=YEARS)
    world.desk("manager").do_person("correct", PAT, {"entry": note, "value": "Talked.", "reason": "Shorter."})
    assert due(world) == []
    world.clock.move(days=YEARS)
    assert [one.entry for one in due(world)] == [note]


def test_a_note_that_stands_in_a_case_is_not_proposed(world_in: WorldIn) -> None:
    """Not even after the entry was crossed out: the case says that it came from there."""
    world = world_in("founded")
    taken, left = noted(world, DANA), noted(world, DANA)
    world.desk("hr").new({"employee": DANA})
    entry = world.do("bring_in", "manager", notes=taken).item
    world.do("discard", "hr", text="Opened in error.")
    world.clock.move(days=YEARS)
    assert [one.entry for one in due(world)] == [left]
    world.do("strike", "manager", entry=entry, reason="Wrong case.")
    assert [one.entry for one in due(world)] == [left]


def test_while_somebody_has_an_open_case_no_note_about_them_is_proposed(world_in: WorldIn) -> None:
    """It may be evidence yet; once the case has ended it is listed."""
    world = world_in("founded")
    note = noted(world, DANA)
    world.desk("hr").new({"employee": DANA})
    world.clock.move(days=YEARS)
    assert due(world) == []
    with pytest.raises(Refused, match="nothing of this notebook is due"):
        world.desk("hr").redact(target(world, note, DANA), WHY)
    world.do("discard", "hr", text="Opened in error.")
    assert [one.entry for one in due(world)] == [note]


@pytest.mark.parametrize("on", ["person", "ended case"])
def test_under_a_legal_hold_no_note_is_proposed(world_in: WorldIn, on: str) -> None:
    """A hold on the person, or on any case of theirs; lifted, it is listed."""
    world = world_in("discarded")
    note = noted(world, DANA)

    def hold(act: str) -> None:
        if on == "person":
            world.desk("hr").do_person(act, DANA, {"reason": "A claim."})
        else:
            world.do(act, "hr", reason="A claim.")

    hold("hold")
    world.clock.move(days=YEARS)
    assert due(world) == []
    with pytest.raises(Refused):
        world.desk("hr").redact(target(world, note, DANA), WHY)
    hold("lift_hold")
    assert [one.entry for one in due(world)] == [note]


def test_listing_removes_nothing_and_a_redaction_removes_the_note(world_in: WorldIn) -> None:
    """The existing way: listed first, committed with the rule, overwritten in every file; then nothing is due."""
    world = world_in("founded")
    note = noted(world, text="Quasar before noon.")
    world.clock.move(days=YEARS)
    desk = world.desk("hr")
    assert due(world)
    assert holding(world, "Quasar before noon.")
    assert [one.table for one in desk.removal(target(world, note)).lines] == ["notebook"]
    done = desk.redact(target(world, note), WHY)
    assert done.texts == 1
    assert not holding(world, "Quasar before noon.")
    assert desk.verify().ok
    assert [one.rule for one in desk.redactions()] == [RULE]
    assert due(world) == []


@pytest.mark.parametrize("rule", ["successful plans", "no such rule"])
def test_another_rule_removes_no_note(world_in: WorldIn, rule: str) -> None:
    """A redaction that names a rule is held to it; and no rule removes a whole person."""
    world = world_in("founded")
    note = noted(world)
    world.clock.move(days=YEARS)
    for wanted in (target(world, note, rule=rule), target(world, "", rule=RULE)):
        with pytest.raises(Refused, match="nothing of this notebook is due"):
            world.desk("hr").redact(wanted, WHY)


def test_what_a_manager_keeps_for_themselves_changes_nothing_that_others_see(world_in: WorldIn) -> None:
    """Neither a line nor a count tells HR or legal that there is such a note; legal reads as HR does."""
    world = world_in("founded", "team")
    world.desk("hr").do_person("give_role", "2002", {"role": "legal"})
    shown = noted(world, cls="manager_hr")
    world.clock.move(days=YEARS)
    before = {role: world.desk(role).retention() for role in ("hr", "legal")}
    world.clock.move(days=-YEARS)
    hidden = noted(world, cls="manager_own")
    world.clock.move(days=YEARS)
    assert {role: world.desk(role).retention() for role in ("hr", "legal")} == before
    assert [one.entry for one in before["hr"].lines] == [shown]
    with pytest.raises(PiptuiError) as refused:
        world.desk("hr").redact(target(world, hidden), WHY)
    with pytest.raises(PiptuiError) as missing:
        world.desk("hr").redact(target(world, "f" * 16), WHY)
    assert str(refused.value).replace(hidden, "f" * 16) == str(missing.value)


def test_the_owner_of_a_personal_store_is_told_of_what_they_read(world_in: WorldIn) -> None:
    """Everything without a role; as HR nothing that is the manager's own."""
    world = world_in("founded")
    own, other = noted(world, cls="manager_own"), noted(world, cls="manager_hr")
    world.clock.move(days=YEARS)
    assert {one.entry for one in due(world, None)} == {own, other}
    assert [one.entry for one in due(world, "hr")] == [other]


@pytest.mark.parametrize("role", [one for one in ROLES if one not in ("hr", "legal")])
def test_nobody_else_is_told_what_is_due(world_in: WorldIn, role: Role) -> None:
    """Not even the manager who wrote it: removing for good is for HR and legal."""
    world = world_in("founded", "team")
    noted(world)
    world.clock.move(days=YEARS)
    with pytest.raises(Denied):
        due(world, role)


def test_nobody_is_proposed_notes_about_themselves(world_in: WorldIn) -> None:
    """Who removes them has to be somebody else of HR."""
    world = world_in("founded", "team")
    world.desk("hr").do_person("give_role", PAT, {"role": "hr"})
    note = noted(world, cls="shared")
    world.clock.move(days=YEARS)
    assert due(world, None, "pat") == []
    assert [one.entry for one in due(world, "hr")] == [note]


def test_that_an_own_note_was_removed_is_told_to_its_own_reader_alone(world_in: WorldIn) -> None:
    """The list of what was removed betrays no note of a manager to the rest of HR."""
    world = world_in("founded", "team")
    world.desk("hr").do_person("give_role", MAX, {"role": "hr"})
    world.desk("hr").do_person("give_role", "1016", {"role": "hr"})
    note = noted(world, cls="manager_own")
    world.desk(login="max").redact(Target(person=PAT, entry=note), WHY)
    assert [one.what for one in world.desk(login="max").redactions()] == ["notebook"]
    assert world.desk(login="olu").redactions() == ()


def test_under_a_role_the_owner_is_told_of_what_that_role_reads(world_in: WorldIn) -> None:
    """Also of what was removed."""
    world = world_in("founded")
    note = noted(world, cls="manager_own")
    world.desk(None).redact(Target(person=PAT, entry=note), WHY)
    assert [len(world.desk(role).redactions()) for role in (None, "hr")] == [1, 0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TEXT.replace(f'name = "{RULE}"', 'name = "drafts"'), "is called 'drafts', too"),
        (TEXT.replace('unit = "years"\nsource = "twice', 'unit = "weeks"\nsource = "twice'), "weeks"),
        (TEXT + 'results = ["successful"]\n', "results"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(text: str, message: str) -> None:
    """By the field that is wrong, or by the rule of the same name."""
    with pytest.raises(BadInput, match=message):
        parse_pack(text)


def test_the_case_is_no_reason_to_propose_twice(world_in: WorldIn) -> None:
    """Cases and notes stand in one list, each once, by day."""
    world = world_in("discarded")
    noted(world, DANA)
    world.clock.move(days=YEARS)
    assert [(one.case, one.what) for one in world.desk("hr").retention().lines] == [(CASE, "case"), ("", "notebook")]
