"""A backup is one file that restores to a whole record as it stood at one commit, made while others write.

The journal only grows, so what lies before the acknowledged end is copied without stopping anybody. Only a redaction
changes bytes that lie there: a copy during which one was committed is made again.
"""

import gzip
import io
import os
import re
import secrets
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from piptui.errors import BadInput, Busy, Corrupt, NotFound, PiptuiError, Refused

from .api import Backup, Document, Flaw, Report, Rev
from .attached import MISSING, TABLE, Attached, names_bytes, told
from .files import (
    Head,
    Place,
    folder_mode,
    make_folders,
    new_file,
    outside,
    pread_head,
    sync_folder,
    unwritten,
    write_head,
)
from .lock import BUSY_SECONDS
from .opening import open_journal
from .store import JournalStore
from .verify import verify_store

_TRIES: Final = 5
_PAUSE: Final = 0.02
_COPY: Final = 1 << 20
_MEMBER: Final = re.compile(r"store\.json|head|journal/[0-9]{6}\.jsonl|files/[0-9a-f]{16,64}")
"""Names that a backup may hold: nothing in it can be written anywhere else."""


def make_backup(where: str | Path, target: Path) -> Backup:
    """Write the record in `where` into the new file `target` (mode 0600), whole or not at all.

    Raises NotFound where there is no record, Refused where `target` exists or lies in the record, Full, Corrupt,
    Busy where redactions keep coming.
    """
    place = Place(where)
    place.read_info()
    target = target.absolute()
    if target.resolve().is_relative_to(place.path.resolve()):
        raise Refused(f"{target} lies inside the store, where only the record may lie. Name another place.")
    fresh = target.with_name(f".{target.name[:60]}.{secrets.token_hex(4)}")
    try:
        if os.path.lexists(target):
            raise FileExistsError
        for _ in range(_TRIES):
            with open_journal(where, readonly=True) as store:
                # Reads the record up to its end: a damaged one is told, and not backed up as if it were whole.
                seq, _ = store.head()
                if store.blanking():
                    _finish(where)
                    continue
                head = _head(place)
                size, flaws = _write(place, head, fresh, _named(store))
                if not any(commit.redacts for commit in store.changes(seq)):
                    os.link(fresh, target)
                    sync_folder(target.parent)
                    return Backup(head.seq, head.hash, size, flaws)
            fresh.unlink()
    except FileExistsError:
        raise Refused(f"{target} is there already. Name another file, or move that one away.") from None
    except OSError as error:
        raise unwritten(error, target) from error
    finally:
        with suppress(OSError):  # where there is no folder, there is nothing in it
            fresh.unlink()
    raise Busy("Texts are being removed from the record right now. Nothing was written; try again.")


def _finish(where: str | Path) -> None:
    """Wait until no removed text is there any more; what a dead writer has left is finished here, if it may be."""
    until = monotonic() + BUSY_SECONDS
    while monotonic() < until:
        with suppress(PiptuiError):
            open_journal(where).close()
        with open_journal(where, readonly=True) as store:
            if not store.blanking():
                return
        sleep(_PAUSE)


