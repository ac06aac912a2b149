"""Others see who is typing in a form of a case, where that is no secret."""

import pytest

from piptui.cases.words import ROLES, Role
from piptui.errors import NotFound

from .conftest import WorldIn
from .world import CASE, OUTSIDER


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_working_papers_sees_who_types(world_in: WorldIn, role: Role) -> None:
    """Everybody but the employee; and nobody sees themselves."""
    world = world_in("active", "team")
    world.elsewhere("hr").editing(CASE, "put")
    seen = world.desk(role).presence(CASE)
    if role == "employee":
        assert seen == ()
    else:
        assert [(one.who, one.act, one.own) for one in seen] == [("Hana Ito", "put", role == "hr")]


def test_a_form_that_was_left_is_told_no_more(world_in: WorldIn) -> None:
    """As soon as it is saved, emptied or left."""
    world = world_in("active", "team")
    theirs = world.elsewhere("hr")
    theirs.editing(CASE, "log_check_in")
    assert world.desk("manager").presence(CASE)
    theirs.editing("", "")
    assert world.desk("manager").presence(CASE) == ()


@pytest.mark.parametrize("act", ["note", "hold", "withdraw", "correct", "no such act"])
def test_what_could_be_a_secret_is_not_told(world_in: WorldIn, act: str) -> None:
    """A note for HR alone does not betray itself by being typed."""
    world = world_in("active", "team")
    world.elsewhere("hr").editing(CASE, act)
    assert world.desk("manager").presence(CASE) == ()


def test_a_hidden_case_has_nobody_in_it(world_in: WorldIn) -> None:
    """Whoever knows of no case learns of nobody in it, and cannot say that they are there."""
    world = world_in("active", "team")
    world.elsewhere("hr").editing(CASE, "put")
    assert world.desk(login=OUTSIDER).presence(CASE) == ()
    assert world.desk("hr").presence("0999") == ()
    with pytest.raises(NotFound):
        world.desk(login=OUTSIDER).editing(CASE, "put")
