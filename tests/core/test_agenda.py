"""What is due: whose move it is, how late, and every due thing in exactly one group."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.cases.words import ROLES, Role
from piptui.desk.agenda import ORDER, _group
from piptui.desk.api import Agenda

from .conftest import WorldIn
from .world import CASE, KINDS, OUTSIDER, STATES, Kind, World


def told(agenda: Agenda) -> dict[str, list[str]]:
    """What stands in each group."""
    found: dict[str, list[str]] = {}
    for line in agenda.lines:
        found.setdefault(line.group, []).append(line.what)
    return found


def active(world_in: WorldIn, kind: Kind = "team") -> World:
    """A running plan with two check-ins that nobody logged."""
    world = world_in("active", kind)
    world.clock.now = dt.datetime(2026, 3, 26, 9, tzinfo=dt.UTC)
    return world


def test_the_managers_moves_wait_for_hr(world_in: WorldIn) -> None:
    """In a team store an overdue check-in is the manager's, and something that waits for others to HR."""
    world = active(world_in)
    mine, others = world.desk("manager").agenda(), world.desk("hr").agenda()
    assert "check-in" in told(mine)["overdue"]
    assert set(told(others)) == {"waiting"}
    assert (mine.needs, others.needs, others.waiting) == (len(told(mine)["overdue"]), 0, len(told(others)["waiting"]))


def test_a_chosen_role_narrows_a_personal_store(world_in: WorldIn) -> None:
    """The owner of all papers has every move but the employee's; with a role chosen only those of that role."""
    world = active(world_in, "personal")
    assert "check-in" in told(world.desk().agenda())["overdue"]
    assert "check-in" in told(world.desk("manager").agenda())["overdue"]
    assert set(told(world.desk("hr").agenda())) <= {"waiting"}


def test_the_act_that_settles_it_comes_with_it(world_in: WorldIn) -> None:
    """An overdue check-in begins its act at the slot that is overdue."""
    world = active(world_in)
    line = next(line for line in world.desk("manager").agenda().lines if line.what == "check-in")
    assert (line.act, line.data, line.case) == ("log_check_in", {"slot": "w2"}, CASE)
    world.desk("manager").do(line.act, CASE, {**line.data, "note": "Held."})
    left = [one.data for one in world.desk("manager").agenda().lines if one.what == "check-in"]
    assert {"slot": "w2"} not in left
    assert {"slot": "w3"} in left


def test_whoever_stands_in_has_the_moves_and_reads_for_whom(world_in: WorldIn) -> None:
    """A deputy's agenda holds what the principal owes, with the principal's name; the principal keeps it, too."""
    world = active(world_in)
    world.do("delegate", "hr", role="manager", person="1016", until="in 14 days")
    line = next(one for one in world.desk(login=OUTSIDER).agenda().lines if one.what == "check-in")
    assert (line.group, line.stands_for, line.who) == ("overdue", "Max Berg", "Max Berg")
    kept = next(one for one in world.desk("manager").agenda().lines if one.what == "check-in")
    assert kept.stands_for == ""
    world.clock.move(days=15)
    assert world.desk(login=OUTSIDER).agenda().lines == ()


def test_what_my_reports_owe(world_in: WorldIn) -> None:
    """The manager's manager sees what the manager owes; somebody who leads nobody sees nothing."""
    world = active(world_in)
    assert "check-in" in told(world.desk("second_manager").agenda("reports"))["overdue"]
    assert world.desk("hr").agenda("reports").lines == ()
    assert world.desk("second_manager").agenda().needs == 0


def test_a_name_means_the_cases_of_that_person(world_in: WorldIn) -> None:
    """By part of a name, whoever has a part in the case but the employee."""
    world = active(world_in)
    assert world.desk("hr").agenda("max").lines
    assert world.desk("hr").agenda("MAX BERG").open == 1
    assert world.desk("hr").agenda("dana").open == 0


