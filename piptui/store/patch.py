"""Merge patches (RFC 7386), made only where they reproduce the new document exactly.

A null in a patch means "remove this key", so documents that hold null are never patched; nor are those with
fractional numbers, whose spelling differs between programs, so that the check sum of a patched document can be
computed by any. Python says 1 == True; JSON does not, so values are compared with their types.
"""

from typing import Any

from .text import canonical, is_exact

_ABSENT: Any = object()


def same(a: object, b: object) -> bool:
    """Equal as JSON: also in type, all the way down."""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(v, b[k]) for k, v in a.items())
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


def diff(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The merge patch from `old` to `new`, neither of which holds a null."""
    patch: dict[str, Any] = {}
    for key, value in new.items():
        before = old.get(key, _ABSENT)
        if isinstance(before, dict) and isinstance(value, dict):
            inner = diff(before, value)
            if inner:
                patch[key] = inner
        elif before is _ABSENT or not same(before, value):
            patch[key] = value
    for key in old:
        if key not in new:
            patch[key] = None
    return patch


def apply(old: object, patch: object) -> Any:
    """The document that `patch` makes of `old`, by the rules of RFC 7386; `old` is left as it is."""
    if not isinstance(patch, dict):
        return patch
    result = dict(old) if isinstance(old, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = apply(result.get(key), value)
    return result


def shorter(old: dict[str, Any], new: dict[str, Any], new_body: bytes) -> bytes | None:
    """The patch from `old` to `new` as canonical JSON, or None where the whole document is to be written.

    Whole: where either holds a null or a fractional number, where the patch is not under half as long, and where
    applying it does not give exactly the new document.
    """
    if not (is_exact(old) and is_exact(new)):
        return None
    patch = diff(old, new)
    body = canonical(patch)
    if 2 * len(body) >= len(new_body) or canonical(apply(old, patch)) != new_body:
        return None
    return body
