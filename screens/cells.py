"""The screen as cells, and the shortest text that turns one screen into another.

Textual sends whole widgets; over a slow line that is what one waits for. Here only what differs is written: moved
lines by scrolling, ends of lines by erasing, and the rest cell by cell. Nothing here knows Textual or a terminal.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from piptui.text import clusters

Cell = tuple[str, str]
"""A text and its style as SGR codes ("" for none). The cell after a wide character holds an empty text."""

Row = list[Cell]

BLANK: Final[Cell] = (" ", "")
_RESET: Final = "\x1b[m"
_MOVED_ROWS: Final = 3
"""As many rows at least have to move together before scrolling is worth its own sequences."""
_GAP: Final = 7
"""Cells that did not change are written again rather than jumped over, up to this many: a jump costs as much."""


class _Made(dict[str, Cell]):
    """The cells of one style by their text, each made once, so that comparing rows mostly compares identities."""

    def __init__(self, sgr: str) -> None:
        super().__init__()
        self._sgr = sgr

    def __missing__(self, text: str) -> Cell:
        cell = BLANK if (text, self._sgr) == BLANK else (text, self._sgr)
        self[text] = cell
        return cell


class Canvas:
    """A screen of cells to paint on."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.rows: list[Row] = [[BLANK] * width for _ in range(height)]
        self._made: dict[str, _Made] = {}

    def copy(self) -> list[Row]:
        """The rows as they are now."""
        return [row[:] for row in self.rows]

    def paint(self, x: int, y: int, text: str, sgr: str) -> int:
        """Put a text in a style at a place, and give the column behind it. What lies outside is left out."""
        made = self._made.get(sgr)
        if made is None:
            made = self._made[sgr] = _Made(sgr)
        if text.isascii():
            cells = [made[char] for char in text]
        else:
            cells = []
            for part, taken in clusters(text):
                if taken == 0 and cells:
                    cells[-1] = made[cells[-1][0] + part]
                elif taken:
                    cells += [made[part], *[made[""]] * (taken - 1)]
        end = x + len(cells)
        if 0 <= y < self.height and x < self.width:
            row = self.rows[y]
            row[x:end] = cells
            del row[self.width :]
            self._mend(row, x)
            self._mend(row, min(end, self.width))
        return end

    def _mend(self, row: Row, x: int) -> None:
        """Where a wide character was cut in two, what is left of it becomes a blank."""
        if x < len(row) and row[x][0] == "" and (x == 0 or not _is_wide(row, x - 1)):
            row[x] = (" ", row[x][1])
        if 0 < x <= len(row) and _is_wide_alone(row, x - 1):
            row[x - 1] = (" ", row[x - 1][1])


def _is_wide(row: Row, x: int) -> bool:
    return row[x][0] != "" and sum(cells for _, cells in clusters(row[x][0])) > 1


def _is_wide_alone(row: Row, x: int) -> bool:
    text = row[x][0]
    if text == "" or text.isascii() or not _is_wide(row, x):
        return False
    return x + 1 >= len(row) or row[x + 1][0] != ""


class Pen:
    """Writes cells, and knows where the terminal's cursor is and which style it writes in."""

    def __init__(self, width: int) -> None:
        self.parts: list[str] = []
        self._width = width
        self._at: tuple[int, int] | None = None
        self._sgr: str | None = None

    def text(self) -> str:
        """Everything that was written."""
        return "".join(self.parts)

    def raw(self, text: str, sgr: str | None = None) -> None:
        """Write a sequence after which the place is not known; `sgr` is the style after it, None: not known."""
        self.parts.append(text)
        self._at, self._sgr = None, sgr

    def lost(self) -> None:
        """Forget where the cursor is."""
        self._at = None

    def go(self, x: int, y: int) -> None:
        """Move the cursor."""
        if self._at == (x, y):
            return
        if self._at is not None and self._at[1] == y and self._at[0] < x:
            ahead = x - self._at[0]
            self.parts.append(f"\x1b[{ahead}C" if ahead > 1 else "\x1b[C")
        elif self._at is not None and x == 0 and y == self._at[1] + 1:
            self.parts.append("\r\n")
        else:
            self.parts.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H")
        self._at = (x, y)

    def style(self, sgr: str) -> None:
        """Change the style."""
        if sgr == self._sgr:
            return
        if not sgr:
            self.parts.append(_RESET)
        else:
            self.parts.append(f"\x1b[{sgr}m" if self._sgr == "" else f"\x1b[0;{sgr}m")
        self._sgr = sgr

    def cells(self, x: int, y: int, cells: Sequence[Cell]) -> None:
        """Write cells from a place on."""
        self.go(x, y)
        for text, sgr in cells:
            if text:
                self.style(sgr)
                self.parts.append(text)
        end = x + len(cells)
        # In the last column a terminal's cursor waits, and where it then is differs from one to the next.
        self._at = (end, y) if end < self._width else None

    def erase(self, x: int, y: int) -> None:
        """Make the rest of a line blank."""
        self.go(x, y)
        self.style("")
        self.parts.append("\x1b[K")


