"""Full text: current documents with a text in one of their text values.

Both sides are compared in one folded form. A cheap look at the raw JSON sorts out most documents; it may let a
wrong one pass, never stop a right one, and the values decide.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

import msgspec

from .api import Key
from .base import Batch
from .state import State

# Values that are names for the program, not text of a person.
SKIPPED_KEYS = frozenset({"of", "class", "schema", "kind", "order", "media"})
# Patterns are texts, compiled by whoever comes first: a start searches nothing.
_OPAQUE = r"(?=\w*\d)(?:[0-9a-f]{16,64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
# What JSON writes as it is: a run of these in a value is the same run in its JSON text.
_PLAIN_RUN = r"[ !#-\[\]-~]+"
# Every character beyond ASCII of whose folded form ASCII is a part, and some of their neighbours.
_ODD = (
    "[\xa0\xa8\xaa\xaf\xb2-\xb4\xb8-\xba\xbc-\xbe\xdf\u0130\u0132\u0133\u013f\u0140\u0149\u017f\u01c4-\u01cc"
    "\u01f1-\u01f3\u02b0-\u02e4\u037a-\u0385\u1d2c-\u1dbf\u1e9a-\u1e9e\u1fbd-\u200a\u2017\u2024-\u2026\u202f-\u2049"
    "\u205f-\u20a8\u2100-\u2189\u2460-\u24ff\u2a74-\u2a76\u2c7c\u2c7d\u3000\u309b\u309c\u3200-\u33ff\ua7f2-\ua7f4"
    "\ufb00-\ufb29\ufc5e-\ufc63\ufdfa\ufdfb\ufe10-\ufe7e\uff01-\uffe3\U000107a5\U0001d400-\U0001d7ff"
    "\U0001f100-\U0001f190\U0001fbf0-\U0001fbf9]"
)


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC and casefolded."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded)


def is_odd(body: bytes) -> bool:
    """Whether folding may turn a character of this text that is not ASCII into one that is."""
    return not body.isascii() and re.search(_ODD, body.decode()) is not None


def lines_with(parts: Sequence[bytes]) -> Callable[[Batch], set[int]]:
    """Picks the lines of a batch that hold one of some texts."""

    def pick(batch: Batch) -> set[int]:
        found: set[int] = set()
        for part in parts:
            at = batch.text.find(part)
            while at >= 0:
                index = bisect_right(batch.ends, at) - 1
                found.add(batch.first + index)
                at = batch.text.find(part, batch.ends[index + 1])
        return found

    return pick


class Needle(NamedTuple):
    """A text to be found: folded, and its longest part that JSON and folding leave as it is."""

    wanted: str
    run: bytes

    def may_be_in(self, body: bytes) -> bool:
        """A cheap look at a document's JSON."""
        if body.isascii():
            # Folding leaves ASCII alone but for its case; only an escape can stand for another character.
            return self.run in body.lower() and (self.wanted.isascii() or b"\\u" in body)
        return self.run in body.lower() or (is_odd(body) and self.run.decode() in fold(body.decode()))

    def pick(self, batch: Batch, odd: Sequence[int]) -> set[int]:
        """The numbers of the lines that are worth a look; `odd` are those that folding may turn into ASCII."""
        if not self.run:
            lines = ((batch.first + index, batch.line(batch.first + index)) for index in range(len(batch.ends) - 1))
            return {number for number, line in lines if not line.isascii() or b"\\" in line}
        picked = {*odd[bisect_left(odd, batch.first) : bisect_left(odd, batch.first + len(batch.ends) - 1)]}
        low = batch.text.lower()
        place = low.find(self.run)
        while 0 <= place < len(low):
            index = bisect_right(batch.ends, place)
            picked.add(batch.first + index - 1)
            place = low.find(self.run, batch.ends[index])
        return picked


def find(state: State, text: str, kinds: Container[str] = ()) -> list[Key]:
    """The keys of current documents with `text` in a text value; none for an empty text. Of the names that the key
    `kind` has inside a document, those in `kinds` count as text, read as words."""
    wanted = fold(text)
    if not wanted:
        return []
    needle = Needle(wanted, max(re.findall(_PLAIN_RUN, wanted), key=len, default="").encode())
    odd = () if state.base is None else state.base.odd()
    found: list[Key] = []
    for table in state.table_names():
        for name, entry in state.table(table).entries(lambda batch: needle.pick(batch, odd)):
            body = entry.body
            if body is not None and needle.may_be_in(body) and _holds(msgspec.json.decode(body), wanted, kinds):
                found.append((table, name))
    return found


def _holds(value: object, wanted: str, kinds: Container[str], *, inside: bool = False) -> bool:
    if isinstance(value, str):
        return wanted in fold(value) and re.fullmatch(_OPAQUE, value) is None
    if isinstance(value, dict):
        kind = value.get("kind") if inside else None
        if isinstance(kind, str) and kind in kinds and wanted in fold(kind.replace("_", " ")):
            return True
        parts = [item for key, item in value.items() if key not in SKIPPED_KEYS]
    else:
        parts = value if isinstance(value, list) else []
    return any(_holds(item, wanted, kinds, inside=True) for item in parts)