def test_an_answer_is_the_employees_until_it_takes_long(world_in: WorldIn) -> None:
    """After issue the acknowledgement waits for the employee; days later the manager is told to ask (S095)."""
    world = world_in("issued", "team")
    given = world.desk("hr").view(CASE).header.delivered_on
    assert given is not None
    world.clock.now = dt.datetime.combine(given, dt.time(12), tzinfo=dt.UTC) + dt.timedelta(days=1)
    assert {line.what: line.role for line in world.desk("employee").agenda().lines}["acknowledgement"] == "employee"
    assert world.desk("employee").agenda().needs == 1
    assert "acknowledgement" in told(world.desk("manager").agenda())["waiting"]
    assert "no answer yet" not in repr(world.desk("manager").agenda("all", days=400))
    world.clock.move(days=6)
    assert "no answer yet" in told(world.desk("manager").agenda())["overdue"]
    world.do("acknowledge", "employee", text="Received.")
    assert "no answer yet" not in repr(world.desk("manager").agenda())


def test_an_idle_draft_is_remembered(world_in: WorldIn) -> None:
    """A draft that nobody touched for long is told, and not before; any edit begins the time anew."""
    world = world_in("draft", "team")
    assert world.desk("manager").agenda(days=60).lines == ()
    assert world.desk("manager").list().lines[0].next_what == ""
    world.clock.move(days=15)
    assert told(world.desk("manager").agenda())["overdue"] == ["draft"]
    world.do("set", "manager", values={"context": "Went on."})
    assert world.desk("manager").agenda().lines == ()


@pytest.mark.parametrize(("who", "role"), [("Dana", "employee"), ("dana cole", "employee"), ("Max", "manager")])
def test_an_action_is_the_move_of_who_took_it_on(world_in: WorldIn, who: str, role: Role) -> None:
    """What was agreed at a check-in is due on its day, for the employee or for us, until it is done (S106)."""
    world = active(world_in)
    action = {"who": who, "text": "call list", "due": "2026-03-24"}
    world.do("log_check_in", "manager", slot="w2", occurred_on="2026-03-17", note="Held.", actions=[action])
    line = next(line for line in world.desk(role).agenda().lines if "call list" in line.detail)
    assert (line.group, line.overdue, line.role) == ("overdue", 2, role)
    assert line.what == "action"
    world.do("log_check_in", "manager", slot="w3", note="Held.", done=["w2/1"])
    assert not any("call list" in line.detail for line in world.desk(role).agenda("all").lines)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", KINDS)
def test_counts_are_those_of_the_lines(world_in: WorldIn, state: str, kind: Kind) -> None:
    """In every state and role: groups in order, counts that agree, and nothing of a case that is closed."""
    world = world_in(state, kind)
    world.clock.move(days=20)
    for role in ROLES:
        for whose in ("", "all", "reports"):
            agenda = world.desk(role).agenda(whose, days=30)
            order = [ORDER.index(line.group) for line in agenda.lines]
            assert order == sorted(order)
            assert agenda.needs == sum(line.group in ("overdue", "today") for line in agenda.lines)
            assert agenda.waiting == sum(line.group == "waiting" for line in agenda.lines)
            assert all(line.overdue > 0 for line in agenda.lines if line.group == "overdue")
            if world.desk(role).list("stage:open").matching == 0:
                assert (agenda.lines, agenda.open) == ((), 0)


@given(st.integers(-400, 400), st.integers(0, 400), st.booleans())
def test_a_due_thing_has_one_group_or_none(ahead: int, days: int, mine: bool) -> None:
    """Late or due is never left out; what lies ahead is told only to whose move it is, and only within the days."""
    group = _group(ahead, days, mine=mine)
    if ahead <= 0:
        assert group == ("waiting" if not mine else "overdue" if ahead else "today")
    else:
        assert group == ("ahead" if mine and ahead <= days else None)
