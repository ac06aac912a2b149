"""People at the desk: found by what one knows of them, imported from an HR export, named in the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from piptui.desk.api import PersonLine
from piptui.documents import decode
from piptui.errors import BadInput, NotFound, Refused
from piptui.people.records import Person
from piptui.store import Store
from piptui.text import clean_line, fit, fold, sort_form

if TYPE_CHECKING:
    from piptui.cases.acts import Person as KnownPerson


_LEFT: Final = b'"left_on"'
"""Stands in the JSON text of everybody who has left, or is about to."""


class Directory:
    """The people of a store as they stood when it was read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Person | None] = {}
        self._people: dict[str, Person] | None = None
        self._login: tuple[str, str | None] | None = None
        self._left: dict[str, dt.date] | None = None

    @property
    def people(self) -> dict[str, Person]:
        """Everybody by id. Of many thousands that costs a while: who needs one person asks `get`."""
        if self._people is None:
            self._people = {key: _read(text) for key, text in self._store.texts("people")}
        return self._people

    def get(self, key: str) -> Person | None:
        """One person by id."""
        if self._people is not None:
            return self._people.get(key)
        if key not in self._known:
            try:
                self._known[key] = decode("people", self._store.get("people", key)[0])
            except NotFound:
                self._known[key] = None
        return self._known[key]

    @property
    def left(self) -> Mapping[str, dt.date]:
        """Who has left, or is about to: the last day."""
        if self._left is None:
            self._left = _left({key: _read(text) for key, text in self._store.texts("people", _LEFT)})
        return self._left

    def name(self, key: str) -> str:
        """The name behind an id; an id that is no person any more reads "somebody (removed)"."""
        person = self.get(key)
        return person.name if person else "somebody (removed)"

    def named(self, key: str, unknown: str) -> str:
        """A person by name and number, for whoever may look people up."""
        person = self.get(key)
        if person is None:
            return unknown
        return f"{person.name} ({person.number})" if person.number else person.name

    def by_login(self, login: str) -> str | None:
        """The id of the person with this login."""
        if self._login is None or self._login[0] != login:
            # With those who left, whom every list asks for: people are many, and reading them once is enough.
            texts = self._store.texts("people", msgspec.json.encode(login), _LEFT)
            some = {key: _read(text) for key, text in texts}
            self._login = login, next((key for key, person in some.items() if login in person.logins), None)
            self._left = _left(some)
        return self._login[1]

    def resolve(self, wanted: str) -> str:
        """The id of the one person meant: by id, number, e-mail, login, or whole words of the name; a title or a part
        of a word is a question, not an answer. Raises NotFound or BadInput."""
        text = fold(wanted).strip()
        if wanted in self.people:
            return wanted
        exact = [key for key, person in self.people.items() if text in _exact(person)]
        named = exact or [key for key, person in self.people.items() if set(text.split()) <= _words(person)]
        if text and len(named) == 1:
            return named[0]
        near = named or [key for key, person in self.people.items() if text and _matches(person, text)]
        some = ", ".join(f"{self.people[key].name} ({self.people[key].number or key[:6]})" for key in near[:5])
        more = f" and {len(near) - 5} more" if len(near) > 5 else ""
        shown = fit(clean_line(wanted, limit=None), 60).rstrip()
        if not named:
            hint = f"Did you mean {some}{more}?" if near else "`piptui people` lists everybody."
            raise NotFound(f"Nobody has the number, e-mail, login or name {shown!r}. {hint}")
        raise BadInput(f"{shown!r} fits {len(named)} people: {some}{more}. Give the number.")

    def known(self, wanted: str) -> KnownPerson:
        """The person meant, as an act may know them."""
        from piptui.cases.acts import Person as KnownPerson  # a start does no act

        key = self.resolve(wanted)
        person = self.people[key]
        spells = [spell for spell in person.spells if spell.hired_on]
        return KnownPerson(
            id=key,
            name=person.name,
            number=person.number,
            title=person.title,
            department=person.department,
            location=person.location,
            hired_on=spells[-1].hired_on if spells else None,
        )

    def lines(self, text: str, open_cases: Mapping[str, str]) -> tuple[PersonLine, ...]:
        """People whose data hold all the words, by name."""
        wanted = fold(text)
        found = ((key, person) for key, person in self.people.items() if _matches(person, wanted))
        return tuple(
            PersonLine(
                id=key,
                name=person.name,
                number=person.number,
                email=person.email,
                title=person.title,
                department=person.department,
                manager=self.people[person.manager].name if person.manager in self.people else "",
                left_on=person.spells[-1].left_on if person.spells else None,
                open_case=open_cases.get(key, ""),
            )
            for key, person in sorted(found, key=lambda one: (sort_form(one[1].name), one[0]))
        )


def _left(people: Mapping[str, Person]) -> dict[str, dt.date]:
    return {key: on for key, person in people.items() if person.spells and (on := person.spells[-1].left_on)}


def _read(text: bytes) -> Person:
    try:
        return msgspec.json.decode(text, type=Person)
    except msgspec.DecodeError as error:
        raise Refused(f"A document of 'people' does not fit this version of piptui: {error}.") from error


def _exact(person: Person) -> set[str]:
    parts = (person.number, person.email, person.name, *person.logins)
    return {fold(part) for part in parts if part}


def _words(person: Person) -> set[str]:
    return set(fold(person.name).split())


def _matches(person: Person, text: str) -> bool:
    parts = (person.name, person.number, person.email, person.title, person.department, *person.logins)
    everything = fold(" ".join(parts))
    return all(word in everything for word in text.split())
