"""Columns of dates in HR exports: ISO, either numeric order, month names, spreadsheet serials.

One cell cannot tell 04/05 from 05/04; its column often can. So a column is read as a whole.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from piptui.people.columns import fold_header

DayOrder = Literal["mdy", "dmy"]
"""Which comes first where only numbers are written: the month, or the day."""

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*)?\Z|(\d{4})(\d\d)(\d\d)\Z")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,]+\d{1,2}:.*)?\Z")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?\Z")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_SERIAL_START: Final = dt.date(1899, 12, 30)
_FILLERS = re.compile(r"st|nd|rd|th|of|de|le|de[nr]|er|am|on|(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?")
# English, German and French, folded; what an export writes, long or short.
_MONTHS: Final = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar janner janv janvier",
            "february feb februar febr fev fevr fevrier",
            "march mar marz maerz mrz mars",
            "april apr avr avril",
            "may mai",
            "june jun juni juin",
            "july jul juli juil juillet",
            "august aug aout",
            "september sep sept septembre",
            "october oct oktober okt octobre",
            "november nov novembre",
            "december dec dezember dez decembre",
        ),
        1,
    )
    for word in words.split()
}
_OPEN_ENDS: Final = (dt.date(9999, 12, 31), dt.date(2999, 12, 31))
_BLANK_WORDS: Final = frozenset({"nastillemployed", "stillemployed", "00000000", "open", "current", "present"})
_WORD_FOR: Final = {"mdy": "month first", "dmy": "day first"}


class Days(NamedTuple):
    """A column of civil dates: per cell the day (None if blank) and what is wrong ("" if nothing).

    `order` says how it was read ("iso", "words", "serial", "mdy", "dmy"; blank for no dates); `note` what had
    to be assumed.
    """

    days: list[dt.date | None]
    faults: list[str]
    order: str
    note: str


class _Numeric(NamedTuple):
    """Three numbers of which the first two may be day and month in either order."""

    first: int
    second: int
    year: int
    dotted: bool

    def day(self, order: str) -> dt.date | None:
        month, day = (self.first, self.second) if order == "mdy" else (self.second, self.first)
        return _date(self.year, month, day)


_Shape = dt.date | _Numeric | str  # a day, a day once the order is known, or what is wrong


def read_days(cells: Sequence[str], header: str, order: DayOrder | None = None) -> Days:
    """Read a column of cells that came under `header`.

    A value that only one order can read decides for the column (for dotted values and all others apart); a
    column with both is read as most of them are, and the others are faults. Where nothing decides, `order`
    does, then the header ("dd/mm/yyyy"), else the month is first, and the day in dotted values.
    """
    filled = [cell for cell in cells if cell and not _is_blank(cell)]
    if filled and all(_SERIAL.match(cell) for cell in filled):
        days = [_from_serial(cell) for cell in cells]
        return Days(days, [""] * len(cells), "serial", "")
    shapes = [None if _is_blank(cell) else _shape(cell) for cell in cells]
    orders: dict[bool, str] = {}
    notes = []
    for dotted in (False, True):
        numeric = [shape for shape in shapes if isinstance(shape, _Numeric) and shape.dotted is dotted]
        if numeric:
            fallback = order or _hint(header) or ("dmy" if dotted else "mdy")
            orders[dotted], doubtful = _decide(numeric, order, fallback)
            if doubtful:
                notes.append(_note(header, orders[dotted], dotted=dotted))
    found = [_resolve(cell, shape, header, orders) for cell, shape in zip(cells, shapes, strict=True)]
    label = ", ".join(dict.fromkeys(orders.values())) or _label(cells, shapes)
    return Days([day for day, _ in found], [fault for _, fault in found], label, " ".join(notes))


def _decide(numeric: Sequence[_Numeric], order: str | None, fallback: str) -> tuple[str, bool]:
    """The order of a column, and whether it had to be assumed although it makes a difference."""
    votes = {"mdy": 0, "dmy": 0}
    for value in numeric:
        month_first, day_first = value.day("mdy"), value.day("dmy")
        if month_first and not day_first:
            votes["mdy"] += 1
        elif day_first and not month_first:
            votes["dmy"] += 1
    if votes["mdy"] != votes["dmy"]:
        return max(votes, key=votes.__getitem__), False
    return fallback, order is None and any(value.day("mdy") != value.day("dmy") for value in numeric)


def _resolve(cell: str, shape: _Shape | None, header: str, orders: dict[bool, str]) -> tuple[dt.date | None, str]:
    if shape is None:
        return None, ""
    if isinstance(shape, str):
        return None, f'{header} "{cell[:40]}" {shape}'
    if isinstance(shape, _Numeric):
        order = orders[shape.dotted]
        day = shape.day(order)
        if day is None:
            other = shape.day("dmy" if order == "mdy" else "mdy")
            why = f"does not fit: this column has the {_WORD_FOR[order]}" if other else "is no day of the calendar"
            return None, f'{header} "{cell[:40]}" {why}'
        shape = day
    return (None if shape in _OPEN_ENDS else shape), ""


def _shape(cell: str) -> _Shape:
    if found := _ISO.match(cell):
        year, month, day = (int(part) for part in (found[1] or found[5], found[3] or found[6], found[4] or found[7]))
        return _date(year, month, day) or "is no day of the calendar"
    if found := _NUMERIC.match(cell):
        return _Numeric(int(found[1]), int(found[3]), _year(found[4]), found[2] == ".")
    return _from_words(cell)


def _from_words(cell: str) -> _Shape:
    """ "5 Apr 2018", "April 5th, 2018", "15-Apr-26", "Fri, 5. März 2019"; a time after the year is dropped."""
    folded = (fold_header(word) for word in _WORDS.findall(cell.partition(":")[0]))
    words = [word for word in folded if not _FILLERS.fullmatch(word)][:3]
    month = next((i for i, word in enumerate(words) if word in _MONTHS), None)
    if month is None or len(words) < 3 or not all(w.isdecimal() for i, w in enumerate(words) if i != month):
        return "is not a date"
    first, second = (word for i, word in enumerate(words) if i != month)
    day, year = (second, first) if len(first) == 4 else (first, second)
    if len(day) > 2 or len(year) not in (2, 4):
        return "is not a date"
    return _date(_year(year), _MONTHS[words[month]], int(day)) or "is no day of the calendar"


def _from_serial(cell: str) -> dt.date | None:
    found = _SERIAL.match(cell)
    return _SERIAL_START + dt.timedelta(days=int(found[1])) if found else None


def _year(text: str) -> int:
    """Two digits mean 1950 to 2049: nobody hired before that is still employed."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year >= 50 else 2000)


def _date(year: int, month: int, day: int) -> dt.date | None:
    if year < 1900:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _is_blank(cell: str) -> bool:
    return not cell or fold_header(cell) in _BLANK_WORDS


def _hint(header: str) -> str:
    folded = fold_header(header)
    return "dmy" if "ddmm" in folded or "ttmm" in folded or "jjmm" in folded else "mdy" if "mmdd" in folded else ""


def _label(cells: Sequence[str], shapes: Sequence[_Shape | None]) -> str:
    read = [cell for cell, shape in zip(cells, shapes, strict=True) if isinstance(shape, dt.date)]
    if not read:
        return ""
    return "iso" if all(_ISO.match(cell) for cell in read) else "words"


def _note(header: str, order: str, *, dotted: bool) -> str:
    other = "dmy" if order == "mdy" else "mdy"
    which = "dotted dates" if dotted else "dates"
    return (
        f"{header}: no value settles which of its {which} come first, day or month; read with the "
        f"{_WORD_FOR[order]}. If that is wrong, import with --order {other}."
    )
