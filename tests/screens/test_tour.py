"""The tour of the demo: goes on when something was done, steps aside for every page, and is nowhere else."""

import re

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input

from screens.actions import TOUR_ACTIONS
from screens.keymap import _groups
from screens.tour import STOPS
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.screen_text import app_of, page_of, screen_text
from tests.screens.test_today import due

SLOT = {"act": "log_check_in", "data": {"slot": "w6"}, "detail": "w6 10:00"}


@pytest.fixture
def busy(desk: FakeDesk) -> FakeDesk:
    """A day with an overdue check-in."""
    desk.dues = (due("check-in", -3, "overdue", "0007", **SLOT),)
    return desk


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys, let the tour look, and give the step that the page on top shows."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
        app_of(pilot).look_at_tour()
        await pilot.pause()
    return step_of(pilot)


def step_of(pilot: Pilot[None]) -> str:
    """ "3/10" where the page on top shows the third step; "" where it shows none."""
    found = re.search(rf"Tour (\d+/{len(STOPS)}):", screen_text(pilot))
    return found[1] if found else ""


def step(number: int) -> str:
    """As the page shows it."""
    return f"{number}/{len(STOPS)}"


@pytest.mark.slow
async def test_the_whole_tour_goes_on_by_doing(opened: Opened, busy: FakeDesk) -> None:
    """Every step is passed by what it asks for, from Today to help."""
    async with opened(busy, first="today", tour="on") as pilot:
        assert await press(pilot, "f7") == step(1)
        assert await press(pilot, "enter") == step(2)
        assert await press(pilot, "2") == step(3)
        assert await press(pilot, "c") == step(4)
        assert await press(pilot, "escape") == step(5)
        assert await press(pilot, "6") == step(6)
        assert await press(pilot, "x") == step(7)
        assert await press(pilot, "q", "q", "2") == step(8)
        assert await press(pilot, "slash", "d") == step(9)
        assert await press(pilot, "f1") == step(10)
        assert await press(pilot, "f9") == ""


@pytest.mark.slow
async def test_a_step_gone_back_to_waits_until_it_is_done_anew(opened: Opened, busy: FakeDesk) -> None:
    """Where everything is already as a step asks for, F7 and F9 still stop at it."""
    async with opened(busy, first="today", tour="on") as pilot:
        assert await press(pilot, "enter", "f9", "f9") == step(4)
        assert await press(pilot, "f9") == step(5)
        assert await press(pilot, "f7") == step(4)
        assert await press(pilot, "j") == step(4)
        assert await press(pilot, "c", "escape") == step(5)


async def test_the_tour_is_offered_and_begins_by_its_key(opened: Opened, busy: FakeDesk) -> None:
    """Until then there is a sentence and no line."""
    async with opened(busy, first="today", tour="offered") as pilot:
        assert "F9 begins a tour" in page_of(pilot).message
        assert await press(pilot, "j") == ""
        assert await press(pilot, "f7", "f6") == ""
        assert await press(pilot, "f9") == step(1)


async def test_steps_are_passed_over_and_gone_back_to(opened: Opened, busy: FakeDesk) -> None:
    """Nobody has to do what a step asks for; doing other things first does not move it."""
    async with opened(busy, first="today", tour="on") as pilot:
        assert await press(pilot, "f9", "f9") == step(3)
        assert await press(pilot, "f7") == step(2)
        assert await press(pilot, "3", "question_mark", "q") == step(2)


async def test_the_tour_ends_at_once_everywhere(opened: Opened, busy: FakeDesk) -> None:
    """Its line goes from the page on top, and from those below when they are seen again."""
    async with opened(busy, first="today", tour="on") as pilot:
        assert await press(pilot, "enter") == step(2)
        assert await press(pilot, "f6") == ""
        assert await press(pilot, "q") == ""


@pytest.mark.slow
async def test_in_a_form_the_keys_of_the_tour_type_nothing(opened: Opened, busy: FakeDesk) -> None:
    """They work while one types, and what is typed stays."""
    async with opened(busy, first="today", tour="on") as pilot:
        await press(pilot, "c", "tab", "z", "q")
        field = app_of(pilot).focused
        assert isinstance(field, Input)
        assert field.value.endswith("zq")
        typed = field.value
        assert await press(pilot, "f9", "f7", "f9") != ""
        assert field.value == typed


async def test_without_the_demo_there_is_no_tour(opened: Opened, busy: FakeDesk) -> None:
    """No sentence, no line, and its keys do nothing."""
    async with opened(busy, first="today") as pilot:
        assert "tour" not in page_of(pilot).message
        assert await press(pilot, "f9") == ""


def test_no_page_uses_the_keys_of_the_tour() -> None:
    """It takes nothing from anybody."""
    own = {key for action in TOUR_ACTIONS for key in action.keys}
    others = {key for name, group in _groups().items() if name != "TOUR_ACTIONS" for one in group for key in one.keys}
    assert not own & others


@pytest.mark.parametrize("size", [(80, 24), (64, 16)])
async def test_the_tour_fits(
    opened: Opened, busy: FakeDesk, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    """The line and its keys below the page, the footer where it was."""
    async with opened(busy, first="today", tour="on", size=size) as pilot:
        await press(pilot, "enter")
        assert screen_text(pilot) == snapshot
