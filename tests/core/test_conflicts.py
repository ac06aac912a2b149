"""Two at once: what was typed is never lost, and nobody overwrites what they have not read."""

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from piptui.desk.desk import LocalDesk
from piptui.errors import BadInput, Busy, Conflict, NotFound, Refused

from .conftest import WorldIn
from .meddling import Killed, killed, meddled, nothing
from .workers import EDITS
from .world import CASE, ISSUE, World

ROOT = Path(__file__).parents[2]


def goal(desk: LocalDesk, key: str, **item: Any) -> dict[str, Any]:
    """The input that changes a goal."""
    return {"collection": "goals", "id": key, "item": item}


def statement(world: World, key: str) -> str:
    """What a goal of the draft says now."""
    draft = world.desk().view(CASE).draft
    assert draft is not None
    return draft.goals.items[key].statement


def test_the_second_edit_of_one_goal_is_a_conflict(world_in: WorldIn) -> None:
    """Whoever saves a goal second is shown theirs, yours and before; the first text stands."""
    world = world_in("draft")
    max_, hana = world.desk("manager"), world.elsewhere("hr")
    seen = max_.view(CASE).revision
    max_.do("put", CASE, goal(max_, "g1", statement="45 calls a day"), expect=seen)
    yours = goal(hana, "g1", statement="60 calls a day")
    with pytest.raises(Conflict) as told:
        hana.do("put", CASE, yours, expect=seen)
    assert told.value.theirs["statement"] == "45 calls a day"
    assert told.value.before["statement"] == "50 calls a day"
    assert told.value.yours == yours
    assert "saved goal g1" in str(told.value)
    assert statement(world, "g1") == "45 calls a day"


@pytest.mark.parametrize("act", ["put", "remove"])
def test_an_item_as_it_was_read_guards_it(world_in: WorldIn, act: str) -> None:
    """With `was` in place of a revision the same conflict is told, and nothing where the item is as it was."""
    world = world_in("draft")
    draft = world.desk().view(CASE).draft
    assert draft is not None
    was = draft.goals.items["g1"]
    data: dict[str, Any] = {"collection": "goals", "id": "g1", "was": was}
    if act == "put":
        data["item"] = {"statement": "40 calls a day"}
    world.desk("manager").do("put", CASE, goal(world.desk(), "g1", target="55"))
    with pytest.raises(Conflict) as told:
        world.desk("hr").do(act, CASE, data)
    assert (told.value.theirs["target"], told.value.before["target"]) == ("55", "50")
    world.desk("manager").do("put", CASE, goal(world.desk(), "g1", target="50"))
    assert world.desk("hr").do(act, CASE, data).seq


def test_an_item_may_be_handed_back_as_python_has_it(world_in: WorldIn) -> None:
    """`was` is compared by meaning: numbers and days as Python values equal the texts that JSON has for them."""
    world = world_in("draft")
    draft = world.desk().view(CASE).draft
    assert draft is not None
    fact = draft.evidence.items["e1"]
    was = {name: getattr(fact, name) for name in fact.__struct_fields__}
    world.do("put", collection="evidence", id="e1", item={"reference": "CRM-7"}, was=was)
    world.do("set", field="start", value="2026-03-09")
    world.do("set", field="start", value="2026-03-10", was=dt.date(2026, 3, 9))
    with pytest.raises(Conflict):
        world.do("set", field="start", value="2026-03-11", was=dt.date(2026, 3, 9))


