"""What was typed and not saved, on this machine and for this login alone, until it is saved or dropped.

It is no part of the record. Each session that runs keeps its drafts in a folder of its own, whose lock the kernel
frees however the session ends; the next session takes over what such sessions left. Files are 0600, folders 0700.
They outlive a killed program and a dropped line; they are not forced to the disk, so a power cut may lose seconds.
"""

import datetime as dt
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from piptui.paths import folder_of, put_private

_LOCK: Final = "lock"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed into one form: of which case ("" for none), which form, which item in it; `at` is when (UTC),
    `texts` the fields as typed, `base` the state of the record on which it was typed, as plain data."""

    case: str
    form: str
    item: str
    at: dt.datetime
    texts: dict[str, str]
    base: Any = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is a draft of; there is one of each."""
        return self.case, self.form, self.item


class Drafts:
    """The drafts of one session at one store. `base` is the folder of all drafts, `store` the id of the store;
    nothing is made before something is kept. No method raises OSError: a disk that takes no drafts must not stop
    anybody's work."""

    def __init__(self, base: Path, store: str) -> None:
        self._folder = folder_of(base, store)
        self._own: Path | None = None
        self._written: set[str] = set()
        self._lock = -1

    def left_over(self) -> list[Draft]:
        """Take over what sessions left that do not run any more, the newest of each form; give it, oldest first."""
        found: dict[tuple[str, str, str], tuple[Draft, Path]] = {}
        for path, draft in self._abandoned():
            if draft.key not in found or found[draft.key][0].at < draft.at:
                found[draft.key] = draft, path
        for draft, path in found.values():
            # Ours is written before theirs goes, so that no moment is without it.
            if self.put(draft):
                path.unlink(missing_ok=True)
        self._sweep()
        return sorted((draft for draft, _ in found.values()), key=lambda draft: draft.at)

    def put(self, draft: Draft) -> bool:
        """Keep a draft in place of the one before; tells whether the disk took it."""
        try:
            folder, name = self._open(), _name(draft.key)
            put_private(folder / name, msgspec.json.encode(draft))
        except OSError:
            return False
        self._written.add(name)
        return True

    def lost(self, key: tuple[str, str, str]) -> bool:
        """Whether a draft that was written here is not there any more: whoever removed what it says took it along."""
        name = _name(key)
        return self._own is not None and name in self._written and not (self._own / name).exists()

    def drop(self, key: tuple[str, str, str]) -> None:
        """It is saved, or not wanted: keep it no longer."""
        if self._own is not None:
            self._written.discard(_name(key))
            try:
                (self._own / _name(key)).unlink(missing_ok=True)
            except OSError:
                return

    def close(self) -> None:
        """End the session: what is still kept waits for the next one."""
        if self._own is None:
            return
        _remove_if_empty(self._own)
        os.close(self._lock)
        self._own, self._lock = None, -1

    def _open(self) -> Path:
        if self._own is None:
            own = self._folder / os.urandom(8).hex()
            for path in (self._folder.parent, self._folder, own):
                path.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(own / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._own, self._lock = own, lock
        return self._own

    def _abandoned(self) -> Iterator[tuple[Path, Draft]]:
        for folder in _folders(self._folder):
            if folder == self._own or _runs(folder):
                continue
            for path in folder.glob("*.json"):
                try:
                    yield path, msgspec.json.decode(path.read_bytes(), type=Draft)
                except (OSError, msgspec.DecodeError):
                    continue

    def _sweep(self) -> None:
        for folder in _folders(self._folder):
            if folder != self._own and not _runs(folder):
                _remove_if_empty(folder)


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return []


def _runs(folder: Path) -> bool:
    """Whether the session of a folder is still there: it holds the lock as long as it lives."""
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False


def _remove_if_empty(folder: Path) -> None:
    try:
        if not any(folder.glob("*.json")):
            shutil.rmtree(folder)
    except OSError:
        return


def _name(key: tuple[str, str, str]) -> str:
    return hashlib.sha256("\0".join(key).encode()).hexdigest()[:32] + ".json"
