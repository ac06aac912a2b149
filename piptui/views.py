"""Saved views: queries that somebody comes back to, each under a number, on this machine and for this login alone.

They are no part of the record: a view holds a query and an order, never a case. Each is a small file of its own in
the state directory, 0600 because a query may name people, so that two sessions that keep different views never
undo each other's.
"""

from pathlib import Path
from typing import Final

import msgspec

from piptui.errors import BadInput, Full
from piptui.paths import folder_of, make_private


class View(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A query of docs/finding.md and the name of an order, "" for those that need somebody first."""

    query: str
    sort: str = ""


BUILT_IN: Final = {
    1: View(query="is:open"),
    2: View(query="is:needy"),
    3: View(query="stage:review"),
    4: View(query="is:closed"),
}
"""What the first numbers show until somebody keeps a view of their own there."""

NUMBERS: Final = range(1, 10)
"""The keys that views are on."""


class Views:
    """The views at one store. `base` is the folder of all views (None: nothing can be kept), `store` the id of the
    store; nothing is made before something is kept."""

    def __init__(self, base: Path | None, store: str) -> None:
        self._folder = folder_of(base, store) if base is not None else None

    def get(self, number: int) -> View | None:
        """The view on a number, None where none is. Raises BadInput naming the file for one that cannot be read."""
        if (path := self._path(number)) is None:
            return BUILT_IN.get(number)
        try:
            return msgspec.json.decode(path.read_bytes(), type=View)
        except FileNotFoundError:
            return BUILT_IN.get(number)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BadInput(
                f"View {number} cannot be read from {path}: {error}. Mend the file, or remove it."
            ) from None

    def own(self, number: int) -> bool:
        """Whether somebody kept a view there."""
        path = self._path(number)
        return path is not None and path.exists()

    def keep(self, number: int, view: View) -> None:
        """Keep a view on a number, in place of what was there. Raises Full where the disk takes no file."""
        from piptui.carrying import write_private  # a start keeps nothing

        if (path := self._path(number)) is None:
            raise BadInput("Views are kept in the state directory, and there is none here.")
        try:
            make_private(path.parent)
            write_private(path, msgspec.json.encode(view) + b"\n", force=True)
        except OSError as error:
            raise Full(
                f"View {number} was not kept in {path}: {error.strerror}. Make room, then keep it again."
            ) from None

    def remove(self, number: int) -> bool:
        """Remove what was kept on a number; tells whether there was anything."""
        if (path := self._path(number)) is None:
            return False
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise Full(f"View {number} was not removed from {path}: {error.strerror}.") from None
        return True

    def _path(self, number: int) -> Path | None:
        if number not in NUMBERS:
            raise BadInput(f"There is no view {number}: views have the numbers 1 to 9.")
        return self._folder / f"{number}.json" if self._folder is not None else None
