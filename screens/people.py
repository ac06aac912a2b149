"""The people of the directory: who they are, whom they report to, and whose case is open."""

from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from piptui.dates import show_date
from piptui.desk.api import PersonLine
from piptui.text import wrap
from screens.actions import PEOPLE_ACTIONS, Action
from screens.base import why_not
from screens.filtered import FilteredPage
from screens.widgets.lines import Column, Lines
from screens.widgets.reader import Line, Reader

COLUMNS = (
    Column("", 1),
    Column("Name", 14, grow=2, first=20),
    Column("Number", 6, shown_from=50),
    Column("Title", 10, grow=2, first=18),
    Column("Department", 8, grow=1, shown_from=60),
    Column("Manager", 10, grow=1, shown_from=72),
    Column("Case", 4),
)


def cells(person: PersonLine) -> tuple[str, ...]:
    """A person as the texts of a row; somebody who left carries a dash."""
    mark = "-" if person.left_on else " "
    return (
        mark,
        person.name,
        person.number,
        person.title,
        person.department,
        person.manager,
        person.open_case,
    )


class PeoplePage(FilteredPage):
    """Everybody in the directory, narrowed by typing."""

    ACTIONS: ClassVar[tuple[Action, ...]] = PEOPLE_ACTIONS
    HINTS = ("list.choose", "people.filter", "people.new", "people.add")
    FINDS = "name, number, e-mail, title, department"

    def __init__(self) -> None:
        super().__init__()
        self._people: Sequence[PersonLine] = ()

    def heading(self) -> str:
        """What this is."""
        return "People"

    def hint_word(self, action: Action) -> str:
        """Enter opens the person."""
        return "open" if action.id == "list.choose" else super().hint_word(action)

    def body(self) -> Iterable[Widget]:
        """The list, and on wide terminals more about the person under the cursor."""
        self.lines: Lines[PersonLine] = Lines(
            COLUMNS, cells, lambda one: one.id, dim=lambda one: one.left_on is not None, id="cases"
        )
        self.preview = Reader(id="preview")
        self.preview.can_focus = False
        yield Horizontal(self.lines, self.preview, id="cases-body")

    def on_mount(self) -> None:
        """Show everybody."""
        self.lines.when_chosen = self._open
        self.begin()

    # -- reading -----------------------------------------------------------------------------------------

    def read(self, *, tell: bool = True) -> None:
        """Read everybody who matches."""
        with self.guard():
            typed = self.filter.value
            self._people = self.desk.lookup(typed)
            count = len(self._people)
            told = f"{count} {'person' if count == 1 else 'people'}" + (" found" if typed.strip() else "")
            self.show_count(told)
            self.lines.show(self._people, blank=self._blank(typed))

    def _blank(self, typed: str) -> tuple[str, ...]:
        if typed.strip():
            return (f"Nobody matches “{typed}”.", "Esc clears the filter.")
        return (
            "No people here yet.",
            "  i   bring them in from a CSV of your HR system   piptui import FILE.csv",
            "  a   add one by hand                              piptui do add_person",
        )

    def concerns(self, cases: Collection[str]) -> bool:
        """News of people, and of cases that may have been opened or closed."""
        return True

    @on(Lines.Moved)
    def _moved(self) -> None:
        person = self.lines.current
        self.case = person.open_case if person else ""
        self.preview.show(lambda width: self._about(person, width) if person else (), keep=False)

    def _about(self, person: PersonLine, width: int) -> list[Line]:
        today = self.app.me().today
        facts = (
            person.title,
            person.department,
            f"number {person.number}" if person.number else "",
            person.email,
            f"reports to {person.manager}" if person.manager else "",
            f"left on {show_date(person.left_on, today)}" if person.left_on else "",
            f"open case {person.open_case}" if person.open_case else "no open case",
        )
        lines = [Line(person.name, "bold"), Line()]
        return lines + [Line(part) for fact in facts if fact for part in wrap(fact, width)]

    # -- verbs -------------------------------------------------------------------------------------------

    def _open(self) -> None:
        person = self.lines.current
        if person is None:
            self.warn("There is nobody under the cursor.")
        else:
            self.app.open_person(person.id)

    def verb_acts(self) -> None:
        """List all acts on the person under the cursor."""
        person = self.lines.current
        if person is None:
            self.warn("There is nobody under the cursor.")
        else:
            self.app.open_person_acts(person.id)

    def verb_add(self) -> None:
        """Add somebody by hand, or say who may."""
        act = next((one for one in self.desk.person_acts() if one.act == "add_person"), None)
        if act is None or not act.possible:
            self.warn(*(why_not(act) if act else ("Your role adds nobody.",)))
            return
        self.app.open_person_act("", act.act)

    def verb_new(self) -> None:
        """Open a case for the person under the cursor."""
        from screens.new_case import NewCasePage

        person = self.lines.current
        if person is not None and person.open_case:
            self.warn(f"{person.name} has an open case: {person.open_case}. Enter shows the person with it.")
            return
        self.app.push_screen(NewCasePage(person))

    def verb_import(self) -> None:
        """Bring more people in."""
        from screens.import_form import ImportPage

        self.app.push_screen(ImportPage())

    def verb_reload(self) -> None:
        """Read everybody again."""
        self.read()
        self.say("Read again.")
