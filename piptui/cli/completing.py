"""Completion in the shell: commands and options by click, cases and acts from the store that a line names."""

import click
from click.shell_completion import CompletionItem, get_completion_class

from piptui.cases.words import words
from piptui.cli.options import common
from piptui.cli.session import Session

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_PIPTUI_COMPLETE"
"""Set by the shell's script while it asks what a word could become."""

_MOST = 200
"""More cases than this help nobody to choose, and a shell shows them all."""


class CaseName(click.ParamType[str]):
    """The number or id of a case; completes to the open cases that one may read."""

    name = "case"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Numbers of cases with the employee's name; nothing where the store cannot be read."""
        session = ctx.find_object(Session)
        if session is None:
            return []
        try:
            lines = session.desk().list(count=None).lines
        except Exception:  # noqa: BLE001, RUF100 - a shell that completes has no place for an error
            return []
        typed = incomplete.lstrip("0")
        fitting = sorted((one for one in lines if one.case.lstrip("0").startswith(typed)), key=lambda one: one.case)
        return [CompletionItem(one.case, help=f"{one.employee}, {one.stage}") for one in fitting[:_MOST]]


class QueryTerm(click.ParamType[str]):
    """A term of a query; completes fields and values. Values with a blank are left out: a shell would take the quotes
    for its own."""

    name = "query"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Terms as zsh and fish see them; bash parts words at a colon and wants what comes after it."""
        session = ctx.find_object(Session)
        if session is None:
            return []
        before = tuple(ctx.params.get("query") or ())
        parted = ""
        if incomplete == ":" and before:
            parted, incomplete = f"{before[-1]}:", ""
        elif len(before) > 1 and before[-1] == ":":
            parted = f"{before[-2]}:"
        try:
            ways = session.desk().complete(parted + incomplete)
        except Exception:  # noqa: BLE001, RUF100 - as above
            return []
        return [CompletionItem(one.removeprefix(parted)) for one in ways if '"' not in one][:_MOST]


class ActName(click.ParamType[str]):
    """The name of an act; completes to those of the registry, with those that are possible on the case first."""

    name = "act"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Names of acts with their titles; only the possible ones where a case stands before."""
        session = ctx.find_object(Session)
        if session is None:
            return []
        try:
            person = ctx.params.get("person")
            desk = session.desk()
            lines = desk.person_acts(person) if person else desk.acts(ctx.params.get("case"))
        except Exception:  # noqa: BLE001, RUF100 - as above
            return []
        possible = [one for one in lines if one.possible is not False]
        return [CompletionItem(one.act, help=one.title) for one in possible if one.act.startswith(incomplete)]


class PersonName(click.ParamType[str]):
    """Somebody of the directory; completes to numbers, with names."""

    name = "person"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Numbers of people with their names; nothing where the directory is closed."""
        session = ctx.find_object(Session)
        if session is None:
            return []
        try:
            lines = session.desk().lookup(incomplete)
        except Exception:  # noqa: BLE001, RUF100 - as above
            return []
        fitting = (one for one in lines if one.number.startswith(incomplete) and one.number)
        return [CompletionItem(one.number, help=one.name) for one in fitting][:_MOST]


class FileName(click.ParamType[str]):
    """A file of a case, by id or name; completes to the names of those that one may read."""

    name = "file"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Names of files, with what they are; the id where two are called the same."""
        session = ctx.find_object(Session)
        if session is None:
            return []
        try:
            files = session.desk().view(str(ctx.params.get("case"))).files
        except Exception:  # noqa: BLE001, RUF100 - as above
            return []
        names = [one.name for one in files]
        given = ((one.name if names.count(one.name) == 1 else one.id, one.kind) for one in files)
        return [CompletionItem(name, help=words(kind)) for name, kind in given if name.startswith(incomplete)][:_MOST]


@click.command("completions")
@click.argument("shell", type=click.Choice(SHELLS))
@common
@click.pass_context
def completions(ctx: click.Context, shell: str) -> None:
    """Print the script that lets SHELL complete commands, options, cases and acts.

    For bash: piptui completions bash > ~/.local/share/bash-completion/completions/piptui
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - SHELLS are those that click knows
    made = kind(ctx.find_root().command, {}, "piptui", VARIABLE)
    # Not `source()`: it starts a bash to ask for its version, and the script may be made for another machine.
    click.echo(made.source_template % made.source_vars())
