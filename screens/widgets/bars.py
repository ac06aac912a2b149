"""One-line widgets drawn without markup: heading, rule, message, hints, and plain lines of text."""

from collections.abc import Sequence
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from piptui.text import fit, width, wrap
from screens.signs import RULE, shown

BOLD = Style(bold=True)
DIM = Style(dim=True)
PLAIN = Style()
_LEFT_FIRST: Final = 36
"""Cells of the left text that the right one never takes."""


def in_ascii(widget: Widget) -> bool:
    """Whether the terminal of this widget cannot show typographic signs."""
    return bool(getattr(widget.app, "ascii", False))


def exactly(text: str, cells: int, *, ascii: bool = False) -> str:  # noqa: A002 - as in piptui.text
    """Make a text that many cells wide; unlike `fit` it keeps the blanks inside a text that is short enough."""
    if width(text) <= cells:
        return text + " " * (cells - width(text))
    indent = min(len(text) - len(text.lstrip(" ")), cells)
    return " " * indent + fit(text[indent:], cells - indent, ascii=ascii)


class TextLine(Widget):
    """One line: text on the left, text on the right; the right one loses its parts where there is no room."""

    DEFAULT_CSS = "TextLine { height: 1; width: 1fr; }"

    def __init__(self, left: str = "", right: str = "", *, bold: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._left = left
        self._right = right
        self._bold = bold

    @property
    def text(self) -> str:
        """Both sides as they were given, for tests and readers."""
        return f"{self._left}  {self._right}".strip()

    def show(self, left: str, right: str = "") -> None:
        """Print other text; nothing is drawn when it is the same."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        room = self.size.width
        ascii_only = in_ascii(self)
        left = shown(self._left, ascii=ascii_only)
        right = shown(self._right)
        while right and room - width(right) - 2 < min(width(left), _LEFT_FIRST):
            right = right.partition(" · ")[2]
        right = shown(right, ascii=ascii_only)
        space = room - width(right) - (1 if right else 0)
        text = exactly(f" {left}", max(space - 1, 1), ascii=ascii_only)
        strip = Strip(
            [Segment(text, BOLD if self._bold else PLAIN), Segment(" "), Segment(right, PLAIN), Segment(" ")]
        )
        return strip.adjust_cell_length(room).apply_style(self.rich_style)


class Rule(Widget):
    """A line across the screen."""

    DEFAULT_CSS = "Rule { height: 1; width: 1fr; }"

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        sign = shown(RULE, ascii=in_ascii(self))
        line = Strip([Segment(f" {sign * max(self.size.width - 2, 0)} ", DIM)], self.size.width)
        return line.apply_style(self.rich_style)


class Message(Widget):
    """What the program has to say: a sentence, or one with its reasons below; up to six lines."""

    DEFAULT_CSS = "Message { height: auto; max-height: 6; min-height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: tuple[str, ...] = ()
        self.warning = False

    @property
    def text(self) -> str:
        """What is shown, one sentence a line."""
        return "\n".join(self._lines)

    def show(self, lines: Sequence[str], *, warning: bool = False) -> None:
        """Show sentences, each on a line of its own, wrapped; none clears."""
        cleaned = tuple(shown(line, ascii=in_ascii(self)) for text in lines for line in text.splitlines() if line)
        if cleaned == self._lines and warning == self.warning:
            return
        self._lines, self.warning = cleaned, warning
        self.set_class(bool(cleaned), "-speaks")
        self.refresh(layout=True)

    def _wrapped(self, room: int) -> list[str]:
        sign = "! " if self.warning else ""
        head = [sign + line if i == 0 else f"  {line}" for i, line in enumerate(self._lines)]
        return [part for line in head for part in wrap(line, max(room - 2, 10))]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the sentences need at this width."""
        return max(1, len(self._wrapped(width)))

    def render_line(self, y: int) -> Strip:
        """Draw one of the wrapped lines."""
        room = self.size.width
        lines = self._wrapped(room)
        text = exactly(f" {lines[y]}", room) if y < len(lines) else " " * room
        style = BOLD if self.warning else PLAIN
        return Strip([Segment(text, style)]).adjust_cell_length(room).apply_style(self.rich_style)


class HintBar(Widget):
    """The last line: up to six keys with a word each; the way back stands at the right."""

    DEFAULT_CSS = "HintBar { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._hints: tuple[tuple[str, str], ...] = ()

    def show(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show (key, word) pairs; the last one is the way back."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw as many hints as fit; the last two are the last to go."""
        room = self.size.width - 2
        hints = list(self._hints[:6])
        while len(hints) > 1 and sum(len(key) + len(word) + 4 for key, word in hints) - 3 > room:
            del hints[-3 if len(hints) > 2 else 0]
        if not hints:
            return Strip.blank(self.size.width, self.rich_style)
        *first, (back, back_word) = hints
        segments = [Segment(" ")]
        used = 0
        for key, word in first:
            segments += [Segment(key, BOLD), Segment(f" {word}   ", PLAIN)]
            used += len(key) + len(word) + 4
        gap = max(room - used - len(back) - len(back_word) - 1, 0)
        segments += [Segment(" " * gap), Segment(back, BOLD), Segment(f" {back_word} ", PLAIN)]
        return Strip(segments).adjust_cell_length(self.size.width).apply_style(self.rich_style)
