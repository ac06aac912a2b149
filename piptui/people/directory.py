"""Persons by what identifies them: for matching rows, and for finding a named manager."""

from collections.abc import Iterable, Mapping

from piptui.people.names import comparable, turn_round
from piptui.people.records import Person

REFERENCES = ("number", "email", "login", "name")
"""What an export names another person by, the surest first."""


def values_of(person: Person, kind: str) -> set[str]:
    """Give all that a person is known by under a kind of key, in comparable form; mostly one value or none."""
    values = {person.keys.get(kind, "")}
    if kind == "number":
        values.add(person.number)
    elif kind == "email":
        values.add(person.email)
    elif kind == "login":
        values.update(person.logins)
    elif kind == "name":
        values.add(person.name)
        if person.given and person.family:
            values.add(f"{person.given} {person.family}")
    return {comparable(kind, value) for value in values if value.strip()}


class Directory:
    """An index over persons; every answer is a tuple of ids, in the order in which the persons came."""

    def __init__(self, persons: Mapping[str, Person], kinds: Iterable[str] = REFERENCES) -> None:
        self._ids: dict[str, dict[str, list[str]]] = {}
        for kind in kinds:
            index = self._ids.setdefault(kind, {})
            for id_, person in persons.items():
                for value in values_of(person, kind):
                    index.setdefault(value, []).append(id_)

    def with_key(self, kind: str, value: str) -> tuple[str, ...]:
        """Give the ids of those known by `value`; none for a blank one."""
        return tuple(self._ids[kind].get(comparable(kind, value), ())) if value else ()

    def named_by(self, reference: str) -> tuple[str, ...]:
        """Give the ids of those whom an export may mean: by number, else e-mail, else login, else name.

        "Last, First", "Name (number)" and a number that a spreadsheet made a decimal (1005.0) are understood.
        """
        for text in _readings(reference):
            for kind in REFERENCES:
                if ids := self.with_key(kind, text):
                    return ids
        return ()


def _readings(reference: str) -> tuple[str, ...]:
    readings = [reference]
    outside, bracket, inside = reference.rstrip(")").rpartition("(")
    if bracket:
        readings += [inside.strip(), outside.strip()]
    if reference.endswith(".0") and reference[:-2].isdecimal():
        readings.append(reference[:-2])
    given, family = turn_round(reference)
    return (*readings, f"{given} {family}") if given else tuple(readings)
