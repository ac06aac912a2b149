"""Who acts in which role, and who may open, see and look up what, in a personal and in a team store."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from piptui.cases.acts import ACTS
from piptui.cases.records import Party
from piptui.cases.words import EVERYTHING, ROLES, SEES, Role
from piptui.desk.access import Access
from piptui.errors import BadInput, Denied, NotFound, Refused

from .conftest import WorldIn
from .world import CASE, LOGINS, OUTSIDER, World

TODAY = dt.date(2026, 3, 2)
YESTERDAY = TODAY - dt.timedelta(days=1)
TOMORROW = TODAY + dt.timedelta(days=1)


def party(role: Role, person: str = "me", since: dt.date = TODAY, until: dt.date | None = None) -> Party:
    """A part in a case."""
    return Party(role=role, person=person, name=person, since=since, until=until)


def test_the_owner_of_a_personal_store_reads_everything() -> None:
    """Without a chosen role the owner reads all classes; a chosen role narrows what is read and what may be done."""
    owner = Access(personal=True, person="me")
    assert owner.classes([], TODAY, issued=False) == EVERYTHING
    for role in ROLES:
        narrowed = Access(personal=True, person="me", chosen=role)
        assert narrowed.roles([], TODAY) == {role}
        assert narrowed.classes([], TODAY, issued=True) == SEES[role]
    assert Access(personal=True, person="me", chosen="employee").classes([], TODAY, issued=False) == frozenset()


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.name)
def test_the_owner_acts_in_the_partys_role_or_the_first_that_may(act: Any) -> None:
    """An owner who has a part in the case acts in it where it may, and else in the first role that may."""
    owner = Access(personal=True, person="me")
    assert owner.role_for(act, [], TODAY, {}) == act.roles[0]
    for role in act.roles:
        assert owner.role_for(act, [party(role)], TODAY, {}) == role
    for role in set(ROLES) - set(act.roles):
        assert owner.role_for(act, [party(role)], TODAY, {}) == act.roles[0]


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("", "manager"),
        ("shared", "manager"),
        ("manager_hr", "manager"),
        ("manager's own", "manager"),
        ("hr_only", "hr"),
        ("HR only", "hr"),
        ("medical", "hr"),
        ("privileged", "hr"),
        ("employee_own", "employee"),
        ("Employee's own", "employee"),
        ("nonsense", "manager"),
        (["hr_only", "shared"], "manager"),
        ({"a": 1}, "manager"),
    ],
)
def test_the_role_of_a_note_follows_from_its_class(typed: Any, role: Role) -> None:
    """The owner writes a note in a role that can read it, however the class is typed; nonsense is not judged here."""
    owner = Access(personal=True, person="me")
    assert owner.role_for(ACTS["note"], [], TODAY, {"cls": typed}) == role


def test_a_class_that_cannot_be_read_is_refused_in_words(world_in: WorldIn) -> None:
    """A class that does not exist is a bad input, whatever its shape."""
    world = world_in("active")
    for typed in ("secret", ["hr_only"], {"a": 1}, 7):
        with pytest.raises(BadInput, match="none of shared"):
            world.do("note", None, text="x", cls=typed)


def test_a_part_holds_from_its_first_to_its_last_day() -> None:
    """A role follows from the party's interval, both days included; other people's parts give nothing."""
    member = Access(personal=False, person="me")
    for since, until, holds in (
        (TODAY, None, True),
        (YESTERDAY, TODAY, True),
        (TODAY, TOMORROW, True),
        (YESTERDAY, YESTERDAY, False),
        (TOMORROW, None, False),
    ):
        assert member.roles([party("manager", since=since, until=until)], TODAY) == ({"manager"} if holds else set())
    assert member.roles([party("manager", person="you")], TODAY) == set()
    assert Access(personal=False, person="").roles([party("manager")], TODAY) == set()


def test_a_chosen_role_must_be_ones_own() -> None:
    """In a team store a chosen role narrows; one that the person does not have gives nothing."""
    parties = [party("manager"), party("second_manager")]
    assert Access(personal=False, person="me", chosen="manager").roles(parties, TODAY) == {"manager"}
    assert Access(personal=False, person="me", chosen="hr").roles(parties, TODAY) == set()
    assert Access(personal=False, person="me", chosen="hr", dated=frozenset({"hr"})).roles(parties, TODAY) == {"hr"}


def test_the_employee_of_a_plan_is_nothing_else_in_it() -> None:
    """Somebody of HR with a plan of their own reads it as its employee, and cannot approve it."""
    hr = Access(personal=False, person="me", dated=frozenset({"hr", "legal"}))
    mine = [party("employee"), party("second_manager")]
    assert hr.roles(mine, TODAY) == {"employee"}
    assert hr.classes(mine, TODAY, issued=False) == frozenset()
    assert hr.classes(mine, TODAY, issued=True) == SEES["employee"]
    with pytest.raises(Denied, match="You act as employee"):
        hr.role_for(ACTS["approve"], mine, TODAY, {})


def test_hr_does_not_see_the_case_about_themselves(world_in: WorldIn, tmp_path: Path) -> None:
    """In a team store a plan for the HR person themselves is hidden from them until it is issued."""
    world = world_in("founded", "team")
    csv = tmp_path / "hr.csv"
    csv.write_text("Employee Number,Name,Manager Number\n2001,Hana Ito,1001\n1001,Vera Stone,\n", encoding="utf-8")
    world.desk("hr").import_people(str(csv))
    world.desk("second_manager").new({"employee": "2001"})  # Vera leads Hana
    assert world.desk("hr").list().lines == ()
    with pytest.raises(NotFound):
        world.desk("hr").view(CASE)
    assert world.desk("second_manager").view(CASE).header.parties[0].name == "Hana Ito"


def test_errors_name_the_roles_that_may_and_ones_own() -> None:
    """Who may not is told who may, and as whom they act."""
    with pytest.raises(Denied) as told:
        Access(personal=True, person="me", chosen="legal").role_for(ACTS["put"], [], TODAY, {})
    sentence = (
        "Add or change an item of the plan: only manager, HR and second manager may. You act as legal reviewer."
    )
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    ("login", "given", "error"),
    [
        ("hana", {}, None),
        ("max", {}, None),
        ("vera", {}, None),
        ("dana", {}, Denied),
        ("leo", {}, Denied),
        (OUTSIDER, {}, Denied),
        ("stranger", {}, Denied),
        (OUTSIDER, {"manager": "1016"}, Denied),
        (OUTSIDER, {"second_manager": "1016"}, Denied),
        (OUTSIDER, {"hr_partner": "1016"}, Denied),
        ("max", {"hr_partner": "1016"}, Refused),
        ("max", {"legal_reviewer": "1016"}, Refused),
        ("max", {"hr_partner": "1002"}, Refused),
        ("hana", {"hr_partner": "2001", "legal_reviewer": "2002"}, None),
        ("hana", {"manager": "1014"}, Refused),
    ],
)
def test_who_opens_a_case_in_a_team(
    world_in: WorldIn, login: str, given: dict[str, str], error: type[Exception] | None
) -> None:
    """HR and the employee's own line open a case; a part that somebody gives themselves opens nothing."""
    world = world_in("founded", "team")
    head = world.head()
    desk = world.desk(login=login)
    if error is None:
        done = desk.new({"employee": "1014", **given})
        assert done.case == CASE
        assert world.desk("hr").history(CASE)[0].who == world.desk(login=login).me().name
        return
    with pytest.raises(error) as told:
        desk.new({"employee": "1014", **given})
    assert str(told.value).endswith(".")
    assert world.head() == head


