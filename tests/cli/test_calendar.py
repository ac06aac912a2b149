"""What is due as a calendar: it reads back as it was, whatever the words, and the same thing keeps its name."""

import datetime as dt
from typing import Any

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from piptui.cli.calendar import calendar_of
from piptui.desk.api import Agenda, DueLine
from piptui.text import clean_line

TODAY = dt.date(2026, 11, 20)


def line(**more: object) -> DueLine:
    """A check-in on the last Tuesday of summer time and after."""
    fields: dict[str, object] = {
        "case": "0007",
        "employee": "Dana Okafor",
        "on": dt.date(2026, 10, 27),
        "what": "check-in",
        "detail": "w6 10:00",
        "overdue": 0,
        "at": "10:00",
        "zone": "Europe/Berlin",
        "data": {"slot": "w6"},
    }
    return DueLine(**(fields | more))  # type: ignore[arg-type]  # fields of the line


def events(*lines: DueLine, store: str = "s1") -> list[Any]:
    """The events of a calendar file, read again."""
    raw = calendar_of(Agenda(whose="me", today=TODAY, days=7, lines=lines), store)
    return list(icalendar.Calendar.from_ical(raw).walk("VEVENT"))


def test_a_time_is_an_instant_in_the_zone_of_the_meeting() -> None:
    """Ten o'clock in Berlin is nine UTC in winter and eight in summer."""
    winter, summer = events(line(), line(on=dt.date(2026, 10, 20)))
    assert winter["dtstart"].dt == dt.datetime(2026, 10, 27, 9, tzinfo=dt.UTC)
    assert summer["dtstart"].dt == dt.datetime(2026, 10, 20, 8, tzinfo=dt.UTC)


def test_what_has_no_time_is_a_day() -> None:
    """A promise is due on its day; what has no day is for today."""
    promise, soon = events(line(what="support", at=""), line(what="issue the plan", at="", on=None))
    assert promise["dtstart"].dt == dt.date(2026, 10, 27)
    assert soon["dtstart"].dt == TODAY


def test_the_same_thing_keeps_its_name() -> None:
    """Moved to another day it is the same event; another week, another case or another store are others."""
    (uid,) = {event["uid"] for event in events(line(), line(on=dt.date(2026, 10, 28), detail="w6 11:00"))}
    others = [*events(line(data={"slot": "w7"})), *events(line(case="0008")), *events(line(), store="s2")]
    assert len({uid, *(event["uid"] for event in others)}) == 4
    assert "Dana" not in uid


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_words_come_back(employee: str, detail: str) -> None:
    """Commas, semicolons, line ends, wide characters and long lines survive; lines are folded as the format asks."""
    raw = calendar_of(Agenda(whose="me", today=TODAY, days=7, lines=(line(employee=employee, detail=detail),)), "s")
    assert all(len(part) <= 75 for part in raw.split(b"\r\n"))
    assert not {*raw} & ({*range(32)} - {10, 13})
    event: Any = icalendar.Calendar.from_ical(raw).walk("VEVENT")[0]
    assert str(event["summary"]).strip() == clean_line(f"check-in: {employee} (0007)").strip()
