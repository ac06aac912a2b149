"""Where else in a case the words stand that are taken out of a plan or a draft.

A plan is made from a draft, word for word, and a draft was typed in many steps: a text that is to be gone for good
has to go from all of them.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from piptui.cases.file import CaseFile, Held
from piptui.cases.removal import without
from piptui.cases.words import EVERYTHING, Class
from piptui.desk.api import RemovalLine
from piptui.desk.pieces import Piece, at_spots, piece
from piptui.desk.session import Session
from piptui.documents import encode
from piptui.errors import BadInput
from piptui.text import fold

PAPERS: Final = ("drafts", "plans")
LONG: Final = 8
"""So long must a text be to be looked for in other documents: a shorter one says the same by chance."""


def copies(session: Session, whole: CaseFile, key: str, fields: tuple[str, ...]) -> Iterator[Piece]:
    """The other drafts in which these fields were ever filled, and the other plans that say the same in them: of each
    the texts that hold it, and the document without it, where it is there still. `key` is where it is taken out."""
    standing = {(table, held.id): held for table, held in whole.documents()}
    gone = {path: {_key(one) for one in _said(session, whole, key, path)} for path in fields}
    for table, other in _papers(session, whole):
        if other == key:
            continue
        spots = {
            (one.seq, one.place)
            for one in session.store.said(table, other)
            for path in fields
            if (value := value_at(one.content, path)) is not None and (table == "drafts" or _key(value) in gone[path])
        }
        if spots:
            held = standing.get((table, other))
            after = encode(_rest(held, fields)) if held else None
            record = held.record if held else None
            number = whole.header.number
            yield from piece(
                session,
                table,
                other,
                number,
                record,
                after,
                EVERYTHING,
                at_spots(spots),
            )


def _papers(session: Session, whole: CaseFile) -> list[tuple[str, str]]:
    return [one for one in session.store.ever(whole.id) if one[0] in PAPERS]


def _said(session: Session, whole: CaseFile, key: str, path: str) -> Iterator[Any]:
    for table, other in _papers(session, whole):
        if other == key:
            values = (value_at(one.content, path) for one in session.store.said(table, other))
            yield from (value for value in values if value is not None)


def _rest(held: Held[Any], fields: tuple[str, ...]) -> Any:
    record = held.record
    for path in fields:
        try:
            record = without(record, (path,))
        except BadInput:
            continue  # an item that this one has not, or no more
    return record


def value_at(content: dict[str, Any], path: str) -> Any:
    """What a plan or a draft, or a patch of one, says in a field such as `context` or `goals.g1.statement`; None
    where it says nothing there."""
    value: Any = content if path.partition(".")[0] == "header" else content.get("text")
    for name in path.split("."):
        if isinstance(value, dict) and name not in value:
            value = value.get("items")
        value = value.get(name) if isinstance(value, dict) else None
    return value or None


def _key(value: Any) -> str:
    return repr(value)


def texts_of(value: Any) -> Iterator[str]:
    """All texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_of(part)


def same_words(
    session: Session, whole: CaseFile, pieces: Iterable[Piece], fields: tuple[str, ...], classes: frozenset[Class]
) -> tuple[RemovalLine, ...]:
    """The documents of the case beside `pieces` in whose texts of any time the words stand that these fields say:
    of those that the actor reads."""
    listed = [*pieces]
    own = {(one.line.table, one.line.id) for one in listed}
    said = (value_at(one.content, path) for key in own for one in session.store.said(*key) for path in fields)
    words = {fold(text).strip() for value in said for text in texts_of(value)}
    words = {word for word in words if len(word) >= LONG}
    if not words:
        return ()
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(words)))
    standing = {(table, held.id): held.record for table, held in whole.documents()}
    found: list[RemovalLine] = []
    for table, key in dict.fromkeys((("cases", whole.id), *session.store.ever(whole.id))):
        if (table, key) in own or table in ("keys", "policies", "redactions"):
            continue
        holding = {
            (one.seq, one.place)
            for one in session.store.said(table, key)
            if any(pattern.search(fold(text)) for text in texts_of(one.content))
        }
        told = {
            (one.seq, one.place)
            for one in session.store.history(table, key)
            if pattern.search(fold(f"{one.sentence}\n{one.reason}"))
        }
        spots = holding | told
        if not spots:
            continue
        record = standing.get((table, key))
        found += (
            one.line
            for one in piece(
                session,
                table,
                key,
                whole.header.number,
                record,
                None,
                classes,
                at_spots(spots),
            )
            if one.visible
        )
    return tuple(found)