def test_an_item_removed_meanwhile_is_a_conflict(world_in: WorldIn) -> None:
    """An edit of an item that somebody removed says so, and what was typed comes back."""
    world = world_in("draft")
    seen = world.desk().view(CASE).revision
    world.do("remove", "hr", collection="goals", id="g2")
    with pytest.raises(Conflict, match="removed") as told:
        world.desk("manager").do("put", CASE, goal(world.desk(), "g2", proof="two samples"), expect=seen)
    assert told.value.theirs is None
    assert told.value.yours["item"] == {"proof": "two samples"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"field": "context", "value": "Third quarter."}, {"field": "root_cause", "value": "Few calls."}),
        ({"field": "schedule.time", "value": "11:00"}, {"field": "schedule.place", "value": "Room 4"}),
        ({"field": "hr_partner", "value": "2001"}, {"field": "legal_review", "value": "yes"}),
        ({"field": "second_manager", "value": ""}, {"field": "context", "value": "Third quarter."}),
    ],
)
def test_two_different_fields_do_not_conflict(
    world_in: WorldIn, first: dict[str, Any], second: dict[str, Any]
) -> None:
    """Two people who change two fields, both having read the same state, both succeed and both texts stand."""
    world = world_in("draft")
    seen = world.desk().view(CASE).revision
    world.desk("manager").do("set", CASE, first, expect=seen)
    world.elsewhere("hr").do("set", CASE, second, expect=seen)
    assert len([line for line in world.desk().history(CASE) if line.act == "set"]) == 2


def test_one_field_twice_conflicts_by_revision_and_by_value(world_in: WorldIn) -> None:
    """A single field is guarded like an item, by the revision or by the value that was read."""
    world = world_in("draft")
    seen = world.desk().view(CASE).revision
    world.do("set", "manager", field="context", value="Third quarter.")
    by_value = {"field": "context", "value": "Mine.", "was": "Second quarter in a row below the standard."}
    for data, expect in (({"field": "context", "value": "Mine."}, seen), (by_value, None)):
        with pytest.raises(Conflict) as told:
            world.desk("hr").do("set", CASE, data, expect=expect)
        assert told.value.theirs == "Third quarter."
    world.do("set", field="context", value="Mine.", was="Third quarter.")


def test_a_goal_and_a_field_do_not_conflict(world_in: WorldIn) -> None:
    """A goal edited while somebody changes a field of the same draft: both stand."""
    world = world_in("draft")
    seen = world.desk().view(CASE).revision
    world.do("set", "hr", field="context", value="Third quarter.")
    desk = world.elsewhere("manager")
    desk.do("put", CASE, goal(desk, "g1", statement="45 calls a day"), expect=seen)
    draft = desk.view(CASE).draft
    assert draft is not None
    assert (draft.context, draft.goals.items["g1"].statement) == ("Third quarter.", "45 calls a day")


def test_a_whole_plan_is_guarded_item_by_item(world_in: WorldIn) -> None:
    """A plan file conflicts where one of its items was changed since, and writes nothing then."""
    world = world_in("draft")
    seen = world.desk().view(CASE).revision
    world.do("put", "hr", collection="goals", id="g1", item={"target": "60"})
    entered = {"plan": {"context": "Mine.", "goals": [{"id": "g1", "target": "40"}]}}
    head = world.head()
    with pytest.raises(Conflict):
        world.desk("manager").do("put", CASE, entered, expect=seen)
    assert world.head() == head


def test_a_revision_that_never_was_is_refused(world_in: WorldIn) -> None:
    """A revision beyond the record is a mistake of the caller, and told as one."""
    world = world_in("draft")
    for expect in (0, -3, 10_000):
        with pytest.raises(BadInput, match="revision"):
            world.desk().do("set", CASE, {"field": "context", "value": "x"}, expect=expect)


def test_an_approval_on_an_old_reading_is_a_conflict(world_in: WorldIn) -> None:
    """Nobody approves a text that they have not read: a draft edited since is a conflict."""
    world = world_in("in_review")
    seen = world.desk("hr").view(CASE).revision
    world.do("put", "manager", collection="goals", id="g1", item={"target": "60"})
    with pytest.raises(Conflict, match="changed the draft"):
        world.desk("hr").do("approve", CASE, {}, expect=seen)
    assert world.desk("hr").do("approve", CASE, {}, expect=world.desk("hr").view(CASE).revision).seq


