"""The notebook: who reads a note about whom, and how notes come into a case."""

import re
from typing import Any

import pytest

from piptui.cases.words import EVERYTHING, ROLES, SEES, Class, Role
from piptui.errors import BadInput, Denied, NotFound, Refused

from .conftest import WorldIn
from .outlets import said
from .world import CASE, ISSUE, NOTE, World

MARKS: dict[Class, str] = {"manager_own": "Cassiopeia", "manager_hr": "Deneb", "shared": "Andromeda"}
DANA = "1014"


def noted(world: World, role: Role | None = "manager", login: str = "", **data: Any) -> str:
    """The id of a new note about Dana."""
    return world.desk(role, login).do_person("note", DANA, {"text": "Talked.", **data}).item


def marked(world: World) -> dict[Class, str]:
    """A note of each class by Dana's manager, with marks in every part, corrected and struck."""
    ids = {}
    for cls, mark in MARKS.items():
        more: dict[str, Any] = {"topic": f"{mark} topic", "next_step": f"{mark} step", "kind": "concern", "cls": cls}
        ids[cls] = noted(world, text=f"{mark} as it was.", **more)
        change = {"entry": ids[cls], "value": f"{mark} mended.", "reason": f"{mark} was misspelt."}
        world.desk("manager").do_person("correct", DANA, change)
        gone = noted(world, text=f"{mark} once.", cls=cls)
        world.desk("manager").do_person("strike", DANA, {"entry": gone, "reason": f"{mark} is why."})
    return ids


def told(desk: Any, who: str = DANA) -> str:
    """All that a desk says of a person and of everything else."""
    calls = [
        said(desk.person, who),
        said(desk.person_history, who),
        said(desk.person_acts, who),
        said(desk.person, "me"),
        said(desk.person_history, "me"),
        said(desk.lookup),
        said(desk.list),
        said(desk.view, CASE),
        said(desk.history, CASE),
        said(lambda: desk.agenda("all", days=400)),
        said(lambda: desk.preview("bring_in", CASE, {"all": "yes"})),
        said(lambda: desk.new({"employee": who})),
        *(said(desk.find, mark) for mark in MARKS.values()),
        *(said(desk.packet, CASE, audience) for audience in ("employee", "manager", "hr", "counsel")),
    ]
    # The foot of a packet names the state of the whole record: any commit moves it.
    return re.sub(r"Record \S+, seq \d+, hash \w+|--witness \d+:\w+", "", "\n".join(calls))


@pytest.mark.parametrize("role", [*ROLES, None])
def test_in_a_personal_store_the_role_reads_its_classes(world_in: WorldIn, role: Role | None) -> None:
    """The owner reads every note; under a role, what that role reads, and as the employee what is shared."""
    world = world_in("active")
    marked(world)
    found = told(world.desk(role))
    sees = EVERYTHING if role is None else SEES[role]
    closed = role == "employee"
    for cls, mark in MARKS.items():
        assert (mark in found) is (cls in sees and not closed), cls


TEAM: dict[str, set[Class]] = {
    "max": {"manager_own", "manager_hr", "shared"},
    "vera": set(),
    "hana": {"manager_hr", "shared"},
    "leo": set(),
    "dana": {"shared"},
    "olu": set(),
    "stranger": set(),
}
"""Login -> the classes of the notes about Dana that they read while Max leads her."""


@pytest.mark.parametrize("login", TEAM)
def test_in_a_team_store_only_those_concerned_read(world_in: WorldIn, login: str) -> None:
    """The manager reads all, HR what is not the manager's own, the person what is shared, nobody else anything."""
    world = world_in("active", "team")
    marked(world)
    found = told(world.desk(login=login))
    assert {cls for cls, mark in MARKS.items() if mark in found} == TEAM[login]


def test_what_is_hidden_changes_nothing_that_is_seen(world_in: WorldIn) -> None:
    """No count, no revision and no reason betrays a note to who may not read it."""
    world = world_in("active", "team")
    before = {login: told(world.desk(login=login)) for login in ("vera", "leo", "olu", "dana")}
    noted(world, cls="manager_own", text="Cassiopeia.")
    noted(world, cls="manager_hr", text="Deneb.")
    assert {login: told(world.desk(login=login)) for login in before} == before
    hana = told(world.desk("hr"))
    noted(world, cls="manager_own", text="Cassiopeia.")
    assert told(world.desk("hr")) == hana


def test_news_of_a_note_reach_only_its_readers(world_in: WorldIn) -> None:
    """Who may not read a note does not hear that one was written."""
    world = world_in("active", "team")
    head = world.head()
    noted(world, cls="manager_own")
    heard = {login: bool(world.desk(login=login).watch(head).lines) for login in TEAM}
    assert heard == {login: login == "max" for login in TEAM}


