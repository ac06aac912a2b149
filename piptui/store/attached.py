"""The bytes of attached files: `files/<id>`, under the id of the document in the table `files` that names them.

They are on the disk before the commit that names them, and are never written again. While an attach is under way
there is a second name for them, `<id>.new`, with a lock on it that ends with its process: so what a killed attach
has left is told from what another one is just about to name.
"""

import errno
import fcntl
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec

from piptui.errors import BadInput

from .api import Document
from .files import Place, file_mode, folder_mode, sync_folder
from .handles import explain, write_all

TABLE: Final = "files"
"""The table whose documents name bytes: `digest` is their sha256 in hex, `size` how many there are."""

MISSING: Final = "are missing"
CHANGED: Final = "are not those that were attached"
LEFT: Final = "were removed from the record and are still there"

_NAME: Final = re.compile(r"[0-9a-f]{16,64}")
_FRESH: Final = ".new"
_ABSENT: Final = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
_BLANKS: Final = bytes(1 << 16)


def names_bytes(document: Document | None) -> bool:
    """Whether a document of the table says that there are bytes."""
    return document is not None and isinstance(document.get("digest"), str) and bool(document["digest"])


class Attached:
    """The folder of attached bytes of one store."""

    def __init__(self, place: Place, kind: str) -> None:
        self.folder = place.files
        self._kind = kind

    def path(self, name: str) -> Path:
        """Where the bytes of a document lie. Raises BadInput for an id that is no name of a file here."""
        if not _NAME.fullmatch(name):
            raise BadInput(f"The id {name[:40]!r} cannot name attached bytes: 16 to 64 hex digits can.")
        return self.folder / name

    @contextmanager
    def kept(self, name: str, data: bytes) -> Iterator[None]:
        """Write the bytes of a document that is about to be committed; inside they are durable under their name.

        Raises BadInput where there are bytes of that name, Full (and leaves nothing).
        """
        path = self.path(name)
        fd = self._fresh(path, data)
        try:
            yield
        finally:
            # Whether anybody names them now is looked at by `swept`; this lock only says that we are still at it.
            os.close(fd)

    def _fresh(self, path: Path, data: bytes) -> int:
        fresh = path.with_name(path.name + _FRESH)
        mine: list[Path] = []
        fd = -1
        try:
            self._make_folder()
            fd = self._claimed(fresh)
            mine.append(fresh)
            os.fchmod(fd, file_mode(self._kind))
            write_all(fd, data, 0)
            os.fsync(fd)
            os.link(fresh, path)
            mine.append(path)
            sync_folder(self.folder)
        except BaseException as error:
            for each in mine:
                each.unlink(missing_ok=True)
            if fd >= 0:
                os.close(fd)
            if isinstance(error, FileExistsError):
                raise BadInput(f"There are attached bytes called {path.name} already.") from None
            if isinstance(error, OSError):
                raise explain(error, self.folder) from error
            raise
        return fd

    def _claimed(self, fresh: Path) -> int:
        """A new file with our lock on it; one that was swept away before we had the lock is made again."""
        while True:
            fd = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            try:
                fcntl.flock(fd, fcntl.LOCK_EX)
                if os.fstat(fd).st_nlink:
                    return fd
            except BaseException:
                fresh.unlink(missing_ok=True)
                os.close(fd)
                raise
            os.close(fd)

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(mode=0o700)
        except FileExistsError:
            return
        self.folder.chmod(folder_mode(self._kind))
        sync_folder(self.folder.parent)

    def read(self, name: str) -> bytes | None:
        """The bytes as they lie there, None where there is no file of that name. Raises OSError."""
        try:
            fd = os.open(self.path(name), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            if error.errno in _ABSENT:
                return None
            raise
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            return None
        with os.fdopen(fd, "rb") as file:
            return file.read()

    def flaw(self, name: str, document: Document) -> str:
        """What is wrong with the bytes that a document names, "" if nothing is."""
        try:
            found = self.read(name)
        except (OSError, BadInput):
            return MISSING
        return MISSING if found is None else told(found, document)

    def names(self, ending: str = "") -> list[str]:
        """Everything in the folder whose name ends so, in order."""
        try:
            with os.scandir(self.folder) as found:
                return sorted(each.name for each in found if each.name.endswith(ending))
        except FileNotFoundError:
            return []

    def unsettled(self) -> list[str]:
        """Ids whose attaching has not come to its end here: under way, or cut off."""
        found = (name.removesuffix(_FRESH) for name in self.names(_FRESH))
        return [name for name in found if _NAME.fullmatch(name)]

    def swept(self, name: str, known: Callable[[str], bool]) -> bool:
        """Settle what an attach has left, unless it is still under way: bytes stay if a commit is `known` that
        named them. Only under the writers' lock; whether anything was settled."""
        path = self.path(name)
        fresh = path.with_name(name + _FRESH)
        try:
            fd = os.open(fresh, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            if not known(name):
                path.unlink(missing_ok=True)
            fresh.unlink(missing_ok=True)
            sync_folder(self.folder)
            return True
        finally:
            os.close(fd)

    def erase(self, name: str) -> None:
        """Remove bytes for good: overwritten, then unlinked under both names. None there is fine. Raises OSError."""
        if not _NAME.fullmatch(name):
            return
        path = self.path(name)
        for each in (path, path.with_name(name + _FRESH)):
            try:
                fd = os.open(each, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            except (FileNotFoundError, NotADirectoryError):
                continue
            try:
                size = os.fstat(fd).st_size
                for start in range(0, size, len(_BLANKS)):
                    write_all(fd, _BLANKS[: size - start], start)
                os.fsync(fd)
            finally:
                os.close(fd)
            each.unlink(missing_ok=True)
            sync_folder(self.folder)


def told(found: bytes, document: Document) -> str:
    """What is wrong with bytes, by the document that names them; "" if nothing is."""
    same = len(found) == document.get("size") and hashlib.sha256(found).hexdigest() == document["digest"]
    return "" if same else CHANGED


def decoded(body: bytes | None) -> Document | None:
    """A document of the table from its JSON text, None where it is gone or its text is."""
    with suppress(msgspec.DecodeError):
        if body is not None:
            found = msgspec.json.decode(body)
            return found if isinstance(found, dict) else None
    return None
