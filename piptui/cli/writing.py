"""Commands that change the record: new, do, import."""

import re
from typing import Any, Literal, cast

import click

from piptui.cases.words import Proof
from piptui.checks.base import Finding
from piptui.cli.completing import ActName, CaseName, PersonName
from piptui.cli.inputs import gather, known_act, pairs
from piptui.cli.options import common, json_option
from piptui.cli.output import emit, say, table
from piptui.cli.session import Session
from piptui.desk.api import Done, ImportReport, Preview
from piptui.errors import BadInput, Refused

ADDING = "add_person"
"""The one act that is done on nobody yet."""

_PLAN_ITEM = re.compile(r"[a-z][0-9]{1,4}")


@click.command("new")
@click.option("--employee", required=True, metavar="WHO", help="Name, number, e-mail or id.")
@click.option("--manager", metavar="WHO", help="Otherwise the manager in the directory.")
@click.option("--second-manager", metavar="WHO", help="The manager's manager.")
@click.option("--hr-partner", metavar="WHO", help="The HR partner of the case.")
@click.option("--legal-reviewer", metavar="WHO", help="Who reviews for legal.")
@click.option("--category", metavar="KIND", help="Kind of shortfall; suggests the length.")
@click.option("--days", metavar="N", help="Length of the period in calendar days.")
@click.option("--zone", metavar="ZONE", help="IANA zone of the employee's workplace.")
@click.option("--language", metavar="CODE", help="Language of the documents.")
@click.option("--like", metavar="CASE", help="Begin like the plan of that case: nothing of the person.")
@click.option("--legal-review", is_flag=True, help="Legal has to approve before issue.")
@click.option("--token", metavar="T", help="The same token again makes no second case.")
@common
@json_option
@click.pass_obj
def new(session: Session, /, token: str | None, *, legal_review: bool, **given: str | None) -> None:
    """Open a case for an employee."""
    data: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if legal_review:
        data["legal_review"] = True
    done = session.desk().new(data, token=token)
    _done(session, done)
    if not session.as_json:
        say(f"Next: piptui do {done.case} put --file plan.toml, or piptui acts {done.case}")


@click.command("do")
@click.argument("case", type=CaseName())
@click.argument("act", required=False, type=ActName())
@click.option("--person", metavar="WHO", type=PersonName(), help="Do ACT on a person, not on a case.")
@click.option("--set", "sets", multiple=True, metavar="K=V", help="An input; K=@FILE, K=- and K:=JSON work, too.")
@click.option("--file", metavar="F", help="Inputs from a TOML or JSON file; - is TOML on standard input.")
@click.option("--expect", type=click.IntRange(0), metavar="REV", help="The revision at which you read the case.")
@click.option("--token", metavar="T", help="The same token again does nothing twice.")
@click.option("--on-behalf", metavar="NAME", help="For whom you type this in.")
@click.option("--proof", type=click.Choice(["present", "paper", "email", "scan"]), help="How their word reached you.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and who could read it; change nothing.")
@common
@json_option
@click.pass_obj
def do(
    session: Session,
    case: str,
    act: str | None,
    *,
    person: str | None,
    sets: tuple[str, ...],
    file: str | None,
    expect: int | None,
    token: str | None,
    on_behalf: str | None,
    proof: str | None,
    dry_run: bool,
) -> int:
    """Do ACT on CASE; piptui acts lists the acts and their inputs.

    On a person: piptui do --person WHO ACT, and piptui do add_person for somebody new.

    Dots go into a field: item.statement=…, values.g1=44. A repeated K makes a list.
    """
    session.on_behalf, session.proof = on_behalf, cast("Proof | None", proof)
    desk = session.desk()
    if person is not None or (act is None and case == ADDING):
        if act is not None:
            raise BadInput(f"With --person there is no case: piptui do --person WHO {act}")
        return _on_person(session, person or "", case, gather(case, sets, file), expect, token, dry=dry_run)
    if act is None:
        raise BadInput(f"Do what on {case}? piptui do {case} ACT; piptui acts {case} lists what is possible.")
    known_act(act, (one.act for one in desk.acts()))
    data = gather(act, sets, file)
    if dry_run:
        return _preview(session, desk.preview(act, case, data, expect=expect))
    _done(session, desk.do(act, case, data, expect=expect, token=token))
    return 0