def test_a_new_manager_reads_what_is_not_the_old_ones_own(world_in: WorldIn) -> None:
    """Notes go on with the person; the old manager keeps reading what was written in their time, and no more."""
    world = world_in("founded", "team")
    marked(world)
    world.desk("hr").do_person("change_person", DANA, {"manager": "1016"})
    olu = told(world.desk(login="olu"))
    assert [mark in olu for mark in MARKS.values()] == [False, True, True]
    world.desk(login="olu").do_person("note", DANA, {"text": "Eridanus."})
    # Max leads Pat still, so that the directory is open to him.
    max_reads = told(world.desk("manager"))
    assert [mark in max_reads for mark in MARKS.values()] == [True, True, True]
    assert "Eridanus" not in max_reads
    with pytest.raises(Denied, match="the person's manager"):
        noted(world, "manager")


def test_hr_reads_no_notes_about_themselves(world_in: WorldIn) -> None:
    """Nobody is HR to themselves: what others of HR note stays theirs, unless it is shared."""
    world = world_in("founded", "team")
    world.desk("hr").do_person("give_role", "1016", {"role": "hr"})
    olu = world.desk(login="olu")
    for cls, mark in (("manager_hr", "Deneb"), ("shared", "Andromeda")):
        olu.do_person("note", "2001" if world.kind == "personal" else "hana", {"text": mark, "cls": cls})
    seen = told(world.desk("hr"), "me")
    assert ("Deneb" in seen, "Andromeda" in seen) == (False, True)
    with pytest.raises(Denied, match="about themselves"):
        world.desk("hr").do_person("note", "me", {"text": "Fine work."})


@pytest.mark.parametrize("login", ["vera", "hana", "dana", "olu"])
def test_a_hidden_note_answers_like_a_missing_one(world_in: WorldIn, login: str) -> None:
    """Mending or bringing in a note that is hidden fails in the very words for one that does not exist."""
    world = world_in("active", "team")
    key, missing = noted(world, cls="manager_own"), "f" * 16
    desk = world.desk(login=login)
    calls = (
        lambda entry: desk.do_person("strike", DANA, {"entry": entry, "reason": "y"}),
        lambda entry: desk.do_person("correct", DANA, {"entry": entry, "value": "x", "reason": "y"}),
        lambda entry: desk.do("bring_in", CASE, {"notes": [entry]}),
    )
    for call in calls:
        unknown = said(call, missing)
        assert said(call, key).replace(key, missing) == unknown
        assert said(call, key[:8]).replace(key[:8], missing) == unknown


def test_a_role_writes_only_what_it_can_read(world_in: WorldIn) -> None:
    """What is the manager's own is not HR's to write; the refusal lists what is."""
    with pytest.raises(Denied, match="You can write: shared, manager and HR"):
        noted(world_in("founded"), "hr", cls="manager_own")


def test_a_correction_keeps_what_it_said_before(world_in: WorldIn) -> None:
    """The old text stands behind the new one with its reason; a struck note stays readable and is mended no more."""
    world = world_in("founded")
    key = noted(world, topic="calls", occurred_on="2026-03-01")
    mend = {"entry": key[:6], "field": "occurred_on", "value": "2026-02-27", "reason": "It was Friday."}
    world.desk("manager").do_person("correct", DANA, mend)
    world.desk("manager").do_person("strike", DANA, {"entry": key, "reason": "Another person."})
    note = world.desk("manager").person(DANA).notes[0]
    assert str(note.occurred_on) == "2026-02-27"
    assert "occurred_on was: 2026-03-01" in note.was[0]
    assert "It was Friday." in note.was[0]
    assert note.struck.startswith("Another person.")
    with pytest.raises(Refused, match="struck already"):
        world.desk("manager").do_person("strike", DANA, {"entry": key, "reason": "y"})


def test_who_wrote_it_or_hr_mends(world_in: WorldIn) -> None:
    """A manager does not rewrite what HR noted."""
    world = world_in("founded", "team")
    key = noted(world, "hr", text="By HR.")
    with pytest.raises(Refused, match="Only who wrote it"):
        world.desk("manager").do_person("strike", DANA, {"entry": key, "reason": "y"})
    mine = noted(world, text="By Max.")
    assert world.desk("hr").do_person("strike", DANA, {"entry": mine, "reason": "y"}).seq


def test_a_note_tells_of_what_happened(world_in: WorldIn) -> None:
    """A day that lies ahead is refused."""
    with pytest.raises(Refused, match="lies ahead"):
        noted(world_in("founded"), occurred_on="2026-03-05")


