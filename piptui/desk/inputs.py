"""The inputs of acts as data: for forms, for `piptui acts`, for documentation."""

import datetime as dt
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

import msgspec

from piptui.cases.acts import ACTS, Act
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
    )


def all_lines() -> tuple[ActLine, ...]:
    """Every act of the registry."""
    return tuple(act_line(act) for act in ACTS.values())


NAMES: dict[Any, str] = {bool: "yes/no", int: "whole number", Decimal: "number", dt.date: "date"}


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
