"""All acts on a case, with the reason where one is not possible now."""

from collections.abc import Iterable, Sequence
from functools import partial

from textual import on
from textual.widget import Widget

from piptui.desk.api import ActLine
from screens.actions import Action
from screens.base import Page, why_not
from screens.widgets.lines import Column, Lines
from screens.widgets.options import Option, option_lines


class ActsPage(Page):
    """All acts on a case: the possible ones first, the others with the reason why not now."""

    HINTS = ("list.choose",)

    def __init__(self, case: str, acts: Sequence[ActLine]) -> None:
        super().__init__()
        self.case = case
        self._acts = sorted(acts, key=lambda act: not act.possible)

    def heading(self) -> str:
        """What this is."""
        return f"What can be done in case {self.case}"

    def body(self) -> Iterable[Widget]:
        """The acts."""
        self.lines = option_lines("acts", Column("", 34), Column("", 38, grow=1))
        yield self.lines

    def on_mount(self) -> None:
        """Show them."""
        self.main, self.lines.when_chosen = self.lines, self._chosen
        self.lines.show([self._option(act) for act in self._acts], blank=("Nothing can be done here.",))
        self.lines.focus()

    def _option(self, act: ActLine) -> Option:
        return Option(
            act.act, act.title, "" if act.possible else why_not(act)[1], partial(self._do, act), not act.possible
        )

    def _do(self, act: ActLine) -> None:
        if not act.possible:
            self.warn(*why_not(act))
            return
        app = self.app
        app.pop_screen()
        app.open_act(self.case, act.act)

    @on(Lines.Moved)
    def _moved(self) -> None:
        option = self.lines.current
        self.say(option.beside if option else "")

    def hint_word(self, action: Action) -> str:
        """Enter does it."""
        return "do it" if action.id == "list.choose" else super().hint_word(action)

    def _chosen(self) -> None:
        with self.guard():
            if option := self.lines.current:
                option.chosen()

    def verb_acts(self) -> None:
        """The same key closes it."""
        self.verb_back()
