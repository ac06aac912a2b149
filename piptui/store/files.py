"""The files of a store: where they lie, who may read them, what the small ones hold.

`store.json` says what it is, `lock` who writes, `head` up to where the record is acknowledged,
`journal/NNNNNN.jsonl` is the record itself.
"""

import errno
import fcntl
import json
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from piptui.errors import BadInput, Corrupt, Denied, Full, NotFound, PiptuiError, Refused, Unreachable

from .line import CLIENT, GENESIS, sum_of, write_time
from .text import canonical

FORMAT = 1
READER = 1
WRITER = 1
SEGMENT_BYTES = 64 * 1024 * 1024
HEAD_BYTES = 123
_HEAD_TRIES = 40
_NO_PLACE = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL, errno.EEXIST}

Kind = Literal["personal", "team"]
_MODES: dict[str, tuple[int, int]] = {"personal": (0o700, 0o600), "team": (0o2770, 0o660)}
_OURS = {"lock", "head", "journal", "store.json.new"}


class Head(NamedTuple):
    """Up to where the record is acknowledged: the last commit, and the byte behind it in its segment."""

    seq: int
    segment: int
    end: int
    hash: str


START = Head(0, 1, 0, GENESIS)


def write_head(head: Head) -> bytes:
    """The fixed-size record in `head`."""
    text = f"{head.seq:020d} {head.segment:06d} {head.end:020d} {head.hash}".encode()
    return b"%s %08x\n" % (text, zlib.crc32(text))


def parse_head(raw: bytes) -> Head | None:
    """What `write_head` wrote, or None where the bytes are not that."""
    fields = raw.split()
    if len(raw) != HEAD_BYTES or len(fields) != 5:
        return None
    if not all(part.isdigit() for part in fields[:3]):
        return None
    head = Head(int(fields[0]), int(fields[1]), int(fields[2]), fields[3].decode("ascii", "replace"))
    return head if write_head(head) == raw else None


class Place:
    """The directory of a store and the paths in it."""

    def __init__(self, where: str | Path) -> None:
        self.path = Path(where)
        self.journal = self.path / "journal"
        self.lock = self.path / "lock"
        self.head = self.path / "head"
        self.info = self.path / "store.json"
        self.snapshots = self.path / "snapshot"
        self.files = self.path / "files"

    def segment(self, number: int) -> Path:
        """Where a segment of the journal lies."""
        return self.journal / f"{number:06d}.jsonl"

    def unwritable(self, may_write: Callable[[Path], bool] | None = None) -> list[Path]:
        """What this login would have to write in order to save, and may not. `may_write` answers for one path."""
        if may_write is None:

            def may_write(path: Path) -> bool:
                return os.access(path, os.W_OK)

        newest = sorted(self.journal.glob("*.jsonl"))[-1:]
        there = [path for path in (*newest, self.head, self.lock) if path.exists()]
        made = () if self.head in there and self.lock in there else (self.path,)
        return [path for path in (*made, self.journal, *there) if not may_write(path)]

    def torn(self) -> list[str]:
        """The names of the files with bytes that were set aside."""
        return sorted(path.name for path in self.path.glob("torn-*.bin"))

    def read_info(self) -> dict[str, Any]:
        """The content of store.json.

        Raises NotFound where this is no store, Denied where it may not be read, Corrupt where it is damaged,
        Refused where it needs a newer reader.
        """
        try:
            text = self.info.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            if self.segment(1).exists() and self.segment(1).stat().st_size:
                raise Corrupt(
                    f"{self.path} holds a journal but no store.json. Bring it back from a backup."
                ) from None
            if self.path.is_file():
                raise NotFound(
                    f"{self.path} is a file, not the folder of a store. If it is a backup, "
                    f"piptui restore {self._quoted} FOLDER checks every line of it and makes a store of it there."
                ) from None
            raise NotFound(f"There is no store in {self.path}. Create one with: piptui init {self._quoted}") from None
        except PermissionError:
            raise Denied(f"You may not read the store in {self.path}. Ask whoever keeps it for access.") from None
        try:
            info = json.loads(text)
            reader, _ = int(info["reader"]), int(info["writer"])
            # A later reader may count its sum in another way.
            intact = reader > READER or _is_intact(info)
            known = info["kind"] in _MODES and isinstance(info["store"], str) and intact
        except (ValueError, KeyError, TypeError):
            known = False
        if not known:
            raise Corrupt(f"store.json in {self.path} is damaged. Bring it back from a backup.")
        if reader > READER:
            raise Refused(f"The store in {self.path} was written by a newer piptui. Update piptui to read it.")
        return dict(info)

    @property
    def _quoted(self) -> str:
        """The path as a shell takes it."""
        import shlex  # most stores are there

        return shlex.quote(str(self.path))

    def loose(self, kind: str) -> str:
        """A sentence where the modes are wider than the kind of the store says, else ""."""
        for path, mode in self.open_to_others(kind):
            import shlex  # most stores are closed

            return (
                f"{path} is open to others (mode {mode:o}): a {kind} store should not be. "
                f"Close it with: chmod {closing(kind)} {shlex.quote(str(path))}"
            )
        return ""

    def open_to_others(self, kind: str) -> Iterator[tuple[Path, int]]:
        """Every file and folder of the record whose mode is wider than the kind of the store says, with its mode."""
        inside = (*sorted(self.journal.glob("*.jsonl")), self.snapshots, *sorted(self.snapshots.glob("*.*")))
        for path in (self.path, self.journal, self.files, self.info, self.head, self.lock, *inside):
            try:
                mode = path.stat().st_mode
            except OSError:
                continue
            if mode & others_bits(kind):
                yield path, stat.S_IMODE(mode)


