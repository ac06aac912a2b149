"""Differences between screens: whatever changes, the terminal ends up showing the new screen, cell for cell."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.cells import BLANK, Canvas, Pen, Row, difference

WIDTH, HEIGHT = 24, 8
STYLES = ("", "7", "1", "2", "38;5;12")

texts = st.text(alphabet="ab c-·─漢é…", max_size=WIDTH)
strokes = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), texts, st.sampled_from(STYLES))
moves = st.integers(-4, 4)
steps = st.lists(st.one_of(strokes, moves), max_size=12)


class Glass:
    """A terminal that shows what it is sent."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self.screen.reset_mode(7, private=True)  # the program writes without line wrap
        self.stream = pyte.Stream(self.screen)
        self.shown: list[Row] | None = None

    def send(self, canvas: Canvas) -> str:
        """Send the difference to a canvas; gives what was sent."""
        pen = Pen(canvas.width)
        difference(self.shown, canvas.rows, pen)
        self.shown = canvas.copy()
        self.stream.feed(pen.text())
        return pen.text()

    def row(self, y: int) -> list[tuple[str, bool, bool, str]]:
        """What one line shows."""
        line = self.screen.buffer[y]
        return [(line[x].data, line[x].reverse, line[x].bold, line[x].fg) for x in range(WIDTH)]


def expected(canvas: Canvas, y: int) -> list[tuple[str, bool, bool, str]]:
    """What one line of a canvas should show."""
    colour = {"38;5;12": "5c5cff"}
    return [(text, sgr == "7", sgr == "1", colour.get(sgr, "default")) for text, sgr in canvas.rows[y]]


def shift(canvas: Canvas, by: int) -> None:
    """Move all lines, as a list that scrolls."""
    rows = canvas.copy()
    for y in range(HEIGHT):
        canvas.rows[y] = rows[y + by][:] if 0 <= y + by < HEIGHT else [BLANK] * WIDTH


@given(st.lists(steps, min_size=1, max_size=4))
def test_the_terminal_shows_the_new_screen(frames: list[list[tuple[int, int, str, str] | int]]) -> None:
    """After any painting and scrolling, and any number of frames between, every cell is as it should be."""
    canvas, glass = Canvas(WIDTH, HEIGHT), Glass()
    for frame in frames:
        for step in frame:
            if isinstance(step, int):
                shift(canvas, step)
            else:
                canvas.paint(*step)
        glass.send(canvas)
        for y in range(HEIGHT):
            assert glass.row(y) == expected(canvas, y), y


@given(steps)
def test_nothing_is_sent_for_the_same_screen(frame: list[tuple[int, int, str, str] | int]) -> None:
    """A screen that did not change costs no byte."""
    canvas, glass = Canvas(WIDTH, HEIGHT), Glass()
    for step in frame:
        if not isinstance(step, int):
            canvas.paint(*step)
    glass.send(canvas)
    assert glass.send(canvas) == ""


def test_half_of_a_wide_character_becomes_a_blank() -> None:
    """What is painted over one half of a wide character leaves no other half behind."""
    canvas = Canvas(6, 1)
    canvas.paint(0, 0, "漢字", "")
    canvas.paint(1, 0, "x", "")
    assert "".join(text for text, _ in canvas.rows[0]) == " x字 " + " "
    canvas.paint(2, 0, "y", "")
    assert [text for text, _ in canvas.rows[0]] == [" ", "x", "y", " ", " ", " "]


def test_a_list_that_scrolls_costs_its_new_lines() -> None:
    """Scrolling a list sends the lines that come into view, and not those that only moved."""
    canvas, glass = Canvas(WIDTH, HEIGHT), Glass()
    for y in range(HEIGHT):
        canvas.paint(0, y, f"line number {y} of many", "")
    whole = len(glass.send(canvas))
    shift(canvas, 1)
    canvas.paint(0, HEIGHT - 1, "line number 8 of many", "")
    assert len(glass.send(canvas)) < whole / 3


def test_a_cursor_that_moves_costs_two_lines_at_most() -> None:
    """A row that is marked and one that is no longer cost no more than themselves."""
    canvas, glass = Canvas(WIDTH, HEIGHT), Glass()
    for y in range(HEIGHT):
        canvas.paint(0, y, f"row {y}", "7" if y == 2 else "")
    glass.send(canvas)
    canvas.paint(0, 2, "row 2", "")
    canvas.paint(0, 3, "row 3", "7")
    assert len(glass.send(canvas)) < 40


@pytest.mark.parametrize("x", [WIDTH - 1, WIDTH, WIDTH + 5])
def test_what_lies_outside_is_left_out(x: int) -> None:
    """Painting over the right edge, or below the last line, changes nothing there and keeps rows their width."""
    canvas = Canvas(WIDTH, HEIGHT)
    canvas.paint(x, 0, "漢字", "")
    canvas.paint(0, HEIGHT, "below", "")
    assert [len(row) for row in canvas.rows] == [WIDTH] * HEIGHT
