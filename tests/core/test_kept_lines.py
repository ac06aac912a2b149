"""A desk that is asked again and again answers as one that has just been opened: kept lines are never old ones."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from piptui.desk.desk import LocalDesk

from .conftest import WorldIn
from .world import CASE, Kind, World

QUERIES = ("", "dana", "manager:berg", "manager:ray", "is:open", "is:overdue", "stage:draft", "o", "employee:doe")
SORTS = ("", "attention", "employee", "-next", "manager")


def asked(desk: LocalDesk) -> list[Any]:
    """Everything that a list can say, in several orders, whole and in windows."""
    found = []
    for query in QUERIES:
        for sort in SORTS:
            one = desk.list(query, sort=sort, count=10)
            found.append((query, sort, one.lines, one.matching, one.needy, one.total, one.understood))
    return found


STEPS: dict[str, Callable[[World], object]] = {
    "a day passes": lambda world: world.clock.move(days=1),
    "weeks pass": lambda world: world.clock.move(days=15),
    "a note": lambda world: world.do("note", "hr", text="seen today", kind="note"),
    "another manager": lambda world: world.do("set", "hr", field="manager", value="1016"),
    "the manager back": lambda world: world.do("set", "hr", field="manager", value="1002"),
    "another subject": lambda world: world.do("set", "hr", field="category", value="quality"),
    "a new case": lambda world: world.desk("hr").new({"employee": "1015", "hr_partner": "2001"}),
    "it is discarded": lambda world: world.do("discard", "hr", text="opened in error"),
    "the employee left": lambda world: world.desk("hr").do_person("left", "1014", {"left_on": "2026-03-01"}),
    "from elsewhere": lambda world: world.elsewhere("hr").do("note", CASE, {"text": "there", "kind": "note"}),
}


def tried(world: World, name: str) -> None:
    """Do a step; one that is not possible in this state changes nothing."""
    from piptui.errors import PiptuiError

    try:
        STEPS[name](world)
    except PiptuiError:
        return


@pytest.mark.parametrize("kind", ["personal", "team"])
@pytest.mark.parametrize("role", ["hr", "manager"])
@pytest.mark.parametrize("step", STEPS)
def test_after_each_step_the_list_is_as_a_new_desk_reads_it(
    world_in: WorldIn, kind: Kind, role: Any, step: str
) -> None:
    """Whatever is committed, by whom and from where, and whatever day begins."""
    world = world_in("draft", kind)
    desk = world.desk(role)
    before = asked(desk)
    tried(world, step)
    after = asked(desk)
    assert after == asked(world.elsewhere(role))
    if step not in ("the manager back", "a day passes") and role == "hr":
        assert after != before, "the step changed nothing that a list shows: it proves nothing"


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=2, max_size=6), kind=st.sampled_from(["personal", "team"])
)
def test_any_row_of_steps_leaves_no_old_line(world_in: WorldIn, steps: list[str], kind: Kind) -> None:
    """The same after any row of them."""
    world = world_in("draft", kind)
    desk = world.desk("manager")
    for step in steps:
        tried(world, step)
        assert asked(desk) == asked(world.elsewhere("manager"))


def test_only_the_touched_case_is_read_again(world_in: WorldIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit in one case costs one line, however many there are."""
    from piptui.desk import listing

    world = world_in("draft")
    for employee in ("1015", "1016"):
        world.desk("hr").new({"employee": employee, "hr_partner": "2001"})
    desk = world.desk("hr")
    desk.list("o", count=10)
    made: list[str] = []
    real = listing.case_line

    def counted(session: Any, key: str, *row: Any) -> Any:
        made.append(key)
        return real(session, key, *row)

    monkeypatch.setattr(listing, "case_line", counted)
    desk.list("ol", count=10)
    assert made == []
    world.do("note", "hr", text="seen today", kind="note")
    desk.list("ol", count=10)
    assert len(made) == 1
