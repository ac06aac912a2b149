"""Screens as plain text: what the compositor draws, line by line."""

from typing import cast

from textual.pilot import Pilot

from screens.app import PiptuiApp
from screens.base import Page
from screens.textual_private import screen_lines


def app_of(pilot: Pilot[None]) -> PiptuiApp:
    """The app that a pilot drives."""
    return cast("PiptuiApp", pilot.app)


def page_of(pilot: Pilot[None]) -> Page:
    """The page on top."""
    page = pilot.app.screen
    assert isinstance(page, Page)
    return page


def screen_text(shown: Pilot[None] | PiptuiApp) -> str:
    """The screen on top, blanks at line ends removed."""
    app = shown if isinstance(shown, PiptuiApp) else app_of(shown)
    return "\n".join(line.rstrip() for line in screen_lines(app)) + "\n"
