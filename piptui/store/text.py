"""JSON as the journal writes it: one canonical spelling, and nothing in it that JSON cannot carry.

Canonical: UTF-8, no blanks, keys sorted by code point, short escapes, and every character that could move a
terminal's cursor or turn its text around written as an escape.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from piptui.errors import BadInput

MAX_DEPTH = 100
MAX_NAME = 200
_BITS = 1 << 63
_ENCODER = msgspec.json.Encoder(order="sorted")
# DEL, C1 controls, line and paragraph separators, bidirectional overrides and isolates.
_UNRULY = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]")


def canonical(value: object) -> bytes:
    """The one spelling of `value`, which `check_json` has accepted."""
    return tame(_ENCODER.encode(value))


def tame(text: bytes) -> bytes:
    """JSON text with unruly characters escaped; they can stand inside strings only, so it still is JSON."""
    if text.isascii() and b"\x7f" not in text:
        return text
    return _UNRULY.sub(lambda m: b"\\u%04x" % ord(m.group().decode()), text)


def check_json(value: object, where: str) -> None:
    """Raise BadInput naming `where` unless `value` is made of what JSON carries without loss."""
    _check(value, where, 0)


def check_name(value: object, what: str) -> str:
    """`value` itself, if it can be a table, an id or the like: 1-200 characters, none a control or surrogate."""
    if not isinstance(value, str):
        raise BadInput(f"The {what} must be text, not {type(value).__name__}.")
    if not 0 < len(value) <= MAX_NAME or not value.isprintable():
        raise BadInput(f"The {what} {value[:40]!a} must have 1 to {MAX_NAME} printable characters.")
    return value


def check_text(value: object, what: str) -> str:
    """`value` itself, if it is text that UTF-8 can carry; it may be empty."""
    if not isinstance(value, str):
        raise BadInput(f"The {what} must be text, not {type(value).__name__}.")
    _check(value, what, 0)
    return value


def is_exact(value: object) -> bool:
    """Whether `value` holds neither a null nor a fractional number, so that any program spells it alike."""
    if isinstance(value, dict):
        return all(map(is_exact, value.values()))
    if isinstance(value, list):
        return all(map(is_exact, value))
    return value is not None and not isinstance(value, float)


def _check(value: object, where: str, depth: int) -> None:
    kind = type(value)
    if kind is str:
        _check_string(str(value), where)
    elif kind is bool or value is None:
        pass
    elif isinstance(value, Mapping):
        _check_object(value, where, depth)
    elif isinstance(value, list):
        _deeper(where, depth)
        for item in value:
            _check(item, where, depth + 1)
    else:
        _check_number(value, where)


def _check_object(value: Mapping[Any, Any], where: str, depth: int) -> None:
    _deeper(where, depth)
    if not isinstance(value, dict):
        raise BadInput(f"{where}: {type(value).__name__} is not a plain JSON object.")
    for key, item in value.items():
        if type(key) is not str:
            raise BadInput(f"{where}: the key {key!a} must be text.")
        _check_string(key, where)
        _check(item, where, depth + 1)


def _check_string(value: str, where: str) -> None:
    if value.isascii():
        return
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadInput(f"{where}: a text holds half a character (a lone surrogate).") from None


def _check_number(value: object, where: str) -> None:
    if type(value) is int:
        if not -_BITS <= value < _BITS:
            # Its digits are not told: there may be more than Python spells out.
            raise BadInput(f"{where}: a whole number of {value.bit_length()} bits does not fit into 64.")
    elif type(value) is float:
        if value - value != 0:  # true for NaN and both infinities only
            raise BadInput(f"{where}: {value} is not a finite number.")
    else:
        raise BadInput(f"{where}: {type(value).__name__} is not plain JSON.")


def _deeper(where: str, depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise BadInput(f"{where}: nested more than {MAX_DEPTH} levels deep.")
