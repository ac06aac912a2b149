"""Saved views in the list of cases: number keys show them, `v` keeps what is shown."""

import datetime as dt
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from piptui.desk import Actor, Desk, open_desk
from tests.demo import demo_store
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.screen_text import app_of, page_of, screen_text

NOW = dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The demo organisation, only read here."""
    where = tmp_path_factory.mktemp("demo") / "store"
    demo_store(where, NOW)
    return open_desk(where, Actor("noor"), clock=lambda: NOW, zone="UTC")


def rows(pilot: Pilot[None]) -> list[str]:
    """The rows of the list, wherever its cursor is."""
    return [line.replace(">", " ", 1) for line in screen_text(pilot).splitlines()[3:-3]]


@pytest.mark.slow
async def test_the_views_screen(opened: Opened, demo: Desk, snapshot: SnapshotAssertion) -> None:
    """`v` shows all numbers, what is on them, and what the list shows now."""
    async with opened(demo, keys=("slash", *"is:overdue", "enter", "s", "v")) as pilot:
        assert screen_text(pilot) == snapshot


@pytest.mark.slow
async def test_what_is_kept_is_there_on_its_key_and_next_time(opened: Opened, demo: Desk) -> None:
    """Filter and order come back with the number, in this session and in the next one."""
    async with opened(demo, keys=("slash", *"is:overdue", "enter", "s", "v", "s")) as pilot:
        assert page_of(pilot).message == "Kept: 5 shows this from now on."
        before = rows(pilot)
        await pilot.press("0")
        assert rows(pilot) != before
        await pilot.press("5")
        assert rows(pilot) == before
    async with opened(demo, keys=("5",)) as pilot:
        assert rows(pilot) == before
        assert "is:overdue" in screen_text(pilot)


async def test_a_free_number_says_how_a_view_comes_there(opened: Opened, desk: FakeDesk) -> None:
    """No number key is silent."""
    async with opened(desk, keys=("7",)) as pilot:
        assert "No view is kept on 7" in page_of(pilot).message
        assert "press v" in page_of(pilot).message


async def test_enter_shows_the_view_under_the_cursor(opened: Opened, desk: FakeDesk) -> None:
    """The page of views is a way to choose one, too."""
    async with opened(desk, keys=("v", "g", "j", "j", "enter")) as pilot:
        assert "stage:review" in screen_text(pilot)
        assert type(page_of(pilot)).__name__ == "CasesPage"


async def test_enter_on_a_free_number_says_what_to_press(opened: Opened, desk: FakeDesk) -> None:
    """Nothing is opened, and the key that keeps a view is named."""
    async with opened(desk, keys=("v", "G", "enter")) as pilot:
        assert "s keeps what the list shows" in page_of(pilot).message


@pytest.mark.slow
async def test_one_of_the_first_four_can_be_replaced_and_comes_back(opened: Opened, desk: FakeDesk) -> None:
    """A built-in view gives way to one's own until that is removed."""
    async with opened(desk, keys=("slash", *"lars", "enter", "v", "g", "s", "0", "1")) as pilot:
        assert len([row for row in rows(pilot) if row.strip()]) == 2  # the titles, and Lars
        await pilot.press("v", "g", "D")
        assert page_of(pilot).message == "Removed: 1 is as it came again."
        await pilot.press("D")
        assert "Nothing of yours" in page_of(pilot).message
        await pilot.press("enter")
        assert "is:open" in screen_text(pilot)


async def test_all_cases_are_no_view_to_keep(opened: Opened, desk: FakeDesk) -> None:
    """What 0 shows needs no number; the way to something worth keeping is told."""
    async with opened(desk, keys=("v", "s")) as pilot:
        assert "as 0 does" in page_of(pilot).message


@pytest.mark.slow
async def test_a_broken_view_is_named_in_the_list_and_on_the_page(
    opened: Opened, desk: FakeDesk, tmp_path: Path
) -> None:
    """Its key says which file; the page of views marks it and the others stand as they are."""
    async with opened(desk, keys=("slash", *"lars", "enter", "v", "s")) as pilot:
        (path,) = (tmp_path / "views").rglob("5.json")
        path.write_text("{")
        await pilot.press("0", "5")
        assert "View 5 cannot be read" in page_of(pilot).message
        await pilot.press("v")
        assert "cannot be read" in screen_text(pilot)
        assert "is:needy" in screen_text(pilot)
        await pilot.press("g", "j", "j", "j", "j", "enter")
        assert "View 5 cannot be read" in page_of(pilot).message
        assert app_of(pilot).return_code is None


@pytest.mark.slow
async def test_a_view_that_is_not_understood_any_more_is_told(opened: Opened, demo: Desk, tmp_path: Path) -> None:
    """A query that the desk refuses is named in words, and the list stays."""
    async with opened(demo, keys=("slash", *"is:overdue", "enter", "v", "s")) as pilot:
        (path,) = (tmp_path / "views").rglob("5.json")
        path.write_text('{"query": "stage:nonsense"}')
        await pilot.press("0", "5")
        assert "nonsense" in page_of(pilot).message


@pytest.mark.slow
async def test_the_order_is_turned_round(opened: Opened, demo: Desk) -> None:
    """`S` gives the same cases from the other end."""
    async with opened(demo, keys=("s",)) as pilot:
        assert page_of(pilot).message == "Sorted by employee."
        first = screen_text(pilot).splitlines()[4]
        await pilot.press("S")
        assert page_of(pilot).message == "Sorted by employee, the other way round."
        assert screen_text(pilot).splitlines()[4] != first
        await pilot.press("S")
        assert screen_text(pilot).splitlines()[4] == first
