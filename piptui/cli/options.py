"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from piptui.cases.words import ROLES, Role
from piptui.cli.session import Session

F = TypeVar("F", bound=Callable[..., Any])

_ALSO: dict[str, Role] = {"counsel": "legal"}


def _set_store(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        ctx.find_object(Session).store = Path(value).expanduser()  # type: ignore[union-attr]  # Root.main puts it there


def _set_role(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        ctx.find_object(Session).role = _ALSO.get(value) or cast("Role", value)  # type: ignore[union-attr]  # as above


def _set_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it
    if value:
        ctx.find_object(Session).as_json = True  # type: ignore[union-attr]  # as above


def common(command: F) -> F:
    """The options that stand before or after the name of a command."""
    store = click.option(
        "--store",
        metavar="PATH",
        expose_value=False,
        callback=_set_store,
        help="The store; otherwise PIPTUI_STORE or the default one.",
    )
    role = click.option(
        "--as",
        "role",
        type=click.Choice([*ROLES, *_ALSO]),
        expose_value=False,
        callback=_set_role,
        help="The role to act in.",
    )
    return store(role(command))


def json_option(command: F) -> F:
    """`--json`: one object for one thing, JSON Lines for lists."""
    option = click.option(
        "--json", "as_json", is_flag=True, expose_value=False, callback=_set_json, help="Print JSON for programs."
    )
    return option(command)
