"""A whole case as plain lines: what `piptui show` prints, in an order that also makes sense read aloud."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from piptui.cases.attached import told_kind, told_size
from piptui.cases.parties import PART_WORDS, part_text
from piptui.cases.plan import COLLECTIONS, SCALARS, PlanText, Record, Schedule, When
from piptui.cases.words import words
from piptui.cli.holds import hold_line
from piptui.cli.output import paragraph, table
from piptui.dates import distance, show_date
from piptui.desk.api import CaseSheet, EntryLine, FileLine, Version

_WEEKDAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def sheet_lines(sheet: CaseSheet, today: dt.date) -> list[str]:
    """The case from its heading to its last entry. `today` is the case's own civil date."""
    parts = (
        _heading(sheet, today),
        _goals(sheet, today),
        _section("Check-ins", _slots(sheet, today)),
        _section("Milestones", _milestones(sheet, today)),
        _section("We promised", _support(sheet, today)),
        _section("Agreed actions", _actions(sheet, today)),
        _plan(sheet),
        _section("Check-in records", _check_ins(sheet, today)),
        _section("Entries", [line for one in sheet.entries for line in _entry(one, today)]),
        _section("Files", [line for one in sheet.files for line in _file(one, today)]),
    )
    lines = [line for part in parts if part for line in ("", *part)]
    return lines[1:]


def _section(title: str, lines: Iterable[str]) -> list[str]:
    body = ["  " + line for line in lines]
    return [title, *body] if body else []


def _day(on: dt.date | None, today: dt.date) -> str:
    return show_date(on, today) if on else ""


def _heading(sheet: CaseSheet, today: dt.date) -> list[str]:
    line, header = sheet.line, sheet.header
    about = f" · {line.about}" if line.about else ""
    lines = [
        f"{line.case} {line.employee}{about} · {words(sheet.stage)}{f': {words(line.result)}' if line.result else ''}"
    ]
    parties = [(role, part_text(header.parties, role, today)) for role in PART_WORDS]
    if parted := "; ".join(f"{words(role)}: {held}" for role, held in parties if held):
        lines.append(parted)
    if sheet.removed:
        lines.append(f"This case was {sheet.removed.rstrip('.')}. What happened in it: piptui history {line.case}")
    if sheet.header_removed:
        lines.append(f"head of the case: {sheet.header_removed}")
    lines += [hold_line(one) for one in sheet.holds]
    for one in sheet.earlier:
        ended = f" {_day(one.ended_on, today)}" if one.ended_on else ""
        lines.append(f"earlier: case {one.case}, {words(one.result)}{ended}")
    if sheet.phase:
        lines.append(sheet.phase)
    if header.start and header.end:
        day = f", day {line.day} of {line.days}" if line.day is not None else ""
        lines.append(f"plan v{header.version}, {_day(header.start, today)} to {_day(header.end, today)}{day}")
    if sheet.plan is not None and sheet.plan.source:
        lines.append(f"taken over from paper on {_day(sheet.plan.taken_over_on, today)}: {sheet.plan.source}")
    if line.next_what:
        when = f": {_day(line.next_on, today)}, {distance(line.next_on, today)}" if line.next_on else ""
        lines.append(f"next: {line.next_what}{when}")
    if header.outcome is not None:
        outcome = header.outcome
        lines.append(
            f"outcome: {words(outcome.result)}, {words(outcome.next_action)}, {_day(outcome.decided_on, today)}"
        )
        lines += paragraph(f"reason: {outcome.reason}", "  ")
    if sheet.suggestion:
        lines.append(sheet.suggestion)
    lines += [f"! {sentence}" for sentence in line.attention]
    lines.append(f"revision {sheet.revision}")
    return [part for line in lines for part in paragraph(line)]


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _goals(sheet: CaseSheet, today: dt.date) -> list[str]:
    rows = [
        (
            goal.id,
            goal.statement,
            _number(goal.baseline),
            _number(goal.last) or goal.last_note,
            f"{_number(goal.target)} {goal.unit}".strip() or goal.criterion,
            _day(goal.due, today),
            words(goal.verdict) if goal.verdict else goal.state,
        )
        for goal in sheet.goals
    ]
    verdicts = [
        line
        for goal in sheet.goals
        if goal.verdict_text or goal.shown_by
        for line in paragraph(f"{goal.id}: {'; shown by '.join(filter(None, (goal.verdict_text, goal.shown_by)))}")
    ]
    heads = ("", "Goal", "From", "Now", "To", "By", "So far")
    return _section("Goals", [*table(rows, heads), *verdicts]) if rows else []


def _slots(sheet: CaseSheet, today: dt.date) -> list[str]:
    kinds = {"check_in": "", "final_review": "final review", "extra": "extra"}
    return table([(one.id, _day(one.on, today), one.at, one.state, kinds[one.kind]) for one in sheet.slots])


def _milestones(sheet: CaseSheet, today: dt.date) -> list[str]:
    reached = {True: "reached", False: "not reached", None: ""}
    return table(
        [
            (one.id, one.goal, _day(one.on, today), one.statement, _number(one.target), reached[one.reached])
            for one in sheet.milestones
        ]
    )


def _support(sheet: CaseSheet, today: dt.date) -> list[str]:
    return table(
        [
            (one.id, one.statement, one.provider, _day(one.due, today), words(one.state), one.shown_by)
            for one in sheet.support
        ]
    )


def _actions(sheet: CaseSheet, today: dt.date) -> list[str]:
    return table(
        [
            (one.ref, one.who, one.text, _day(one.due, today), "late" if one.late else "open" if one.open else "done")
            for one in sheet.actions
        ]
    )


