"""Commands that prove what the record is: verify, anchor."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from msgspec.structs import replace

from piptui.anchor import SHORTEST, Anchor, read_anchors
from piptui.cli.options import common, json_option
from piptui.cli.output import emit, paragraph, say
from piptui.cli.session import Session
from piptui.config import store_option
from piptui.desk.api import Problem, VerifyReport, WitnessLine
from piptui.errors import BadInput, Corrupt, Refused

_ACCEPT = "--accept"
_SHOWN = 20
_UNSEEN = (
    "No witness was compared: that all lines fit proves that nothing was changed by accident or by hand. Somebody "
    "who may write these files could have written all of them anew; piptui anchor prints what to note elsewhere."
)

_TOUCHED = "Texts in them were changed by hand since: see above."
_OWNER = (
    "This is a personal store: its owner may write the record and what was seen here alike, so that to others only "
    "what left this machine proves anything (piptui anchor, packets)."
)


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """What is wrong with a record, a line each."""
    for one in problems:
        where = ", ".join(filter(None, (f"seq {one.seq}" if one.seq else "", one.place)))
        yield f"! {where}: {one.what}" if where else f"! {one.what}"


@click.command("verify")
@click.option(
    "--witness",
    "witnesses",
    multiple=True,
    metavar="SEQ:HASH|FILE",
    help="What somebody noted: a seq and its hash, or a file of lines of piptui anchor; - is standard input.",
)
@click.option("--accept", is_flag=True, help="From now on the record counts as it is, whatever you saw of it before.")
@click.option("--yes", is_flag=True, help="With --accept: do not ask.")
@common
@json_option
@click.pass_obj
def verify(session: Session, witnesses: tuple[str, ...], *, accept: bool, yes: bool) -> int:
    """Check the whole record, against what you saw of it and what others noted; ends with 4 if anything is wrong."""
    given = [one for text in witnesses for one in _read(text)]
    # First by reading alone: opening it would mend what is to be told.
    whole = (session.role or session.config().role) is None  # a role that was chosen may not know every file
    report = session.doors.check(session.where(), given, whole)
    if accept and report.broken is None:
        report = _accepted(session, report, given, yes=yes)
    elif report.flaws and len(report.problems) == report.flaws and not report.notices:
        # The desk knows the names of files; it is opened only where that mends nothing.
        report = session.desk(warn=False).verify(given)
    report = _named(report, session.where())
    if session.as_json:
        emit(report)
    else:
        say(*_report_lines(report))
    if accept and report.broken is not None:
        raise Refused("The record is damaged, so that it cannot be accepted as it is. See above for what to do.")
    return 0 if report.ok else Corrupt.exit_code


def _named(report: VerifyReport, where: Path) -> VerifyReport:
    """The same, with the store in every command that is told to mend it."""
    option = store_option(where)

    def named(one: Problem) -> Problem:
        return replace(one, next=one.next.replace("piptui verify", f"piptui verify{option}"))

    broken = None if report.broken is None else named(report.broken)
    return replace(report, broken=broken, problems=tuple(named(one) for one in report.problems))


def _read(text: str) -> tuple[Anchor, ...]:
    """The witnesses that an argument names."""
    found = read_anchors(text)
    if found:
        return found
    if text == "-":
        words, where = sys.stdin.read(), "standard input"
    else:
        path = Path(text).expanduser()
        try:
            words, where = path.read_text(encoding="utf-8", errors="replace"), str(path)
        except OSError as error:
            raise BadInput(
                f"{text[:100]!r} is neither SEQ:HASH ({SHORTEST} or more hex digits) nor a file that can be read "
                f"({error.strerror}). piptui anchor prints a line that --witness takes."
            ) from None
    found = read_anchors(words)
    if not found:
        raise BadInput(f"There is no line of piptui anchor, and no SEQ:HASH, in {where}.")
    return found


def _accepted(session: Session, report: VerifyReport, given: list[Anchor], *, yes: bool) -> VerifyReport:
    """The report once the record counts as it is; what that gives up is told, and asked about, before."""
    if not report.astray:
        return report
    if not yes:
        if session.as_json or not session.doors.at_terminal():
            raise BadInput("Nobody can be asked here. Add --yes to accept the record as it is in this place.")
        say(*_report_lines(_named(report, session.where())))
        if not click.confirm(f"Shall the record in {session.where()} count as it is?", default=False, err=True):
            raise Refused("Nothing was accepted, as you said.")
    desk = session.desk(warn=False)
    for seen in desk.accept():
        sys.stderr.write(f"piptui: No longer counts: {seen.line}\n")
    return desk.verify(given)


def _report_lines(report: VerifyReport) -> Iterator[str]:
    """A report for a person: the first broken line, what it means and what to do; then the rest."""
    yield f"{'The record is whole' if report.ok else 'Something is wrong'}: {report.commits} commits read."
    yield f"Head: seq {report.head_seq}, hash {report.head_hash}"
    told: set[str] = set()
    # What explains the others stands first, and is not always a line: an end that was cut off has none.
    for one in report.problems[:_SHOWN]:
        if one == report.broken:
            yield f"First broken line: {one.place} (seq {one.seq}): {one.what}"
        else:
            yield from problem_lines((one,))
        if one.means and one.means not in told:
            told.add(one.means)
            yield from _meaning(one)
    if len(report.problems) > _SHOWN:
        yield f"… and {len(report.problems) - _SHOWN} more, which may follow from the first; --json lists all."
    yield from _witness_lines(report.witnesses, personal=report.kind == "personal")
    if report.raw:
        yield f"Written past the acts, by TinyDB's own interface: seq {', '.join(str(seq) for seq in report.raw)}"
    if report.redactions:
        yield f"Removed texts on record: {report.redactions}"
    yield from report.notices


def _meaning(one: Problem) -> Iterator[str]:
    """What it means and what to do; the command in it whole on a line of its own, to be copied as it is."""
    if one.means:
        yield from paragraph(one.means, "    ")
        before, command, after = _split(f"Next: {one.next}")
        yield from paragraph(before, "    ")
        if command:
            yield f"      {command}"
            yield from paragraph(after, "    ")


def _split(text: str) -> tuple[str, str, str]:
    """A text around the command in it that accepts a record."""
    before, start, rest = text.partition(" piptui verify")
    middle, end, after = rest.partition(f" {_ACCEPT}. ")
    return (before, f"{start.strip()}{middle} {_ACCEPT}", after) if end else (text, "", "")


def _witness_lines(witnesses: tuple[WitnessLine, ...], *, personal: bool) -> Iterator[str]:
    for one in witnesses:
        if one.agrees and one.source == "own":
            when = f" on {one.at:%Y-%m-%d %H:%M} UTC" if one.at else ""
            if one.texts:
                yield f"What you saw from this machine is still so: up to seq {one.seq}{when}."
            else:
                yield from paragraph(f"The lines up to seq {one.seq} are those that you saw{when}. {_TOUCHED}")
    given = [one for one in witnesses if one.source == "given"]
    right = [one for one in given if one.agrees]
    if right:
        last = max(right, key=lambda one: one.seq)
        count = "The witness agrees" if len(given) == 1 else f"{len(right)} of {len(given)} witnesses agree"
        if last.texts:
            yield f"{count}: up to seq {last.seq} the record is as it was when that was noted."
        else:
            yield from paragraph(f"{count} with the lines up to seq {last.seq} as they were noted. {_TOUCHED}")
        if len(last.hash) < 64:
            yield f"That one was compared by the first {len(last.hash)} of 64 digits of its hash."
    if not witnesses:
        yield from paragraph(_UNSEEN)
    elif personal and not given:
        yield from paragraph(_OWNER)


@click.command("anchor")
@common
@json_option
@click.pass_obj
def anchor(session: Session) -> None:
    """Print one line that names the record and its last commit, to be kept elsewhere: a mail, a log, a git note."""
    found = session.desk().anchor()
    if session.as_json:
        emit({"store": found.store, "seq": found.seq, "hash": found.hash, "at": found.at, "line": found.line})
    else:
        say(found.line)


PROVING = (verify, anchor)