def test_a_manager_opens_no_case_for_other_peoples_staff(world_in: WorldIn) -> None:
    """Leading somebody opens cases for them, not for others."""
    world = world_in("founded", "team")
    with pytest.raises(Denied):
        world.desk("manager").new({"employee": "1016", "manager": "1002"})


@pytest.mark.parametrize("role", [role for role in ROLES if role != "employee"])
def test_the_directory_is_open_to_those_with_a_part(world_in: WorldIn, role: Role) -> None:
    """Everybody who works with cases looks people up; who has none, and leads nobody, does not."""
    world = world_in("active", "team")
    assert world.desk(role).lookup("dana")[0].open_case == CASE
    for login in (LOGINS["employee"], OUTSIDER, "stranger"):
        with pytest.raises(Denied, match="not for the employee role"):
            world.desk(login=login).lookup("dana")


def test_only_hr_imports_people(world_in: WorldIn, tmp_path: Path) -> None:
    """An import changes who has which login: in a team it is HR's alone."""
    csv = tmp_path / "more.csv"
    csv.write_text("Employee Number,Name\n3001,Nia Okoye\n", encoding="utf-8")
    world = world_in("active", "team")
    for login in ("max", "dana", "leo", OUTSIDER):
        with pytest.raises(Denied, match="only HR may"):
            world.desk(login=login).import_people(str(csv))
    assert world.desk("hr").import_people(str(csv)).added == 1


