"""Full-text search: the store finds the text, the desk drops what is hidden, and the hit is told in its context."""

import re
from typing import Any

from piptui.cases.words import words
from piptui.desk.api import Hit
from piptui.desk.session import Session
from piptui.errors import NotFound, Refused
from piptui.text import fold

NAMES = {"checkins": "check-in", "files": "file"}
"""Tables whose documents are all called the same."""

OPAQUE = re.compile("[0-9a-f]{16,}")
"""An id of the record: no text of a person."""


def find(session: Session, text: str) -> tuple[Hit, ...]:
    """See `api.Desk.find`."""
    wanted = fold(text).strip()
    if not wanted:
        return ()
    found = []
    visible: dict[str, set[tuple[str, str]]] = {}
    for table, key in session.store.find(text):
        document, _ = session.store.get(table, key)
        case = key if table == "cases" else str(document.get("of", ""))
        if case not in visible:
            visible[case] = _keys(session, case)
        if (table, key) in visible[case]:
            line = session.whole(case).header
            what = str(NAMES.get(table) or document.get("kind", table.rstrip("s")))
            found.append(
                Hit(
                    case=line.number,
                    employee=line.parties[0].name,
                    what=words(what),
                    snippet=_snippet(document, wanted),
                    table=table,
                    id=key,
                    place=str(document.get("slot", "")) if table == "checkins" else key,
                )
            )
    return tuple(sorted(found, key=lambda hit: (hit.case, hit.what)))


def _keys(session: Session, case: str) -> set[tuple[str, str]]:
    try:
        _, part, _ = session.open_case(case)
    except (NotFound, Refused):
        # Hidden, or written by a newer piptui: one such case must not stop the search in all others.
        return set()
    return {(table, held.id) for table, held in part.documents()}


def _snippet(document: Any, wanted: str) -> str:
    for text in _texts(document):
        place = fold(text).find(wanted)
        if place >= 0:
            place = _unfolded(text, place)
            start = max(0, place - 30)
            return ("…" if start else "") + " ".join(text[start : place + 50].split())
    return ""


def _unfolded(text: str, place: int) -> int:
    """Where in a text the character stands that is at this place of its folded form, which may be longer."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if len(fold(text[: middle + 1])) <= place:
            low = middle + 1
        else:
            high = middle
    return low


def _texts(value: Any) -> "list[str]":
    if isinstance(value, str):
        return [] if OPAQUE.fullmatch(value) else [value]
    if isinstance(value, dict):
        # Names for the program are no text of a person, and the store does not search in them either.
        value = [part for key, part in value.items() if key not in ("of", "class", "kind", "order", "media")]
    parts = value if isinstance(value, list | tuple) else ()
    return [text for part in parts for text in _texts(part)]
