"""What somebody is called in texts: what names them for sure, and what may mean others, too."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from piptui.desk.session import Session
from piptui.naming import Lookout, Words, words_of_name
from piptui.people.names import turn_round
from piptui.people.records import Person
from piptui.text import width

LONG: Final = 4
"""So long must a number, an address or a login be to be looked for: a shorter one stands anywhere by chance."""
PART: Final = 3
"""So many letters (cells of a terminal) has a part of a name that is looked for."""


class Called(NamedTuple):
    """All that somebody is and was called: `names` and `keys` mean nobody else, `parts` may; `others` are names of
    colleagues that share a word with them."""

    names: tuple[str, ...]
    keys: tuple[str, ...]
    parts: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def sure(self) -> tuple[str, ...]:
        """What means them alone."""
        return (*self.names, *self.keys)

    def lookout(self) -> Lookout:
        """To find them by."""
        return Lookout(self.names, self.keys, self.parts, self.others)


def called(session: Session, key: str, person: Person) -> Called:
    """What the record says somebody is called: now, earlier, and in the cases about them."""
    past = [one.content for one in session.store.said("people", key)]
    mine = [*_written(person)]
    mine += [name for one in past for name in _forms(*map(_text(one), ("name", "given", "family")))]
    mine += [name for one in _printed(session, key) for name in _forms(one)]
    keys = [person.number, person.email, *person.logins, *_external(person.keys)]
    for one in past:
        keys += [_text(one)("number"), _text(one)("email"), *_texts(one.get("logins")), *_external(one.get("keys"))]
    keys = [one for one in dict.fromkeys(keys) if len(one) >= LONG]
    words = {word for name in (*mine, *keys) for word in words_of_name(name)}
    others = _others(session, key, words)
    theirs = {words_of_name(name) for name in others}
    single = {word for name in others for word in words_of_name(name)}
    names: list[str] = []
    parts = [*_parts(mine)]
    for name in dict.fromkeys(mine):
        (parts if _shared(words_of_name(name), theirs, single) else names).append(name)
    parts += [one for one in keys if _shared(words_of_name(one), theirs, single)]
    known = {words_of_name(name) for name in (*mine, *parts)}
    return Called(
        names=tuple(dict.fromkeys(names)),
        keys=tuple(one for one in keys if words_of_name(one) not in known),
        parts=tuple(one for one in dict.fromkeys(parts) if one not in names),
        others=tuple(name for name in others if words_of_name(name) not in {words_of_name(one) for one in mine}),
    )


def _shared(words: Words, theirs: set[Words], single: set[str]) -> bool:
    """Whether somebody else is called so, or has the one word that it is in their name."""
    return words in theirs or (len(words) == 1 and words[0] in single)


def _written(person: Person) -> Iterator[str]:
    yield from _forms(person.name, person.given, person.family)


def _forms(name: str, given: str = "", family: str = "") -> Iterator[str]:
    """How a name is written: "Ann Mary Cole", "Ann Cole", "Cole, Ann Mary", "Cole, Ann"."""
    name = name.strip()
    if name:
        first, last = turn_round(name)
        name = f"{first} {last}" if first else name
        yield name
    if not (given and family):
        *rest, family = name.split() or [""]
        given = " ".join(rest)
    if given and family:
        for first in dict.fromkeys((given, given.split()[0])):
            yield f"{first} {family}"
            yield f"{family}, {first}"


def _parts(names: Iterable[str]) -> Iterator[str]:
    """The words of names, and last names of several words whole; not the small words between them."""
    for name in names:
        family, comma, _ = name.partition(", ")
        for part in (*((family,) if comma and " " in family else ()), *name.replace(",", " ").split()):
            for one in dict.fromkeys((part, *(part.replace("\u2010", "-").split("-")))):
                if width("".join(words_of_name(one))) >= PART and not one[0].islower():
                    yield one


def _others(session: Session, key: str, words: set[str]) -> tuple[str, ...]:
    found = (
        name
        for other, person in session.directory().people.items()
        if other != key and words & {*words_of_name(person.name), *words_of_name(f"{person.given} {person.family}")}
        for name in _written(person)
    )
    return tuple(dict.fromkeys(found))


def _printed(session: Session, key: str) -> Iterator[str]:
    """The names that the headers of somebody's cases have of them."""
    for _, document, _ in session.store.list("cases", of=key):
        for party in document.get("parties", ()):
            if party.get("person") == key and party.get("name"):
                yield str(party["name"])


def _text(content: dict[str, Any]) -> Any:
    return lambda name: value if isinstance(value := content.get(name), str) else ""


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _external(keys: Any) -> list[str]:
    return [one for kind, one in keys.items() if kind != "name" and isinstance(one, str)] if keys else []