def test_a_check_in_is_logged_once(world_in: WorldIn) -> None:
    """The second log of a slot is refused in a sentence; once struck, the slot can be logged again."""
    world = world_in("active")
    world.do("log_check_in", "manager", slot="w2", helped="The list.")
    for slot in ("w2", "W2", "2"):
        with pytest.raises(Refused, match="recorded already"):
            world.do("log_check_in", "hr", slot=slot, helped="Mine.")
    world.do("strike", "hr", entry="w2", reason="Wrong week.")
    world.do("log_check_in", "hr", slot="w2", helped="Mine.")
    page = world.desk().view(CASE)
    texts = [line.record.helped for line in page.check_ins if line.record.slot == "w2"]
    assert sorted(texts) == ["Mine.", "The list."]
    assert len({line.id for line in page.check_ins}) == len(page.check_ins)


@pytest.mark.parametrize(
    ("state", "act", "data", "message"),
    [
        ("active", "log_check_in", {"slot": "w2", "helped": "Mine."}, "recorded already"),
        ("issued", "acknowledge", {"text": "Mine."}, "possible in stage issued"),
        ("issued", "refuse", {"text": "Mine.", "witness": "Vera"}, "possible in stage issued"),
        ("approved", "issue", ISSUE, "possible in stage approved"),
        ("active", "open_review", {}, "possible in stage active"),
        ("active", "withdraw", {"cause": "other", "text": "Mine."}, "closed"),
    ],
)
def test_of_two_at_the_same_instant_one_is_told(
    world_in: WorldIn, state: str, act: str, data: dict[str, Any], message: str
) -> None:
    """Two people do the same between reading and committing: one is in the record, the other is told why not."""
    world = world_in(state)
    other = {"acknowledge": ("refuse", {"text": "x", "witness": "y"}), "refuse": ("acknowledge", {})}
    theirs, given = other.get(act, (act, data))
    desk = meddled(world, "manager", lambda: world.desk("hr").do(theirs, CASE, given))
    with pytest.raises(Refused, match=message):
        desk.do(act, CASE, data)
    acts = [line.act for line in world.desk().history(CASE) if line.act in (act, theirs)]
    assert acts.count(theirs) == len(acts) > 0


def test_appending_never_conflicts(world_in: WorldIn) -> None:
    """A note and an edit at the same instant both go in, whichever comes first."""
    world = world_in("draft")
    seen = world.desk().view(CASE).revision
    edit = goal(world.desk(), "g1", statement="45 calls a day")
    noting = meddled(world, "manager", lambda: world.desk("hr").do("put", CASE, edit))
    noting.do("note", CASE, {"text": "Spoke with Dana."}, expect=seen)
    editing = meddled(world, "hr", lambda: world.desk("manager").do("note", CASE, {"text": "Once more."}))
    now = world.desk().view(CASE).revision
    editing.do("put", CASE, goal(editing, "g1", proof="two reports"), expect=now)
    page = world.desk().view(CASE)
    assert {"Spoke with Dana.", "Once more."} <= {line.text for line in page.entries}
    assert statement(world, "g1") == "45 calls a day"


def test_two_goals_at_the_same_instant_both_stand(world_in: WorldIn) -> None:
    """A commit that lost the race is made anew on the new text, since its own goal did not change."""
    world = world_in("draft")
    seen = world.desk().view(CASE).revision
    theirs = goal(world.desk(), "g2", statement="Notes on each visit")
    desk = meddled(world, "manager", lambda: world.desk("hr").do("put", CASE, theirs))
    desk.do("put", CASE, goal(desk, "g1", statement="45 calls a day"), expect=seen)
    assert (statement(world, "g1"), statement(world, "g2")) == ("45 calls a day", "Notes on each visit")


def test_one_goal_at_the_same_instant_is_a_conflict(world_in: WorldIn) -> None:
    """The race for one goal ends in a conflict, not in a lost text."""
    world = world_in("draft")
    seen = world.desk().view(CASE).revision
    theirs = goal(world.desk(), "g1", statement="60 calls a day")
    desk = meddled(world, "manager", lambda: world.desk("hr").do("put", CASE, theirs))
    with pytest.raises(Conflict) as told:
        desk.do("put", CASE, goal(desk, "g1", statement="45 calls a day"), expect=seen)
    assert told.value.theirs["statement"] == "60 calls a day"


