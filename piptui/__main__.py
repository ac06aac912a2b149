"""The only place where all is wired: command line, desk, screens."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piptui.cases.words import Role
    from piptui.cli.session import Doors, Tour
    from piptui.desk.api import Actor, Anchor, Desk, HealthLine, Restored, VerifyReport


def main() -> None:
    """Run piptui as the shell asked, and end with its exit code.

    Without a command the screens open at once; nothing of the command line's machinery is loaded for them.
    """
    # Until the first screen stands many objects are made and none become garbage: looking for some is time lost.
    gc.disable()
    _open_streams()
    if sys.argv[1:] == ["--version"]:
        from piptui import __version__

        sys.stdout.write(f"piptui {__version__}\n")
        return
    from piptui.cli.session import Doors

    doors = Doors(
        open_desk=_open_desk,
        found=_found,
        run_screens=_run_screens,
        demo=_demo,
        restore=_restore,
        health=_health,
        check=_check,
    )
    options = _screen_options(sys.argv[1:])
    if options is not None and "_PIPTUI_COMPLETE" not in os.environ:
        sys.exit(_screens_alone(doors, options))
    gc.enable()
    from piptui.hiding import hide_arguments

    hide_arguments()
    from piptui.cli.root import run

    run(doors)


def _open_streams() -> None:
    """A stream that the caller closed goes nowhere, instead of ending a command that has already saved."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as above


def _screen_options(words: list[str]) -> dict[str, str] | None:
    """The options, where the words are `--store` and `--as` with their values and no command; None for the rest.

    Only what needs no second look: whatever could be a mistake goes the long way, which says so.
    """
    from piptui.cases.words import ROLES

    found: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name, joined, value = word.partition("=")
        value = value if joined else next(rest, "")
        if name not in ("--store", "--as") or not value or value.startswith("-"):
            return None
        if not value.isprintable() or (name == "--as" and value not in ROLES):
            return None
        found[name] = value
    return found


def _screens_alone(doors: Doors, options: dict[str, str]) -> int:
    from piptui.cli.session import Session

    session = Session(doors)
    if "--store" in options:
        session.store = Path(options["--store"]).expanduser()
    if "--as" in options:
        session.role = cast("Role", options["--as"])
    try:
        return doors.run_screens(session.desk())
    except (KeyboardInterrupt, Exception) as error:  # noqa: BLE001, RUF100 - the last line of defence
        from piptui.cli.failures import INTERRUPTED, report

        return INTERRUPTED if isinstance(error, KeyboardInterrupt) else report(error)
    finally:
        session.close()


def _open_desk(where: Path, actor: Actor) -> Desk:
    from piptui.desk import open_desk

    return open_desk(where, actor, witnesses=_witnesses(), network=_alone)


def _alone() -> bool:
    """Whether the settings say that this machine alone uses a store on a network file system."""
    from piptui.config import load

    return load().settings.network_store


def _witnesses() -> Path | None:
    """Where what was seen of records is kept; None where there is no such place."""
    from piptui.paths import witness_dir

    try:
        return witness_dir()
    except OSError:
        return None


def _found(where: Path, kind: str, name: str, login: str, zone: str) -> None:
    import secrets

    from piptui.desk import init_store

    new_id = lambda: secrets.token_hex(8)  # noqa: E731  a name for one line
    init_store(where, kind=kind, name=name, login=login, zone=zone, new_id=new_id, network=_alone)
    _replaced(where)


def _replaced(where: Path) -> None:
    """Somebody made a store here: that another one was in this place before is no surprise."""
    from piptui.desk import replaced

    if (base := _witnesses()) is not None:
        replaced(where, base)


def _demo(where: Path, login: str) -> None:
    from piptui.desk.demo import make_demo

    make_demo(where, login=login)


def _restore(source: Path, where: Path) -> Restored:
    from piptui.desk import restore

    done = restore(source, where, _witnesses())
    _replaced(where)
    return done


def _health(where: Path) -> tuple[HealthLine, ...]:
    from piptui.desk import health

    return health(where, _witnesses())


def _check(where: Path, given: Sequence[Anchor], named: bool) -> VerifyReport:  # noqa: FBT001 - a door
    from piptui.desk import check

    return check(where, given, _witnesses(), named=named)


def _run_screens(desk: Desk, tour: Tour = "", *, lasting: bool = True) -> int:
    from piptui.config import load
    from piptui.paths import drafts_dir, state_dir, views_dir
    from screens.start import run_screens

    state: Path | None = None
    views: Path | None = None
    drafts: Path | None = None
    try:
        state, views = state_dir(), views_dir()
        drafts = drafts_dir() if lasting else None
    except OSError:
        pass  # a home that takes nothing must not keep anybody from their cases; the doctor says what is wrong
    return run_screens(desk, crash_dir=state, drafts=drafts, views=views, settings=load().settings, tour=tour)


if __name__ == "__main__":
    main()
