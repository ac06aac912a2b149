"""What this login saw of a record, on this machine: the last commit and its hash, one small file for each store.

Whoever may write the files of a record can write all of it anew; who has been there before notices. The file is
0600 in the state directory, no part of the record, and never goes back by itself: only its owner's word does that.
"""

import datetime as dt
import os
from pathlib import Path
from typing import Final

import msgspec

from piptui.paths import folder_of, make_private

_NAME: Final = "seen.json"


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """The last commit that was seen of the record `store`, its hash, when (UTC), and where the record lay."""

    store: str
    seq: int
    hash: str
    at: dt.datetime
    place: str = ""


class Witness:
    """The witness of one record that lies in `place`. `base` is the folder of all witnesses, `store` the id of the
    record. No method raises OSError: a disk that takes no witness must not stop anybody's work."""

    def __init__(self, base: Path, store: str, place: Path) -> None:
        self._base = base
        self._store = store
        self._folder = folder_of(base, store)
        self._place = place

    def seen(self) -> Seen | None:
        """What was seen of this record, None where nothing was, or nothing that can be read."""
        return _read(self._folder / _NAME)

    def other(self) -> Seen | None:
        """What was seen of another record that lay in the same place."""
        place = self._where()
        for path in sorted(self._base.glob(f"*/{_NAME}")):
            found = _read(path)
            if found is not None and found.place == place and found.store != self._store:
                return found
        return None

    def note(self, seq: int, digest: str, at: dt.datetime) -> bool:
        """Keep this in place of what was seen before; tells whether the disk took it."""
        return _write(self._folder, Seen(store=self._store, seq=seq, hash=digest, at=at, place=self._where()))

    def leave(self) -> None:
        """Whatever record lay in this place before, it may be another one now: its owner said so."""
        while (found := self.other()) is not None:
            if not _write(folder_of(self._base, found.store), msgspec.structs.replace(found, place="")):
                return

    def _where(self) -> str:
        return str(self._place.resolve())


def _read(path: Path) -> Seen | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Seen)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _write(folder: Path, seen: Seen) -> bool:
    fresh = folder / f"{os.urandom(4).hex()}.new"
    try:
        make_private(folder)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.encode(seen) + b"\n")
            fresh.replace(folder / _NAME)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    except OSError:
        return False
    return True
