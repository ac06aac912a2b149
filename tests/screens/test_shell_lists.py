"""The two widgets that scroll: rows of any number, and long texts in blocks."""

import importlib
import pkgutil
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.widget import Widget

import screens
from screens.widgets.lines import Column, Lines
from screens.widgets.reader import Line, Reader

COUNT = 30_000


class _ListApp(App[None]):
    def __init__(self, count: int) -> None:
        super().__init__()
        self.formatted: list[int] = []
        self.lines: Lines[int] = Lines((Column("", 1), Column("No", 8, grow=1)), self._cells, str)
        self.count = count

    def _cells(self, item: int) -> Sequence[str]:
        self.formatted.append(item)
        return (" ", f"row {item}")

    def compose(self) -> ComposeResult:
        yield self.lines

    def on_mount(self) -> None:
        self.lines.show(range(self.count))
        self.lines.focus()


class _TextApp(App[None]):
    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self.text = lines
        self.reader = Reader()

    def compose(self) -> ComposeResult:
        yield self.reader

    def on_mount(self) -> None:
        self.reader.show(lambda _: self.text)
        self.reader.focus()


async def test_only_rows_in_view_are_formatted() -> None:
    """A list of 30 000 rows formats a screenful; a move inside the screen formats two rows."""
    app = _ListApp(COUNT)
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause()
        assert len(set(app.formatted)) <= 20
        app.formatted.clear()
        await pilot.press("j")
        await pilot.pause()
        assert set(app.formatted) == {0, 1}
        await pilot.press("G")
        await pilot.pause()
        assert app.lines.current == COUNT - 1
        assert len(set(app.formatted)) <= 22


@pytest.mark.slow
async def test_the_edge_scrolls_by_half_a_page() -> None:
    """Stepping over the lower edge moves half a page at once: one redraw for many steps."""
    app = _ListApp(100)
    async with app.run_test(size=(40, 21)) as pilot:
        await pilot.press(*"j" * 20)
        assert app.lines.cursor == 20
        assert app.lines.top == 10
        await pilot.press(*"j" * 9)
        assert app.lines.top == 10


async def test_the_cursor_follows_its_key() -> None:
    """Other rows around it do not move the cursor off its item; a vanished item leaves it near its place."""
    app = _ListApp(50)
    async with app.run_test(size=(40, 20)):
        assert app.lines.go_to("7")
        app.lines.show(range(5, 50))
        assert app.lines.current == 7
        app.lines.show(range(100, 103))
        assert app.lines.current == 102
        app.lines.show((), blank=("Nothing here.",))
        assert app.lines.current is None
        assert not app.lines.go_to("7")


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from("jkgG") | st.sampled_from(["pagedown", "pageup", "ctrl+d", "ctrl+u"]), max_size=12))
async def test_the_cursor_is_always_in_view(keys: list[str]) -> None:
    """Whatever is pressed, the cursor is on an existing row, and that row is on the screen."""
    app = _ListApp(37)
    async with app.run_test(size=(40, 9)) as pilot:
        await pilot.press(*keys)
        assert 0 <= app.lines.cursor < 37
        assert app.lines.top <= app.lines.cursor < app.lines.top + app.lines.rows_in_view


async def test_text_without_blocks_scrolls_by_line() -> None:
    """A plain text has no cursor; keys scroll it, no further than its end."""
    app = _TextApp([Line(f"line {number}") for number in range(50)])
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("j", "j", "pagedown")
        assert app.reader.top == 11
        assert app.reader.current == ""
        await pilot.press("G")
        assert app.reader.top == 40
        await pilot.press("j", "g")
        assert app.reader.top == 0


async def test_blocks_take_the_cursor_and_long_ones_are_read_through() -> None:
    """The cursor steps from block to block; a block longer than the screen scrolls before it is left."""
    block = [
        Line("head a", key="a"),
        *(Line(f"a{number}") for number in range(20)),
        Line("head b", key="b"),
        Line("b"),
    ]
    app = _TextApp(block)
    async with app.run_test(size=(40, 10)) as pilot:
        assert app.reader.current == "a"
        await pilot.press("j")
        assert app.reader.current == "a"
        assert app.reader.top == 5
        await pilot.press("j", "j", "j", "j")
        assert app.reader.current == "b"
        await pilot.press("g")
        assert (app.reader.current, app.reader.top) == ("a", 0)


async def test_another_text_keeps_the_block() -> None:
    """Showing a newer text leaves the cursor on the block with the same key; a wanted key wins."""
    app = _TextApp([Line("one", key="1"), Line("two", key="2")])
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("j")
        app.reader.show(lambda _: [Line("new", key="0"), Line("one", key="1"), Line("two", key="2")])
        assert app.reader.current == "2"
        app.reader.show(lambda _: [Line("one", key="1"), Line("two", key="2")], key="1")
        assert app.reader.current == "1"


def test_no_two_widgets_share_a_name() -> None:
    """The style sheet knows widgets by the names of their classes: two of one name would take each other's rules."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(module.name)
    names = [kind.__name__ for kind in every_kind(Widget) if kind.__module__.startswith("screens.")]
    assert sorted(set(names)) == sorted(names)


def every_kind(kind: type[Widget]) -> set[type[Widget]]:
    """All classes below one."""
    return {below for one in kind.__subclasses__() for below in (one, *every_kind(one))}
