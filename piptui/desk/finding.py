"""Full-text search: the store finds the text, the desk drops what is hidden, and the hit is told in its context."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from piptui.cases.plan import COLLECTIONS
from piptui.cases.words import SupportKind, words
from piptui.desk.api import Hit
from piptui.desk.session import Session
from piptui.errors import NotFound, Refused
from piptui.text import fold

NAMES = {"checkins": "check-in", "files": "file"}
"""Tables whose documents are all called the same."""

KINDS: Final = frozenset(get_args(SupportKind)) - {"other"}
"""What kind of help is promised: chosen from a list, and looked for like any word."""

NO_TEXT: Final = frozenset({"of", "class", "kind", "order", "media", "removed"})
"""Members of a document in which nobody's words stand."""

OPAQUE = re.compile("[0-9a-f]{16,}")
"""An id of the record: no text of a person."""


def find(session: Session, text: str) -> tuple[Hit, ...]:
    """See `api.Desk.find`."""
    wanted = fold(text).strip()
    if not wanted:
        return ()
    found: list[Hit] = []
    visible: dict[str, set[tuple[str, str]]] = {}
    for table, key in session.store.find(text, kinds=KINDS):
        document, _ = session.store.get(table, key)
        case = key if table == "cases" else str(document.get("of", ""))
        if case not in visible:
            visible[case] = _keys(session, case)
        if (table, key) in visible[case]:
            header = session.whole(case).header
            place = str(document.get("slot", "")) if table == "checkins" else key
            for what, snippet in _found_in(table, document, wanted):
                found.append(
                    Hit(
                        case=header.number,
                        employee=header.parties[0].name if header.parties else "",
                        what=what,
                        snippet=snippet,
                        table=table,
                        id=key,
                        place=place,
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


def _found_in(table: str, document: Mapping[str, Any], wanted: str) -> Iterator[tuple[str, str]]:
    """What in a document holds the text, and the words around it: in a plan each item for itself."""
    if table not in ("plans", "drafts"):
        name = words(str(NAMES.get(table) or document.get("kind", table.rstrip("s"))))
        snippet = _snippet(document, wanted)
        # Why something was removed is no text of the case.
        if snippet or "removed" not in document:
            yield name, snippet
        return
    name = table.rstrip("s")
    text = document.get("text", {})
    for collection in COLLECTIONS:
        for key, item in text.get(collection, {}).get("items", {}).items():
            told = _told(collection, item)
            if snippet := _snippet(told, wanted) or _snippet(item, wanted):
                yield f"{collection.rstrip('s')} {key}" + (", draft" if table == "drafts" else ""), snippet
    rest = {key: value for key, value in text.items() if key not in COLLECTIONS}
    other = {key: value for key, value in document.items() if key != "text"}
    if snippet := _snippet([rest, other], wanted):
        yield name, snippet


def _told(collection: str, item: Mapping[str, Any]) -> str:
    """A promise with who gives what kind of help; every other item is told by its own texts."""
    if collection != "support":
        return ""
    kind = str(item.get("kind", "other"))
    who = ", ".join(part for part in (item.get("provider", ""), words(kind) if kind in KINDS else "") if part)
    return f"{who}: {item.get('statement', '')}" if who else str(item.get("statement", ""))


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


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [] if OPAQUE.fullmatch(value) else [value]
    if isinstance(value, dict):
        # Names for the program are no text of a person, and the store does not search in them either.
        value = [part for key, part in value.items() if key not in NO_TEXT]
    parts = value if isinstance(value, list | tuple) else ()
    return [text for part in parts for text in _texts(part)]
