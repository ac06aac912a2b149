"""From what a person typed to values: dates, numbers, choices, lists and items, each with a sentence if it fails.

Screens and commands hand over text; one place turns it into records, so that both understand the same.
"""

import base64
import dataclasses
import datetime as dt
import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from piptui import dates
from piptui.cases.plan import When
from piptui.cases.words import words
from piptui.errors import BadInput
from piptui.text import clean, fold, nearest

R = TypeVar("R", bound=msgspec.Struct)


@dataclass(frozen=True)
class Reading:
    """What dates are read against: today, and the period of the plan for "week 6" (None: not known yet).
    `past` says that a date without a year or a bare weekday lies behind us."""

    today: dt.date
    start: dt.date | None = None
    end: dt.date | None = None
    past: bool = False
    order: Literal["mdy", "dmy", "ymd"] = "mdy"

    def date(self, text: str) -> dt.date:
        """A date as typed. Raises BadInput."""
        prefer: Literal["past", "future"] = "past" if self.past else "future"
        return dates.read_date(text, self.today, start=self.start, end=self.end, order=self.order, prefer=prefer)


def build(kind: type[R], data: Mapping[str, Any], how: Reading, base: R | None = None, at: str = "") -> R:
    """A record from typed data; fields left out keep what `base` says, or the default.

    Raises BadInput naming the field that cannot be read or is not known.
    """
    hints = field_types(kind)
    unknown = next((name for name in data if name not in hints), None)
    if unknown is not None:
        hint = nearest(unknown, list(hints))
        more = f" Did you mean {hint}?" if hint else f" Known: {', '.join(hints)}."
        raise BadInput(f"There is no field called {at + unknown!r} here.{more}")
    values = {name: value(hints[name], given, how, f"{at}{name}") for name, given in data.items()}
    start = {} if base is None else {name: getattr(base, name) for name in kind.__struct_fields__}
    defaults = {name: fallback for name, fallback in _defaults(kind).items() if values.get(name, fallback) is None}
    whole = {**start, **values, **{name: fallback for name, fallback in defaults.items() if fallback is not None}}
    missing = next((name for name in required(kind) if whole.get(name) in (None, "")), None)
    if missing is not None:
        raise BadInput(f"{at}{missing} is missing: say {described(kind, missing) or 'what it is'}.")
    try:
        return msgspec.convert(msgspec.to_builtins(kind(**whole)), kind)
    except msgspec.ValidationError as error:
        raise BadInput(_plainly(error, at)) from error


def _plainly(error: msgspec.ValidationError, at: str) -> str:
    """What the record's own check says, without its notation: "days: must be at least 1."."""
    said = re.fullmatch(r"Expected `(\w+)` ([<>]=?) ([\d.]+) - at `\$\.(.+)`", str(error))
    if said is None:
        what, _, place = str(error).partition(" - at `$.")
        return f"{at}{place.rstrip('`') or 'this'} does not fit: {what}."
    bound = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}[said[2]]
    return f"{at}{said[4]}: must be {bound} {said[3]}."


def value(kind: Any, given: Any, how: Reading, name: str) -> Any:
    """One value of the wanted type from what was typed; "" empties a field."""
    kind, _ = _bare(kind)
    if kind is Any:
        return given
    if name.rpartition(".")[2] == "due":
        # Whatever else an act tells of lies behind us; what is due lies ahead.
        how = dataclasses.replace(how, past=False)
    if given is None or (isinstance(given, str) and not given.strip() and kind is not str):
        return None
    origin = get_origin(kind)
    if origin is Literal:
        return _choice(get_args(kind), given, name)
    if origin is tuple:
        return _many(get_args(kind)[0], given, how, name)
    if origin is dict:
        if get_args(kind)[1] is Any:
            return dict(_mapping(given, name))
        return _table(get_args(kind)[1], given, how, name)
    if kind is When:
        return read_when(given, how, f"{name}.")
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return build(kind, _mapping(given, name), how, at=f"{name}.")
    return _plain(kind, given, how, name)


def read_when(given: Any, how: Reading, at: str = "") -> When:
    """A due date: "week 6", "day 30", a civil date as typed, or the stored mapping, whose fields messages name
    after `at`."""
    if isinstance(given, When):
        return given
    if isinstance(given, Mapping):
        return build(When, given, how, at=at)
    text = str(given).strip()
    rule = re.fullmatch(r"(?:by |end of |in )?(w|wk|week|d|day)\.? ?(\d{1,4})", text.casefold())
    if rule is None:
        return When(on=how.date(text))
    number = int(rule[2])
    if not number:
        raise BadInput(f"{text!r} is no day of a plan: weeks and days count from 1.")
    return When(week=number) if rule[1].startswith("w") else When(day=number)


_GROUPED = re.compile(r"([-+]?[1-9]\d{0,2})((?:([ ,.'])\d{3})(?:\3\d{3})*)(?:([.,])(\d+))?")
"""Digits in groups of three: "1,200", "1 200.5", "1.200,5"."""


_DIGITS = 30
"""So many digits a number may have: more measure nothing, and fill every page."""


