"""The few pieces a packet is built from: headings and tables of ours, text of theirs, dates and numbers.

Everything that a person wrote passes through `piptui.packets.escape`; headings are fixed words, ids and dates.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from piptui.anchor import SHORTEST, Anchor
from piptui.cases.plan import When
from piptui.packets.escape import block, cell, inline

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(on: dt.date | None) -> str:
    """A civil date for print, always with its year: "Tue 17 Nov 2026"; "" for none."""
    if on is None:
        return ""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def moment(at: dt.datetime) -> str:
    """An instant for print, in UTC: "2026-11-17 14:03:22 UTC"."""
    return f"{at.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"


def number(value: Decimal | None, unit: str = "") -> str:
    """A value with its unit, as it was entered; "" for none."""
    if value is None:
        return ""
    return f"{value:f} {unit}".rstrip()


def due(when: When | None) -> str:
    """A due date as rule and day: "week 6 (Fri 20 Nov 2026)"; a rule alone where no start is planned yet."""
    if when is None:
        return ""
    rule = f"week {when.week}" if when.week else f"day {when.day}" if when.day is not None else ""
    if not rule:
        return day(when.on)
    return f"{rule} ({day(when.on)})" if when.on else rule


class Paper:
    """A Markdown document under construction: blocks in order."""

    def __init__(self) -> None:
        self._blocks: list[str] = []

    def heading(self, level: int, words: str) -> None:
        """A heading of ours: never free text."""
        self._blocks.append(f"{'#' * level} {inline(words)}")

    def say(self, words: str) -> None:
        """A sentence of ours, which may quote names."""
        self._blocks.append(inline(words))

    def text(self, text: str, label: str = "") -> None:
        """A person's text; with a label, only if there is any."""
        if text.strip():
            self._blocks.append((f"**{inline(label)}:** " if label else "") + block(text))

    def quote(self, text: str, label: str = "") -> None:
        """Words kept verbatim, set off as a quotation; nothing for none."""
        if not text.strip():
            return
        if label:
            self._blocks.append(f"**{inline(label)}:**")
        self._blocks.append("\n".join(f"> {line}".rstrip() for line in block(text).split("\n")))

    def struck(self, text: str) -> None:
        """Crossed out, still readable."""
        lines = [inline(line) for line in text.split("\n")]
        self._blocks.append("\\\n".join(f"~~{line}~~" for line in lines if line) or "~~(no text)~~")

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """A two-column table of label and value; pairs without a value are left out."""
        rows = [pair for pair in pairs if pair[1].strip()]
        if rows:
            self.table(("", ""), rows)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table; its cells may hold anything."""
        lines = [f"| {' | '.join(inline(head) for head in heads)} |", f"|{' --- |' * len(heads)}"]
        lines += [f"| {' | '.join(cell(value) for value in row)} |" for row in rows]
        self._blocks.append("\n".join(lines))

    def list(self, items: Iterable[str]) -> None:
        """A bulleted list of single lines."""
        lines = [f"- {inline(item)}" for item in items]
        if lines:
            self._blocks.append("\n".join(lines))

    def __str__(self) -> str:
        return "\n\n".join(self._blocks) + "\n"


def write_foot(paper: Paper, head: Anchor, printed_on: dt.date, printed_by: str) -> None:
    """What ties a print to the record: its last commit, and what to type to compare it later."""
    paper.say(f"Printed on {day(printed_on)} by {printed_by}. Record {head.store}, seq {head.seq}, hash {head.hash}.")
    paper.say(
        "Whoever keeps this print can show later whether the record up to that seq is still as it was: piptui verify "
        f"--witness {head.seq}:{head.hash[:SHORTEST]} (the first {SHORTEST} digits are enough to type)."
    )
