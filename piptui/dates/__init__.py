"""Days, zones and the arithmetic of plans.

Plan dates are civil dates in the case's zone; instants are aware and kept in UTC. Nothing here asks for the
time except `utc_now`, the clock that is handed in at the top. The reader of dates (15 ms of patterns) and
pendulum (40 ms) are imported inside the functions that need them: the first screen does not.
"""

import os
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from piptui.errors import BadInput
from piptui.text import clean_line, fold, nearest

Order = Literal["mdy", "dmy", "ymd"]
Prefer = Literal["future", "past"]

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_QUOTED: Final = 40
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Text, compiled by whoever comes first: no start reads a time of day.
_CLOCK: Final = r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?(?: ?(?P<half>[ap])\.?m\.?)?|(?P<hm>\d{4})"
_SPELLED = re.compile(r"[A-Z][A-Za-z0-9_+-]*(?:/[A-Z][A-Za-z0-9_+-]*){0,2}")
_NOT_PLACES: Final = frozenset({"localtime", "Factory", "posixrules"})


def read_date(
    text: str,
    today: date,
    *,
    start: date | None = None,
    end: date | None = None,
    order: Order = "mdy",
    prefer: Prefer = "future",
) -> date:
    """Read the day that somebody wrote: numeric, by name, counted, by weekday, or relative to a plan.

    `today`, `start` and `end` (first and last day of the plan) are civil dates of the same zone. `order` is
    that of numeric dates, unless only another one gives a day. `prefer` decides what lacks its year or week:
    a deadline is the next such day, something that happened the last; today is both, but a bare weekday is
    never today. Week 6 means its last day (start + 41, or the plan's last), day 30 start + 30. Business days
    are Monday to Friday; the end of a week is its Friday.

    Raises BadInput when no day, more than one, or no single reading is found, when a weekday does not fit
    its date, and when the text counts from a plan that is not given. The message quotes the text, says what
    is wrong, and gives two examples that work.
    """
    from piptui.dates.calendar import Ground, Unreadable
    from piptui.dates.reader import examples, read

    past = prefer == "past"
    try:
        return read(text, Ground(today=today, start=start, end=end, order=order, past=past))
    except Unreadable as why:
        first, second = examples(today, past=past)
        raise BadInput(f'"{_quote(text)}": {why} Write it like "{first}" or "{second}".') from None


def _quote(text: str) -> str:
    line = clean_line(text, limit=None)
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"


def read_time(text: str) -> str:
    """Read a time of day, as "HH:MM" of 24 hours: 10:00, 10am, 14.30, 1430, 9h15, noon.

    Raises BadInput for what is no time, and for a bare hour, which could be morning or afternoon.
    """
    s = fold(clean_line(text, limit=None))
    if s in ("noon", "midday"):
        return "12:00"
    if (found := re.fullmatch(_CLOCK, s)) and (found["m"] or found["half"] or found["hm"]):
        hour, minute = (int(s[:2]), int(s[2:])) if found["hm"] else (int(found["h"]), int(found["m"] or 0))
        if found["half"]:
            hour = hour % 12 + (12 if found["half"] == "p" else 0) if 1 <= hour <= 12 else 24
        if hour < 24 and minute < 60:
            return f"{hour:02}:{minute:02}"
    raise BadInput(f'"{_quote(text)}" is no time of day. Write it like "10:00" or "2.30pm".')


