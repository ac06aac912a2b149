"""Weekdays and days of a month without more: next Tuesday, Mon next week, Monday 16, the 15th.

Where people part over a weekday ("next Friday" on a Wednesday), both readings are named and none is taken.
"""

import re
from datetime import date, timedelta
from typing import Final

from piptui.dates.calendar import Ground, Unreadable, month_days, named, on_calendar, two_readings, valid
from piptui.dates.periods import in_period, on_weekday, week_start
from piptui.dates.words import WEEKDAYS, any_of

WEEKDAY_TITLES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_NAME: Final = any_of(WEEKDAYS)

_WEEKDAY: Final = re.compile(rf"(?:(?P<which>this coming|this|next|last|past|coming) )?(?P<w>{_NAME})\.?")
_WEEKDAY_WEEK: Final = re.compile(rf"(?P<w>{_NAME}) week")
_WEEKDAY_IN: Final = (
    re.compile(rf"(?P<w>{_NAME}) in (?P<n>\d{{1,2}}) (?:weeks?|wks?)"),
    re.compile(rf"in (?P<n>\d{{1,2}}) (?:weeks?|wks?) on (?P<w>{_NAME})"),
)
_SOME_WEEK: Final = r"(?P<p>(?:this|next|last) (?:week|wk)|(?:week|wk) ?\d{1,2})(?: of (?:the )?(?:plan|pip))?"
_WEEKDAY_OF: Final = (
    re.compile(rf"(?P<w>{_NAME}) (?:of |in )?(?:the )?{_SOME_WEEK}"),
    re.compile(rf"{_SOME_WEEK},? (?:on )?(?P<w>{_NAME})"),
)
_WEEKDAY_DATE: Final = (
    re.compile(rf"(?P<w>{_NAME})\b[. ,]*(?:the )?(?P<rest>.*\d.*)"),
    re.compile(rf"(?P<rest>.*\d.*?)[ ,(]+(?P<w>{_NAME})\)?"),
)
_WEEKEND: Final = re.compile(r"(?:(?P<which>this|the|next|this coming|coming) )?weekend")
_DAY_NUMBER: Final = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)(?: day)?(?: of (?P<p>(?:the|this|next|last) month))?")


def weekday(s: str, ground: Ground) -> date | None:
    """Friday, next Tuesday, Mon next week, Tue in 2 weeks, Friday of week 6, Friday week, this weekend."""
    if found := _WEEKDAY.fullmatch(s):
        return _which_weekday(found["which"], WEEKDAYS[found["w"]], ground)
    if found := _WEEKDAY_WEEK.fullmatch(s):
        return _coming(WEEKDAYS[found["w"]], ground.today) + _WEEK
    if found := _WEEKEND.fullmatch(s):
        return _weekend(found["which"], ground.today)
    for pattern in _WEEKDAY_IN:
        if found := pattern.fullmatch(s):
            return week_start(ground.today) + int(found["n"]) * _WEEK + WEEKDAYS[found["w"]] * _DAY
    for pattern in _WEEKDAY_OF:
        if found := pattern.fullmatch(s):
            return in_period(found["p"], ground, on_weekday(WEEKDAYS[found["w"]], 1))
    return None


def _which_weekday(which: str | None, weekday: int, ground: Ground) -> date:
    monday = week_start(ground.today)
    here = monday + weekday * _DAY
    coming = _coming(weekday, ground.today)
    previous = ground.today - ((ground.today.weekday() - weekday - 1) % 7 + 1) * _DAY
    if which == "this":
        return here if here >= ground.today or ground.past else _two_readings(here, coming)
    if which == "next":
        return coming if coming >= monday + _WEEK else _two_readings(coming, coming + _WEEK)
    if which == "last":
        return previous if previous < monday else _two_readings(previous, previous - _WEEK)
    if which is None:
        return previous if ground.past else coming
    return previous if which == "past" else coming


def _coming(weekday: int, today: date) -> date:
    """The next such weekday after today; on that same weekday a week on."""
    return today + ((weekday - today.weekday() - 1) % 7 + 1) * _DAY


def _two_readings(one: date, other: date) -> date:
    raise Unreadable(two_readings(one, other))


def _weekend(which: str | None, today: date) -> date:
    saturday = week_start(today) + 5 * _DAY
    if which != "next":
        return max(saturday, today)
    return saturday + _WEEK if saturday <= today else _two_readings(saturday, saturday + _WEEK)


def weekday_date(s: str, ground: Ground) -> date | None:
    """Friday 13 March 2026, Monday 16: the weekday has to fit."""
    for pattern in _WEEKDAY_DATE:
        if found := pattern.fullmatch(s):
            rest = found["rest"]
            number = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", rest)
            day = _in_months(int(number[1]), ground) if number else on_calendar(rest, ground)
            weekday = WEEKDAYS[found["w"]]
            if day and day.weekday() != weekday:
                real, said = WEEKDAY_TITLES[day.weekday()], WEEKDAY_TITLES[weekday]
                raise Unreadable(f"{named(day)} is a {real}, not a {said}.")
            return day
    return None


def day_number(s: str, ground: Ground) -> date | None:
    """The 15th; the 1st of next month."""
    if not (found := _DAY_NUMBER.fullmatch(s)):
        return None
    number = int(found["d"])
    if not found["p"]:
        return _in_months(number, ground)
    return in_period(found["p"], ground, lambda first, _: valid(first.year, first.month, number))


def _in_months(number: int, ground: Ground) -> date:
    """The nearest day of that number on the wanted side."""
    if not 1 <= number <= 31:
        raise Unreadable(f"no month has a day {number}.")
    months = (ground.today.year * 12 + ground.today.month - 1 + (-away if ground.past else away) for away in range(4))
    found = ground.choose(
        date(m // 12, m % 12 + 1, number) if number <= month_days(m // 12, m % 12 + 1) else None for m in months
    )
    if not found:
        raise Unreadable("there is no such day within reach.")
    return found
