"""The documents of one table as they stood at one moment; those of a snapshot are read when they are asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, ItemsView, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from .base import Batch
from .entry import Entry
from .pages import BadSnapshot
from .tip import read_kept

if TYPE_CHECKING:
    from .state import State


T = TypeVar("T")


class Table(Mapping[str, Entry]):
    """Entries by id, in order of creation. Where the snapshot turns out to be damaged, the table is taken anew."""

    def __init__(self, state: State, name: str) -> None:
        self._state = state
        self._name = name
        self._take()

    def _take(self) -> None:
        state, name = self._state, self._name
        self._base = state.base
        self._own = dict(state.own.get(name, {}))
        self._placed = {key[1] for key in state.placed if key[0] == name}
        self._lines, self._removed = range(0), 0
        self._covered: dict[int, str] = {}
        if self._base is not None:
            self._lines, self._removed = self._base.table(name)
            lines = self._lines
            self._covered = {number: key[1] for number, key in state.covered.items() if number in lines}
        self._order = sorted(self._covered)

    def _sound(self, work: Callable[[], T]) -> T:
        while True:
            try:
                return work()
            except BadSnapshot as damage:
                self._mend(damage)

    def _mend(self, damage: BadSnapshot) -> None:
        if self._base is self._state.base:
            if self._state.heal is None:
                raise damage
            self._state.heal(damage)
        self._take()

    def entries(self, pick: Callable[[Batch], set[int]] | None = None) -> Iterator[tuple[str, Entry]]:
        """Every id with its entry; of the snapshot's, those that `pick` wants. Raises BadSnapshot."""
        if self._base is not None:
            for batch in self._base.batches(self._lines.start, self._lines.stop):
                yield from self._of(batch, None if pick is None else pick(batch))
        for name, entry in self._own.items():
            if name not in self._placed:
                yield name, entry

    def _of(self, batch: Batch, picked: set[int] | None) -> Iterator[tuple[str, Entry]]:
        covered, first = self._covered, batch.first
        numbers: range | list[int] = range(first, first + len(batch.ends) - 1)
        if picked is not None:
            order, last = self._order, first + len(batch.ends) - 1
            numbers = sorted(picked.union(order[bisect_left(order, first) : bisect_left(order, last)]))
        for number in numbers:
            name = covered.get(number)
            if name is None:
                kept = read_kept(batch.line(number))
                if kept.entry is not None:
                    yield kept.key[1], kept.entry
            elif name in self._placed:
                yield name, self._own[name]

    def whole(self) -> bool:
        """Whether every document still has its text."""
        return not self._removed and all(entry.body is not None for entry in self._own.values())

    def _find(self, name: str) -> Entry:
        entry = self._own.get(name)
        if entry is None and self._base is not None:
            found = self._base.find((self._name, name))
            if found is not None and found[0] not in self._covered and found[0] in self._lines:
                entry = found[1].entry
        if entry is None:
            raise KeyError(name)
        return entry

    def __getitem__(self, name: str) -> Entry:
        return self._sound(lambda: self._find(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._sound(lambda: [name for name, _ in self.entries()]))

    def items(self) -> ItemsView[str, Entry]:
        """As of a dict; entries one behind the other are read faster than one by one."""
        return _Items(self)

    def pairs(self) -> Iterator[tuple[str, Entry]]:
        """Every id with its entry."""
        given: set[str] = set()
        while True:
            try:
                for name, entry in self.entries():
                    if name not in given:
                        yield name, entry
                        given.add(name)
            except BadSnapshot as damage:
                self._mend(damage)
            else:
                return

    def __len__(self) -> int:
        hidden = len(self._covered) - len(self._placed)
        return len(self._lines) - hidden + len(self._own) - len(self._placed)


class _Items(ItemsView[str, Entry]):
    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    def __iter__(self) -> Iterator[tuple[str, Entry]]:
        return self._table.pairs()
