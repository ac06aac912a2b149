"""A part in a case passes on for good, or is lent for a while; who holds it comes first, and it ends by itself."""

import datetime as dt
from typing import Any

import pytest

from piptui.cases.parties import deputies, named_last, part_text, principal
from piptui.cases.words import Role
from piptui.errors import BadInput, Conflict, Denied, NotFound, Refused

from .conftest import WorldIn
from .world import CASE, ISSUE, OUTSIDER, World

OLU = "1016"
PAT = "1015"


def parties(world: World, role: Role = "manager") -> list[tuple[str, str, str, bool]]:
    """Name, first and last day of everybody who has or had a part, and whether they stand in."""
    held = world.desk("hr").view(CASE).header.parties
    return [
        (one.name, str(one.since), str(one.until or ""), bool(one.deputy_for)) for one in held if one.role == role
    ]


def reassign(world: World, who: Role = "hr", /, **data: Any) -> str:
    """Pass the manager's part on to Olu, if nothing else is said."""
    return world.do("reassign", who, **({"role": "manager", "person": OLU, "reason": "Moved."} | data)).sentence


def delegate(world: World, who: Role = "hr", /, **data: Any) -> str:
    """Let Olu stand in for the manager for two weeks, if nothing else is said."""
    return world.do("delegate", who, **({"role": "manager", "person": OLU, "until": "in 14 days"} | data)).sentence


def test_a_part_passes_on_from_a_day_and_both_intervals_stay(world_in: WorldIn) -> None:
    """The old interval ends on the day before, in a running case as well."""
    world = world_in("active")
    said = reassign(world, since="2026-03-16")
    assert said == "Hana Ito made Olu Ray the manager from 2026-03-16 on, in place of Max Berg."
    assert parties(world) == [("Max Berg", "2026-03-02", "2026-03-15", False), ("Olu Ray", "2026-03-16", "", False)]


def test_a_planned_change_has_its_day(world_in: WorldIn) -> None:
    """Until the day comes the old manager is told, and acts; from it on the new one."""
    world = world_in("active", "team")
    world.clock.now = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
    reassign(world, since="2026-03-27")
    line = world.desk("hr").list().lines[0]
    assert line.manager == "Max Berg"
    assert world.desk("manager").view(CASE).line.case == CASE
    with pytest.raises(NotFound):
        world.desk(login=OUTSIDER).view(CASE)
    world.clock.move(days=7)
    assert world.desk("hr").list().lines[0].manager == "Olu Ray"
    assert world.desk(login=OUTSIDER).do("note", CASE, {"text": "Took over."}).seq
    with pytest.raises(NotFound):
        world.desk("manager").view(CASE)


def test_a_planned_change_is_taken_back_by_naming_who_has_the_part(world_in: WorldIn) -> None:
    """The interval of who stays is whole again."""
    world = world_in("active")
    before = parties(world)
    reassign(world, since="in 5 days")
    assert "stays the manager" in reassign(world, person="1002")
    assert parties(world) == before
    with pytest.raises(Refused, match="already"):
        reassign(world, person="1002")


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        ({"person": "1014"}, Refused, "employee of this plan"),
        ({"since": "2026-03-01"}, Refused, "since 2026-03-02"),
        ({"since": "2027-03-01"}, Refused, "within 92 days"),
        ({"role": "employee"}, BadInput, "role"),
    ],
)
def test_a_part_that_cannot_pass_on_so(
    world_in: WorldIn, data: dict[str, str], error: type[Exception], told: str
) -> None:
    """The employee is no party, nobody's interval is rewritten from before it began, and a slip of a year is seen."""
    world = world_in("active")
    before = world.head()
    with pytest.raises(error, match=told):
        reassign(world, **data)
    assert world.head() == before


def test_set_and_reassign_agree_before_issue(world_in: WorldIn) -> None:
    """`set manager` is the same change from today on, and takes a planned one back, too."""
    by_act, by_set = world_in("draft"), world_in("draft")
    for world in (by_act, by_set):
        world.clock.move(days=7)
        reassign(world, person=PAT, since="in 5 days")
    reassign(by_act)
    by_set.do("set", "hr", field="manager", value=OLU)
    expected = [("Max Berg", "2026-03-02", "2026-03-08", False), ("Olu Ray", "2026-03-09", "", False)]
    assert parties(by_act) == parties(by_set) == expected


