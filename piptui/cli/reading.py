"""Commands that only read: cases, show, acts, due, find, people, history, verify, paths."""

import click
import msgspec

from piptui.cases.words import words
from piptui.cli.output import emit, emit_lines, paragraph, say, table
from piptui.cli.root import common, json_option
from piptui.cli.session import Session
from piptui.cli.sheet import sheet_lines
from piptui.dates import distance, show_date
from piptui.desk.api import ActLine, InputLine
from piptui.errors import Corrupt
from piptui.paths import config_file, data_dir, state_dir


@click.command("cases")
@click.argument("query", nargs=-1)
@common
@json_option
@click.pass_obj
def cases(session: Session, query: tuple[str, ...]) -> None:
    """List cases, those that need attention first.

    QUERY: words, and stage: manager: hr: case:, all of which must match.
    """
    desk = session.desk()
    found = desk.list(" ".join(query))
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
            words(line.stage),
            f"{line.day}/{line.days}" if line.day is not None and line.days is not None else "",
            f"{line.goals_met} of {line.goals}" if line.goals else "",
            f"{show_date(line.next_on, today)} {line.next_what}" if line.next_on else line.next_what,
        )
        for line in found.lines
    ]
    say(*table(rows, ("", "Case", "Employee", "About", "Stage", "Day", "Goals", "Next")))
    say("", f"{len(found.lines)} of {found.total} cases.", *found.notes)


@click.command("show")
@click.argument("case")
@common
@json_option
@click.pass_obj
def show(session: Session, case: str) -> None:
    """Show one case, by number (7, 0007) or id."""
    desk = session.desk()
    sheet = desk.view(case)
    if session.as_json:
        emit(sheet)
    else:
        say(*sheet_lines(sheet, desk.me().today))


@click.command("acts")
@click.argument("case", required=False)
@common
@json_option
@click.pass_obj
def acts(session: Session, case: str | None) -> None:
    """List all acts with their inputs; for a CASE also whether each is possible now, and if not why."""
    found = session.desk().acts(case)
    if session.as_json:
        emit_lines(_act_data(act, with_case=case is not None) for act in found)
        return
    for act in found:
        when = ", ".join(words(stage) for stage in act.when)
        say(f"{act.act}: {act.title}")
        if case is not None and not act.possible:
            say(*paragraph(f"not now: {act.reason}", "  "))
        say(*paragraph(f"stage: {when}; by: {', '.join(words(role) for role in act.roles)}", "  "))
        say(*("  " + line for line in table([_input_row(one) for one in act.inputs])))


def _act_data(act: ActLine, *, with_case: bool) -> dict[str, object]:
    data: dict[str, object] = msgspec.to_builtins(act)
    if not with_case:
        del data["possible"], data["reason"]
    return data


def _input_row(one: InputLine) -> tuple[str, ...]:
    more = f" ({', '.join(one.choices)})" if one.choices else ""
    return (one.name, "needed" if one.required else "", one.type, one.about + more)


@click.command("due")
@click.option("--days", type=click.IntRange(0, 3650), default=7, show_default=True, help="How far to look ahead.")
@click.option("--who", default="", metavar="NAME", help="Only the cases of this person.")
@common
@json_option
@click.pass_obj
def due(session: Session, days: int, who: str) -> None:
    """List what is overdue or due soon; prints nothing but one sentence when nothing is."""
    desk = session.desk()
    found = desk.due(days, who)
    if session.as_json:
        emit_lines(found)
        return
    today = desk.me().today
    rows = [
        (
            "!" if line.overdue else "",
            show_date(line.on, today) if line.on else "",
            distance(line.on, today) if line.on else "",
            line.what,
            line.employee,
            line.detail,
            line.who,
            line.case,
        )
        for line in found
    ]
    say(*table(rows) or [f"Nothing is due within {days} days."])


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


@click.command("people")
@click.argument("text", nargs=-1)
@common
@json_option
@click.pass_obj
def people(session: Session, text: tuple[str, ...]) -> None:
    """List people whose name, number, e-mail, login, title or department match all words."""
    found = session.desk().lookup(" ".join(text))
    if session.as_json:
        emit_lines(found)
        return
    rows = [
        (
            one.name,
            one.number,
            one.title,
            one.department,
            one.manager,
            f"left {one.left_on.isoformat()}" if one.left_on else "",
            f"case {one.open_case}" if one.open_case else "",
        )
        for one in found
    ]
    nobody = "Nobody matches." if text else "No people here yet. Next: piptui import FILE.csv"
    say(*table(rows, ("Name", "Number", "Title", "Department", "Manager", "Left", "Open")) if rows else [nobody])


@click.command("history")
@click.argument("case")
@common
@json_option
@click.pass_obj
def history(session: Session, case: str) -> None:
    """Tell everything that happened to a case, oldest first; times are UTC."""
    found = session.desk().history(case)
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


@click.command("verify")
@common
@json_option
@click.pass_obj
def verify(session: Session) -> int:
    """Check the whole record; ends with 4 if anything is wrong with it."""
    report = session.desk().verify()
    if session.as_json:
        emit(report)
        return 0 if report.ok else Corrupt.exit_code
    say(f"{'The record is whole' if report.ok else 'The record is damaged'}: {report.commits} commits.")
    say(f"Head: seq {report.head_seq}, hash {report.head_hash}")
    say(*(f"! seq {one.seq}, {one.place}: {one.what}" for one in report.problems))
    if report.raw:
        say(f"Written past the acts, by TinyDB's own interface: seq {', '.join(str(seq) for seq in report.raw)}")
    if report.redactions:
        say(f"Removed texts on record: {report.redactions}")
    say(*report.notices)
    return 0 if report.ok else Corrupt.exit_code


@click.command("paths")
@common
@json_option
@click.pass_obj
def paths(session: Session) -> None:
    """Say where things are."""
    found = {
        "store": str(session.where()),
        "state": str(state_dir()),
        "config": str(config_file()),
        "data": str(data_dir()),
    }
    if session.as_json:
        emit(found)
    else:
        say(*table(list(found.items())))


READING = (cases, show, acts, due, find, people, history, verify, paths)