def read_number(given: Any, name: str) -> Decimal:
    """A number as typed: "44", "1,200", "1 200", "4,5", "40 %". Raises BadInput.

    One comma before three digits parts thousands, one point never does: "1,200" is 1200, "1.200" is 1.2.
    """
    text = re.sub(r"[\u00a0\u202f]", " ", str(given)).replace("\u2212", "-").replace("\u2019", "'")
    text = re.sub(r"^([-+]) +", r"\1", text.strip().removesuffix("%").strip())
    grouped = _GROUPED.fullmatch(text)
    if grouped and grouped[3] != grouped[4] and (grouped[3] != "." or grouped[4] or grouped[2].count(".") > 1):
        text = grouped[1] + grouped[2].replace(grouped[3], "") + (f".{grouped[5]}" if grouped[5] else "")
    elif text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadInput(f"{name}: {str(given)!r} is no number. Examples: 44, 4.5, 1,200, 40 %.") from None
    if not number.is_finite() or abs(number.adjusted()) > 15 or len(number.as_tuple().digits) > _DIGITS:
        raise BadInput(f"{name}: {str(given)!r} is not a number that can be kept.")
    return number


def _plain(kind: Any, given: Any, how: Reading, name: str) -> Any:
    if kind is str:
        if isinstance(given, bool | list | tuple | Mapping):
            raise BadInput(
                f"{name} wants one text, not {'yes or no' if isinstance(given, bool) else 'a list or table'}."
            )
        return clean(str(given))
    if kind is dt.date:
        return given if isinstance(given, dt.date) else _named(how.date, str(given), name)
    if kind is Decimal:
        return read_number(given, name)
    if kind is bool:
        return _yes(given, name)
    if kind is bytes:
        return read_bytes(given, name)
    if kind is int:
        return _whole(given, name)
    return given


def read_bytes(given: Any, name: str) -> bytes:
    """The bytes of a file, or what base64 says in their place, as JSON does. Raises BadInput."""
    if isinstance(given, bytes | bytearray | memoryview):
        return bytes(given)
    try:
        return base64.b64decode(str(given), validate=True)
    except ValueError:
        raise BadInput(f"{name}: this is no base64, in which the bytes of a file are written here.") from None


def _named(read: Any, text: str, name: str) -> Any:
    try:
        return read(text)
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from None


def _whole(given: Any, name: str) -> int:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    number = read_number(given, name)
    if number != number.to_integral_value():
        raise BadInput(f"{name}: {str(given)!r} is not a whole number.")
    return int(number)


def _yes(given: Any, name: str) -> bool:
    if isinstance(given, bool):
        return given
    text = fold(str(given)).strip()
    if text in {"y", "yes", "true", "1", "on", "x"}:
        return True
    if text in {"n", "no", "false", "0", "off"}:
        return False
    raise BadInput(f"{name}: {str(given)!r} is neither yes nor no.")


def _choice(options: tuple[Any, ...], given: Any, name: str) -> Any:
    text = fold(str(given)).strip()
    by_word = {fold(shape): option for option in options for shape in (str(option), words(str(option)))}
    found = by_word.get(text) or by_word.get(text.replace(" ", "_").replace("-", "_"))
    if found is None:
        starts = {option for shape, option in by_word.items() if shape.startswith(text)}
        found = starts.pop() if len(starts) == 1 else None
    if found is None:
        raise BadInput(f"{name}: {str(given)!r} is none of {', '.join(str(option) for option in options)}.")
    return found


def _many(kind: Any, given: Any, how: Reading, name: str) -> tuple[Any, ...]:
    if isinstance(given, str):
        given = [part for part in re.split(r"[;\n]|,(?=\s)", given) if part.strip()]
    if not isinstance(given, list | tuple):
        given = [given]
    parts = (value(kind, part.strip() if isinstance(part, str) else part, how, name) for part in given)
    return tuple(part for part in parts if part not in (None, ""))


def _table(kind: Any, given: Any, how: Reading, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    bare, _ = _bare(kind)
    for key, part in _mapping(given, name).items():
        short = isinstance(bare, type) and issubclass(bare, msgspec.Struct) and not isinstance(part, Mapping | bare)
        read = value(kind, {bare.__struct_fields__[0]: part} if short else part, how, f"{name}.{key}")
        if read is not None:
            found[clean(str(key))] = read
    return found


def _mapping(given: Any, name: str) -> Mapping[str, Any]:
    if isinstance(given, msgspec.Struct):
        given = msgspec.to_builtins(given)
    if not isinstance(given, Mapping):
        raise BadInput(f"{name} wants fields of its own, such as {name}.statement; got {str(given)[:40]!r}.")
    return given


def _bare(kind: Any) -> tuple[Any, bool]:
    """The type without its annotations and without None, and whether None was allowed."""
    optional = False
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, types.UnionType):
            rest = [part for part in get_args(kind) if part is not type(None)]
            if len(rest) != 1:
                return kind, True
            kind, optional = rest[0], True
        else:
            return kind, optional


@cache
def field_types(kind: type[msgspec.Struct]) -> Mapping[str, Any]:
    """Field -> its annotated type, in the order of the struct."""
    hints = get_type_hints(kind, include_extras=True)
    return {name: hints[name] for name in kind.__struct_fields__}


def bare_type(kind: Any) -> Any:
    """The type behind annotations and None."""
    return _bare(kind)[0]


def described(kind: type[msgspec.Struct], name: str) -> str:
    """The sentence that stands with a field, "" if it has none."""
    pending = [field_types(kind)[name]]
    while pending:
        part = pending.pop()
        if get_origin(part) is Annotated:
            for meta in part.__metadata__:
                if isinstance(meta, msgspec.Meta) and meta.description:
                    return meta.description
        pending.extend(one for one in get_args(part) if get_origin(one) is not None)
    return ""


def required(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Fields without a default."""
    return tuple(field.name for field in _fields(kind) if field.required)


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


def _defaults(kind: type[msgspec.Struct]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in _fields(kind):
        if field.default is not msgspec.NODEFAULT:
            found[field.name] = field.default
        elif field.default_factory is not msgspec.NODEFAULT:
            found[field.name] = field.default_factory()
    return found