def test_a_change_of_parties_voids_approvals_and_says_so_first(world_in: WorldIn) -> None:
    """The preview warns, and the plan is back in review."""
    world = world_in("approved")
    seen = world.desk("hr").preview("reassign", CASE, {"role": "manager", "person": OLU, "reason": "Left."})
    assert [one.text for one in seen.findings] == [
        "The approval of HR is void with it: the plan has to be approved again."
    ]
    reassign(world)
    assert world.desk("hr").view(CASE).stage == "in_review"


def test_the_reason_is_not_for_the_employee(world_in: WorldIn) -> None:
    """The header with names and days is shared; why somebody went is for managers and HR."""
    world = world_in("active")
    delegate(world, reason="On sick leave.")
    sheet, history = world.desk("employee").view(CASE), world.desk("employee").history(CASE)
    assert [one.name for one in sheet.header.parties if one.deputy_for] == ["Olu Ray"]
    assert "sick" not in repr(sheet) + repr(history)
    assert any("to stand in for Max Berg as manager" in line.sentence for line in history)
    assert world.line("handover", "manager").text == "On sick leave."


def test_a_deputy_acts_for_a_while_beside_the_principal(world_in: WorldIn) -> None:
    """Access and duties of the part, from the first day to the last; the principal keeps theirs."""
    world = world_in("active", "team")
    delegate(world, since="tomorrow", until="in 3 days")
    deputy = world.desk(login=OUTSIDER)
    with pytest.raises(NotFound):
        deputy.view(CASE)
    world.clock.move(days=1)
    assert deputy.view(CASE).line.case == CASE
    assert deputy.do("log_check_in", CASE, {"helped": "A quiet week."}).seq
    assert world.do("note", "manager", text="Still here.").seq
    world.clock.move(days=2)
    assert deputy.view(CASE).line.case == CASE
    world.clock.move(days=1)
    with pytest.raises(NotFound):
        deputy.view(CASE)


def test_the_principal_is_named_first_everywhere(world_in: WorldIn) -> None:
    """Lists, what is due and the printed plan name who holds the part; the filter finds both."""
    world = world_in("approved", "team")
    delegate(world, "manager")
    line = world.desk("hr").list("manager:olu").lines[0]
    assert (line.manager, line.manager_deputy) == ("Max Berg", "Olu Ray")
    assert world.desk("hr").list("manager:max").matching == 1
    world.do("approve", "hr")
    assert {one.who for one in world.desk("hr").agenda("olu").lines} == {"Max Berg"}
    world.do("issue", "manager", **ISSUE)
    plan = world.desk("hr").view(CASE).plan
    assert plan is not None
    assert plan.header.manager == "Max Berg"
    packet = world.desk("hr").packet(CASE, "employee").text
    assert "Who had which part" in packet
    assert "stood in for Max Berg" in packet


def test_a_sheet_says_who_stands_in(world_in: WorldIn) -> None:
    """In words: who holds the part, and until when who stands in."""
    world = world_in("active")
    delegate(world, until="2026-03-27")
    header = world.desk("hr").view(CASE).header
    today = dt.date(2026, 3, 20)
    assert part_text(header.parties, "manager", today) == "Max Berg, until Fri 27 Mar Olu Ray stands in"
    assert part_text(header.parties, "legal", today) == "Leo Grant"


def test_who_stands_in_for_the_manager_cannot_approve(world_in: WorldIn) -> None:
    """A second person approves, and the manager's deputy is none."""
    world = world_in("in_review", "team")
    delegate(world, "manager", person="2001")
    with pytest.raises(Refused, match="second person"):
        world.do("approve", "hr")


def test_in_a_team_store_hr_says_who_reviews(world_in: WorldIn) -> None:
    """No manager names a deputy for HR or legal."""
    world = world_in("draft", "team")
    for act in ("reassign", "delegate"):
        data = {"role": "hr", "person": OLU, "reason": "x"} | ({"until": "in 9 days"} if act == "delegate" else {})
        with pytest.raises(Refused, match="HR names"):
            world.do(act, "manager", **data)
    with pytest.raises(Denied):
        world.do("delegate", "legal", role="legal", person=OLU, until="in 9 days")


