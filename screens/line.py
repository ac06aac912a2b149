"""The line to the terminal and its end: whatever becomes of it, the program hears of it and ends in order.

Textual's own driver waits for ever on a line that takes nothing, deaf to signals, and spins for ever on one that is
gone; this one does neither. What is drawn, and how, is not its business.
"""

import os
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from typing import Any, Final

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from screens.outlet import Outlet

_KEYS_AS_BEFORE: Final = "\x1b[<u"
"""Takes back one request for more precise keys; each beginning makes one."""


class LineDriver(LinuxDriver):
    """Textual's driver over an `Outlet`, with an input that ends when the line does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._outlet: Outlet | None = None
        self._wake: tuple[int, int] | None = None

    @property
    def behind(self) -> int:
        """Bytes that the line has not taken yet."""
        return self._outlet.behind if self._outlet else 0

    def write(self, data: str) -> None:
        """Send a text, now or when the line takes it; never waits."""
        if self._outlet is not None:
            self._outlet.put(data)

    def start_application_mode(self) -> None:
        """Begin, or begin again after a pause."""
        if _in_background():
            os.kill(os.getpid(), signal.SIGSTOP)  # whoever brings it to the front starts it again
            return
        running, before = self._outlet is not None, self.attrs_before
        if running:
            # It was stopped without a word (SIGSTOP) and goes on: one thread reads, and the terminal is given back
            # as it was before the beginning.
            self.disable_input()
            self._must_signal_resume = True
        self._let_go()
        assert self._file is not None  # noqa: S101 - standard error, which was looked at before
        self._outlet = Outlet(self._file.fileno())
        self._outlet.start()
        self._wake = os.pipe()
        if running:
            self.write(_KEYS_AS_BEFORE)
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's own, without types
        if running:
            self.attrs_before = before

    def disable_input(self) -> None:
        """End the input: wake the thread that reads."""
        if self._wake is not None:
            os.write(self._wake[1], b"x")
        super().disable_input()

    def stop_application_mode(self) -> None:
        """Give the terminal back: frames that a stalled line did not take are never drawn."""
        if self._outlet is not None and not self._outlet.settle():
            self._outlet.drop()
        super().stop_application_mode()

    def close(self) -> None:
        """Let go of everything."""
        super().close()
        self._let_go()

    def _let_go(self) -> None:
        if self._outlet is not None:
            self._outlet.end()
        for end in self._wake or ():
            os.close(end)
        self._outlet = self._wake = None

    def run_input_thread(self) -> None:
        """Read what is typed until told to stop: as Textual does, but woken at once, and ended by the line's end."""
        assert self._wake is not None  # noqa: S101 - made before the thread starts
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._wake[0], selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = {key.fd for key, _ in selector.select(0.1)}
                if self.fileno in ready:
                    data = _read(self.fileno)
                    if not data:
                        self._loop.call_soon_threadsafe(lambda: self._app.exit(return_code=128 + signal.SIGHUP))
                        return
                    for message in parser.feed(decode(data)):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)


def _in_background() -> bool:
    """Whether the terminal is somebody else's at the moment, such as the shell's."""
    try:
        return os.tcgetpgrp(sys.__stdin__.fileno() if sys.__stdin__ else 0) != os.getpgrp()
    except OSError:
        return False


def can_pause() -> bool:
    """Whether a shell waits that could bring the program back: then it has another process group of this session."""
    parent = os.getppid()
    try:
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except OSError:
        return False


def _read(number: int) -> bytes:
    try:
        return os.read(number, 4096)
    except OSError:
        return b""
