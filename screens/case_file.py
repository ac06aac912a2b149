"""The other tabs of a case, as lines: check-ins, evidence, history; files stand in `case_documents`."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from piptui.cases.records import ActionItem, CheckIn, Correction
from piptui.cases.words import readers, words
from piptui.dates import show_date
from piptui.desk.api import CaseSheet, CheckInLine, EntryLine, HistoryLine, SlotLine
from piptui.text import wrap
from screens.case_overview import slot_sign
from screens.figures import day, number, stamp
from screens.labels import label
from screens.widgets.reader import Line

_WORDS_OF: Final = (
    ("helped", "Helped"),
    ("hindered", "Hindered"),
    ("asked_for", "Asked for"),
    ("own_words", "In their own words"),
    ("recognised", "Recognised"),
    ("adjustment", "Adjusted"),
    ("decisions", "Decided"),
    ("note", "Note"),
)


@dataclass(frozen=True)
class Where:
    """The reader's clocks."""

    zone: str
    today: dt.date


def labelled(name: str, text: str, width: int, *, style: str = "", indent: int = 2) -> list[Line]:
    """A label and its text, wrapped beside it; nothing for no text."""
    if not text:
        return []
    room = max(width - indent, 12)
    return [Line(" " * indent + part, style) for part in wrap(f"{name}: {text}" if name else text, room)]


# -- check-ins --------------------------------------------------------------------------------------------


def check_ins(sheet: CaseSheet, where: Where, width: int) -> list[Line]:
    """Every planned or extra check-in in its order, what was said at it, and what was agreed."""
    if not sheet.slots and not sheet.check_ins:
        return [Line("No check-ins yet: the plan's schedule sets them when it is issued.")]
    held = {line.record.slot: line for line in sheet.check_ins}
    lines: list[Line] = []
    for slot in sheet.slots:
        line = held.pop(slot.id, None)
        lines += [_planned(slot, where)] if line is None else _check_in(sheet, line, slot, where, width)
    for line in held.values():
        lines += _check_in(sheet, line, None, where, width)
    return lines


def _planned(slot: SlotLine, where: Where) -> Line:
    what = "final review" if slot.kind == "final_review" else "check-in"
    on = show_date(slot.on, where.today) if slot.on else "no day"
    return Line(f"{slot_sign(slot)} {slot.id}  {on} {slot.at}  {what}, {slot.state}", "", slot.id)


def _check_in(sheet: CaseSheet, line: CheckInLine, slot: SlotLine | None, where: Where, width: int) -> list[Line]:
    record = line.record
    sign = (
        slot_sign(slot)
        if slot
        else slot_sign(SlotLine(id="", week=0, on=None, state="held" if record.held else "missed"))
    )
    on = record.occurred_on or record.planned or (slot.on if slot else None)
    told = "held" if record.held else f"missed: {words(record.cause) if record.cause else 'no cause given'}"
    late = ", recorded late" if record.late else ", taken over" * record.taken_over
    mended = ", corrected" * bool(record.corrections) + ", struck" * bool(record.struck)
    mended += ", removed" * bool(line.removed)
    shown_on = show_date(on, where.today) if on else ""
    lines = [Line(f"{sign} {record.slot}  {shown_on}  {told}{late}{mended}", "bold", line.id)]
    with_whom = f" with {', '.join(record.attendees)}" if record.attendees else ""
    lines += labelled(
        "", f"{line.who}, {stamp(line.recorded_at, where.zone, where.today)}{with_whom}", width, style="dim", indent=5
    )
    lines += labelled("Text", line.removed, width, style="dim", indent=5)
    names = {goal.id: (goal.statement, goal.unit) for goal in sheet.goals}
    for goal, point in record.values.items():
        statement, unit = names.get(goal, (goal, ""))
        said = " ".join(filter(None, (number(point.value, unit) if point.value is not None else "", point.note)))
        lines += labelled(statement, said, width, indent=5)
    for name, title in _WORDS_OF:
        lines += labelled(title, getattr(record, name), width, indent=5)
    lines += _agreed(record, sheet, where, width)
    lines += labelled("Attached", "; ".join(line.files), width, indent=5)
    return [*lines, *_mended(record.corrections, record, sheet, where, width), Line()]


def _agreed(record: CheckIn, sheet: CaseSheet, where: Where, width: int) -> Iterable[Line]:
    known = {item.ref: item for item in sheet.actions}
    for key, item in record.actions.items():
        state = known.get(f"{record.slot}/{key}")
        told = "" if state is None else ", open" + (", late" if state.late else "") if state.open else ", done"
        yield from labelled("→ agreed", f"{_action(item, where)}{told}", width, indent=5)


