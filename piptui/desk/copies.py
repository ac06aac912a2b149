"""Where else in a case the words stand that are taken out of a plan or a draft.

A plan is made from a draft, word for word, and a draft was typed in many steps: a text that is to be gone for good
has to go from all of them.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from piptui.cases.file import CaseFile
from piptui.cases.records import Removal
from piptui.cases.removal import without
from piptui.cases.words import EVERYTHING, Class
from piptui.desk.api import RemovalLine
from piptui.desk.pieces import Piece, at_spots, ever, piece
from piptui.desk.session import Session
from piptui.documents import encode
from piptui.errors import BadInput, NotFound
from piptui.text import fold, whole_words

PAPERS: Final = ("drafts", "plans")
LONG: Final = 8
"""So long must a text be to be looked for in other documents: a shorter one says the same by chance."""


def copies(session: Session, whole: CaseFile, key: str, fields: tuple[str, ...], removed: Removal) -> Iterator[Piece]:
    """The other drafts in which these fields were ever filled, and the other plans that say the same in them: of each
    the texts that hold it, and the document without it, where it is there still. `key` is where it is taken out."""
    papers = [(table, other, record) for table, other, record in ever(session, whole) if table in PAPERS]
    said = {other: session.store.said(table, other) for table, other, _ in papers}
    gone = {path: [value_at(one.content, path) for one in said[key]] for path in fields}
    for table, other, record in papers:
        if other == key:
            continue
        spots = {
            (one.seq, one.place)
            for one in said[other]
            for path in fields
            if (value := value_at(one.content, path)) is not None and (table == "drafts" or value in gone[path])
        }
        if spots:
            after = encode(_rest(record, fields, removed)) if record is not None else None
            number = whole.header.number
            yield from piece(session, table, other, number, record, after, EVERYTHING, at_spots(spots))


def _rest(record: Any, fields: tuple[str, ...], removed: Removal) -> Any:
    for path in fields:
        try:
            record = without(record, (path,), removed)
        except BadInput:
            continue  # an item that this one has not, or no more
    return record


def value_at(content: dict[str, Any], path: str, table: str = "plans") -> Any:
    """What a document, or a patch of one, says in a field: of a plan or a draft `context` or `goals.g1.statement`, of
    others `note` or `outcome.reason`; None where it says nothing there."""
    inside = table in PAPERS and path.partition(".")[0] != "header"
    value: Any = content.get("text") if inside else content
    for name in path.split("."):
        if isinstance(value, dict) and name not in value:
            value = value.get("items")
        value = value.get(name) if isinstance(value, dict) else None
    return value or None


def empty_now(session: Session, table: str, key: str, fields: Iterable[str]) -> tuple[str, ...]:
    """Those of the fields in which a document says nothing now; what goes is what earlier versions said."""
    try:
        content = session.store.get(table, key)[0]
    except NotFound:
        return ()
    parts = (path for path in fields if path not in ("corrections", "struck"))
    return tuple(path for path in parts if value_at(content, path, table) is None)


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
    own = {(one.line.table, one.line.id) for one in pieces}
    said = (value_at(one.content, path, key[0]) for key in own for one in session.store.said(*key) for path in fields)
    words = {fold(text).strip() for value in said for text in texts_of(value)}
    words = {word for word in words if len(word) >= LONG}
    if not words:
        return ()
    pattern, number = whole_words(sorted(words)), whole.header.number
    found: list[Piece] = []
    for table, key, record in ever(session, whole):
        if (table, key) in own:
            continue
        spots = {
            (one.seq, one.place)
            for one in session.store.said(table, key)
            if any(pattern.search(fold(text)) for text in (*texts_of(one.content), one.sentence, one.reason))
        }
        if spots:
            found += piece(session, table, key, number, record, None, classes, at_spots(spots))
    return tuple(one.line for one in found if one.visible)