def _on_person(
    session: Session, who: str, act: str, data: dict[str, Any], expect: int | None, token: str | None, *, dry: bool
) -> int:
    desk = session.desk()
    known_act(act, (one.act for one in desk.person_acts()), "piptui acts --person WHO")
    if session.on_behalf or session.proof:
        raise BadInput("--on-behalf and --proof belong to acts on a case: say it in the text of the note.")
    if dry:
        return _preview(session, desk.preview_person(act, who, data, expect=expect))
    _done(session, desk.do_person(act, who, data, expect=expect, token=token))
    return 0


def _done(session: Session, done: Done) -> None:
    if session.as_json:
        emit(done)
        return
    say(done.sentence, *(_finding(one) for one in done.findings))
    if not done.case:
        return
    item = f"; {done.item}" if _PLAN_ITEM.fullmatch(done.item) else ""
    say(f"Case {done.case}, revision {done.revision}{item}")


def _preview(session: Session, preview: Preview) -> int:
    """Tell what would happen; ends as the act itself would."""
    refused = any(one.severity == "block" for one in preview.findings)
    code = Refused.exit_code if refused else 0
    if session.as_json:
        emit(preview)
        return code
    say(*(_finding(one) for one in preview.findings))
    if refused:
        say("Would be refused: what is marked ! has to be mended first. Nothing was changed.")
        return code
    say(*(f"Would be recorded: {sentence}" for sentence in preview.sentences))
    if preview.told:
        say(preview.told)
    if preview.readers:
        say(f"Can be read by: {preview.readers}")
    say("Nothing was changed.")
    return code


def _finding(one: Finding) -> str:
    where = f" ({one.where})" if one.where else ""
    return f"{'!' if one.severity == 'block' else '-'} {one.text}{where}"


@click.command("import")
@click.argument("file")
@click.option("--map", "mapping", multiple=True, metavar="FIELD=HEADER", help="Which column holds a field.")
@click.option("--key", metavar="HEADER", help="The column that tells people apart.")
@click.option("--order", type=click.Choice(["mdy", "dmy"]), help="Day or month first in bare numbers.")
@click.option("--dry-run", is_flag=True, help="Show what would happen; change nothing.")
@click.option("--yes", is_flag=True, help="Import without asking.")
@click.option("--allow-refused", is_flag=True, help="End with 0 even if rows were refused.")
@common
@json_option
@click.pass_obj
def import_(
    session: Session,
    file: str,
    *,
    mapping: tuple[str, ...],
    key: str | None,
    order: Literal["mdy", "dmy"] | None,
    dry_run: bool,
    yes: bool,
    allow_refused: bool,
) -> int:
    """Bring in people from an HR export (CSV); good rows go in together, refused ones are named."""
    desk = session.desk()
    columns = pairs(mapping)

    def attempt(*, dry: bool) -> ImportReport:
        return desk.import_people(file, mapping=columns, key=key, order=order, dry_run=dry)

    ask = not (dry_run or yes)
    if ask and (session.as_json or not session.doors.at_terminal()):
        raise BadInput("Nobody can be asked here. Add --yes to import, or --dry-run to see what would happen.")
    report = attempt(dry=dry_run or ask)
    if not session.as_json:
        _imported(report)
    if ask and report.added + report.updated:
        if not click.confirm("Import these?", default=True, err=True):
            raise Refused("Nothing was imported, as you said.")
        report = attempt(dry=False)
        say(_counts(report))
    if session.as_json:
        emit(report)
    return Refused.exit_code if report.refused and not allow_refused else 0


def _imported(report: ImportReport) -> None:
    say("Columns:", *("  " + line for line in table(list(report.columns.items()))))
    if report.unused:
        say(f"Not used: {', '.join(report.unused)}")
    say(f"People are told apart by: {report.key}", *report.notes)
    say(*(f"! line {row.line}: {row.why}" for row in report.refused))
    say(_counts(report))


def _counts(report: ImportReport) -> str:
    would = "Would be: " if report.dry_run else ""
    refused = len(report.refused)
    return (
        f"{would}{report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
        f"{refused} {'row' if refused == 1 else 'rows'} refused."
    )


WRITING = (new, do, import_)
