"""Long text to read and scroll, wrapped to the width it has; blocks of it may carry the cursor."""

from collections.abc import Callable, Sequence

import msgspec
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from piptui.text import fold
from screens.signs import CURSOR, shown
from screens.widgets.bars import BOLD, DIM, PLAIN, exactly, in_ascii
from screens.widgets.cursored import REVERSE, Cursored

STYLES = {"": PLAIN, "bold": BOLD, "dim": DIM}


class Line(msgspec.Struct, frozen=True):
    """One printed line. `key` makes it the head of a block that the cursor can stand on; `style` is "", "bold"
    or "dim"."""

    text: str = ""
    style: str = ""
    key: str = ""


Writer = Callable[[int], Sequence[Line]]
"""Gives the lines for a width in cells."""


class Reader(Cursored):
    """Text by lines. Where lines have keys, the cursor goes from block to block, and scrolls inside long ones."""

    DEFAULT_CSS = "Reader { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._write: Writer = lambda _: ()
        self._lines: Sequence[Line] = ()
        self._heads: list[int] = []
        self._width = -1
        self._sought: frozenset[str] = frozenset()
        self._struck_on = -1
        self._wanted = ""
        self.head = -1
        self.top = 0

    @property
    def current(self) -> str:
        """The key of the block under the cursor; empty if there is none."""
        return self._lines[self.head].key if 0 <= self.head < len(self._lines) else ""

    @property
    def lines(self) -> list[str]:
        """All lines as text, wrapped as they are now."""
        return [line.text for line in self._lines]

    @property
    def position(self) -> str:
        """Where one is in a text that is longer than the screen: "38 %"; empty if all is in view."""
        spare = len(self._lines) - self.size.height
        return f"{round(100 * self.top / spare)} %" if spare > 0 and self.size.height else ""

    def show(self, write: Writer, *, key: str | None = None, keep: bool = True) -> None:
        """Show other text. The cursor stays on its block, or goes to `key`; `keep=False` starts at the top."""
        self._wanted = key if key is not None else self.current if keep else ""
        self._write = write
        self._struck_on = -1
        if not keep:
            self.top, self.head = 0, -1
        self._width = -1
        self._wrap()
        self.refresh()

    def look_for(self, text: str) -> None:
        """Bring the line into view that shares the most words with a text, as soon as the lines are known."""
        self._sought = frozenset(fold(text.replace("…", " ")).split())
        self._bring()

    def _bring(self) -> None:
        """Of several lines the first one; nothing moves where no line shares a word."""
        if not self._sought or not self._lines:
            return
        shared = [len(self._sought.intersection(fold(line.text).split())) for line in self._lines]
        if best := max(shared):
            self._struck_on = shared.index(best)
            self._scroll(max(self._struck_on - 2, 0))
        self._sought = frozenset()

    def _wrap(self) -> None:
        room = self.size.width
        if room <= 0 or room == self._width:
            return
        wanted = self.current or self._wanted
        if self._width == -1:
            wanted = self._wanted
        self._width = room
        self._lines = self._write(room - 3)
        self._heads = [index for index, line in enumerate(self._lines) if line.key]
        found = next((index for index in self._heads if self._lines[index].key == wanted), None)
        if found is None:
            near = [index for index in self._heads if index <= max(self.head, 0)]
            found = (near[-1] if near else self._heads[0]) if self._heads else -1
        self.head = found
        self._scroll(self.top)
        if self.head >= 0:
            self._reveal()
        self._bring()

    def on_resize(self, _: events.Resize) -> None:
        """Wrap anew."""
        self._wrap()
        self._scroll(self.top)
        self.refresh()

    # -- moving ------------------------------------------------------------------------------------------

    def _scroll(self, top: int) -> None:
        top = max(0, min(top, len(self._lines) - self.size.height))
        if top != self.top:
            self.top = top
            self.refresh()

    def _end(self, head: int) -> int:
        """The line after the block's last one."""
        return next((other for other in self._heads if other > head), len(self._lines))

    def _reveal(self) -> None:
        """Bring the block under the cursor into view, its head first."""
        height = max(self.size.height, 1)
        if self._heads and self.head == self._heads[0] and self.head < height:
            self._scroll(0)  # what stands above the first block is read with it
        elif self.head < self.top:
            self._scroll(self.head - height // 3)
        elif self._end(self.head) > self.top + height:
            self._scroll(min(self.head, max(self._end(self.head) - height, self.head - height // 2)))

    def _stand_on(self, head: int) -> None:
        if head == self.head:
            return
        before, top = self.head, self.top
        self.head = head
        self._reveal()
        if top == self.top:
            for line in (before, head):
                self.refresh(Region(0, line - top, self.size.width, 1))
        self.post_message(self.Moved())

    def _step(self, by: int) -> None:
        height = self.size.height
        if self.head < 0:
            self._scroll(self.top + by)
        elif by > 0 and self._end(self.head) > self.top + height:
            self._scroll(self.top + max(height // 2, 1))
        elif by < 0 and self.head < self.top:
            self._scroll(self.top - max(height // 2, 1))
        else:
            place = self._heads.index(self.head) + by
            if 0 <= place < len(self._heads):
                self._stand_on(self._heads[place])

    def _leap(self, by: int) -> None:
        if self.head < 0:
            self._scroll(self.top + by)
            return
        aim = self.head + by
        places = [head for head in self._heads if (self.head < head <= aim if by > 0 else aim <= head < self.head)]
        if places:
            self._stand_on(places[-1] if by > 0 else places[0])
        else:
            self._step(1 if by > 0 else -1)

    @property
    def place(self) -> tuple[int, int]:
        """The first line in view, and the one with the cursor."""
        return (self.top, self.head)

    def edge(self, *, last: bool) -> str:
        """The text ends there."""
        if len(self._lines) <= self.size.height and self.head < 0:
            return "All of it is in view."
        return "This is the end." if last else "This is the beginning."

    def verb_down(self) -> None:
        """One line or block down."""
        self._step(1)

    def verb_up(self) -> None:
        """One line or block up."""
        self._step(-1)

    def verb_page_down(self) -> None:
        """One page down."""
        self._leap(max(self.size.height - 1, 1))

    def verb_page_up(self) -> None:
        """One page up."""
        self._leap(-max(self.size.height - 1, 1))

    def verb_half_down(self) -> None:
        """Half a page down."""
        self._leap(max(self.size.height // 2, 1))

    def verb_half_up(self) -> None:
        """Half a page up."""
        self._leap(-max(self.size.height // 2, 1))

    def verb_first(self) -> None:
        """To the beginning."""
        if self._heads:
            self._stand_on(self._heads[0])
        self._scroll(0)

    def verb_last(self) -> None:
        """To the end."""
        if self._heads:
            self._stand_on(self._heads[-1])
        self._scroll(len(self._lines))

    # -- drawing -----------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw one line of the text."""
        room, row = self.size.width, self.top + y
        if row >= len(self._lines):
            return Strip.blank(room, self.rich_style)
        line = self._lines[row]
        here = row == self.head
        text = exactly(
            f"{CURSOR if here else ' '} {shown(line.text, ascii=in_ascii(self))}", room, ascii=in_ascii(self)
        )
        style = REVERSE if here or row == self._struck_on else STYLES[line.style]
        return Strip([Segment(text, style)]).adjust_cell_length(room).apply_style(self.rich_style)
