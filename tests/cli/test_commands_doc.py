"""docs/commands.md and the command line name the same commands and options."""

import re
from pathlib import Path

import click
import pytest

from piptui.cli.root import build

from .fake import FakeDesk, Wired

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
ROOT = build(Wired(FakeDesk()).doors())
SHARED = {"--store", "--as"}


def options(command: click.Command) -> set[str]:
    """The long options of a command, but for those that all share."""
    found = {name for one in command.params for name in one.opts if name.startswith("--")}
    return found - SHARED


def sections() -> dict[str, str]:
    """The text of each command's section in the document."""
    parts = re.split(r"^## `piptui ?(\S*?)(?: [^`]*)?`$", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_has_a_section() -> None:
    """Each command is described, and nothing else is; the group itself has the first section."""
    assert set(sections()) == {"", *ROOT.commands}


@pytest.mark.parametrize("name", sorted(ROOT.commands))
def test_every_option_is_described(name: str) -> None:
    """The table of a command names its options, all of them and no others."""
    described = set(re.findall(r"^\| `(--[\w-]+)", sections()[name], flags=re.MULTILINE))
    assert described == options(ROOT.commands[name])


def test_the_shared_options_are_described_once() -> None:
    """Store and role are described with the group, and every command takes them."""
    described = set(re.findall(r"^\| `(--[\w-]+)", sections()[""], flags=re.MULTILINE))
    assert described == options(ROOT) | SHARED | {"--help"}
    for command in ROOT.commands.values():
        assert {name for one in command.params for name in one.opts} >= SHARED


def test_every_exit_code_is_described() -> None:
    """The codes that errors end with are in the table of exit codes."""
    described = set(re.findall(r"^\| (\d+) \|", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert described == {"0", "1", "2", "3", "4", "5", "70", "130", "141"}


def test_every_command_has_help() -> None:
    """Help begins with a sentence, and each option has one."""
    for command in (ROOT, *ROOT.commands.values()):
        assert command.help
        for one in command.params:
            if isinstance(one, click.Option):
                assert one.help, (command.name, one.name)
