"""What the directory says of people beside an open case: who left, who came back, who reports to somebody else."""

from pathlib import Path
from typing import Any

import pytest

from piptui.desk.api import ImportReport

from .conftest import WorldIn
from .world import CASE, World

HEAD = "Employee Number,Name,Email,Login,Manager Number,Termination Date\n"


def imported(world: World, tmp_path: Path, *rows: str, **how: Any) -> ImportReport:
    """Import some people anew."""
    csv = tmp_path / "again.csv"
    csv.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return world.desk("hr").import_people(str(csv), **how)


MAX_LEFT = "1002,Max Berg,max@example.org,max,1001,2026-03-10"


@pytest.mark.parametrize("state", ["draft", "in_review", "issued", "active", "final_review"])
def test_a_manager_who_left_is_said_on_every_open_case(world_in: WorldIn, tmp_path: Path, state: str) -> None:
    """From the day after the last one on, with what to do; gone as soon as somebody else has the part."""
    world = world_in(state)
    today = world.desk("hr").session.today("Europe/Berlin")
    imported(world, tmp_path, f"1002,Max Berg,max@example.org,max,1001,{today}")
    assert not any("left on" in told for told in world.desk("hr").list().lines[0].attention)
    world.clock.move(days=1)
    attention = world.desk("hr").view(CASE).line.attention
    assert any(
        told.endswith(": reassign the manager.") and told.startswith("Max Berg left on ") for told in attention
    )
    due = [line for line in world.desk("hr").agenda().lines if line.what == "reassign the manager"]
    assert [(line.who, line.overdue) for line in due] == [("Hana Ito", 1)]
    world.do("reassign", "hr", role="manager", person="1001", reason="Max left.")
    assert not any("left on" in told for told in world.desk("hr").list().lines[0].attention)


def test_the_employee_is_not_told_who_left(world_in: WorldIn, tmp_path: Path) -> None:
    """The directory is not for the employee: their list, sheet and due say nothing of it."""
    world = world_in("active", "team")
    imported(world, tmp_path, "1002,Max Berg,max@example.org,max,1001,2026-03-03")
    world.clock.move(days=30)
    desk = world.desk("employee")
    assert "left on" not in repr((desk.list(), desk.view(CASE), desk.agenda("all")))
    assert "left on" in repr(world.desk("hr").view(CASE))


def test_an_employee_or_deputy_who_left_is_said_with_another_cure(world_in: WorldIn, tmp_path: Path) -> None:
    """A plan is withdrawn, a delegation ended."""
    world = world_in("active")
    world.do("delegate", "hr", role="manager", person="1016", until="in 60 days")
    imported(world, tmp_path, "1014,Dana Cole,dana@example.org,dana,1002,2026-03-03", "1016,Olu Ray,,,,2026-03-03")
    world.clock.move(days=20)
    told = " ".join(world.desk("hr").view(CASE).line.attention)
    assert "Dana Cole left on Tue 3 Mar: withdraw the plan." in told
    assert "Olu Ray left on Tue 3 Mar: end the delegation of the manager." in told


def test_a_closed_case_waits_for_nobody(world_in: WorldIn, tmp_path: Path) -> None:
    """Who left after the end is nobody's business there."""
    world = world_in("successful")
    imported(world, tmp_path, MAX_LEFT)
    world.clock.move(days=200)
    assert world.desk("hr").list().lines[0].attention == ()


@pytest.mark.parametrize("dry_run", [True, False])
def test_an_import_says_which_cases_to_look_at(world_in: WorldIn, tmp_path: Path, dry_run: bool) -> None:
    """A new manager of somebody with an open case, and a party who left; the case keeps its parties."""
    world = world_in("active")
    report = imported(
        world,
        tmp_path,
        "1014,Dana Cole,dana@example.org,dana,1001,",
        MAX_LEFT,
        dry_run=dry_run,
    )
    notes = [note for note in report.notes if note.startswith("Case")]
    assert notes == [
        "Case 0001: Dana Cole reports to Vera Stone now; Max Berg stays the manager in the case until the part is "
        "reassigned.",
        "Case 0001: Max Berg, manager, left on 2026-03-10.",
    ]
    assert world.desk("hr").view(CASE).line.manager == "Max Berg"


@pytest.mark.parametrize("state", ["withdrawn", "draft"])
def test_an_import_that_changes_nothing_of_an_open_case_says_nothing(
    world_in: WorldIn, tmp_path: Path, state: str
) -> None:
    """Neither a closed case, nor an import of what is known already."""
    world = world_in(state)
    row = "1014,Dana Cole,dana@example.org,dana,"
    manager = "1001" if state == "withdrawn" else "1002"
    assert not [note for note in imported(world, tmp_path, f"{row}{manager},").notes if note.startswith("Case")]


def test_earlier_plans_are_told_where_a_new_case_is_opened(world_in: WorldIn) -> None:
    """The answer and the sheet name number, result and end (S116)."""
    world = world_in("unsuccessful")
    world.clock.move(days=100)
    done = world.desk("hr").new({"employee": "1014"})
    told = [one.text for one in done.findings if one.check == "case.earlier"]
    sheet = world.desk("hr").view(done.case)
    ended = world.desk("hr").view(CASE).header.outcome
    assert ended is not None
    assert [(one.case, one.result, one.ended_on) for one in sheet.earlier] == [
        (CASE, "unsuccessful", ended.decided_on)
    ]
    assert told[0].startswith("There is an earlier case 0001: unsuccessful, ended on ")
    assert world.desk("hr").view(CASE).earlier == ()


def test_earlier_plans_are_told_only_to_those_who_may_know(world_in: WorldIn) -> None:
    """A manager of the new case who had no part in the old one learns nothing of it."""
    world = world_in("discarded", "team")
    done = world.desk("hr").new({"employee": "1014", "manager": "1016"})
    assert [one.case for one in world.desk("hr").view(done.case).earlier] == [CASE]
    assert world.desk(login="olu").view(done.case).earlier == ()
