"""Where somebody is named in the whole record, the past included: for a name that has to go from everywhere."""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from piptui.naming import Lookout

from .api import Mention
from .journal import Journal
from .line import is_blank, sha


def mentions(
    journal: Journal, look: Lookout, logins: Sequence[str] = (), skip: Mapping[str, Container[str]] | None = None
) -> list[Mention]:
    """See `Store.mentions`. Raises Corrupt, BadSnapshot."""
    signed = [b'"login":' + msgspec.json.encode(login) for login in logins]
    if not look and not signed:
        return []
    passed = skip or {}
    found: list[Mention] = []
    for seq in range(1, journal.state.end.seq + 1):
        line = journal.line(seq)
        for place, (touch, raw) in enumerate(zip(line.header.ch, line.payloads, strict=True)):
            if (seq, place) in journal.state.redacted or is_blank(raw) or sha(raw) != touch.sha:
                continue
            hits = []
            if look and look.may_be_in(raw):
                values = texts(msgspec.json.decode(raw), passed.get(touch.t))
                hits = [one for text in values for one in look.hits(text)]
            by = [login for login, one in zip(logins, signed, strict=True) if one in raw]
            sure = tuple(dict.fromkeys((*(one.word for one in hits if one.sure), *by)))
            parts = tuple(dict.fromkeys(one.word for one in hits if not one.sure))
            if sure or parts:
                found.append(Mention(seq, place, (touch.t, touch.id), touch.of, sure, parts))
    return found


def texts(value: Any, skip: Container[str] | None) -> Iterator[str]:
    """Every text in a value; with `skip` those under these keys are none, nor are the keys themselves."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if skip is None:
                yield key
            elif key in skip and not isinstance(part, dict):
                continue
            yield from texts(part, skip)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, skip)
