"""Acts on people: who may do them, what they write, and what they refuse."""

from typing import Any

import pytest

from piptui.cases.words import ROLES
from piptui.documents import decode
from piptui.errors import BadInput, Conflict, Denied, NotFound, PiptuiError, Refused
from piptui.people.acts import PERSON_ACTS
from piptui.people.records import Person

from .conftest import WorldIn
from .world import KINDS, LOGINS, Kind, World

SAMPLES: dict[str, dict[str, Any]] = {
    "note": {"text": "Talked about calls per day."},
    "correct": {"entry": "?", "value": "It was about visits.", "reason": "Looked it up."},
    "strike": {"entry": "?", "reason": "Meant for another person."},
    "add_person": {"name": "Kim Lee", "number": "3001", "login": "kim"},
    "change_person": {"title": "Senior Account Executive"},
    "set_logins": {"logins": "dana; dcole"},
    "give_role": {"role": "hr"},
    "end_role": {"role": "legal"},
    "left": {"left_on": "2026-03-01"},
    "rehired": {"hired_on": "2026-03-02"},
    "hold": {"reason": "A claim was announced.", "custodian": "Leo Grant"},
    "lift_hold": {"reason": "The claim was withdrawn."},
}
"""A valid input for every act; a new one has to be given one here."""


def on(world: World, act: str, who: str = "1014", role: Any = "hr", /, **data: Any) -> Any:
    """Do an act on a person."""
    return world.desk(role).do_person(act, who, data)


def stored(world: World, name: str) -> Person:
    """A person as the record has them."""
    people: list[Person] = [decode("people", document) for _, document, _ in world.store.list("people")]
    return next(one for one in people if one.name == name)


def ready(world: World, act: str, role: Any = "hr") -> tuple[str, dict[str, Any]]:
    """Whom an act can be done on, after what it needs was done."""
    data = dict(SAMPLES[act])
    if act == "rehired":
        on(world, "left", left_on="2026-03-01")
    if data.get("entry") == "?":
        data["entry"] = on(world, "note", "1014", role, text="Talked.").item
    if act == "lift_hold":
        on(world, "hold", reason="A claim was announced.")
    if act == "end_role":
        on(world, "give_role", role="legal")
    return ("" if act == "add_person" else "1014"), data


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", PERSON_ACTS)
def test_an_act_is_done_by_the_roles_it_names(world_in: WorldIn, act: str, kind: Kind) -> None:
    """HR does each, legal those of holds; the person's manager keeps and mends notes; nobody else does anything, and
    nothing is written."""
    for role in ROLES:
        world = world_in("founded", kind)
        may = role in PERSON_ACTS[act].roles
        if role == "legal" and may:
            on(world, "give_role", "2002", role="legal")
        who, data = ready(world, act, role if may else "hr")
        before = world.head()
        if may:
            done = world.desk(role).do_person(act, who, data)
            assert world.head() == done.seq > before
            assert any(one.sentence == done.sentence for one in world.desk("hr").person_history(done.person))
        else:
            with pytest.raises(Denied):
                world.desk(role).do_person(act, who, data)
            assert world.head() == before


@pytest.mark.parametrize("act", PERSON_ACTS)
def test_a_preview_writes_nothing_and_tells_the_sentence(world_in: WorldIn, act: str) -> None:
    """A preview says what doing it then stores, and who reads it."""
    world = world_in("founded")
    who, data = ready(world, act)
    before = world.head()
    seen = world.desk("hr").preview_person(act, who, data)
    assert world.head() == before
    assert seen.readers
    assert seen.sentences == (world.desk("hr").do_person(act, who, data).sentence,)


@pytest.mark.parametrize("act", PERSON_ACTS)
def test_what_is_told_as_possible_is(world_in: WorldIn, act: str) -> None:
    """An act with a reason against it is refused; one without is done."""
    world = world_in("founded")
    who, data = ready(world, act)
    if act != "add_person":
        line = next(one for one in world.desk("hr").person_acts("1014") if one.act == act)
        assert line.possible, line.reason
    assert world.desk("hr").do_person(act, who, data).seq


