"""What the desk will understand of what is being typed, in a few words to show beside the field."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from piptui.cases.typed import Reading, read_number, read_when
from piptui.dates import distance, show_date
from piptui.errors import BadInput
from screens.widgets.fields import Kind

Explain = Callable[[str], str]
_WEEK = re.compile(r"^(?:week|wk|w)\.?\s*(?=\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Calendar:
    """What dates are explained against: today, the period of the plan as far as known, and whether a bare date
    lies behind us."""

    today: dt.date
    start: dt.date | None = None
    end: dt.date | None = None
    past: bool = False
    order: Literal["mdy", "dmy", "ymd"] = "mdy"

    @property
    def reading(self) -> Reading:
        """The same, as the desk reads it."""
        return Reading(today=self.today, start=self.start, end=self.end, past=self.past, order=self.order)

    def date(self, text: str) -> str:
        """ "Tue 17 Nov 2026, 3 days ago"; a sign where it cannot be read yet."""
        if not text.strip():
            return ""
        try:
            day = self.reading.date(text)
        except BadInput:
            return "? no date yet"
        return f"{whole_day(day)}, {distance(day, self.today)}"

    def when(self, text: str) -> str:
        """A due date: the day it falls on, if the start is known."""
        if not text.strip():
            return ""
        try:
            rule = read_when(text, self.reading)
        except BadInput:
            return "? such as week 6, day 30, a date"
        day = self.day_of(rule.week, rule.day, rule.on)
        return whole_day(day) if day else ""

    def day_of(self, week: int | None, day: int | None, on: dt.date | None = None) -> dt.date | None:
        """The civil date of a rule: the last day of a week, a day counted from the start."""
        if on is not None or self.start is None:
            return on
        if week is not None:
            return self.start + dt.timedelta(days=7 * week - 1)
        return self.start + dt.timedelta(days=day) if day is not None else None


def whole_day(day: dt.date) -> str:
    """A day with its year: what was typed without one is confirmed with it."""
    return f"{show_date(day, day)} {day.year}"


def number(text: str) -> str:
    """Nothing where it is a number, a sign where it is none."""
    if not text.strip():
        return ""
    try:
        read_number(text, "")
    except BadInput:
        return "? no number"
    return ""


def as_week(text: str) -> str:
    """The number of a week without the word before it: "2" for "week 2"."""
    return _WEEK.sub("", text.strip())


def week_number(text: str) -> str:
    """As `number`, where weeks are counted."""
    return number(as_week(text))


def explain_for(kind: Kind, calendar: Calendar) -> Explain | None:
    """How a kind of field is explained; None where what is typed is what is meant."""
    found: dict[Kind, Explain] = {"date": calendar.date, "when": calendar.when, "number": number}
    return found.get(kind)


def progress(text: str, direction: str, should_be: Decimal | None, target: Decimal | None) -> str:
    """How a value compares, in a word: "target met", "on track", "behind"; "" where nothing can be said."""
    if not text.strip():
        return ""
    try:
        value = read_number(text, "")
    except BadInput:
        return "? no number"
    if target is not None and reaches(value, target, direction):
        return "target met"
    if should_be is None:
        return ""
    return "on track" if reaches(value, should_be, direction) else "behind"


def reaches(value: Decimal, wanted: Decimal, direction: str) -> bool:
    """Whether a value is at least as good as what is wanted."""
    return value <= wanted if direction == "lower" else value >= wanted
