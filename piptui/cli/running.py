"""Commands around the record: init, packet, demo."""

import shlex
import shutil
import tempfile
from pathlib import Path

import click

from piptui.carrying import fetch_line, write_private
from piptui.cli.completing import CaseName
from piptui.cli.options import common, json_option
from piptui.cli.output import emit, say
from piptui.cli.session import Session, full_name
from piptui.errors import BadInput, Refused
from piptui.paths import forget_store

_TEAM = (
    "Every member of the group can read all of its files. HR-only, medical and privileged entries are refused "
    "here: keep them in a personal store."
)


@click.command("init")
@click.argument("path", required=False)
@click.option("--kind", type=click.Choice(["personal", "team"]), default="personal", show_default=True, help="Whose.")
@click.option(
    "--name",
    metavar="NAME",
    help="Your name as it shall stand in the record; otherwise it is asked for.",
)
@click.option("--zone", metavar="ZONE", help="IANA time zone; otherwise this machine's.")
@common
@json_option
@click.pass_obj
def init(session: Session, path: str | None, kind: str, name: str | None, zone: str | None) -> None:
    """Make a store at PATH, or at the default place."""
    from piptui.dates import local_zone, zone_name

    where = Path(path).expanduser() if path else session.where()
    name = (name or "").strip()
    known = full_name() or session.doors.login()
    if not name and session.doors.at_terminal():
        name = click.prompt("Your name", default=known, err=True).strip()
    name = name or known
    zone = zone_name(zone) if zone else local_zone()
    session.doors.found(where, kind, name, session.doors.login(), zone)
    if session.as_json:
        emit({"store": str(where.absolute()), "kind": kind, "name": name, "zone": zone})
        return
    say(f"The {kind} store of {name} is in {where.absolute()}, time zone {zone}.")
    if kind == "team":
        say(_TEAM)
    say("Next: piptui import FILE.csv, or piptui demo to look around first")


@click.command("packet")
@click.argument("case", type=CaseName())
@click.option(
    "--for",
    "audience",
    type=click.Choice(["employee", "manager", "hr", "counsel"]),
    help="Who reads it.",
)
@click.option("--sign-off", is_flag=True, help="Instead: one page to sign, of the plan or of the decided outcome.")
@click.option("--to", "target", required=True, metavar="FILE", help="The file to make; - is standard output.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@common
@json_option
@click.pass_obj
def packet(session: Session, case: str, audience: str | None, target: str, *, sign_off: bool, force: bool) -> None:
    """Write the documents of CASE for an audience, as Markdown, into FILE; only you can read the file."""
    if sign_off == bool(audience):
        raise BadInput(
            "Say one: --for with who reads it, or --sign-off for the page to sign, which is for all sides."
        )
    made = session.desk().packet(case, audience or "sign_off")
    if target == "-":
        if session.as_json:
            emit(made)
        else:
            click.echo(made.text, nl=not made.text.endswith("\n"))
        return
    path = Path(target).expanduser()
    if path.is_dir():
        path /= made.name
    path = path.absolute()
    if path.resolve().is_relative_to(session.where().resolve()):
        raise Refused(f"{path} lies inside the store, where only the record may lie. Name another place.")
    write_private(path, made.text.encode(), force=force)
    fetch = fetch_line(path, session.doors.login())
    if session.as_json:
        emit({"case": made.case, "audience": made.audience, "file": str(path), "fetch": fetch})
        return
    say(f"Written for {audience or 'signing'}: {path} (only you can read it)")
    if fetch:
        say(f"To fetch it, on your own machine: {fetch}")


@click.command("demo")
@click.option("--keep", metavar="DIR", help="Make it there and leave it; otherwise it goes when you quit.")
@click.option("--tour", is_flag=True, help="Begin with the guided tour of five minutes; F9 begins it later.")
@common
@click.pass_obj
def demo(session: Session, keep: str | None, *, tour: bool) -> int:
    """Look around in the demo organisation: the screens, on a throw-away store."""
    if not session.doors.at_terminal():
        raise BadInput("The demo needs a terminal: it opens the screens.")
    folder = Path(keep).expanduser() if keep else Path(tempfile.mkdtemp(prefix="piptui-demo-"))
    session.store = folder if keep else folder / "store"
    try:
        click.echo("Making an organisation to look around in …", err=True)
        session.doors.demo(session.store, session.doors.login())
        code = session.doors.run_screens(session.desk(), "on" if tour else "offered", lasting=bool(keep))
        if not keep:
            forget_store(session.desk().me().store)
    finally:
        session.close()
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
    if keep:
        say(f"The demo is in {folder.absolute()}. Again: piptui --store {shlex.quote(str(folder.absolute()))}")
    return code


RUNNING = (init, packet, demo)
