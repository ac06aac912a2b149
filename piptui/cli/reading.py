"""Commands that read cases: cases, show, due, find, history."""

import datetime as dt

import click

from piptui.cases.words import words
from piptui.cli.completing import CaseName, PersonName, QueryTerm
from piptui.cli.options import common, json_option
from piptui.cli.output import emit, emit_lines, say, table
from piptui.cli.session import Session
from piptui.cli.sheet import draft_lines, sheet_lines
from piptui.cli.views import views
from piptui.dates import distance, show_date
from piptui.desk.api import DueLine
from piptui.errors import BadInput


@click.command("cases")
@click.argument("query", nargs=-1, type=QueryTerm())
@click.option("--sort", default="", metavar="ORDER", help="attention, case, employee, next, end, stage …")
@click.option("--view", type=click.IntRange(1, 9), metavar="N", help="The cases of a saved view; see piptui views.")
@common
@json_option
@click.pass_obj
def cases(session: Session, query: tuple[str, ...], sort: str, view: int | None) -> None:
    """List cases, those that need attention first.

    QUERY: words, stage:active manager:lee due<7d is:overdue, not, or; a `-` before ORDER turns it round. After --
    a term may begin with a minus.
    """
    desk = session.desk()
    if view is not None:
        if query:
            raise BadInput("Say one: a query, or --view N.")
        kept = session.view(view)
        query, sort = (kept.query,), sort or kept.sort
    found = desk.list(" ".join(query), sort=sort)
    if session.as_json:
        emit_lines(found.lines)
        return
    if not found.lines:
        if query and found.total:
            say(f"None of {found.total} cases matches {' '.join(query)!r}.")
        else:
            say("No cases yet. Next: piptui new --employee NAME")
        return
    today = desk.me().today
    rows = [
        (
            "!" if line.attention else "",
            line.case,
            line.employee,
            line.about,
            f"closed: {words(line.result)}" if line.result else words(line.stage),
            f"{line.day}/{line.days}" if line.day is not None and line.days is not None else "",
            f"{line.goals_met} of {line.goals}" if line.goals else "",
            f"{show_date(line.next_on, today)} {line.next_what}" if line.next_on else line.next_what,
        )
        for line in found.lines
    ]
    say(*table(rows, ("", "Case", "Employee", "About", "Stage", "Day", "Goals", "Next")))
    told = f": {found.understood}" if found.understood else ""
    say("", f"{len(found.lines)} of {found.total} cases{told}.", *found.notes)


@click.command("show")
@click.argument("case", type=CaseName())
@click.option("--at", type=click.IntRange(1), metavar="SEQ", help="The draft as it stood at this commit.")
@common
@json_option
@click.pass_obj
def show(session: Session, case: str, at: int | None) -> None:
    """Show one case, by number (7, 0007) or id."""
    desk = session.desk()
    if at is not None:
        found = desk.version(case, at=at)
        if session.as_json:
            emit(found)
        else:
            say(*draft_lines(found))
        return
    sheet = desk.view(case)
    if session.as_json:
        emit(sheet)
    else:
        say(*sheet_lines(sheet, desk.me().today))


@click.command("due")
@click.option("--days", type=click.IntRange(0, 3650), help="How far to look ahead; otherwise as set, 7.")
@click.option("--who", default="", metavar="WHO", help="me, reports, all, or a name: that person's cases.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "ics"]), default="text", show_default=True, help="How."
)
@click.option("--quiet", is_flag=True, help="Print nothing at all if nothing is due.")
@common
@json_option
@click.pass_obj
def due(session: Session, days: int | None, who: str, form: str, *, quiet: bool) -> None:
    """List what is overdue or due soon, and what waits for others; for cron and login messages."""
    desk = session.desk()
    agenda = desk.agenda(who, days=session.config().due_days if days is None else days)
    if session.as_json or form == "json":
        emit_lines(agenda.lines)
    elif form == "ics":
        from piptui.cli.calendar import calendar_of

        if agenda.lines or not quiet:
            click.echo(calendar_of(agenda, desk.me().store), nl=False)
    elif agenda.lines:
        mine = [line for line in agenda.lines if line.group != "waiting"]
        others = [line for line in agenda.lines if line.group == "waiting"]
        say(*table([_due_row(line, agenda.today) for line in mine]))
        if others:
            say(
                *([""] if mine else []),
                "Waiting for others:",
                *table([_due_row(line, agenda.today) for line in others]),
            )
    elif not quiet:
        say(f"Nothing is due within {agenda.days} days.")


def _due_row(line: DueLine, today: dt.date) -> tuple[str, ...]:
    return (
        "!" if line.overdue else "",
        show_date(line.on, today) if line.on else "",
        distance(line.on, today) if line.on else "",
        line.what,
        line.employee,
        line.detail,
        f"{line.who} (you stand in)" if line.stands_for else line.who,
        line.case,
    )


@click.command("find")
@click.argument("text", nargs=-1, required=True)
@common
@json_option
@click.pass_obj
def find(session: Session, text: tuple[str, ...]) -> None:
    """Find TEXT in the cases, as far as you may read them."""
    hits = session.desk().find(" ".join(text))
    if session.as_json:
        emit_lines(hits)
        return
    rows = [(hit.case, hit.employee, hit.what, hit.snippet) for hit in hits]
    say(*table(rows) or [f"{' '.join(text)!r} is in no case that you may read."])


@click.command("history")
@click.argument("case", required=False, type=CaseName())
@click.option("--person", metavar="WHO", type=PersonName(), help="Of a person's record and notebook instead.")
@common
@json_option
@click.pass_obj
def history(session: Session, case: str | None, person: str | None) -> None:
    """Tell everything that happened to a case or a person, oldest first; times are UTC."""
    if (case is None) == (person is None):
        raise BadInput("Of what? piptui history CASE, or piptui history --person WHO.")
    desk = session.desk()
    found = desk.person_history(person) if person is not None else desk.history(case or "")
    if session.as_json:
        emit_lines(found)
        return
    rows = [
        (
            str(line.seq),
            f"{line.at:%Y-%m-%d %H:%M}",
            f"{line.who} ({words(line.role)})" if line.role else line.who,
            line.sentence + (f" Reason: {line.reason}" if line.reason else ""),
        )
        for line in found
    ]
    say(*table(rows, ("Seq", "Time (UTC)", "Who", "What")))


READING = (cases, views, show, due, find, history)
