"""A store to which something happens at the worst moment: between reading and committing."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from piptui.desk import Actor, open_desk
from piptui.desk.desk import LocalDesk
from piptui.store import Store

from .world import LOGINS, World


class Killed(BaseException):
    """The process ends here: nothing that catches errors may catch this."""


class Meddler:
    """Passes everything on to a store; runs the next of `first` before each commit, as another process would."""

    def __init__(self, store: Store, first: Sequence[Callable[[], object]]) -> None:
        self._store = store
        self._first = list(first)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, changes: Any, **more: Any) -> int:
        """Somebody else comes first, then the commit as it was asked for."""
        if self._first:
            self._first.pop(0)()
        return self._store.commit(changes, **more)


def meddled(world: World, role: Any, *first: Callable[[], object]) -> LocalDesk:
    """A desk for a role on whose commits others get in first."""
    store = cast("Store", Meddler(world.store, first))
    actor = Actor("hana", role=role) if world.kind == "personal" else Actor(LOGINS[role])
    return open_desk(store, actor, clock=world.clock, zone="Europe/Berlin", new_id=world.new_id)


def killed() -> None:
    """End the process, so to speak."""
    raise Killed


def nothing() -> None:
    """Let this commit through."""