def _plan(sheet: CaseSheet) -> list[str]:
    text = sheet.plan.text if sheet.plan is not None else sheet.draft
    if text is None:
        return []
    state = sheet.plan_state if sheet.plan is not None else sheet.draft_state
    version = sheet.plan.version if sheet.plan is not None else sheet.draft_version
    title = f"Plan v{version}" if sheet.plan is not None else f"Draft of plan v{version or 1}"
    gone = paragraph(f"Text of the plan: {sheet.plan_removed}") if sheet.plan_removed else []
    return _section(f"{title}, {words(state)}" if state else title, [*gone, *_plan_lines(text)])


def draft_lines(found: Version) -> list[str]:
    """A draft as it stood at a commit, with what an approval of it names."""
    title = f"Draft as of commit {found.seq}, hash {found.digest}"
    return _section(title, _plan_lines(found.draft or PlanText()))


def _plan_lines(text: PlanText) -> list[str]:
    lines: list[str] = []
    for name in SCALARS:
        lines += _field(name, getattr(text, name))
    if text.schedule != Schedule():
        lines += ["schedule", *_fields(text.schedule)]
    for name in COLLECTIONS:
        for key, item in getattr(text, name).listed():
            lines += [f"{name} {key}", *_fields(item)]
    return lines


def _fields(item: Record) -> list[str]:
    return ["  " + line for name in item.__struct_fields__ for line in _field(name, getattr(item, name))]


def _field(name: str, value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return paragraph(f"{name}: {_WEEKDAYS[value] if name == 'weekday' else _shown(value)}")


def _shown(value: Any) -> str:
    if isinstance(value, When):
        rule = f"week {value.week}" if value.week else f"day {value.day}" if value.day is not None else ""
        return " · ".join(part for part in (rule, value.on.isoformat() if value.on else "") if part)
    if isinstance(value, Decimal):
        return _number(value)
    return str(value)


def _check_ins(sheet: CaseSheet, today: dt.date) -> list[str]:
    lines: list[str] = []
    hidden = {
        "schema",
        "of",
        "cls",
        "by",
        "slot",
        "held",
        "corrections",
        "struck",
        "removed",
        "removed_parts",
        "role",
        "late",
        "taken_over",
        "values",
        "actions",
    }
    for one in sheet.check_ins:
        record = one.record
        state = "held" if record.held else "missed"
        marks = ", late" * record.late + _taken(record.taken_over, one.recorded_at, today)
        marks += ", struck" * (record.struck is not None)
        lines.append(f"{record.slot} {state} {_day(record.occurred_on or record.planned, today)}, {one.who}{marks}")
        for key, reached in record.values.items():
            said = " ".join(part for part in (_number(reached.value), reached.note) if part)
            lines += paragraph(f"{key}: {said}", "  ")
        for name in record.__struct_fields__:
            value = getattr(record, name)
            if name not in hidden and value not in (None, "", (), {}):
                shown = ", ".join(value) if isinstance(value, tuple) else value
                lines += paragraph(f"{words(name)}: {shown}", "  ")
        for key, action in record.actions.items():
            by = f", by {_day(action.due, today)}" if action.due else ""
            lines += paragraph(f"{record.slot}/{key} {action.who}: {action.text}{by}", "  ")
        lines += paragraph(one.removed, "  ") if one.removed else []
        lines += paragraph(f"attached: {'; '.join(one.files)}", "  ") if one.files else []
        for change in record.corrections:
            before = f"{change.was} ({change.reason})" if change.reason else "(removed)"
            lines += paragraph(f"corrected {words(change.field)}, before: {before}", "  ")
        if record.struck is not None:
            lines += paragraph(f"struck: {record.struck.reason or '(removed)'}", "  ")
    return lines


def _taken(taken_over: bool, at: dt.datetime, today: dt.date) -> str:  # noqa: FBT001  a mark as it is stored
    return f", taken over on {_day(at.date(), today)}" if taken_over else ""


def _entry(one: EntryLine, today: dt.date) -> list[str]:
    marks = ", late" * one.late + _taken(one.taken_over, one.recorded_at, today)
    marks += f", {words(one.cls)}" * (one.cls != "shared")
    lines = [f"{_day(one.occurred_on, today)} {words(one.kind)} by {one.who}{marks} ({one.id})"]
    if one.removed:
        lines += paragraph(one.removed, "  ")
    if one.struck:
        lines += paragraph(f"struck: {one.struck}", "  ")
    lines += paragraph(one.text, "  ") if one.text else []
    for earlier in one.was:
        lines += paragraph(f"before: {earlier}", "  ")
    for label, value in one.details:
        lines += paragraph(f"{label}: {value}", "  ")
    return lines


def _file(one: FileLine, today: dt.date) -> list[str]:
    of = f" of {_day(one.occurred_on, today)}" if one.occurred_on else ""
    marks = ", late" * one.late + f", {words(one.cls)}" * (one.cls != "shared")
    size = told_size(one.size) if one.digest else "its content was removed"
    name = f"{one.name}: " if one.name else ""
    lines = [f"{name}{told_kind(one.kind)}{of}, {size}, by {one.who}{marks} ({one.id})"]
    if one.removed:
        lines += paragraph(one.removed, "  ")
    if one.struck:
        lines += paragraph(f"struck: {one.struck}", "  ")
    lines += paragraph(one.note, "  ") if one.note else []
    for earlier in one.was:
        lines += paragraph(f"before: {earlier}", "  ")
    for label, value in one.details:
        lines += paragraph(f"{label}: {value}", "  ")
    return lines
