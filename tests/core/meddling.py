"""A store to which something happens at the worst moment: after a case was read, before the lock is taken."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from piptui.desk import Actor, open_desk
from piptui.desk.desk import LocalDesk
from piptui.errors import Full
from piptui.store import Store

from .world import LOGINS, World


class Killed(BaseException):
    """The process ends here: nothing that catches errors may catch this."""


class Meddler:
    """Passes everything on to a store; runs the next of `first` before each commit, as another process would.

    Another process comes before the lock, never under it: a commit that was given the lock beforehand is left
    alone.
    """

    def __init__(self, store: Store, first: Sequence[Callable[[], object]]) -> None:
        self._store = store
        self._first = list(first)
        self._locked = False
        self.looked: list[tuple[str, bool]] = []
        """Each look at what came in and each commit, and whether the lock was held."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def exclusive(self) -> Iterator[object]:
        """Somebody else comes first, then the lock."""
        self._come_first()
        with self._store.exclusive() as state:
            self._locked = True
            try:
                yield state
            finally:
                self._locked = False

    def commit(self, changes: Any, **more: Any) -> int:
        """Somebody else comes first unless the lock is held, then the commit as it was asked for."""
        self.looked.append(("commit", self._locked))
        if not self._locked:
            self._come_first()
        return self._store.commit(changes, **more)

    def changes(self, since: int) -> Any:
        """What came in since."""
        if self._locked:
            self.looked.append(("changes", self._locked))
        return self._store.changes(since)

    def _come_first(self) -> None:
        if self._first:
            self._first.pop(0)()


def meddled(world: World, role: Any, *first: Callable[[], object]) -> LocalDesk:
    """A desk for a role on whose commits others get in first."""
    store = cast("Store", Meddler(world.store, first))
    actor = Actor("hana", role=role) if world.kind == "personal" else Actor(LOGINS[role])
    return open_desk(store, actor, clock=world.clock, zone="Europe/Berlin", new_id=world.new_id)


def full() -> None:
    """The disk is full now."""
    raise Full("The disk is full. Nothing was written.")


def broken() -> None:
    """The file system gives up now."""
    raise OSError("Input/output error")


def killed() -> None:
    """End the process, so to speak."""
    raise Killed


def nothing() -> None:
    """Let this commit through."""
