"""The doctor on the command line: every finding with its cure, and an exit code that a script can use."""

import json
import shutil
import threading
from pathlib import Path

import msgspec
import pytest

from piptui.desk.api import HealthLine

from .conftest import Run
from .fake import Wired

GOOD = HealthLine(level="ok", what="store", told="personal store in /srv/pip")
BAD = HealthLine(level="bad", what="modes", told="head is open to others", cure="Close it with: chmod go= head")


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state folder of the test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def test_all_in_order_ends_with_0(run: Run, wired: Wired) -> None:
    """Where nothing is wrong, that is the last line."""
    wired.health = (GOOD,)
    result = run("doctor")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "Nothing is wrong.")
    assert "  store: personal store in /srv/pip" in result.stdout
    assert "libraries: textual" in result.stdout


def test_something_wrong_ends_with_1_and_says_the_cure(run: Run, wired: Wired) -> None:
    """The finding carries a mark, and below it what mends it."""
    wired.health = (GOOD, BAD)
    result = run("doctor")
    assert result.exit_code == 1
    assert "! modes: head is open to others\n    Close it with:\n      chmod go= head\n" in result.stdout


def test_a_command_is_never_wrapped(run: Run, wired: Wired) -> None:
    """However long the path is and whatever words stand in it: the command is one line, to be pasted."""
    command = f"chmod -R go= '/srv/{'a long name ' * 12}/store'"
    wired.health = (msgspec.structs.replace(BAD, cure=f"Close with: {command}"),)
    assert f"      {command}" in run("doctor").stdout.splitlines()


def test_json_is_a_line_for_each(run: Run, wired: Wired) -> None:
    """Level, what, told and cure, for programs."""
    wired.health = (BAD,)
    lines = [json.loads(line) for line in run("doctor", "--json").stdout.splitlines()]
    assert lines[0] == {"level": "bad", "what": "modes", "told": BAD.told, "cure": BAD.cure}
    assert {"state", "terminal", "python", "libraries"} <= {line["what"] for line in lines}


def test_an_open_state_folder_is_bad(run: Run, wired: Wired, tmp_path: Path) -> None:
    """Drafts hold what was typed: a file there that others can read is named."""
    wired.health = ()
    run("doctor")
    (tmp_path / "piptui" / "note").write_text("", encoding="utf-8")
    (tmp_path / "piptui" / "note").chmod(0o644)
    result = run("doctor")
    assert result.exit_code == 1
    assert "note is open to others" in result.stdout


@pytest.mark.parametrize(
    ("term", "told"), [("xterm", "clipboard: to your terminal (OSC 52)"), ("linux", "clipboard: none")]
)
def test_the_way_of_what_is_copied_is_named(
    run: Run, wired: Wired, monkeypatch: pytest.MonkeyPatch, term: str, told: str
) -> None:
    """Which way a copied text goes, as far as that can be told from here."""
    wired.health = ()
    monkeypatch.setenv("TERM", term)
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    assert told in run("doctor").stdout


@pytest.mark.parametrize(("mode", "level"), [("external", " "), ("on", " "), ("off", "-")])
def test_tmux_is_asked_whether_it_passes_on_what_is_copied(
    run: Run, wired: Wired, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: str, level: str
) -> None:
    """As it is set up by default it does; where it was told not to, the cure is named."""
    wired.health = ()
    tool = tmp_path / "bin" / "tmux"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\necho {mode}\n", encoding="utf-8")
    tool.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tool.parent}:/bin:/usr/bin")
    monkeypatch.setenv("TMUX", "/tmp/x,1,0")
    result = run("doctor").stdout
    assert f"\n{level} clipboard: " in result
    assert ("set -g set-clipboard external" in result) is (mode == "off")


def test_no_room_for_what_is_typed_is_bad(run: Run, wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk of the state folder is full nothing that is typed outlives the program."""
    wired.health = ()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 10, 10))
    result = run("doctor")
    assert result.exit_code == 1
    assert "! state: no room in" in result.stdout


class AtOnce(threading.Timer):
    """A timer whose time has come when it is started."""

    def start(self) -> None:
        """Do it."""
        self.function()


def test_a_long_reading_says_what_it_is(run: Run, wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    """On standard error, so that what a program reads stays as it is; a short one says nothing."""
    wired.health = (GOOD,)
    assert "reading the whole record" not in run("doctor").stderr
    monkeypatch.setattr("piptui.cli.doctor.Timer", AtOnce)
    result = run("doctor", "--json")
    assert result.stderr == "piptui: reading the whole record …\n"
    assert all(json.loads(line) for line in result.stdout.splitlines())
