"""A terminal that shrinks to almost nothing and comes back shows what it showed before."""

import pytest

from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.screen_text import app_of, screen_text

WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "today": ("today", ()),
    "cases": ("cases", ("j", "j")),
    "filter": ("cases", ("slash", *"lar")),
    "views": ("cases", ("v",)),
    "case": ("cases", ("enter",)),
    "plan": ("cases", ("enter", "2", "pagedown")),
    "history": ("cases", ("enter", "6")),
    "people": ("today", ("3",)),
    "acts": ("cases", ("x",)),
    "help": ("cases", ("f1",)),
    "note": ("cases", ("enter", "n", *"half")),
    "find": ("cases", ("f", *"quota", "enter")),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "small", [(20, 5), pytest.param((1, 1), marks=pytest.mark.slow), pytest.param((40, 10), marks=pytest.mark.slow)]
)
async def test_it_comes_back_as_it_was(opened: Opened, desk: FakeDesk, way: str, small: tuple[int, int]) -> None:
    """Whatever page is on top: nothing breaks, keys work in the small one, nothing that was typed is lost."""
    first, keys = WAYS[way]
    async with opened(desk, first=first, keys=keys) as pilot:
        before, page, depth = screen_text(pilot), pilot.app.screen, len(pilot.app.screen_stack)
        await pilot.resize_terminal(*small)
        await pilot.pause()
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert app_of(pilot).is_running
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        page.query_one("#message").show(())  # type: ignore[attr-defined]  # what ctrl+l said
        await pilot.pause()
        assert (pilot.app.screen, len(pilot.app.screen_stack)) == (page, depth)
        after = screen_text(pilot)
        assert _without_message(after) == _without_message(before)


def _without_message(text: str) -> list[str]:
    """The screen but for the line of messages, which belongs to the last key."""
    lines = text.splitlines()
    rule = max(at for at, line in enumerate(lines) if line.strip().startswith("──"))
    return lines[: rule + 1] + lines[-1:]
