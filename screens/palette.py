"""Lists to narrow by typing: the commands of a page, one of a few answers."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from piptui.desk.api import ActLine
from piptui.text import fold
from screens.actions import LIST_ACTIONS, PICK_ACTIONS, Action, key_word
from screens.base import Page, why_not
from screens.moves import in_order
from screens.widgets.lines import Column
from screens.widgets.options import Option, option_lines

_ENOUGH_CASES = 8
_NUMBERED = 50
"""Cases that are looked at for a number: it may stand in other texts, too."""


class PickPage(Page):
    """A few options and a filter above them: type, go up and down, Enter takes."""

    ACTIONS: ClassVar[tuple[Action, ...]] = PICK_ACTIONS
    HINTS = ("pick.choose",)
    TYPING = True

    def __init__(self, about: str, options: Sequence[Option]) -> None:
        super().__init__()
        self._about = about
        self._options = tuple(options)

    def heading(self) -> str:
        """What is to be chosen."""
        return self._about

    def above(self) -> Iterable[Widget]:
        """The filter."""
        self.filter = Input(placeholder="type to narrow the list", compact=True, id="filter")
        self.filter.cursor_blink = False
        yield self.filter

    def body(self) -> Iterable[Widget]:
        """The options."""
        self.lines = option_lines("options", Column("", 52, grow=1), Column("", 20, grow=1))
        self.lines.can_focus = False
        yield self.lines

    def on_mount(self) -> None:
        """Show all."""
        self._narrow()
        self.filter.focus()

    def more(self, typed: str) -> Sequence[Option]:
        """Further options that depend on what is typed."""
        return ()

    @on(Input.Changed, "#filter")
    def _narrow(self) -> None:
        typed = self.filter.value.strip()
        terms = fold(typed).split()
        found = [
            option for option in self._options if all(term in fold(f"{option.text} {option.key}") for term in terms)
        ]
        with self.guard():
            found += self.more(typed)
        self.lines.show(found, blank=("Nothing fits.", "Esc goes back."))

    @on(Input.Submitted, "#filter")
    def verb_choose(self) -> None:
        """Take what the cursor is on."""
        option = self.lines.current
        if option is None:
            self.warn("Nothing is chosen: type less, or Esc goes back.")
        else:
            option.chosen()

    def verb_down(self) -> None:
        """One row down."""
        self.lines.verb_down()

    def verb_up(self) -> None:
        """One row up."""
        self.lines.verb_up()

    def on_key(self, event: events.Key) -> None:
        """Pages in the list while the cursor is in the filter."""
        if event.key in ("pagedown", "pageup"):
            event.stop()
            (self.lines.verb_page_down if event.key == "pagedown" else self.lines.verb_page_up)()


class Palette(PickPage):
    """What can be done on a page, by typing: its actions, the acts of its case, and cases to open."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.case = page.case
        super().__init__("Commands", (*self._actions_of(page), *self._acts_of(page)))

    def _actions_of(self, page: Page) -> Iterable[Option]:
        moving = {action.id for action in LIST_ACTIONS}
        for action in page.all_actions():
            if action.id not in moving and action.id not in ("page.palette", "app.stop"):
                keys = ", ".join(key_word(key) for key in action.keys)
                yield Option(action.id, action.sentence, keys, partial(self._run, action))

    def _acts_of(self, page: Page) -> Iterable[Option]:
        if not page.case:
            return
        for act in in_order(page.desk.acts(page.case)):
            beside = f"case {page.case}" if act.possible else why_not(act)[1]
            yield Option(act.act, act.title, beside, partial(self._act, act), not act.possible)

    def more(self, typed: str) -> Sequence[Option]:
        """Cases that match what is typed."""
        if len(typed) < 2 and not typed.isdigit():
            return ()
        if typed.isdigit():
            return self._numbered(typed)
        return [
            Option(
                line.id,
                f"Open case {line.case} {line.employee}",
                line.about,
                partial(self._open, line.case),
            )
            for line in self.desk.list(typed).lines[:_ENOUGH_CASES]
        ]

    def _numbered(self, typed: str) -> Sequence[Option]:
        """The case of a number; or that there is none."""
        number = typed.zfill(4)
        found = self.desk.list(number, count=_NUMBERED).lines
        exact = [line for line in found if line.case == number]
        if not exact:
            told = f"There is no case {number}, or none that you may read"
            return [Option("no case", told, "", lambda: self.warn(f"{told}."), dim=True)]
        line = exact[0]
        text = f"Open case {line.case} {line.employee}"
        return [Option(line.id, text, line.about, partial(self._open, line.case))]

    def _run(self, action: Action) -> None:
        self.app.pop_screen()
        self._page.action_verb(action.id)

    def _act(self, act: ActLine) -> None:
        if not act.possible:
            self.not_now(act.act, why_not(act))
            return
        app = self.app
        app.pop_screen()
        app.open_act(self._page.case, act.act)

    def _open(self, number: str) -> None:
        app = self.app
        app.pop_screen()
        app.open_case(number)
