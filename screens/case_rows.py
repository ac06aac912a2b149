"""A case as a row of the list, and as the preview beside it."""

import datetime as dt
from typing import Final

from piptui.cases.words import words
from piptui.dates import distance, show_date
from piptui.desk.api import CaseLine
from piptui.text import wrap
from screens.widgets.lines import Column
from screens.widgets.reader import Line

ABOUT: Final = "About"
COLUMNS: Final = (
    Column("", 1),
    Column("Case", 4),
    Column("Employee", 13, grow=2, first=18),
    Column(ABOUT, 8, grow=2, shown_from=72),
    Column("Stage", 12),
    Column("Day", 6, shown_from=50),
    Column("Goals", 6, shown_from=66),
    Column("Next", 15, grow=1, shown_from=56),
)
MANAGER: Final = Column("Manager", 8, grow=2, shown_from=60)
"""Instead of what a case is about, where the list is narrowed or sorted by manager."""

ORDERS: Final = {
    "attention": "what needs somebody",
    "employee": "employee",
    "next": "what is next",
    "end": "the end of the plan",
    "opened": "the day of opening",
    "stage": "stage",
    "manager": "manager",
    "case": "number",
}
"""The orders of the list that `s` goes through, as the desk is asked, and in words."""


def order_words(sort: str) -> str:
    """An order in words, "" being the usual one; the desk takes it with a minus for the other way round."""
    name = sort.removeprefix("-") or "attention"
    return ORDERS.get(name, name) + (", the other way round" if sort.startswith("-") else "")


def next_thing(line: CaseLine, today: dt.date) -> str:
    """What comes next and when, short: "17 Nov check-in", "today check-in"; the result of a closed case."""
    if line.stage == "closed":
        return words(line.result)
    if line.next_on is None:
        return line.next_what
    day = "today" if line.next_on == today else show_date(line.next_on, today).partition(" ")[2]
    return f"{day} {line.next_what}"


def _day(line: CaseLine) -> str:
    if line.day is None or not line.days:
        return ""
    return f"{line.day}/{line.days}" if line.days < 100 else f"{line.day}"


def cells(line: CaseLine, today: dt.date, *, manager: bool = False) -> tuple[str, ...]:
    """A case as the texts of its row, with what it is about or who manages it."""
    return (
        "!" if line.attention else " ",
        line.case,
        line.employee,
        line.manager if manager else line.about,
        words(line.stage),
        _day(line),
        f"{line.goals_met} of {line.goals}" if line.goals else "",
        next_thing(line, today),
    )


def preview(line: CaseLine, today: dt.date, width: int) -> list[Line]:
    """What a wide terminal shows of the case under the cursor."""
    period = f"{show_date(line.start, today)} to {show_date(line.end, today)}" if line.start and line.end else ""
    day = f", day {line.day} of {line.days}" if line.day is not None and line.days else ""
    facts = [
        f"{words(line.stage)}{day}" + (f": {words(line.result)}" if line.result else ""),
        period,
        f"plan v{line.version}" if line.version else "",
        f"manager {line.manager}" if line.manager else "",
        f"{line.manager_deputy} stands in" if line.manager_deputy else "",
        f"HR {line.hr_partner}" if line.hr_partner else "",
        f"{line.hr_deputy} stands in" if line.hr_deputy else "",
        f"{line.goals_met} of {line.goals} goal{'' if line.goals == 1 else 's'} met" if line.goals else "",
    ]
    if line.next_on is not None:
        facts += [f"Next: {line.next_what}", f"{show_date(line.next_on, today)}, {distance(line.next_on, today)}"]
    lines = [Line(f"{line.case} {line.employee}", "bold"), Line(line.about), Line()]
    lines += [Line(part) for sentence in line.attention for part in wrap(f"! {sentence}", width)]
    lines += [Line()] * bool(line.attention)
    return lines + [Line(part) for fact in filter(None, facts) for part in wrap(fact, width)]
