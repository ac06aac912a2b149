"""What this login saw of a record, on this machine: the last commit and its hash, one small file for each store and
each place in which it lay, since a copy that is tried out goes on by itself.

Whoever may write the files of a record can write all of it anew; who has been there before notices. The file is
0600 in the state directory, no part of the record, and never goes back by itself: only its owner's word does that.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from piptui.paths import folder_of, make_private, put_private

_NAME: Final = "seen.json"
_NAMES: Final = "seen*.json"


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

    @property
    def place(self) -> Path:
        """Where the record lies."""
        return self._place

    def seen(self) -> Seen | None:
        """What was seen of this record in this place, or in one where it does not lie any more; None where nothing
        was, or nothing that can be read, and where the record still lies elsewhere: then this is a copy of it, and
        what was seen of other copies, removed since, says nothing of it."""
        own, copies, moved = self._sorted()
        return own if own is not None or copies else _most(moved)

    def copy(self) -> Seen | None:
        """What was seen of the same record in another place where it still lies, where nothing was seen in this one:
        this is a copy of that one, or that of this."""
        own, copies, _ = self._sorted()
        return None if own is not None else _most(copies)

    def other(self) -> Seen | None:
        """What was seen of another record that lay in the same place."""
        return next((found for _, found in self._others()), None)

    def everywhere(self) -> list[tuple[Seen, bool]]:
        """What was seen of this record in any place, and whether it lies there still: in another one than this."""
        where = self._where()
        found = (_read(path) for path in sorted(self._folder.glob(_NAMES)))
        mine = [one for one in found if one is not None and one.store == self._store]
        return [(one, one.place != where and self._lies_in(one.place)) for one in mine]

    def note(self, seq: int, digest: str, at: dt.datetime) -> bool:
        """Keep this in place of what was seen before; tells whether the disk took it."""
        where = self._where()
        return _write(self._path(where), Seen(store=self._store, seq=seq, hash=digest, at=at, place=where))

    def leave(self) -> None:
        """Whatever record lay in this place before, it may be another one now: its owner said so."""
        for path, found in self._others():
            _write(path, msgspec.structs.replace(found, place=""))

    def _others(self) -> Iterator[tuple[Path, Seen]]:
        """What was seen of other records in this place, each with its file."""
        place = self._where()
        for path in sorted(self._base.glob(f"*/{_NAMES}")):
            found = _read(path)
            if found is not None and found.place == place and found.store != self._store:
                yield path, found

    def _sorted(self) -> tuple[Seen | None, list[Seen], list[Seen]]:
        """What was seen of this record: in this place, where it lies besides, and where it does not lie any more."""
        found = (_read(path) for path in sorted(self._folder.glob(_NAMES)))
        here, where = [one for one in found if one is not None and one.store == self._store], self._where()
        if (own := next((one for one in here if one.place == where), None)) is not None:
            return own, [], []
        lies = {one.place: self._lies_in(one.place) for one in here}
        return None, [one for one in here if lies[one.place]], [one for one in here if not lies[one.place]]

    def _path(self, where: str) -> Path:
        """The file for a place: the one that it has, or else the first name that no other place has."""
        name = f"seen-{hashlib.sha256(where.encode()).hexdigest()[:16]}.json"
        first, own = self._folder / _NAME, self._folder / name
        found = _read(first)
        return own if own.exists() or (found is not None and found.place != where) else first

    def _lies_in(self, place: str) -> bool:
        """Whether a record with this id lies in a place."""
        if not place:
            return False
        try:
            return self._store in (Path(place) / "store.json").read_text(encoding="utf-8")
        except (OSError, ValueError):
            return False

    def _where(self) -> str:
        return str(self._place.resolve())


def _most(seen: Iterable[Seen]) -> Seen | None:
    return max(seen, key=lambda one: one.seq, default=None)


def _read(path: Path) -> Seen | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Seen)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _write(path: Path, seen: Seen) -> bool:
    try:
        make_private(path.parent)
        put_private(path, msgspec.json.encode(seen) + b"\n")
    except OSError:
        return False
    return True
