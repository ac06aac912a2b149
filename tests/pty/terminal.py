"""A program in a real pseudo terminal, and the screen that it draws there (stdlib pty and pyte)."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from pathlib import Path
from time import monotonic
from types import TracebackType

import pyte

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 20.0


class Terminal:
    """Starts the runner in a terminal; `raw` is every byte that reached it."""

    def __init__(self, kind: str, crash: Path, *, size: tuple[int, int] = (80, 24), **env: str) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.code: int | None = None
        settings = {
            **{
                name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "PIPTUI", "SSH"))
            },
            "TERM": "xterm-256color",
            "PIPTUI_TEST_CRASH": str(crash),
            "LC_ALL": "C.UTF-8",
            **env,
        }
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.chdir(ROOT)
            os.execve(sys.executable, [sys.executable, "-m", "tests.pty.runner", kind], settings)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self.code is None:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        if self._fd >= 0:
            os.close(self._fd)

    @property
    def text(self) -> str:
        """What the screen shows now."""
        return "\n".join(self.screen.display)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def wait_for(self, words: str) -> None:
        """Read until the screen shows these words."""
        end = monotonic() + _PATIENCE
        while words not in self.text:
            assert monotonic() < end, f"{words!r} never came; the screen shows\n{self.text}"
            self._read(0.05)

    def changed(self, before: str, seconds: float) -> str:
        """Read until the screen shows something else than before; gives it, "" if nothing came in that time."""
        end = monotonic() + seconds
        while self.text == before:
            if monotonic() > end:
                return ""
            self._read(0.05)
        return self.text

    def settle(self) -> None:
        """Read until nothing has come for a while."""
        while self._read(0.15):
            pass

    def press(self, keys: bytes) -> None:
        """Send what a keyboard would send."""
        os.write(self._fd, keys)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self._pid, number)

    def hang_up(self) -> None:
        """Take the line away, as a dropped connection does."""
        os.close(self._fd)
        self._fd = -1

    def wait_for_end(self) -> int:
        """Read until the program ends; gives its exit code, negative for a signal that killed it."""
        end = monotonic() + _PATIENCE
        while True:
            if self._fd >= 0:
                while self._read(0.02):
                    pass
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
                while self._fd >= 0 and self._read(0.02):
                    pass
                return self.code
            assert monotonic() < end, f"the program does not end; the screen shows\n{self.text}"
            select.select([], [], [], 0.02)

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was: echo and lines, the main screen, a visible cursor, no modes."""
        wanted = {b"?1049": False, b"?25": True, b"?1000": False, b"?2004": False, b"?1004": False}
        switches = dict(wanted)
        for name in switches:
            on, off = self.raw.rfind(b"\x1b[" + name + b"h"), self.raw.rfind(b"\x1b[" + name + b"l")
            if on != off:
                switches[name] = on > off
        modes = termios.tcgetattr(self._fd)
        canonical = bool(modes[3] & termios.ICANON) and bool(modes[3] & termios.ECHO)
        return canonical and switches == wanted
