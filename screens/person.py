"""One person: who they are, their employment, their cases, those they have a part in, and the notebook."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar, Final

from textual.widget import Widget

from piptui.cases.words import words
from piptui.dates import show_date
from piptui.desk.api import CaseLine, HistoryLine, NoteLine, PersonSheet
from piptui.errors import NotFound
from piptui.text import wrap
from screens.actions import PERSON_ACTIONS, Action
from screens.base import Page, why_not
from screens.figures import stamp
from screens.widgets.bars import TextLine
from screens.widgets.reader import Line, Reader

_CASE: Final = "case "
_NOTE: Final = "note "


class PersonPage(Page):
    """A person; Enter on a case goes to it."""

    ACTIONS: ClassVar[tuple[Action, ...]] = PERSON_ACTIONS
    HINTS = ("list.choose", "person.new", "person.note", "page.acts")

    def __init__(self, sheet: PersonSheet) -> None:
        super().__init__()
        self.sheet = sheet
        self._events: Sequence[HistoryLine] = ()

    def heading(self) -> str:
        """Name and number."""
        line = self.sheet.line
        return " · ".join(part for part in (line.name, line.number, line.title) if part)

    def above(self) -> Iterable[Widget]:
        """Whom they report to, where they are."""
        yield TextLine(id="facts")

    def facts(self) -> str:
        """Manager, place, zone."""
        line, sheet = self.sheet.line, self.sheet
        manager = f"reports to {line.manager}" if line.manager else "no manager on record"
        parts = (line.department, manager, sheet.location, sheet.zone)
        return " · ".join(part for part in parts if part)

    def body(self) -> Iterable[Widget]:
        """One text; the cursor stands on cases and notes."""
        self.reader = Reader(id="sheet")
        yield self.reader

    def on_mount(self) -> None:
        """Show it."""
        self.main, self.reader.when_chosen = self.reader, self._chosen
        self.reader.focus()
        self._show()

    def _show(self) -> None:
        self.refresh_lines()
        self.query_one("#facts", TextLine).show(self.facts())
        with self.guard():
            self._events = self.desk.person_history(self.sheet.line.id)
        sheet, events, me = self.sheet, self._events, self.app.me()
        self.reader.show(lambda width: person_lines(sheet, events, me.today, me.zone, width))

    def hint_ids(self) -> tuple[str, ...]:
        """On a note, what mends it."""
        if self._note() is not None:
            return ("person.note", "person.correct", "person.strike", "page.acts")
        return self.HINTS

    def on_reader_moved(self) -> None:
        """Other keys matter on a note than on a case."""
        self.refresh_lines()

    # -- reading again -----------------------------------------------------------------------------------

    def on_changed(self) -> None:
        """Read the person again, cursor kept."""
        self.sheet = self.desk.person(self.sheet.line.id)
        self._show()

    def concerns(self, cases: Collection[str]) -> bool:
        """News of people, and of this person's cases."""
        return "" in cases or any(one.case in cases for one in (*self.sheet.cases, *self.sheet.handles))

    def goes_with(self, cases: Collection[str]) -> bool:
        """Somebody who was removed is nobody to show."""
        try:
            self.desk.person(self.sheet.line.id)
        except NotFound:
            return self.concerns(cases)
        return False

    # -- verbs -------------------------------------------------------------------------------------------

    def _note(self) -> NoteLine | None:
        key = self.reader.current.removeprefix(_NOTE)
        return next((one for one in self.sheet.notes if one.id == key), None)

    def _chosen(self) -> None:
        key = self.reader.current
        if key.startswith(_CASE):
            self.app.open_case(key.removeprefix(_CASE))
        elif self._note() is not None:
            self.say("K corrects this note, D strikes it; both stay in the open. x in a case brings it in.")
        else:
            self.say("There is nothing to open here: n opens a case, a adds a note, x lists what can be done.")

    def verb_new(self) -> None:
        """Open a case for this person."""
        from screens.new_case import NewCasePage

        line = self.sheet.line
        if line.open_case:
            self.warn(f"{line.name} has an open case: {line.open_case}. Enter on it opens it.")
            return
        self.app.push_screen(NewCasePage(line))

    def verb_note(self) -> None:
        """Add a note."""
        self._act("note")

    def verb_change(self) -> None:
        """Change the details."""
        self._act("change_person")

    def verb_correct(self) -> None:
        """Correct the note under the cursor."""
        self._mend("correct")

    def verb_strike(self) -> None:
        """Strike the note under the cursor."""
        self._mend("strike")

    def _mend(self, act: str) -> None:
        note = self._note()
        if note is None:
            self.warn("Put the cursor on a note first.")
        elif note.struck:
            self.warn("This note is struck, and stays as it is.")
        else:
            self._act(act, {"entry": note.id})

    def _act(self, act: str, data: dict[str, str] | None = None) -> None:
        known = next((one for one in self.desk.person_acts(self.sheet.line.id) if one.act == act), None)
        if known is None or not known.possible:
            self.warn(*(why_not(known) if known else ("Your role has no such act here.",)))
            return
        self.app.open_person_act(self.sheet.line.id, act, data)

    def verb_acts(self) -> None:
        """List all acts on this person."""
        self.app.open_person_acts(self.sheet.line.id)

    def verb_reload(self) -> None:
        """Read the person again."""
        self.on_changed()
        self.say("Read again.")