def test_two_new_items_at_the_same_instant_get_two_ids(world_in: WorldIn) -> None:
    """Ids are given on the text as it is committed, so that two new goals never share one."""
    world = world_in("draft")
    new = {"collection": "goals", "item": {"statement": "Another"}}
    desk = meddled(world, "manager", lambda: world.desk("hr").do("put", CASE, new))
    assert desk.do("put", CASE, new).item == "g4"
    assert statement(world, "g3") == statement(world, "g4") == "Another"


def test_a_plan_is_never_issued_under_an_edit(world_in: WorldIn) -> None:
    """An edit that is saved while the issue is on its way wins: the plan goes back to review, nothing is lost."""
    world = world_in("approved")
    edit = goal(world.desk(), "g1", target="60")
    desk = meddled(world, "manager", lambda: world.desk("hr").do("put", CASE, edit))
    with pytest.raises(Refused, match="in review"):
        desk.do("issue", CASE, ISSUE)
    page = world.desk().view(CASE)
    assert page.stage == "in_review"
    assert page.plan is None
    assert page.draft is not None
    assert str(page.draft.goals.items["g1"].target) == "60"


def test_an_edit_never_disappears_in_an_issue(world_in: WorldIn) -> None:
    """An edit that comes while the plan is being issued is refused, not written into a draft that goes away."""
    world = world_in("approved")

    def half_an_issue() -> None:
        with pytest.raises(Killed):
            meddled(world, "manager", nothing, killed).do("issue", CASE, ISSUE)

    desk = meddled(world, "hr", half_an_issue)
    with pytest.raises(Refused):
        desk.do("put", CASE, goal(desk, "g1", target="60"))
    plan = world.desk().view(CASE).plan
    assert plan is not None
    assert str(plan.text.goals.items["g1"].target) == "50"


def test_an_issue_that_breaks_off_leaves_an_issued_case(world_in: WorldIn) -> None:
    """The issue is one commit; if the process ends before the draft is dropped, the case reads and goes on."""
    world = world_in("approved")
    with pytest.raises(Killed):
        meddled(world, "manager", nothing, killed).do("issue", CASE, ISSUE)
    for desk in (world.desk("hr"), world.elsewhere("employee")):
        page = desk.view(CASE)
        assert (page.stage, page.draft, page.draft_version) == ("issued", None, None)
        assert desk.verify().ok
    world.do("acknowledge", "employee")
    assert world.desk().view(CASE).stage == "active"


def test_an_issue_that_breaks_off_at_once_wrote_nothing(world_in: WorldIn) -> None:
    """Before its commit an issue has left no trace, and can be done again."""
    world = world_in("approved")
    head = world.head()
    with pytest.raises(Killed):
        meddled(world, "manager", killed).do("issue", CASE, ISSUE)
    assert world.head() == head
    assert world.do("issue", "manager", **ISSUE).seq == head + 1


def test_who_never_gets_through_is_told_to_try_again(world_in: WorldIn) -> None:
    """Where others keep coming first the act ends as busy, in a sentence, and nothing of it is written."""
    world = world_in("draft")
    others = world.desk("hr")
    count = iter(range(1000))

    def again() -> None:
        others.do("set", CASE, {"field": "context", "value": f"Text {next(count)}."})

    desk = meddled(world, "manager", *[again] * 200)
    with pytest.raises(Busy, match=r"try again\."):
        desk.do("put", CASE, goal(desk, "g1", statement="45 calls a day"))
    assert statement(world, "g1") == "50 calls a day"


