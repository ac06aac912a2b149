"""Weeks, months, quarters, years and weeks of a plan, and the day in them that a text picks."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, TypeAlias

from piptui.dates.calendar import Ground, Unreadable, month_days
from piptui.dates.words import MONTHS, WEEKDAYS, any_of

Pick: TypeAlias = Callable[[date, date], date | None]
"""Picks a day from a period given by its first and last day; None where it has no such day."""

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)

_YEAR: Final = r"(?:,? (?:of )?(?P<y>\d{4}))?"
_CALENDAR: Final = re.compile(
    r"(?:(?P<which>the|this|current|next|last|previous) )?(?P<unit>week|wk|month|quarter|year)"
)
_MONTH: Final = re.compile(rf"(?P<m>{any_of(MONTHS)})\.?{_YEAR}")
_QUARTER: Final = re.compile(rf"q(?P<q>[1-4]){_YEAR}")
_PLAN_WEEK: Final = re.compile(r"(?:week|wk|w) ?(\d{1,2})(?: of (?:the )?(?:plan|pip))?")
_A_YEAR: Final = r"(?:19|20|21)\d\d"
_PLAN: Final = re.compile(r"(?:the )?(?:plan|pip)")

_LAST: Final = (
    re.compile(r"(?:the )?(?:very )?(?:end|last day) (?:of |in )?(?P<p>.+)"),
    re.compile(r"(?P<p>.+?)[ -]end"),
)
_FIRST: Final = re.compile(r"(?:the )?(?:start|beginning|1(?:st|th) day) (?:of |in )?(?P<p>.+)")
_NEXT: Final = re.compile(r"next (?:week|wk|month|quarter|year)")
_WHOLE: Final = re.compile(
    f"{_CALENDAR.pattern}|{_MONTH.pattern}|{_QUARTER.pattern.replace('<y>', '<qy>')}|{_A_YEAR}"
)
_NTH_WEEKDAY: Final = re.compile(
    rf"(?:(?P<n>[1-5])(?:st|nd|rd|th)|last) (?P<w>{any_of(WEEKDAYS)}) (?:in |of )?(?P<p>.+)"
)


def picked(s: str, ground: Ground) -> date | None:
    """Read a day that a period has: end of next month, start of Q3, next week, 2nd Tuesday in May."""
    for pattern in _LAST:
        if found := pattern.fullmatch(s):
            return in_period(found["p"], ground, lambda _, last: last)
    if found := _FIRST.fullmatch(s):
        return in_period(found["p"], ground, lambda first, _: first)
    if found := _NTH_WEEKDAY.fullmatch(s):
        return in_period(found["p"], ground, on_weekday(WEEKDAYS[found["w"]], int(found["n"] or 0)))
    if _NEXT.fullmatch(s):
        return in_period(s, ground, lambda first, _: first)
    if _WHOLE.fullmatch(s):
        raise Unreadable(f'that is longer than a day. Did you mean "end of {s}"?')
    return None


def in_period(p: str, ground: Ground, pick: Pick) -> date | None:
    """Find the period that is named, and pick a day from it; None where `p` names none.

    A calendar week is Monday to Friday (its end is the end of the working week). A period without "this",
    "next" or a year is the nearest whose day lies on the wanted side. Raises Unreadable where the period has
    no such day, or belongs to a plan that is not given.
    """
    if found := _PLAN_WEEK.fullmatch(p):
        return _existing(pick(*_plan_week(int(found[1]), ground)))
    if _PLAN.fullmatch(p):
        return _existing(pick(ground.plan_start(), ground.plan_end()))
    if found := _CALENDAR.fullmatch(p):
        return _in_calendar(found["which"], found["unit"], ground, pick)
    if found := _MONTH.fullmatch(p):
        return _in_year(found["y"], MONTHS[found["m"]], 1, ground, pick)
    if found := _QUARTER.fullmatch(p):
        return _in_year(found["y"], int(found["q"]) * 3 - 2, 3, ground, pick)
    if re.fullmatch(_A_YEAR, p):
        return _existing(pick(*_months(int(p), 1, 12)))
    return None


def week_start(day: date) -> date:
    """The Monday of that day's week."""
    return day - day.weekday() * _DAY


def on_weekday(weekday: int, nth: int) -> Pick:
    """Pick the nth such weekday (Monday is 0) of a period; 0 is the last one."""

    def pick(first: date, last: date) -> date | None:
        if not nth:
            return last - (last.weekday() - weekday) % 7 * _DAY
        day = first + (weekday - first.weekday()) % 7 * _DAY + (nth - 1) * _WEEK
        # a calendar week is given as Monday to Friday, and has its weekend all the same
        return day if day <= last or (nth == 1 and day - first < _WEEK) else None

    return pick


def _existing(day: date | None) -> date:
    if not day:
        raise Unreadable("there is no such day in that period.")
    return day


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months from that one, which may lie beyond December or before January."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month + count - 1, month_days(year, month + count - 1))


def _in_calendar(which: str | None, unit: str, ground: Ground, pick: Pick) -> date | None:
    def at(offset: int) -> date | None:
        today = ground.today
        if unit in ("week", "wk"):
            monday = week_start(today) + offset * _WEEK
            return _existing(pick(monday, monday + 4 * _DAY))
        if unit == "month":
            return _existing(pick(*_months(today.year, today.month + offset, 1)))
        if unit == "quarter":
            return _existing(pick(*_months(today.year, (today.month - 1) // 3 * 3 + 1 + 3 * offset, 3)))
        return _existing(pick(*_months(today.year + offset, 1, 12)))

    if which == "next":
        return at(1)
    if which in ("last", "previous"):
        return at(-1)
    if which in ("this", "current"):
        return at(0)
    return ground.choose(at(-away if ground.past else away) for away in range(4))


def _in_year(year: str | None, month: int, count: int, ground: Ground, pick: Pick) -> date | None:
    if year:
        return _existing(pick(*_months(int(year), month, count)))

    def in_year(number: int) -> date | None:
        first, last = _months(number, month, count)
        gone_by = first > ground.today if ground.past else last < ground.today
        return None if gone_by else _existing(pick(first, last))

    return ground.occurrence(in_year)


def _plan_week(number: int, ground: Ground) -> tuple[date, date]:
    """Days of a plan's week; the last week ends with the plan."""
    if not number:
        raise Unreadable("the weeks of a plan count from 1.")
    first = ground.plan_start() + (number - 1) * _WEEK
    last = first + _WEEK - _DAY
    return first, min(last, ground.end) if ground.end and ground.end >= first else last
