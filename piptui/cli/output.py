"""Plain lines for people, JSON for programs. No control character of stored text reaches a terminal."""

import json
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from piptui.text import clean, clean_line, fit, width, wrap

# JSON escapes C0 by itself; these would still be obeyed by some terminals, or cannot be written.
_OBEYED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")

_NARROWEST = 12


def to_json(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON text: keys are the names of the fields, dates ISO, numbers with decimals as text."""
    text = json.dumps(msgspec.to_builtins(value, str_keys=True), ensure_ascii=not _unicode(), indent=indent)
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _unicode() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"


def say(*lines: str) -> None:
    """Lines for a person, cleaned."""
    for line in lines:
        sys.stdout.write(clean(line, limit=None) + "\n")


def emit(value: Any) -> None:
    """One thing as one JSON object on one line."""
    sys.stdout.write(to_json(value) + "\n")


def emit_lines(values: Iterable[Any]) -> None:
    """Several things as JSON Lines."""
    for value in values:
        emit(value)


def columns() -> int:
    """Cells of a line: the terminal's, or 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80


def table(rows: Sequence[Sequence[str]], heads: Sequence[str] = ()) -> list[str]:
    """Rows in aligned columns, two spaces apart; empty columns take no room. On a terminal too narrow for them
    the widest columns are cut, never elsewhere: a pipe gets every word."""
    lines = [[clean_line(value, limit=None) for value in row] for row in ([heads, *rows] if heads else rows)]
    if not lines:
        return []
    body = lines[1:] if heads else lines
    used = [i for i in range(len(lines[0])) if any(line[i] for line in body)]
    widths = {i: max(width(line[i]) for line in lines) for i in used}
    if sys.stdout.isatty():
        _narrow(widths, columns())
    return ["  ".join(fit(line[i], widths[i]) for i in used).rstrip() for line in lines]


def _narrow(widths: dict[int, int], room: int) -> None:
    """Take cells from the widest columns until a line fits, or no column is wide."""
    while sum(widths.values()) + 2 * (len(widths) - 1) > room:
        widest = max(widths, key=lambda i: widths[i])
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1


def paragraph(text: str, indent: str = "") -> list[str]:
    """Text broken into lines that fit, each indented."""
    room = columns() - len(indent)
    return [(indent + line).rstrip() for line in wrap(clean(text, limit=None), max(room, 20))]


def bullets(items: Iterable[str]) -> list[str]:
    """Each text as a point of a list, broken into lines that fit."""
    return [part for one in items for part in paragraph(f"- {one}", "  ")]


def counted(number: int, what: str) -> str:
    """A number of things: "1 text", "3 texts"."""
    return f"{number} {what}{'' if number == 1 else 's'}"
