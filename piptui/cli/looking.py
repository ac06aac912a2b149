"""Commands that look around the cases: acts, people, paths, settings."""

import click
import msgspec

from piptui.cases.words import words
from piptui.cli.completing import CaseName, PersonName
from piptui.cli.options import common, json_option
from piptui.cli.output import emit, emit_lines, paragraph, say, table
from piptui.cli.person import person_lines
from piptui.cli.session import Session
from piptui.config import SITE, described, example, load
from piptui.desk.api import ActLine, InputLine
from piptui.errors import BadInput
from piptui.paths import config_file, data_dir, state_dir


@click.command("acts")
@click.argument("case", required=False, type=CaseName())
@click.option("--person", metavar="WHO", type=PersonName(), help="The acts on a person instead.")
@click.option("--people", is_flag=True, help="The acts on people, whoever it is.")
@common
@json_option
@click.pass_obj
def acts(session: Session, case: str | None, person: str | None, *, people: bool) -> None:
    """List all acts with their inputs; for a CASE also whether each is possible now, and if not why."""
    if sum((case is not None, person is not None, people)) > 1:
        raise BadInput("Say one: a case, --person WHO, or --people.")
    desk, one = session.desk(), case if case is not None else person
    found = desk.person_acts(person) if people or person is not None else desk.acts(case)
    if session.as_json:
        emit_lines(_act_data(act, with_case=one is not None) for act in found)
        return
    for act in found:
        when = ", ".join(words(stage) for stage in act.when)
        say(f"{act.act}: {act.title}")
        if one is not None and not act.possible:
            say(*paragraph(f"not now: {act.reason}", "  "))
        stage = f"stage: {when}; " if when else ""
        say(*paragraph(f"{stage}by: {', '.join(words(role) for role in act.roles)}", "  "))
        say(*("  " + line for line in table(_input_rows(act))))


def _act_data(act: ActLine, *, with_case: bool) -> dict[str, object]:
    data: dict[str, object] = msgspec.to_builtins(act)
    if not with_case:
        del data["possible"], data["reason"]
    return data


_BETWEEN = {"table": ".KEY.", "list": ".N."}


def _input_rows(act: ActLine) -> list[tuple[str, ...]]:
    """The inputs of an act and their parts, each under the name that --set takes."""
    rows: list[tuple[str, ...]] = []
    for one in act.inputs:
        # `set` takes its fields by their bare names.
        before = "" if act.act == "set" else one.name + _BETWEEN.get(one.type, ".")
        rows += [_input_row(one, one.name), *(_input_row(part, before + _field(part)) for part in one.parts)]
    return rows


def _field(part: InputLine) -> str:
    return f"schedule.{part.name}" if part.of == "schedule" else part.name


def _input_row(one: InputLine, name: str) -> tuple[str, ...]:
    more = f" ({', '.join(one.choices)})" if one.choices else ""
    of = f"in {one.of}" if one.of not in ("", "schedule") else ""
    return (name, "needed" if one.required else "", of, one.type, one.about + more)


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


@click.command("person")
@click.argument("person", type=PersonName())
@common
@json_option
@click.pass_obj
def person(session: Session, person: str) -> None:
    """Show one person by number, e-mail, login or name ("me" is you): employment, roles, cases, notebook."""
    desk = session.desk()
    sheet = desk.person(person)
    if session.as_json:
        emit(sheet)
    else:
        say(*person_lines(sheet, desk.me().today))


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
        "site config": str(SITE),
        "data": str(data_dir()),
    }
    if session.as_json:
        emit(found)
    else:
        say(*table(list(found.items())))


@click.command("config")
@click.option("--example", "sample", is_flag=True, help="Print a file with every setting, commented out.")
@common
@json_option
@click.pass_obj
def config(session: Session, *, sample: bool) -> None:
    """Show every setting, what it is, and where that comes from."""
    if sample:
        say(example().rstrip())
        return
    found = load()
    values = msgspec.to_builtins(found.settings)
    if session.as_json:
        emit({name: {"value": values[name], "from": found.sources.get(name, "")} for name in values})
        return
    rows = [
        (name, "" if values[name] in (None, "", {}) else str(values[name]), found.sources.get(name, ""), told)
        for name, told in described().items()
    ]
    say(*table(rows, ("Setting", "Is", "From", "What it is for")))


LOOKING = (acts, people, person, paths, config)
