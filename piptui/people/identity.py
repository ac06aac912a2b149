"""Which column tells persons apart, and which rows of a file it fails to tell apart."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from piptui.errors import Refused
from piptui.people.columns import KEY_FIELDS, find_header, fold_header
from piptui.people.names import comparable
from piptui.people.table import Record
from piptui.text import sentence_list

FEWEST_TO_JUDGE: Final = 20
"""Rows from which on a guessed column that fails most of them is given up as a whole; fewer are judged singly."""

_NO_VALUE: Final = frozenset({"nan", "n/a", "na", "#n/a", "null", "none", "nil", "-", "--", "–", "—"})


class Key(NamedTuple):
    """The identifying column: its header, its position, and what it is called in `Person.keys`."""

    header: str
    at: int
    kind: str

    def of(self, record: Record) -> str:
        """Give the cell that identifies the row, blank where there is none."""
        return without_filler(record.cells[self.at], self.kind)


class Census(NamedTuple):
    """Rows by what their key says. `shared` maps the line of each row whose key others have, too, although they
    differ, to all those lines; `repeats` maps the line of an identical row to the line of the first such row.
    """

    blank: frozenset[int]
    shared: dict[int, list[int]]
    repeats: dict[int, int]
    values: int


def without_filler(cell: str, field: str) -> str:
    """Blank the words that exports write for nothing ("NaN", "N/A", "null", "-"); a name may be Null."""
    return "" if field not in ("name", "given", "family") and cell.casefold() in _NO_VALUE else cell


def choose_key(
    headers: Sequence[str], columns: Mapping[str, str], records: Sequence[Record], said: str | None
) -> tuple[Key, Census, str]:
    """Give the identifying column, what it says about the rows, and a note if a better column was passed over.

    `said` is the header that the user names: it is taken as it is. Otherwise the number identifies, else the
    e-mail address, else the login. A column is passed over that is blank in all rows, or that in a file of
    FEWEST_TO_JUDGE rows or more is blank or shared in most. Raises Refused where none is left, and BadInput
    where `said` is no header.
    """
    sound = [record for record in records if not record.fault]
    if said is not None:
        header = find_header(said, headers, "--key")
        key = Key(header, headers.index(header), _kind_of(header, columns))
        return key, take_census(sound, key), ""
    reasons: list[str] = []
    for field in KEY_FIELDS:
        if field in columns:
            key = Key(columns[field], headers.index(columns[field]), field)
            census = take_census(sound, key)
            reason = _useless(key, census, len(sound))
            if not reason:
                return key, census, f"{reasons[0]}: {key.header} identifies instead." if reasons else ""
            reasons.append(reason)
    why = "; ".join(reasons) or "there is no column with an employee number, an e-mail address or a login"
    way = f"Name the identifying column with --key HEADER; the file has {sentence_list(headers)}."
    raise Refused(f"Nothing in this file tells its persons apart: {why}. {way}", tuple(reasons) or (why,))


def take_census(records: Sequence[Record], key: Key) -> Census:
    """Sort rows by their key. Rows are compared in all their cells, whether a field reads them or not."""
    blank: list[int] = []
    groups: dict[str, list[Record]] = {}
    for record in records:
        value = key.of(record)
        if value:
            groups.setdefault(comparable(key.kind, value), []).append(record)
        else:
            blank.append(record.line)
    shared: dict[int, list[int]] = {}
    repeats: dict[int, int] = {}
    for group in groups.values():
        lines = [record.line for record in group]
        if any(record.cells != group[0].cells for record in group):
            shared.update(dict.fromkeys(lines, lines))
        else:
            repeats.update(dict.fromkeys(lines[1:], lines[0]))
    return Census(frozenset(blank), shared, repeats, len(groups))


def also_on(line: int, lines: Sequence[int]) -> str:
    """Say where else than on `line` (0: everywhere): "line 9", "lines 3, 9 and 14", "lines 3, 9 and 212 more"."""
    first = [other for other in lines[:4] if other != line][:3]
    more = len(lines) - (line in lines) - len(first)
    if more > 0:
        return f"lines {first[0]}, {first[1]} and {more + 1} more"
    return f"line{'s' if len(first) > 1 else ''} {sentence_list([str(other) for other in first])}"


def _kind_of(header: str, columns: Mapping[str, str]) -> str:
    field = next((field for field, known in columns.items() if known == header), "")
    return field or ("number" if "number" not in columns else fold_header(header) or header)


def _useless(key: Key, census: Census, rows: int) -> str:
    """Why a column identifies nobody; "" where it will do."""
    told_apart = rows - len(census.repeats)
    failed = len(census.blank) + len(census.shared)
    if not rows or (census.values and (told_apart < FEWEST_TO_JUDGE or failed * 2 <= told_apart)):
        return ""
    values = "1 value" if census.values == 1 else f"{census.values} values"
    return f'"{key.header}" has {values} on {rows} rows, {len(census.blank)} blank'
