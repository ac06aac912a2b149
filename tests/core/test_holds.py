"""Legal holds: they keep everything, stop nothing from being added, and are told to who may know."""

from typing import Any

import pytest

from piptui.desk.api import Target
from piptui.errors import Denied, NotFound, Refused

from .conftest import WorldIn
from .world import CASE, KINDS, Kind, World

WHY = "Retention is over."
REASON = "A claim was announced."


def held(world: World, **more: Any) -> str:
    """A hold on the case; its id."""
    return world.do("hold", "hr", reason=REASON, custodian="Leo Grant", **more).item


@pytest.mark.parametrize("kind", KINDS)
def test_a_hold_forbids_to_remove_and_lets_everything_in(world_in: WorldIn, kind: Kind) -> None:
    """The case, a document of it and its person: each refusal names day, who, custodian, and how it is lifted."""
    world = world_in("successful", kind)
    entry = world.do("note", "hr", text="Before the hold.").item
    held(world)
    desk = world.desk("hr")
    for target in (Target(case=CASE), Target(case=CASE, entry=entry), Target(person="1014")):
        assert len(desk.removal(target).holds) == 1
        with pytest.raises(Refused, match="legal hold forbids") as refused:
            desk.redact(target, WHY)
        (told,) = refused.value.reasons
        assert told.startswith("Case 0001 is under a legal hold since 2026-05-17 by Hana Ito; custodian Leo Grant.")
        assert "piptui do 0001 lift_hold" in told
    world.do("note", "hr", text="Added under the hold.")
    world.do("attach", "hr", name="letter.pdf", content=b"%PDF")
    world.do("lift_hold", "hr", reason="The claim was withdrawn.")
    assert desk.redact(Target(case=CASE, entry=entry), WHY).texts == 1


def test_a_hold_on_a_person_covers_every_case_of_theirs(world_in: WorldIn) -> None:
    """Also a case that is opened later; lifting it frees all."""
    world = world_in("successful")
    desk = world.desk("hr")
    desk.do_person("hold", "1014", {"reason": REASON, "custodian": "Leo Grant"})
    assert desk.new({"employee": "1014"}).case == "0002"
    desk.do("discard", "0002", {"text": "Opened in error."})
    for target in (Target(case=CASE), Target(case="2"), Target(person="1014")):
        with pytest.raises(Refused, match="legal hold") as refused:
            desk.redact(target, WHY)
        assert refused.value.reasons[0].startswith("Dana Cole (1014) is under a legal hold")
        assert "piptui do --person 1014 lift_hold --set reason=…" in refused.value.reasons[0]
    lifts = [one.lift for line in desk.retention().lines for one in line.holds]
    assert all(one == "piptui do --person 1014 lift_hold --set reason=…" for one in lifts)
    assert [one.held for one in desk.list().lines] == [True, True]
    assert desk.person("1014").holds[0].reason == REASON
    desk.do_person("lift_hold", "1014", {"reason": "It is over."})
    assert desk.redact(Target(case=CASE), WHY).texts
    assert not desk.person("1014").holds
    with pytest.raises(Refused, match="no legal hold"):
        desk.do_person("lift_hold", "1014", {"reason": "Again."})


def test_a_hold_that_stands_is_not_listed_as_a_lifted_one(world_in: WorldIn) -> None:
    """Of a person: who reads what would go sees which hold forbids it, and which one is history."""
    world = world_in("successful")
    desk = world.desk("hr")
    for _ in range(2):
        desk.do_person("hold", "1014", {"reason": REASON})
        holds = [one.what for one in desk.removal(Target(person="1014")).lines if one.table == "holds"]
        assert holds[-1] == "legal hold"
        assert {*holds[:-1]} <= {"legal hold, lifted"}
        desk.do_person("lift_hold", "1014", {"reason": "Over."})
    holds = [one.what for one in desk.removal(Target(person="1014")).lines if one.table == "holds"]
    assert holds == ["legal hold, lifted"] * 2


def test_a_hold_on_a_person_is_not_for_every_manager(world_in: WorldIn) -> None:
    """In a team store HR, legal and who leads the person read it; who leads others reads their page without it."""
    world = world_in("active", "team")
    hr = world.desk("hr")
    hr.do_person("give_role", "2002", {"role": "legal"})
    hr.do_person("hold", "1014", {"reason": REASON})
    hr.do_person("hold", "1016", {"reason": REASON})
    told = {
        (login, who): (bool(desk.person(who).holds), any("hold" in one.act for one in desk.person_history(who)))
        for login in ("hana", "leo", "max", "vera")
        for who, desk in (("1014", world.desk(login=login)), ("1016", world.desk(login=login)))
    }
    seen = {("hana", "1014"), ("hana", "1016"), ("leo", "1014"), ("leo", "1016"), ("max", "1014")}
    assert told == {pair: (pair in seen, pair in seen) for pair in told}


def test_who_is_under_a_hold_neither_lifts_it_nor_learns_of_it(world_in: WorldIn) -> None:
    """In a team store HR's own people may be under one: the acts answer them in the same words before and after."""
    world = world_in("founded", "team")
    world.desk("hr").do_person("give_role", "1016", {"role": "hr"})
    hana = world.desk("hr")

    def told() -> list[str]:
        lines = [f"{one.act} {one.possible} {one.reason}" for one in hana.person_acts("me") if "hold" in one.act]
        with pytest.raises(Denied, match="somebody else") as denied:
            hana.do_person("lift_hold", "2001", {"reason": "Not needed."})
        return [*lines, str(denied.value)]

    before = told()
    world.desk(login="olu").do_person("hold", "2001", {"reason": REASON})
    assert told() == before
    world.desk(login="olu").do_person("lift_hold", "2001", {"reason": "Settled."})


