"""What an HR export was found to hold, and what it would change: plain data, ready for JSON."""

import datetime as dt

import msgspec

from piptui.people.records import Person


class Refusal(msgspec.Struct, frozen=True):
    """A row that was not taken. `line` is the physical line on which it starts; the header is usually 1."""

    line: int
    why: str


class Repeat(msgspec.Struct, frozen=True):
    """A row equal in every cell to the one on line `first`, which was taken instead."""

    line: int
    first: int


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One person as a file has them.

    `line` is the physical line on which the row starts. `key` is the cell that identifies, cleaned. `values`
    holds cleaned text by field (see `columns.FIELDS`) and no blanks; the name is already put together. Both
    days are civil dates; None where the cell was blank or the file has no such column.
    """

    line: int
    key: str
    values: dict[str, str]
    hired_on: dt.date | None = None
    left_on: dt.date | None = None


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """An HR export, read and judged row by row; nothing is stored yet.

    `source` is the file's name without folders. `columns` tells which header was taken for which field,
    `unused` the headers that were not. `key` is the header that identifies, `kind` what it is called in
    `Person.keys`. `order` says per date column how days were written: "iso", "words", "serial", "mdy", "dmy".
    `total` counts rows with content: each is in `rows`, `refused` or `repeated`. `headers` are all columns as they
    stand, `sample` the cells of the first sound rows, in the same order.
    """

    source: str
    columns: dict[str, str]
    unused: tuple[str, ...]
    key: str
    kind: str
    delimiter: str
    encoding: str
    order: dict[str, str]
    rows: tuple[Row, ...]
    refused: tuple[Refusal, ...]
    repeated: tuple[Repeat, ...]
    total: int
    notes: tuple[str, ...]
    headers: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()


class ImportPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What an import would do: persons to add and to change, each with their id.

    `refused` and `notes` include those of the file itself, so that one list names everything.
    """

    adds: tuple[tuple[str, Person], ...]
    updates: tuple[tuple[str, Person], ...]
    unchanged: int
    refused: tuple[Refusal, ...]
    notes: tuple[str, ...]
