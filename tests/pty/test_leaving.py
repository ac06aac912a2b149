"""However the screens end, in a real terminal: in order, without a trace of a case, and without a process left."""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.pty.runner import CRASHES
from tests.pty.terminal import ROOT, Terminal

pytestmark = pytest.mark.slow

DRIVERS = ("cells", "plain")


def stalled(terminal: Terminal) -> None:
    """A line that nobody takes anything from, with more to draw than it holds."""
    terminal.wait_for("Dana Okafor")
    for _ in range(40):
        for keys in (b"?", b"\x1b[6~", b"\x1bOP", b"q"):
            terminal.press(keys)


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_stalled_line_does_not_make_deaf(tmp_path: Path, driver: str) -> None:
    """When the connection takes nothing any more, SIGTERM ends the program all the same."""
    with Terminal("plain", tmp_path, PIPTUI_DRIVER=driver) as terminal:
        stalled(terminal)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_for_end(reading=False) == 143


@pytest.mark.parametrize("nohup", [False, True], ids=["hangup", "ignored hangup"])
@pytest.mark.parametrize("driver", DRIVERS)
def test_a_stalled_line_that_drops_ends_the_program(tmp_path: Path, driver: str, nohup: bool) -> None:
    """With the end of the line the program ends, even if it was started to ignore that, and that is no crash."""
    with Terminal("plain", tmp_path, nohup=nohup, PIPTUI_DRIVER=driver) as terminal:
        stalled(terminal)
        terminal.hang_up()
        assert terminal.wait_for_end() == 129
        assert list(tmp_path.glob("*.log")) == []


@pytest.mark.parametrize("driver", DRIVERS)
def test_an_ignored_hang_up_leaves_no_orphan(tmp_path: Path, driver: str) -> None:
    """A program that its supervisor made deaf to hang-ups sees by itself that the terminal is gone."""
    with Terminal("plain", tmp_path, nohup=True, PIPTUI_DRIVER=driver) as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.hang_up()
        assert terminal.wait_for_end() == 129


def started(terminal: Terminal, kind: str = "plain") -> None:
    """The program as a job of a shell."""
    terminal.wait_for("$ ")
    terminal.press(f"{sys.executable} -m tests.pty.runner {kind}\n".encode())
    terminal.wait_for("Dana Okafor")


@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.parametrize("how", ["ctrl+z", "SIGTSTP", "SIGSTOP"])
def test_a_pause_gives_the_terminal_away_and_takes_it_back(tmp_path: Path, driver: str, how: str) -> None:
    """After fg the screen is whole, keys work, and what was typed is there; at the end the terminal is as it was."""
    with Terminal("drafts", tmp_path, shell=True, PIPTUI_DRIVER=driver) as terminal:
        started(terminal, "drafts")
        terminal.press(b"\r")
        terminal.wait_for("Overview")
        terminal.press(b"n")
        terminal.wait_for("Text")
        terminal.press(b"half a sen")
        terminal.wait_for("half a sen")
        terminal.press(b"\x1b")
        terminal.wait_for("Overview")
        for _ in range(2):
            if how == "ctrl+z":
                terminal.press(b"\x1a")
            else:
                (child,) = terminal.children()
                terminal.signal(signal.Signals[how], child)
            terminal.wait_for("Stopped")
            assert how == "SIGSTOP" or terminal.restored
            terminal.settle()
            terminal.press(b"fg\n")
            terminal.wait_for("q back")
            terminal.wait_without("Stopped")
            assert "Overview" in terminal.text
        terminal.press(b"n")
        terminal.wait_for("half a sen")
        terminal.press(b"tence")
        terminal.wait_for("half a sentence")
        terminal.press(b"\x11\x11")
        terminal.settle()
        terminal.press(b"echo code $?.\n")
        terminal.wait_for("code 0.")
        assert terminal.children() == []
        assert terminal.restored


def test_without_a_shell_nothing_is_paused(tmp_path: Path) -> None:
    """Where no shell could bring it back, as behind `ssh -t host piptui`, ctrl+z says so instead of freezing."""
    with Terminal("plain", tmp_path) as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.press(b"\x1a")
        terminal.wait_for("No shell waits")
        terminal.press(b"q")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("end", ["quit", "SIGTERM", "SIGHUP", "SIGINT", "crash"])
def test_nothing_of_a_case_stays_behind(tmp_path: Path, end: str) -> None:
    """All that was drawn stood on the alternate screen: no name in the scrollback, no window title, no clipboard."""
    with Terminal("crash" if end == "crash" else "plain", tmp_path) as terminal:
        terminal.wait_for("Dana Okafor")
        if end == "crash":
            terminal.press(b"\r")
        elif end == "quit":
            terminal.press(b"q")
        else:
            terminal.signal(signal.Signals[end])
        terminal.wait_for_end()
        assert terminal.restored
        assert b"Dana" in terminal.raw
        for word in (b"Dana", b"Okafor", b"quota", b"salary", b"0007"):
            assert word not in terminal.kept
        assert b"\x1b]" not in terminal.raw


def test_nothing_of_a_case_stands_in_the_list_of_processes(tmp_path: Path) -> None:
    """Command line and title of the process say what was started, and nothing of what is shown."""
    with Terminal("plain", tmp_path) as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.press(b"\r")
        terminal.wait_for("Overview")
        told = b"".join(Path(f"/proc/{terminal.pid}/{name}").read_bytes() for name in ("cmdline", "comm", "stat"))
        assert b"Dana" not in told
        assert b"0007" not in told
        terminal.press(b"\x11")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("kind", [*CRASHES, "crash in a timer"])
