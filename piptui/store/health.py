"""What can be told of a store's files without opening the record: modes, file system, lock, room, head."""

import os
import shlex
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple

from piptui.errors import Busy, Corrupt, PiptuiError

from .attached import Attached
from .disk import file_system, is_shared
from .files import Place, closing, others_bits, pread_head
from .lock import Lock, last_host

Level = Literal["ok", "look", "bad"]
_ABOVE: Final = "It says above who may save here."
ROOM: Final = 64 * 1024 * 1024
"""Bytes that should be free: a full disk refuses saves."""


class Finding(NamedTuple):
    """Something that was looked at: how it is, and what mends it ("" where nothing has to be)."""

    level: Level
    what: str
    told: str
    cure: str = ""


def examine(
    where: str | Path, *, mounts: Path | None = None, may_write: Callable[[Path], bool] | None = None
) -> Iterator[Finding]:
    """Look at a store in `where`; every trouble is a finding, none is raised. `mounts` is the list of mounts,
    `may_write` answers whether this login may write a path."""
    place = Place(where)
    try:
        info = place.read_info()
    except Corrupt as error:
        cure = "Restore the newest backup into an empty folder (piptui restore FILE FOLDER): store.json lies there."
        yield Finding("bad", "store", str(error), cure)
        return
    except PiptuiError as error:
        yield Finding("bad", "store", str(error))
        return
    kind = str(info["kind"])
    yield Finding("ok", "store", f"{kind} store in {place.path}")
    yield from _modes(place, kind)
    yield _file_system(place, mounts)
    yield _room(place)
    yield _writing(place, kind, may_write)
    yield _lock(place, mounts)
    yield _head(place)
    yield from _files(place, kind)
    for name in place.torn():
        told = f"{name} holds bytes of a save that was cut off before it was acknowledged"
        yield Finding("look", "record", told, "Nothing acknowledged is missing; keep it, or remove it when sure.")


def _modes(place: Place, kind: str) -> Iterator[Finding]:
    loose = [*place.open_to_others(kind)]
    if loose:
        names = ", ".join(f"{path} (mode {mode:o})" for path, mode in loose[:4]) + (" …" if len(loose) > 4 else "")
        told = f"open to others, as a {kind} store should not be: {names}"
        path, deep = (place.path, "-R ") if len(loose) > 1 else (loose[0][0], "")
        yield Finding("bad", "modes", told, f"Close with: chmod {deep}{closing(kind)} {shlex.quote(str(path))}")
        return
    owner, me = place.path.stat().st_uid, os.getuid()
    if kind == "personal" and owner != me:
        told = f"{place.path} belongs to user {owner}, and you are {me}"
        yield Finding("look", "owner", told, "A personal store is one person's own: use your own, or a team store.")
        return
    mode = stat.S_IMODE(place.path.stat().st_mode)
    yield Finding("ok", "modes", f"{mode:04o}, nothing open to others")


def _files(place: Place, kind: str) -> Iterator[Finding]:
    """The attached files: how many, whether others could read them, what a killed attach left."""
    attached = Attached(place, kind)
    names = attached.names()
    if not names:
        return
    open_ones = [name for name in names if _mode(attached.folder / name) & others_bits(kind)]
    if open_ones:
        told = f"{len(open_ones)} of {len(names)} in {attached.folder} are open to others"
        yield Finding(
            "bad", "files", told, f"Close with: chmod -R {closing(kind)} {shlex.quote(str(attached.folder))}"
        )
    left = [name for name in names if name.endswith(".new")]
    if left:
        told = f"{len(left)} in {attached.folder} of an attach that is under way or was cut off"
        yield Finding("look", "files", told, "Nothing is missing; the next attach removes what was cut off.")
    if not open_ones and not left:
        yield Finding("ok", "files", f"{len(names)} attached")


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.lstat().st_mode)
    except OSError:
        return 0


def _file_system(place: Place, mounts: Path | None) -> Finding:
    kind = file_system(place.path, mounts)
    if not kind:
        return Finding("look", "file system", "its kind cannot be told", "See that it is a local disk: df -T.")
    if is_shared(kind):
        cure = "Move the store to a local disk of one machine: two machines could write at once there."
        return Finding("bad", "file system", f"{kind}: locks may not hold between machines", cure)
    return Finding("ok", "file system", kind)


def _room(place: Place) -> Finding:
    free = os.statvfs(place.path)
    left = free.f_bavail * free.f_frsize
    told = f"{left // (1024 * 1024):,} MB free"
    if left < ROOM:
        return Finding("bad", "room", told, "Make room: when the disk is full nothing can be saved.")
    return Finding("ok", "room", told)


def _writing(place: Place, kind: str, may_write: Callable[[Path], bool] | None) -> Finding:
    closed = place.unwritable(may_write)
    if not closed:
        return Finding("ok", "writing", "you may save here")
    told = f"you may read, not save: {closed[0]} cannot be written" + (
        f", nor {len(closed) - 1} more" if len(closed) > 1 else ""
    )
    if os.statvfs(place.path).f_flag & os.ST_RDONLY:
        return Finding("look", "writing", told, "The file system is mounted for reading only: mount it for writing.")
    if kind == "team":
        path = place.path if len(closed) > 1 else closed[0]
        deep = "-R " if len(closed) > 1 else ""
        return Finding("bad", "writing", told, f"Let its owner do: chmod {deep}ug=rwX,o= {shlex.quote(str(path))}")
    return Finding("look", "writing", told, f"If you should save here, ask its owner: ls -l {place.path}")


def _lock(place: Place, mounts: Path | None) -> Finding:
    host = last_host(place.lock)
    if is_shared(file_system(place.path, mounts)) and host not in ("", os.uname().nodename):
        # Taking it would put this machine's name there: from then on it would count as the one that writes.
        return Finding("look", "lock", f"last taken on {host}; not tried from here", "Write from that machine alone.")
    lock = Lock(place.lock, lambda path: os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW))
    try:
        lock.acquire(0.2)
    except Busy:
        told = f"held by {lock.holder()}"
        cure = "If that lasts, see whether the process is stopped; ending it frees the lock."
        return Finding("look", "lock", told, cure)
    except FileNotFoundError:
        if os.access(place.path, os.W_OK | os.X_OK):
            return Finding("ok", "lock", "none yet: the next save makes it")
        return Finding("look", "lock", f"none, and you can make none in {place.path}", _ABOVE)
    except OSError as error:
        return Finding("look", "lock", f"cannot be taken ({error.strerror})", _ABOVE)
    finally:
        lock.close()
    return Finding("ok", "lock", "free, and taken for a moment")


def _head(place: Place) -> Finding:
    try:
        fd = os.open(place.head, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        return Finding("look", "head", f"{error.strerror}", "The next save makes it anew from the journal.")
    try:
        _, head = pread_head(fd)
    finally:
        os.close(fd)
    if head is None:
        return Finding("look", "head", "damaged", "The next save makes it anew from the journal.")
    try:
        size = place.segment(head.segment).stat().st_size
    except OSError:
        size = -1
    if size < head.end:
        told = f"the journal ends before commit {head.seq}, which was acknowledged"
        verify = f"piptui verify --store {shlex.quote(str(place.path))}"
        return Finding("bad", "head", told, f"How to get it back: docs/damaged.md of piptui. First:\n{verify}")
    return Finding("ok", "head", f"commit {head.seq}, as the journal has it")
