"""Where something stands in the whole record, the past included: for a name that has to go from everywhere."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from piptui.text import whole_words

from .api import Mention
from .find import fold
from .journal import Journal
from .line import is_blank, sha

_ESCAPED = b"\\u"


def mentions(journal: Journal, words: Sequence[str], logins: Sequence[str] = ()) -> list[Mention]:
    """See `Store.mentions`. Raises Corrupt, BadSnapshot."""
    folded = [fold(word) for word in words if word.strip()]
    signed = [b'"login":' + msgspec.json.encode(login) for login in logins]
    if not folded and not signed:
        return []
    whole = whole_words(folded)
    plain = [word.encode() for word in folded] if all(word.isascii() for word in folded) else []
    found: list[Mention] = []
    for seq in range(1, journal.state.end.seq + 1):
        line = journal.line(seq)
        for place, (touch, raw) in enumerate(zip(line.header.ch, line.payloads, strict=True)):
            if (seq, place) in journal.state.redacted or is_blank(raw) or sha(raw) != touch.sha:
                continue
            named = bool(folded) and _may_hold(raw, plain) and _named(raw, whole)
            if named or any(one in raw for one in signed):
                found.append(Mention(seq, place, (touch.t, touch.id), touch.of))
    return found


def _may_hold(raw: bytes, plain: list[bytes]) -> bool:
    """A cheap look; folding leaves ASCII alone but for its case."""
    if not plain or not raw.isascii() or _ESCAPED in raw:
        return True
    low = raw.lower()
    return any(word in low for word in plain)


def _named(raw: bytes, whole: re.Pattern[str]) -> bool:
    return any(whole.search(fold(text)) for text in _texts(msgspec.json.decode(raw)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