def test_acts_without_object_say_why_not(world_in: WorldIn) -> None:
    """Nothing to mend, no role to end, nobody who left: each act says so before it is tried."""
    told = {one.act: one.reason for one in world_in("founded").desk("hr").person_acts("1014") if not one.possible}
    assert set(told) == {"correct", "strike", "end_role", "rehired", "lift_hold"}
    assert all(reason.endswith(".") for reason in told.values())


def test_who_may_not_add_anybody_is_told_before(world_in: WorldIn) -> None:
    """The list of acts on people says to a manager that adding is HR's."""
    told = {one.act: one.reason for one in world_in("founded", "team").desk("manager").person_acts()}
    assert told["add_person"] == "Add a person: only HR may."
    assert not any(reason for act, reason in told.items() if act != "add_person")


def test_unknown_acts_and_inputs_are_named(world_in: WorldIn) -> None:
    """A mistyped act is answered with the nearest, an unknown input by its name."""
    world = world_in("founded")
    with pytest.raises(NotFound, match="Did you mean left"):
        on(world, "lef")
    with pytest.raises(BadInput, match="colour"):
        on(world, "left", left_on="2026-03-01", colour="blue")


def test_a_person_added_by_hand_is_found_by_an_import(world_in: WorldIn) -> None:
    """The next export updates whom HR added, by number, instead of adding them once more."""
    world = world_in("founded")
    added = on(world, "add_person", "", name="Kim Lee", number="3001", email="Kim@Example.org", manager="1002")
    file = world.folder.parent / "more.csv"
    file.write_text("Employee Number,Name,Title\n3001,Kim Lee,Clerk\n", encoding="utf-8")
    report = world.desk("hr").import_people(str(file))
    assert (report.added, report.updated) == (0, 1)
    sheet = world.desk("hr").person(added.person)
    assert (sheet.line.title, sheet.line.manager) == ("Clerk", "Max Berg")


@pytest.mark.parametrize("key", [{"number": "1014"}, {"email": "DANA@example.org"}, {"login": "Dana"}])
def test_nobody_gets_what_is_another_persons(world_in: WorldIn, key: dict[str, str]) -> None:
    """Number, e-mail and login stand for one person: whose it is, is said."""
    with pytest.raises(Refused, match="Dana Cole's"):
        on(world_in("founded"), "add_person", "", name="Kim Lee", **key)


def test_a_namesake_is_told_not_forbidden(world_in: WorldIn) -> None:
    """Two people may have one name."""
    done = on(world_in("founded"), "add_person", "", name="dana cole")
    assert "There is a Dana Cole already (1014)" in done.findings[0].text


def test_left_out_details_stay_and_empty_ones_go(world_in: WorldIn) -> None:
    """A change says what it changes, and touches nothing else."""
    world = world_in("founded")
    before = stored(world, "Dana Cole")
    done = on(world, "change_person", title="Lead", department="", zone="europe/berlin", hired_on="2021-07-01")
    after = stored(world, "Dana Cole")
    assert (after.title, after.department, after.zone) == ("Lead", "", "Europe/Berlin")
    assert str(after.spells[0].hired_on) == "2021-07-01"
    assert (after.email, after.manager, after.logins) == (before.email, before.manager, before.logins)
    assert "title, department, time zone and the first day of employment of Dana Cole" in done.sentence
    with pytest.raises(BadInput, match="stands so already"):
        on(world, "change_person", title="Lead")


def test_an_open_case_keeps_its_names(world_in: WorldIn) -> None:
    """Who is called otherwise is called so in new cases; the header of an open one stays as it is."""
    world = world_in("active")
    done = on(world, "change_person", name="Dana Kohl", manager="1015")
    assert world.desk("hr").view("1").line.employee == "Dana Cole"
    assert any("until the part is reassigned" in one.text for one in done.findings)


