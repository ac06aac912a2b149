"""People of the directory, and what an import of them did."""

import datetime as dt

from piptui.cases.notebook import NotebookKind
from piptui.cases.words import Class, Role
from piptui.desk.api.base import Plain
from piptui.desk.api.cases import CaseLine
from piptui.desk.api.removal import HoldLine


class PersonLine(Plain, frozen=True):
    """A person of the directory; `open_case` is the number of an open case that the actor may see."""

    id: str
    name: str
    number: str
    email: str
    title: str
    department: str
    manager: str
    left_on: dt.date | None = None
    open_case: str = ""


class RefusedRow(Plain, frozen=True):
    """A row of an import that was not taken: physical line and reason."""

    line: int
    why: str


class ImportReport(Plain, frozen=True):
    """What an import did, or would do (`dry_run`). `columns` tells which header was taken for which field, `headers`
    are all of the file in their order, `sample` the cells of its first rows, `fields` all that an import knows."""

    added: int
    updated: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
    columns: dict[str, str]
    unused: tuple[str, ...]
    key: str
    notes: tuple[str, ...]
    dry_run: bool = False
    headers: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    fields: tuple[str, ...] = ()


class SpellLine(Plain, frozen=True):
    """One spell of employment, civil dates."""

    hired_on: dt.date | None = None
    left_on: dt.date | None = None


class RoleLine(Plain, frozen=True):
    """A role for every case: from a day, until a day (inclusive) or until further notice. `holds` today."""

    role: Role
    since: dt.date
    until: dt.date | None = None
    holds: bool = False


class NoteLine(Plain, frozen=True):
    """A note of the notebook to show. `was` are earlier texts behind a correction, `cases` the numbers of the cases
    that it was brought into, as far as the actor may see them."""

    id: str
    kind: NotebookKind
    cls: Class
    occurred_on: dt.date
    recorded_at: dt.datetime
    who: str
    role: str
    topic: str
    text: str
    next_step: str
    cases: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    struck: str = ""
    seq: int = 0
    removed: str = ""
    """When, by whom and why its text was removed from the record; "" where it was not."""


class PersonSheet(Plain, frozen=True):
    """Everything of one person that the actor may see: cases of all stages by number, notes by day. `handles` are
    the open cases of others in which they have a part now, such as those they manage.

    `own`: it is the actor's own page, and shows what is shared with them alone. `revision` is the highest seq among
    person and notes as the actor may see them."""

    line: PersonLine
    manager_id: str = ""
    logins: tuple[str, ...] = ()
    location: str = ""
    zone: str = ""
    status: str = ""
    spells: tuple[SpellLine, ...] = ()
    roles: tuple[RoleLine, ...] = ()
    cases: tuple[CaseLine, ...] = ()
    handles: tuple[CaseLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    holds: tuple[HoldLine, ...] = ()
    """The legal holds on the person; none on one's own page."""
    own: bool = False
    revision: int = 0
