"""Who else is typing stands in the first line of every page about the case."""

from pathlib import Path

import pytest

from piptui.desk.api import PresenceLine
from piptui.errors import Corrupt
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.forms_kit import Kit, keys, piloted
from tests.screens.screen_text import app_of, screen_text


async def test_the_first_line_says_who_else_types(opened: Opened, desk: FakeDesk) -> None:
    """In the case and in its forms, as long as it is so, and what is typed stays."""
    async with opened(desk, keys=("enter",)) as pilot:
        desk.present["0007"] = (PresenceLine(who="Noor Haddad", act="log_check_in"),)
        app_of(pilot).listen()
        await pilot.pause()
        assert "Dana Okafor · active, 21 days left" in screen_text(pilot)
        assert "Noor Haddad logging a check-in" in screen_text(pilot).splitlines()[0]
        await pilot.press("n", *"half")
        app_of(pilot).listen()
        await pilot.pause()
        assert "Noor Haddad logging a check-in" in screen_text(pilot)
        desk.present.clear()
        app_of(pilot).listen()
        await pilot.pause()
        assert "Noor Haddad" not in screen_text(pilot).splitlines()[0]
        assert "half" in screen_text(pilot)


async def test_a_record_damaged_meanwhile_does_not_end_the_program(opened: Opened, desk: FakeDesk) -> None:
    """Nobody can be told who types then; the page stays, and what was typed with it."""
    async with opened(desk, keys=("enter",)) as pilot:
        await pilot.press("n", *"half")
        desk.errors["presence"] = Corrupt("The record is damaged at commit 7.")
        app_of(pilot).listen()
        await pilot.pause()
        assert app_of(pilot).is_running
        assert "half" in screen_text(pilot)


@pytest.mark.slow
async def test_typing_is_told_and_leaving_too(tmp_path: Path) -> None:
    """Opening a form tells nobody; the first letter does; leaving, saving and throwing away end it."""
    kit = Kit(tmp_path).with_plan()
    other = kit.open()
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "put")
        await pilot.pause()
        assert other.presence("1") == ()
        await keys(pilot, *"abc")
        assert [(one.act, one.own) for one in other.presence("1")] == [("put", True)]
        await keys(pilot, "ctrl+x", "ctrl+x")
        assert other.presence("1") == ()
        await keys(pilot, *"abc")
        assert other.presence("1")
        await keys(pilot, "escape")
        assert other.presence("1") == ()
