"""What needs somebody: now, soon, and what waits for others."""

import datetime as dt
from typing import Literal

from piptui.cases.words import Role
from piptui.desk.api.base import Plain

Group = Literal["overdue", "today", "ahead", "waiting"]
"""Mine and late, mine today (or as soon as possible), mine soon, and somebody else's that is late or due."""


class DueLine(Plain, frozen=True):
    """Something due: `overdue` in days (0: today or later), `on` a civil date in the case's zone (None: as soon as
    possible), `at` HH:MM in `zone` where a time is agreed. `role` says whose move it is and `who` their name;
    `stands_for` names whom the actor stands in for. `act` settles it, begun with `data`."""

    case: str
    employee: str
    on: dt.date | None
    what: str
    detail: str
    overdue: int
    who: str = ""
    about: str = ""
    at: str = ""
    zone: str = ""
    role: Role = "manager"
    group: Group = "ahead"
    act: str = ""
    data: dict[str, str] = {}
    stands_for: str = ""


class Agenda(Plain, frozen=True):
    """Everything due for somebody: `whose` in words; lines by group, in each the oldest first. `needs` counts what is
    overdue or due today, `waiting` what waits for others, `open` the open cases that were looked at; `counts` all of
    each group, also what was left out of `lines`."""

    whose: str
    today: dt.date
    days: int
    lines: tuple[DueLine, ...] = ()
    needs: int = 0
    waiting: int = 0
    open: int = 0
    counts: dict[Group, int] = {}
