"""What others commit shows up by itself, and disturbs nobody who is typing."""

import pytest

from piptui.desk.api import NewsLine
from piptui.errors import Busy
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk, case_line
from tests.screens.screen_text import app_of, page_of, screen_text


def news(desk: FakeDesk, case: str, seq: int = 5, who: str = "Noor Haddad") -> None:
    """Somebody else committed."""
    desk.news.append(NewsLine(seq=seq, case=case, who=who))


async def test_a_list_shows_what_others_did_and_keeps_its_cursor(opened: Opened, desk: FakeDesk) -> None:
    """A case that somebody opened stands in the list, the cursor on the same case as before."""
    async with opened(desk, keys=("j", "j")) as pilot:
        here = page_of(pilot).case
        desk.lines = (case_line(1, "Zora Neale"), *desk.lines)
        news(desk, "0001")
        app_of(pilot).listen()
        await pilot.pause()
        assert "Zora Neale" in screen_text(pilot)
        assert page_of(pilot).case == here


async def test_a_case_says_who_changed_it(opened: Opened, desk: FakeDesk) -> None:
    """On the page of the case the name of who changed it is told, once."""
    async with opened(desk, keys=("enter",)) as pilot:
        news(desk, page_of(pilot).case)
        app_of(pilot).listen()
        await pilot.pause()
        assert page_of(pilot).message == "Noor Haddad changed this just now."
        page_of(pilot).say("")
        desk.news.clear()
        app_of(pilot).listen()
        await pilot.pause()
        assert page_of(pilot).message == ""


async def test_other_cases_are_none_of_its_business(opened: Opened, desk: FakeDesk) -> None:
    """News of another case changes nothing on this one's page."""
    async with opened(desk, keys=("enter",)) as pilot:
        news(desk, "0099")
        app_of(pilot).listen()
        await pilot.pause()
        assert page_of(pilot).message == ""


@pytest.mark.slow
async def test_who_types_is_told_and_keeps_every_letter(opened: Opened, desk: FakeDesk) -> None:
    """In a form the news is one sentence; text and cursor stay where they are."""
    async with opened(desk, keys=("enter", "n", *"half a")) as pilot:
        news(desk, page_of(pilot).case)
        app_of(pilot).listen()
        await pilot.pause()
        assert "Noor Haddad changed case 0007 just now. What you type stays" in page_of(pilot).message
        await pilot.press(*" word")
        assert "half a word" in screen_text(pilot)


async def test_ones_own_commit_is_no_news(opened: Opened, desk: FakeDesk) -> None:
    """What was committed here is not told as somebody else's."""
    async with opened(desk, keys=("enter",)) as pilot:
        news(desk, page_of(pilot).case, seq=9, who="Kim Lee")
        app_of(pilot).committed_here(9)
        app_of(pilot).listen()
        await pilot.pause()
        assert page_of(pilot).message == ""


async def test_a_busy_store_is_asked_again_later(opened: Opened, desk: FakeDesk) -> None:
    """A store that cannot answer now disturbs nobody."""
    async with opened(desk) as pilot:
        desk.errors["watch"] = Busy("Somebody else writes.")
        app_of(pilot).listen()
        await pilot.pause()
        assert page_of(pilot).message == ""
