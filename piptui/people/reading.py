"""From an HR export to rows that are sound, and a reason for each that is not."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from piptui.errors import BadInput, Refused
from piptui.people.columns import DATE_FIELDS, guess_columns, label_headers
from piptui.people.days import DayOrder, Days, read_days
from piptui.people.found import Import, Refusal, Repeat, Row
from piptui.people.identity import Census, Key, also_on, choose_key, without_filler
from piptui.people.names import is_name, name_of
from piptui.people.table import Record, Table, read_table

SAMPLE = 5
"""Rows that are shown of a file before it is imported."""

_NAME_FIELDS = ("name", "given", "family")


def read_people(
    path: str | PathLike[str],
    *,
    mapping: Mapping[str, str] | None = None,
    key: str | None = None,
    order: DayOrder | None = None,
) -> Import:
    """Read an HR export: delimited text with a header line.

    Encoding, delimiter, columns and the order of numeric dates are guessed and told. `mapping` ({field:
    header}, a blank header for "do not read") goes before the guess; `key` names the header that identifies;
    `order` ("mdy", "dmy") decides for date columns that do not decide themselves. A bad row is refused by
    line and costs no other row; nothing is stored.

    Raises NotFound (no such file), BadInput (no table, an unknown field, header or order) and Refused where no
    column tells the persons apart.
    """
    if order not in (None, "mdy", "dmy"):
        raise BadInput(f'"{order}" is no order of dates. Say mdy (month first) or dmy (day first).')
    table = read_table(path)
    headers = label_headers(table.headers)
    columns = guess_columns(headers, mapping)
    source = Path(path).name
    try:
        identity, census, note = choose_key(headers, columns, table.records, key)
    except Refused as error:
        raise Refused(f"{source}: {error}", error.reasons) from None
    if identity.kind == "number":
        columns.setdefault("number", identity.header)
    rows = _Rows(headers, columns, identity, census, table.records, order)
    sound, refused = rows.judge()
    bad = {refusal.line for refusal in refused}
    repeated = tuple(Repeat(line, first) for line, first in census.repeats.items() if line not in bad)
    return Import(
        source=source,
        columns=columns,
        unused=tuple(header for header in headers if header not in columns.values() and header != identity.header),
        key=identity.header,
        kind=identity.kind,
        delimiter=table.delimiter,
        encoding=table.encoding,
        order={field: days.order for field, days in rows.days.items() if days.order},
        rows=sound,
        refused=refused,
        repeated=tuple(sorted(repeated, key=lambda repeat: repeat.line)),
        total=len(table.records),
        headers=headers,
        sample=tuple(islice((record.cells for record in table.records if not record.fault), SAMPLE)),
        notes=tuple(filter(None, (note, *_table_notes(table), *(days.note for days in rows.days.values())))),
    )


def _table_notes(table: Table) -> Iterator[str]:
    if table.encoding == "cp1252":
        yield "The file is not UTF-8 and was read as Windows-1252. Look whether accents came out right."
    cleaned = [record.line for record in table.records if record.cleaned and not record.fault]
    if cleaned:
        yield f"Control characters were taken out of the text of {also_on(0, cleaned)}."


class _Spell(NamedTuple):
    hired_on: dt.date | None
    left_on: dt.date | None


class _Rows:
    """The rows of a table on their way to be judged; date columns are read as a whole, before any row."""

    def __init__(
        self,
        headers: Sequence[str],
        columns: Mapping[str, str],
        key: Key,
        census: Census,
        records: Sequence[Record],
        order: DayOrder | None,
    ) -> None:
        self.key, self.census, self.records = key, census, records
        self.header_of = columns
        self.at = {field: headers.index(header) for field, header in columns.items()}
        self.texts = {field: at for field, at in self.at.items() if field not in DATE_FIELDS}
        self.named = any(field in columns for field in _NAME_FIELDS)
        sound = [record for record in records if not record.fault]
        self.place = {record.line: i for i, record in enumerate(sound)}
        self.days: dict[str, Days] = {}
        for field in DATE_FIELDS:
            if field in self.at:
                cells = [without_filler(record.cells[self.at[field]], field) for record in sound]
                self.days[field] = read_days(cells, columns[field], order)

    def judge(self) -> tuple[tuple[Row, ...], tuple[Refusal, ...]]:
        """Part the rows into sound ones and refusals; a repeat is judged by its first occurrence alone."""
        rows: list[Row] = []
        refused: list[Refusal] = []
        for record in self.records:
            row, why = self._judge_one(record)
            if why:
                refused.append(Refusal(record.line, why))
            elif row and record.line not in self.census.repeats:
                rows.append(row)
        return tuple(rows), tuple(refused)

    def _judge_one(self, record: Record) -> tuple[Row | None, str]:
        if record.fault:
            return None, record.fault
        values = {field: without_filler(record.cells[at], field) for field, at in self.texts.items()}
        values["name"], values["given"], values["family"] = name_of(values)
        spell, faults = self._spell(record.line)
        faults = [*self._key_faults(record), *faults]
        if self.named and not is_name(values["name"]):
            faults.append("no name")
        row = Row(
            line=record.line,
            key=self.key.of(record),
            values={field: value for field, value in values.items() if value},
            hired_on=spell.hired_on,
            left_on=spell.left_on,
        )
        return row, "; ".join(faults)

    def _key_faults(self, record: Record) -> list[str]:
        if record.line in self.census.blank:
            return [f"no {self.key.header}"]
        lines = self.census.shared.get(record.line)
        if lines:
            where = also_on(record.line, lines)
            return [f'{self.key.header} "{self.key.of(record)[:40]}" is also on {where}, with other content']
        return []

    def _spell(self, line: int) -> tuple[_Spell, list[str]]:
        i = self.place[line]
        hired_on, left_on = (self.days[field].days[i] if field in self.days else None for field in DATE_FIELDS)
        faults = [days.faults[i] for days in self.days.values() if days.faults[i]]
        if hired_on and left_on and left_on < hired_on:
            faults.append(f"{self.header_of['left_on']} {left_on} is before {self.header_of['hired_on']} {hired_on}")
        return _Spell(hired_on, left_on), faults
