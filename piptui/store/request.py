"""What a caller asks to commit, checked and encoded before any lock is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from piptui.errors import BadInput, Conflict

from .api import ANY, Change, Expected, Key, Unchecked
from .line import write_tail
from .state import State
from .text import canonical, check_json, check_name, check_text


class Wanted(NamedTuple):
    """One change: the document and its canonical JSON (None, None for a delete) and the members behind it."""

    key: Key
    document: dict[str, Any] | None
    body: bytes | None
    of: str
    tail: bytes


class Request(NamedTuple):
    """A commit as asked for."""

    wanted: list[Wanted]
    expect: dict[Key, Expected]
    actor: str
    role: str
    act: str
    token: str | None


def prepare(
    changes: Sequence[Change | tuple[Any, ...]],
    expect: Mapping[Key, Expected],
    actor: str,
    act: str,
    token: str | None,
    meta: Mapping[str, Any] | None,
) -> Request:
    """The request behind the arguments of `commit`; raises BadInput for anything that cannot be kept."""
    if not isinstance(meta, Mapping | None):
        raise BadInput(f"meta is an object, not {type(meta).__name__}.")
    by = dict(meta or {})
    check_json(by, "meta")
    role = check_text(by.pop("role", ""), "role")
    wanted = [_wanted(_change(item), by) for item in changes]
    if not wanted:
        raise BadInput("A commit needs at least one change.")
    if len({each.key for each in wanted}) < len(wanted):
        raise BadInput("A commit may change each document once.")
    if token is not None:
        check_name(token, "token")
    return Request(wanted, _expected(expect), check_name(actor, "actor"), role, check_name(act, "act"), token)


def _change(item: Change | tuple[Any, ...]) -> Change:
    try:
        return Change(*item)
    except TypeError:
        raise BadInput("A change is (table, id, document or None, sentence, reason).") from None


def _wanted(change: Change, by: dict[str, Any]) -> Wanted:
    key = (check_name(change.table, "table"), check_name(change.id, "id"))
    tail = write_tail(by, check_text(change.sentence, "sentence"), check_text(change.reason, "reason"))
    if change.document is None:
        return Wanted(key, None, None, "", tail)
    where = f"{change.table} {change.id}"
    if not isinstance(change.document, dict):
        raise BadInput(f"{where}: a document is a plain JSON object, not {type(change.document).__name__}.")
    check_json(change.document, where)
    of = change.document.get("of")
    return Wanted(key, change.document, canonical(change.document), of if isinstance(of, str) else "", tail)


def _expected(expect: Mapping[Key, Expected]) -> dict[Key, Expected]:
    if not isinstance(expect, Mapping):
        raise BadInput("expect maps (table, id) to the seq that was read, or ANY.")
    for key, seq in expect.items():
        if type(key) is not tuple or [type(part) for part in key] != [str, str]:
            raise BadInput(f"expect: {key!a} is not (table, id).")
        if not (isinstance(seq, Unchecked) or type(seq) is int):
            raise BadInput(f"expect: {key} must name the seq that was read, or ANY.")
    return dict(expect)


def check_expected(state: State, request: Request, *, tombstones: bool = False) -> None:
    """Raise Conflict unless every key stands where the request says.

    `theirs` maps each key that does not to the seq where it stands, 0 for none: no text of the record.
    `tombstones`: what does not exist may be deleted once more.
    """
    must = {each.key: request.expect.get(each.key, 0) for each in request.wanted} | request.expect
    moved = {key: _seq(state, key) for key, seq in must.items() if seq is not ANY and seq != _seq(state, key)}
    for each in request.wanted:
        if each.document is None and state.entry(each.key) is None and not tombstones:
            moved[each.key] = 0
    if not moved:
        return
    newest = max(moved.values())
    what = "It does not exist any more" if not newest else f"It was changed by someone else (commit {newest})"
    raise Conflict(f"{what}. Nothing was saved: read it again and repeat your change.", theirs=moved)


def _seq(state: State, key: Key) -> int:
    entry = state.entry(key)
    return 0 if entry is None else entry.rev.seq
