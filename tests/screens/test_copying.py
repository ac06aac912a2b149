"""What y copies on which page, and that it is shown all the same."""

import pytest

from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.screen_text import app_of, page_of


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither tmux nor screen stands between."""
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


async def test_the_number_of_the_case_under_the_cursor(opened: Opened, desk: FakeDesk) -> None:
    """In the list, y copies the number and shows whose case it is."""
    async with opened(desk, keys=("y",)) as pilot:
        assert app_of(pilot).clipboard == "0007"
        assert page_of(pilot).message == "0007 Dana Okafor\nSent to the clipboard of your terminal."


async def test_the_number_of_a_case_or_what_its_cursor_is_on(opened: Opened, desk: FakeDesk) -> None:
    """In a case: the number, an entry's text, a file's id, a sentence of the history."""
    async with opened(desk, keys=("enter",)) as pilot:
        app, sheet = app_of(pilot), app_of(pilot).desk.view("0007")
        await pilot.press("y")
        assert app.clipboard == "0007"
        await pilot.press("4", "g", "y")
        assert app.clipboard in {one.text for one in sheet.entries}
        await pilot.press("6", "g", "y")
        assert app.clipboard in {one.sentence for one in app.desk.history("0007")}


async def test_a_terminal_without_a_clipboard_is_told(
    opened: Opened, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a console the text is shown and kept for pasting here, and nothing pretends that it was sent."""
    monkeypatch.setenv("TERM", "linux")
    async with opened(desk, keys=("y",)) as pilot:
        assert "0007 Dana Okafor" in page_of(pilot).message
        assert "has no clipboard" in page_of(pilot).message
