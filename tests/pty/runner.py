"""Run the screens over a prepared desk in a real terminal: `python -m tests.pty.runner KIND`."""

import os
import sys
import tempfile
from pathlib import Path

from piptui.config import load
from piptui.desk.api import Desk
from screens.start import run_screens
from tests.screens.fake import full_desk
from tests.screens.forms_kit import Kit

HOSTILE = "[b]O'Brien[/b] \x1b]0;owned\x07\x1b]52;c;aGk=\x07\x9d0;x\x9c\x1b[31mred\u202eabc"


def main() -> int:
    """Choose the desk by the first argument; the exit code is the one of the screens."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "plain"
    crash = Path(os.environ["PIPTUI_TEST_CRASH"])
    desk: Desk
    if kind == "draft":
        desk = Kit(Path(tempfile.mkdtemp(dir=crash))).with_plan().desk
    else:
        desk = fake = full_desk(HOSTILE if kind == "hostile" else "")
        if kind == "crash":
            fake.errors["acts"] = ZeroDivisionError("Dana Okafor's salary")
    nowhere = crash / "no-config.toml"
    settings = load(site=nowhere, own=nowhere).settings  # of the environment alone, as the test set it
    drafts = crash / "drafts" if kind == "drafts" else None
    return run_screens(desk, crash_dir=crash, drafts=drafts, settings=settings)


if __name__ == "__main__":
    sys.exit(main())
