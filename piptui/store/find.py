"""Full text: current documents with a text in one of their text values.

Both sides are compared in one folded form. A cheap look at the raw JSON sorts out most documents; it may let a
wrong one pass, never stop a right one, and the values decide.
"""

import re
import unicodedata

import msgspec

from .api import Key
from .state import State

# Values that are names for the program, not text of a person.
SKIPPED_KEYS = frozenset({"of", "class", "schema", "kind", "order"})
_OPAQUE = re.compile(r"(?=\w*\d)(?:[0-9a-f]{16,64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
# What JSON writes as it is: a run of these in a value is the same run in its JSON text.
_PLAIN_RUN = re.compile(r"[ !#-\[\]-~]+")


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC and casefolded."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded)


def find(state: State, text: str) -> list[Key]:
    """The keys of current documents with `text` in a text value; none for an empty text."""
    wanted = fold(text)
    if not wanted:
        return []
    run = max(_PLAIN_RUN.findall(wanted), key=len, default="")
    found: list[Key] = []
    for table, entries in state.tables.items():
        for name, entry in entries.items():
            body = entry.body
            if body is not None and _may_hold(body, run, wanted) and _holds(msgspec.json.decode(body), wanted):
                found.append((table, name))
    return found


def _may_hold(body: bytes, run: str, wanted: str) -> bool:
    if body.isascii():
        # Folding leaves ASCII alone but for its case; only an escape can stand for another character.
        return run.encode() in body.lower() and (wanted.isascii() or b"\\u" in body)
    return not run or run in fold(body.decode())


def _holds(value: object, wanted: str) -> bool:
    if isinstance(value, str):
        return wanted in fold(value) and _OPAQUE.fullmatch(value) is None
    if isinstance(value, dict):
        return any(_holds(item, wanted) for key, item in value.items() if key not in SKIPPED_KEYS)
    if isinstance(value, list):
        return any(_holds(item, wanted) for item in value)
    return False
