"""The inputs of acts as data: for forms, for `piptui acts`, for documentation."""

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin

import msgspec

from piptui.cases.acts import ACTS, Act
from piptui.cases.acts.editing import DRAFT_FIELDS, HEADER_FIELDS
from piptui.cases.acts.opening import New
from piptui.cases.plan import COLLECTIONS, SCALARS, PlanText, Schedule, When
from piptui.cases.typed import bare_type, described, field_types, required
from piptui.desk.api import ActLine, InputLine

LONG = frozenset(
    {
        "text",
        "reason",
        "helped",
        "hindered",
        "asked_for",
        "own_words",
        "recognised",
        "adjustment",
        "decisions",
        "note",
        "support_reason",
        "check_in_reason",
        "override",
    }
)
"""Inputs that are prose: forms give them room for several lines."""


@cache
def input_lines(kind: type[msgspec.Struct]) -> tuple[InputLine, ...]:
    """The inputs of a struct, in order."""
    needed = required(kind)
    defaults = {field.name: field.default for field in msgspec.structs.fields(kind)}
    return tuple(
        InputLine(
            name=name,
            type=_kind(name, bare_type(annotated)),
            required=name in needed,
            about=described(kind, name),
            choices=_choices(bare_type(annotated)),
            default=_default(defaults[name]),
            parts=_parts(name, bare_type(annotated)),
        )
        for name, annotated in field_types(kind).items()
    )


def act_line(act: Act, reason: str = "") -> ActLine:
    """An act as data; `reason` says why it is not possible now."""
    return ActLine(
        act=act.name,
        title=act.title,
        when=act.when,
        roles=act.roles,
        inputs=input_lines(act.inputs),
        possible=not reason,
        reason=reason,
        past_dates=act.past_dates,
    )


def all_lines() -> tuple[ActLine, ...]:
    """Every act of the registry."""
    return tuple(act_line(act) for act in ACTS.values())


def _parts(name: str, kind: Any) -> tuple[InputLine, ...]:
    """The fields of what a list, table or item holds; those of plan items for each collection."""
    if name == "item":
        return tuple(
            msgspec.structs.replace(line, of=collection)
            for collection, (_, item) in COLLECTIONS.items()
            for line in input_lines(item)
        )
    if name in ("plan", "values") and (kind is dict or get_args(kind)[1:] == (Any,)):
        fields = [line for line in input_lines(PlanText) if line.name in SCALARS]
        schedule = [msgspec.structs.replace(line, of="schedule") for line in input_lines(Schedule)]
        return (*fields, *schedule, *_header_lines())
    element = bare_type((get_args(kind) or (None,))[-1 if get_origin(kind) is dict else 0])
    return input_lines(element) if isinstance(element, type) and issubclass(element, msgspec.Struct) else ()


def _header_lines() -> tuple[InputLine, ...]:
    return tuple(line for line in input_lines(New) if line.name in (*DRAFT_FIELDS, *HEADER_FIELDS))


NAMES: dict[Any, str] = {
    When: "date",
    bool: "yes/no",
    int: "whole number",
    Decimal: "number",
    dt.date: "date",
    bytes: "file",
}


def _kind(name: str, kind: Any) -> str:
    if kind in NAMES:
        return NAMES[kind]
    origin = get_origin(kind)
    if origin is Literal:
        return "choice"
    if origin is tuple:
        return "list"
    if origin is dict:
        return "item" if name in ("item", "was", "plan") else "table"
    return "long text" if name in LONG else "text"


def _choices(kind: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in get_args(kind)) if get_origin(kind) is Literal else ()


def _default(value: Any) -> str:
    if value in (msgspec.NODEFAULT, None, "", ()) or isinstance(value, dict | msgspec.UnsetType):
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
