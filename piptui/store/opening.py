"""Opening a store: what it is, whether this program may write it, and what a person should hear about it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from piptui.errors import Busy, PiptuiError, Refused

from .api import Clock, Row, Store
from .disk import barred
from .files import WRITER, Place, create_store
from .store import JournalStore, Opening
from .writer import new_salt, utc_now


def open_store(
    where: str | Path,
    *,
    create: bool = False,
    readonly: bool = False,
    clock: Clock | None = None,
    row: Row | None = None,
    row_version: str = "",
    row_first: bytes = b"",
    network: Callable[[], bool] | None = None,
) -> Store:
    """Open the record in directory `where`; with `create`, a personal one is made where there is none.

    `clock` gives the instants of commits (default: now); `row` folds the documents of a case into its facts,
    and `row_version` names it: rows are kept on the disk for whoever names the same ("": they are not kept).
    Rows in whose text `row_first` stands are kept before the others: who asks for them reads no more than them.
    Where this program, this user or this machine may not write, the store opens read-only and its `notice` says why.
    `network` is asked, where the store lies on a file system that several machines may share, whether this one alone
    uses it.
    Raises NotFound (no record there), Refused (a newer reader is needed; a team store on such a file system), Denied,
    Corrupt (with a Report).
    """
    return open_journal(
        where,
        create=create,
        readonly=readonly,
        clock=clock,
        row=row,
        row_version=row_version,
        row_first=row_first,
        network=network,
    )


def open_journal(
    where: str | Path,
    *,
    create: bool = False,
    readonly: bool = False,
    clock: Clock | None = None,
    row: Row | None = None,
    row_version: str = "",
    row_first: bytes = b"",
    network: Callable[[], bool] | None = None,
    salt: Callable[[], str] = new_salt,
) -> JournalStore:
    """As `open_store`; `salt` gives the salts of payloads, which must be random outside tests."""
    place = Place(where)
    if create and not _stands(place):
        _create(place, clock)
    info = place.read_info()
    barrier = _barrier(place, info, network, asked=readonly)
    loose = place.loose(info["kind"])
    store = JournalStore(Opening(place, info, barrier, (loose,), row, row_version, row_first, clock or utc_now, salt))
    if not barrier:
        _settle(store)
    return store


def _stands(place: Place) -> bool:
    try:
        return place.info.exists()
    except PermissionError:
        # There is something that is not ours to see: whoever reads it says so.
        return True


def _create(place: Place, clock: Clock | None) -> None:
    try:
        create_store(place.path, clock=clock)
    except Refused:
        # Another process may have been faster; then its record is the one to open.
        if not place.info.exists():
            raise


def _barrier(place: Place, info: dict[str, Any], network: Callable[[], bool] | None, *, asked: bool) -> str:
    if asked:
        return "This store was opened for reading only."
    if info["writer"] > WRITER:
        return f"The store in {place.path} needs a newer piptui to write it: it is open for reading only."
    if closed := place.unwritable():
        return f"You may not write in {place.path} ({closed[0].name}): the store is open for reading only."
    return barred(place, info["kind"], network)


def _settle(store: JournalStore) -> None:
    """Put in order what a writer that died has left, unless another one is at work: it will do so itself, and
    opening waits for nobody."""
    try:
        if not store.settled():
            store.settle()
    except Busy:
        pass
    except PiptuiError:
        store.close()
        raise
