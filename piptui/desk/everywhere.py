"""A person's name in what the record says of others: which texts hold it, and the documents without it."""

import re
from collections.abc import Container, Iterator, Sequence
from typing import Any, Final, NamedTuple

from piptui.desk.api import RemovalLine
from piptui.desk.past import CLASSES
from piptui.desk.pieces import one_of
from piptui.desk.session import Session
from piptui.errors import NotFound
from piptui.store import Record
from piptui.text import fold, whole_words

GONE: Final = "(removed)"
"""Stands where a name stood."""


class Other(NamedTuple):
    """A document of others that names the person: the texts that do, and the document without the name."""

    line: RemovalLine
    of: str
    records: tuple[Record, ...]
    after: dict[str, Any] | None


def mentioned(
    session: Session, names: Sequence[str], logins: Sequence[str], own: Container[tuple[str, str]]
) -> Iterator[Other]:
    """Every document beside the person's `own` in whose texts of any time a name stands, or that they wrote."""
    found: dict[tuple[str, str], set[int]] = {}
    for one in session.store.mentions(names, logins):
        if one.key not in own and one.key[0] != "policies":
            found.setdefault(one.key, set()).add(one.seq)
    for (table, key), seqs in found.items():
        records = tuple(one for one in session.store.history(table, key) if one.seq in seqs and not one.redacted)
        if not records:
            continue
        try:
            after: dict[str, Any] | None = _without(session.store.get(table, key)[0], names)
        except NotFound:
            after = None
        of = key if table == "cases" else records[-1].of
        cls: Any = next((one.cls for one in reversed(records) if one.cls), CLASSES.get(table, "manager_hr"))
        line = RemovalLine(
            table=table,
            id=key,
            case=_number(session, of),
            what=f"{one_of(table)} that names the person",
            on=records[0].at.date(),
            who=session.directory().name(records[0].actor),
            cls=cls,
            texts=len(records),
            commits=len(records),
        )
        yield Other(line, of, records, after)


def _number(session: Session, of: str) -> str:
    try:
        return str(session.store.get("cases", of)[0]["number"])
    except NotFound:
        return ""


def _without(document: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    pattern, folded = whole_words(names, re.IGNORECASE), whole_words(map(fold, names))

    def cleaned(value: Any) -> Any:
        if isinstance(value, str):
            text = pattern.sub(GONE, value)
            return GONE if folded.search(fold(text)) else text
        if isinstance(value, dict):
            return {key: cleaned(part) for key, part in value.items()}
        return [cleaned(part) for part in value] if isinstance(value, list) else value

    result = cleaned(document)
    assert isinstance(result, dict)  # noqa: S101 - a document is an object
    return result
