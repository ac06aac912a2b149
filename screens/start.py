"""Starting the screens: what must be true of the terminal, and what of the environment is set or dropped.

This module imports no Textual at its top: Textual reads its settings once, when it is first imported.
"""

import os
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Final, Literal, TextIO

from piptui.config import Settings
from piptui.desk.api import Desk
from piptui.drafts import Drafts

UNFIT: Final = 2
"""The exit code where the terminal cannot show screens."""

MANY: Final = 1000
"""So many cases take long enough to be told about."""
SOME: Final = 200
"""Cases between two words about how far it is."""

_KEPT_SETTINGS: Final = frozenset({"TEXTUAL_DISABLE_KITTY_KEY"})
_SETTINGS: Final = {"TEXTUAL_FPS": "240", "TEXTUAL_ANIMATIONS": "none", "TEXTUAL_SMOOTH_SCROLL": "0"}
_OTHERWISE: Final = "Everything can also be done on the command line: piptui --help."


def unfit(env: Mapping[str, str], stdin: TextIO | None, screen: TextIO | None) -> str:
    """Why screens cannot run here, as a sentence with what to do; empty where they can."""
    if stdin is None or not stdin.isatty():
        return f"The screens need a keyboard, but standard input is not a terminal. {_OTHERWISE}"
    if screen is None or not screen.isatty():
        return f"The screens need a terminal to draw on; standard error is redirected. {_OTHERWISE}"
    if env.get("TERM", "") in ("", "dumb", "unknown"):
        return f"The terminal type TERM={env.get('TERM', '')} cannot show screens. {_OTHERWISE}"
    if (screen.encoding or "").lower().replace("-", "").replace("_", "") != "utf8":
        told = f"The terminal's encoding is {screen.encoding}, and the screens need UTF-8: try LC_ALL=C.UTF-8."
        return f"{told} {_OTHERWISE}"
    return ""


def settle(env: MutableMapping[str, str]) -> None:
    """Drop settings that would change the program under somebody's hands, and set those that it is built for.

    An exported COLUMNS or LINES would win over the terminal's own size, and freeze it.
    """
    for name in [name for name in env if name.startswith("TEXTUAL") and name not in _KEPT_SETTINGS]:
        del env[name]
    for name in ("COLUMNS", "LINES"):
        env.pop(name, None)
    env.update(_SETTINGS)


def wants_ascii(env: Mapping[str, str]) -> bool:
    """Whether signs beyond ASCII are to be avoided: asked for, or a kernel console's font has none."""
    asked = env.get("PIPTUI_ASCII", "")
    return asked not in ("", "0") if asked else env.get("TERM", "") == "linux"


def prepare(desk: Desk, screen: TextIO | None) -> None:
    """Have the desk ready for the first list; where that takes long, say how far it is.

    Ctrl+C ends it, and with it the program; the next start does it anew.
    """
    everything = left = desk.prepare(0)
    if left < MANY or screen is None:
        return
    while left:
        done = 100 * (everything - left) // everything
        line = f"Reading every case for the list, this once: {done} % done. Ctrl+C stops it."
        screen.write(f"\r{line}")
        screen.flush()
        left = desk.prepare(SOME)
    screen.write(f"\r{' ' * 79}\r")
    screen.flush()


def run_screens(
    desk: Desk,
    *,
    crash_dir: Path | None = None,
    drafts: Path | None = None,
    views: Path | None = None,
    settings: Settings | None = None,
    tour: Literal["", "offered", "on"] = "",
) -> int:
    """Run the screens until the user leaves; gives the exit code of the program.

    `crash_dir` takes the log of a crash, `drafts` what is typed and not saved, `views` the saved
    ones, each in a folder for each store; `tour`
    says whether there is one, as the demo has.

    0 after a quit, 2 where the terminal is not fit (said on standard error), 128 + n after signal n, 70 after
    an error of the program. The desk is not closed here. Raises BadInput for keys in `settings` that cannot be.
    """
    reason = unfit(os.environ, sys.__stdin__, sys.__stderr__)
    if not reason and (sys.__stdout__ is None or not sys.__stdout__.isatty()):
        reason = f"The screens need a terminal, but standard output is redirected. {_OTHERWISE}"
    if reason:
        sys.stderr.write(f"{reason}\n")
        return UNFIT
    prepare(desk, sys.__stderr__)
    wanted = settings or Settings()
    if wanted.keys:
        from screens.keymap import apply  # before the first page is imported

        apply(wanted.keys)
    settle(os.environ)
    colourless = bool(os.environ.get("NO_COLOR"))

    from screens.app import PiptuiApp

    app = PiptuiApp(
        desk,
        ascii=wants_ascii(os.environ) if wanted.ascii is None else wanted.ascii,
        no_color=colourless,
        crash_dir=crash_dir,
        plain=wanted.driver == "plain",
        days=wanted.due_days,
        tour=tour,
        drafts=Drafts(drafts, desk.me().store) if drafts else None,
        views=views,
        mask_names=wanted.mask_names,
        cover_after=wanted.cover_after,
    )
    app.run(mouse=False)
    if colourless:
        os.environ["NO_COLOR"] = "1"  # Textual takes it out; what runs after the screens shall see it
    return app.return_code or 0
