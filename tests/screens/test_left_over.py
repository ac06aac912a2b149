"""Text that waits for a form which does not open any more is never out of reach."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from screens.app import PiptuiApp
from screens.base import Page
from screens.left_over import LeftOverPage
from tests.screens.forms_kit import Kit, fill, keys, piloted
from tests.screens.screen_text import screen_text

ENDED = {"cause": "resignation", "text": "Leaves for another firm."}


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A plan in its third week."""
    kit = Kit(tmp_path).running()
    kit.clock.day("2026-03-17")
    return kit


def said(app: PiptuiApp) -> str:
    """What the page on top says."""
    assert isinstance(app.screen, Page)
    return app.screen.message


def noted(kit: Kit) -> list[str]:
    """The texts of the notes on file."""
    return [one.text for one in kit.desk.view("1").entries if one.kind == "note"]


async def half_typed(kit: Kit, pilot: Pilot[None]) -> None:
    """A check-in that is half typed when somebody else ends the case."""
    await keys(pilot, "c")
    await fill(pilot, helped="the coaching", note="line one")
    kit.open().do("withdraw", "1", ENDED)


@pytest.mark.slow
async def test_the_key_of_a_form_that_does_not_open_shows_the_text_that_waits_for_it(kit: Kit) -> None:
    """With the reason why it does not open, and every field that was typed."""
    async with piloted(kit) as (app, pilot):
        await half_typed(kit, pilot)
        await keys(pilot, "ctrl+s", "escape", "c")
        assert isinstance(app.screen, LeftOverPage)
        shown = screen_text(app)
        assert "Not saved: check-in w1 in case 0001" in shown
        assert "not now." in shown
        for text in ("Helped", "the coaching", "Note", "line one"):
            assert text in shown
        await keys(pilot, "q", "q")


@pytest.mark.slow
async def test_it_becomes_a_note_and_then_nothing_waits(kit: Kit) -> None:
    """The note says what it was typed as; afterwards the key says why the form does not open."""
    async with piloted(kit) as (app, pilot):
        await half_typed(kit, pilot)
        await keys(pilot, "escape", "c", "n", "ctrl+s")
        assert noted(kit) == [
            "Typed as check-in w1 in case 0001, and not recorded as that.\nHelped: the coaching\nNote: line one"
        ]
        assert "on file as a note" in said(app)
        assert not any(key[1] == "check-in" for key in app.kept)
        app.open_case("1")
        await keys(pilot, "c")
        assert "not now." in said(app)


@pytest.mark.slow
async def test_it_is_thrown_away_only_when_asked_twice(kit: Kit) -> None:
    """Any other key between keeps it."""
    async with piloted(kit) as (app, pilot):
        await half_typed(kit, pilot)
        await keys(pilot, "escape", "c", "ctrl+x", "j", "ctrl+x")
        assert isinstance(app.screen, LeftOverPage)
        assert any(key[1] == "check-in" for key in app.kept)
        await keys(pilot, "ctrl+x")
        assert not isinstance(app.screen, LeftOverPage)
        assert said(app) == "Thrown away."
        assert not any(key[1] == "check-in" for key in app.kept)
        assert "kept:" not in screen_text(app)


@pytest.mark.slow
async def test_every_kept_text_of_a_case_is_in_the_list_of_acts(kit: Kit) -> None:
    """Also one whose form asks for something that is not there any more, such as the correction of a struck entry."""
    entry = kit.desk.do("note", "1", {"text": "Said."}).item
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "correct", {"entry": entry})
        await pilot.pause()
        await fill(pilot, value="As it was said.")
        kit.open().do("strike", "1", {"entry": entry, "reason": "Of another case."})
        await keys(pilot, "escape", "x")
        assert "Typed, not saved: correction" in screen_text(app)
        rows = [line.strip() for line in screen_text(app).splitlines()]
        at = next(i for i, line in enumerate(rows) if "Typed, not saved" in line)
        await keys(pilot, *["j"] * (at - next(i for i, line in enumerate(rows) if line.startswith(">"))), "enter")
        assert isinstance(app.screen, LeftOverPage)
        assert "As it was said." in screen_text(app)


async def test_the_text_is_copied_whole(kit: Kit) -> None:
    """y sends it to the clipboard, label by label."""
    async with piloted(kit) as (app, pilot):
        await half_typed(kit, pilot)
        await keys(pilot, "escape", "c", "y")
        assert app.clipboard == "Helped: the coaching\nNote: line one"
