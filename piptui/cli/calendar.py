"""What is due as a calendar (RFC 5545), for mail programs and phones.

Events are named by what they are, so that a second file replaces the entries of the first instead of doubling them.
"""

import datetime as dt
import hashlib

from piptui.dates import slot_instant
from piptui.desk.api import Agenda, DueLine
from piptui.text import clean_line

MINUTES = 30
"""How long a meeting is entered for: its time is agreed, its end is not."""


def calendar_of(agenda: Agenda, store: str) -> bytes:
    """The agenda as a calendar file; `store` is the id of the store, so that two stores' events differ."""
    from icalendar import Calendar, Event  # only this format needs it

    calendar = Calendar()
    calendar.add("prodid", "-//piptui//due//EN")
    calendar.add("version", "2.0")
    for line in agenda.lines:
        event = Event()
        event.add("uid", _uid(line, store))
        event.add("dtstamp", dt.datetime.combine(agenda.today, dt.time(), tzinfo=dt.UTC))
        event.add("summary", clean_line(f"{line.what}: {line.employee} ({line.case})"))
        told = [line.about, line.detail, f"by {line.who}" if line.who else ""]
        event.add("description", clean_line(" - ".join(part for part in told if part), limit=None))
        start = line.on or agenda.today
        if line.at:
            # As an instant: a zone's rules need not travel with the file.
            begins = slot_instant(start, line.at, line.zone).astimezone(dt.UTC)
            event.add("dtstart", begins)
            event.add("dtend", begins + dt.timedelta(minutes=MINUTES))
        else:
            event.add("dtstart", start)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _uid(line: DueLine, store: str) -> str:
    what = "\0".join((store, line.case, line.what, line.data.get("slot", "") or line.detail))
    return f"{hashlib.sha256(what.encode()).hexdigest()[:32]}@piptui"
