"""One line of the journal: header TAB hash TAB payload ... LF, made and read.

The header is chained; a payload is bound to it by its hash alone, so that its text can be blanked later without
breaking the chain.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from piptui import __version__

from .text import canonical, tame

CLIENT = f"piptui/{__version__}"
SCHEMA = 1
GENESIS = "0" * 64
SUM_DIGITS = 32


class BadLine(Exception):
    """A line cannot be what a writer wrote; the message says in what way."""


class Touch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change in a header: `prev` is the seq of the document's previous change (0: none)."""

    t: str
    id: str
    of: str = ""
    prev: int
    sha: str


class Header(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The chained part of a commit; the order of the fields is the order on disk."""

    seq: int
    at: str
    actor: str
    role: str
    act: str
    token: str | None = None
    client: str
    schema: int
    prev: str
    ch: tuple[Touch, ...]
    redacts: tuple[tuple[int, int], ...] = ()


class Payload(msgspec.Struct, frozen=True, rename={"delete": "del"}):
    """What a change holds beside its header: exactly one of a whole document, a patch, a delete."""

    salt: str
    doc: msgspec.Raw = msgspec.Raw()
    patch: msgspec.Raw = msgspec.Raw()
    delete: bool = False
    sum: str = ""
    by: dict[str, Any] = {}
    sentence: str = ""
    reason: str = ""


class Line(NamedTuple):
    """A line whose hash is right; the payloads are still unchecked bytes."""

    header: Header
    hash: str
    payloads: list[bytes]


_HEADER = msgspec.json.Decoder(Header)
_PAYLOAD = msgspec.json.Decoder(Payload)
_ENCODER = msgspec.json.Encoder()


def sha(data: bytes) -> str:
    """The sha256 of literal bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def sum_of(body: bytes) -> str:
    """The check sum of a document by its canonical JSON."""
    return sha(body)[:SUM_DIGITS]


def write_time(at: datetime) -> str:
    """An instant as the journal spells it: UTC, microseconds, Z."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_time(text: str) -> datetime:
    """The instant of a header; raises BadLine."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadLine("its time cannot be read") from None
    if at.tzinfo is not UTC:
        raise BadLine("its time is not in UTC")
    return at


def write_payload(salt: str, kind: str, body: bytes, total: str, tail: bytes) -> bytes:
    """A payload; `kind` is doc, patch or del, `tail` what `write_tail` made."""
    check = f',"sum":"{total}"'.encode() if total else b""
    return b'{"salt":"%s","%s":%s%s%s}' % (salt.encode(), kind.encode(), body, check, tail)


def write_tail(by: dict[str, Any], sentence: str, reason: str) -> bytes:
    """The members of a payload that say who and why, each left out where empty."""
    parts = (("by", by), ("sentence", sentence), ("reason", reason))
    return b"".join(b',"%s":%s' % (name.encode(), canonical(value)) for name, value in parts if value)


def write_line(header: Header, payloads: list[bytes]) -> tuple[bytes, str]:
    """The bytes of a line with its LF, and its hash."""
    head = tame(_ENCODER.encode(header))
    digest = sha(head)
    return b"\t".join([head, b'"%s"' % digest.encode(), *payloads]) + b"\n", digest


def read_line(raw: bytes) -> Line:
    """A line (with its LF) whose own hash is right and whose payloads are as many as its changes.

    Raises BadLine. Chain and payload hashes are for the caller to check.
    """
    if not raw.endswith(b"\n"):
        raise BadLine("it has no end")
    fields = raw[:-1].split(b"\t")
    if len(fields) < 3:
        raise BadLine("it is not header, hash and payloads")
    digest = sha(fields[0])
    if fields[1] != b'"%s"' % digest.encode():
        raise BadLine("its header does not match its hash")
    try:
        header = _HEADER.decode(fields[0])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadLine(f"its header cannot be read ({error})") from None
    if len(fields) - 2 != len(header.ch):
        raise BadLine("it has not as many payloads as changes")
    return Line(header, digest, fields[2:])


def read_payload(raw: bytes) -> Payload:
    """A payload whose hash was right; raises BadLine."""
    try:
        payload = _PAYLOAD.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadLine(f"a payload cannot be read ({error})") from None
    if (len(payload.doc) > 0) + (len(payload.patch) > 0) + payload.delete != 1:
        raise BadLine("a payload is not one of document, patch and delete")
    return payload


def is_blank(raw: bytes) -> bool:
    """Whether a payload was blanked: nothing but spaces."""
    return bool(raw) and not raw.strip(b" ")
