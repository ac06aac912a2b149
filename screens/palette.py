"""Lists to choose from: all acts on a case with their reasons, the commands of a page, one of a few answers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from piptui.desk.api import ActLine
from piptui.text import fold
from screens.actions import LIST_ACTIONS, PICK_ACTIONS, Action, key_word
from screens.base import Page
from screens.widgets.lines import Column, Lines

_ENOUGH_CASES = 8


@dataclass(frozen=True)
class Option:
    """One line to choose: what it is, what is said beside it, and what happens. `dim` marks the impossible."""

    key: str
    text: str
    beside: str
    chosen: Callable[[], None]
    dim: bool = False


def _lines(id: str, *columns: Column) -> Lines[Option]:  # noqa: A002
    return Lines(
        (Column("", 1), *columns),
        lambda option: ("-" if option.dim else " ", option.text, option.beside),
        lambda option: option.key,
        dim=lambda option: option.dim,
        titles=False,
        id=id,
    )


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
        self.lines = _lines("acts", Column("", 34), Column("", 38, grow=1))
        yield self.lines

    def on_mount(self) -> None:
        """Show them."""
        self.main, self.lines.when_chosen = self.lines, self._chosen
        self.lines.show([self._option(act) for act in self._acts], blank=("Nothing can be done here.",))
        self.lines.focus()

    def _option(self, act: ActLine) -> Option:
        return Option(
            act.act, act.title, "" if act.possible else act.reason, partial(self._do, act), not act.possible
        )

    def _do(self, act: ActLine) -> None:
        if not act.possible:
            self.warn(f"{act.title}: not now.", act.reason)
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
        self.lines = _lines("options", Column("", 52, grow=1), Column("", 20, grow=1))
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
        for act in page.desk.acts(page.case):
            beside = f"case {page.case}" if act.possible else act.reason
            yield Option(act.act, act.title, beside, partial(self._act, act), not act.possible)

    def more(self, typed: str) -> Sequence[Option]:
        """Cases that match what is typed."""
        if len(typed) < 2:
            return ()
        return [
            Option(
                line.id,
                f"Open case {line.case} {line.employee}",
                line.about,
                partial(self._open, line.case),
            )
            for line in self.desk.list(typed).lines[:_ENOUGH_CASES]
        ]

    def _run(self, action: Action) -> None:
        self.app.pop_screen()
        self._page.action_verb(action.id)

    def _act(self, act: ActLine) -> None:
        if not act.possible:
            self.warn(f"{act.title}: not now.", act.reason)
            return
        app = self.app
        app.pop_screen()
        app.open_act(self._page.case, act.act)

    def _open(self, number: str) -> None:
        app = self.app
        app.pop_screen()
        app.open_case(number)
