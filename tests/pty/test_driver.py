"""The driver that sends differences, in a real terminal: what is seen is what Textual's own driver would show."""

from itertools import zip_longest
from pathlib import Path

import pytest

from screens.driver import WINDOW
from tests.pty.terminal import Terminal

pytestmark = pytest.mark.slow

WALK: tuple[tuple[bytes, str], ...] = (
    (b"2", "/ finds"),
    (b"j", "Dana Okafor"),
    (b"j", "Dana Okafor"),
    (b"G", "Dana Okafor"),
    (b"g", "Dana Okafor"),
    (b"?", "Keys here"),
    (b"\x1b[6~", "Help"),
    (b"\x1b[5~", "Keys here"),
    (b"q", "Dana Okafor"),
    (b"\r", "Overview"),
    (b"2", "Plan"),
    (b"\x1b[6~", "Plan"),
    (b"j", "Plan"),
    (b"3", "Check-ins"),
    (b"4", "Evidence"),
    (b"x", "What can be done"),
    (b"jjjjjj", "What can be done"),
    (b"\x1b[6~", "What can be done"),
    (b"q", "4 Evidence"),
    (b":", "Commands"),
    (b"out", "outcome"),
    (b"\x1b", "4 Evidence"),
    (b"q", "Dana Okafor"),
)
"""Keys and a word that the screen then shows."""


_HOOK = "write_process_input"
"""What pyte calls with what a terminal would answer."""


def answering(terminal: Terminal) -> Terminal:
    """Let the terminal say where its cursor is when it is asked, as real ones do."""
    setattr(terminal.screen, _HOOK, lambda data: terminal.press(data.encode()))
    return terminal


def cells(terminal: Terminal) -> list[list[tuple[str, str, str, bool, bool]]]:
    """Every cell of the screen with its style."""
    screen = terminal.screen
    return [
        [
            (cell.data, cell.fg, cell.bg, cell.bold, cell.reverse)
            for cell in (screen.buffer[y][x] for x in range(screen.columns))
        ]
        for y in range(screen.lines)
    ]


@pytest.mark.parametrize("kind", ["plain", "hostile"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (64, 16)])
def test_both_drivers_show_the_same(tmp_path: Path, kind: str, size: tuple[int, int]) -> None:
    """After every key the screens of both drivers are alike, cell by cell, styles included."""
    with (
        answering(Terminal(kind, tmp_path, size=size)) as ours,
        Terminal(kind, tmp_path, size=size, PIPTUI_DRIVER="plain") as theirs,
    ):
        for keys, word in ((b"", "Dana Okafor"), *WALK):
            for terminal in (ours, theirs):
                terminal.press(keys)
                terminal.wait_for(word)
            for _ in range(20):
                ours.settle()
                theirs.settle()
                if cells(ours) == cells(theirs):
                    break  # on a busy machine the last part of a frame may come late
            for y, (mine, other) in enumerate(zip_longest(cells(ours), cells(theirs))):
                assert mine == other, f"line {y} after {keys!r}"
        assert len(ours.raw) < len(theirs.raw) / 2


def test_a_terminal_that_is_behind_gets_no_more(tmp_path: Path) -> None:
    """Without an answer no more than the window is sent; with it the newest screen comes."""
    with answering(Terminal("plain", tmp_path)) as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.settle()
        setattr(terminal.screen, _HOOK, lambda _: None)
        sent = len(terminal.raw)
        for _ in range(4):
            for key in (b"?", b"q"):
                terminal.press(key)
                terminal.settle()
        assert len(terminal.raw) - sent < 2 * WINDOW
        answering(terminal)
        terminal.press(b"\x1b[1;1R?")
        terminal.wait_for("Keys here")


def test_control_l_repairs_a_spoiled_screen(tmp_path: Path) -> None:
    """Whatever another program left on the terminal is gone after ctrl+l."""
    with answering(Terminal("plain", tmp_path)) as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.settle()
        terminal.screen.erase_in_display(2)
        terminal.press(b"\x0c")
        terminal.wait_for("Drawn again")
        assert "Dana Okafor" in terminal.text


def test_half_a_wide_character_reads_as_a_blank(tmp_path: Path) -> None:
    """A frame may be read when only one half of a wide character is written over: no reading of it fails."""
    with Terminal("plain", tmp_path) as terminal:
        terminal.screen.reset()
        terminal.screen.draw("漢字")
        terminal.screen.cursor_position(1, 1)
        terminal.screen.draw("x")
        assert terminal.text.splitlines()[0] == "x 字" + " " * 76
