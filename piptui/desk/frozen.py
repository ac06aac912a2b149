"""The record as it stood at one commit, read while others go on writing.

What is read may already be newer: whatever a later commit touched is asked for again as it was then.
"""

import datetime as dt
from typing import Any

from piptui.errors import NotFound
from piptui.store import Key, Rev, Store

Found = tuple[str, str, dict[str, Any], Rev]
"""Table, id, document, revision."""


class Frozen:
    """A store at the commit that was its last one when this was made; `at` is that commit's instant (UTC)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seq, self.hash = store.head()
        self.at: dt.datetime | None = next((commit.at for commit in store.changes(self.seq - 1)), None)
        self._until = self.seq
        self._touched: dict[Key, str] = {}
        self.redacted = False
        """Whether texts were removed since: what was read before may hold one."""

    def of(self, owner: str) -> list[Found]:
        """The documents of a case or a person, its own one aside, in order of creation."""
        return self._then(self._store.case_documents(owner), lambda _, whose: whose == owner)

    def table(self, name: str) -> list[Found]:
        """The documents of a table, in order of creation."""
        found = [(name, key, document, rev) for key, document, rev in self._store.list(name)]
        return self._then(found, lambda key, _: key[0] == name)

    def get(self, table: str, key: str) -> Found | None:
        """One document, None where there was none."""
        try:
            found = (table, key, *self._store.get(table, key))
        except NotFound:
            found = None
        self.look()
        return self._before((table, key)) if (table, key) in self._touched else found

    def _before(self, key: Key) -> Found | None:
        try:
            return (*key, *self._store.get(*key, at=self.seq))
        except NotFound:
            return None

    def look(self) -> None:
        """See what others committed since."""
        head, _ = self._store.head()
        if head > self._until:
            for commit in self._store.changes(self._until):
                self._touched.update(zip(commit.keys, commit.owners, strict=True))
                self.redacted = self.redacted or bool(commit.redacts)
            self._until = head

    def _then(self, found: list[Found], belongs: Any) -> list[Found]:
        # Asked after the reading, so that nothing that was read too new goes unnoticed.
        self.look()
        later = {key for key, owner in self._touched.items() if belongs(key, owner)}
        if not later:
            return found
        kept = [one for one in found if (one[0], one[1]) not in later]
        again = [one for key in later if (one := self._before(key)) is not None]
        return sorted([*kept, *again], key=lambda one: (one[3].created_at, one[0], one[1]))