def test_the_cases_of_comparators_are_kept_and_do_not_say_for_whom(world_in: WorldIn) -> None:
    """Their managers learn that there is a hold, and nothing of the other case; lifting it lifts theirs."""
    world = world_in("successful", "team")
    desk = world.desk("hr")
    desk.new({"employee": "1016"})
    desk.do("discard", "0002", {"text": "Opened in error."})
    held(world, comparators=["2"])
    with pytest.raises(Refused, match="legal hold"):
        desk.redact(Target(case="2"), WHY)
    (line,) = desk.view("2").holds
    assert (line.comparator, line.reason) == (True, "")
    told = repr(desk.history("2")) + repr(desk.view("2"))
    assert CASE not in told.replace("0001-01-01", "")
    assert REASON not in told
    assert "0002" not in repr(world.desk("manager").view(CASE).holds)
    assert "0002" not in repr(world.desk("manager").history(CASE))
    world.do("lift_hold", "hr", reason="The claim was withdrawn.")
    assert not desk.view("2").holds
    assert "The claim was withdrawn" not in repr(desk.history("2"))
    assert desk.redact(Target(case="2"), WHY).texts


def test_who_lifts_a_hold_is_told_which_other_cases_go_with_it(world_in: WorldIn) -> None:
    """By number, before and after, whether they are lifted, too, or stay; whoever reads the case is told of none."""
    world = world_in("successful", "team")
    desk = world.desk("hr")
    for person in ("1016", "1015"):
        desk.new({"employee": person})
    done = world.do("hold", "hr", reason=REASON, comparators=["3", "2"])
    assert done.sentence.endswith("under a legal hold. The cases 0002 and 0003 are kept with it.")
    why = {"reason": "Over."}
    seen = desk.preview("lift_hold", CASE, why)
    assert seen.sentences == ("Hana Ito lifted the legal hold.",)
    assert seen.told == "The cases 0002 and 0003 are under it no more, either."
    desk.do("lift_hold", "3", why)
    kept = desk.preview("lift_hold", CASE, why | {"comparators": "no"})
    assert kept.told == "Case 0002 is still kept for it (comparators)."
    assert world.do("lift_hold", "hr", **why).sentence.endswith("Case 0002 is under it no more, either.")
    assert not desk.view("2").holds
    assert not {"0002", "0003"} & {*repr(desk.history(CASE)).replace("'", " ").replace(".", " ").split()}


def test_comparators_may_stay_under_the_hold(world_in: WorldIn) -> None:
    """Where they are kept for something else, too."""
    world = world_in("successful")
    desk = world.desk("hr")
    desk.new({"employee": "1016"})
    held(world, comparators=["2"])
    world.do("lift_hold", "hr", reason="Over.", comparators="no")
    assert desk.view("2").holds
    desk.do("lift_hold", "2", {"reason": "Over here, too."})
    assert not desk.view("2").holds
    with pytest.raises(NotFound, match="no case"):
        held(world, comparators=["17"])


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_know_of_a_hold(world_in: WorldIn, kind: Kind) -> None:
    """Managers, HR and legal see it on the case, in the list and in its history; the employee nowhere."""
    world = world_in("active", kind)
    before = repr((world.desk("employee").view(CASE), world.desk("employee").history(CASE)))
    key = held(world)
    for role in ("manager", "second_manager", "hr", "legal"):
        desk = world.desk(role)
        assert desk.view(CASE).holds[0].id == key
        assert desk.list("is:held").lines
        assert any("legal hold" in one.sentence for one in desk.history(CASE))
    employee = world.desk("employee")
    assert repr((employee.view(CASE), employee.history(CASE))) == before
    assert not employee.list("is:held").lines
    for who in (employee, world.desk("manager")):
        with pytest.raises(Denied, match="only HR and legal reviewer may"):
            who.do("hold", CASE, {"reason": REASON})


def test_a_hold_stands_in_the_packets_of_hr_and_counsel(world_in: WorldIn) -> None:
    """With reason and custodian; the manager's packet has it in its trail alone, the employee's nowhere."""
    world = world_in("active")
    held(world)
    desk = world.desk("hr")
    for audience in ("counsel", "hr"):
        text = desk.packet(CASE, audience).text
        assert "Legal hold since" in text
        assert REASON in text
        assert "Leo Grant" in text
    assert "Legal hold since" not in desk.packet(CASE, "manager").text
    assert "legal hold" not in desk.packet(CASE, "employee").text


def test_several_holds_are_lifted_one_by_one(world_in: WorldIn) -> None:
    """Which one has to be said; everything is kept until the last is lifted."""
    world = world_in("successful")
    first, second = held(world), held(world)
    with pytest.raises(Exception, match="there are 2 legal holds"):
        world.do("lift_hold", "hr", reason="Over.")
    world.do("lift_hold", "hr", reason="Over.", hold=first[:8])
    with pytest.raises(Refused) as refused:
        world.desk("hr").redact(Target(case=CASE), WHY)
    assert len(refused.value.reasons) == 1
    world.do("lift_hold", "hr", reason="Over.", hold=second)
    world.desk("hr").redact(Target(case=CASE), WHY)
    assert not [one for one in world.folder.rglob("*.jsonl") if REASON.encode() in one.read_bytes()]


def test_lifting_says_when_there_is_nothing_to_lift(world_in: WorldIn) -> None:
    """The list of acts has the reason, and the act refuses with it."""
    world = world_in("active")
    line = next(one for one in world.desk("hr").acts(CASE) if one.act == "lift_hold")
    assert (line.possible, line.reason) == (False, "There is no legal hold on this case.")
    with pytest.raises(Refused, match="There is no legal hold here"):
        world.do("lift_hold", "hr", reason="Over.")
