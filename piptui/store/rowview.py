"""The rows as a caller sees them: a mapping that decodes the rows of a snapshot one by one.

All rows together, decoded, would fill the memory of a large store.
"""

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from typing import NamedTuple, TypeVar

import msgspec

from .api import Facts
from .base import Base
from .pages import BadSnapshot

T = TypeVar("T")
Fresh = Facts | bytes | None
"""A row, or its JSON text, or that there is none."""

_DECODER = msgspec.json.Decoder()
_ENCODER = msgspec.json.Encoder()


class Kept(NamedTuple):
    """Rows as they stand: those of `base` (None: none), but for the cases in `fresh`, whose rows are these.

    None in `fresh`: there is no row.
    """

    base: Base | None
    fresh: dict[str, Fresh]


class RowsView(Mapping[str, Facts]):
    """Rows by case, as they stood at one moment; `again` gives them anew where the snapshot proves damaged."""

    def __init__(self, kept: Kept, again: Callable[[Base | None, BadSnapshot], Kept]) -> None:
        self._kept = kept
        self._again = again
        self._names: list[str] | None = None

    def _sound(self, work: Callable[[], T]) -> T:
        while True:
            try:
                return work()
            except BadSnapshot as damage:
                self._kept, self._names = self._again(self._kept.base, damage), None

    def _all(self) -> list[str]:
        base, fresh = self._kept
        known = {} if base is None else dict.fromkeys(base.row_ids())
        return [case for case in known | dict.fromkeys(fresh) if case not in fresh or fresh[case] is not None]

    def _find(self, case: str) -> Facts | None:
        base, fresh = self._kept
        if case in fresh or base is None:
            return shown(fresh.get(case))
        text = base.row(case)
        return None if text is None else decoded(text)

    def __getitem__(self, case: str) -> Facts:
        facts = self._sound(lambda: self._find(case))
        if facts is None:
            raise KeyError(case)
        return facts

    def __iter__(self) -> Iterator[str]:
        if self._names is None:
            self._names = self._sound(self._all)
        return iter(self._names)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def items(self) -> ItemsView[str, Facts]:
        """As of a dict; rows one behind the other are read faster than one by one."""
        return _Items(self)

    def values(self) -> ValuesView[Facts]:
        """As of a dict."""
        return _Values(self)

    def text(self, case: str) -> bytes | None:
        """The JSON text of the row of a case, None where there is none."""
        return self._sound(lambda: self._text(case))

    def _text(self, case: str) -> bytes | None:
        base, fresh = self._kept
        if case in fresh or base is None:
            return as_text(fresh.get(case))
        return base.row(case)

    def having(self, mark: bytes) -> list[tuple[str, bytes]]:
        """Every case in whose row these bytes stand, with the JSON text of the row; looked for where the rows lie,
        so that the others cost next to nothing."""
        return self._sound(lambda: self._having(mark))

    def _having(self, mark: bytes) -> list[tuple[str, bytes]]:
        base, fresh = self._kept
        found = [] if base is None else [pair for pair in base.rows_having(mark) if pair[0] not in fresh]
        texts = ((case, as_text(row)) for case, row in fresh.items())
        return found + [(case, text) for case, text in texts if text is not None and mark in text]

    def texts(self) -> Iterator[tuple[str, bytes]]:
        """Every case with the JSON text of its row: as `items`, but nothing is decoded."""
        base, fresh = self._kept
        done: set[str] = set()
        try:
            if base is not None:
                for case, kept in zip(base.row_ids(), base.rows(), strict=True):
                    text = as_text(fresh[case]) if case in fresh else kept
                    done.add(case)
                    if text is not None:
                        yield case, text
        except BadSnapshot as damage:
            self._kept, self._names = self._again(self._kept.base, damage), None
        for case in [*self]:
            if case not in done and (text := self.text(case)) is not None:
                yield case, text

    def pairs(self) -> Iterator[tuple[str, Facts]]:
        """Every case with its row."""
        base, fresh = self._kept
        left = [*self]
        done = 0
        try:
            if base is not None:
                for case, text in zip(base.row_ids(), base.rows(), strict=True):
                    facts = shown(fresh.get(case, text))
                    if facts is not None:
                        yield case, facts
                        done += 1
        except BadSnapshot as damage:
            self._kept, self._names = self._again(self._kept.base, damage), None
        for case in left[done:]:
            facts = self.get(case)
            if facts is not None:
                yield case, facts


class _Items(ItemsView[str, Facts]):
    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view

    def __iter__(self) -> Iterator[tuple[str, Facts]]:
        return self._view.pairs()


class _Values(ValuesView[Facts]):
    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view

    def __iter__(self) -> Iterator[Facts]:
        return (facts for _, facts in self._view.pairs())


def encoded(facts: Facts) -> bytes:
    """A row as a snapshot keeps it."""
    return _ENCODER.encode(facts)


def as_text(row: Fresh) -> bytes | None:
    """A row as its JSON text."""
    return row if row is None or isinstance(row, bytes) else encoded(row)


def shown(row: Fresh) -> Facts | None:
    """A row as callers see it; raises BadSnapshot."""
    return decoded(row) if isinstance(row, bytes) else row


def decoded(text: bytes) -> Facts:
    """What `encoded` wrote; raises BadSnapshot."""
    try:
        facts: Facts = _DECODER.decode(text)
    except msgspec.DecodeError as error:
        raise BadSnapshot(f"a row cannot be read ({error})") from None
    return facts
