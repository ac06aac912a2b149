"""The group of commands, and the one place where every error becomes a sentence and an exit code."""

import io
import sys
from collections.abc import Sequence
from itertools import chain
from typing import Any

import click

from piptui import __version__
from piptui.cli.completing import completions
from piptui.cli.doctor import doctor
from piptui.cli.ended import ended_like_an_interrupt
from piptui.cli.failures import BROKEN_PIPE, INTERRUPTED, hush, report
from piptui.cli.files import FILES
from piptui.cli.keeping import KEEPING
from piptui.cli.looking import LOOKING
from piptui.cli.options import common
from piptui.cli.proving import PROVING
from piptui.cli.reading import READING
from piptui.cli.redact import REDACTING
from piptui.cli.retention import RETAINING
from piptui.cli.running import RUNNING
from piptui.cli.session import Doors, Session
from piptui.cli.writing import WRITING
from piptui.errors import BadInput, Refused

UNDECODED = (
    "A word of this command is not valid UTF-8, and nothing is taken in that cannot be kept as it is. "
    "Use a UTF-8 locale (such as LC_ALL=C.UTF-8), or put the text into a UTF-8 file and pass it as @FILE."
)


def _undecoded(word: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in word)


class Root(click.Group):
    """The group. Errors of the desk, of files and of ours all end in `piptui.cli.failures`."""

    doors: Doors

    def main(  # type: ignore[override]  # one way to be called: always ends in SystemExit, as click's does
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run one command and end with its exit code."""
        session = Session(self.doors)
        if any(_undecoded(word) for word in (sys.argv[1:] if args is None else args)):
            sys.exit(report(BadInput(UNDECODED), as_json=session.as_json))
        extra |= {"standalone_mode": False, "obj": session}
        try:
            result = super().main(args=args, prog_name=prog_name or "piptui", **extra)
            code = result if isinstance(result, int) else 0
        except click.exceptions.Exit as end:
            code = end.exit_code
        except click.Abort:
            code = INTERRUPTED
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except Exception as error:  # noqa: BLE001, RUF100 - the last line of defence
            code = Refused.exit_code if session.was_told(error) else report(error, as_json=session.as_json)
        finally:
            session.close()
        sys.exit(code)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and write out what it said while a vanished reader can still be told from a fault."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            hush()
            raise click.exceptions.Exit(BROKEN_PIPE) from None
        return result


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it
    if value:
        click.echo(f"piptui {__version__}")
        ctx.exit()


def build(doors: Doors) -> Root:
    """The whole command line over these doors."""

    @click.group(cls=Root, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
    @common
    @click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Say which.")
    @click.pass_context
    def piptui(ctx: click.Context) -> int:
        """Performance Improvement Plan cases in a terminal; without a command: the screens.

        Exit codes: 0 done, 1 refused by a rule, 2 wrong use or not found, 3 busy, full or a failing disk: try
        again, 4 the record is damaged, 5 changed by someone else: read again, 70 a fault of piptui, 130
        interrupted.
        """
        if ctx.invoked_subcommand is not None:
            return 0
        session = ctx.find_object(Session)
        assert session is not None  # noqa: S101 - Root.main puts it there
        return doors.run_screens(session.desk())

    root = piptui
    root.doors = doors
    groups = (READING, WRITING, RUNNING, FILES, PROVING, KEEPING, REDACTING, RETAINING, LOOKING)
    for command in (*chain(*groups), doctor, completions):
        root.add_command(command)
    return root


def run(doors: Doors, args: Sequence[str] | None = None) -> None:
    """Run the command line and end with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal's encoding lacks must not end a command that has already done its work.
            stream.reconfigure(errors="backslashreplace")
    with ended_like_an_interrupt():
        build(doors).main(args)