def closing(kind: str) -> str:
    """What chmod is to be told to close a file of a store to others."""
    return "go=" if kind == "personal" else "o="


def info_sum(info: dict[str, Any]) -> str:
    """The check sum of what store.json says, its own `sum` left out."""
    return sum_of(canonical({name: value for name, value in info.items() if name != "sum"}))


def _is_intact(info: dict[str, Any]) -> bool:
    """Whether store.json is as it was written. The first stores said neither their client nor a sum."""
    return not {"client", "sum"} & info.keys() or info.get("sum") == info_sum(info)


def open_regular(path: Path) -> int:
    """Open a file of the journal for reading. Raises Corrupt for what is no plain file: nobody waits for a pipe."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    if stat.S_ISREG(os.fstat(fd).st_mode):
        return fd
    os.close(fd)
    raise Corrupt(f"{path} is no file, and a part of the journal would lie there. Take it away, then: piptui verify")


def new_file(path: Path, kind: str) -> int:
    """Open `path` for reading and writing, created with the mode of the store whatever the umask."""
    created = not path.exists()
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    if created:
        os.fchmod(fd, _MODES[kind][1])
    return fd


def folder_mode(kind: str) -> int:
    """The mode of the folders of a store."""
    return _MODES[kind][0]


def others_bits(kind: str) -> int:
    """The bits of a mode that must not be set in a store."""
    return 0o077 if kind == "personal" else 0o007


def file_mode(kind: str) -> int:
    """The mode of the files of a store."""
    return _MODES[kind][1]


def unwritten(error: OSError, path: Path) -> PiptuiError:
    """What kept a file or folder from being made, for a person."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Full(f"There is no room for {path} ({error.strerror}). Nothing is left of it: make room first.")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return Denied(f"You may not write {path} ({error.strerror}). Name another place.")
    if error.errno in _NO_PLACE:
        return BadInput(f"{path} cannot be made ({error.strerror}). Name another place.")
    return Unreachable(f"{path} could not be written ({error.strerror}). Nothing is left of it.")


def unread(error: OSError, place: Path) -> PiptuiError:
    """What kept a record from being read, for a person."""
    if isinstance(error, PermissionError):
        return Denied(f"You may not read {error.filename or place}. Ask whoever keeps the store for access.")
    return Unreachable(f"The record in {place} cannot be read: {error.strerror}.")


def outside(path: Path) -> None:
    """Raise Refused where `path` lies in a record: only what is of it may lie there."""
    for above in path.absolute().resolve().parents:
        if (above / "store.json").exists() and (above / "journal").is_dir():
            raise Refused(f"{path} lies inside the store {above}, where only its record may lie. Name another place.")


