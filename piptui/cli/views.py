"""The command of saved views: what the number keys of the list show."""

import click

from piptui.cli.completing import QueryTerm
from piptui.cli.options import common, json_option
from piptui.cli.output import emit, emit_lines, say, table
from piptui.cli.session import Session
from piptui.errors import BadInput, PiptuiError
from piptui.views import BUILT_IN, NUMBERS, View


@click.command("views")
@click.argument("number", required=False, type=click.IntRange(1, 9))
@click.argument("query", nargs=-1, type=QueryTerm())
@click.option("--sort", default="", metavar="ORDER", help="The order of the view, as in piptui cases.")
@click.option("--remove", is_flag=True, help="Remove what you kept on NUMBER.")
@common
@json_option
@click.pass_obj
def views(session: Session, number: int | None, query: tuple[str, ...], sort: str, *, remove: bool) -> None:
    """List the saved views, or with NUMBER and QUERY keep one; piptui cases --view NUMBER shows its cases.

    In the list of cases the keys 1 to 9 show them, and v keeps what is shown.
    """
    if number is None:
        if remove or sort:
            raise BadInput("Say which view: piptui views NUMBER …")
        _list(session)
    elif remove:
        if query or sort:
            raise BadInput("Say one: --remove, or the query to keep.")
        if not session.views().remove(number):
            raise BadInput(f"Nothing of yours is kept on {number}.")
        say(f"Removed: {number} is {'as it came' if number in BUILT_IN else 'free'} again.")
    elif query or sort:
        text = " ".join(query)
        found = session.desk().list(text, sort=sort, count=1)  # one that cannot be read is not kept
        session.views().keep(number, View(query=text, sort=sort))
        told = f"{found.matching} case{'' if found.matching == 1 else 's'} now"
        say(f"Kept on {number}: {found.understood or 'all cases'} ({told}).")
    else:
        view = session.view(number)
        if session.as_json:
            emit({"number": number, "query": view.query, "sort": view.sort, "own": session.views().own(number)})
        else:
            say(*table([_row(session, number)], ("Key", "Shows", "Sorted by", "")))


def _list(session: Session) -> None:
    kept = session.views()
    if not session.as_json:
        say(*table([_row(session, number) for number in NUMBERS], ("Key", "Shows", "Sorted by", "")))
        return
    found = []
    for number in NUMBERS:
        if (view := kept.get(number)) is not None:
            found.append({"number": number, "query": view.query, "sort": view.sort, "own": kept.own(number)})
    emit_lines(found)


def _row(session: Session, number: int) -> tuple[str, ...]:
    kept = session.views()
    try:
        view = kept.get(number)
    except PiptuiError as error:
        return str(number), str(error), "", "yours"
    if view is None:
        return str(number), "free", "", ""
    return str(number), view.query, view.sort or "attention", "yours" if kept.own(number) else "built in"
