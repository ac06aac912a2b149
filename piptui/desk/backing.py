"""Backups at the desk: only who reads the whole record may carry it away."""

from pathlib import Path

from piptui.desk.api import BackupMade, VerifyReport
from piptui.desk.session import Session
from piptui.errors import Denied


def backup(session: Session, to: str) -> BackupMade:
    """See `api.Desk.backup`."""
    access = session.access()
    if access.chosen not in (None, "hr") or not (session.personal or "hr" in access.dated):
        raise Denied("Back up: only HR may, since a backup holds every case.")
    target = Path(to).expanduser().absolute()
    made = session.store.backup(target)
    return BackupMade(file=str(target), size=made.size, head_seq=made.seq, head_hash=made.hash)


def restore(source: Path, where: Path) -> VerifyReport:
    """Make the record of a backup in an empty or new directory; it needs no desk, for there is no store yet.

    Raises NotFound, BadInput, Refused, Corrupt as the store does.
    """
    from piptui.desk.proving import named, report_of
    from piptui.store import open_store, restore_backup

    found = restore_backup(source, where)
    if not found.flaws:
        return report_of(found)
    # Whoever has the backup has all that is in it: every file is named.
    with open_store(where, readonly=True) as store:
        return report_of(found, tell=lambda flaw: named(store, flaw))
