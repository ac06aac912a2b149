"""Commands that keep the record, or carry it away: backup, restore, export."""

import datetime as dt
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from piptui import beside
from piptui.cli.completing import CaseName
from piptui.cli.options import common, json_option
from piptui.cli.output import counted, emit, paragraph, say
from piptui.cli.proving import problem_lines
from piptui.cli.session import Session
from piptui.desk.api import Restored
from piptui.errors import BadInput, Corrupt


@click.command("backup")
@click.argument("file")
@common
@json_option
@click.pass_obj
def backup(session: Session, file: str) -> int:
    """Write the whole record into FILE, as it stands now, while others go on writing; only you can read the file."""
    desk = session.desk()
    if file == "-":
        raise BadInput("A backup is checked before it has its name: it goes into a file, not to standard output.")
    made = desk.backup(str(Path(file).expanduser().absolute()))
    now = dt.datetime.now(dt.UTC)
    beside.note_backup(desk.me().store, beside.KnownBackup(file=made.file, at=now, head_seq=made.head_seq))
    code = Corrupt.exit_code if made.problems else 0
    if session.as_json:
        emit(made)
        return code
    say(f"Written: {made.file} ({made.size:,} bytes, only you can read it)")
    say(f"The record in it: seq {made.head_seq}, hash {made.head_hash}")
    say("It holds every case and is not encrypted: keep it where only HR can read it.")
    if made.problems:
        say("Missing or changed in the record itself, and so in the backup (piptui verify says more):")
        say(*problem_lines(made.problems))
    return code


@click.command("restore")
@click.argument("file")
@click.argument("path", required=False)
@common
@json_option
@click.pass_obj
def restore(session: Session, file: str, path: str | None) -> int:
    """Make the store of a backup FILE at PATH, or at the default place; the place must be empty."""
    where = Path(path).expanduser() if path else session.where()
    done = session.doors.restore(Path(file).expanduser(), where)
    report = done.report
    if session.as_json:
        head = {"head_seq": report.head_seq, "head_hash": report.head_hash, "at": done.at}
        more = {"removals": done.removals, "further": done.further, "problems": report.problems}
        emit({"store": str(where.absolute()), "commits": report.commits, **head, **more})
        return 0 if report.ok else Corrupt.exit_code
    say(f"Restored and checked: {report.commits} commits in {where.absolute()}")
    say(f"Head: seq {report.head_seq}, hash {report.head_hash}")
    say(*_since(done))
    if report.problems:
        say("The record is whole, but not all files in it are; look for those in an older backup:")
        say(*problem_lines(report.problems))
    return 0 if report.ok else Corrupt.exit_code


def _since(done: Restored) -> Iterator[str]:
    """Up to when the record goes, and that what was removed since is in it again."""
    until = f", of {done.at:%Y-%m-%d %H:%M} UTC" if done.at else ""
    holds = f"holds {counted(done.removals, 'removal')}" if done.removals else "holds no removal"
    yield from paragraph(
        f"It goes up to commit {done.report.head_seq}{until}, and {holds}. Whatever was removed from the record "
        "since is in it again, and has to be removed again: piptui redact --list on the record in use names what."
    )
    for one in done.further:
        when = f"{one.at:%Y-%m-%d}"
        if one.removals is None:
            now = "which cannot be compared with it now" if one.lies else "where it does not lie any more"
            told = f"you saw commit {one.seq} on {when} in {one.place}, {now}"
            yield from paragraph(f"! The record went further: {told}. What was removed since is not known here.")
            continue
        told = f"in {one.place} it goes up to commit {one.seq}, of {when}, with {counted(one.removals, 'removal')}"
        following = f": piptui redact --list --store {shlex.quote(one.place)}" if one.removals else ""
        yield from paragraph(f"! The record went further: {told} since{following}.")


@click.command("export")
@click.argument("names", nargs=-1, metavar="[CASE] FOLDER", type=CaseName())
@click.option("--all", "everything", is_flag=True, help="All cases that you may see, instead of one.")
@common
@json_option
@click.pass_obj
def export(session: Session, names: tuple[str, ...], *, everything: bool) -> int:
    """Write CASE, or with --all all cases, into FOLDER as JSON files for whoever has nothing but that."""
    if len(names) != (1 if everything else 2):
        raise BadInput("Say which: piptui export CASE FOLDER, or piptui export --all FOLDER.")
    made = session.desk().export(str(Path(names[-1]).expanduser().absolute()), "" if everything else names[0])
    if session.as_json:
        emit(made)
        return Corrupt.exit_code if made.missing else 0
    cases, files = "case" if made.cases == 1 else "cases", "file" if made.files == 1 else "files"
    counted = f"{made.cases} {cases}, {made.people} people, {made.files} {files}"
    say(f"Written: {made.folder} ({counted}; only you can read them)")
    say(f"The record in it: seq {made.head_seq}, hash {made.head_hash}")
    if everything and not made.whole:
        say(f"It is what you may see as {made.reader}, and perhaps not the whole record.")
    say("It is not encrypted: keep it where only those may read it who may read the cases. README.txt explains it.")
    if made.missing:
        say("Missing or changed in the record itself, and so not in it (piptui verify says more):", *made.missing)
    return Corrupt.exit_code if made.missing else 0


KEEPING = (backup, restore, export)