def make_folders(path: Path) -> None:
    """Make a folder and those above it that are missing, for the owner alone whatever the umask. Raises OSError."""
    # One by one: what `parents` makes on the way gets the mode of the umask, and whoever may write there can put
    # another store in the place of this one.
    missing = [path]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def is_other(fd: int, path: Path) -> bool:
    """Whether another file than the open one lies at `path` now; False where none does."""
    try:
        return not os.path.samestat(os.fstat(fd), path.stat())
    except (FileNotFoundError, NotADirectoryError):
        return False


def sync_folder(path: Path) -> None:
    """Make names created in a folder durable."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def pread_head(fd: int) -> tuple[bytes, Head | None]:
    """The bytes of `head` and their meaning; read again while a writer is half way through."""
    raw = b""
    for attempt in range(_HEAD_TRIES):
        if attempt > _HEAD_TRIES // 2:
            time.sleep(0.001)
        raw = os.pread(fd, HEAD_BYTES + 1, 0)
        head = parse_head(raw)
        if head is not None:
            return raw, head
    return raw, None


def lay_out(place: Place, kind: str, created: datetime, store_id: str, extra: dict[str, str]) -> None:
    """Write the files of an empty store; store.json comes last, by rename: only then is it one."""
    place.journal.mkdir(mode=0o700, exist_ok=True)
    for folder in (place.path, place.journal):
        folder.chmod(_MODES[kind][0])
    for path, data in ((place.segment(1), b""), (place.head, write_head(START)), (place.lock, b"")):
        fd = new_file(path, kind)
        try:
            os.pwrite(fd, data, 0)
            os.fsync(fd)
        finally:
            os.close(fd)
    info: dict[str, Any] = {"store": store_id, "format": FORMAT, "reader": READER, "writer": WRITER, "kind": kind}
    info |= {"created": write_time(created), **extra, "client": CLIENT}
    text = json.dumps(info | {"sum": info_sum(info)}, ensure_ascii=True) + "\n"
    fresh = place.path / "store.json.new"
    fd = new_file(fresh, kind)
    try:
        os.ftruncate(fd, 0)
        os.pwrite(fd, text.encode(), 0)
        os.fsync(fd)
    finally:
        os.close(fd)
    fresh.rename(place.info)
    sync_folder(place.journal)
    sync_folder(place.path)


def create_store(
    where: str | Path,
    *,
    kind: Kind = "personal",
    clock: Callable[[], datetime] | None = None,
    zone: str = "",
    new_id: Callable[[], str] | None = None,
) -> None:
    """Create an empty store; personal: 0700/0600, team: 2770 (setgid) and 0660, whatever the umask.

    `zone` is the time zone name it is run in, kept in store.json. Raises Refused where there is a store or
    anything else already, and inside another store.
    """
    if kind not in _MODES:
        raise Refused(f"A store is personal or team, not {kind!r}.")
    place = Place(where)
    outside(place.path)
    try:
        if kind == "personal":
            make_folders(place.path)
        else:
            # The group has to get there: who may is for the umask to say.
            place.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(place.path):
            if place.info.exists():
                raise Refused(f"There is a store in {place.path} already.")
            if _occupied(place):
                raise Refused(f"{place.path} is not empty and holds no store. Name an empty or a new directory.")
            now = datetime.now(UTC) if clock is None else clock()
            lay_out(place, kind, now, (new_id or (lambda: os.urandom(16).hex()))(), {"zone": zone} if zone else {})
    except (FileExistsError, NotADirectoryError):
        raise Refused(f"{place.path} is a file, not a directory. Name an empty or a new directory.") from None
    except OSError as error:
        raise unwritten(error, place.path) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One creator at a time: the second finds what the first has made."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def _occupied(place: Place) -> bool:
    names = {path.name for path in place.path.iterdir()}
    # A creation that was cut short leaves these behind, all of them empty of content.
    return bool(names - _OURS) or any(path.stat().st_size for path in place.journal.glob("*"))
