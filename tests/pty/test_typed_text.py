"""A line that drops while somebody types a check-in, on the real program and a real record: nothing typed is lost."""

import getpass
import shutil
import signal
import stat
from pathlib import Path

import pytest

from piptui.desk import open_desk
from piptui.desk.api import Actor
from piptui.desk.demo import make_demo
from tests.pty.terminal import Terminal

pytestmark = pytest.mark.slow

SENTENCE = "She asked for the shadowing that we pro"


@pytest.fixture(scope="module")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo organisation, made once."""
    store = tmp_path_factory.mktemp("organisation") / "store"
    make_demo(store, login=getpass.getuser())
    return store


@pytest.fixture
def home(organisation: Path, tmp_path: Path) -> Path:
    """A home with a copy of it."""
    shutil.copytree(organisation, tmp_path / "store")
    return tmp_path


def commits(home: Path) -> int:
    """How many commits there are; a damaged record raises."""
    desk = open_desk(home / "store", Actor(getpass.getuser()))
    report = desk.verify()
    desk.close()
    assert report.ok
    return report.commits


def begun(terminal: Terminal) -> None:
    """The check-in under the cursor, with the cursor in its first long text."""
    terminal.wait_for("q quit")
    terminal.press(b"c")
    terminal.wait_for("Helped")


@pytest.mark.parametrize("end", ["hangup", "ignored hangup", "SIGTERM", "SIGKILL", "stopped and killed"])
def test_a_check_in_that_was_being_typed_is_there_again(home: Path, end: str) -> None:
    """Whatever ends the program in the middle of a sentence: it is offered at the next start and on its page, to the
    last letter, nothing of it is in the record, and the record is whole."""
    before = commits(home)
    with Terminal("real", home, nohup=end == "ignored hangup") as terminal:
        begun(terminal)
        terminal.press(b"\t" * 10)
        terminal.settle()
        for letter in SENTENCE:
            terminal.press(letter.encode())
        terminal.wait_for(SENTENCE[-20:])
        if "kill" in end.casefold():
            terminal.settle()  # nothing warns of a kill: what was drawn a moment ago is kept a moment later
        if "hangup" in end:
            terminal.hang_up()
        elif end == "SIGTERM":
            terminal.signal(signal.SIGTERM)
        else:
            if end != "SIGKILL":
                terminal.signal(signal.SIGSTOP)
            terminal.signal(signal.SIGKILL)
        assert terminal.wait_for_end() == (129 if "hangup" in end else 143 if end == "SIGTERM" else -9)
    drafts = list((home / ".local/state/piptui/drafts").rglob("*.json"))
    assert drafts
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in drafts)
    assert commits(home) == before
    with Terminal("real", home) as terminal:
        terminal.wait_for("Kept, not saved yet: check-in")
        begun(terminal)
        terminal.press(b"\t" * 10)
        terminal.wait_for(SENTENCE[-20:])
        terminal.press(b"\x11\x11")
        assert terminal.wait_for_end() == 0


def test_a_home_that_keeps_nothing_stops_nobody(home: Path) -> None:
    """Where nothing can be kept beside the record the screens work, and leaving says that nothing is kept."""
    state = home / ".local/state"
    state.mkdir(parents=True)
    (state / "piptui").write_text("a file in the place of the folder", encoding="utf-8")
    with Terminal("real", home) as terminal:
        begun(terminal)
        terminal.press(b"\t" * 10)
        terminal.settle()
        terminal.press(SENTENCE.encode())
        terminal.wait_for(SENTENCE)
        terminal.press(b"\x11")
        terminal.wait_for("not saved. Press again to")
        terminal.press(b"\x11")
        assert terminal.wait_for_end() == 0
    assert [path.name for path in state.iterdir()] == ["piptui"]
