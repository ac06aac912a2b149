"""Run the screens over a prepared desk in a real terminal: `python -m tests.pty.runner KIND`."""

import os
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from piptui.config import load
from piptui.desk.api import Desk
from screens.start import run_screens
from tests.screens.fake import full_desk
from tests.screens.forms_kit import Kit

HOSTILE = "[b]O'Brien[/b] \x1b]0;owned\x07\x1b]52;c;aGk=\x07\x9d0;x\x9c\x1b[31mred\u202eabc"


TOLD = "Dana Okafor's salary"
"""What an error of the program may say, and nobody must be told."""
CRASHES = {
    "crash": "acts",
    "crash at the start": "agenda",
    "crash in a filter": "list",
    "crash at an act, with drafts": "do",
}
"""Kind -> the method of the desk that fails there as no method should."""


def failing(works: Callable[..., Any], after: int) -> Callable[..., Any]:
    """A method that fails after some calls."""
    calls = count(1)

    def call(*args: Any) -> Any:
        if next(calls) > after:
            raise ZeroDivisionError(TOLD)
        return works(*args)

    return call


def real() -> int:
    """The program itself, on a store of its own in the folder of the test, with one running case."""
    home = Path(os.environ["PIPTUI_TEST_CRASH"])
    os.environ["HOME"] = str(home)
    for name in ("DATA", "STATE", "CONFIG"):
        os.environ.pop(f"XDG_{name}_HOME", None)
    from piptui.__main__ import main as program

    sys.argv = ["piptui", "--store", str(home / "store")]
    program()
    return 0


def main() -> int:
    """Choose the desk by the first argument; the exit code is the one of the screens."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "plain"
    if kind == "real":
        return real()
    crash = Path(os.environ["PIPTUI_TEST_CRASH"])
    desk: Desk
    if kind == "draft":
        desk = Kit(Path(tempfile.mkdtemp(dir=crash))).with_plan().desk
    else:
        desk = fake = full_desk(HOSTILE if kind == "hostile" else "")
        if kind in CRASHES:
            fake.errors[CRASHES[kind]] = ZeroDivisionError(TOLD)
        if kind == "crash in a timer":
            fake.watch = failing(fake.watch, after=4)  # type: ignore[method-assign]  # it works, and then no more
    nowhere = crash / "no-config.toml"
    settings = load(site=nowhere, own=nowhere).settings  # of the environment alone, as the test set it
    drafts = crash / "drafts" if kind.endswith("drafts") else None
    return run_screens(desk, crash_dir=crash, drafts=drafts, settings=settings)


if __name__ == "__main__":
    sys.exit(main())
