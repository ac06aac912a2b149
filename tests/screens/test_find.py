"""Full-text search: hits in context, and the case opened where the text stands."""

import pytest
from syrupy.assertion import SnapshotAssertion

from piptui.desk.api import Hit
from piptui.errors import Busy
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.screen_text import page_of, screen_text


def hit(number: int, snippet: str, table: str = "entries", place: str = "n1", what: str = "note") -> Hit:
    """A text that was found."""
    return Hit(
        case="0007", employee="Dana Okafor", what=what, snippet=snippet, table=table, id=f"d{number}", place=place
    )


@pytest.fixture
def found(desk: FakeDesk) -> FakeDesk:
    """A desk in which "training" is found three times."""
    desk.hits = (
        hit(1, "Discovery training, 2 days, promised by Kim Lee", "plans", "", "plan"),
        hit(2, "asked when the training begins", "checkins", "w2", "check-in"),
        hit(3, "…the training was booked for both of them"),
        hit(4, "something else"),
    )
    return desk


async def test_find_screen(opened: Opened, found: FakeDesk, snapshot: SnapshotAssertion) -> None:
    """From any page by one key: hits with case, employee, kind and context, and their number."""
    async with opened(found, keys=("f", *"training", "enter"), first="today") as pilot:
        assert "3 hits in 1 case" in screen_text(pilot)
        assert screen_text(pilot) == snapshot


@pytest.mark.slow
@pytest.mark.parametrize(("down", "tab"), [(0, "[2 Plan]"), (1, "[3 Check-ins]"), (2, "[4 Evidence]")])
async def test_enter_opens_the_case_where_the_text_stands(
    opened: Opened, found: FakeDesk, down: int, tab: str
) -> None:
    """A hit in the plan opens the plan, one in a check-in the check-ins, one in a note what is on file."""
    async with opened(found, keys=("f", *"training", "enter", *["down"] * down, "enter"), first="today") as pilot:
        text = screen_text(pilot)
        assert text.startswith(" 0007 Dana Okafor")
        assert tab in text
        await pilot.press("q")
        assert "3 hits in 1 case" in screen_text(pilot)


async def test_what_is_found_nowhere_says_so(opened: Opened, found: FakeDesk) -> None:
    """The text that was looked for is named; one letter is too few to look."""
    async with opened(found, keys=("f", *"zebra", "enter"), first="today") as pilot:
        assert "“zebra” is in no case that you may read." in screen_text(pilot)
        await pilot.press("enter")
        assert "nothing to open" in page_of(pilot).message
        await pilot.press(*["backspace"] * 4, "enter")
        assert "Type at least two letters." in screen_text(pilot)


async def test_many_hits_are_cut_and_counted(opened: Opened, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first two hundred are shown, and how many there are is said."""
    monkeypatch.setattr("screens.find._PAUSE", 3600)  # it is Enter that searches, however slow the machine is
    desk.hits = tuple(hit(number, "again and again") for number in range(230))
    async with opened(desk, keys=("f", *"again", "enter"), first="today") as pilot:
        assert "230 hits in 1 case: the first 200 are shown" in screen_text(pilot)


async def test_a_busy_store_is_told_and_the_text_stays(opened: Opened, found: FakeDesk) -> None:
    """An error of the desk becomes a message; what was typed is still there."""
    found.errors["find"] = Busy("Noor is writing. Try again.")
    async with opened(found, keys=("f", *"training", "enter"), first="today") as pilot:
        assert "Noor is writing" in page_of(pilot).message
        assert "training" in screen_text(pilot)
