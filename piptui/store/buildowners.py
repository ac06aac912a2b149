"""The part of a snapshot that says which documents belong to whom."""

from array import array
from collections.abc import Iterator
from heapq import merge
from typing import Protocol

from .api import Key
from .base import Base, Owned
from .sections import Sections, entries, in_order
from .state import State
from .tip import OWNER, little, short_hash


class Placed(Protocol):
    """Where documents are in the new snapshot (see `build.Lines`)."""

    where: dict[Key, int]
    moved: "array[int]"


def write_owners(state: State, lines: Placed, sections: Sections) -> None:
    """Write for each owner the lines of its documents, now and ever, and where to find these lists."""
    owners = state.owners
    names = {short_hash(of): of for of in owners.added.keys() | owners.removed.keys() | owners.ever.keys()}
    lists: list[bytes] = []
    found: list[bytes] = []
    size = 0

    def note(name: bytes, owned: Owned) -> None:
        nonlocal size
        start, again = size, size
        lists.append(little(owned.now))
        size += len(owned.now)
        if owned.ever != owned.now:
            again = size
            lists.append(little(owned.ever))
            size += len(owned.ever)
        found.append(OWNER.pack(name, start, len(owned.now), again, len(owned.ever)))

    for name, owned in _old(state.base):
        of = names.pop(name, None)
        note(name, _moved(owned, lines) if of is None else _changed(of, owned, state, lines))
    old, found = found, []
    for name, of in names.items():
        note(name, _changed(of, Owned(array("I"), array("I")), state, lines))
    sections.add("lists", lists)
    sections.add("owners", merge(old, in_order(found)))


def _old(base: Base | None) -> Iterator[tuple[bytes, Owned]]:
    if base is not None:
        for name, *fields in entries(base, "owners", OWNER.size, OWNER.iter_unpack):
            yield name, base.lists((fields[0], fields[1], fields[2], fields[3]))


def _moved(owned: Owned, lines: Placed) -> Owned:
    now = array("I", [lines.moved[line] for line in owned.now])
    return Owned(now, now if owned.ever == owned.now else array("I", [lines.moved[line] for line in owned.ever]))


def _changed(of: str, owned: Owned, state: State, lines: Placed) -> Owned:
    owners, covered = state.owners, state.covered
    removed = owners.removed.get(of, set())
    stayed = [line for line in owned.now if covered.get(line) not in removed]
    now = [lines.moved[line] for line in stayed] + [lines.where[key] for key in owners.added.get(of, ())]
    before = [lines.moved[line] for line in owned.ever]
    ever = dict.fromkeys([*before, *(lines.where[key] for key in owners.ever.get(of, ()))])
    return Owned(array("I", now), array("I", ever))