def test_what_was_lent_is_not_passed_on(world_in: WorldIn) -> None:
    """In a team store who stands in makes neither themselves nor anybody else the manager."""
    world = world_in("active", "team")
    delegate(world)
    for act, data in (
        ("reassign", {"role": "manager", "person": OLU, "reason": "Mine now."}),
        ("delegate", {"role": "manager", "person": PAT, "until": "in 30 days"}),
    ):
        with pytest.raises(Refused, match="You stand in as manager"):
            world.desk(login=OUTSIDER).do(act, CASE, data)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"person": "1002"}, "stand in for themselves"),
        ({"person": "1014"}, "employee of this plan"),
        ({"since": "in 5 days", "until": "in 4 days"}, "lies before the first"),
    ],
)
def test_a_delegation_that_cannot_be(world_in: WorldIn, data: dict[str, str], told: str) -> None:
    """Nobody stands in for themselves, nor the employee for anybody, nor from after the end."""
    with pytest.raises(Refused, match=told):
        delegate(world_in("active"), **data)


def test_nobody_stands_in_twice_at_once_nor_for_nobody(world_in: WorldIn) -> None:
    """A delegation goes on from the day after; a part that nobody holds has to be filled."""
    world = world_in("draft")
    delegate(world)
    with pytest.raises(Refused, match="already"):
        delegate(world, since="in 14 days", until="in 20 days")
    assert delegate(world, since="in 15 days", until="in 20 days")
    world.do("set", "hr", field="second_manager", value="")
    with pytest.raises(Refused, match="Nobody is the second manager"):
        delegate(world, role="second_manager")


def test_a_delegation_ends_earlier(world_in: WorldIn) -> None:
    """The interval is cut; yesterday is the earliest, and one that never began leaves nothing."""
    world = world_in("active", "team")
    delegate(world)
    world.clock.move(days=3)
    world.do("end_delegation", "hr", role="manager", until="yesterday")
    with pytest.raises(NotFound):
        world.desk(login=OUTSIDER).view(CASE)
    assert len(parties(world)) == 2
    with pytest.raises(Refused, match="Nobody stands in"):
        world.do("end_delegation", "hr", role="manager")
    delegate(world, since="in 2 days", until="in 4 days")
    assert "took back" in world.do("end_delegation", "hr", role="manager").sentence
    assert len(parties(world)) == 2


def test_of_several_it_is_asked_who_stops(world_in: WorldIn) -> None:
    """With two deputies the name is needed."""
    world = world_in("active")
    delegate(world)
    delegate(world, person=PAT)
    with pytest.raises(BadInput, match="Olu Ray and Pat Doe"):
        world.do("end_delegation", "hr", role="manager")
    assert "Pat Doe" in world.do("end_delegation", "hr", role="manager", person=PAT).sentence


def test_a_new_manager_ends_the_delegation_of_the_old_one(world_in: WorldIn) -> None:
    """Who stood in for Max does not stand in for who came after."""
    world = world_in("active", "team")
    world.clock.move(days=1)
    delegate(world)
    world.clock.move(days=1)
    reassign(world, person="2001")
    held = world.desk("hr").view(CASE).header.parties
    today = world.desk("hr").session.today("Europe/Berlin")
    assert deputies(held, "manager", today) == ()
    named = principal(held, "manager", today)
    assert named is not None
    assert named == named_last(held, "manager")
    assert named.name == "Hana Ito"


@pytest.mark.parametrize("act", ["reassign", "delegate"])
def test_a_change_on_a_header_that_moved_is_a_conflict(world_in: WorldIn, act: str) -> None:
    """Two who change a part at once: the second reads again, and nothing is overwritten."""
    world = world_in("active")
    read = world.desk("hr").view(CASE).revision
    reassign(world)
    data = {"role": "manager", "person": PAT} | ({"until": "in 9 days"} if act == "delegate" else {"reason": "x"})
    before = world.head()
    with pytest.raises(Conflict, match="changed the case"):
        world.desk("hr").do(act, CASE, data, expect=read)
    assert world.head() == before


def test_on_behalf_of_the_manager_means_who_is_it_today(world_in: WorldIn) -> None:
    """Not who was it before, nor who stands in."""
    world = world_in("active")
    reassign(world)
    delegate(world, person=PAT)
    world.desk("hr", on_behalf="manager", proof="email").do("note", CASE, {"text": "Told me so."})
    olu = world.desk("hr").lookup(OLU)[0].id
    assert world.stored("note")["on_behalf"] == olu


def test_a_change_of_zone_leaves_a_planned_change_where_it_is(world_in: WorldIn) -> None:
    """Only the days of those who hold their part today move with the zone."""
    world = world_in("draft")
    reassign(world, since="in 5 days")
    world.do("set", "hr", field="zone", value="Pacific/Honolulu")
    assert [one[1] for one in parties(world)][-1] == "2026-03-07"