def _action(item: ActionItem, where: Where) -> str:
    by = f", by {day(item.due, where.today)}" if item.due else ""
    return (f"{item.who}, " if item.who else "") + item.text + by


def _part(field: str, sheet: CaseSheet) -> str:
    """A part of a check-in that was corrected, in words: a goal by its statement, an action by its number."""
    head, *rest = field.split(".")
    if head == "values" and rest:
        return next((goal.statement for goal in sheet.goals if goal.id == rest[0]), rest[0])
    if head == "actions" and rest:
        return f"Action {rest[0]}" + "".join(f", {label(name).lower()}" for name in rest[1:])
    return dict(_WORDS_OF).get(field) or label(field)


def _mended(
    corrections: Sequence[Correction], record: CheckIn, sheet: CaseSheet, where: Where, width: int
) -> list[Line]:
    lines: list[Line] = []
    for change in corrections:
        who = sheet.names.get(change.by, change.by)
        at = stamp(change.at, where.zone, where.today)
        told = f"“{change.was}” ({who}, {at}: {change.reason})" if change.reason else f"(removed) ({who}, {at})"
        lines += labelled(f"{_part(change.field, sheet)} was", told, width, style="dim", indent=5)
    if record.struck is not None:
        who = sheet.names.get(record.struck.by, record.struck.by)
        told = f"{record.struck.reason or '(removed)'} ({who}, {stamp(record.struck.at, where.zone, where.today)})"
        lines += labelled("Struck", told, width, style="bold", indent=5)
    return lines


# -- evidence ---------------------------------------------------------------------------------------------


def evidence(sheet: CaseSheet, where: Where, width: int) -> list[Line]:
    """All entries by the day they are about; corrections and strikes stay visible."""
    if not sheet.entries:
        return [Line("Nothing on file yet."), Line("  n   puts a note, evidence or a talk on file")]
    lines: list[Line] = []
    for entry in sorted(sheet.entries, key=lambda entry: (entry.occurred_on, entry.seq)):
        lines += [*_entry(entry, sheet, where, width), Line()]
    return lines


def _entry(entry: EntryLine, sheet: CaseSheet, where: Where, width: int) -> list[Line]:
    marks = (
        ", recorded late" * entry.late
        + ", taken over" * entry.taken_over
        + ", corrected" * bool(entry.was)
        + ", struck" * bool(entry.struck)
        + ", removed" * bool(entry.removed)
    )
    head = f"{show_date(entry.occurred_on, where.today)}  {words(entry.kind)}{marks}"
    lines = [Line(head, "bold", entry.id)]
    role = f" ({words(entry.role)})" if entry.role else ""
    recorded = f"recorded {stamp(entry.recorded_at, where.zone, where.today)} by {entry.who}{role}"
    lines += labelled("", recorded, width, style="dim")
    lines += labelled("", f"{words(entry.cls)}: read by {readers(entry.cls)}", width, style="dim")
    lines += labelled("Text", entry.removed, width, style="dim")
    lines += labelled("", entry.text, width, style="dim" if entry.struck else "")
    for was in entry.was:
        lines += told_was(was, width)
    for name, value in entry.details:
        lines += labelled(_capital(name), _named(name, value, sheet), width)
    return [*lines, *labelled("Struck", entry.struck, width, style="bold")]


def told_was(was: str, width: int) -> list[Line]:
    """An earlier text behind a correction, under the name of what it was."""
    field, found, told = was.partition(" was: ")
    return labelled(f"{label(field)} was" if found else "It was", told if found else was, width, style="dim")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _named(name: str, value: str, sheet: CaseSheet) -> str:
    """A detail as a person reads it: parts of the plan with their statement, people by name."""
    parts = sheet.goals if name == "goal" else sheet.support if name == "support" else ()
    statement = next((part.statement for part in parts if part.id == value), "")
    return f"{value} {statement}" if statement else sheet.names.get(value, value)


# -- history ----------------------------------------------------------------------------------------------


def history(lines: Sequence[HistoryLine], where: Where, width: int) -> list[Line]:
    """Everything that happened, newest first; the keys are the places in `lines`."""
    if not lines:
        return [Line("Nothing has happened yet.")]
    told = f"Newest first; times in {where.zone or 'UTC'}. Enter shows a line whole."
    printed = [Line(part, "dim") for part in wrap(told, width)]
    for place, line in reversed([*enumerate(lines)]):
        role = f" ({words(line.role)})" if line.role else ""
        at = stamp(line.at, where.zone, where.today)
        printed.append(Line(f"{at}  {line.who}{role}", "bold", str(place)))
        printed += labelled("", line.sentence, width, style="dim" if line.removed else "")
        printed += labelled("because", line.reason, width, style="dim")
    return printed