def test_a_repeated_token_is_one_save(world_in: WorldIn) -> None:
    """A save sent twice, as after a dropped line, is one commit, and the answer names it both times."""
    world = world_in("draft")
    desk = world.desk()
    first = desk.do("note", CASE, {"text": "Once."}, token="t-1")
    again = world.elsewhere().do("note", CASE, {"text": "Once."}, token="t-1")
    assert (again.seq, again.case, again.revision) == (first.seq, CASE, first.revision)
    assert [line.text for line in desk.view(CASE).entries].count("Once.") == 1
    assert desk.do("note", CASE, {"text": "Once."}, token="t-2").seq > first.seq


def test_a_repeated_token_opens_one_case(world_in: WorldIn) -> None:
    """Opening a case twice with one token opens one."""
    world = world_in("founded")
    first = world.desk("hr").new({"employee": "1014"}, token="t-1")
    again = world.desk("hr").new({"employee": "1014"}, token="t-1")
    assert (again.case, again.item, again.seq) == (first.case, first.item, first.seq)
    assert world.desk("hr").list().total == 1


def test_a_token_race_is_one_save(world_in: WorldIn) -> None:
    """Where the first send is still on its way when the second arrives, the store keeps one of them."""
    world = world_in("draft")
    data = {"text": "Once."}
    desk = meddled(world, "hr", lambda: world.desk("hr").do("note", CASE, data, token="t-1"))
    desk.do("note", CASE, data, token="t-1")
    assert [line.text for line in world.desk().view(CASE).entries].count("Once.") == 1


def test_one_open_case_for_one_person(world_in: WorldIn) -> None:
    """Two who open a case for one person at the same instant: one case, and the second is told its number."""
    world = world_in("founded")
    desk = meddled(world, "hr", lambda: world.desk("manager").new({"employee": "1014"}))
    with pytest.raises(Refused, match="has an open case already: 0001"):
        desk.new({"employee": "1014"})
    assert world.desk("hr").list().total == 1


def test_two_numbers_for_two_people(world_in: WorldIn) -> None:
    """Two who open cases for two people at the same instant get two numbers."""
    world = world_in("founded")
    desk = meddled(world, "hr", lambda: world.desk("hr").new({"employee": "1014"}))
    assert desk.new({"employee": "1015"}).case == "0002"
    assert [line.case for line in world.desk("hr").list().lines] == ["0001", "0002"]


def test_a_missing_case_is_no_conflict(world_in: WorldIn) -> None:
    """A wrong number is not found, with and without a revision."""
    world = world_in("draft")
    with pytest.raises(NotFound, match="'0077'"):
        world.desk().do("set", "0077", {"field": "context", "value": "x"}, expect=1)


def at_once(folder: Path, *jobs: tuple[str, str]) -> list[str]:
    """Run jobs in processes of their own that start together; what each one answered."""
    command = [sys.executable, "-m", "tests.core.workers"]
    processes = [
        subprocess.Popen(
            [*command, act, str(folder), what], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for act, what in jobs
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].strip() for process in processes]


def test_two_processes_open_one_case_for_one_person(world_in: WorldIn) -> None:
    """Across processes, too, a person has one open case."""
    world = world_in("founded")
    answers = sorted(at_once(world.folder, ("new", "1014"), ("new", "1014")))
    assert answers[0] == "0001"
    assert answers[1].startswith("Refused: Dana Cole has an open case already")
    assert world.desk("hr").list().total == 1


def test_two_processes_open_two_cases_for_two_people(world_in: WorldIn) -> None:
    """Across processes, too, a number is given once."""
    world = world_in("founded")
    assert sorted(at_once(world.folder, ("new", "1014"), ("new", "1015"))) == ["0001", "0002"]


def test_no_edit_of_two_processes_is_lost(world_in: WorldIn) -> None:
    """Two processes edit two goals of one draft, many times each: every edit is in the record, and it verifies."""
    world = world_in("draft")
    assert at_once(world.folder, ("edit", "g1"), ("edit", "g2")) == ["done", "done"]
    lines = [line.sentence for line in world.desk().history(CASE)]
    for key in ("g1", "g2"):
        assert lines.count(f"Hana Ito changed goal {key}.") == EDITS
        assert statement(world, key) == f"{key} edit {EDITS}"
    assert world.desk().verify().ok
