"""The doctor: what is in order and what is not, around store, terminal and program; each with its cure."""

import os
import platform
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Timer
from typing import Final

import click

from piptui.cli.options import common, json_option
from piptui.cli.output import emit_lines, paragraph, say
from piptui.cli.session import Session
from piptui.clipboard import way
from piptui.desk.api import HealthLine
from piptui.paths import state_dir

LIBRARIES = ("textual", "tinydb", "msgspec", "pendulum", "click", "platformdirs", "icalendar")
_ROOM = 1024 * 1024
"""Bytes that have to be free for what is typed."""
MOMENT: Final = 1.0
"""Seconds after which somebody who waits is told for what."""
_SIGNS = {"ok": " ", "look": "-", "bad": "!"}


@click.command("doctor")
@common
@json_option
@click.pass_obj
def doctor(session: Session) -> int:
    """Look at the store, the terminal and the program: what is in order, what is not, and what mends it."""
    with _patience():
        seen = session.doors.health(session.where())
    found = [*seen, *_private(), *_terminal(), _clipboard(), *_program()]
    bad = any(one.level == "bad" for one in found)
    if session.as_json:
        emit_lines(found)
        return int(bad)
    for one in found:
        say(f"{_SIGNS[one.level]} {one.what}: {one.told}")
        if one.cure:
            say(*_cure(one.cure))
    say("", "Something is wrong: see the lines marked !." if bad else "Nothing is wrong.")
    return int(bad)


@contextmanager
def _patience() -> Iterator[None]:
    """Say what takes so long, if it does: nobody should take a long reading for one that hangs."""
    timer = Timer(MOMENT, lambda: sys.stderr.write("piptui: reading the whole record …\n"))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cure(text: str) -> list[str]:
    """A cure, wrapped; a command in it stands whole on a line of its own, to be copied as it is."""
    said, *commands = text.replace(": chmod ", ":\nchmod ", 1).split("\n")
    return [*paragraph(said, "    "), *(f"      {command}" for command in commands)]


def _line(level: str, what: str, told: str, cure: str = "") -> HealthLine:
    return HealthLine(level=level, what=what, told=told, cure=cure)  # type: ignore[arg-type]  # one of the three


def _private() -> Iterator[HealthLine]:
    """The folder of drafts and logs is its owner's alone."""
    try:
        folder = state_dir()
        open_to_others = [path for path in (folder, *folder.rglob("*")) if _open(path)]
    except OSError as error:
        cure = "See who owns it; without it what you type is kept only while piptui runs."
        yield _line("look", "state", f"{error.filename}: {error.strerror}", cure)
        return
    if shutil.disk_usage(folder).free < _ROOM:
        told = f"no room in {folder}: what you type is kept only while piptui runs"
        yield _line("bad", "state", told, "Make room, or set XDG_STATE_HOME to a folder with room.")
    if open_to_others:
        told = f"{open_to_others[0]} is open to others"
        yield _line("bad", "state", told, f"Close it with: chmod -R go= {shlex.quote(str(folder))}")
    else:
        yield _line("ok", "state", f"{folder}, yours alone")


def _open(path: Path) -> bool:
    return bool(stat.S_IMODE(path.lstat().st_mode) & 0o077) and not path.is_symlink()


def _terminal() -> Iterator[HealthLine]:
    if not sys.stdout.isatty():
        yield _line("ok", "terminal", "none here; the commands need none")
        return
    kind = os.environ.get("TERM", "")
    if kind in ("", "dumb", "unknown"):
        yield _line("bad", "terminal", f"TERM={kind} cannot show screens", "Set TERM, such as xterm-256color.")
    else:
        yield _line("ok", "terminal", f"TERM={kind}" + (", over SSH" if "SSH_CONNECTION" in os.environ else ""))
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding == "utf8":
        yield _line("ok", "encoding", "UTF-8")
    else:
        cure = "Use a UTF-8 locale, such as LC_ALL=C.UTF-8."
        yield _line("bad", "encoding", f"{sys.stdout.encoding}: the screens need UTF-8", cure)
    size = shutil.get_terminal_size()
    if size.columns < 80 or size.lines < 24:
        told = f"{size.columns}x{size.lines}"
        yield _line("look", "size", told, "The screens are made for 80x24; from 40x10 on they can be used.")
    else:
        yield _line("ok", "size", f"{size.columns}x{size.lines}")


def _clipboard() -> HealthLine:
    """Which way a copied text goes, as far as that can be told from here."""
    through = way()
    if through == "tmux":
        return _through_tmux()
    if through == "none":
        told = f"none: a terminal of the type {os.environ.get('TERM', '')} has no clipboard"
        return _line("ok", "clipboard", f"{told}; y shows what it would copy")
    told = "to your terminal (OSC 52)" + (", wrapped for screen" if through == "screen" else "")
    return _line("ok", "clipboard", f"{told}; no terminal says whether it takes it: press y on a case, and paste")


def _through_tmux() -> HealthLine:
    command = shutil.which("tmux")
    if not command:
        cure = "Let the command tmux be found: what is copied goes through it."
        return _line("look", "clipboard", "in tmux, but there is no command tmux here", cure)
    asked = [command, "show-options", "-gv", "set-clipboard"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=5, check=False)  # noqa: S603 - fixed words
    mode = done.stdout.strip()
    if mode in ("on", "external"):
        return _line("ok", "clipboard", f"through tmux (load-buffer -w; set-clipboard {mode})")
    cure = "To copy from piptui: set -g set-clipboard external in ~/.tmux.conf."
    return _line("look", "clipboard", f"tmux passes nothing on (set-clipboard {mode or 'unknown'})", cure)


def _program() -> Iterator[HealthLine]:
    yield _line("ok", "python", f"{platform.python_version()} on {platform.system()} {platform.release()}")
    missing, found = [], []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        yield _line(
            "bad", "libraries", f"missing: {', '.join(missing)}", "Install piptui again, isolated: pipx, uv tool."
        )
    else:
        yield _line("ok", "libraries", ", ".join(found))
