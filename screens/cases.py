"""The list of cases, those that need somebody first."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from piptui.desk.api import CaseLine, CaseList
from piptui.errors import BadInput
from piptui.text import common_part, fold
from piptui.views import View
from screens.actions import CASES_ACTIONS, Action
from screens.case_rows import ABOUT, COLUMNS, MANAGER, ORDERS, cells, order_words, preview
from screens.filtered import FilteredPage
from screens.marks import MOST, MarkedPage, Marks
from screens.today import first_steps
from screens.widgets import completing
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


class CasesPage(FilteredPage):
    """All cases that the actor may see."""

    ACTIONS: ClassVar[tuple[Action, ...]] = CASES_ACTIONS
    HINTS = ("list.choose", "cases.filter", "cases.sort", "page.acts")
    FINDS = "finds: words, stage:active, due<7d"
    COMPLETES = True

    def __init__(self, *, filtering: bool = False) -> None:
        super().__init__(filtering=filtering)
        self._list = CaseList(lines=(), total=0)
        self._today = dt.date.min
        self._sort = "attention"
        self._asked = completing.Asked()
        self.marks = Marks()

    def heading(self) -> str:
        """What this is."""
        return "Cases"

    def body(self) -> Iterable[Widget]:
        """The list, and on wide terminals the case under the cursor."""
        self.lines: Lines[CaseLine] = Lines(
            COLUMNS,
            lambda line: cells(line, self._today, manager=self._by_manager()),
            lambda line: line.id,
            dim=lambda line: line.stage == "closed",
            marked=lambda line: line in self.marks,
            id="cases",
        )
        self.preview = Reader(id="preview")
        self.preview.can_focus = False
        yield Horizontal(self.lines, self.preview, id="cases-body")

    def on_mount(self) -> None:
        """Show the list, and what there is to say once."""
        self.lines.when_chosen = self._open
        self.begin()

    # -- reading -----------------------------------------------------------------------------------------

    def read(self, *, tell: bool = True) -> None:
        """Read the list again, with what the filter means."""
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
            self.lines.columns = tuple(
                MANAGER if one.title == ABOUT and self._by_manager() else one for one in COLUMNS
            )
            self.lines.show(more, blank=self._blank())
            self._show_counts()
            if tell or not self.message:
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
        marked = f"{len(self.marks)} marked · " if self.marks else ""
        order = f" · by {order_words(self._sort)}" if self._sort != "attention" else ""
        self.show_count(marked + needs + self._counted() + order)

    def _by_manager(self) -> bool:
        """Whether it matters who manages a case: then the row says so."""
        return self._sort.removeprefix("-") == "manager" or "manager:" in fold(self.filter.value)

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

    def hint_ids(self) -> tuple[str, ...]:
        """What is marked waits to be acted on; what is narrowed may be worth keeping."""
        if self.marks:
            return ("cases.mark", "cases.mark_all", "page.acts")
        return ("list.choose", "cases.filter", "cases.views", "page.acts") if self.filter.value else self.HINTS

    def hint_word(self, action: Action) -> str:
        """With marks, `x` acts on those."""
        marked = bool(self.marks) and action.id == "page.acts"
        return f"act on the {len(self.marks)} marked" if marked else super().hint_word(action)

    def complete(self) -> bool:
        """Type what the last term can only go on with, or tell what is possible; whether Tab is used up by that."""
        typed = self.filter.value
        if self.filter.cursor_position != len(typed):
            return False
        with self.guard():
            ways = self.desk.complete(typed)
            longer = common_part(typed, ways)
            if longer != typed:
                self.put_filter(longer)
                self.filter.cursor_position = len(longer)
                self.read()
            if self._asked.tells(typed, longer, ways):
                self.say(completing.told(ways, _before_value(ways)))
                return True
            return longer != typed
        return True

    def concerns(self, cases: Collection[str]) -> bool:
        """Every case is in the list."""
        return True

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

    def release(self) -> bool:
        """Marks are taken away before the list is left."""
        if not self.marks:
            return False
        self.marks.clear()
        self._marked("No case is marked any more.")
        return True

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
        """Copy the number, and show it."""
        if line := self.lines.current:
            self.copy(line.case, f"{line.case} {line.employee}")
        else:
            self.warn("There is no case under the cursor.")

    def verb_mark(self) -> None:
        """Mark the case under the cursor, or take its mark away, and go on to the next."""
        line = self.lines.current
        if line is None:
            self.warn("There is no case under the cursor.")
            return
        if line in self.marks:
            self.marks.drop(line.case)
        elif not self.marks.put(line):
            self.warn(f"At most {MOST} cases can be marked. Do first what these are marked for.")
            return
        self.lines.verb_down()
        self._marked(f"{len(self.marks)} marked: x acts on all of them." if self.marks else "No case is marked.")

    def verb_mark_all(self) -> None:
        """Mark all that are shown; if they all are, take the marks away."""
        count = self._list.matching
        if not count:
            self.warn("No case is shown.")
            return
        if count > MOST:
            self.warn(f"{count} cases are shown, and at most {MOST} can be marked. Narrow the list first, with /.")
            return
        shown = self.desk.list(self.filter.value, sort=self._sort, count=count).lines
        if all(line in self.marks for line in shown):
            for line in shown:
                self.marks.drop(line.case)
            self._marked("No case that is shown is marked any more.")
        elif all(self.marks.put(line) for line in shown):
            self._marked(f"{len(self.marks)} marked: x acts on all of them.")
        else:
            self._marked(f"At most {MOST} cases can be marked: the others are not.")

    def _marked(self, told: str) -> None:
        self.lines.refresh()
        self._show_counts()
        self.refresh_lines()
        self.say(told)

    def verb_acts(self) -> None:
        """What can be done with the marked cases, else with the one under the cursor."""
        if not self.marks:
            super().verb_acts()
            return
        self.app.push_screen(MarkedPage(self.marks, self))

    def verb_sort(self) -> None:
        """The next order."""
        names = list(ORDERS)
        self._sorted_by(names[(names.index(self._sort.removeprefix("-")) + 1) % len(names)])

    def verb_turn(self) -> None:
        """The same order, the other way round."""
        self._sorted_by(self._sort[1:] if self._sort.startswith("-") else f"-{self._sort}")

    def _sorted_by(self, sort: str) -> None:
        self._sort = sort
        self.read()
        self.say(f"Sorted by {order_words(sort)}.")

    def show_view(self, view: View) -> None:
        """Narrow and sort the list as a view says."""
        self._sort = view.sort or "attention"
        self.put_filter(view.query)
        self.lines.focus()
        self.read()

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
        self.read()
        self.say(f"Read again: {self._counted()}.")
