"""The inputs of an act as typed on a command line: `--set K=V` and `--file F`.

Values stay text: the desk turns them into dates, numbers and choices, so that commands and screens understand
the same.
"""

import datetime as dt
import json
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from piptui.errors import BadInput
from piptui.text import nearest

_SET_OWN = frozenset({"field", "value", "values", "was"})
_PUT_OWN = frozenset({"collection", "id", "item", "at", "was", "plan"})


def gather(act: str, sets: Iterable[str], file: str | None) -> dict[str, Any]:
    """The inputs of an act, those of the file first, then every `--set` on top.

    `put` takes fields of a plan as a whole plan, unless a collection is named. For `set`, `context=…` is short for
    `values.context=…`. Raises BadInput for what cannot be read, OSError for a file that cannot be opened.
    """
    typed: dict[str, Any] = {}
    for one in sets:
        _place(typed, one)
    data = {key: _listed(value) for key, value in typed.items()}
    if file is not None:
        data = _merged(read_file(file), data)
    if act == "attach" and "content" not in data:
        raise BadInput("attach takes a file, byte for byte: piptui attach CASE FILE")
    if act == "put" and data and not _PUT_OWN & set(data):
        data = {"plan": data}
    return _as_set(data) if act == "set" else data


def read_stdin() -> str:
    """All of standard input. Raises BadInput where it is not UTF-8: a byte that cannot be read is not dropped."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        return sys.stdin.read()
    try:
        return str(stream.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput("Standard input is not valid UTF-8. Nothing was taken in; convert it and try again.") from None


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = dict(below)
    for key, value in above.items():
        held = both.get(key)
        both[key] = _merged(held, value) if isinstance(held, dict) and isinstance(value, dict) else value
    return both


def read_file(name: str) -> dict[str, Any]:
    """Inputs from a file, TOML or (by its ending) JSON; `-` is TOML on standard input."""
    text = read_stdin() if name == "-" else _read(name)
    try:
        if name.lower().endswith(".json"):
            data = json.loads(text, parse_float=str, parse_constant=str)
        else:
            data = tomllib.loads(text, parse_float=str)
    except ValueError as error:
        raise BadInput(f"{name} cannot be read: {error}. Write TOML, or JSON in a file ending in .json.") from None
    if not isinstance(data, dict):
        raise BadInput(f'{name} must hold the fields of an act, such as text = "…"; it holds no names.')
    return {key: _plain(value) for key, value in data.items()}


def _plain(value: Any) -> Any:
    """TOML's dates and times as the text a person would type."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, dt.date) else value


def _place(data: dict[str, Any], given: str) -> None:
    """Put one `K=V` where its dots say."""
    key, sign, text = given.partition("=")
    raw = key.endswith(":")
    path = key.removesuffix(":").strip().split(".")
    if not sign or not all(path):
        raise BadInput(f"--set {given!r} cannot be read: write NAME=VALUE, such as --set text='Went well'.")
    value = _json(key, text) if raw else _text(text)
    holder = data
    for part in path[:-1]:
        below = holder.setdefault(part, {})
        if not isinstance(below, dict):
            raise BadInput(f"--set {given!r}: {part} has a value already and cannot have fields besides.")
        holder = below
    last = path[-1]
    if last not in holder:
        holder[last] = value
    elif isinstance(holder[last], dict) or isinstance(value, dict):
        raise BadInput(f"--set {given!r}: {last} has fields already and cannot have a value besides.")
    else:
        before = holder[last]
        holder[last] = [*(before if isinstance(before, list) else [before]), value]


def _json(key: str, text: str) -> Any:
    try:
        return json.loads(text, parse_float=str, parse_constant=str)
    except ValueError as error:
        raise BadInput(f"--set {key}=…: this is no JSON ({error}). For plain text leave out the colon.") from None


def _text(text: str) -> str:
    """The text itself, that of a file after `@`, standard input for `-`; `@@` stands for one `@`."""
    if text == "-":
        return read_stdin()
    if text.startswith("@@"):
        return text[1:]
    if text.startswith("@") and len(text) > 1:
        return _read(text[1:])
    return text


def _read(name: str) -> str:
    try:
        return Path(name).expanduser().read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{name} is not UTF-8 text. Save it as UTF-8 and try again.") from None


def _listed(value: Any) -> Any:
    """Fields numbered 1, 2, 3 … are a list: `actions.1.who=Dana`."""
    if not isinstance(value, dict):
        return value
    parts = {key: _listed(part) for key, part in value.items()}
    numbers = [str(i) for i in range(1, len(parts) + 1)]
    return [parts[i] for i in numbers] if parts and set(parts) == set(numbers) else parts


def _as_set(data: dict[str, Any]) -> dict[str, Any]:
    """`context=…` as `values.context`, and `schedule.time` as the one name that the act knows."""
    fields = {key: value for key, value in data.items() if key not in _SET_OWN}
    values = data.get("values", {})
    if isinstance(values, Mapping):
        fields = {**_flat(values), **_flat(fields)}
    kept = {key: value for key, value in data.items() if key in _SET_OWN - {"values"}}
    return {**kept, "values": fields} if fields else kept


def _flat(data: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in data.items():
        flat |= _flat(value, f"{before}{key}.") if isinstance(value, Mapping) else {f"{before}{key}": value}
    return flat


def pairs(given: Iterable[str]) -> dict[str, str]:
    """`field=Header` pairs of `--map`. Raises BadInput."""
    found: dict[str, str] = {}
    for one in given:
        field, sign, header = one.partition("=")
        if not sign or not field.strip() or not header.strip():
            raise BadInput(f"--map {one!r} cannot be read: write FIELD=HEADER, such as --map number=Matricule.")
        found[field.strip()] = header.strip()
    return found


def known_act(act: str, known: Iterable[str], see: str = "piptui acts") -> None:
    """Raise BadInput naming the nearest act, unless there is one of this name."""
    names = list(known)
    if act not in names:
        hint = nearest(act, names)
        raise BadInput(f"There is no act {act!r}. {f'Did you mean {hint}? ' if hint else ''}See: {see}")