def test_notes_come_into_a_case_only_when_chosen(world_in: WorldIn) -> None:
    """A new case says how many there are, and has none of them; a chosen one comes with its day, class and author."""
    world = world_in("founded", "team")
    first = noted(world, kind="coaching", topic="calls", next_step="30 a day", occurred_on="2026-02-20")
    second = noted(world, kind="expectation_communicated", cls="shared", text="Sent the standards.")
    noted(world, cls="manager_own")
    world.clock.move(days=2)
    opened = world.desk("hr").new({"employee": DANA})
    assert any("2 notes about Dana Cole" in one.text for one in opened.findings)
    assert world.desk("hr").view(CASE).entries == ()
    world.do("bring_in", "hr", notes=[first[:8]])
    entry = world.desk("hr").view(CASE).entries[0]
    assert (entry.kind, entry.cls, str(entry.occurred_on)) == ("conversation", "manager_hr", "2026-02-20")
    assert (entry.who, entry.taken_over, entry.late) == ("Max Berg", True, False)
    assert entry.text == "Coaching: calls: Talked.\nAgreed next step: 30 a day"
    assert ("noted", "in the notebook on 2026-03-02") in entry.details
    with pytest.raises(Refused, match="in this case already"):
        world.do("bring_in", "hr", notes=[first])
    world.do("bring_in", "hr", all="yes")
    fact = world.desk("hr").view(CASE).entries[-1]
    assert (fact.kind, fact.cls) == ("evidence", "shared")
    assert {one.id: one.cases for one in world.desk("hr").person(DANA).notes} == {first: (CASE,), second: (CASE,)}


def test_a_struck_entry_can_be_brought_in_again_but_no_struck_note(world_in: WorldIn) -> None:
    """What was struck in the case is free again; a struck note stays out of every case."""
    world = world_in("draft")
    key = noted(world)
    entry = world.do("bring_in", "manager", notes=[key]).item
    world.do("strike", "manager", entry=entry, reason="Too early.")
    world.do("bring_in", "manager", notes=[key])
    gone = noted(world)
    world.desk("manager").do_person("strike", DANA, {"entry": gone, "reason": "y"})
    with pytest.raises(Refused, match="is struck"):
        world.do("bring_in", "manager", notes=[gone])
    with pytest.raises(Refused, match="no note that you could bring in"):
        world.do("bring_in", "manager", all="yes")


def test_which_notes_has_to_be_said(world_in: WorldIn) -> None:
    """Neither nothing nor both is a choice; an unknown id is answered with where the ids are."""
    world = world_in("draft")
    key = noted(world)
    for data, why in (({}, "notes is missing"), ({"notes": [key], "all": "yes"}, "not both")):
        with pytest.raises(BadInput, match=why):
            world.do("bring_in", "manager", **data)
    with pytest.raises(NotFound, match="piptui person"):
        world.do("bring_in", "manager", notes=["abcdef12"])


def test_what_comes_in_after_the_review_opened_is_late(world_in: WorldIn) -> None:
    """A note that is brought in once the final review has begun is marked as late."""
    world = world_in("final_review")
    noted(world)
    world.do("bring_in", "manager", all="yes")
    assert world.desk("manager").view(CASE).entries[-1].late


@pytest.mark.parametrize("act", ["submit", "issue"])
def test_a_plan_without_earlier_talks_is_a_surprise(world_in: WorldIn, act: str) -> None:
    """Submitting and issuing warn where no talk and no feedback is on record; a brought-in coaching note is one."""
    world = world_in("draft" if act == "submit" else "approved")
    struck = world.entry(NOTE)
    world.do("strike", "hr", entry=struck, reason="It was about somebody else.")
    data = {} if act == "submit" else ISSUE

    def surprised() -> bool:
        findings = world.desk("manager").preview(act, CASE, data).findings
        return any(one.check == "case.no_surprise" for one in findings)

    assert surprised()
    noted(world, kind="concern")
    world.do("bring_in", "manager", all="yes")
    assert surprised()
    noted(world, kind="coaching")
    world.do("bring_in", "manager", all="yes")
    assert not surprised()


@pytest.mark.parametrize(
    ("login", "who", "role"),
    [("hana", DANA, "hr"), ("max", DANA, "manager"), ("hana", "1001", "manager"), ("max", "1001", "manager")],
)
def test_the_owner_writes_in_the_role_that_they_have(world_in: WorldIn, login: str, who: str, role: Role) -> None:
    """Of a personal store: nobody is called the manager of somebody who reports to another one. Where the record does
    not know who leads, they may."""
    world = world_in("founded")
    desk = world.desk(login=login)
    desk.do_person("note", who, {"text": "Talked."})
    assert [one.role for one in desk.person(who).notes] == [role]


def test_the_owner_leads_also_where_the_list_of_hr_has_them_a_second_time(world_in: WorldIn) -> None:
    """Whoever made the store stands in it beside themselves, and is known by name."""
    world = world_in("founded")
    desk = world.desk("hr")
    key = desk.do_person("add_person", "", {"name": "Hana Ito", "number": "2999"}).person
    desk.do_person("change_person", "1016", {"manager": key})
    world.desk().do_person("note", "1016", {"text": "Talked."})
    assert [one.role for one in world.desk().person("1016").notes] == ["manager"]
