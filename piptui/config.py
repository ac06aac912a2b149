"""Settings: read from files that the program never writes, from the environment and from options, in this order.

`/etc/piptui/config.toml` holds for everybody on the machine, `$XDG_CONFIG_HOME/piptui/config.toml` for oneself; then
`PIPTUI_*` variables, then options of the command line. An unknown or wrong setting is an error that names file, line
and what was probably meant: a setting that is silently ignored is believed to hold.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args, get_type_hints

import msgspec

from piptui.errors import BadInput
from piptui.paths import config_file, default_store
from piptui.text import nearest

SITE: Final = Path("/etc/piptui/config.toml")
"""Settings of the machine."""

Role = Literal["employee", "manager", "second_manager", "hr", "legal"]


def _told(text: str) -> Any:
    return msgspec.Meta(description=text)


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that can be set. Absent means: as the program does it by itself."""

    store: Annotated[str, _told("the store that is opened when none is named")] = ""
    role: Annotated[Role | None, _told("the role to act in, as --as")] = None
    ascii: Annotated[bool | None, _told("draw with ASCII signs only; left out: as the terminal can")] = None
    driver: Annotated[Literal["cells", "plain"], _told("how screens reach the terminal; plain: as Textual does")] = (
        "cells"
    )
    due_days: Annotated[int, msgspec.Meta(ge=0, le=366), _told("days that Today and piptui due look ahead")] = 7
    cover_after: Annotated[
        int, msgspec.Meta(ge=0, le=1440), _told("minutes without a key until the screen is covered; 0: never")
    ] = 0
    mask_names: Annotated[bool, _told("begin with names of employees as initials; F4 changes it")] = False
    network_store: Annotated[
        bool, _told("write a store on a network file system: you know that one machine alone uses it")
    ] = False
    keys: Annotated[dict[str, str | list[str]], _told("action = key, or a list of keys; see docs/keys.md")] = {}


VARIABLES: Final = {"PIPTUI_STORE": "store", "PIPTUI_ASCII": "ascii", "PIPTUI_DRIVER": "driver"}
"""Variables of the environment, and the settings they stand for."""


class Config(msgspec.Struct, frozen=True):
    """Settings as they hold, and where each one that was set comes from."""

    settings: Settings
    sources: dict[str, str] = {}


def load(*, site: Path = SITE, own: Path | None = None, env: Mapping[str, str] | None = None) -> Config:
    """Read all settings. Raises BadInput naming file, line and setting for what cannot be used."""
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for path in (site, config_file() if own is None else own):
        for name, value in _read(path).items():
            # Keys are set one by one: a person's own add to those of the machine.
            values[name] = {**values.get(name, {}), **value} if isinstance(value, dict) else value
            sources[name] = str(path)
    for variable, name in VARIABLES.items():
        text = (os.environ if env is None else env).get(variable, "").strip()
        if text:
            values[name] = text not in ("0", "no") if name == "ascii" else text
            sources[name] = variable
    try:
        return Config(msgspec.convert(values, Settings), sources)
    except msgspec.ValidationError as error:
        raise BadInput(f"The settings from the environment cannot be used: {error}.") from None


def store_option(where: Path) -> str:
    """` --store PATH`, as a shell takes it, for a command that shall mean this store; "" where it means it anyway."""
    import shlex

    try:
        named = load().settings.store
    except BadInput:
        named = ""
    usual = Path(named).expanduser() if named else default_store()
    return "" if where.resolve() == usual.resolve() else f" --store {shlex.quote(str(where.absolute()))}"


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}. Mend it, or move it away.") from None
    import tomllib  # most have no such file

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path} is no TOML: {error}.") from None
    known = get_type_hints(Settings, include_extras=True)
    for name, value in values.items():
        where = f"{path}, line {_line(text, name)}"
        if name not in known:
            hint = nearest(name, list(known))
            more = f"Did you mean {hint}?" if hint else f"Known: {', '.join(known)}."
            raise BadInput(f"{where}: there is no setting {name!r}. {more}")
        try:
            msgspec.convert(value, known[name])
        except msgspec.ValidationError as error:
            raise BadInput(f"{where}: {name} cannot be {value!r}: {error}.") from None
    return values


def _line(text: str, name: str) -> int:
    """The line on which a setting or a table of that name begins."""
    for number, line in enumerate(text.splitlines(), 1):
        told = line.strip().lstrip("[").strip()
        if told.startswith((name, f'"{name}"', f"'{name}'")):
            return number
    return 1


def described() -> dict[str, str]:
    """Every setting and what it is for."""
    found: dict[str, str] = {}
    for name, hint in get_type_hints(Settings, include_extras=True).items():
        found[name] = next(meta.description for meta in get_args(hint)[1:] if meta.description)
    return found


def example() -> str:
    """A file with every setting in it, commented out."""
    samples = {
        "store": '"/srv/hr/pip"',
        "role": '"hr"',
        "ascii": "true",
        "driver": '"plain"',
        "due_days": "14",
        "cover_after": "10",
        "mask_names": "true",
        "network_store": "true",
    }
    lines = ["# Settings of piptui. Remove the # before what shall hold.", ""]
    for name, told in described().items():
        if name != "keys":
            lines += [f"# {told}", f"#{name} = {samples[name]}", ""]
    lines += [f"# {described()['keys']}", "#[keys]", '#"cases.sort" = "Z"', '#"page.help" = ["f1", "question_mark"]']
    return "\n".join(lines) + "\n"
