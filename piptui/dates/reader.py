"""Reads a day from what people write: the engine behind `piptui.dates.read_date`.

The text is brought into plain words first (`words`); then each reader in `_READERS` is asked in turn. A
reader answers with a day, with None (not mine), or raises Unreadable: it understood, and there is no such
day or there are two. Nothing is guessed: where people hold two readings, the writer is asked.
"""

import re
from datetime import date, timedelta
from typing import Final

from piptui.dates.calendar import MONTH_TITLES, Ground, Unreadable, month_days, on_calendar, valid
from piptui.dates.periods import in_period, picked
from piptui.dates.weekdays import WEEKDAY_TITLES, day_number, weekday, weekday_date
from piptui.dates.words import WEEKDAYS, any_of, plain
from piptui.text import nearest

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_LONGEST: Final = 100

_WORDS: Final = {"today": 0, "now": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "yesterday": -1}
_UNITS: Final = {
    "day": r"(?:calendar )?days?|d",
    "business": r"(?:business|working|work|week) ?days?|bds?",
    "week": r"weeks?|wks?|w",
    "fortnight": r"fortnights?",
    "month": r"(?:calendar )?months?|mos?|mths?|m",
    "quarter": r"quarters?|qtrs?",
    "year": r"years?|yrs?|y",
}
_MONTHS_IN: Final = {"month": 1, "quarter": 3, "year": 12}
_DAYS_IN: Final = {"day": 1, "week": 7, "fortnight": 14}

_NAME: Final = any_of(WEEKDAYS)
_COUNT: Final = r"(?P<n>\d{1,4}) ?(?:" + "|".join(f"(?P<{unit}>{words})" for unit, words in _UNITS.items()) + ")"
_COUNTED: Final = re.compile(
    rf"(?:(?P<sign>in|within|\+|-) ?)?{_COUNT}(?: (?P<ago>ago|back)| from now| from today| hence)?"
)
_COUNTED_FROM: Final = re.compile(rf"(?:within )?{_COUNT} (?P<way>from|after|before|prior to) (?:the )?(?P<rest>.+)")
_COUNTED_ON: Final = re.compile(rf"{_COUNT} (?:on )?(?P<rest>today|tomorrow|{_NAME})")
_NEXT_WORKDAY: Final = re.compile(r"next (?:business|working|work) ?day")

_OF_PLAN: Final = r"(?: (?:of|in|into) (?:the )?(?:plan|pip))?"
_MEETING: Final = r"(?:check-?in|review|meeting|check-?point|mark|point|milestone|evaluation|follow-?up)"
_WEEK_NUMBER: Final = re.compile(
    rf"(?:in |during )?(?:(?:week|wk|w) ?(\d{{1,2}})|(\d{{1,2}})(?:st|nd|rd|th) week)(?: {_MEETING})?{_OF_PLAN}"
)
_PLAN_DAY: Final = re.compile(
    rf"(?:(?:end of )?day ?(\d{{1,3}})(?: {_MEETING})?|(\d{{1,3}})[ -]days? {_MEETING}){_OF_PLAN}"
)
_PLAN_WEEKS: Final = re.compile(rf"(\d{{1,2}})[ -]weeks? {_MEETING}{_OF_PLAN}")
_PLAN_START: Final = re.compile(
    r"(?:(?:plan|pip)(?:'s)? )?start(?: date| day)?|(?:start|beginning|1th day) of (?:the )?(?:plan|pip)"
    r"|(?:(?:day|date) of )?(?:delivery|issue)"
)
_PLAN_END: Final = re.compile(
    r"(?:(?:plan|pip)(?:'s)? )?end(?: date| day)?|(?:end|last day) of (?:the )?(?:plan|pip)"
)
_PLAN_MIDDLE: Final = re.compile(rf"(?:mid-? ?point|half-?way(?: point)?)(?: {_MEETING})?{_OF_PLAN}")

_RECURRING: Final = re.compile(
    r"\b(?:every|each|per|weekly|biweekly|bi-weekly|fortnightly|monthly|daily|quarterly|yearly|annually"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b"
)
_SEVERAL: Final = re.compile(
    r"\d(?:st|nd|rd|th)? ?(?:[^\W\d]+ )?(?:-|to|and|&|or|until|through) ?(?:[^\W\d]+ )?\d|\bbetween\b"
)
_LENGTH: Final = re.compile(r"\d+[ -]?(?:day|week|month|year)s?(?: (?:plan|pip|period))?")


