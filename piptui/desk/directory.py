"""People at the desk: found by what one knows of them, imported from an HR export, named in the record."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from piptui.cases.acts import Person as KnownPerson
from piptui.desk.api import PersonLine
from piptui.documents import decode
from piptui.errors import BadInput, NotFound
from piptui.people.records import Person
from piptui.text import fold


class Directory:
    """The people of a store as they stood when it was read."""

    def __init__(self, documents: Iterable[tuple[str, Mapping[str, Any], Any]]) -> None:
        self.people: dict[str, Person] = {key: decode("people", document) for key, document, _ in documents}
        self.left: dict[str, dt.date] = {
            key: on for key, person in self.people.items() if person.spells and (on := person.spells[-1].left_on)
        }
        """Who has left, or is about to: the last day."""

    def name(self, key: str) -> str:
        """The name behind an id; an id that is no person any more reads "somebody (removed)"."""
        person = self.people.get(key)
        return person.name if person else "somebody (removed)"

    def by_login(self, login: str) -> str | None:
        """The id of the person with this login."""
        return next((key for key, person in self.people.items() if login in person.logins), None)

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
        if not named:
            hint = f"Did you mean {some}{more}?" if near else "`piptui people` lists everybody."
            raise NotFound(f"Nobody has the number, e-mail, login or name {wanted!r}. {hint}")
        raise BadInput(f"{wanted!r} fits {len(named)} people: {some}{more}. Give the number.")

    def known(self, wanted: str) -> KnownPerson:
        """The person meant, as an act may know them."""
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
            for key, person in sorted(found, key=lambda one: (fold(one[1].name), one[0]))
        )


def _exact(person: Person) -> set[str]:
    parts = (person.number, person.email, person.name, *person.logins)
    return {fold(part) for part in parts if part}


def _words(person: Person) -> set[str]:
    return set(fold(person.name).split())


def _matches(person: Person, text: str) -> bool:
    parts = (person.name, person.number, person.email, person.title, person.department, *person.logins)
    everything = fold(" ".join(parts))
    return all(word in everything for word in text.split())
