"""The list of cases, those that need somebody first."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from piptui.desk.api import CaseLine, CaseList
from piptui.errors import BadInput
from piptui.text import common_part
from piptui.views import View
from screens.actions import CASES_ACTIONS, Action
from screens.base import Page
from screens.case_rows import COLUMNS, ORDERS, cells, order_words, preview
from screens.today import first_steps
from screens.widgets import completing
from screens.widgets.bars import TextLine
from screens.widgets.lines import Lines
from screens.widgets.reader import Reader
from screens.widgets.window import PAGE, Window


def _before_value(ways: Sequence[str]) -> int:
    """How many characters the ways to complete have in common before the value."""
    return max(common_part("", tuple(ways)).rfind(sign) for sign in " :,-") + 1


def _viewing(number: int) -> "Callable[[CasesPage], None]":
    def show(page: "CasesPage") -> None:
        page.show_number(number)

    show.__doc__ = f"Show view {number}."
    return show


class CasesPage(Page):
    """All cases that the actor may see."""

    ACTIONS: ClassVar[tuple[Action, ...]] = CASES_ACTIONS
    HINTS = ("list.choose", "cases.filter", "cases.sort", "page.acts")

    def __init__(self, *, filtering: bool = False) -> None:
        super().__init__()
        self._filtering = filtering
        self._list = CaseList(lines=(), total=0)
        self._today = dt.date.min
        self._sort = "attention"
        self._asked = completing.Asked()

    def heading(self) -> str:
        """What this is."""
        return "Cases"

    def above(self) -> Iterable[Widget]:
        """The filter, and how much it leaves."""
        yield Horizontal(
            TextLine("/", id="filter-sign"),
            Input(placeholder="finds: words, stage:active, due<7d", compact=True, id="filter"),
            TextLine(id="counts"),
            id="filter-line",
        )

    def body(self) -> Iterable[Widget]:
        """The list, and on wide terminals the case under the cursor."""
        self.lines: Lines[CaseLine] = Lines(
            COLUMNS,
            lambda line: cells(line, self._today),
            lambda line: line.id,
            dim=lambda line: line.stage == "closed",
            id="cases",
        )
        self.preview = Reader(id="preview")
        self.preview.can_focus = False
        yield Horizontal(self.lines, self.preview, id="cases-body")

    @property
    def filter(self) -> Input:
        """The line in which one filters."""
        return self.query_one("#filter", Input)

    def on_mount(self) -> None:
        """Show the list, and what there is to say once."""
        self.filter.cursor_blink = False
        self.main, self.lines.when_chosen = self.lines, self._open
        (self.filter if self._filtering else self.lines).focus()
        self._read()

    # -- reading -----------------------------------------------------------------------------------------

    def _read(self) -> None:
        with self.guard():
            self._today = self.app.me().today
            query = self.filter.value
            sort = self._sort
            query, hint = self._listed(query, sort)
            more = Window(
                self._list.matching,
                lambda start, count: self.desk.list(query, sort=sort, start=start, count=count).lines,
                self._list.lines,
            )
            self.lines.show(more, blank=self._blank())
            self._show_counts()
            self.say(f"Shown: {self._list.understood}." if self._list.understood else "", hint)

    def _listed(self, query: str, sort: str) -> tuple[str, str]:
        """Read the list. While one types, a last term that cannot be read yet is left out, with a hint; gives the
        query that was read, and the hint."""
        try:
            self._list = self.desk.list(query, sort=sort, count=PAGE)
        except BadInput as error:
            before, _, last = query.rstrip().rpartition(" ")
            if not self.filter.has_focus or not last:
                raise
            self._list = self.desk.list(before, sort=sort, count=PAGE)
            return before, f"{last}: not understood yet. {error}"
        return query, ""

    def _show_counts(self) -> None:
        needy = self._list.needy
        needs = f"{needy} need{'s' if needy == 1 else ''} you · " if needy else ""
        self.query_one("#counts", TextLine).show("", needs + self._counted())

    def _counted(self) -> str:
        shown, total = self._list.matching, self._list.total
        return f"{shown} of {total} shown" if shown != total else f"{total} case{'' if total == 1 else 's'}"

    def _blank(self) -> tuple[str, ...]:
        if self._list.total:
            return (
                f"No case matches “{self.filter.value}”.",
                "Esc clears the filter.",
                "/ looks at case, employee, about, stage, manager and HR.",
                "Also: stage:review, manager:lee, due<7d, is:overdue, -word, this or that.",
                "f searches all texts of the cases (piptui find TEXT).",
            )
        return first_steps(self)

    def hints(self) -> Sequence[tuple[str, str]]:
        """While one types, letters are no verbs."""
        if self.filter.has_focus:
            return (("Enter", "to the list"), ("Tab", "complete"), ("F1", "help"), ("Esc", "clear"))
        return super().hints()

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """The keys mean something else in the filter."""
        self.refresh_lines()

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        self._read()

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        self.lines.focus()

    def on_key(self, event: events.Key) -> None:
        """From the filter down into the list; Tab completes first, and goes on where that had nothing to do."""
        if not self.filter.has_focus:
            return
        if event.key == "down" or (event.key == "tab" and not self._complete()):
            event.stop()
            event.prevent_default()
            self.lines.focus()
        elif event.key == "tab":
            event.stop()
            event.prevent_default()

    def _complete(self) -> bool:
        """Type what the last term can only go on with, or tell what is possible; whether Tab is used up by that."""
        typed = self.filter.value
        if self.filter.cursor_position != len(typed):
            return False
        with self.guard():
            ways = self.desk.complete(typed)
            longer = common_part(typed, ways)
            if longer != typed:
                with self.prevent(Input.Changed):
                    self.filter.value = longer
                self.filter.cursor_position = len(longer)
                self._read()
            if self._asked.tells(typed, longer, ways):
                self.say(completing.told(ways, _before_value(ways)))
                return True
            return longer != typed
        return True

    def concerns(self, cases: Collection[str]) -> bool:
        """Every case is in the list."""
        return True

    def on_changed(self) -> None:
        """Read the list again."""
        self._read()

    def on_news(self, who: str) -> None:
        """In a list it is enough that it is right; who changed one of many cases stands in that case."""
        self.on_changed()

    @on(Lines.Moved)
    def _moved(self) -> None:
        line = self.lines.current
        self.case = line.case if line else ""
        self.preview.show(lambda width: preview(line, self._today, width) if line else (), keep=False)

    # -- verbs -------------------------------------------------------------------------------------------

    def _open(self) -> None:
        if self.case:
            self.app.open_case(self.case)
        else:
            self.warn("There is no case to open here.")

    def verb_filter(self) -> None:
        """Into the filter line."""
        self.filter.focus()

    def verb_escape(self) -> None:
        """Out of the filter and clear it; outside of it, back one level."""
        if self.filter.value:
            self.filter.value = ""
        elif self.lines.has_focus:
            self.verb_back()
            return
        self.lines.focus()

    def verb_new(self) -> None:
        """Open a new case."""
        from screens.new_case import NewCasePage

        self.app.push_screen(NewCasePage())

    def verb_import(self) -> None:
        """Bring people in."""
        from screens.import_form import ImportPage

        self.app.push_screen(ImportPage())

    def verb_check_in(self) -> None:
        """The check-in of the case under the cursor."""
        self.do_act("log_check_in")

    def verb_copy(self) -> None:
        """Show the number, to be noted or marked."""
        if line := self.lines.current:
            self.say(f"{line.case} {line.employee}")
        else:
            self.warn("There is no case under the cursor.")

    def verb_sort(self) -> None:
        """The next order."""
        names = list(ORDERS)
        self._sorted_by(names[(names.index(self._sort.removeprefix("-")) + 1) % len(names)])

    def verb_turn(self) -> None:
        """The same order, the other way round."""
        self._sorted_by(self._sort[1:] if self._sort.startswith("-") else f"-{self._sort}")

    def _sorted_by(self, sort: str) -> None:
        self._sort = sort
        self._read()
        self.say(f"Sorted by {order_words(sort)}.")

    def show_view(self, view: View) -> None:
        """Narrow and sort the list as a view says."""
        self._sort = view.sort or "attention"
        with self.prevent(Input.Changed):
            self.filter.value = view.query
        self.lines.focus()
        self._read()

    def show_number(self, number: int) -> None:
        """Show the view on a number, or say how one comes there."""
        view = self.app.views.get(number)
        if view is None:
            self.warn(f"No view is kept on {number}: narrow or sort the list, then press v to keep it.")
            return
        self.show_view(view)

    verb_view_1, verb_view_2, verb_view_3 = _viewing(1), _viewing(2), _viewing(3)
    verb_view_4, verb_view_5, verb_view_6 = _viewing(4), _viewing(5), _viewing(6)
    verb_view_7, verb_view_8, verb_view_9 = _viewing(7), _viewing(8), _viewing(9)

    def verb_view_0(self) -> None:
        """All cases, those that need somebody first."""
        told = "" if self.filter.value else "All cases are shown."
        self.show_view(View(query=""))
        self.say(told)

    def verb_views(self) -> None:
        """The views: what is on which number, and what the list shows now to be kept."""
        from screens.views import ViewsPage

        self.app.push_screen(ViewsPage(self.app.views, View(query=self.filter.value.strip(), sort=self._sort)))

    def verb_reload(self) -> None:
        """Read the list again."""
        self._read()
        self.say(f"Read again: {self._counted()}.")
