"""A person's name in what the record says of others: which texts hold it, and the documents without it."""

from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple

import msgspec

from piptui.cases.records import Document
from piptui.cases.removal import label
from piptui.desk.api import RemovalLine
from piptui.desk.past import CLASSES
from piptui.desk.pieces import first_words, one_of, said_last
from piptui.desk.session import Session
from piptui.documents import TYPES, decode
from piptui.errors import NotFound, Refused
from piptui.naming import Lookout
from piptui.store import Record

GONE: Final = "(removed)"
"""Stands where a name stood."""

NO_WORDS: Final = frozenset(
    {
        *("schema", "class", "kind", "order", "media", "role", "part", "number", "zone", "language", "category"),
        *("value", "expected", "baseline", "target", "verdict", "result", "next_action", "cause", "slot", "goal"),
        *("support", "done", "check", "act", "what", "table", "id", "of", "digest", "policy", "template", "rule"),
        *("field", "fields", "salt", "sum", "cadence", "direction", "at", "on", "since", "until", "due"),
    }
)
"""Under these keys a document of the record holds vocabulary, numbers and ids, and nobody's name."""
_SKIPPED: Final = dict.fromkeys(TYPES, NO_WORDS)


class Other(NamedTuple):
    """A document of others that names the person: the texts that do, and the document without the name. Without such
    texts it only may mean them, as does what `perhaps` holds."""

    line: RemovalLine
    of: str
    records: tuple[Record, ...]
    after: dict[str, Any] | None
    perhaps: tuple[str, ...]


def mentioned(
    session: Session, look: Lookout, logins: Sequence[str], own: Container[tuple[str, str]]
) -> Iterator[Other]:
    """Every document beside the person's `own` in whose texts of any time they are named, or that they wrote, or that
    perhaps means them."""
    found: dict[tuple[str, str], list[Any]] = {}
    for one in session.store.mentions(look, logins, _SKIPPED):
        if one.key not in own and one.key[0] not in ("policies", "keys"):
            found.setdefault(one.key, []).append(one)
    for (table, key), several in found.items():
        spots = {(one.seq, one.place) for one in several if one.words}
        history = [one for one in session.store.history(table, key) if not one.redacted]
        records = tuple(one for one in history if (one.seq, one.place) in spots)
        perhaps = tuple(dict.fromkeys(word for one in several for word in one.perhaps))
        document, after = None, None
        with suppress(NotFound):
            document = session.store.get(table, key)[0]
            after = _without(document, look, table)
        if not history or not (records or perhaps):
            continue
        of = key if table == "cases" else history[-1].of
        cls: Any = next((one.cls for one in reversed(history) if one.cls), CLASSES.get(table, "manager_hr"))
        first = (records or history)[0]
        line = RemovalLine(
            table=table,
            id=key,
            case=_number(session, of),
            what=_what(session, table, of, document),
            on=first.at.date(),
            who=session.directory().name(first.actor),
            cls=cls,
            texts=len(records) or len({(one.seq, one.place) for one in several}),
            commits=len(records) or len({one.seq for one in several}),
            begins=first_words(_record(table, document) or said_last(session, table, key)),
            words=tuple(dict.fromkeys(word for one in several for word in one.words)),
            at=first.at,
        )
        yield Other(line, of, records, after, perhaps)


def _record(table: str, document: dict[str, Any] | None) -> Document | None:
    if document is None or table not in TYPES:
        return None
    with suppress(Refused):
        found = decode(table, document)
        return found if isinstance(found, Document) else None
    return None


def _what(session: Session, table: str, of: str, document: dict[str, Any] | None) -> str:
    record = _record(table, document)
    if record is None:
        return one_of(table) if document is not None else f"{one_of(table)}, closed or deleted earlier"
    if table not in ("notebook", "holds") or session.directory().get(of) is None:
        return label(record)
    return f"{label(record)}, about {session.directory().named(of, '')}"


def as_perhaps(one: Other) -> RemovalLine:
    """The line of a document that perhaps means the person."""
    return msgspec.structs.replace(one.line, words=one.perhaps)


def _number(session: Session, of: str) -> str:
    try:
        return str(session.store.get("cases", of)[0]["number"])
    except NotFound:
        return ""


def _without(document: dict[str, Any], look: Lookout, table: str) -> dict[str, Any]:
    skip = _SKIPPED.get(table)

    def cleaned(value: Any, key: str = "") -> Any:
        if isinstance(value, str):
            return value if skip is not None and key in skip else look.without(value, GONE)
        if isinstance(value, dict):
            return {name if skip else look.without(name, GONE): cleaned(part, name) for name, part in value.items()}
        return [cleaned(part, key) for part in value] if isinstance(value, list) else value

    result = cleaned(document)
    assert isinstance(result, dict)  # noqa: S101 - a document is an object
    return result
