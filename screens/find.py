"""Full-text search: type, see each hit in its context, Enter opens the case where the text stands."""

from collections.abc import Collection, Iterable
from typing import ClassVar, Final

from textual import events, on
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from piptui.desk.api import Hit
from screens.actions import PICK_ACTIONS, Action
from screens.base import Page
from screens.widgets.bars import TextLine
from screens.widgets.lines import Column, Lines

LEAST: Final = 2
"""Letters from which a search begins: one alone stands in every text."""

MOST: Final = 200
"""Hits that are shown; more would be no answer."""

_PAUSE: Final = 0.25
"""Seconds without a further letter after which the search begins: large records take a moment."""

COLUMNS: Final = (
    Column("", 1),
    Column("Case", 4),
    Column("Employee", 12, grow=1, first=16, shown_from=50),
    Column("In", 10, grow=1, first=14),
    Column("Text", 20, grow=3, first=60),
)


def cells(hit: Hit) -> tuple[str, ...]:
    """A hit as the texts of its row."""
    return (" ", hit.case, hit.employee, hit.what, hit.snippet)


class FindPage(Page):
    """Hits of a text in all cases, as far as one may read them."""

    ACTIONS: ClassVar[tuple[Action, ...]] = PICK_ACTIONS
    HINTS = ("pick.choose",)
    TYPING = True

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Timer | None = None

    def heading(self) -> str:
        """What this is."""
        return "Find text in all cases"

    def hint_word(self, action: Action) -> str:
        """Enter opens the case where the text stands."""
        return "open" if action.id == "pick.choose" else super().hint_word(action)

    def on_screen_resume(self) -> None:
        """Back from a case: the next letter begins another search."""
        super().on_screen_resume()
        if self._ready:
            self.filter.select_all()

    def above(self) -> Iterable[Widget]:
        """What is looked for, and how much was found."""
        self.filter = Input(
            placeholder="a word or a phrase, anywhere in plans, check-ins, notes", compact=True, id="filter"
        )
        self.filter.cursor_blink = False
        yield self.filter
        yield TextLine(id="counts")

    def body(self) -> Iterable[Widget]:
        """The hits."""
        self.lines: Lines[Hit] = Lines(COLUMNS, cells, lambda hit: f"{hit.table} {hit.id} {hit.what}", id="hits")
        self.lines.can_focus = False
        yield self.lines

    def on_mount(self) -> None:
        """Begin with nothing."""
        self.lines.show((), blank=self._blank(""))
        self.filter.focus()

    def _blank(self, typed: str) -> tuple[str, ...]:
        if len(typed) < LEAST:
            return ("Type at least two letters.", "Letters' case and accents composed or not do not matter.")
        return (f"“{typed}” is in no case that you may read.", "Fewer letters find more; Esc goes back.")

    @on(Input.Changed, "#filter")
    def _typed(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(_PAUSE, self.search)

    def concerns(self, cases: Collection[str]) -> bool:
        """Every case is looked through."""
        return True

    def on_news(self, who: str) -> None:
        """It is enough that the hits are right."""
        self.on_changed()

    def search(self) -> None:
        """Look for what is typed now."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        typed = self.filter.value.strip()
        with self.guard():
            found = self.desk.find(typed) if len(typed) >= LEAST else ()
            cases = len({hit.case for hit in found})
            told = f"{len(found)} hit{'' if len(found) == 1 else 's'} in {cases} case{'' if cases == 1 else 's'}"
            if len(found) > MOST:
                told += f": the first {MOST} are shown, another word finds fewer"
            self.query_one("#counts", TextLine).show(told if found else "")
            self.lines.show(found[:MOST], blank=self._blank(typed))

    @on(Input.Submitted, "#filter")
    def verb_choose(self) -> None:
        """Open the case where the text stands; what was typed last is looked for first."""
        if self._waiting is not None:
            self.search()
            return
        hit = self.lines.current
        if hit is None:
            self.warn("There is nothing to open: type what to look for.")
        else:
            self.app.open_hit(hit)

    def verb_down(self) -> None:
        """One row down."""
        self.lines.verb_down()

    def verb_up(self) -> None:
        """One row up."""
        self.lines.verb_up()

    def on_key(self, event: events.Key) -> None:
        """Pages in the list while the cursor is in the field."""
        if event.key in ("pagedown", "pageup"):
            event.stop()
            (self.lines.verb_page_down if event.key == "pagedown" else self.lines.verb_page_up)()

    def on_changed(self) -> None:
        """Something was committed above: look again."""
        self.search()
