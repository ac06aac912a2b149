"""What one term of a query means: a test of a case's line, and the words that say how it was understood."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from piptui.cases.words import STAGES, words
from piptui.dates import Order, read_date, show_date
from piptui.desk.api import CaseLine
from piptui.errors import BadInput
from piptui.text import fold, nearest, sentence_list

Match = Callable[[CaseLine], bool]


def whole_text(line: CaseLine) -> str:
    """What the list shows of a case, folded: where words are looked for."""
    parts = (line.case, line.employee, line.about, line.manager, line.hr_partner, words(line.stage), line.result)
    return fold(" ".join((*parts, line.next_what)))


@dataclass(frozen=True)
class Ground:
    """What terms are read against: today (civil date of the desk's zone), who asks, and how dates of digits are
    read; `text` gives what words are looked for in, folded."""

    today: dt.date
    me: str = ""
    order: Order = "mdy"
    text: Callable[[CaseLine], str] = whole_text


@dataclass(frozen=True)
class Term:
    """A test, and how it was understood."""

    match: Match
    told: str


TEXTS: Final[dict[str, Callable[[CaseLine], str]]] = {
    "manager": lambda line: f"{line.manager} {line.manager_deputy}",
    "hr": lambda line: f"{line.hr_partner} {line.hr_deputy}",
    "employee": lambda line: line.employee,
    "case": lambda line: line.case,
    "about": lambda line: line.about,
}
DATES: Final[dict[str, Callable[[CaseLine], dt.date | None]]] = {
    "due": lambda line: line.next_on,
    "start": lambda line: line.start,
    "end": lambda line: line.end,
    "opened": lambda line: line.opened_on,
}
NUMBERS: Final[dict[str, Callable[[CaseLine], int | None]]] = {
    "day": lambda line: line.day,
    "days": lambda line: line.days,
    "left": lambda line: line.days - line.day if line.days is not None and line.day is not None else None,
    "goals": lambda line: line.goals,
    "met": lambda line: line.goals_met,
    "version": lambda line: line.version,
}
FLAGS: Final[dict[str, tuple[str, Callable[[CaseLine, dt.date], bool]]]] = {
    "open": ("still open", lambda line, _: line.stage != "closed"),
    "closed": ("closed", lambda line, _: line.stage == "closed"),
    "needy": ("in need of somebody", lambda line, _: bool(line.attention)),
    "held": ("under a legal hold", lambda line, _: line.held),
    "overdue": ("overdue", lambda line, today: line.next_on is not None and line.next_on < today),
}
RESULTS: Final = ("successful", "partial", "unsuccessful", "withdrawn", "discarded", "open")
FIELDS: Final = ("stage", *TEXTS, *DATES, *NUMBERS, "is")
"""Every field, in the order in which they are told."""

_SPAN: Final = re.compile(r"([+-]?)(\d{1,4})([dwmy])", re.IGNORECASE)
_UNITS: Final = {"d": 1, "w": 7}
Sign = Literal[":", "<", "<=", ">", ">="]


def word(text: str, ground: Ground) -> Term:
    """A word or a phrase, anywhere in what the list shows."""
    wanted, read = fold(text), ground.text
    return Term(lambda line: wanted in read(line), f"“{text}”")


def term(name: str, sign: Sign, values: list[str], ground: Ground) -> Term:
    """`field:value,value` or `field<value`. Raises BadInput naming what is not known, and what is."""
    field = fold(name)
    if field not in FIELDS:
        hint = nearest(field, list(FIELDS))
        known = sentence_list([f"{one}:" for one in FIELDS])
        raise BadInput(
            f"The filter knows no field {name!r}." + (f" Did you mean {hint}:?" if hint else f" Known: {known}.")
        )
    if sign != ":" and field not in (*DATES, *NUMBERS):
        raise BadInput(f"{name}{sign} compares nothing: only {sentence_list([*DATES, *NUMBERS])} can be compared.")
    wanted = [value for value in values if value]
    if not wanted:
        return Term(lambda _: True, "")
    terms = [_one(field, sign, value, ground) for value in wanted]
    if len(terms) == 1:
        return terms[0]
    told = sentence_list([terms[0].told, *(one.told.removeprefix(f"{field} ") for one in terms[1:])], word="or")
    return Term(lambda line: any(one.match(line) for one in terms), told)


def _one(field: str, sign: Sign, value: str, ground: Ground) -> Term:
    if field == "stage":
        return _stage(fold(value).replace("-", "_"))
    if field == "is":
        return _flag(fold(value), ground)
    if field in TEXTS:
        read, me = TEXTS[field], fold(value) == "me" and bool(ground.me)
        wanted = fold(ground.me if me else value)
        return Term(lambda line: wanted in fold(read(line)), f"{field} “{ground.me if me else value}”")
    if field in DATES:
        return _date(field, sign, value, ground)
    return _number(field, sign, value)


def _stage(value: str) -> Term:
    named = value.replace("_", "")
    stages = [stage for stage in (*STAGES, "review") if stage.replace("_", "").startswith(named)]
    ends = [result for result in RESULTS if result.startswith(value)]
    if not stages and not ends:
        raise BadInput(f"There is no stage {value!r}. Stages: {sentence_list([*STAGES, *RESULTS])}.")
    wanted = {*stages, *(("in_review", "final_review") if "review" in stages else ())}

    def match(line: CaseLine) -> bool:
        open_too = "open" in ends and line.stage != "closed"
        return line.stage in wanted or line.result in ends or open_too

    told = [words(one) for one in dict.fromkeys([*(one for one in stages if one != "review"), *ends])]
    if "review" in stages:
        told = list(dict.fromkeys([*told, words("in_review"), words("final_review")]))
    return Term(match, f"stage {sentence_list(told, word='or')}")


def _flag(value: str, ground: Ground) -> Term:
    found = [name for name in FLAGS if name.startswith(value)]
    if not found:
        raise BadInput(f"Nothing is {value!r}. A case is {sentence_list(list(FLAGS), word='or')}.")
    told, test = FLAGS[found[0]]
    return Term(lambda line: test(line, ground.today), told)


def _date(field: str, sign: Sign, value: str, ground: Ground) -> Term:
    read, day = DATES[field], day_of(value, ground)
    label = {"due": "next thing due", "opened": "opened", "start": "begins", "end": "ends"}[field]
    test, told = _COMPARED[sign]

    def match(line: CaseLine) -> bool:
        on = read(line)
        return on is not None and test(on.toordinal(), day.toordinal())

    return Term(match, f"{label} {told[0]} {show_date(day, ground.today)}")


def day_of(value: str, ground: Ground) -> dt.date:
    """A day as typed: `7d`, `-30d`, `2w`, `3m`, `1y` from today, or any date that piptui reads. Raises BadInput."""
    if span := _SPAN.fullmatch(value):
        sign, count, unit = span[1], int(span[2]), span[3].lower()
        count = -count if sign == "-" else count
        try:
            if unit in _UNITS:
                return ground.today + dt.timedelta(days=count * _UNITS[unit])
            return _months(ground.today, count * (12 if unit == "y" else 1))
        except (OverflowError, ValueError):
            raise BadInput(f"{value!r} from today is no day of the calendar. Write it like 7d or 2w.") from None
    return read_date(value, ground.today, order=ground.order)


def _months(day: dt.date, count: int) -> dt.date:
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(months)


def _share(sign: Sign, wanted: int) -> Term:
    """Goals met in percent of all goals; a case without goals has no share."""
    test, told = _COMPARED[sign]
    return Term(
        lambda line: line.goals > 0 and test(100 * line.goals_met, wanted * line.goals),
        f"share of goals met {told[1]}{wanted}%",
    )


def _number(field: str, sign: Sign, value: str) -> Term:
    share = value.removesuffix("%")
    if field == "goals" and share != value and share.isascii() and share.isdigit() and len(share) <= 3:
        return _share(sign, int(share))
    if not (value.isascii() and value.isdigit() and len(value) <= 6):
        raise BadInput(f"{field}{sign}{value} needs a whole number, such as {field}{sign}40.")
    read, wanted = NUMBERS[field], int(value)
    test, told = _COMPARED[sign]

    def match(line: CaseLine) -> bool:
        number = read(line)
        return number is not None and test(number, wanted)

    label = {"met": "goals met", "left": "days left", "version": "plan version"}.get(field, field)
    return Term(match, f"{label} {told[1]}{wanted}")


_COMPARED: Final[dict[Sign, tuple[Callable[[int, int], bool], tuple[str, str]]]] = {
    ":": (lambda one, other: one == other, ("on", "")),
    "<": (lambda one, other: one < other, ("before", "under ")),
    "<=": (lambda one, other: one <= other, ("until", "at most ")),
    ">": (lambda one, other: one > other, ("after", "over ")),
    ">=": (lambda one, other: one >= other, ("from", "at least ")),
}
