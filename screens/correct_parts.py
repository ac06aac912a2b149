"""What an entry or a check-in says, part by part, as far as a correction can change it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

import msgspec

from piptui.cases.acts.mending import FILE_PARTS, FIXED
from piptui.cases.acts.running import TEXTS
from piptui.cases.entries import Entry
from piptui.cases.records import ActionItem, CheckIn, FileRecord, GoalValue
from piptui.cases.typed import bare_type, field_types
from piptui.cases.words import words
from piptui.desk.api import CaseSheet, CheckInLine, EntryLine
from screens.labels import label as named
from screens.merge import typed as as_text
from screens.widgets.fields import Kind


@dataclass(frozen=True)
class Part:
    """Something that an entry says: `name` as the desk calls it, `said` as it would be typed."""

    name: str
    label: str
    kind: Kind
    said: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def parts_of(sheet: CaseSheet, entry: str) -> tuple[Part, ...]:
    """The parts of an entry, a check-in or a file that a correction can change, with what they say now."""
    for check_in in sheet.check_ins:
        if check_in.id == entry:
            return tuple(_of_check_in(sheet, check_in))
    for one in sheet.entries:
        if one.id == entry:
            return tuple(_of_entry(sheet, one))
    for file in sheet.files:
        if file.id == entry:
            return tuple(_part(FileRecord, name, getattr(file, name)) for name in FILE_PARTS)
    return ()


def _of_check_in(sheet: CaseSheet, line: CheckInLine) -> Iterable[Part]:
    record = line.record
    if not record.held:
        yield Part("note", "What happened", "prose", record.note)
        yield _part(CheckIn, "cause", record.cause, "Cause")
        return
    for number, goal in enumerate(sheet.goals, 1):
        point = record.values.get(goal.id, GoalValue())
        title = f"Goal {number}, {goal.statement or goal.id}"
        if goal.kind == "numeric" or point.value is not None:
            yield Part(f"values.{goal.id}", f"Number of {title}", "number", as_text(point.value))
        yield Part(f"values.{goal.id}.note", f"Words on {title}", "prose", point.note)
    filled = [name for name in TEXTS if getattr(record, name)]
    for name in (*filled, "occurred_on", "attendees"):
        title = {"occurred_on": "Held on", "attendees": "Who was there"}.get(name, "")
        yield _part(CheckIn, name, getattr(record, name), title)
    for key, action in record.actions.items():
        for name, title in (("text", "what"), ("who", "who"), ("due", "by when")):
            part = _part(ActionItem, name, getattr(action, name), f"Action {key}, {title}: {action.text}")
            yield Part(f"actions.{key}.{name}", part.label, part.kind, part.said)
    for name in TEXTS:
        if name not in filled:
            yield _part(CheckIn, name, "")


def _of_entry(sheet: CaseSheet, line: EntryLine) -> Iterable[Part]:
    record = next(kind for kind in get_args(Entry) if kind.__struct_config__.tag == line.kind)
    fixed = set(FIXED)
    if line.kind == "launch":
        fixed.add("occurred_on")  # the dates of an issued plan rest on it
    if line.kind == "assessment" and sheet.header.outcome is not None:
        fixed.add("verdict")  # the outcome rests on it
    details = dict(line.details)
    own = [name for name in field_types(record) if name not in ("text", "occurred_on")]
    for name in ("text", "occurred_on", *own):
        if name in fixed or not _plain(bare_type(field_types(record)[name])):
            continue
        said = {"text": line.text, "occurred_on": line.occurred_on.isoformat()}.get(name)
        yield _part(record, name, details.get(words(name), "") if said is None else said)


def _part(record: type[msgspec.Struct], name: str, value: object, title: str = "") -> Part:
    """A part with the field that fits its type; `value` is data, or words that were printed of it."""
    plain = bare_type(field_types(record)[name])
    title = title or named(name)
    if get_origin(plain) is Literal:
        choices = tuple((str(key), words(str(key))) for key in get_args(plain))
        said = next((key for key, text in choices if value in (key, text)), "")
        return Part(name, title, "choice", said, choices)
    kinds: dict[Any, Kind] = {dt.date: "date", Decimal: "number", bool: "yes/no", tuple[str, ...]: "list"}
    kind: Kind = kinds.get(plain, "long" if name in ("text", "own_words", "note") else "prose")
    said = as_text(value)
    if kind == "list" and isinstance(value, str):
        said = "\n".join(part.strip() for part in value.split(";"))
    return Part(name, title, kind, said)


def _plain(kind: object) -> bool:
    """Whether one text can say it: words, a number, a day, yes or no, a choice, a list of words."""
    return kind in (str, Decimal, dt.date, bool) or get_origin(kind) is Literal or kind == tuple[str, ...]
