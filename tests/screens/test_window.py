"""A window over a long list reads what is looked at, and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.window import PAGE, Window


def window(length: int, asked: list[tuple[int, int]]) -> Window[int]:
    """A window over the whole numbers, with what was asked for."""

    def read(start: int, count: int) -> list[int]:
        asked.append((start, count))
        return list(range(start, min(start + count, length)))

    return Window(length, read)


@given(st.integers(0, 1000), st.lists(st.integers(-5, 1100), max_size=8))
def test_a_window_is_the_list(length: int, places: list[int]) -> None:
    """Every place holds what the whole list would hold there, and is asked for once."""
    asked: list[tuple[int, int]] = []
    shown = window(length, asked)
    assert len(shown) == length
    for place in places:
        if 0 <= place < length:
            assert shown[place] == place
        else:
            with pytest.raises(IndexError):
                shown[place]
    assert len(asked) == len({place // PAGE for place in places if 0 <= place < length})


def test_a_slice_is_cut_at_the_end() -> None:
    """What lies behind the end is left out."""
    assert window(5, [])[3:9] == [3, 4]


def test_the_first_page_need_not_be_read_again() -> None:
    """What came with the count is used."""
    asked: list[tuple[int, int]] = []

    def read(start: int, count: int) -> list[int]:
        asked.append((start, count))
        return [0] * count

    shown = Window(300, read, [7] * PAGE)
    assert shown[PAGE - 1] == 7
    assert asked == []
    assert shown[PAGE] == 0
    assert asked == [(PAGE, PAGE)]


@given(st.integers(1, 1000), st.integers(0, 999))
def test_near_places_are_places(length: int, index: int) -> None:
    """Only places that exist are worth looking at; the one itself is first among them if it exists."""
    near = window(length, []).near(index)
    assert all(0 <= place < length for place in near)
    assert index >= length or index in near
