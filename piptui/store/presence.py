"""Who has something open: small files in `presence/`, beside the record and no part of it.

Whoever wrote one holds its lock as long as they live; a file without a holder was left behind, and the next one who
looks removes it. Where the folder cannot be written, nobody is told, and nothing else is the worse for it.
"""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from .files import folder_mode, new_file

_MOST = 2000
"""Bytes of a file that are read: more is none of ours."""


class Present(msgspec.Struct, frozen=True):
    """Somebody (a person id or login) who has a case (id) open in an act."""

    actor: str
    case: str
    act: str


class Presence:
    """The folder in a store; tells of one process, and reads of the others."""

    def __init__(self, folder: Path, kind: str, name: str) -> None:
        self._folder, self._kind = folder, kind
        self._own = folder / f"{name}.json"
        self._fd = -1

    def tell(self, present: Present | None) -> None:
        """Say what this process has open now; None: nothing any more."""
        try:
            if present is None:
                self._clear()
                return
            if self._fd < 0:
                self._begin()
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, msgspec.json.encode(present), 0)
        except OSError:
            return

    def others(self) -> tuple[Present, ...]:
        """What living others have open."""
        try:
            paths = sorted(self._folder.iterdir())
        except OSError:
            return ()
        return tuple(self._living(path for path in paths if path.suffix == ".json" and path != self._own))

    def _begin(self) -> None:
        if not self._folder.is_dir():
            self._folder.mkdir(mode=0o700, exist_ok=True)
            self._folder.chmod(folder_mode(self._kind))
        self._fd = new_file(self._own, self._kind)
        fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _clear(self) -> None:
        if self._fd >= 0:
            self._own.unlink(missing_ok=True)
            os.close(self._fd)
            self._fd = -1

    def _living(self, paths: Iterator[Path]) -> Iterator[Present]:
        for path in paths:
            try:
                fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
            except OSError:
                continue
            try:
                fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                try:
                    yield msgspec.json.decode(os.pread(fd, _MOST, 0), type=Present)
                except (msgspec.MsgspecError, OSError):
                    continue  # caught between two writes: half a second later it is whole
            except OSError:
                continue
            else:
                path.unlink(missing_ok=True)
            finally:
                os.close(fd)
