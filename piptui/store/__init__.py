"""The record: an append-only, hash-chained journal behind a small interface.

`open_store` gives a `Store`; `JournalDB` is a `tinydb.TinyDB` over the same files. docs/format.md says how the
files are read by anybody else.
"""

from typing import TYPE_CHECKING

from .api import (
    ANY,
    Backup,
    Change,
    Clock,
    Commit,
    Document,
    Expected,
    Facts,
    Flaw,
    Held,
    Key,
    Mention,
    Problem,
    Record,
    Report,
    Rev,
    Row,
    Store,
)
from .files import create_store
from .opening import open_store
from .verify import verify_store

if TYPE_CHECKING:
    from .backup import restore_backup
    from .presence import Presence, Present
    from .tiny import JournalDB

__all__ = [
    "ANY",
    "Backup",
    "Change",
    "Clock",
    "Commit",
    "Document",
    "Expected",
    "Facts",
    "Flaw",
    "Held",
    "JournalDB",
    "Key",
    "Mention",
    "Presence",
    "Present",
    "Problem",
    "Record",
    "Report",
    "Rev",
    "Row",
    "Store",
    "create_store",
    "open_store",
    "restore_backup",
    "verify_store",
]


def __getattr__(name: str) -> object:
    # TinyDB is needed by scripts alone, and archives by few: a start of the program does not pay for it.
    if name == "JournalDB":
        from .tiny import JournalDB

        return JournalDB
    if name == "restore_backup":
        from .backup import restore_backup

        return restore_backup
    if name in ("Presence", "Present"):
        from . import presence

        return getattr(presence, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
