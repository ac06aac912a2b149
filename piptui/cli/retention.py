"""The command that lists what has been kept long enough, and removes it once somebody has said so."""

import click

from piptui.cases.words import words
from piptui.cli.options import common, json_option
from piptui.cli.output import bullets, counted, emit, paragraph, say, table
from piptui.cli.redact import as_data, here_of, known, remove
from piptui.cli.session import Session
from piptui.desk.api import Retention, RetentionLine, RuleLine, Target
from piptui.errors import BadInput, Refused
from piptui.text import sentence_list

_WHAT = {"case": "the whole case", "notebook": "a note"}
_HEADS = ("", "Who", "Ended", "What", "Rule", "Counted from", "Due", "")
_AFTER = {"closed": "the close", "period_end": "the end of the period", "left": "the employee has left"}
_SHOWN = 8
"""How much of a note's id is shown: piptui redact --person takes it."""


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="List what is due; change nothing.")
@click.option("--yes", is_flag=True, help="Remove what is due without asking.")
@common
@json_option
@click.pass_obj
def retention(session: Session, *, dry_run: bool, yes: bool) -> int:
    """List what may be removed as of today by the rules of the policy pack, and remove it once you have said so.

    Only HR and legal may. What a legal hold keeps is listed and stays.
    """
    desk = session.desk()
    ask = not (dry_run or yes)
    found = desk.retention()
    free = [one for one in found.lines if not one.holds]
    if ask and free and (session.as_json or not session.doors.at_terminal()):
        raise BadInput("Nobody can be asked here. Add --yes to remove what is due, or --dry-run to list it.")
    if not session.as_json:
        say(*retention_lines(found))
    elif dry_run:
        emit(found)
    if dry_run or not free:
        return 0
    if ask and not click.confirm(f"Remove {counted(len(free), 'thing')} for good?", default=False, err=True):
        raise Refused("Nothing was removed, as you said.")
    for one in free:
        target = target_of(one)
        reason = f"Its time is over by the rule “{one.rule}” of {one.policy}."
        removal = desk.removal(target, reason=reason)
        here = here_of(desk, removal, target)
        done = remove(desk, target, reason, removal, here)
        if session.as_json:
            emit(as_data(done, here))
        else:
            say(done.sentence)
    if not session.as_json:
        backups = bullets(f"{one.file}, of {one.at:%Y-%m-%d}" for one in known(desk))
        say("Backups that hold it are yours to delete.", *backups)
    return 0


def target_of(one: RetentionLine) -> Target:
    """What a line proposes to remove."""
    if one.what == "notebook":
        return Target(person=one.person, entry=one.entry, rule=one.rule)
    return Target(case=one.case, only="" if one.what == "case" else one.what, rule=one.rule)


def retention_lines(found: Retention) -> list[str]:
    """What is due, by which rule, since when, and what keeps it."""
    lines = [f"Due to be removed as of {found.today} by {found.policy}:"]
    rows = [
        (
            one.case or one.entry[:_SHOWN],
            one.employee,
            words(one.result) if one.result else "open" if one.case else "no case",
            _WHAT.get(one.what) or words(one.what),
            one.rule,
            f"{one.anchor} {one.anchored_on}",
            f"since {one.due_on}",
            "legal hold" if one.holds else "",
        )
        for one in found.lines
    ]
    lines += ["  " + line for line in table(rows, _HEADS)] if rows else ["  Nothing."]
    holds = {one.id: one for line in found.lines for one in line.holds}
    lines += [part for one in holds.values() for part in paragraph(f"! {one.told}")]
    unruled = f"; no rule is for {found.unruled} of these cases" if found.unruled else ""
    notes = f" and {counted(found.kept_notes, 'note')} of the notebook" if found.kept_notes else ""
    lines += paragraph(f"{counted(found.kept, 'ended case')}{notes} without anything that is due{unruled}.")
    if found.next_on is not None:
        lines.append(f"Next: {_next(found)} on {found.next_on}.")
    if found.rules:
        lines += ["The rules:", *bullets(map(_rule, found.rules))]
    return lines


def _next(found: Retention) -> str:
    if found.next_what == "notebook":
        return f"a note about {found.next_employee}"
    part = "" if found.next_what == "case" else f"{words(found.next_what)} of "
    return f"{part}case {found.next_case}"


def _rule(one: RuleLine) -> str:
    """A rule in words: "successful plans: the whole case, ended successful, 3 years after the close"."""
    if not one.results:
        return f"{one.name}: a note in no case, {_period(one)} after it was last written to"
    what = _WHAT.get(one.what) or words(one.what)
    results = sentence_list([words(end) for end in one.results], word="or")
    return f"{one.name}: {what}, ended {results}, {_period(one)} after {_AFTER[one.anchor]}"


def _period(one: RuleLine) -> str:
    return counted(one.period, one.unit.removesuffix("s"))


RETAINING = (retention,)
