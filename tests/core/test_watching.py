"""What one desk hears of another's commits: those in its own cases, and nothing of what is hidden from it."""

import pytest

from piptui.cases.words import Role

from .conftest import WorldIn
from .world import CASE


def test_another_ones_note_is_news_with_its_name(world_in: WorldIn) -> None:
    """A commit by somebody else is told once, with case and name."""
    world = world_in("active")
    desk = world.desk("hr")
    before = desk.watch()
    assert before.lines == ()
    done = world.do("note", "manager", text="Talked.", cls="manager_hr")
    heard = desk.watch(before.seq)
    assert [(line.seq, line.case) for line in heard.lines] == [(done.seq, CASE)]
    assert heard.lines[0].who
    assert desk.watch(heard.seq) == heard.__class__(seq=heard.seq)


@pytest.mark.parametrize(
    ("writer", "cls", "reader"),
    [("hr", "hr_only", "manager"), ("hr", "privileged", "employee"), ("manager", "manager_own", "hr")],
)
def test_a_hidden_note_does_not_betray_itself(world_in: WorldIn, writer: Role, cls: str, reader: Role) -> None:
    """Who may not read a note does not hear that it was written."""
    world = world_in("active")
    since = world.desk(reader).watch().seq
    world.do("note", writer, text="Only for some.", cls=cls)
    assert world.desk(reader).watch(since).lines == ()


def test_a_case_before_issue_is_no_news_for_the_employee(world_in: WorldIn) -> None:
    """Before the plan is issued the employee hears nothing of it."""
    world = world_in("draft")
    assert world.desk("employee").watch(0).lines == ()
