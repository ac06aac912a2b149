"""Runs docs/tutorial.md: every command in order, on the days that its headings name.

`PYTHONPATH=tests python -m cli.tutorial` writes the real output into the document, after a change on purpose.
"""

import datetime as dt
import os
import re
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from piptui.cli.root import build

from .clocked import Clock, doors

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
_PIECES = re.compile(
    r"^## \w+ (?P<day>\d+ \w+ \d{4})[^\n]*$"
    r"|^```sh\ncat > (?P<file>\S+) <<'EOF'\n(?P<text>.*?)^EOF\n```$"
    r"|^```console\n(?P<lines>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_CODE = re.compile(r"^\(exit code (\d+)\)$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One command of the document: what is written there, and what really came."""

    command: str
    code: int
    written: str
    really_code: int
    really: str


def play(text: str, home: Path) -> tuple[list[Step], str]:
    """Run the document below `home`, the current directory; give its steps, and it with the real output."""
    clock = Clock(dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC))
    root = build(doors(clock))
    steps: list[Step] = []

    def run(command: str, written: str) -> str:
        stated = _CODE.search(written)
        args = shlex.split(command.replace("\\\n", " "))
        assert args.pop(0) == "piptui", command
        result = CliRunner().invoke(root, args)
        said = _steady(result.output, home)
        step = Step(command, int(stated[1]) if stated else 0, _CODE.sub("", written).rstrip(), result.exit_code, said)
        steps.append(step)
        return f"{said}\n(exit code {result.exit_code})" if result.exit_code else said

    def piece(match: re.Match[str]) -> str:
        if match["day"]:
            day = dt.datetime.strptime(match["day"], "%d %B %Y")  # noqa: DTZ007 - a civil day, made an instant below
            clock.now = day.replace(hour=9, tzinfo=dt.UTC)
        elif match["file"]:
            Path(match["file"]).write_text(match["text"], encoding="utf-8")
        else:
            parts = re.split(r"^\$ ", match["lines"], flags=re.MULTILINE)[1:]
            shown = []
            for part in parts:
                command, _, written = part.partition("\n")
                while command.endswith("\\"):
                    more, _, written = written.partition("\n")
                    command += "\n" + more
                shown.append(f"$ {command}\n{run(command, written)}".rstrip())
            return "```console\n" + "\n".join(shown) + "\n```"
        return match[0]

    return steps, _PIECES.sub(piece, text)


def _steady(output: str, home: Path) -> str:
    """Output without what differs from run to run."""
    output = re.sub(r"[\w.]*\ba0{8}[0-9a-f]{7}\b[\w.]*", "…", output.replace(str(home), "/home/noor"))
    output = re.sub(r"(as of commit \d+), [0-9a-f]{16}\b", r"\1, (16 hex digits)", output)
    return re.sub(r"\b[0-9a-f]{64}\b", "(64 hex digits)", output).rstrip()


def main() -> None:
    """Write the real output into the document."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        os.chdir(home)
        for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "PIPTUI_STORE", "SSH_CONNECTION"):
            os.environ.pop(name, None)
        os.environ["HOME"] = str(home)
        steps, text = play(DOCUMENT.read_text(encoding="utf-8"), home)
    for step in steps:
        if step.code != step.really_code:
            sys.stderr.write(f"{step.command}\n  ends with {step.really_code}: {step.really}\n")
    DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
