"""Today: what needs somebody now, what is near, and what waits for others. The first screen."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import ClassVar, Final

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from piptui.dates import distance, show_date
from piptui.desk.api import Agenda, DueLine, Group
from piptui.text import wrap
from screens.actions import TODAY_ACTIONS, Action
from screens.base import Page
from screens.widgets.bars import Message, TextLine
from screens.widgets.grouped import GroupedLines, grouped
from screens.widgets.lines import Column, Lines
from screens.widgets.reader import Line, Reader

HEADINGS: Final[tuple[tuple[Group, str], ...]] = (
    ("overdue", "Overdue"),
    ("today", "Today"),
    ("ahead", "Next {days} days"),
    ("waiting", "Waiting for others"),
)
MOST: Final = 200
"""So many of a group are shown: nobody reads more, and each costs time at the start."""

WHOSE: Final = (("", "mine"), ("reports", "my reports"), ("all", "everybody's"))
"""What `w` goes through: as the desk is asked, and as the second line says it."""

COLUMNS: Final = (
    Column("", 1),
    Column("When", 8),
    Column("What", 12, grow=1, first=16),
    Column("Employee", 12, grow=2, first=18),
    Column("About", 6, grow=2, shown_from=66),
    Column("Detail", 6, grow=2, shown_from=52),
    Column("Case", 4),
)


def when(line: DueLine, today: dt.date) -> str:
    """When something is or was due, short: "3 days", "10:00", "Mon 23"; blank for as soon as possible."""
    if line.on is None:
        return ""
    days = (today - line.on).days
    if days > 0:
        return f"{days} day{'s' if days > 1 else ''}"
    if days == 0:
        return line.at
    return f"{line.on:%a} {line.on.day}" if days > -7 else show_date(line.on, today).partition(" ")[2]


def what(line: DueLine) -> str:
    """What is to be done, in the words of the list."""
    short = {"approval": "approve plan", "issue the plan": "issue plan", "draft": "idle draft"}
    return short.get(line.what, line.what)


def detail(line: DueLine) -> str:
    """The rest of it, shorter than a sentence: "week 6" for the check-in of that week."""
    if slot := line.data.get("slot", ""):
        return f"week {slot[1:]}" if slot[:1] == "w" and slot[1:].isdigit() else slot
    return f"for {line.stands_for}" if line.stands_for else line.detail


def cells(line: DueLine, today: dt.date) -> tuple[str, ...]:
    """Something due as the texts of its row."""
    mark = "!" if line.group == "overdue" else " "
    return (mark, when(line, today), what(line), line.employee, line.about, detail(line), line.case)


def key_of(line: DueLine) -> str:
    """What makes it the same thing after the list was read again."""
    return "\0".join((line.case, line.what, line.data.get("slot", "") or line.detail))


def preview(line: DueLine, today: dt.date, width: int) -> list[Line]:
    """What a wide terminal shows of the thing under the cursor."""
    day = f"{show_date(line.on, today)}, {distance(line.on, today)}" if line.on else "as soon as possible"
    at = f"at {line.at} in {line.zone}" if line.at else ""
    who = f"{line.who} has to" if line.who else ""
    facts = [line.about, "", what(line).capitalize(), line.detail, day, at, who]
    if line.stands_for:
        facts.append(f"you stand in for {line.stands_for}")
    head = [Line(f"{line.case} {line.employee}", "bold")]
    return head + [Line(part) for fact in facts for part in (wrap(fact, width) or [""])]


class TodayPage(Page):
    """Everything due, in groups."""

    ACTIONS: ClassVar[tuple[Action, ...]] = TODAY_ACTIONS
    HINTS = ("list.choose", "today.check_in", "page.acts", "today.cases")
    LISTS = True

    def __init__(self) -> None:
        super().__init__()
        self._agenda = Agenda(whose="", today=dt.date.min, days=7)
        self._whose = 0

    def heading(self) -> str:
        """What this is."""
        return "Today in the demo" if self.app.in_demo else "Today"

    def hint_word(self, action: Action) -> str:
        """On the first screen, `q` leaves the program."""
        return "quit" if action.id == "page.back" else super().hint_word(action)

    def above(self) -> Iterable[Widget]:
        """Where one can go from here, the counts, and what is to be known as long as it is so."""
        yield TextLine(id="places")
        yield Message(id="standing")

    def body(self) -> Iterable[Widget]:
        """The list, and on wide terminals more of the thing under the cursor."""
        self.lines: GroupedLines[DueLine] = GroupedLines(
            COLUMNS,
            lambda line: cells(line, self._agenda.today),
            key_of,
            dim=lambda line: line.group == "waiting",
            id="cases",
        )
        self.preview = Reader(id="preview")
        self.preview.can_focus = False
        yield Horizontal(self.lines, self.preview, id="cases-body")

    def on_mount(self) -> None:
        """Show the list, and what there is to say once."""
        self.main, self.lines.when_chosen = self.lines, self._open
        self.lines.focus()
        self._read()
        self.say(self.app.me().notice, self.app.offer())

    def on_screen_resume(self) -> None:
        """A form that was left may have kept something."""
        super().on_screen_resume()
        if self._ready:
            self._show_standing()

    # -- reading -----------------------------------------------------------------------------------------

    def _read(self) -> None:
        with self.guard():
            self._agenda = self.desk.agenda(WHOSE[self._whose][0], days=self.app.days, most=MOST)
            groups = [
                (self._titled(group, title), [one for one in self._agenda.lines if one.group == group])
                for group, title in HEADINGS
            ]
            # What a blank list says looks further ahead: as much work again, and seldom needed.
            self.lines.show(grouped(groups), blank=() if self._agenda.lines else self._blank())
        self.query_one("#places", TextLine).show("[1 Today]  2 Cases   3 People", self._counted())
        self._show_standing()

    def _show_standing(self) -> None:
        """That the record is not what it was, and what was typed and not saved, as long as that is so."""
        with self.guard():
            alarm, line = self.app.me().alarm, self.query_one("#standing", Message)
            told = [part for part in (alarm, self.app.left_over()) if part]
            line.display = bool(told)
            line.show(told, warning=bool(alarm))

    def _titled(self, group: Group, title: str) -> str:
        title, count = title.format(days=self._agenda.days), self._agenda.counts.get(group, 0)
        return title if count <= MOST else f"{title}: the first {MOST} of {count}"

    def _counted(self) -> str:
        agenda = self._agenda
        parts = [
            f"{agenda.needs} need{'s' if agenda.needs == 1 else ''} you" if agenda.needs else "",
            f"{agenda.open} open",
            f"{agenda.waiting} wait{'s' if agenda.waiting == 1 else ''} for others" if agenda.waiting else "",
            WHOSE[self._whose][1] if self._whose else "",
        ]
        return " · ".join(part for part in parts if part)

    def _blank(self) -> tuple[str, ...]:
        if self._agenda.open or self.desk.list(count=1).total:
            ahead = self.desk.agenda(WHOSE[self._whose][0], days=92, most=1).lines
            first = ahead[0] if ahead else None
            on = f"{show_date(first.on, self._agenda.today)}, " if first and first.on else ""
            coming = f"Next: {on}{what(first)}, {first.employee} ({first.case})." if first else ""
            told = (f"Nothing needs you in the next {self._agenda.days} days.", coming, "  2   all cases")
            return tuple(line for line in told if line)
        return first_steps(self)

    def concerns(self, cases: Collection[str]) -> bool:
        """Every case may have something due."""
        return True

    def on_changed(self) -> None:
        """Read everything again."""
        self._read()

    def on_news(self, who: str) -> None:
        """It is enough that the list is right; who did what stands in the case."""
        self.on_changed()

    @on(Lines.Moved)
    def _moved(self) -> None:
        line = self.lines.item
        self.case = line.case if line else ""
        today = self._agenda.today
        self.preview.show(lambda width: preview(line, today, width) if line else (), keep=False)

    # -- verbs -------------------------------------------------------------------------------------------

    def _open(self) -> None:
        if self.case:
            self.app.open_case(self.case)
        else:
            self.warn("There is nothing to open here. 2 lists all cases.")

    def verb_settle(self) -> None:
        """Open the form of the act that settles what is under the cursor."""
        line = self.lines.item
        if line is None or not line.act:
            self.warn("There is nothing here that one act would settle: Enter opens the case.")
            return
        self.do_act(line.act, line.data)

    def verb_check_in(self) -> None:
        """The check-in that is under the cursor, else the next one of that case."""
        line = self.lines.item
        self.do_act("log_check_in", line.data if line is not None and line.act == "log_check_in" else None)

    def verb_whose(self) -> None:
        """Mine, my reports', everybody's."""
        self._whose = (self._whose + 1) % len(WHOSE)
        self._read()
        self.say(f"Shown: {WHOSE[self._whose][1]}.")

    def verb_today(self) -> None:
        """This is it."""
        self.say("This is Today. 2 lists all cases, 3 the people.")

    def verb_cases(self) -> None:
        """All cases."""
        self.app.open_cases()

    def verb_people(self) -> None:
        """The people."""
        self.app.open_people()

    def verb_filter(self) -> None:
        """All cases, with the cursor in the filter."""
        self.app.open_cases(filtering=True)

    def verb_new(self) -> None:
        """Open a new case."""
        from screens.new_case import NewCasePage

        self.app.push_screen(NewCasePage())

    def verb_import(self) -> None:
        """Bring people in."""
        from screens.import_form import ImportPage

        self.app.push_screen(ImportPage())

    def verb_reload(self) -> None:
        """Read everything again."""
        self._read()
        self.say("Read again.")

    def verb_escape(self) -> None:
        """There is no level below."""
        self.say("This is the first screen: q leaves piptui.")

    def verb_back(self) -> None:
        """Leave, with one warning while something typed is not saved."""
        self.app.leave()


def first_steps(page: Page) -> tuple[str, ...]:
    """What to do in a store without cases."""
    people = page.desk.lookup("")
    if any(person.id != page.app.me().person for person in people):
        return ("No cases yet.", "  n   opens one", "  i   brings more people in")
    return (
        "Nobody is here yet but you." if people else "No people here yet.",
        "  i   bring them in from a CSV of your HR system   piptui import FILE.csv",
        "  n   open a case, once there are people           piptui new",
        "      look around in the demo first                piptui demo",
    )
