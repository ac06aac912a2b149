"""A text taken out of a plan goes from the drafts that it was typed in, too; and no reason tells who somebody is."""

import pytest

from piptui.desk.api import Target
from piptui.errors import NotFound, Refused
from piptui.store import open_store

from .conftest import WorldIn
from .test_redact import MARK, WHY, anywhere
from .world import CASE, PATHS, World

EARLIER = "Septuagesima"
"""Stood in the field first, and was edited out before the plan was issued."""

GOAL = "Sexagesima"


def issued(world_in: WorldIn) -> World:
    """A plan in force whose context and first goal hold the mark, and once held other words."""
    world = world_in("draft")
    world.do("set", "manager", field="context", value=f"{EARLIER}, as typed first.")
    world.do("set", "manager", field="context", value=f"{MARK} told me on the phone.")
    world.do("put", "manager", collection="goals", id="g1", item={"statement": f"Make {GOAL} calls a day"})
    for step in (step for state in ("in_review", "approved", "issued", "active") for step in PATHS[state][1]):
        world.clock.move(days=step.days, minutes=1)
        world.desk(step.role).do(step.act, CASE, step.data)
    return world


def everything_said(world: World) -> str:
    """All that any document ever said, as far as the store still gives it."""
    found: list[str] = []
    with open_store(world.folder) as store:
        for commit in store.changes(0):
            for table, key in commit.keys:
                try:
                    found.append(repr(store.get(table, key, at=commit.seq)[0]))
                except NotFound:
                    continue
    return "\n".join(found)


def test_a_text_taken_out_of_the_plan_goes_from_its_draft(world_in: WorldIn) -> None:
    """The draft was closed when the plan was issued and still lies in the journal, with all that was typed in it."""
    world = issued(world_in)
    target = Target(case=CASE, entry="v1", fields=("context", "goals.g1.statement"))
    listed = world.desk("hr").removal(target)
    assert [(one.table, one.what) for one in listed.lines] == [
        ("plans", "plan version 1"),
        ("drafts", "draft, closed or deleted earlier"),
    ]
    world.desk("hr").redact(target, WHY, expect=listed.head)
    assert not anywhere(world, MARK)
    assert not anywhere(world, EARLIER)
    assert not anywhere(world, GOAL)
    assert MARK not in everything_said(world)
    report = world.desk().verify()
    assert report.ok
    sheet = world.desk("hr").view(CASE)
    assert sheet.plan is not None
    assert (sheet.plan.text.context[:13], sheet.stage) == ("(removed from", "active")


def test_a_whole_plan_goes_with_the_draft_that_it_was_made_from(world_in: WorldIn) -> None:
    """Once the case has ended a plan can go whole: what was typed before it was issued says the same."""
    world = issued(world_in)
    world.do("withdraw", "hr", cause="resignation", text="Resigned.")
    target = Target(case=CASE, entry="v1")
    listed = world.desk("hr").removal(target)
    assert [one.table for one in listed.lines] == ["plans", "drafts"]
    world.desk("hr").redact(target, WHY, expect=listed.head)
    for text in (MARK, EARLIER, GOAL):
        assert not anywhere(world, text)
    assert world.desk().verify().ok


def test_steps_of_the_draft_that_hold_nothing_of_it_stay(world_in: WorldIn) -> None:
    """Only the texts that hold the field go: another step in the draft can be read as before."""
    world = issued(world_in)
    desk = world.desk("hr")
    listed = desk.removal(Target(case=CASE, entry="v1", fields=("goals.g1.statement",)))
    plan, draft = listed.lines
    with open_store(world.folder) as store:
        assert plan.texts == 1
        assert 0 < draft.texts < len(store.history("drafts", draft.id))
    desk.redact(Target(case=CASE, entry="v1", fields=("goals.g1.statement",)), WHY)
    assert anywhere(world, EARLIER)
    assert GOAL not in everything_said(world)


def test_who_says_the_same_elsewhere_is_listed(world_in: WorldIn) -> None:
    """A note that quotes the plan is named with its id, and stays; one that the actor may not read is not named."""
    world = issued(world_in)
    note = world.do("note", "hr", text=f"As the plan says: {MARK} TOLD me on the phone.").item
    world.do("note", "manager", text=f"Mine: {MARK} told me on the phone.", cls="manager_own")
    listed = world.desk("hr").removal(Target(case=CASE, entry="v1", fields=("context",)))
    assert [one.id for one in listed.elsewhere] == [note]
    world.desk("hr").redact(Target(case=CASE, entry="v1", fields=("context",)), WHY)
    assert world.desk("hr").find(MARK)
    world.desk("hr").redact(Target(case=CASE, entry=note), WHY)
    assert not world.desk("hr").removal(Target(case=CASE, entry="v1", fields=("goals.g1.statement",))).elsewhere


@pytest.mark.parametrize("entry", ["", "w1", "v1"], ids=["case", "entry", "field of the plan"])
@pytest.mark.parametrize(
    "reason",
    ["Cole asked.", "Asked by dana@example.org", "Number 1014 asked.", "Opened for COLE, Dana.", "By D.Cole"],
)
def test_no_reason_tells_who_is_meant(world_in: WorldIn, entry: str, reason: str) -> None:
    """It stays for ever: no name, part of a name, number or e-mail of the employee may stand in it."""
    world = world_in("successful")
    target = Target(case=CASE, entry=entry, fields=("context",) if entry == "v1" else ())
    with pytest.raises(Refused, match="it stays for ever: say it without the person"):
        world.desk("hr").redact(target, reason)


def test_the_reason_for_a_person_tells_nobody_either(world_in: WorldIn) -> None:
    """Nor for the whole person; a longer word that only holds the name is another word."""
    world = world_in("successful")
    for reason in ("Cole asked.", "dana asked.", "1014 asked."):
        with pytest.raises(Refused, match="it stays for ever"):
            world.desk("hr").redact(Target(person="1014"), reason)
    world.desk("hr").redact(Target(person="1014"), "Verdana and charcoal.")
    assert not anywhere(world, "dana@example.org")


def test_who_says_the_same_as_any_removed_text_is_listed(world_in: WorldIn) -> None:
    """A reason in the header and the decision that it repeats, a note and the check-in that quotes it: each is named
    with its id, and stays."""
    world = world_in("successful")
    decision = world.line("decision")
    listed = world.desk("hr").removal(Target(case=CASE, entry="header", fields=("outcome.reason",)))
    assert [(one.table, one.id) for one in listed.elsewhere] == [("entries", decision.id)]
    first = world.do("note", "hr", text=f"{MARK} came late on Monday.").item
    second = world.do("note", "hr", text=f"As noted: {MARK} came late on Monday.").item
    assert [one.id for one in world.desk("hr").removal(Target(case=CASE, entry=first)).elsewhere] == [second]
    assert not world.desk("hr").removal(Target(case=CASE, entry=second)).elsewhere
