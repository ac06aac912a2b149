"""The way to the clipboard of whoever sits at the other end of the line: nothing on this machine is one.

A terminal takes a text by an escape sequence (OSC 52) and never says whether it did. tmux drops that sequence as it
is set up by default, but passes a text on that is loaded into a buffer of its own; screen wants it wrapped.
"""

import base64
import os
import subprocess
from collections.abc import Mapping
from typing import Final, Literal

Way = Literal["tmux", "screen", "terminal", "none"]

MOST: Final = 74_000
"""Bytes that every terminal takes in one sequence; many drop a longer one in silence."""

_WAIT: Final = 2.0


def way(env: Mapping[str, str] | None = None) -> Way:
    """Which way a text goes from here, by the environment."""
    found = os.environ if env is None else env
    if found.get("TMUX"):
        return "tmux"
    if found.get("STY"):
        return "screen"
    return "none" if found.get("TERM", "") in ("linux", "dumb", "") else "terminal"


def sequence(text: str, through: Way) -> str:
    """What makes a terminal take a text; "" where it would be too long, or there is no clipboard."""
    data = base64.b64encode(text.encode(errors="replace")).decode()
    if through == "none" or len(data) > MOST:
        return ""
    plain = f"\x1b]52;c;{data}\a"
    return f"\x1bP{plain}\x1b\\" if through == "screen" else plain


def to_tmux(text: str) -> bool:
    """Load a text into a buffer of tmux and let tmux pass it on (tmux 3.2 and later); whether that worked. The text
    goes through a pipe: no list of processes shows it."""
    command = ["tmux", "load-buffer", "-w", "-"]
    try:
        done = subprocess.run(  # noqa: S603 - fixed words
            command, input=text.encode(errors="replace"), capture_output=True, timeout=_WAIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
