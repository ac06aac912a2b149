"""What goes out to the terminal, in a thread of its own: a line that takes nothing must not hold up the program.

Over a stalled connection a write waits for ever, and whoever waits with it hears no signal. So the program never
writes itself; at the end it waits as long as the line takes anything, and no longer.
"""

import os
import threading
from collections import deque
from time import monotonic
from typing import Final

STALLED: Final = 2.0
"""Seconds without a byte taken after which the line counts as stalled."""

_AT_ONCE: Final = 512


class Outlet(threading.Thread):
    """Writes texts to a file descriptor in their order. What cannot be written any more is dropped in silence: who
    reads the same line hears of its end."""

    def __init__(self, number: int) -> None:
        super().__init__(daemon=True, name="terminal-output")
        self._number = number
        self._texts: deque[bytes] = deque()
        self._ready = threading.Condition()
        self._ends = False
        self._taken = 0
        self._given = 0

    @property
    def behind(self) -> int:
        """Bytes that the line has not taken yet."""
        return self._given - self._taken

    def put(self, text: str) -> None:
        """Write this after what was put before."""
        data = text.encode(errors="replace")
        with self._ready:
            self._texts.append(data)
            self._given += len(data)
            self._ready.notify()

    def drop(self) -> None:
        """Leave out what was not begun."""
        with self._ready:
            self._given -= sum(len(text) for text in self._texts)
            self._texts.clear()

    def settle(self) -> bool:
        """Wait until all is written, as long as the line takes anything; tells whether it is."""
        taken, until = self._taken, monotonic() + STALLED
        while self.behind and self.is_alive() and monotonic() < until:
            threading.Event().wait(0.005)
            if self._taken != taken:
                taken, until = self._taken, monotonic() + STALLED
        return not self.behind

    def end(self) -> None:
        """Write what is left, and end; on a stalled line the rest is left unsaid."""
        with self._ready:
            self._ends = True
            self._ready.notify()
        self.settle()
        if not self.behind:
            self.join(STALLED)

    def run(self) -> None:
        """Write, in the thread."""
        while True:
            with self._ready:
                while not self._texts and not self._ends:
                    self._ready.wait()
                if not self._texts:
                    return
                text = self._texts.popleft()
            self._write(text)

    def _write(self, text: bytes) -> None:
        rest = memoryview(text)
        while rest:
            try:
                count = os.write(self._number, rest[:_AT_ONCE])
            except OSError:
                self._taken += len(rest)  # the terminal is gone
                return
            rest = rest[count:]
            self._taken += count
