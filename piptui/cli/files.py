"""Commands for attached files: attach, files, fetch."""

import sys
from pathlib import Path
from typing import Any, cast, get_args

import click

from piptui.carrying import check_file, fetch_line, read_file, whole_path, write_private
from piptui.cases.attached import clean_name, told_kind, told_size
from piptui.cases.words import CLASSES, FileKind, Proof, readers, words
from piptui.cli.completing import CaseName, FileName
from piptui.cli.options import common, json_option
from piptui.cli.output import emit, emit_lines, say, table
from piptui.cli.session import Session
from piptui.dates import show_date
from piptui.desk.api import Desk, FileLine
from piptui.errors import BadInput


@click.command("attach")
@click.argument("case", type=CaseName())
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True))
@click.option("--kind", type=click.Choice(get_args(FileKind)), default="other", help="What it is.")
@click.option("--class", "cls", type=click.Choice(CLASSES), help="Who may read it; otherwise manager and HR.")
@click.option("--name", metavar="NAME", help="Another name for it in the record; needed for -.")
@click.option("--on", "occurred_on", metavar="DATE", help="The day of the letter or the signature.")
@click.option("--entry", metavar="ID", help="The entry or check-in (w3) that it belongs to.")
@click.option("--note", metavar="TEXT", help="What it shows, in a few words.")
@click.option("--on-behalf", metavar="NAME", help="For whom you attach it.")
@click.option("--proof", type=click.Choice(["present", "paper", "email", "scan"]), help="How it reached you.")
@common
@json_option
@click.pass_obj
def attach(
    session: Session,
    /,
    case: str,
    files: tuple[str, ...],
    *,
    name: str | None,
    on_behalf: str | None,
    proof: str | None,
    **given: str | None,
) -> None:
    """Keep each FILE with CASE, byte for byte: a letter, a scan, a certificate; - is standard input."""
    session.on_behalf, session.proof = on_behalf, cast("Proof | None", proof)
    if name is not None and len(files) > 1:
        raise BadInput("--name is for one file. Leave it out, and each keeps its own name.")
    if "-" in files and (len(files) > 1 or name is None):
        raise BadInput("Standard input is one file without a name: give --name, and no other file.")
    desk = session.desk()
    limit = desk.view(case).file_limit
    # All are looked at before the first is attached, so that a wrong name leaves nothing half done.
    paths = [None if one == "-" else whole_path(one) for one in files]
    for path in paths:
        if path is not None:
            check_file(path, limit)
    for path in paths:
        data: dict[str, Any] = {key: value for key, value in given.items() if value}
        data["name"] = name or clean_name(path.name if path else "")
        content = sys.stdin.buffer.read(limit + 1) if path is None else read_file(path, limit)
        done = desk.attach(case, data, content)
        if session.as_json:
            emit(done)
        else:
            say(done.sentence, f"Case {done.case}, revision {done.revision}; {done.item}")
            say(*_readers(desk, done.case, done.item))


def _readers(desk: Desk, case: str, key: str) -> list[str]:
    line = next((one for one in desk.view(case).files if one.id == key), None)
    return [f"Can be read by: {readers(line.cls)}"] if line else []


@click.command("files")
@click.argument("case", type=CaseName())
@common
@json_option
@click.pass_obj
def files(session: Session, case: str) -> None:
    """List the files of CASE: what they are, how big, who attached them and who may read them."""
    desk = session.desk()
    sheet = desk.view(case)
    if session.as_json:
        emit_lines(sheet.files)
        return
    if not sheet.files:
        say(f"No files yet. Next: piptui attach {sheet.line.case} FILE")
        return
    today = desk.me().today
    rows = [
        (
            one.id,
            one.name,
            told_kind(one.kind),
            told_size(one.size),
            show_date(one.occurred_on, today) if one.occurred_on else "",
            f"{show_date(one.recorded_at.date(), today)} {one.who}",
            words(one.cls),
            _marks(one),
        )
        for one in sheet.files
    ]
    say(*table(rows, ("Id", "Name", "What", "Size", "Of", "Attached", "Class", "")))


def _marks(one: FileLine) -> str:
    marks = ("late" * one.late, "struck" * bool(one.struck), "removed" * (not one.digest))
    return ", ".join(part for part in marks if part)


@click.command("fetch")
@click.argument("case", type=CaseName())
@click.argument("file", type=FileName())
@click.option("--to", "target", metavar="PATH", help="The file to make, or a folder; - is standard output.")
@click.option("--force", is_flag=True, help="Replace PATH if it is there.")
@common
@json_option
@click.pass_obj
def fetch(session: Session, case: str, file: str, target: str | None, *, force: bool) -> None:
    """Write FILE of CASE, by its id or name, to PATH or under its own name here; only you can read it."""
    if target == "-" and not session.as_json and sys.stdout.isatty():
        raise BadInput("The bytes of a file could do anything to a terminal. Name a file, or send them into a pipe.")
    found = session.desk().fetch(case, file)
    if target == "-":
        if session.as_json:
            emit(found)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(found.content)
        return
    path = whole_path(target) if target else Path.cwd()
    if path.is_dir():
        path /= clean_name(found.file.name)
    write_private(path, found.content, force=force)
    line = fetch_line(path, session.doors.login())
    if session.as_json:
        emit({"case": found.case, "file": found.file, "to": str(path), "fetch": line})
        return
    say(f"Written: {path} ({told_size(len(found.content))}, only you can read it)")
    if found.file.struck:
        say(f"This file was struck: {found.file.struck}")
    if line:
        say(f"To fetch it, on your own machine: {line}")


FILES = (attach, files, fetch)
