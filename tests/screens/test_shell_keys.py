"""Every key on every page in every stage: it does something, or it says why not. It never crashes."""

import pytest
from textual.pilot import Pilot

from screens.actions import LIST_ACTIONS, PAGE_ACTIONS
from screens.base import Page
from screens.registry import registry
from screens.widgets.lines import Lines
from screens.widgets.reader import Reader
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk, full_desk
from tests.screens.screen_text import app_of, screen_text

# One stage in the fast suite, all of them in CI: every key waits for the screen.
STAGES = ("active", "draft", "in_review", "approved", "issued", "final_review", "closed")
ROWS = [pytest.param(row, id=stage, marks=[pytest.mark.slow] if row else []) for row, stage in enumerate(STAGES)]
_LEAVING = {"q", "ctrl+q", "ctrl+c", "escape"}
_KEYS = sorted({key for action in registry().values() for key in action.keys} - _LEAVING)
_MOVING = {key for action in LIST_ACTIONS for key in action.keys}


def _state(pilot: Pilot[None]) -> tuple[object, ...]:
    app = app_of(pilot)
    return (screen_text(pilot), len(app.screen_stack), app.focused)


async def _press_all(pilot: Pilot[None], page: Page, answered: set[str]) -> None:
    """Press every key on a page, coming back to it after each."""
    app = app_of(pilot)
    for key in _KEYS:
        page.say("")
        if not isinstance(app.focused, Reader | Lines) and page.query("Reader, Lines"):
            page.query("Reader, Lines").first().focus()
            await pilot.pause()
        before = _state(pilot)
        await pilot.press(key)
        assert app.is_running, f"{key} ended the program"
        if key in answered and key not in _MOVING:
            assert _state(pilot) != before, f"{key} did nothing and said nothing on {type(page).__name__}"
        while app.screen is not page:
            assert page in app.screen_stack, f"{key} closed the page"
            app.pop_screen()
            await pilot.pause()


def _answered(page: Page) -> set[str]:
    """The keys that the page claims to answer, but for those that close it."""
    return {key for action in page.all_actions() for key in action.keys} - _LEAVING - {"ctrl+l"}


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS)
async def test_every_key_on_a_case(opened: Opened, desk: FakeDesk, row: int) -> None:
    """On a case in every stage, on its overview, each key is answered."""
    async with opened(desk, keys=(*"j" * row, "enter")) as pilot:
        page = pilot.app.screen
        assert isinstance(page, Page)
        await _press_all(pilot, page, _answered(page))


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS)
async def test_every_key_on_the_list(opened: Opened, desk: FakeDesk, row: int) -> None:
    """With the cursor on a case in every stage, each key on the list is answered."""
    async with opened(desk, keys=(*"j" * row,)) as pilot:
        page = pilot.app.screen
        assert isinstance(page, Page)
        await _press_all(pilot, page, _answered(page))


@pytest.mark.parametrize(
    "desk",
    [
        pytest.param(full_desk(), id="full"),
        pytest.param(FakeDesk(), id="empty", marks=pytest.mark.slow),
        pytest.param(FakeDesk(people=False), id="nobody", marks=pytest.mark.slow),
    ],
)
async def test_every_key_on_today(opened: Opened, desk: FakeDesk) -> None:
    """Each key on the first screen is answered, whatever there is in it."""
    async with opened(desk, first="today") as pilot:
        page = pilot.app.screen
        assert isinstance(page, Page)
        await _press_all(pilot, page, _answered(page))


@pytest.mark.slow
@pytest.mark.parametrize("people", [True, False])
async def test_every_key_on_an_empty_list(opened: Opened, people: bool) -> None:
    """Without cases, and without people, each key still says something."""
    async with opened(FakeDesk(people=people)) as pilot:
        page = pilot.app.screen
        assert isinstance(page, Page)
        await _press_all(pilot, page, _answered(page))


@pytest.mark.slow
async def test_every_key_on_the_people(opened: Opened, desk: FakeDesk) -> None:
    """Each key on the list of people is answered."""
    async with opened(desk, keys=("3",), first="today") as pilot:
        page = pilot.app.screen
        assert isinstance(page, Page)
        await _press_all(pilot, page, _answered(page))


@pytest.mark.slow
@pytest.mark.parametrize("way", [("x",), ("f1",), ("enter", "p", "enter")], ids=["acts", "help", "packet"])
async def test_every_key_on_the_pages_above(opened: Opened, desk: FakeDesk, way: tuple[str, ...]) -> None:
    """Pages that are laid on top answer, too; the key that opened them may close them."""
    async with opened(desk, keys=way) as pilot:
        page = pilot.app.screen
        assert isinstance(page, Page)
        for key in _KEYS:
            await pilot.press(key)
            assert pilot.app.is_running
            while pilot.app.screen is not page:
                if page not in pilot.app.screen_stack:
                    return
                pilot.app.pop_screen()
                await pilot.pause()


def test_no_page_offers_more_than_six_hints(desk: FakeDesk) -> None:
    """Four hints of its own, help, and the way back: what does not fit is under ?."""
    from screens.case import _HINTS
    from screens.cases import CasesPage
    from screens.today import TodayPage

    assert len(CasesPage.HINTS) <= 4
    assert len(TodayPage.HINTS) <= 4
    assert all(len(hints) <= 4 for hints in _HINTS.values())
    assert {action.id for action in PAGE_ACTIONS} >= {"page.help", "page.back", "page.escape"}
