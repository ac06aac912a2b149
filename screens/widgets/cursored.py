"""What lists and long texts share: list keys, and what Enter does."""

from collections.abc import Callable
from typing import ClassVar

from rich.style import Style
from textual.message import Message
from textual.widget import Widget

from screens.actions import LIST_ACTIONS, Action, bindings

REVERSE = Style(reverse=True)
"""The row of the cursor, which also carries a sign."""


class Cursored(Widget, can_focus=True):
    """What lists and long texts share: keys to verbs, a message when the cursor moves, and what Enter does.

    `when_chosen` is called at once, not by message: what is typed ahead after Enter belongs to the next page.
    """

    ACTIONS: ClassVar[tuple[Action, ...]] = LIST_ACTIONS
    BINDINGS = [*bindings(LIST_ACTIONS)]

    class Moved(Message):
        """The cursor is on another row."""

    when_chosen: Callable[[], None] | None = None

    def action_verb(self, name: str) -> None:
        """Do what a key stands for."""
        getattr(self, f"verb_{name.rpartition('.')[2]}")()

    def verb_choose(self) -> None:
        """Do what the page wants with the row under the cursor."""
        if self.when_chosen is not None:
            self.when_chosen()
