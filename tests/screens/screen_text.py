"""Screens as plain text: what the compositor draws, line by line."""

from screens.app import PiptuiApp
from screens.textual_private import screen_lines


def screen_text(app: PiptuiApp) -> str:
    """The screen on top, blanks at line ends removed."""
    return "\n".join(line.rstrip() for line in screen_lines(app))
