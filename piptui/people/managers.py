"""Who reports to whom, once every row of an import is known."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from piptui.people.directory import Directory
from piptui.people.found import Row
from piptui.people.records import Person


def resolve_managers(
    persons: Mapping[str, Person], rows: Sequence[tuple[str, Row]]
) -> tuple[dict[str, Person], list[tuple[int, str]]]:
    """Give the persons of `rows` with their managers, and notes (line, sentence) on those that stay as they were.

    `persons` is the whole directory after the import, `rows` the rows taken, each with its person's id. A
    manager is found among all of them; one that is unknown, ambiguous or the person's own self is not taken.
    """
    directory = Directory(persons)
    found: dict[str, Person] = {}
    notes: list[tuple[int, str]] = []
    for id_, row in rows:
        found[id_] = person = persons[id_]
        reference = row.values.get("manager", "")
        if not reference:
            continue
        ids = directory.named_by(reference)
        problem = _problem(id_, ids)
        if problem:
            kept = "the manager on record stays" if person.manager else "no manager is set"
            notes.append((row.line, f'manager "{reference[:40]}" {problem}; {kept}'))
        elif person.manager != ids[0]:
            found[id_] = msgspec.structs.replace(person, manager=ids[0])
    return found, notes


def find_circles(persons: Mapping[str, Person], start: Iterable[str]) -> list[tuple[str, ...]]:
    """Give the circles of managers that somebody in `start` is part of or reports into, each once, as ids."""
    done: set[str] = set()
    circles: list[tuple[str, ...]] = []
    for first in start:
        path: dict[str, None] = {}
        at: str | None = first
        while at is not None and at in persons and at not in done and at not in path:
            path[at] = None
            at = persons[at].manager
        if at is not None and at in path:
            chain = list(path)
            circles.append(tuple(chain[chain.index(at) :]))
        done.update(path)
    return circles


def _problem(id_: str, ids: Sequence[str]) -> str:
    if not ids:
        return "is nobody in this file or on record"
    if len(ids) > 1:
        return f"may be any of {len(ids)} persons"
    return "is the person's own row" if ids[0] == id_ else ""
