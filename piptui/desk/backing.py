"""Backups at the desk: only who reads the whole record may carry it away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from piptui.desk.api import BackupMade, Further, Restored
from piptui.desk.proving import named, report_of
from piptui.desk.session import Session
from piptui.errors import Denied, PiptuiError
from piptui.witness import Witness

if TYPE_CHECKING:
    from piptui.store import Report


def backup(session: Session, to: str) -> BackupMade:
    """See `api.Desk.backup`."""
    access = session.access()
    if access.chosen not in (None, "hr") or not (session.personal or "hr" in access.dated):
        raise Denied("Back up: only HR may, since a backup holds every case.")
    target = Path(to).expanduser().absolute()
    made = session.store.backup(target)
    problems = tuple(named(session.store, flaw) for flaw in made.flaws)
    return BackupMade(file=str(target), size=made.size, head_seq=made.seq, head_hash=made.hash, problems=problems)


def restore(source: Path, where: Path, witnesses: Path | None = None) -> Restored:
    """Make the record of a backup in an empty or new directory; it needs no desk, for there is no store yet.
    `witnesses` is the folder of what this login saw of records.

    Raises NotFound, BadInput, Refused, Corrupt as the store does.
    """
    from piptui.store import open_store, restore_backup

    found = restore_backup(source, where)
    with open_store(where, readonly=True) as store:
        # Whoever has the backup has all that is in it: every file is named.
        report = report_of(found, tell=lambda flaw: named(store, flaw))
        last = store.changes(found.head_seq - 1) if found.head_seq else []
        further = () if witnesses is None else _further(Witness(witnesses, store.info["store"], where), found)
        return Restored(
            report=report,
            at=last[-1].at if last else None,
            removals=len(store.list("redactions")),
            further=tuple(further),
        )


def _further(witness: Witness, found: Report) -> Iterator[Further]:
    """Where the record is known to have gone further than what was restored: as it lies, else as it was seen last."""
    gone: list[Further] = []
    there = False
    for seen, lies in witness.everywhere():
        one = _as_it_lies(Path(seen.place), found) if lies else None
        if one is None and seen.seq > found.head_seq:
            gone.append(Further(place=seen.place, seq=seen.seq, at=seen.at, lies=lies))
        elif one is not None and one.seq > found.head_seq:
            there = True
            yield one
    if gone and not there:
        yield max(gone, key=lambda one: one.seq)


def _as_it_lies(place: Path, found: Report) -> Further | None:
    """How far the same record goes in another place; None where it cannot be read, or is not the one that was backed
    up with more behind it."""
    from piptui.store import open_store

    with suppress(PiptuiError), open_store(place, readonly=True) as store:
        if store.holds(found.head_seq, found.head_hash):
            since = store.changes(found.head_seq)
            at = since[-1].at if since else store.changes(found.head_seq - 1)[-1].at
            removals = sum(bool(one.redacts) for one in since)
            return Further(place=str(place), seq=store.head()[0], at=at, lies=True, removals=removals)
    return None
