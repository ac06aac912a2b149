"""Which documents belong to whom, as far as the journal behind the snapshot changed it."""

from .api import Key

Keys = dict[str, dict[Key, None]]


class Owners:
    """`added` and `removed` now, on top of a snapshot's lists; `ever` names those that first came since.

    A document that leaves and comes back stands at the end: in `removed` and in `added`.
    """

    def __init__(self) -> None:
        self.added: Keys = {}
        self.removed: dict[str, set[Key]] = {}
        self.ever: Keys = {}

    def leave(self, of: str, key: Key) -> None:
        """A document does not belong to this owner any more."""
        added = self.added.get(of)
        if added is None or key not in added:
            self.removed.setdefault(of, set()).add(key)
            return
        del added[key]
        if not added:
            del self.added[of]

    def join(self, of: str, key: Key) -> None:
        """A document belongs to this owner from now on."""
        self.added.setdefault(of, {})[key] = None

    def note(self, of: str, key: Key) -> None:
        """A document belonged to this owner at least once."""
        self.ever.setdefault(of, {})[key] = None

    def copy(self) -> "Owners":
        """The same, unmoved by what comes."""
        same = Owners()
        same.added = {of: dict(keys) for of, keys in self.added.items()}
        same.removed = {of: set(keys) for of, keys in self.removed.items()}
        same.ever = {of: dict(keys) for of, keys in self.ever.items()}
        return same
