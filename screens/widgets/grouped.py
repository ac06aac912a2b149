"""A list in groups: headings between the rows, which the cursor steps over."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec
from rich.style import Style

from screens.signs import shown
from screens.widgets.bars import BOLD, in_ascii
from screens.widgets.lines import Column, Lines

T = TypeVar("T")


class Row(msgspec.Struct, Generic[T], frozen=True):
    """A row of a grouped list: an item, or the heading of those that follow."""

    item: T | None = None
    heading: str = ""


def grouped(groups: Sequence[tuple[str, Sequence[T]]]) -> list[Row[T]]:
    """The rows of some groups; one without items has no heading either."""
    rows: list[Row[T]] = []
    for heading, items in groups:
        if items:
            rows += [Row(heading=heading), *(Row(item) for item in items)]
    return rows


class GroupedLines(Lines[Row[T]]):
    """Rows under headings. `cells` and `key` are asked for items alone."""

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[T], Sequence[str]],
        key: Callable[[T], str],
        *,
        dim: Callable[[T], bool] = lambda _: False,
        id: str | None = None,  # noqa: A002 - Textual's word
    ) -> None:
        nothing = ("",) * len(columns)
        super().__init__(
            columns,
            lambda row: nothing if row.item is None else cells(row.item),
            lambda row: f"heading {row.heading}" if row.item is None else key(row.item),
            dim=lambda row: row.item is not None and dim(row.item),
            titles=False,
            id=id,
        )

    @property
    def item(self) -> T | None:
        """The item under the cursor."""
        return self.current.item if self.current is not None else None

    def _follow(self) -> bool:
        changed = super()._follow()
        if self.top == self.cursor > 0 and self._items[self.cursor - 1].heading:
            self.top -= 1  # the heading of the first row in view belongs to it
            return True
        return changed

    def _line(self, y: int, room: int) -> tuple[str, Style]:
        index = self.top + y - self._head
        if y >= self._head and index < len(self._items) and (heading := self._items[index].heading):
            return f" {shown(heading, ascii=in_ascii(self))}", BOLD
        return super()._line(y, room)

    def _settled(self, to: int) -> int:
        step = 1 if to >= self.cursor else -1
        to = super()._settled(to)
        if not self._items or self._items[to].item is not None:
            return to
        ahead = to + step
        return ahead if 0 <= ahead < len(self._items) and self._items[ahead].item is not None else to - step
