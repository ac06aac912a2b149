"""The shell over a real desk: the demo organisation in a store on disk."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from piptui.desk import open_desk
from piptui.desk.api import Actor, Desk
from screens.case import CasePage
from tests.demo import demo_store
from tests.screens.conftest import Opened
from tests.screens.screen_text import page_of, screen_text

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Desk]:
    """The demo organisation as it stands on a fixed day."""
    demo_store(tmp_path / "store", NOW)
    desk = open_desk(tmp_path / "store", Actor("noor"), clock=lambda: NOW, zone="UTC")
    yield desk
    desk.close()


@pytest.mark.slow
async def test_every_case_and_tab_of_the_demo(opened: Opened, demo: Desk) -> None:
    """Each case opens, and each of its tabs has something to say, without a word of trouble."""
    async with opened(demo) as pilot:
        for line in demo.list().lines:
            await pilot.press("enter")
            await pilot.pause()
            page = page_of(pilot)
            assert isinstance(page, CasePage)
            assert page.case == line.case
            for tab in "123456":
                await pilot.press(tab)
                await pilot.pause()
                assert page.reader.lines
                assert "! " not in page.message
            await pilot.press("q", "j")
            await pilot.pause()


@pytest.mark.slow
async def test_a_note_typed_in_the_case_is_on_file(opened: Opened, demo: Desk) -> None:
    """n, a sentence, ctrl+s: the case below says that it is recorded, and the evidence tab shows it."""
    case = demo.list().lines[0].case
    before = len(demo.view(case).entries)
    async with opened(demo, keys=("enter", "n", *"Called", "ctrl+s")) as pilot:
        await pilot.pause()
        assert isinstance(page_of(pilot), CasePage)
        assert "recorded a note" in page_of(pilot).message
        await pilot.press("4", "G")
        await pilot.pause()
        assert "Called" in screen_text(pilot)
    assert len(demo.view(case).entries) == before + 1


@pytest.mark.slow
async def test_a_hit_in_a_long_plan_opens_where_it_stands(opened: Opened, demo: Desk) -> None:
    """The text that was searched for is in view, however far down the plan says it."""
    words = "Shadowing a colleague who reaches"
    async with opened(demo, keys=("f", *words)) as pilot:
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert isinstance(page_of(pilot), CasePage)
        assert "[2 Plan]" in screen_text(pilot)
        assert words in screen_text(pilot)


@pytest.mark.slow
async def test_filter_words_of_the_desk(opened: Opened, demo: Desk) -> None:
    """The filter speaks the desk's language while one types: an unfinished term is no crash."""
    async with opened(demo, keys=("slash",)) as pilot:
        for letter in "stage:closed":
            await pilot.press("colon" if letter == ":" else letter)
        await pilot.pause()
        text = screen_text(pilot)
        assert "Lars Berg" in text
        assert "Dana Okafor" not in text


@pytest.mark.slow
async def test_a_packet_for_every_audience(opened: Opened, demo: Desk) -> None:
    """Each audience's packet is shown, or the reason why not."""
    for audience in ("employee", "manager", "hr", "counsel"):
        async with opened(demo, keys=("enter", "p", *audience, "enter")) as pilot:
            await pilot.pause()
            assert f"Packet of case {demo.list().lines[0].case}" in screen_text(pilot)
