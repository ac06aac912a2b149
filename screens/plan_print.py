"""A whole plan as lines to read: every section, every item, every field that is filled in."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from piptui.cases.plan import Goal, Items, PlanText, Record, Schedule, When
from piptui.cases.words import words
from piptui.dates import show_date
from piptui.text import wrap
from screens.figures import number
from screens.widgets.reader import Line

_SECTIONS: Final = (
    ("role_summary", "Role"),
    ("job_description", "Job description"),
    ("category", "Category"),
    ("context", "Context"),
    ("standards", "Standards"),
    ("gaps", "Gaps"),
    ("evidence", "Evidence"),
    ("root_cause", "Root cause"),
    ("goals", "Goals"),
    ("milestones", "Milestones"),
    ("support", "Support"),
    ("schedule", "Check-ins"),
    ("thresholds", "Thresholds"),
    ("links", "Links"),
    ("days", "Length in days"),
    ("days_reason", "Why this length"),
    ("start", "Planned start"),
    ("statement", "Statement"),
    ("consequences", "Consequences"),
    ("employee_view", "Employee's view"),
    ("employee_view_absence", "Why the employee's view is missing"),
)
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHOICES: Final = frozenset({"category", "source", "kind", "direction", "result"})
_HEADS: Final = ("statement", "name", "criterion")
_SHORT: Final = 60
"""Texts below this length share a line; longer ones get lines of their own."""


def plan_lines(text: PlanText, today: dt.date, width: int) -> list[Line]:
    """All sections that say something, and at the end the names of those that are empty."""
    lines: list[Line] = []
    empty: list[str] = []
    for name, title in _SECTIONS:
        printed = _section(name, getattr(text, name), today, width)
        if printed:
            lines += [Line(title, "bold"), *printed, Line()]
        else:
            empty.append(title)
    if empty:
        lines += [Line(part, "dim") for part in wrap(f"Not filled in: {', '.join(empty)}", width)]
    return lines


def _section(name: str, value: object, today: dt.date, width: int) -> list[Line]:
    if isinstance(value, Items):
        return [line for key, item in value.listed() for line in _item(name, key, item, today, width)]
    if isinstance(value, Schedule):
        return _schedule(value, today, width)
    said = _field(name, value, today)
    return [Line(f"  {part}") for part in wrap(said, max(width - 2, 12))] if said else []


@cache
def _labels(collection: str, kind: str) -> Mapping[str, str]:
    """What the form calls the fields of an item, in its order and without those that a goal of this kind has
    not, and the day that `issue` fills in."""
    from screens.plan_fields import ABSENT, SECTIONS, specs  # the editor's modules are not needed to open a case

    section = next(section for section in SECTIONS if section.collection == collection)
    labels = {spec.name: spec.label for spec in specs(section, PlanText(), {})} | {"on": "Day"}
    return {name: label for name, label in labels.items() if name not in ABSENT.get(kind, frozenset())}


def _item(collection: str, key: str, item: Record, today: dt.date, width: int) -> list[Line]:
    labels = _labels(collection, item.kind if isinstance(item, Goal) else "")
    fields = {name: _field(name, getattr(item, name), today) for name in labels if name in item.__struct_fields__}
    title = fields.pop(next((name for name in _HEADS if fields.get(name)), ""), "")
    first, *rest = wrap(title or "(says nothing yet)", max(width - 6, 12))
    lines = [Line(f"  {key:<3} {first}"), *(Line(f"      {part}") for part in rest)]
    told = " · ".join(f"{labels[name]}: {value}" for name, value in fields.items() if value and len(value) < _SHORT)
    lines += [Line(f"      {part}", "dim") for part in wrap(told, max(width - 6, 12)) if part]
    for name, value in fields.items():
        if len(value) >= _SHORT:
            lines += [Line(f"      {part}", "dim") for part in wrap(f"{labels[name]}: {value}", max(width - 6, 12))]
    return lines


def _schedule(schedule: Schedule, today: dt.date, width: int) -> list[Line]:
    if schedule == Schedule():
        return []
    on = f"on {_WEEKDAYS[schedule.weekday - 1]}" if schedule.weekday else ""
    length = f"{schedule.minutes} minutes" if schedule.minutes else ""
    parts = (schedule.cadence, on, schedule.time, schedule.zone, length, schedule.place, schedule.format)
    return [Line(f"  {part}") for part in wrap(", ".join(filter(None, parts)), max(width - 2, 12))]


def _field(name: str, value: object, today: dt.date) -> str:
    return words(value) if name in _CHOICES and isinstance(value, str) else say(value, today)


def say(value: object, today: dt.date) -> str:
    """A value of a plan in words; empty for none."""
    if value is None:
        return ""
    if isinstance(value, When):
        rules = (
            f"week {value.week}" if value.week else "",
            f"day {value.day}" if value.day is not None else "",
            show_date(value.on, today) if value.on else "",
        )
        return " = ".join(filter(None, rules))
    if isinstance(value, dt.date):
        return show_date(value, today)
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {item}" for key, item in value.items())
    return str(value)
