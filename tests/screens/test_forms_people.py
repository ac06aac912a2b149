"""Acts by which people change, by keys: people are found by typing, and the days are told before."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from screens.new_case import NewCasePage
from tests.screens.forms_kit import Kit, fill, form, keys, letters, piloted
from tests.screens.screen_text import screen_text


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A store with people and one case with a plan."""
    return Kit(tmp_path).with_plan()


@pytest.mark.slow
async def test_somebody_stands_in_by_keys(kit: Kit, snapshot: SnapshotAssertion) -> None:
    """The part is chosen, the person found by typing, the last day read; the preview says the days."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "delegate")
        await pilot.pause()
        await keys(pilot, "right", "tab")
        await letters(pilot, "lars")
        await keys(pilot, "enter", "tab")
        await letters(pilot, "fri in 2 weeks")
        await keys(pilot, "tab")
        await pilot.pause()
        assert screen_text(app) == snapshot
        await keys(pilot, "ctrl+s")
        await pilot.pause()
    line = kit.desk.view("1").line
    assert (line.manager, line.manager_deputy) == ("Kim Lee", "Lars Berg")


@pytest.mark.slow
async def test_a_case_says_who_stands_in_and_a_delegation_is_chosen_to_end(kit: Kit) -> None:
    """The header of the case names both; the form that ends it offers who stands in."""
    kit.desk.do("delegate", "1", {"role": "manager", "person": "1005", "until": "in 9 days"})
    async with piloted(kit) as (app, pilot):
        app.open_case("1")
        await pilot.pause()
        assert "Kim Lee manages · Lars Berg stands in" in screen_text(app)
        app.open_act("1", "end_delegation")
        await pilot.pause()
        await fill(pilot, role="manager")
        await keys(pilot, "tab", "right", "ctrl+s")
        await pilot.pause()
    assert kit.desk.view("1").header.parties[-1].until == kit.clock.now.date()


@pytest.mark.slow
async def test_a_part_for_the_employee_is_refused_and_the_form_stays(kit: Kit) -> None:
    """What was typed is still there, and the sentence says why."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "reassign")
        await pilot.pause()
        await fill(pilot, role="manager", person="Dana Okafor", reason="Mistyped.")
        await keys(pilot, "ctrl+s")
        await pilot.pause()
        assert "is the employee of this plan" in form(app).message


async def test_a_new_case_like_another_says_what_was_left_out(kit: Kit) -> None:
    """After ctrl+s the case is open, with what came along and what did not."""
    async with piloted(kit) as (app, pilot):
        app.push_screen(NewCasePage())
        await pilot.pause()
        await fill(pilot, employee="Priya Patel", like="1")
        await keys(pilot, "ctrl+s")
        await pilot.pause()
        await pilot.pause()
        assert "Left out: gaps, evidence" in screen_text(app)
    draft = kit.desk.view("2").draft
    assert draft is not None
    assert draft.goals.items