def test_an_error_of_the_program_ends_in_order_wherever_it_is(tmp_path: Path, kind: str) -> None:
    """Exit code 70, the terminal given back, one sentence, and a log of frames for its owner alone."""
    keys = {"crash": b"\r", "crash in a filter": b"2", "crash at an act, with drafts": b"\rnwords"}.get(kind, b"")
    with Terminal(kind, tmp_path) as terminal:
        if kind != "crash at the start":
            terminal.wait_for("Dana Okafor")
        if keys:
            terminal.press(keys)
        if kind == "crash at an act, with drafts":
            terminal.settle()
            terminal.press(b"\x13")
        assert terminal.wait_for_end() == 70
        assert terminal.restored
        assert b"error in the program" in terminal.kept
        assert b"Traceback" not in terminal.raw
        assert b"salary" not in terminal.raw
        (log,) = tmp_path.glob("*.log")
        assert stat.S_IMODE(log.stat().st_mode) == 0o600
        text = log.read_text(encoding="utf-8")
        assert "ZeroDivisionError" in text
        assert not re.search("salary|Dana|words", text)


def test_what_was_typed_before_a_crash_is_there_again(tmp_path: Path) -> None:
    """A fault of the program costs no letter: the next start names the form and has the text."""
    kind = "crash at an act, with drafts"
    for keys, word in ((b"every letter of this", "every letter of this"), (b"", "every letter of this")):
        with Terminal(kind, tmp_path) as terminal:
            terminal.wait_for("Dana Okafor")
            if not keys:
                terminal.wait_for("Kept, not saved yet: note in case 0007")
            terminal.press(b"\r")
            terminal.wait_for("Overview")
            terminal.press(b"n")
            terminal.wait_for("Text")
            terminal.press(keys)
            terminal.wait_for(word)
            terminal.press(b"\x13")
            assert terminal.wait_for_end() == 70


@pytest.mark.parametrize(
    "redirected", ["< /dev/null", "<&-", "> {out}", "2> {out}", "> {out} 2>&1", "< /dev/null > {out} 2>&1"]
)
def test_without_a_terminal_it_fails_and_says_so(tmp_path: Path, redirected: str) -> None:
    """Whatever is redirected or closed: exit code 2 and a sentence, neither a traceback nor an endless loop."""
    out = tmp_path / "out"
    command = f"{sys.executable} -m tests.pty.runner plain {redirected.format(out=out)}; echo code $?."
    with Terminal("", tmp_path, shell=True) as terminal:
        terminal.wait_for("$ ")
        terminal.press(f"{command}\n".encode())
        terminal.wait_for("code 2.")
        told = terminal.text + (out.read_text(encoding="utf-8") if out.exists() else "")
        assert "Everythingcanalsobedoneonthecommandline" in "".join(told.split())
        assert "Traceback" not in told


def test_without_any_terminal_it_fails_and_says_so(tmp_path: Path) -> None:
    """From cron, say."""
    command = [sys.executable, "-m", "tests.pty.runner", "plain"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PIPTUI_TEST_CRASH": str(tmp_path)}, capture_output=True, timeout=30, check=False
    )
    assert done.returncode == 2
    assert b"not a terminal" in done.stderr


@pytest.mark.parametrize(
    "term", ["linux", "screen", "screen-256color", "tmux-256color", "vt100", "xterm", "nonsense"]
)
def test_every_kind_of_terminal_is_given_back(tmp_path: Path, term: str) -> None:
    """Starts, shows, and leaves the terminal as it was, whatever it is called."""
    with Terminal("plain", tmp_path, TERM=term) as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.press(b"q")
        assert terminal.wait_for_end() == 0
        assert terminal.restored


def test_a_copied_number_reaches_the_terminal(tmp_path: Path) -> None:
    """y sends what it copies by OSC 52, once, and shows it all the same; leaving sends nothing more."""
    with Terminal("plain", tmp_path, TMUX="", STY="") as terminal:
        terminal.wait_for("Dana Okafor")
        terminal.press(b"2")
        terminal.wait_for("/ finds")
        terminal.press(b"y")
        terminal.wait_for("Sent to the clipboard")
        assert terminal.raw.count(b"\x1b]52;c;MDAwNw==\x07") == 1
        terminal.press(b"\x11")
        assert terminal.wait_for_end() == 0
        assert terminal.raw.count(b"\x1b]") == 1


@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
def test_a_copied_number_gets_through_tmux(tmp_path: Path) -> None:
    """In tmux, as it is set up by default, the text is in its buffer, from where it passes it on."""
    socket = f"piptui-{os.getpid()}"
    tmux = ["tmux", "-L", socket, "-f", "/dev/null"]
    env = {**os.environ, "PIPTUI_TEST_CRASH": str(tmp_path), "LC_ALL": "C.UTF-8"}
    program = f"{sys.executable} -m tests.pty.runner plain"
    subprocess.run([*tmux, "new-session", "-d", "-x", "80", "-y", "24", program], cwd=ROOT, env=env, check=True)
    try:

        def shown() -> str:
            return subprocess.run([*tmux, "capture-pane", "-p"], capture_output=True, text=True, check=False).stdout

        for key, word in (("", "Dana Okafor"), ("2", "/ finds"), ("y", "Sent to the clipboard")):
            if key:
                subprocess.run([*tmux, "send-keys", key], check=True)
            until = monotonic() + 20
            while word not in shown():
                assert monotonic() < until, shown()
                sleep(0.1)
        found = subprocess.run([*tmux, "show-buffer"], capture_output=True, text=True, check=True).stdout
        assert found == "0007"
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
