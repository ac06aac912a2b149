"""A cover over everything, when nobody typed for a while or somebody asked for it."""

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from screens.textual_private import GuardedScreen
from screens.widgets.bars import TextLine

SAID: Final = (
    "piptui is covered. Enter shows it again; what was being typed is kept.",
    "",
    "This hides cases from who passes by, and from nobody else: piptui has no",
    "password of its own. Whoever sits at this terminal can uncover it. To keep",
    "others out, lock your own machine, or leave with ctrl+q.",
)
_HINT: Final = "Enter shows it again."


class CoverPage(GuardedScreen):
    """Shows nothing of a case. Every key says how to come back; Enter does."""

    def compose(self) -> ComposeResult:
        """A few lines on an empty screen."""
        with Vertical(id="cover"):
            for number, text in enumerate(SAID):
                yield TextLine(text, bold=not number)
            yield TextLine(id="cover-hint")

    def on_key(self, event: events.Key) -> None:
        """Enter uncovers; another key says so."""
        if event.key == "ctrl+q":
            return
        event.stop()
        event.prevent_default()
        if event.key == "enter":
            self.dismiss()
        else:
            self.query_one("#cover-hint", TextLine).show(_HINT)
