"""The line with the names of tabs."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.bars import BOLD, PLAIN


class TabLine(Widget):
    """The names of the tabs, the open one in brackets; narrow terminals get numbers and the open name."""

    DEFAULT_CSS = "TabLine { height: 1; width: 1fr; }"

    def __init__(self, names: Sequence[str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._names = tuple(names)
        self.open = 0

    def show(self, number: int) -> None:
        """Mark another tab as the open one."""
        self.open = number
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the names."""
        names = [f"{number} {name}" for number, name in enumerate(self._names, 1)]
        if sum(len(name) + 3 for name in names) > self.size.width:
            names = [name if index == self.open else name[0] for index, name in enumerate(names)]
        segments = [
            Segment(f"[{name}] ", BOLD) if index == self.open else Segment(f" {name}  ", PLAIN)
            for index, name in enumerate(names)
        ]
        return Strip(segments).adjust_cell_length(self.size.width).apply_style(self.rich_style)
