"""Numbers and days as screens print them."""

import datetime as dt
from decimal import Decimal

from piptui.dates import in_zone, show_date

NOTHING = "-"


def number(value: Decimal | None, unit: str = "") -> str:
    """A number without trailing zeros; a percent sign goes with it, other units stand beside the goal."""
    if value is None:
        return NOTHING
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} %" if unit.strip() == "%" else text


def day(on: dt.date | None, today: dt.date) -> str:
    """A day without its weekday: "17 Nov", with the year where it is not this one; "-" for none."""
    return show_date(on, today).partition(" ")[2] if on else NOTHING


def stamp(at: dt.datetime, zone: str, today: dt.date) -> str:
    """When something was recorded, on the reader's clocks: "17 Nov 14:02"."""
    there = in_zone(at, zone)
    return f"{day(there.date(), today)} {there:%H:%M}"
