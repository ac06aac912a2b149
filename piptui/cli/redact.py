"""The command that removes from the record: listed first, asked, then done."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import click

from piptui import beside
from piptui.cases.attached import told_size
from piptui.cases.words import words
from piptui.cli.completing import CaseName, PersonName
from piptui.cli.options import common, json_option
from piptui.cli.output import bullets, counted, emit, emit_lines, paragraph, say, table
from piptui.cli.session import Session
from piptui.desk.api import Desk, Redacted, RedactionLine, Removal, RemovalLine, Target
from piptui.errors import BadInput, Refused
from piptui.text import clean_line, sentence_list

_SHOWN = 8
"""How much of an id is shown: enough to name it by."""

_PART = 3
"""So many letters at least has a part of a name by which saved views are found."""

BEYOND = (
    "backups and copies of the store made earlier",
    "packets, files and JSON that were written or fetched earlier, on paper, too",
    "drafts and views of other people, and of yours on other machines",
    "what the disk itself may keep of overwritten bytes: its own copies, snapshots of the file system",
)
"""What a redaction cannot reach."""


@click.command("redact")
@click.argument("case", required=False, type=CaseName())
@click.argument("entry", required=False)
@click.option("--person", metavar="WHO", type=PersonName(), help="Everything that the record holds about a person.")
@click.option("--field", "fields", multiple=True, metavar="NAME", help="Only this part of ENTRY, such as note.")
@click.option("--everywhere", is_flag=True, help="Take the person's name out of what is told of others, too.")
@click.option("--reason", metavar="TEXT", help="Why, without anything of the person: it stays for ever.")
@click.option("--dry-run", is_flag=True, help="List what would be removed; change nothing.")
@click.option("--yes", is_flag=True, help="Remove without asking; needs --reason.")
@click.option("--list", "listed", is_flag=True, help="List what was removed from this record so far.")
@common
@json_option
@click.pass_obj
def redact(
    session: Session,
    case: str | None,
    entry: str | None,
    *,
    person: str | None,
    fields: tuple[str, ...],
    everywhere: bool,
    reason: str | None,
    dry_run: bool,
    yes: bool,
    listed: bool,
) -> int:
    """Remove texts from the record for good: a CASE, one ENTRY of it, or a person.

    ENTRY is an id or its beginning, a check-in such as w3, a plan version such as v1, or draft; with --person a note
    of the notebook. What would go is listed first. Only HR and legal may; a legal hold forbids it.
    """
    desk = session.desk()
    if listed:
        _list(session, desk)
        return 0
    target = _target(case, entry, fields, person, everywhere=everywhere)
    ask = not (dry_run or yes)
    if ask and (session.as_json or not session.doors.at_terminal()):
        raise BadInput("Nobody can be asked here. Add --yes and --reason, or --dry-run to see what would go.")
    if yes and not dry_run and not (reason or "").strip():
        raise BadInput("--reason is missing: say why, without anything of the person. It stays for ever.")
    removal = desk.removal(target, reason=reason or "")
    here = here_of(desk, removal, target)
    if not session.as_json:
        say(*removal_lines(removal, here, known(desk)))
    if removal.holds or dry_run:
        return _only_told(session, desk, removal, here, dry_run=dry_run)
    if ask:
        reason = reason or click.prompt("Why (it stays for ever: nothing of the person)", err=True)
        desk.removal(target, reason=reason)
        say(*paragraph(f"The reason that stays: {clean_line(reason)}"))
        if not click.confirm("Remove this for good?", default=False, err=True):
            raise Refused("Nothing was removed, as you said.")
    done = remove(desk, target, reason or "", removal, here)
    if session.as_json:
        emit(as_data(done, here))
    else:
        say(*done_lines(done, here), *(paragraph(_emptied(removal, "went")) if removal.empty else ()))
    return 0


def _target(
    case: str | None, entry: str | None, fields: tuple[str, ...], person: str | None, *, everywhere: bool
) -> Target:
    """What is meant. With a person the first word is a note of the notebook, and there is no second."""
    note = case if person is not None else entry
    clear = (case is None or entry is None) if person is not None else case is not None and not everywhere
    if not clear or (fields and not note) or (everywhere and note):
        raise BadInput(
            "Remove what? piptui redact CASE, piptui redact CASE ENTRY [--field NAME], or piptui redact --person WHO "
            "[NOTE] [--everywhere]."
        )
    if person is not None:
        return Target(person=person, entry=note or "", fields=fields, everywhere=everywhere)
    return Target(case=case or "", entry=entry or "", fields=fields)


def _only_told(session: Session, desk: Desk, removal: Removal, here: Sequence[beside.Trace], *, dry_run: bool) -> int:
    """Nothing is removed: somebody only asked, or a hold forbids it."""
    if removal.holds and not dry_run:
        raise Refused(
            "A legal hold forbids to remove this: nothing was removed.",
            tuple(one.told for one in removal.holds),
        )
    if session.as_json:
        backups = [one.file for one in known(desk)]
        stays = [one.told for one in here if one.stays]
        emit({"removal": removal, "here": _counts(here), "here_stays": stays, "backups": backups, "beyond": BEYOND})
    else:
        say("Would be refused: see the legal hold." if removal.holds else "", "Nothing was changed.")
    return Refused.exit_code if removal.holds else 0


def here_of(desk: Desk, removal: Removal, target: Target) -> list[beside.Trace]:
    """Drafts and views on this machine that hold what would be removed, or may say the same and stay."""
    whole = removal.person or removal.what == f"case {removal.case}"
    papers = any(one.table in ("drafts", "plans") for one in removal.lines)
    slots = [(one.case, one.what.removeprefix("check-in ")) for one in removal.lines if one.table == "checkins"]
    names = removal.names if removal.person else ()
    sought = beside.Sought(
        whole=removal.cases if whole else (),
        concerned=removal.cases,
        ids=[*removal.documents, *((removal.person,) if removal.person else ())],
        slots=slots,
        plans=removal.cases if papers else (),
        fields=target.fields,
        names=names,
        parts=[part for name in names for part in re.split(r"[\W_]+", name) if len(part) >= _PART],
        everywhere=target.everywhere,
    )
    return beside.traces(desk.me().store, sought)


def known(desk: Desk) -> list[beside.KnownBackup]:
    """The backups whose place is known here."""
    return beside.known_backups(desk.me().store)


def remove(desk: Desk, target: Target, reason: str, removal: Removal, here: Sequence[beside.Trace]) -> Redacted:
    """Remove what was listed: first what lies beside the record, so that whoever is cut off in between has lost a
    draft at most, and no text outlives its removal. A form that is open meanwhile may keep its draft once more until
    it hears of the commit: what came in since goes, too."""
    beside.remove(here)
    done = desk.redact(target, reason, expect=removal.head)
    beside.remove(here_of(desk, removal, target))
    return done


def removal_lines(removal: Removal, here: Sequence[beside.Trace], backups: Sequence[beside.KnownBackup]) -> list[str]:
    """The list of what would be removed, what stays, and what cannot be reached."""
    files = f", {counted(removal.files, 'file')}" if removal.files else ""
    commits = counted(removal.commits, "commit")
    numbers = f"{counted(len(removal.lines), 'document')}, {counted(removal.texts, 'text')} in {commits}{files}"
    lines = paragraph(f"To be removed for good: {removal.shown}. {numbers}:")
    lines += _rows(removal.lines)
    if removal.empty:
        lines += paragraph(_emptied(removal))
    goes = [f"your {one.kind} on this machine: {one.told}" for one in here if not one.stays]
    if goes or removal.also:
        lines += ["What goes, too:", *bullets([*goes, *removal.also])]
    if removal.elsewhere:
        lines += paragraph(_elsewhere(removal))
        lines += _rows(removal.elsewhere, cases=True)
    if removal.perhaps:
        number = counted(len(removal.perhaps), "document")
        lines += paragraph(
            f"Perhaps meant, by a part of the name alone ({number}): these stay. Look at each; one goes by "
            "piptui redact CASE ID, a note of the notebook by piptui redact --person WHO ID."
        )
        lines += _rows(removal.perhaps, cases=True)
    stays = [f"your draft on this machine: {one.told}. Look whether it says the same." for one in here if one.stays]
    if removal.stays or stays:
        lines += ["What stays:", *bullets([*removal.stays, *stays])]
    lines += ["Out of reach:", *bullets(BEYOND)]
    lines += [f"  - known here: {one.file}, of {one.at:%Y-%m-%d}" for one in backups]
    return lines + [part for one in removal.holds for part in paragraph(f"! {one.told}")]


def _emptied(removal: Removal, goes: str = "goes") -> str:
    told = sentence_list(removal.empty)
    return f"Nothing stands in {told} now: what {goes} is what earlier versions of the document said."


def _elsewhere(removal: Removal) -> str:
    number = counted(len(removal.elsewhere), "document")
    if removal.person:
        return f"Told of others, naming the person ({number}):"
    return (
        f"The same words stand in {number} of the case and stay there. Each goes by piptui redact {removal.case} ID:"
    )


def _rows(lines: Sequence[RemovalLine], *, cases: bool = False) -> list[str]:
    several = cases or len({one.case for one in lines}) > 1
    alike = Counter((one.case, one.what, one.on) for one in lines)
    rows = [
        (
            one.case or ("-" if cases else "") if several else "",
            one.what,
            _day(one, timed=alike[one.case, one.what, one.on] > 1),
            one.who,
            words(one.cls),
            str(one.texts),
            one.id[:_SHOWN],
            f"{one.file}, {told_size(one.size)}" if one.file else "",
        )
        for one in lines
    ]
    heads, *shown = table(rows, ("Case" if several else "", "What", "On", "By", "Class", "Texts", "Id", ""))
    told = [f"  {heads}"]
    for one, row in zip(lines, shown, strict=True):
        told += [f"  {row}", *([f"    “{one.begins}”"] if one.begins else [])]
        told += [f"    by: {', '.join(one.words)}"] if one.words else []
    return told


def _day(one: RemovalLine, *, timed: bool) -> str:
    """The day of a document; with the minute in which it was recorded where another one has the same."""
    at = f"{one.at:%H:%M} UTC" if timed and one.at else ""
    return " ".join(filter(None, (one.on.isoformat() if one.on else "", at)))


def _counts(here: Sequence[beside.Trace]) -> dict[str, int]:
    return {kind: sum(one.kind == kind and not one.stays for one in here) for kind in ("draft", "view")}


def as_data(done: Redacted, here: Sequence[beside.Trace]) -> dict[str, Any]:
    """What was removed, for programs."""
    return {
        "seq": done.seq,
        "case": done.case,
        "person": done.person,
        "sentence": done.sentence,
        "texts": done.texts,
        "files": done.files,
        "here": _counts(here),
        "here_stays": [one.told for one in here if one.stays],
    }


def done_lines(done: Redacted, here: Sequence[beside.Trace]) -> list[str]:
    """What was removed."""
    counts = _counts(here)
    more = [counted(number, what) for what, number in (("file", done.files), *counts.items()) if number]
    told = " and ".join([counted(done.texts, "text"), *more])
    backups = "Backups that hold it are yours to delete."
    return [done.sentence, f"Removed: {told}; commit {done.seq} says so. {backups}"]


def _list(session: Session, desk: Desk) -> None:
    found = desk.redactions()
    if session.as_json:
        emit_lines(found)
        return
    if not found:
        say("Nothing was removed from this record.")
        return
    rows = [
        (
            str(one.seq),
            f"{one.at:%Y-%m-%d %H:%M}",
            one.who,
            _removed(one),
            counted(one.texts, "text"),
            one.reason,
        )
        for one in found
    ]
    say(*table(rows, ("Seq", "On (UTC)", "By", "What", "Texts", "Why")))


def _removed(one: RedactionLine) -> str:
    if one.what == "case":
        return f"case {one.case}"
    what = "note of the notebook" if one.what == "notebook" else words(one.what)
    return f"{what} in {one.case}" if one.case else what


REDACTING = (redact,)
