"""`u` in a case: one's own last step, taken back in the open."""

import datetime as dt
from pathlib import Path

from tests.screens.forms_kit import Kit, fill, form, keys, piloted, text_of
from tests.screens.screen_text import page_of


async def test_the_last_step_is_undone_when_asked_twice(tmp_path: Path) -> None:
    """The first u names the step, another key leaves it, twice undoes it, and the case shows both."""
    kit = Kit(tmp_path).with_plan()
    kit.desk.do("note", "1", {"text": "Meant for somebody else."})
    async with piloted(kit) as (app, pilot):
        app.open_case("1")
        await pilot.pause()
        await keys(pilot, "u")
        assert "Undo this? Noor Haddad recorded a note" in page_of(pilot).message
        await keys(pilot, "2", "u")
        assert not kit.desk.view("1").entries[-1].struck
        await keys(pilot, "u")
        assert "Noor Haddad undid: Noor Haddad recorded a note" in page_of(pilot).message
        assert "Undone." in kit.desk.view("1").entries[-1].struck
        await keys(pilot, "u")
        assert "undone already" in page_of(pilot).message.replace("\n", " ")


async def test_notes_of_one_day_are_told_apart(tmp_path: Path) -> None:
    """The question says when the step was recorded, and how its text begins."""
    kit = Kit(tmp_path).with_plan()
    kit.desk.do("note", "1", {"text": "The first of two."})
    kit.clock.now += dt.timedelta(minutes=25)
    kit.desk.do("note", "1", {"text": "The second, meant for somebody else and much longer than one line."})
    async with piloted(kit) as (app, pilot):
        app.open_case("1")
        await pilot.pause()
        await keys(pilot, "u")
        told = page_of(pilot).message.replace("\n", " ")
        assert "recorded a note of 2026-03-02. Recorded 10:25: “The second, meant for" in told, told


async def test_undoing_in_a_text_says_how_it_comes_back(tmp_path: Path) -> None:
    """ctrl+z takes back and names the key that brings it back; where there is nothing to undo, that is said."""
    kit = Kit(tmp_path).with_plan()
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await fill(pilot, text="Two people were there.")
        await keys(pilot, "ctrl+z")
        assert (text_of(app, "text"), form(app).message) == ("", "Undone: ctrl+y brings it back.")
        await keys(pilot, "ctrl+z")
        assert form(app).message == "Nothing to undo in this text."
        await keys(pilot, "ctrl+y")
        assert text_of(app, "text") == "Two people were there."


async def test_what_cannot_be_undone_says_so(tmp_path: Path) -> None:
    """Somebody who did nothing here, or whose step has another way back, gets the reason and nothing is written."""
    kit = Kit(tmp_path).with_plan()
    kit.desk.do("submit", "1", {})
    head = kit.desk.view("1").revision
    async with piloted(kit) as (app, pilot):
        app.open_case("1")
        await pilot.pause()
        await keys(pilot, "u", "u")
        assert "cannot be undone" in page_of(pilot).message.replace("\n", " ")
    assert kit.desk.view("1").revision == head
