"""The saved views: what stands on which number, and what the list shows now to be kept there."""

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual.widget import Widget

from piptui.errors import PiptuiError
from piptui.views import BUILT_IN, NUMBERS, View, Views
from screens.actions import VIEWS_ACTIONS, Action
from screens.base import Page
from screens.case_rows import order_words
from screens.widgets.fields import FormText
from screens.widgets.lines import Column, Lines


class ViewRow(NamedTuple):
    """A number as it stands here: its view (None: free), whose it is, and what is wrong with its file."""

    number: int
    view: View | None
    whose: str
    trouble: str = ""


def view_cells(row: ViewRow) -> tuple[str, ...]:
    """A number as the texts of a line."""
    if row.trouble:
        return "!", str(row.number), "cannot be read", "", row.whose
    if row.view is None:
        return " ", str(row.number), "free", "", ""
    return " ", str(row.number), row.view.query, order_words(row.view.sort), row.whose


def same_view(one: View | None, other: View) -> bool:
    """Whether two views show the same; no order is the order of what needs somebody."""
    return one is not None and (one.query, one.sort or "attention") == (other.query, other.sort or "attention")


class ViewsPage(Page):
    """A line for each number: Enter shows that view in the list, `s` keeps there what the list shows now."""

    ACTIONS: ClassVar[tuple[Action, ...]] = VIEWS_ACTIONS
    HINTS = ("list.choose", "views.keep", "views.remove")

    def __init__(self, views: Views, now: View) -> None:
        super().__init__()
        self._views, self._now = views, now

    def heading(self) -> str:
        """What this is."""
        return "Views"

    def hint_word(self, action: Action) -> str:
        """Enter shows the view in the list."""
        return "show" if action.id == "list.choose" else super().hint_word(action)

    def above(self) -> Iterable[Widget]:
        """What could be kept."""
        now = self._now
        shown = now.query.strip() or "all cases"
        return (FormText([f" The list shows: {shown} · by {order_words(now.sort)}"]),)

    def body(self) -> Iterable[Widget]:
        """A line for each number."""
        self.lines: Lines[ViewRow] = Lines(
            (
                Column("", 1),
                Column("Key", 3),
                Column("Shows", 24, grow=2, first=44),
                Column("Sorted by", 20, grow=1),
                Column("", 10),
            ),
            view_cells,
            lambda row: str(row.number),
            dim=lambda row: row.view is None and not row.trouble,
            id="views",
        )
        yield self.lines

    def on_mount(self) -> None:
        """Show them, the cursor where this view is kept, else on the first free number."""
        self.main, self.lines.when_chosen = self.lines, self._show_view
        rows = self._list()
        fitting = [row.number for row in rows if same_view(row.view, self._now)]
        free = [row.number for row in rows if row.view is None and not row.trouble]
        self.lines.go_to(str((fitting or free or [1])[0]))
        self.lines.focus()

    def _list(self) -> list[ViewRow]:
        rows = [self._row(number) for number in NUMBERS]
        self.lines.show(rows)
        return rows

    def _row(self, number: int) -> ViewRow:
        whose = "yours" if self._views.own(number) else "built in"
        try:
            return ViewRow(number, self._views.get(number), whose)
        except PiptuiError as error:
            return ViewRow(number, None, whose, str(error))

    # -- verbs -------------------------------------------------------------------------------------------

    def _show_view(self) -> None:
        from screens.cases import CasesPage

        row = self.lines.current
        below = self.app.screen_stack[-2]
        if row is None or row.view is None or not isinstance(below, CasesPage):
            self.warn(row.trouble if row and row.trouble else "No view is kept here. s keeps what the list shows.")
            return
        self.app.pop_screen()
        below.show_view(row.view)

    def verb_keep(self) -> None:
        """Keep what the list shows on this number, and go back to it."""
        row = self.lines.current
        if row is None:
            return
        if not self._now.query.strip() and self._now.sort in ("", "attention"):
            self.warn(
                "The list shows all cases in their usual order, as 0 does. Narrow or sort it first: q, then / or s."
            )
            return
        self._views.keep(row.number, self._now)
        below = self.app.screen_stack[-2]
        self.app.pop_screen()
        if isinstance(below, Page):
            below.say(f"Kept: {row.number} shows this from now on.")

    def verb_remove(self) -> None:
        """Forget what was kept on this number."""
        row = self.lines.current
        if row is None:
            return
        if not self._views.remove(row.number):
            self.warn("Nothing of yours is kept on this number.")
            return
        self._list()
        self.say(f"Removed: {row.number} is {'as it came' if row.number in BUILT_IN else 'free'} again.")