def test_nobody_reports_to_themselves_by_detours(world_in: WorldIn) -> None:
    """A manager that would close a circle is refused with the circle."""
    with pytest.raises(Refused, match="circle"):
        on(world_in("founded"), "change_person", "1001", manager="1014")


def test_a_second_hr_partner_is_let_into_a_team_store(world_in: WorldIn) -> None:
    """A role from a day on opens what HR reads on that day and not before, and until its end."""
    world = world_in("active", "team")
    on(world, "give_role", "1016", role="hr", since="2026-05-01", until="2026-05-31")
    olu = world.desk(login="olu")
    assert olu.list().total == 0
    world.clock.now = world.clock.now.replace(month=5, day=1)
    assert olu.list().total == 1
    assert on(world, "note", "1014", "hr", text="x").seq
    assert olu.do_person("left", "1015", {"left_on": "2026-04-30"}).seq
    world.clock.now = world.clock.now.replace(month=6, day=1)
    assert olu.list().total == 0


def test_a_role_ends_at_once(world_in: WorldIn) -> None:
    """Access is withdrawn with the act, whether the role began today or long ago."""
    world = world_in("active", "team")
    for since in ("today", "2026-01-02"):
        on(world, "give_role", "1016", role="hr", since=since)
        assert world.desk(login="olu").list().total == 1
        on(world, "end_role", "1016", role="hr")
        assert world.desk(login="olu").list().total == 0


def test_no_role_is_given_to_oneself_and_the_last_one_stays(world_in: WorldIn) -> None:
    """In a team store it takes somebody else, and somebody of HR can always let people in."""
    world = world_in("founded", "team")
    with pytest.raises(Refused, match="not by oneself"):
        on(world, "give_role", "me", role="legal")
    last: tuple[tuple[str, dict[str, str]], ...] = (
        ("end_role", {"role": "hr"}),
        ("set_logins", {"none": "yes"}),
        ("set_logins", {"logins": "hnaa"}),
    )
    for act, data in last:
        with pytest.raises(Refused, match="nobody else has the HR role"):
            on(world, act, "me", **data)
    on(world, "give_role", "1016", role="hr", until="in 3 days")
    with pytest.raises(Refused, match="nobody else has the HR role"):
        on(world, "end_role", "me", role="hr")
    on(world, "end_role", "1016", role="hr")
    on(world, "set_logins", "me", logins=["hito", "hana"])
    on(world, "give_role", "1016", role="hr")
    with pytest.raises(Refused, match="already"):
        on(world, "give_role", "1016", role="hr", since="in 3 days")
    assert on(world, "end_role", "me", role="hr").seq


def test_logins_are_replaced_whole(world_in: WorldIn) -> None:
    """The old login opens nothing any more, the new one does; emptying asks to be said."""
    world = world_in("active", "team")
    on(world, "set_logins", "1002", logins="mberg")
    assert world.desk(login="max").list().total == 0
    assert world.desk(login="mberg").list().total == 1
    with pytest.raises(BadInput, match="none=yes"):
        on(world, "set_logins", "1002")
    with pytest.raises(BadInput, match="one word"):
        on(world, "set_logins", "1002", logins=["max berg"])


def test_employment_ends_and_begins_again(world_in: WorldIn) -> None:
    """A rehire is a second spell; who did not leave is not rehired, and no spell begins inside another."""
    world = world_in("founded")
    with pytest.raises(Refused, match="has not left"):
        on(world, "rehired", hired_on="2026-03-01")
    on(world, "left", left_on="2026-02-01")
    on(world, "left", left_on="2026-02-03")
    with pytest.raises(Refused, match="begins later"):
        on(world, "rehired", hired_on="2026-02-03")
    on(world, "rehired", hired_on="2026-03-01")
    spells = [(str(one.hired_on), str(one.left_on)) for one in world.desk("hr").person("1014").spells]
    assert spells == [("2021-06-14", "2026-02-03"), ("2026-03-01", "None")]
    with pytest.raises(Refused, match="before the hire date"):
        on(world, "left", left_on="2026-02-28")