def _head(place: Place) -> Head:
    fd = os.open(place.head, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _, head = pread_head(fd)
    finally:
        os.close(fd)
    if head is None:
        raise Corrupt(f"The file head in {place.path} is damaged. Save anything, which makes it anew, and try again.")
    return head


Named = list[tuple[str, Document, Rev]]
"""Documents that name attached bytes, each with its id."""


def _named(store: JournalStore) -> Named:
    """What names attached bytes; read after the head, so that nothing up to it is left out."""
    return sorted((one for one in store.list(TABLE) if names_bytes(one[1])), key=lambda one: one[0])


def _write(place: Place, head: Head, fresh: Path, named: Named) -> tuple[int, list[Flaw]]:
    flaws: list[Flaw] = []
    fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
            _add(tar, "store.json", place.info.read_bytes())
            for name, path, size in _journal(place, head):
                with path.open("rb") as source:
                    member = tarfile.TarInfo(name)
                    member.size, member.mode = size, 0o600
                    tar.addfile(member, source)
            attached = Attached(place, "")
            for name, document, rev in named:
                # One that is missing or changed is no reason to have no backup: that is told, here and where it is
                # restored. One that was removed from the record meanwhile makes the copy be made again.
                if not _MEMBER.fullmatch(f"files/{name}"):
                    continue
                found = attached.read(name)
                if what := MISSING if found is None else told(found, document):
                    flaws.append(Flaw(name, str(document.get("of", "")), rev.seq, what))
                if found is not None:
                    _add(tar, f"files/{name}", found)
            _add(tar, "head", write_head(head))
        file.flush()
        os.fsync(file.fileno())
        return file.tell(), flaws


def _journal(place: Place, head: Head) -> Iterator[tuple[str, Path, int]]:
    for number in range(1, head.segment + 1):
        path = place.segment(number)
        yield f"journal/{path.name}", path, head.end if number == head.segment else path.stat().st_size


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    tar.addfile(member, io.BytesIO(data))


def restore_backup(source: Path, where: str | Path) -> Report:
    """Make the record of a backup in `where`, an empty or a new directory; it is checked whole before it stands
    there. Gives what the check found; attached bytes that are missing or changed are named in it and stop nothing.

    Raises NotFound, BadInput where `source` is no backup, Refused where `where` is not empty or lies in a record,
    Corrupt where the backup is cut short, or (with the report) the record in it is damaged; then nothing is left
    behind.
    """
    place = Path(where).absolute()
    outside(place)
    if place.is_symlink() or (place.exists() and (not place.is_dir() or any(place.iterdir()))):
        raise Refused(f"{place} is not empty. A backup is restored into an empty or a new directory.")
    stage = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    if not source.is_file():
        raise NotFound(f"There is no file {source} to restore from.")
    try:
        make_folders(place.parent)
        _unpack(source, stage)
        report = verify_store(stage)
        if report.unfinished and not report.problems:
            # The copy was made between the listing of a removed text and its blank: it is removed here, too.
            open_journal(stage).close()
            report = verify_store(stage)
        if report.problems or report.unfinished:
            raise Corrupt(f"The record in {source} is damaged: nothing was restored.", report)
        if place.exists():
            place.rmdir()
        stage.rename(place)
        sync_folder(place.parent)
    except OSError as error:
        raise unwritten(error, place) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return report


def _unpack(source: Path, stage: Path) -> None:
    stage.mkdir(mode=0o700)
    try:
        with tarfile.open(source, "r:*") as tar:
            for member in tar:
                _take(tar, member, stage)
            # The check sum stands at the end, behind all members.
            while tar.fileobj.read(_COPY):
                pass
    except (tarfile.TarError, EOFError, ValueError, zlib.error, gzip.BadGzipFile) as error:
        if not _is_sound(source):
            raise Corrupt(f"The backup {source} is damaged or cut short: nothing was restored.") from None
        why = f": {error}" if isinstance(error, ValueError) else ""
        raise BadInput(f"{source} is no backup of piptui{why}.") from None
    try:
        kind = str(Place(stage).read_info()["kind"])
    except PiptuiError:
        raise BadInput(f"{source} is no backup of piptui: there is no record in it.") from None
    os.close(new_file(stage / "lock", kind))
    for path in (stage, *stage.rglob("*")):
        path.chmod(folder_mode(kind) if path.is_dir() else 0o660 if kind == "team" else 0o600)


def _is_sound(source: Path) -> bool:
    """Whether a file can be unpacked to its end, where its check sum stands, or is none that was packed."""
    try:
        with source.open("rb") as file:
            if file.read(2) != b"\x1f\x8b":
                return True
        with gzip.open(source) as packed:
            while packed.read(_COPY):
                pass
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return False
    return True


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, stage: Path) -> None:
    content = tar.extractfile(member) if member.isreg() else None
    if content is None or not _MEMBER.fullmatch(member.name):
        raise ValueError(f"it holds {member.name[:60]!r}, which no record has")
    path = stage / member.name
    if os.path.lexists(path):
        raise ValueError(f"it holds {member.name} twice")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "wb") as file:
        shutil.copyfileobj(content, file, _COPY)
        file.flush()
        os.fsync(file.fileno())
