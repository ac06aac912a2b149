"""A file of cells as text: encoding, delimiter, records with the line on which each starts.

Lines are walked by hand, not left to one CSV reader: a quotation mark that never closes would swallow the rows
below it without a word. Here it costs its own row, and reading goes on with the next line.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import Final, NamedTuple

from piptui.errors import BadInput, NotFound, PiptuiError
from piptui.text import clean_line

CELL_LIMIT: Final = 1_000
"""Characters that one cell may have; a name or a job title is shorter."""

_DELIMITERS: Final = (",", ";", "\t", "|")
_LONGEST_RECORD: Final = 100  # physical lines; a quotation mark open for longer was a slip
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\s*\Z", re.IGNORECASE)  # Excel's own first line
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


class Record(NamedTuple):
    """One row: its first physical line (from 1), its cleaned cells, what is wrong with its form, or "", and
    whether control characters were taken out of it."""

    line: int
    cells: tuple[str, ...]
    fault: str
    cleaned: bool = False


class Table(NamedTuple):
    """A file as cells. Each record without a fault has as many cells as there are headers; blank rows are gone."""

    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    records: tuple[Record, ...]


def read_table(path: str | PathLike[str]) -> Table:
    """Read a delimited text file whose first line with content is the header.

    Raises NotFound where there is no such file and BadInput where it is no readable table.
    """
    where = Path(path)
    text, encoding = _decode(_bytes_of(where), where.name)
    lines = io.StringIO(text, newline="").readlines()
    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    said = _SEPARATOR_LINE.match(lines[start]) if start < len(lines) else None
    start += said is not None
    if start >= len(lines):
        raise BadInput(f"{where.name} is empty. Export it again, with a header line.")
    delimiter = said[1] if said else _guess_delimiter("".join(lines[start : start + _LONGEST_RECORD]))
    raw, used, fault = _one(lines, start, delimiter)
    headers = _trimmed(tuple(map(_clean_header, raw)))
    if fault or not headers:
        raise BadInput(f"{where.name}, line {start + 1}: the header line cannot be read; {fault or 'it is blank'}.")
    return Table(encoding, delimiter, headers, tuple(_records(lines, start + used, delimiter, len(headers))))


def _bytes_of(where: Path) -> bytes:
    try:
        data = where.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"There is no file {where}.") from None
    except OSError as error:
        raise BadInput(f"{where} cannot be read: {error.strerror}.") from error
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput(f"{where.name} is a spreadsheet. Save it as CSV (UTF-8) and import that file.")
    return data


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """The text without byte-order mark, and the name of its encoding."""
    for encoding in _encodings(data):
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding
        except UnicodeDecodeError:
            continue
    raise BadInput(f"{name} is neither UTF-8 nor UTF-16 nor Windows-1252 text. Save it as CSV (UTF-8).")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if data.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    head = data[:200]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(zeros) > 1 and zeros.count(0) * 2 > len(zeros):
            return (encoding,)
    return ("utf-8", "cp1252")


def _guess_delimiter(text: str) -> str:
    """The commonest delimiter of the header, which ends at the first line end outside quotation marks."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for char in text:
        if char == '"':
            quoted = not quoted
        elif not quoted and char in "\r\n":
            break
        elif not quoted and char in counts:
            counts[char] += 1
    return max(_DELIMITERS, key=counts.__getitem__)


def _records(lines: Sequence[str], start: int, delimiter: str, width: int) -> Iterator[Record]:
    i = start
    while i < len(lines):
        raw, used, fault = _one(lines, i, delimiter)
        if len(raw) > width:
            raw = _joined(raw, delimiter)
        cells, dirt = _clean_cells(raw)
        cells, misfit = _fitted(cells, width)
        if used > 1 and misfit:
            used, fault = 1, "a quotation mark opens here and does not close in this row"
        if fault or any(cells):
            yield Record(i + 1, cells, fault or misfit or dirt, any(map(_CONTROL.search, raw)))
        i += used


def _one(lines: Sequence[str], i: int, delimiter: str) -> tuple[Sequence[str], int, str]:
    """The record that starts on line i (from 0), how many lines it takes, and a fault; with one, a single line."""
    if '"' not in lines[i]:
        return lines[i].rstrip("\r\n").split(delimiter), 1, ""
    window = iter(lines[i : i + _LONGEST_RECORD])
    reader = csv.reader(window, delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        return next(reader), reader.line_num, ""
    except csv.Error as error:
        if "end of data" in str(error):
            return (), 1, "a quotation mark opens here and never closes"
        return (), 1, "a quotation mark stands where none may be; inside quoted text it is doubled"


def _joined(raw: Sequence[str], delimiter: str) -> Sequence[str]:
    """Put together again what single quotation marks held: some products write 'Sales; North' in a row with ";".

    Only for rows with too many cells: an apostrophe may begin a name ('t Hart) and mean nothing.
    """
    cells: list[str] = []
    i = 0
    while i < len(raw):
        end = _closing(raw, i)
        cells.append(delimiter.join(raw[i : end + 1])[1:-1] if end > i else raw[i])
        i = end + 1
    return cells


def _closing(raw: Sequence[str], i: int) -> int:
    """Where the single quotation mark that opens cell i closes; i where none opens or closes."""
    if raw[i].startswith("'") and not raw[i][1:].endswith("'"):
        for j in range(i + 1, len(raw)):
            if raw[j].startswith("'"):
                break
            if raw[j].endswith("'"):
                return j
    return i


def _clean_cells(raw: Sequence[str]) -> tuple[tuple[str, ...], str]:
    fault = ""
    cells: list[str] = []
    for cell in raw:
        if cell.isascii() and cell.isprintable() and "  " not in cell and len(cell) <= CELL_LIMIT:
            cells.append(cell.strip())
            continue
        if "\x00" in cell:
            fault = "it holds a NUL byte: the file is damaged here"
        try:
            cells.append(clean_line(cell, limit=CELL_LIMIT))
        except PiptuiError:
            fault = f"a cell has more than {CELL_LIMIT} characters"
            cells.append("")
    return tuple(cells), fault


def _fitted(cells: tuple[str, ...], width: int) -> tuple[tuple[str, ...], str]:
    """Blank cells beyond the last header are let go; any other difference is a fault."""
    if len(cells) > width:
        cells = _trimmed(cells, least=width)
    if len(cells) == width or not any(cells):
        return cells, ""
    return cells, f"{len(cells)} cells where the header has {width}"


def _clean_header(cell: str) -> str:
    try:
        return clean_line(cell, limit=CELL_LIMIT)
    except PiptuiError:
        raise BadInput("The header line holds a very long cell. Is this a table with a header?") from None


def _trimmed(cells: tuple[str, ...], least: int = 0) -> tuple[str, ...]:
    width = len(cells)
    while width > least and not cells[width - 1]:
        width -= 1
    return cells[:width]