def test_a_leaver_is_told_on_the_open_case(world_in: WorldIn) -> None:
    """The act names the case in which somebody has to take over."""
    world = world_in("active")
    assert any("Max Berg, manager, left" in one.text for one in on(world, "left", "1002", left_on="today").findings)


def test_an_older_person_still_reads(world_in: WorldIn) -> None:
    """A document written before people had a time zone says that none was said."""
    old = {"schema": 1, "of": "", "class": "manager_hr", "name": "Vera Stone"}
    assert decode("people", old).zone == ""


def test_a_change_on_what_is_gone_conflicts(world_in: WorldIn) -> None:
    """Who read the person before somebody else changed them is told; a note never conflicts."""
    world = world_in("founded")
    seen = world.desk("hr").person("1014").revision
    on(world, "change_person", title="Lead")
    with pytest.raises(Conflict):
        world.desk("hr").do_person("change_person", "1014", {"title": "Clerk"}, expect=seen)
    assert world.desk("hr").do_person("note", "1014", {"text": "x"}, expect=seen).seq


def test_the_same_token_saves_once(world_in: WorldIn) -> None:
    """A repeated save is one save."""
    world = world_in("founded")
    for _ in range(2):
        world.desk("hr").do_person("note", "1014", {"text": "Once."}, token="t")
    assert len(world.desk("hr").person("1014").notes) == 1


@pytest.mark.parametrize("login", [*LOGINS.values(), "olu", "stranger"])
def test_a_closed_directory_answers_alike(world_in: WorldIn, login: str) -> None:
    """Who may not look people up learns from no error who there is; everybody known has a page of their own."""
    world = world_in("founded", "team")
    desk = world.desk(login=login)
    if login in ("hana", "max", "vera"):
        assert desk.person("1014").line.name == "Dana Cole"
        return
    for who in ("1014", "9999", "dana cole", "x"):
        for call in (desk.person, desk.person_acts, desk.person_history):
            with pytest.raises(Denied, match=r"^The directory of people is not for the employee role\.$"):
                call(who)
    if login == "stranger":
        with pytest.raises(PiptuiError):
            desk.person("me")
    else:
        assert desk.person("me").own


def test_what_stands_in_lists_is_one_line(world_in: WorldIn) -> None:
    """A pasted line break in a name or a title becomes a blank."""
    desk = world_in("active").desk("hr")
    key = desk.do_person("add_person", "", {"name": "Ada\nNemec", "title": "Fitter,\r\n\tnights"}).person
    line = desk.person(key).line
    assert (line.name, line.title) == ("Ada Nemec", "Fitter, nights")


@pytest.mark.parametrize(
    ("email", "odd"), [("", False), ("ada@example.com", False), ("ada", True), ("ada@", True), ("a da@b.c", True)]
)
def test_an_odd_e_mail_address_is_asked_about(world_in: WorldIn, email: str, odd: bool) -> None:
    """It is kept, as other systems may know it so, and the answer asks whether it is right."""
    desk = world_in("active").desk("hr")
    added = desk.do_person("add_person", "", {"name": "Ada Nemec", "email": email})
    assert any("does not look like an e-mail address" in one.text for one in added.findings) is odd
    if email:
        changed = desk.do_person("change_person", "1014", {"email": f"x{email}"})
        assert any("does not look like" in one.text for one in changed.findings) is odd


def test_a_long_paste_is_not_sent_back_whole(world_in: WorldIn) -> None:
    """Who pastes a page where a name belongs reads the answer, not the page."""
    with pytest.raises(NotFound) as told:
        world_in("active").desk("hr").person("many words\n" * 200)
    assert len(str(told.value)) < 200