def difference(old: Sequence[Row] | None, new: Sequence[Row], pen: Pen) -> None:
    """Write what turns the screen `old` into `new`; None is a screen of which nothing is known."""
    width = len(new[0]) if new else 0
    if old is None:
        pen.raw("\x1b[r\x1b[m\x1b[H\x1b[2J", "")
        old = [[BLANK] * width for _ in new]
    rows = list(old)
    move = _moved(rows, new)
    if move is not None:
        _scroll(rows, move, pen, width)
    for y, (before, after) in enumerate(zip(rows, new, strict=True)):
        if before != after:
            _line(before, after, y, pen)


def _line(before: Row, after: Row, y: int, pen: Pen) -> None:
    end = len(after)
    while end and after[end - 1] == BLANK:
        end -= 1
    if not (_plain(before) and _plain(after)):
        # Terminals do not agree how wide every character is: such a line is written whole, from its beginning.
        pen.cells(0, y, after[:end])
        pen.lost()
        if end < len(after):
            pen.erase(end, y)
        return
    tail = any(cell != BLANK for cell in before[end:])
    start = -1
    last = 0
    for x in range(end):
        if before[x] == after[x]:
            continue
        if start < 0:
            start = x
        elif x - last > _GAP:
            pen.cells(start, y, after[start : last + 1])
            start = x
        last = x
    if start >= 0:
        pen.cells(start, y, after[start : last + 1])
    if tail:
        pen.erase(end, y)


def _plain(row: Row) -> bool:
    return all(len(text) == 1 for text, _ in row)


def _moved(old: Sequence[Row], new: Sequence[Row]) -> tuple[int, int, int] | None:
    """Rows of the new screen that stood elsewhere before: first, last, and by how many rows they moved up."""
    where: dict[tuple[Cell, ...], int] = {}
    for y, row in enumerate(old):
        if any(cell != BLANK for cell in row):
            where.setdefault(tuple(row), y)
    votes: Counter[int] = Counter()
    for y, row in enumerate(new):
        if row != old[y] and (found := where.get(tuple(row))) is not None:
            votes[found - y] += 1
    for shift, count in votes.most_common(1):
        if count < _MOVED_ROWS:
            return None
        best = (0, -1)
        first = None
        for y in range(len(new) + 1):
            same = 0 <= y + shift < len(old) and y < len(new) and old[y + shift] == new[y]
            if same and first is None:
                first = y
            elif not same and first is not None:
                best = max(best, (first, y - 1), key=lambda block: block[1] - block[0])
                first = None
        if best[1] - best[0] + 1 >= _MOVED_ROWS:
            return best[0], best[1], shift
    return None


def _scroll(rows: list[Row], move: tuple[int, int, int], pen: Pen, width: int) -> None:
    first, last, shift = move
    top, bottom = min(first, first + shift), max(last, last + shift)
    pen.style("")  # the lines that come in are blank in the style of the moment
    edge, step = (bottom, "\n") if shift > 0 else (top, "\x1bM")
    pen.raw(f"\x1b[{top + 1};{bottom + 1}r\x1b[{edge + 1}H{step * abs(shift)}\x1b[r", "")
    block = rows[top : bottom + 1]
    blank: list[Row] = [[BLANK] * width for _ in range(abs(shift))]
    rows[top : bottom + 1] = [*block[shift:], *blank] if shift > 0 else [*blank, *block[:shift]]