def read(text: str, ground: Ground) -> date:
    """Read one day from what somebody wrote. Raises Unreadable, its message a sentence that says why not."""
    s = plain(text) if len(text) <= _LONGEST else ""
    day = _read(s, ground)
    if not day:
        raise Unreadable(_why(s, text))
    return valid(day.year, day.month, day.day)


def examples(today: date, *, past: bool) -> tuple[str, str]:
    """Two texts that can be read on that day, to show to somebody whose text could not."""
    day = today + (-2 if past else 2) * _WEEK
    return f"{day.day} {MONTH_TITLES[day.month - 1][:3]} {day.year}", "3 days ago" if past else "in 2 weeks"


def _read(s: str, ground: Ground) -> date | None:
    for reader in _READERS:
        if day := reader(s, ground):
            return day
    return None


def _why(s: str, text: str) -> str:
    """Say why nothing was found."""
    if not text.strip():
        return "nothing is written here."
    if len(text) > _LONGEST:
        return "that is too long for a day."
    if _SEVERAL.search(s):
        return "that is more than one day."
    if _LENGTH.fullmatch(s):
        return "that is a length of time, not a day."
    for word in re.findall(r"[^\W\d_]{4,}", s):
        meant = nearest(word, (*MONTH_TITLES, *WEEKDAY_TITLES, "today", "tomorrow", "yesterday"), cutoff=0.75)
        if meant and meant.lower() != word:
            return f'no day is named here. Did you mean "{meant}"?'
    return "no day is named here."


def _word(s: str, ground: Ground) -> date | None:
    return ground.today + _WORDS[s] * _DAY if s in _WORDS else None


def _recurring(s: str, ground: Ground) -> date | None:
    if _RECURRING.search(s):
        raise Unreadable("that comes round again; one day is needed.")
    return None


def _counted(s: str, ground: Ground) -> date | None:
    """In 3 weeks, +10bd, 3 days ago; 2 weeks from Monday, 5 days before the end; a week on Friday."""
    if _NEXT_WORKDAY.fullmatch(s):
        return _shift(ground.today, 1, "business")
    if found := _COUNTED.fullmatch(s):
        if found["sign"] and found["ago"]:
            return None
        back = found["sign"] == "-" or found["ago"]
        return _shift(ground.today, -int(found["n"]) if back else int(found["n"]), _unit(found))
    if found := _COUNTED_FROM.fullmatch(s):
        base = _read(found["rest"], ground)
        forward = found["way"] in ("from", "after")
        return base and _shift(base, int(found["n"]) if forward else -int(found["n"]), _unit(found))
    if found := _COUNTED_ON.fullmatch(s):
        base = _read(found["rest"], ground)
        return base and _shift(base, int(found["n"]), _unit(found))
    return None


def _unit(found: re.Match[str]) -> str:
    return next(unit for unit in _UNITS if found[unit])


def _shift(base: date, n: int, unit: str) -> date:
    """Go n units on; months keep the day where they can, else end on their last; holidays are not known."""
    try:
        if unit in _DAYS_IN:
            return base + n * _DAYS_IN[unit] * _DAY
        if unit in _MONTHS_IN:
            year, month = divmod(base.year * 12 + base.month - 1 + n * _MONTHS_IN[unit], 12)
            return date(year, month + 1, min(base.day, month_days(year, month + 1)))
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            base += step
            left -= base.weekday() < 5
    except (OverflowError, ValueError):
        raise Unreadable("that is further away than the calendar goes.") from None
    return base


def _plan(s: str, ground: Ground) -> date | None:
    """Week 6, day 30, the 30-day check-in, the plan's start, middle and end."""
    if found := _PLAN_DAY.fullmatch(s):
        return _shift(ground.plan_start(), int(found[1] or found[2]), "day")
    if found := _PLAN_WEEKS.fullmatch(s):
        return _shift(ground.plan_start(), int(found[1]), "week")
    if found := _WEEK_NUMBER.fullmatch(s):
        return in_period(f"week {found[1] or found[2]}", ground, lambda _, last: last)
    if _PLAN_START.fullmatch(s):
        return ground.plan_start()
    if _PLAN_END.fullmatch(s):
        return ground.plan_end()
    if _PLAN_MIDDLE.fullmatch(s):
        return ground.plan_start() + (ground.plan_end() - ground.plan_start()).days // 2 * _DAY
    return None


_READERS: Final = (_recurring, _word, _counted, weekday, _plan, picked, weekday_date, day_number, on_calendar)
