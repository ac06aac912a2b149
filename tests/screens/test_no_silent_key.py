"""No key is silent: one without a meaning says so, a step that goes nowhere says why."""

import pytest

from screens.actions import is_told
from screens.base import Page
from screens.cases import CasesPage
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.screen_text import page_of, screen_text

MEANINGLESS = ("z", "b", "Z", "f5", "ctrl+t", "left", "tab", "shift+tab", "backspace", "alt+a", "insert")
WAYS = {"today": ("today", ()), "cases": ("cases", ()), "help": ("cases", ("f1",)), "acts": ("cases", ("x",))}


@pytest.mark.parametrize("key", MEANINGLESS)
@pytest.mark.parametrize(
    "way",
    ["today", "cases", pytest.param("help", marks=pytest.mark.slow), pytest.param("acts", marks=pytest.mark.slow)],
)
async def test_a_key_without_a_meaning_says_so(opened: Opened, desk: FakeDesk, way: str, key: str) -> None:
    """Its name, and the key that shows those that have one; the cursor stays where it is."""
    first, keys = WAYS[way]
    async with opened(desk, first=first, keys=keys) as pilot:
        before = pilot.app.focused
        await pilot.press(key)
        await pilot.pause()
        assert "does nothing here" in page_of(pilot).message
        assert page_of(pilot).message.endswith("shows the keys.")
        assert pilot.app.focused is before


async def test_where_one_types_the_sentence_names_f1(opened: Opened, desk: FakeDesk) -> None:
    """A question mark would be a letter there."""
    async with opened(desk, keys=("f", "f5")) as pilot:
        assert page_of(pilot).message == "F5 does nothing here: F1 shows the keys."


async def test_what_was_said_before_goes_with_the_next_step(opened: Opened, desk: FakeDesk) -> None:
    """An old sentence must not seem to answer a new key."""
    async with opened(desk, keys=("y",)) as pilot:
        assert page_of(pilot).message.startswith("0007 Dana Okafor")
        await pilot.press("j")
        assert page_of(pilot).message == ""


@pytest.mark.parametrize(
    ("keys", "told"), [(("k",), "This is the first row."), (("G", "j"), "This is the last row.")]
)
async def test_the_ends_of_a_list_are_told(opened: Opened, desk: FakeDesk, keys: tuple[str, ...], told: str) -> None:
    """A step that goes nowhere says why."""
    async with opened(desk, keys=keys) as pilot:
        assert page_of(pilot).message == told


async def test_the_ends_of_a_text_are_told(opened: Opened, desk: FakeDesk) -> None:
    """Reading on at the end says that it is the end."""
    async with opened(desk, size=(80, 16), keys=("enter", "2", "G", "pagedown")) as pilot:
        assert page_of(pilot).message == "This is the end."
        await pilot.press("g", "k")
        assert page_of(pilot).message == "This is the beginning."


async def test_a_list_by_manager_shows_the_manager(opened: Opened, desk: FakeDesk) -> None:
    """Whatever the list is sorted or narrowed by can be checked in its rows; the order stands beside the counts."""
    async with opened(desk) as pilot:
        assert "About" in screen_text(pilot)
        page = pilot.app.screen
        assert isinstance(page, CasesPage)
        while not screen_text(pilot).splitlines()[1].endswith("by manager"):
            await pilot.press("s")
        assert "Manager" in screen_text(pilot).splitlines()[3]
        assert "About" not in screen_text(pilot).splitlines()[3]


@pytest.mark.parametrize(
    ("key", "told"), [("z", True), ("f12", True), ("ctrl+t", True), ("home", True), ("latin_small_letter_e", False)]
)
def test_only_names_that_a_person_knows_are_told(key: str, told: bool) -> None:
    """Nobody presses latin_small_letter_e_with_acute."""
    assert is_told(key) is told


async def test_history_leads_to_what_was_recorded(opened: Opened, desk: FakeDesk) -> None:
    """Enter shows a line of the history whole, Enter there goes to where it stands in the case."""
    async with opened(desk, keys=("enter", "6", "enter", "enter")) as pilot:
        page = page_of(pilot)
        assert isinstance(page, Page)
        assert page.message.endswith(": as it stands now.")
