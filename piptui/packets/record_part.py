"""What happened: the second half of a packet, from the launch to the last check-in and every entry (S120, S121)."""

import datetime as dt
from collections.abc import Iterable

from piptui.cases.records import CheckIn
from piptui.cases.words import words
from piptui.desk.api import CaseSheet, CheckInLine, EntryLine
from piptui.packets.pieces import Paper, day, moment, number

WORKING_PAPERS = frozenset({"submission", "return", "approval", "findings"})
"""Kinds of the review before issue: never in the employee's packet."""

_GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Launch", frozenset({"launch"})),
    ("Acknowledgement", frozenset({"acknowledgement", "refusal"})),
)
_LATER = frozenset({"review_opened", "assessment", "decision", "withdrawal", *WORKING_PAPERS})
_SAID = (
    ("helped", "What helped"),
    ("hindered", "What hindered"),
    ("asked_for", "Asked for"),
    ("own_words", "In the employee's own words"),
    ("recognised", "Recognised"),
    ("adjustment", "Adjusted"),
    ("decisions", "Decided"),
    ("note", "Note"),
)


def write_events(paper: Paper, sheet: CaseSheet) -> None:
    """Launch, answer, check-ins, then evidence and notes by date, whatever kind they are."""
    paper.heading(2, "What happened")
    told: set[str] = set()
    for title, kinds in _GROUPS:
        told |= kinds
        found = [one for one in sheet.entries if one.kind in kinds]
        if found:
            paper.heading(3, title)
            write_entries(paper, found)
    _check_ins(paper, sheet)
    rest = [one for one in sheet.entries if one.kind not in told | _LATER]
    paper.heading(3, "Evidence, support given and notes, by date")
    if rest:
        write_entries(paper, rest)
    else:
        paper.say("Nothing recorded.")


def write_entries(paper: Paper, entries: Iterable[EntryLine]) -> None:
    """Entries in order of the day they tell of; corrections and strikes stay visible."""
    for one in sorted(entries, key=lambda entry: (entry.occurred_on, entry.recorded_at, entry.seq)):
        paper.heading(4, f"{words(one.kind).capitalize()}, {day(one.occurred_on)}{', late' * one.late}{_taken(one)}")
        limited = "" if one.cls == "shared" else f" Class: {words(one.cls)}."
        paper.say(f"Recorded {moment(one.recorded_at)} by {_signed(one.who, one.role)}.{limited}")
        if one.removed:
            paper.text(one.removed, "Text")
        if one.struck:
            paper.struck(one.text)
            paper.say("Crossed out.")
            paper.text(one.struck, "Reason")
        else:
            paper.quote(one.text)
        for earlier in one.was:
            paper.quote(earlier, "Corrected; before")
        paper.facts(one.details)


def _taken(one: EntryLine | CheckIn) -> str:
    return ", taken over" * one.taken_over


def _signed(who: str, role: str) -> str:
    return f"{who} ({words(role)})" if role else who


def _check_ins(paper: Paper, sheet: CaseSheet) -> None:
    paper.heading(3, "Check-ins")
    order = sorted(sheet.check_ins, key=lambda one: (_day_of(one.record), one.recorded_at))
    if not order:
        paper.say("None recorded.")
    for one in order:
        _check_in(paper, sheet, one)
    silent = [slot for slot in sheet.slots if slot.state == "overdue"]
    if silent:
        paper.heading(4, "Due and not recorded")
        paper.table(("No.", "Date"), [(slot.id, day(slot.on)) for slot in silent])


def _day_of(record: CheckIn) -> dt.date:
    return record.occurred_on or record.planned or dt.date.max


def _check_in(paper: Paper, sheet: CaseSheet, line: CheckInLine) -> None:
    record = line.record
    state = "held" if record.held else "missed"
    on = record.occurred_on if record.held and record.occurred_on else record.planned
    paper.heading(4, f"Check-in {record.slot}, {state}, {day(on)}{', late' * record.late}{_taken(record)}")
    paper.say(f"Recorded {moment(line.recorded_at)} by {_signed(line.who, record.role)}.")
    if record.struck is not None:
        paper.say("This check-in was struck; it stays readable.")
        paper.text(record.struck.reason, "Reason")
    proof = f" ({words(record.proof)})" if record.proof else ""
    paper.facts(
        (
            ("Planned for", day(record.planned)),
            ("Held on", day(record.occurred_on) if record.held else ""),
            ("Cause", words(record.cause) if record.cause else "" if record.held else "not stated"),
            ("Present", ", ".join(sheet.names.get(one, one) for one in record.attendees)),
            (
                "On behalf of",
                f"{sheet.names.get(record.on_behalf, record.on_behalf)}{proof}" if record.on_behalf else "",
            ),
            ("Closed actions", ", ".join(record.done)),
            ("Attached", "; ".join(line.files)),
        )
    )
    if line.removed:
        paper.text(line.removed, "Text")
    _values(paper, sheet, record)
    for field, label in _SAID:
        paper.quote(getattr(record, field), label)
    if record.actions:
        rows = [(f"{record.slot}/{key}", one.who, one.text, day(one.due)) for key, one in record.actions.items()]
        paper.table(("Action", "Who", "What", "By"), rows)
    for change in record.corrections:
        who = sheet.names.get(change.by, change.by)
        before = "it said before:" if change.reason else "what it said before was removed."
        paper.say(f"Corrected {moment(change.at)} by {who}: {words(change.field)}; {before}")
        if not change.reason:
            continue
        paper.struck(change.was)
        paper.text(change.reason, "Reason")


def _values(paper: Paper, sheet: CaseSheet, record: CheckIn) -> None:
    if not record.values:
        return
    goals = {goal.id: goal for goal in sheet.goals}
    rows = []
    for key, reached in record.values.items():
        goal = goals.get(key)
        unit, metric, target = (goal.unit, goal.metric or goal.statement, goal.target) if goal else ("", "", None)
        rows.append((key, metric, number(reached.value, unit), number(target, unit), reached.note))
    paper.table(("Goal", "Measure", "Now", "Target", "In words"), rows)
