"""What lists and long texts share: list keys, and what Enter does."""

from collections.abc import Callable
from typing import ClassVar, Protocol, runtime_checkable

from rich.style import Style
from textual.message import Message
from textual.widget import Widget

from screens.actions import LIST_ACTIONS, Action, bindings

REVERSE = Style(reverse=True)
"""The row of the cursor, which also carries a sign."""


@runtime_checkable
class Tells(Protocol):
    """A page that says what became of a step."""

    def moved(self, told: str) -> None:
        """The cursor moved ("") or did not, and why."""
        ...

    def unanswered(self, key: str) -> None:
        """Say that a key means nothing here."""
        ...


class Cursored(Widget, can_focus=True):
    """What lists and long texts share: keys to verbs, a message when the cursor moves, and what Enter does.

    `when_chosen` is called at once, not by message: what is typed ahead after Enter belongs to the next page.
    """

    ACTIONS: ClassVar[tuple[Action, ...]] = LIST_ACTIONS
    BINDINGS = [*bindings(LIST_ACTIONS)]

    class Moved(Message):
        """The cursor is on another row."""

    when_chosen: Callable[[], None] | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Where one is: another one after each step that went anywhere."""
        return (0, 0)

    def edge(self, *, last: bool) -> str:
        """Why it goes no further in this direction."""
        return ""

    def action_verb(self, name: str) -> None:
        """Do what a key stands for; the page tells a step that goes nowhere."""
        verb, before = name.rpartition(".")[2], self.place
        getattr(self, f"verb_{verb}")()
        if verb != "choose" and isinstance(self.screen, Tells):
            last = verb.endswith(("down", "last"))
            self.screen.moved(self.edge(last=last) if self.place == before else "")

    def verb_choose(self) -> None:
        """Do what the page wants with the row under the cursor; where it wants nothing, say so."""
        if self.when_chosen is not None:
            self.when_chosen()
        elif isinstance(self.screen, Tells):
            self.screen.unanswered("enter")
