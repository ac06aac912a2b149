"""A long list of which only the parts in view are asked for."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")
PAGE = 100
"""Items that are asked for at once."""


class Window(Sequence[T], Generic[T]):
    """Items by place, read page by page: `read` gives those from a place on, `length` is how many there are."""

    def __init__(self, length: int, read: Callable[[int, int], Sequence[T]], first: Sequence[T] = ()) -> None:
        self._length = length
        self._read = read
        self._pages: dict[int, Sequence[T]] = {0: first} if first else {}

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """One item, or some; whatever lies behind the end is left out of a slice, as in every sequence."""
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(self._length))]
        if not 0 <= index < self._length:
            raise IndexError(index)
        number, place = divmod(index, PAGE)
        if number not in self._pages:
            self._pages[number] = self._read(number * PAGE, PAGE)
        return self._pages[number][place]

    def near(self, index: int) -> Sequence[int]:
        """The places worth looking at for an item that was at this one: its page, the first one, and those beside."""
        pages = dict.fromkeys([index // PAGE, 0, index // PAGE - 1, index // PAGE + 1])
        found = (range(page * PAGE, min((page + 1) * PAGE, self._length)) for page in pages if page >= 0)
        return [place for part in found for place in part]