def test_who_left_a_part_reads_no_more(world_in: WorldIn) -> None:
    """A manager who hands a case over no longer finds it; the new one does."""
    world = world_in("draft", "team")
    world.do("set", "manager", field="manager", value="1016")
    with pytest.raises(NotFound):
        world.desk("manager").view(CASE)
    assert world.desk(login=OUTSIDER).view(CASE).line.manager == "Olu Ray"


def test_a_login_from_nowhere_writes_nothing(world_in: WorldIn) -> None:
    """A team store lets nobody in by acting; a personal one notes a new login at its first act."""
    team, personal = world_in("active", "team"), world_in("active")
    with pytest.raises(NotFound):
        team.desk(login="stranger").do("note", CASE, {"text": "x"})
    assert personal.desk("hr", login="laptop").do("note", CASE, {"text": "From another login."}).seq
    assert personal.desk("hr").view(CASE).entries[-1].who in ("laptop", "Hana Ito")
    assert "laptop" in [line.name for line in personal.desk("hr").lookup()]


def test_what_is_typed_in_for_somebody_says_so(world_in: WorldIn) -> None:
    """An answer recorded for the employee names who recorded it, for whom, and with what proof."""
    world = world_in("issued")
    world.do("acknowledge", "hr", text="Received on paper.", proof="paper")
    line = next(line for line in world.desk("hr").view(CASE).entries if line.kind == "acknowledgement")
    assert (line.who, line.role) == ("Hana Ito", "hr")
    assert ("recorded for", "Dana Cole") in line.details
    assert ("proof", "paper") in line.details
    assert "recorded by Hana Ito" in world.desk("hr").history(CASE)[-1].sentence


@pytest.mark.parametrize("named", ["Max Berg", " max berg ", "manager", "Manager"])
def test_an_actor_acts_on_behalf_and_with_proof(world_in: WorldIn, named: str) -> None:
    """On whose behalf, by name or by part, and the proof, come with the actor and stand in the entry."""
    world = world_in("active")
    desk = world.desk("hr", on_behalf=named, proof="email")
    desk.do("deliver", CASE, {"support": "p1"})
    line = next(line for line in desk.view(CASE).entries if line.kind == "delivery")
    assert ("recorded for", "Max Berg") in line.details
    assert ("proof", "e-mail") in line.details


def test_me_says_who_and_where(world_in: WorldIn) -> None:
    """The desk knows its actor by name, the kind of store, and today in its zone."""
    world: World = world_in("founded", "team")
    me = world.desk("manager").me()
    assert (me.name, me.login, me.kind, me.today) == ("Max Berg", "max", "team", TODAY)
    stranger = world.desk(login="stranger").me()
    assert (stranger.name, stranger.person) == ("stranger", "")


@pytest.mark.parametrize(("hour", "day"), [(22, TODAY), (23, TOMORROW)])
def test_today_is_the_day_of_the_cases_zone(world_in: WorldIn, hour: int, day: dt.date) -> None:
    """Late in the evening in UTC it is tomorrow already in Berlin, and an entry is of that day."""
    world = world_in("founded")
    world.clock.now = dt.datetime(2026, 3, 2, hour, 30, tzinfo=dt.UTC)
    world.desk("hr").new({"employee": "1014", "zone": "Europe/Berlin"})
    world.do("note", "hr", text="Late call.")
    assert world.desk("hr").view(CASE).entries[0].occurred_on == day
