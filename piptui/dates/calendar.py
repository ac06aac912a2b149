"""Calendar dates as people and HR files write them: numeric, with a month's name, as a spreadsheet's number.

Readers take plain words (see `words`) and answer with a day or None (not mine); they raise Unreadable
where the text is theirs and names no day.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from piptui.dates.words import MONTHS, any_of

MONTH_TITLES: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199

_LEAP_CYCLE: Final = 9  # a 29 February is at most eight years away (around 1900 and 2100)
_SERIAL_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(20_000, 80_000)  # 1954 to 2119: other five-digit numbers are no dates

_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_MONTH = rf"(?P<m>{any_of(MONTHS)})\.?"
_YEAR = r"(?:[ ,./-]*(?:de |of )?(?<=\D)(?P<y>\d{4}|'?\d{2}))?"
_NAMED: Final = (
    re.compile(rf"{_DAY}[ /.-]?(?:(?:day )?of |de )?{_MONTH}{_YEAR}"),
    re.compile(rf"{_MONTH}[ /-]?(?:the )?{_DAY}{_YEAR}"),
    re.compile(rf"(?P<y>\d{{4}})[ ,/-]+{_MONTH}[ /-]?{_DAY}"),
)
_THREE: Final = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})\.?")
_TWO: Final = re.compile(r"(\d{1,2})/(\d{1,2})|(\d\d)-(\d\d)")
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_WHOLE_MONTH: Final = re.compile(r"\d{1,2}/\d{4}|\d{4}[-/]\d{1,2}")


class Unreadable(Exception):
    """The text was understood and is no single day; the message is a sentence that says why."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a text is read against: civil dates of one zone, the order of numeric dates, the direction."""

    today: date
    start: date | None
    end: date | None
    order: str
    past: bool

    def plan_start(self) -> date:
        """The plan's first day (day 0), or Unreadable."""
        if not self.start:
            raise Unreadable("that counts from the start of a plan, and no plan is given here.")
        return self.start

    def plan_end(self) -> date:
        """The plan's last day, or Unreadable."""
        if not self.end:
            raise Unreadable("that needs the end of a plan, and no plan is given here.")
        return self.end

    def choose(self, candidates: Iterable[date | None]) -> date | None:
        """The first candidate on the side that is wanted: from today on, or up to today."""
        for day in candidates:
            if day and (day <= self.today if self.past else day >= self.today):
                return day
        return None

    def occurrence(self, in_year: Callable[[int], date | None]) -> date | None:
        """The nearest day on the wanted side among those that `in_year` gives for each year."""
        step = -1 if self.past else 1
        years = (self.today.year + step * away for away in range(_LEAP_CYCLE))
        return self.choose(in_year(year) for year in years if FIRST_YEAR <= year <= LAST_YEAR)


def on_calendar(s: str, ground: Ground) -> date | None:
    """Read a calendar date, with or without its year."""
    for pattern in _NAMED:
        if found := pattern.fullmatch(s):
            return _dated(found["y"], MONTHS[found["m"]], int(found["d"]), ground)
    return _numeric(s, ground)


def _numeric(s: str, ground: Ground) -> date | None:
    if found := _THREE.fullmatch(s):
        return _three_numbers(found[1], int(found[3]), found[4], ground, dotted=found[2] == ".")
    if found := _DOTTED.fullmatch(s):
        return _dated(None, int(found[2]), int(found[1]), ground)
    if found := _COMPACT.fullmatch(s):
        return _dated(found[1], int(found[2]), int(found[3]), ground)
    if found := _TWO.fullmatch(s):
        if s == "24/7" and ground.order != "dmy":
            raise Unreadable("that means all the time.")
        first, second = (int(part) for part in found.groups() if part)
        return _dated(None, *_month_and_day(first, second, ground), ground)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", s) and int(s[:5]) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(s[:5]))
    if _WHOLE_MONTH.fullmatch(s):
        raise Unreadable("that is a whole month; one day is needed.")
    return None


def _three_numbers(first: str, middle: int, last: str, ground: Ground, *, dotted: bool) -> date | None:
    if len(first) == 4 and len(last) <= 2:
        return _dated(first, middle, int(last), ground)
    if len(first) > 2 or len(last) not in (2, 4):
        return None
    if ground.order == "ymd" and len(first) == len(last) == 2 and 1 <= middle <= 12:
        return _dated(first, middle, int(last), ground)
    month, day = _month_and_day(int(first), middle, ground)
    if dotted and ground.order != "dmy" and month != day <= 12:
        # with dots most of the world writes the day first, whatever is set for slashes
        one, other = _dated(last, month, day, ground), _dated(last, day, month, ground)
        raise Unreadable(two_readings(one, other))
    return _dated(last, month, day, ground)


def _month_and_day(first: int, second: int, ground: Ground) -> tuple[int, int]:
    """Two numbers in the order that is set, unless only the other order gives a month."""
    day_first = ground.order == "dmy"
    month, day = (second, first) if day_first else (first, second)
    return (day, month) if month > 12 >= day else (month, day)


def _dated(year: str | None, month: int, day: int, ground: Ground) -> date:
    if year:
        return valid(_full_year(year.strip("'"), ground.today), month, day)
    valid(2000, month, day)  # a leap year: refuses what no year has
    found = ground.occurrence(lambda y: date(y, month, day) if day <= month_days(y, month) else None)
    if not found:
        raise Unreadable("there is no such day within reach.")
    return found


def _full_year(text: str, today: date) -> int:
    """Two digits mean this century up to twenty years from now, else the one before (birth dates)."""
    if len(text) > 2:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year - 100 if year > today.year + 20 else year


def named(day: date) -> str:
    """A day as a sentence has it: 13 March 2026."""
    return f"{day.day} {MONTH_TITLES[day.month - 1]} {day.year}"


def two_readings(one: date, other: date) -> str:
    """The sentence for a text that people read in two ways."""
    return f"some read that as {named(one)}, some as {named(other)}."


def month_days(year: int, month: int) -> int:
    """Days of a month."""
    return monthrange(year, month)[1]


def valid(year: int, month: int, day: int) -> date:
    """Give the day, or raise Unreadable naming what is wrong with it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"the year {year} looks mistyped.")
    if not 1 <= month <= 12:
        raise Unreadable(f"there is no month {month}.")
    days = month_days(year, month)
    if not 1 <= day <= days:
        in_year = f" {year}" if days == 28 else ""
        raise Unreadable(f"there is no {day} {MONTH_TITLES[month - 1]}{in_year}.")
    return date(year, month, day)
