"""The files of a store open for writing, and what a failed write means for a person."""

import errno
import os
from pathlib import Path

from piptui.errors import Full, PiptuiError, Unreachable

from .files import Head, Place, is_other, new_file, sync_folder, write_head

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Handles:
    """Segments and head, opened when first needed, created with the modes of the store."""

    def __init__(self, place: Place, kind: str) -> None:
        self.place = place
        self._kind = kind
        self._fds: dict[int, int] = {}
        self._head_fd = -1

    def segment(self, number: int) -> int:
        """A segment open for writing; a new one is durable by name before anything is in it."""
        path = self.place.segment(number)
        fd = self._fds.get(number)
        if fd is not None and is_other(fd, path):
            os.close(self._fds.pop(number))
            fd = None
        if fd is None:
            created = not path.exists()
            fd = self._fds[number] = new_file(path, self._kind)
            if created:
                sync_folder(path.parent)
        return fd

    def put_head(self, head: Head, *, durable: bool = False) -> None:
        """Say how far the record is acknowledged; `durable` waits for the disk."""
        gone = self._head_fd < 0 or os.fstat(self._head_fd).st_nlink == 0
        if gone or is_other(self._head_fd, self.place.head):
            self._close_head()
            self._head_fd = new_file(self.place.head, self._kind)
        write_all(self._head_fd, write_head(head), 0)
        if durable:
            os.fsync(self._head_fd)
            sync_folder(self.place.path)

    def head_is(self, head: Head) -> bool:
        """Whether `head` says exactly this."""
        wanted = write_head(head)
        return self._head_fd >= 0 and os.pread(self._head_fd, len(wanted), 0) == wanted

    def _close_head(self) -> None:
        if self._head_fd >= 0:
            os.close(self._head_fd)
        self._head_fd = -1

    def close(self) -> None:
        """Close all files."""
        self._close_head()
        for fd in self._fds.values():
            os.close(fd)
        self._fds.clear()


def write_all(fd: int, data: bytes, offset: int) -> None:
    """Write all of `data` at `offset`, however often the system stops short."""
    view = memoryview(data)
    while view:
        done = os.pwrite(fd, view, offset)
        view, offset = view[done:], offset + done


def explain(error: OSError, path: Path) -> PiptuiError:
    """The error for a person behind a failed write of which nothing remains."""
    if error.errno in _NO_ROOM:
        return Full(
            f"There is no room for the store in {path} ({error.strerror}). Nothing was saved: make room first."
        )
    return Unreachable(f"The record in {path} could not be written ({error.strerror}). Nothing was saved.")
