"""A program in a real pseudo terminal, and the screen that it draws there (stdlib pty and pyte)."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from types import TracebackType

import pyte
from pyte.screens import Char
from rich.cells import cell_len

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 20.0
_MODES = (b"?1049", b"?1000", b"?1003", b"?1004", b"?1006", b"?1015", b"?1016", b"?2004", b"?2026", b"?2048")


ALTERNATE = re.compile(rb"\x1b\[\?1049h.*?(?:\x1b\[\?1049l|$)", re.DOTALL)
"""What was drawn on the alternate screen: nothing of it stays in the scrollback."""


def living(mark: Path) -> list[int]:
    """The processes that were started with this folder, ours and what they started themselves."""
    wanted = f"PIPTUI_TEST_CRASH={mark}\0".encode()
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (place / "environ").read_bytes() + b"\0":
                found.append(int(place.name))
        except OSError:
            continue
    return found


class Terminal:
    """Starts the runner in a terminal; `raw` is every byte that reached it. `nohup` lets it ignore a hang-up, as some
    supervisors do; `shell` starts a shell with job control instead, in which the test types."""

    def __init__(
        self,
        kind: str,
        crash: Path,
        *,
        size: tuple[int, int] = (80, 24),
        nohup: bool = False,
        shell: bool = False,
        **env: str,
    ) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.code: int | None = None
        self._mark = crash
        settings = {
            **{
                name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "PIPTUI", "SSH"))
            },
            "TERM": "xterm-256color",
            "PIPTUI_TEST_CRASH": str(crash),
            "LC_ALL": "C.UTF-8",
            **env,
        }
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.chdir(ROOT)
            if nohup:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
            if shell:
                os.execve("/bin/bash", ["bash", "--norc", "--noediting", "-i"], {**settings, "PS1": "$ "})
            os.execve(sys.executable, [sys.executable, "-m", "tests.pty.runner", kind], settings)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self._fd >= 0:
            os.close(self._fd)

    @property
    def text(self) -> str:
        """What the screen shows now, also in the middle of a frame: where half of a wide character is written over,
        its other half is a blank, as terminals show it (the emulator's own reading fails there)."""
        return "\n".join(self._line(self.screen.buffer[y]) for y in range(self.screen.lines))

    def _line(self, row: Mapping[int, Char]) -> str:
        shown, wide = "", False
        for x in range(self.screen.columns):
            data = row[x].data
            shown += data or ("" if wide else " ")
            wide = cell_len(data) == 2
        return shown

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

    def wait_without(self, words: str) -> None:
        """Read until the screen does not show these words."""
        end = monotonic() + _PATIENCE
        while words in self.text:
            assert monotonic() < end, f"{words!r} never went; the screen shows\n{self.text}"
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

    def signal(self, number: signal.Signals, pid: int = 0) -> None:
        """Send a signal to the program, or to another process."""
        os.kill(pid or self.pid, number)

    @property
    def kept(self) -> bytes:
        """What is left in the terminal's scrollback: everything but the alternate screen."""
        return ALTERNATE.sub(b"", self.raw)

    def children(self) -> list[int]:
        """What the program in the terminal, a shell perhaps, has started."""
        text = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        return [int(one) for one in text.split()]

    def hang_up(self) -> None:
        """Take the line away, as a dropped connection does."""
        os.close(self._fd)
        self._fd = -1

    def wait_for_end(self, *, reading: bool = True) -> int:
        """Read until the program ends, which leaves no process behind; gives its exit code, negative for a signal
        that killed it. Without `reading` the line is stalled: nobody takes what the program writes."""
        end = monotonic() + _PATIENCE
        while True:
            if reading and self._fd >= 0:
                while self._read(0.02):
                    pass
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
                assert living(self._mark) == [], "a process was left behind"
                while self._fd >= 0 and self._read(0.02):
                    pass
                return self.code
            assert monotonic() < end, f"the program does not end; the screen shows\n{self.text}"
            select.select([], [], [], 0.02)

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was: echo and lines, the main screen, a visible cursor, no modes, and no
        keyboard protocol."""
        wanted = dict.fromkeys(_MODES, False) | {b"?25": True, b"?7": True}
        switches = dict(wanted)
        for name in switches:
            on, off = self.raw.rfind(b"\x1b[" + name + b"h"), self.raw.rfind(b"\x1b[" + name + b"l")
            if on != off:
                switches[name] = on > off
        modes = termios.tcgetattr(self._fd)
        canonical = (
            bool(modes[3] & termios.ICANON) and bool(modes[3] & termios.ECHO) and bool(modes[3] & termios.ISIG)
        )
        keyboard = len(re.findall(rb"\x1b\[>\d+u", self.raw)) == self.raw.count(b"\x1b[<u")
        return canonical and keyboard and switches == wanted
