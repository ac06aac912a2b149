"""The screens in a real terminal: what a pilot cannot see."""

import re
import signal
import stat
from pathlib import Path

import pytest

from tests.pty.terminal import Terminal

pytestmark = pytest.mark.slow


def test_start_and_quit_leave_the_terminal_as_it_was(tmp_path: Path) -> None:
    """q ends with 0; echo, main screen and cursor are back, and no mouse was ever asked for."""
    with Terminal("plain", tmp_path) as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.press(b"q")
        assert terminal.wait_for_end() == 0
        assert terminal.restored
        assert b"?1000h" not in terminal.raw
        assert b"?1003h" not in terminal.raw


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_signals_end_in_order(tmp_path: Path, number: signal.Signals, code: int) -> None:
    """A signal ends the program with 128 + n and gives the terminal back."""
    with Terminal("plain", tmp_path) as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.signal(number)
        assert terminal.wait_for_end() == code
        assert terminal.restored


def test_a_dropped_line_ends_the_program(tmp_path: Path) -> None:
    """When the connection is gone the program ends by itself, instead of spinning on an empty line."""
    with Terminal("plain", tmp_path) as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.hang_up()
        assert terminal.wait_for_end() == 129


def test_a_dumb_terminal_is_refused(tmp_path: Path) -> None:
    """TERM=dumb gets a sentence and exit code 2; nothing is drawn."""
    with Terminal("plain", tmp_path, TERM="dumb") as terminal:
        assert terminal.wait_for_end() == 2
        assert b"TERM=dumb cannot show screens" in terminal.raw
        assert b"\x1b" not in terminal.raw


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    """A terminal that is not UTF-8 gets a sentence and exit code 2."""
    with Terminal("plain", tmp_path, PYTHONIOENCODING="latin-1") as terminal:
        assert terminal.wait_for_end() == 2
        assert b"UTF-8" in terminal.raw


def test_stored_text_never_drives_the_terminal(tmp_path: Path) -> None:
    """Names, notes and all other texts with control characters, on every tab: none of them leaves as such."""
    with Terminal("hostile", tmp_path) as terminal:
        terminal.wait_for("Cases")
        terminal.press(b"\r")
        for key, words in (
            (b"2", "[2 Plan]"),
            (b"3", "[3 Check"),
            (b"4", "[4 Evid"),
            (b"5", "[5 Doc"),
            (b"6", "[6 Hist"),
            (b"1", "[1 Over"),
        ):
            terminal.press(key)
            terminal.wait_for(words)
        for key, words in ((b"x", "What can be done"), (b"q", "[1 Over"), (b"p", "for whom"), (b"\r", "# Packet")):
            terminal.press(key)
            terminal.wait_for(words)
        terminal.press(b"q")
        terminal.wait_for("[1 Over")
        terminal.press(b"q")
        terminal.wait_for("[1 Today]")
        terminal.press(b"q")
        assert terminal.wait_for_end() == 0
        assert b"[b]O'Br" in terminal.raw
        assert b"\x07" not in terminal.raw
        assert b"\x1b]" not in terminal.raw
        assert b"owned" not in terminal.raw
        text = terminal.raw.decode("utf-8")
        assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069]", text)
        assert not re.search("\x1b\\[31mred", text)


def test_a_crash_shows_a_sentence_and_no_values(tmp_path: Path) -> None:
    """An error of the program ends with 70, the terminal restored, one sentence, a private log."""
    with Terminal("crash", tmp_path / "crash") as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.press(b"\r")
        assert terminal.wait_for_end() == 70
        assert terminal.restored
        after = terminal.raw[terminal.raw.rfind(b"?1049l") :]
        assert b"error in the program" in after
        assert b"Traceback" not in after
        assert b"salary" not in terminal.raw
        (log,) = (tmp_path / "crash").iterdir()
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_without_colour_nothing_is_coloured(tmp_path: Path) -> None:
    """NO_COLOR leaves bold and reverse, and not one colour."""
    with Terminal("plain", tmp_path, NO_COLOR="1") as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.press(b"jq")
        assert terminal.wait_for_end() == 0
        codes = {code for found in re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw) for code in found.split(b";")}
        assert not codes & {b"%d" % number for number in (*range(30, 39), *range(40, 49), *range(90, 98))}
        assert b"7" in codes


def test_ascii_stays_ascii(tmp_path: Path) -> None:
    """PIPTUI_ASCII=1 draws no sign beyond ASCII but people's own letters."""
    with Terminal("plain", tmp_path, PIPTUI_ASCII="1") as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.press(b"\r")
        terminal.wait_for("c check-in   n note")
        assert terminal.text.isascii()
        terminal.press(b"qq")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
def test_keys_of_a_real_keyboard(tmp_path: Path, size: tuple[int, int]) -> None:
    """Arrows, Home, End, Esc alone and F1 arrive as they leave a plain terminal, whatever COLUMNS pretends."""
    with Terminal("plain", tmp_path, size=size, COLUMNS="200", LINES="9") as terminal:
        terminal.wait_for("0007")
        terminal.press(b"2")
        terminal.wait_for("/ finds")
        terminal.press(b"\x1b[B")
        terminal.wait_for(">  0008")
        terminal.press(b"\x1b[F")
        terminal.wait_for(">  0013")
        terminal.press(b"\x1b[H")
        terminal.wait_for(">! 0007")
        terminal.press(b"\x1bOP")
        terminal.wait_for("Keys here")
        terminal.press(b"\x1b")
        terminal.wait_for(">! 0007")
        terminal.press(b"q")
        terminal.wait_for("Today")
        terminal.press(b"q")
        assert terminal.wait_for_end() == 0


def test_moving_costs_few_bytes(tmp_path: Path) -> None:
    """One row down sends two lines, not a screen: slow lines stay usable."""
    with Terminal("plain", tmp_path) as terminal:
        terminal.wait_for("q quit")
        terminal.press(b"2")
        terminal.wait_for("/ finds")
        terminal.press(b"j")
        terminal.wait_for(">  0008")
        before = len(terminal.raw)
        terminal.press(b"j")
        terminal.wait_for(">  0009")
        assert len(terminal.raw) - before < 1500
        terminal.press(b"qq")
        assert terminal.wait_for_end() == 0
        assert len(terminal.raw) < 40_000


@pytest.mark.parametrize("end", ["hangup", "terminated", "killed"])
def test_a_line_that_drops_while_one_types_loses_nothing(tmp_path: Path, end: str) -> None:
    """Whatever ends the program in the middle of a sentence, the sentence is there after the next start."""
    with Terminal("drafts", tmp_path) as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.press(b"\r")
        terminal.wait_for("Overview")
        terminal.press(b"n")
        terminal.wait_for("Text")
        terminal.press(b"She said that the rep")
        terminal.wait_for("She said that the rep")
        if end == "killed":
            terminal.settle()  # what was drawn a millisecond ago may not be kept yet, and nothing warns of a kill
        if end == "hangup":
            terminal.hang_up()
        else:
            terminal.signal(signal.SIGTERM if end == "terminated" else signal.SIGKILL)
        assert terminal.wait_for_end() == {"hangup": 129, "terminated": 143, "killed": -9}[end]
    with Terminal("drafts", tmp_path) as terminal:
        terminal.wait_for("Kept, not saved yet: note in case 0007")
        terminal.press(b"\r")
        terminal.wait_for("Overview")
        terminal.press(b"n")
        terminal.wait_for("She said that the rep")