def zone_name(text: str) -> str:
    """Give the IANA name of a time zone as the database spells it; blanks and case do not matter.

    Raises BadInput for any other text, with the name that was probably meant ("Berlin": Europe/Berlin).
    """
    wanted = fold(clean_line(text, limit=None)).replace(" ", "_")
    names = _zones()
    if wanted in names:
        return names[wanted]
    cities = {name.rpartition("/")[2]: name for name in sorted(names, reverse=True)}
    meant = cities.get(wanted) or nearest(wanted, names) or cities.get(nearest(wanted, cities) or "")
    hint = f'Did you mean "{names[meant]}"?' if meant else 'Write it like "Europe/Berlin" or "UTC".'
    raise BadInput(f'"{_quote(text)}" is no time zone. {hint}')


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Names of all zones by their folded form."""
    return {fold(name): name for name in available_timezones() - _NOT_PLACES}


@lru_cache(maxsize=256)
def _rules(zone: str) -> ZoneInfo:
    return _as_spelled(zone) or ZoneInfo(zone_name(zone))


def _as_spelled(name: str) -> ZoneInfo | None:
    """The zone of that exact name, None where there is none. Listing all zones, to forgive a spelling, takes longer
    than everything else that a start does with dates."""
    if not _SPELLED.fullmatch(name) or name in _NOT_PLACES:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def local_zone(*, env: Mapping[str, str] | None = None, root: Path = Path("/")) -> str:
    """Give the IANA name of this machine's zone: TZ, /etc/timezone, the link /etc/localtime, else UTC.

    What names no zone is passed over. `env` and `root` stand in for the process and the file system.
    """
    candidates = [(os.environ if env is None else env).get("TZ", "").removeprefix(":")]
    try:
        candidates.append((root / "etc/timezone").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        candidates.append("")
    try:
        candidates.append(str((root / "etc/localtime").readlink()))
    except OSError:
        candidates.append("")
    for candidate in candidates:
        written = candidate.strip().rpartition("zoneinfo/")[2]
        if _as_spelled(written):
            return written
        if written and (name := fold(written)) in _zones():
            return _zones()[name]
    return "UTC"


def utc_now() -> datetime:
    """The default clock: this instant, aware, in UTC. The only call of its kind."""
    return datetime.now(UTC)


def today_in(zone: str, now: datetime) -> date:
    """The civil date of an instant in a zone. Raises BadInput for an unknown zone or a naive instant."""
    return in_zone(now, zone).date()


def in_zone(instant: datetime, zone: str) -> datetime:
    """Show an aware instant on the clocks of a zone. Raises BadInput for an unknown zone or a naive instant."""
    if instant.tzinfo is None:
        raise BadInput("This time has no zone. Give it one, such as UTC.")
    return instant.astimezone(_rules(zone))


def slot_instant(day: date, time_text: str, zone: str) -> datetime:
    """The instant of a meeting, aware, in its own zone (S101): 10:00 stays 10:00 when the clocks change.

    A time that the clocks skip becomes as much later as they jump (02:30 is 03:30 that day); of a time that
    comes twice, the first is meant. Raises BadInput for what is no time or no zone.
    """
    import pendulum

    at = time.fromisoformat(read_time(time_text))
    name = zone_name(zone)
    earlier, later = (
        pendulum.datetime(day.year, day.month, day.day, at.hour, at.minute, tz=name, fold=fold) for fold in (0, 1)
    )
    # pendulum leaves a gap backwards with fold 0 and forwards with fold 1
    moment = earlier if (earlier.hour, earlier.minute) == (at.hour, at.minute) else later
    return datetime.fromtimestamp(moment.timestamp(), ZoneInfo(name))


def week_span(start: date, n: int) -> tuple[date, date]:
    """First and last day of week n of a plan; week 1 is start … start + 6. Raises BadInput below 1."""
    if n < 1:
        raise BadInput(f"There is no week {n}. The weeks of a plan count from 1.")
    return start + (n - 1) * _WEEK, start + n * _WEEK - _DAY


def week_of(start: date, day: date) -> int:
    """Week of a plan that a day falls in; week 1 begins with the start, days before it are in week 0 or below."""
    return (day - start).days // 7 + 1


def day_of(start: date, day: date) -> int:
    """Day of a plan: the start is day 0, the last day of a 60-day plan is day 60, days before are negative."""
    return (day - start).days


def period_end(start: date, days: int) -> date:
    """Last day of a plan of that many days: start + days (S060). Raises BadInput below 1 or out of the calendar."""
    if days < 1:
        raise BadInput(f"A plan cannot last {days} days. Give at least 1.")
    try:
        return start + days * _DAY
    except OverflowError:
        raise BadInput(f"A plan cannot last {days} days: the calendar ends before. Give fewer.") from None


def slot_dates(start: date, end: date, *, every_weeks: int, weekday: int) -> tuple[date, ...]:
    """Days of the recurring check-ins (S100): on `weekday` (1 is Monday), every `every_weeks` weeks.

    The first is the first such weekday after the start, never the day of delivery; the last is before the
    end, which is the final review's. Raises BadInput for a weekday or an interval that does not exist.
    """
    if not 1 <= weekday <= 7:
        raise BadInput(f"There is no weekday {weekday}. 1 is Monday, 7 is Sunday.")
    if every_weeks < 1:
        raise BadInput(f"Check-ins cannot come every {every_weeks} weeks. Give at least 1.")
    first = start + ((weekday - start.isoweekday() - 1) % 7 + 1) * _DAY
    count = max(0, -(-(end - first).days // (7 * every_weeks)))
    return tuple(first + n * every_weeks * _WEEK for n in range(count))


def show_date(d: date, today: date) -> str:
    """Show a day as "Tue 17 Nov", with its year where that is not today's. English on every machine."""
    year = "" if d.year == today.year else f" {d.year}"
    return f"{_WEEKDAYS[d.weekday()]} {d.day} {_MONTHS[d.month - 1]}{year}"


def distance(d: date, today: date) -> str:
    """Say how far away a day is: "today", "tomorrow", "yesterday", "in 3 days", "3 days ago"."""
    days = (d - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def date_order(zone: str) -> Literal["mdy", "dmy"]:
    """Whether 10/11 is October or November at the workplace: month first in the Americas and where no place is
    named, day first elsewhere."""
    place = zone.partition("/")[0]
    return "mdy" if place in ("America", "US", "Etc", "UTC", "GMT", "") else "dmy"
