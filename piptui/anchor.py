"""An anchor: what somebody notes of a record somewhere else, so that it cannot be rewritten behind their back.

It is one line of text that stands a mail, a log or a git note, and is found in it again.
"""

import binascii
import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import msgspec

SHORTEST: Final = 16
"""Hex digits of a hash that are enough to type from paper: 64 bits."""

_WORD: Final = "piptui-anchor"
_GAP: Final = r"[\s>]+"  # a mail breaks lines at blanks, and an answer quotes them
_LINE: Final = (
    rf"{_WORD}{_GAP}store=(?P<store>[\w-]+){_GAP}seq=(?P<seq>\d+){_GAP}hash=(?P<hash>[0-9a-fA-F]+)"
    rf"(?:{_GAP}at=(?P<at>\S+))?"
)
_BROKEN: Final = r"\r?\n[ \t>]*"  # or in the middle of a word, where it breaks at a column
_JOINED: Final = (
    rf"{_WORD}\s*store=(?P<store>[\w-]+?)\s*seq=(?P<seq>\d+)\s*hash=(?P<hash>[0-9a-fA-F]{{64}})"
    r"(?:\s*at=(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ))?"
)
_PAIR: Final = rf"(?<![\w:])(?P<seq>\d+):(?P<hash>[0-9a-fA-F]{{{SHORTEST},64}})(?!\w)"

_BASE64: Final = (
    r"(?im)^content-transfer-encoding:[ \t]*base64[ \t]*\r?\n(?:[^\r\n]+\r?\n){0,40}\r?\n"
    r"(?P<body>(?:[A-Za-z0-9+/]+={0,2}[ \t]*(?:\r?\n|\Z))+)"
)


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """That commit `seq` of a record has this hash (or one that begins so), noted at an instant (UTC).

    `store` is the record's id, "" where it was not noted; `at` is None where it was not.
    """

    store: str = ""
    seq: int
    hash: str
    at: dt.datetime | None = None

    @property
    def line(self) -> str:
        """The anchor as one line of text, without any text of a case."""
        at = f" at={self.at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}" if self.at else ""
        return f"{_WORD} store={self.store} seq={self.seq} hash={self.hash}{at}"


def read_anchors(text: str) -> tuple[Anchor, ...]:
    """All anchors in a text: lines as `Anchor.line` gives them, whatever stands around, SEQ:HASH, or JSON lines."""
    found = dict.fromkeys(_found(text))
    for more in _from_mail(text):
        found.update(dict.fromkeys(_found(more)))
    return tuple(found)


def _from_mail(text: str) -> Iterator[str]:
    """What a mail says that was kept as it went over the wire: quoted-printable, or base64."""
    joined = re.sub(r"=[ \t]*\r?\n", "", text)
    # No bare line reads so, since a seq is a number; other pairs of digits may begin a digest that stands bare.
    if "seq=3D" in joined:
        yield joined.replace("=20", " ").replace("=3D", "=")
    for match in re.finditer(_BASE64, text):
        with suppress(binascii.Error):
            yield binascii.a2b_base64(re.sub(r"\s", "", match["body"])).decode("utf-8", "replace")


def _found(text: str) -> Iterator[Anchor]:
    rest = []
    for line in text.splitlines():
        try:
            yield msgspec.json.decode(line, type=Anchor)
        except (msgspec.DecodeError, UnicodeEncodeError):
            rest.append(line)
    left = "\n".join(rest)
    whole = {(one.store, one.seq, one.hash): one for one in _matches(_JOINED, re.sub(_BROKEN, "", left))}
    for one in (*_matches(_LINE, left), *_matches(_PAIR, left)):
        # What stands on the first of two lines is the beginning of one that was found whole.
        found = whole.pop((one.store, one.seq, one.hash), None)
        if found is not None and found.at is not None:
            yield found
        elif not any(_begins(one, other) for other in whole):
            yield one
    yield from whole.values()


def _begins(one: Anchor, other: tuple[str, int, str]) -> bool:
    store, seq, digest = other
    return one.store == store and str(seq).startswith(str(one.seq)) and digest.startswith(one.hash)


def _matches(pattern: str, text: str) -> Iterator[Anchor]:
    for match in re.finditer(pattern, text):
        parts = match.groupdict()
        digest = parts["hash"].lower()
        if SHORTEST <= len(digest) <= 64:
            at = _instant(parts.get("at") or "")
            yield Anchor(store=parts.get("store") or "", seq=int(parts["seq"][:18]), hash=digest, at=at)


def _instant(text: str) -> dt.datetime | None:
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
