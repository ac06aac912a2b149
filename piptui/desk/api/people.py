"""People of the directory, and what an import of them did."""

import datetime as dt

from piptui.desk.api.base import Plain


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
    """What an import did, or would do (`dry_run`)."""

    added: int
    updated: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
    columns: dict[str, str]
    unused: tuple[str, ...]
    key: str
    notes: tuple[str, ...]
    dry_run: bool = False
