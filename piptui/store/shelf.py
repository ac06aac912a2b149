"""The folder of snapshots: which there are, which of them fits the journal, and which have to go.

Three files belong to a snapshot: NNN.jsonl, NNN.dat and, written last, NNN.idx. All of them may be deleted at any
time: the journal holds everything.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .base import Base
from .files import Place, folder_mode, new_file
from .pages import BadSnapshot, Pages, pages_of
from .tip import Tip, numbers, read_tip

PARTS = ("jsonl", "dat", "idx")
TAIL = "tail"
_FRESH = ".new"
_OPEN = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW


class Shelf:
    """The snapshots of one store."""

    def __init__(self, place: Place, kind: str) -> None:
        self.folder = place.snapshots
        self._kind = kind

    def path(self, number: int, part: str) -> Path:
        """Where a part of a snapshot lies."""
        return self.folder / f"{number:06d}.{part}"

    def numbers(self) -> list[int]:
        """The numbers of the finished snapshots, the newest first."""
        try:
            names = [path.name for path in self.folder.iterdir()]
        except OSError:
            return []
        found = (name.removesuffix(".idx") for name in names if name.endswith(".idx"))
        return sorted((int(name) for name in found if name.isdecimal()), reverse=True)

    def tip(self, number: int) -> tuple[Tip, bytes]:
        """What a snapshot says of itself, and its check sums; raises BadSnapshot and OSError."""
        return read_tip(self.path(number, "idx").read_bytes())

    def load(self, number: int) -> Base:
        """Open a snapshot; raises BadSnapshot, OSError where it is gone or may not be read."""
        tip, raw = self.tip(number)
        sums = numbers("I", raw)
        split = pages_of(tip.text_bytes)
        text = Pages(os.open(self.path(number, "jsonl"), _OPEN), tip.text_bytes, sums[:split])
        try:
            data = Pages(os.open(self.path(number, "dat"), _OPEN), tip.data_bytes, sums[split:])
        except BaseException:
            text.close()
            raise
        return Base(number, tip, text, data)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether this is the only one who makes a snapshot, for as long as it lasts; raises OSError."""
        with suppress(FileExistsError):
            self.folder.mkdir(mode=0o700)
            self.folder.chmod(folder_mode(self._kind))
        fd = new_file(self.folder / "lock", self._kind)
        try:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(fd)

    def fresh(self, number: int, part: str) -> int:
        """A part being written, open for writing; whoever is alone may have to replace one that was cut short."""
        path = self._fresh(number, part)
        path.unlink(missing_ok=True)
        return new_file(path, self._kind)

    def tail(self, number: int) -> bytes:
        """What was saved behind a snapshot; raises OSError."""
        return self.path(number, TAIL).read_bytes()

    def publish(self, number: int, parts: tuple[str, ...] = PARTS) -> None:
        """Give the parts of a finished snapshot their names, the index last; raises OSError."""
        for part in parts:
            self._fresh(number, part).rename(self.path(number, part))
        fd = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def _fresh(self, number: int, part: str) -> Path:
        path = self.path(number, part)
        return path.with_name(path.name + _FRESH)

    def sweep(self, keep: Callable[[int], bool]) -> None:
        """Delete every file of the snapshots that are not to be kept, and what was never finished.

        Again and again until there is nothing left to delete: another process may finish one meanwhile.
        """
        while sum(self._delete(path) for path in self._paths() if not _kept(path, keep)):
            pass

    def _paths(self) -> list[Path]:
        """Every file, the indexes first: without its index a snapshot is none, and whoever is killed between two
        deletions leaves nothing that looks damaged."""
        try:
            found = [path for path in self.folder.iterdir() if path.name != "lock"]
        except OSError:
            return []
        return sorted(found, key=lambda path: path.suffix != ".idx")

    @staticmethod
    def _delete(path: Path) -> bool:
        try:
            path.unlink()
        except FileNotFoundError:
            return True
        except OSError:
            return False
        return True

    def remove(self, number: int) -> None:
        """Delete what there is of a snapshot, finished or not."""
        for part in (*reversed(PARTS), TAIL):
            self._delete(self.path(number, part))
            self._delete(self._fresh(number, part))

    def leave(self, number: int, part: str) -> None:
        """Delete a part that was not finished."""
        self._delete(self._fresh(number, part))

    def forget(self, before: int) -> None:
        """Delete the snapshots that do not know commit `before`: it removed texts that they may hold."""

        good = set()
        for number in self.numbers():
            with suppress(BadSnapshot, OSError):
                if self.tip(number)[0].seq >= before:
                    good.add(number)
        self.sweep(good.__contains__)


def _kept(path: Path, keep: Callable[[int], bool]) -> bool:
    number, _, part = path.name.partition(".")
    return part in (*PARTS, TAIL) and number.isdecimal() and keep(int(number))
