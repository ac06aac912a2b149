"""A command that is ended from outside clears away what it has begun, as after Ctrl+c.

A line that is dropped or a shutdown would otherwise end the process at once, and half a backup would lie beside its
place with everything in it.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from piptui.cli.failures import hush

_ENDING: Final = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def ended_like_an_interrupt() -> Iterator[None]:
    """While it lasts, a hangup and a termination raise KeyboardInterrupt, once; those that somebody ignores (nohup)
    stay ignored."""
    taken = [number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL]

    def end(number: int, _frame: FrameType | None) -> None:
        for each in taken:
            signal.signal(each, signal.SIG_IGN)
        if number == signal.SIGHUP:
            # The terminal is gone: whatever is still said would be an error of its own.
            hush(sys.stdout)
            hush(sys.stderr)
        raise KeyboardInterrupt

    for number in taken:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