def person_lines(
    sheet: PersonSheet, events: Sequence[HistoryLine], today: dt.date, zone: str, width: int
) -> list[Line]:
    """The whole page: addresses, employment, roles, cases, notebook, history."""
    lines = [Line(text) for text in (*_addresses(sheet), *_employment(sheet, today))]
    lines += [Line(), Line("Cases", "bold")]
    lines += [
        Line(_case(one, today), "dim" if one.stage == "closed" else "", f"{_CASE}{one.case}") for one in sheet.cases
    ]
    if not sheet.cases:
        lines.append(Line("  No case about them that you may see." + ("" if sheet.own else " n opens one.")))
    if sheet.handles:
        lines += [Line(), Line("Has a part in", "bold")]
        lines += [
            Line(f"{one.case}  {one.employee}  {words(one.stage)}", "", f"{_CASE}{one.case}") for one in sheet.handles
        ]
    lines += [Line(), Line("Notebook", "bold")]
    for note in sheet.notes:
        lines += _noted(note, today, zone, width)
    if not sheet.notes:
        empty = (
            "Nothing is shared with you." if sheet.own else "Nothing that you may read. a adds what was said or seen."
        )
        lines.append(Line(f"  {empty}"))
    lines += [Line(), Line("History", "bold")]
    for event in events:
        told = f"{stamp(event.at, zone, today)} · {event.sentence}" + (
            f" Reason: {event.reason}" if event.reason else ""
        )
        lines += [Line(f"  {part}", "dim") for part in wrap(told, max(width - 2, 12))]
    return lines


def _addresses(sheet: PersonSheet) -> Iterable[str]:
    if sheet.line.email:
        yield f"E-mail     {sheet.line.email}"
    if sheet.logins:
        yield f"Login      {', '.join(sheet.logins)}"


def _employment(sheet: PersonSheet, today: dt.date) -> Iterable[str]:
    spells = []
    for one in sheet.spells:
        since = f"since {show_date(one.hired_on, today)}" if one.hired_on else "first day not on record"
        end = (
            f", {'left' if one.left_on <= today else 'leaves'} on {show_date(one.left_on, today)}"
            if one.left_on
            else ""
        )
        spells.append(since + end)
    yield f"Employed   {'; '.join(spells) or 'no days on record'}"
    for role in sheet.roles:
        until = f" until {show_date(role.until, today)}" if role.until else ""
        over = "" if role.holds else ", over" if role.until and role.until < today else ", not yet"
        yield f"Role       {words(role.role)} for every case from {show_date(role.since, today)}{until}{over}"
    if sheet.status:
        yield f"Status     {sheet.status}"
    if sheet.own:
        yield "This is your own page: it shows what is shared with you."


def _case(one: CaseLine, today: dt.date) -> str:
    stage = f"closed, {words(one.result)}" if one.result else words(one.stage)
    opened = f"opened {show_date(one.opened_on, today)}" if one.opened_on else ""
    day = f"day {one.day} of {one.days}" if one.day is not None and one.days and one.stage != "closed" else ""
    return "  ".join(part for part in (one.case, stage, one.about, day, opened) if part)


def _noted(note: NoteLine, today: dt.date, zone: str, width: int) -> list[Line]:
    room = max(width - 2, 12)
    head = f"{show_date(note.occurred_on, today)}  {words(note.kind)}" + (f": {note.topic}" if note.topic else "")
    struck = ", struck" if note.struck else ", corrected" if note.was else ""
    lines = [Line(f"{head}{struck} · {words(note.cls)}", "dim" if note.struck else "bold", f"{_NOTE}{note.id}")]
    texts = [
        f"Text {note.removed}" if note.removed else "",
        note.text,
        f"Agreed next step: {note.next_step}" if note.next_step else "",
        f"Struck: {note.struck}" if note.struck else "",
        *note.was,
        f"{note.who}, {words(note.role)}, wrote it {stamp(note.recorded_at, zone, today)}"
        + (f"; in case {', '.join(note.cases)}" if note.cases else ""),
    ]
    return lines + [Line(f"  {part}") for text in texts if text for part in wrap(text, room)]
