"""The writers' lock: flock on `lock`, which the kernel frees when its holder dies.

The text of the file names who took it last, for the sentence that others get to read.
"""

import fcntl
import os
import pwd
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from piptui.errors import Busy

BUSY_SECONDS = 5.0
_FIRST_PAUSE = 0.0005
_LONGEST_PAUSE = 0.02
_TEXT_BYTES = 160
_PROCESS = re.compile(r" on (\S+), process (\d+)")


def login() -> str:
    """The login name this process runs under, or its number."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def last_host(path: Path) -> str:
    """The machine whose process took the lock last, by its text; "" where nobody has, or it cannot be told."""
    found = _PROCESS.search(_text(path))
    return found.group(1) if found else ""


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


def _text(path: Path) -> str:
    try:
        text = path.read_bytes()[:_TEXT_BYTES].decode("utf-8", "replace").strip()
    except OSError:
        return ""
    return "".join(c for c in text if c.isprintable())


class Lock:
    """One open file description: two of them exclude each other even within a process."""

    def __init__(self, path: Path, opener: Callable[[Path], int]) -> None:
        self._path = path
        self._open = opener
        self._fd = -1
        self._who = f"{login()} on {os.uname().nodename}, process {os.getpid()}"

    def acquire(self, patience: float | None = None) -> None:
        """Take the lock, waiting up to `patience` seconds (BUSY_SECONDS by default); raises Busy."""
        until = time.monotonic() + (BUSY_SECONDS if patience is None else patience)
        pause = _FIRST_PAUSE
        while not self._try():
            left = until - time.monotonic()
            if left <= 0:
                raise Busy(
                    f"The record is being written by {self.holder()}. Nothing was saved: try again in a moment."
                )
            time.sleep(min(pause, left))
            pause = min(2 * pause, _LONGEST_PAUSE)
        text = f"{self._who}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
        os.pwrite(self._fd, text.encode()[: _TEXT_BYTES - 1].ljust(_TEXT_BYTES - 1) + b"\n", 0)

    def _try(self) -> bool:
        if self._fd < 0:
            self._fd = self._open(self._path)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        # Somebody may have replaced the file: a lock on the old one would exclude nobody.
        if self._path.exists() and os.path.samestat(os.fstat(self._fd), self._path.stat()):
            return True
        self.close()
        return False

    def release(self) -> None:
        """Let the next writer in."""
        if self._fd >= 0:
            try:
                fcntl.flock(self._fd, fcntl.LOCK_UN)
            except OSError:
                # On a file system that knows no locks; closing lets go of whatever there was.
                self.close()

    def holder(self) -> str:
        """Who took the lock last, as they wrote it; or that it is somebody else, where that process has ended."""
        text = _text(self._path)
        found = _PROCESS.search(text)
        if found and found[1] == os.uname().nodename and not _runs(int(found[2])):
            return f"another program than piptui (who wrote their name there last, {text}, has ended)"
        return text or "another process"

    def close(self) -> None:
        """Close the file, which also releases the lock."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
