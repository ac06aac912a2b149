"""A list of any length that formats only the rows in view, with a cursor that keeps to its row's key."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

import msgspec
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from piptui.text import fit, width
from screens.signs import CURSOR, shown
from screens.widgets.bars import BOLD, DIM, PLAIN, in_ascii
from screens.widgets.cursored import REVERSE, Cursored
from screens.widgets.window import Window

T = TypeVar("T")


class Column(msgspec.Struct, frozen=True):
    """One column: its title, the cells it gets, its share of spare room, and the list's width from which it is
    shown at all. `first` are the cells it takes, if its texts need them, before other columns get more."""

    title: str
    width: int
    grow: int = 0
    right: bool = False
    shown_from: int = 0
    first: int = 0


def layout(columns: Sequence[Column], room: int, needs: Sequence[int] = ()) -> list[tuple[int, int]]:
    """(index, cells) of the columns shown in a room. The first column is the mark, one cell and a blank; the
    others stand two cells apart.

    Columns shrink to the cells that their texts need (`needs`, one number a column), and those that grow also
    to six where the room is short. Spare room goes where texts would be cut, and only then by shares.
    """
    taken = [index for index, column in enumerate(columns) if room >= column.shown_from]
    growing = [index for index in taken if columns[index].grow]
    widths = {index: columns[index].width for index in taken}
    if needs:
        widths |= {index: min(columns[index].width, needs[index]) for index in taken if index}
    spare = room - sum(widths.values()) - 2 * (len(taken) - 1) + 1
    if needs and spare > 0:
        spare = _feed(widths, {index: min(needs[index], columns[index].first) for index in growing}, spare)
        spare = _feed(widths, {index: needs[index] for index in growing}, spare)
    shares = sum(columns[index].grow for index in growing)
    for index in growing:
        widths[index] = max(widths[index] + spare * columns[index].grow // shares, min(widths[index], 6))
    return list(widths.items())


def _feed(widths: dict[int, int], wanted: Mapping[int, int], spare: int) -> int:
    """Widen columns to what is wanted, evenly where there is not enough for all; gives what is left over."""
    while spare > 0 and (hungry := [index for index, cells in wanted.items() if cells > widths[index]]):
        part = max(spare // len(hungry), 1)
        for index in hungry:
            given = min(part, wanted[index] - widths[index], spare)
            widths[index] += given
            spare -= given
    return spare


class Lines(Cursored, Generic[T]):
    """Rows of items, formatted when they come into view.

    `cells` gives an item's texts, one for each column, the first being its mark; `key` its identity, by which
    the cursor finds it again after `show`. `dim` tells which items are printed faintly, `marked` which carry a star.
    """

    DEFAULT_CSS = "Lines { height: 1fr; width: 1fr; }"

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[T], Sequence[str]],
        key: Callable[[T], str],
        *,
        dim: Callable[[T], bool] = lambda _: False,
        marked: Callable[[T], bool] = lambda _: False,
        titles: bool = True,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.columns = tuple(columns)
        self._cells = cells
        self._key = key
        self._dim = dim
        self._marked = marked
        self._titles = titles
        self._items: Sequence[T] = ()
        self._blank: tuple[str, ...] = ()
        self.cursor = 0
        self.top = 0
        self._needs: list[int] = []
        self._laid_out: tuple[int, ...] = ()
        self._layout: list[tuple[int, int]] = []

    @property
    def current(self) -> T | None:
        """The item under the cursor; None in an empty list."""
        return self._items[self.cursor] if self.cursor < len(self._items) else None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._items)

    def show(self, items: Sequence[T], *, blank: Sequence[str] = ()) -> None:
        """Show other items; the cursor stays on the item with the same key, else near where it was. `blank` is
        printed where there is none."""
        before = self._key(self.current) if self.current is not None else None
        self._items = items
        self._blank = tuple(blank)
        self._needs = [width(column.title) for column in self.columns]
        self._laid_out = ()
        places = items.near(self.cursor) if isinstance(items, Window) else range(len(items))
        found = next((i for i in places if self._key(items[i]) == before), None) if before is not None else None
        self.cursor = self._settled(self.cursor if found is None else found)
        self._follow()
        self.refresh()
        self.post_message(self.Moved())

    def go_to(self, key: str) -> bool:
        """Put the cursor on the item with this key; tells whether there is one."""
        items = self._items
        for index in items.near(self.cursor) if isinstance(items, Window) else range(len(items)):
            if self._key(items[index]) == key:
                self._move(index)
                return True
        return False

    # -- moving ------------------------------------------------------------------------------------------

    @property
    def _head(self) -> int:
        return 1 if self._titles and self.size.height > 3 else 0

    @property
    def rows_in_view(self) -> int:
        """How many rows fit below the titles."""
        return max(self.size.height - self._head, 1)

    def _follow(self) -> bool:
        """Scroll so that the cursor is in view, by half a page at the edge: fewer lines to send. Tells if so."""
        page, top = self.rows_in_view, self.top
        if self.cursor < top or self.cursor >= top + page:
            near = abs(self.cursor - top) <= page + 1
            if near:
                top = self.cursor - page // 2 if self.cursor >= top else self.cursor - page + page // 2 + 1
            else:
                top = self.cursor - page // 2
        top = max(0, min(top, len(self._items) - page))
        changed = top != self.top
        self.top = top
        return changed

    def _settled(self, to: int) -> int:
        """The row to stand on when this one is meant."""
        return max(0, min(to, len(self._items) - 1))

    def _move(self, to: int) -> None:
        to = self._settled(to)
        if to == self.cursor or not self._items:
            return
        before, self.cursor = self.cursor, to
        if self._follow():
            self.refresh()
        else:
            for row in (before, to):
                self.refresh(Region(0, self._head + row - self.top, self.size.width, 1))
        self.post_message(self.Moved())

    def on_resize(self, _: events.Resize) -> None:
        """Keep the cursor in view."""
        if self._follow():
            self.refresh()

    @property
    def place(self) -> tuple[int, int]:
        """The row of the cursor."""
        return (self.cursor, 0)

    def edge(self, *, last: bool) -> str:
        """The list ends there."""
        if not self._items:
            return "There is nothing in this list."
        return f"This is the {'last' if last else 'first'} row."

    def verb_down(self) -> None:
        """One row down."""
        self._move(self.cursor + 1)

    def verb_up(self) -> None:
        """One row up."""
        self._move(self.cursor - 1)

    def verb_page_down(self) -> None:
        """One page down."""
        self._move(self.cursor + self.rows_in_view)

    def verb_page_up(self) -> None:
        """One page up."""
        self._move(self.cursor - self.rows_in_view)

    def verb_half_down(self) -> None:
        """Half a page down."""
        self._move(self.cursor + self.rows_in_view // 2)

    def verb_half_up(self) -> None:
        """Half a page up."""
        self._move(self.cursor - self.rows_in_view // 2)

    def verb_first(self) -> None:
        """To the first row."""
        self._move(0)

    def verb_last(self) -> None:
        """To the last row."""
        self._move(len(self._items) - 1)

    # -- drawing -----------------------------------------------------------------------------------------

    def _columns_in(self, room: int) -> list[tuple[int, int]]:
        """The columns as the rows in view need them; a column that was wide once stays so until other items come,
        for the eye to find it where it was."""
        state = (room, self.top, self.rows_in_view)
        if state != self._laid_out:
            for item in self._items[self.top : self.top + self.rows_in_view]:
                texts = (" ".join(shown(text).split()) for text in self._cells(item))
                self._needs = [max(pair) for pair in zip(self._needs, map(width, texts), strict=True)]
            self._layout = layout(self.columns, room, self._needs)
            self._laid_out = state
        return self._layout

    def _row(self, texts: Sequence[str], room: int, gap: str = " ") -> str:
        ascii_only = in_ascii(self)
        parts = []
        for index, cells in self._columns_in(room):
            text = " ".join(shown(texts[index], ascii=ascii_only).split()) if index else texts[index]
            if self.columns[index].right:
                text = " " * (cells - width(text)) + text
            parts.append(fit(text, cells, ascii=ascii_only))
        return f"{parts[0]}{gap}{'  '.join(parts[1:])}"

    def render_line(self, y: int) -> Strip:
        """Draw one line: titles, a row, or what is said in an empty list."""
        room = self.size.width
        text, style = self._line(y, room - 2)
        return Strip([Segment(text, style)]).adjust_cell_length(room).apply_style(self.rich_style)

    def _line(self, y: int, room: int) -> tuple[str, Style]:
        if y < self._head:
            return (" " + self._row([column.title for column in self.columns], room), DIM)
        row = self.top + y - self._head
        if row < len(self._items):
            item = self._items[row]
            here = row == self.cursor
            gap = "*" if self._marked(item) else " "
            text = f"{CURSOR if here else ' '}{self._row(self._cells(item), room, gap)} "
            return text, REVERSE if here else DIM if self._dim(item) else PLAIN
        line = row - len(self._items)
        if not self._items and line < len(self._blank):
            return f"   {shown(self._blank[line], ascii=in_ascii(self))}", BOLD if line == 0 else PLAIN
        return "", PLAIN
