"""The manual page, drawn from the command line: `tests/docs/generated.py` writes it."""

import re

import click

from piptui.cli.completing import SHELLS
from piptui.cli.root import build
from piptui.config import VARIABLES, described

_FILES = (
    ("$XDG_DATA_HOME/piptui/store", "the store, where none is named; usually ~/.local/share/piptui/store"),
    ("/etc/piptui/config.toml", "settings of the machine"),
    ("$XDG_CONFIG_HOME/piptui/config.toml", "settings of your own; usually ~/.config/piptui/config.toml"),
    ("$XDG_STATE_HOME/piptui", "drafts of what is typed and not saved, witnesses of records, logs without case text"),
)
_EXITS = (
    (0, "done"),
    (1, "refused by a rule, or rows of an import were refused"),
    (2, "wrong use or configuration, or not found"),
    (3, "store busy or full, or its disk fails: trying again is safe"),
    (4, "the record is damaged"),
    (5, "changed by someone else since it was read: read again"),
    (70, "a fault of piptui"),
    (130, "interrupted"),
    (141, "the reader of the output went away"),
)


def _roff(text: str) -> str:
    """Text as roff takes it: no line begins a request, dashes stay dashes."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    text = "".join(char if char.isascii() else rf"\[u{ord(char):04X}]" for char in text)
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def _told_options(command: click.Command) -> list[str]:
    lines = []
    for one in command.params:
        if isinstance(one, click.Option) and one.help:
            kind = one.type
            value = "|".join(str(name) for name in kind.choices) if isinstance(kind, click.Choice) else one.metavar
            names = ", ".join(one.opts) + ("" if one.is_flag else f" {value or 'TEXT'}")
            lines += [".TP", f".B {_roff(names)}", _roff(one.help)]
    return lines


def man() -> str:
    """The manual page."""
    root = build(None)  # type: ignore[arg-type]  # no command is run, so that no door is opened
    shared = {name for one in root.params for name in one.opts}
    lines = [
        '.\\" Drawn from the program: python -m tests.docs.generated',
        '.TH PIPTUI 1 "" "piptui" "User Commands"',
        ".SH NAME",
        _roff("piptui") + " \\- Performance Improvement Plan cases in a terminal",
        ".SH SYNOPSIS",
        ".B piptui",
        _roff("[--store PATH] [--as ROLE] [COMMAND [ARGUMENTS]]"),
        ".SH DESCRIPTION",
        "Without a command the screens open. Every view and every act has a command, too: for scripts, for cron, and",
        "for people who use a screen reader. In the screens F1 explains the page one is on.",
        ".SH OPTIONS",
        *_told_options(root),
        ".SH COMMANDS",
        _roff("All take --store and --as, before or after their name."),
    ]
    for name in sorted(root.commands):
        command = root.commands[name]
        words = " ".join(
            one.make_metavar(click.Context(command)) for one in command.params if isinstance(one, click.Argument)
        )
        own = click.Command(name, params=[one for one in command.params if not shared.intersection(one.opts)])
        told = " ".join((command.help or "").split())
        lines += [f".SS {_roff(f'piptui {name} {words}'.strip())}", _roff(told), *_told_options(own)]
    lines += [".SH EXIT STATUS"]
    for code, told in _EXITS:
        lines += [".TP", f".B {code}", _roff(told)]
    lines += [".SH ENVIRONMENT"]
    for variable, setting in VARIABLES.items():
        lines += [".TP", f".B {variable}", _roff(described()[setting])]
    lines += [".TP", ".B NO_COLOR", "set to anything: no colours, only bold and reverse"]
    lines += [".SH FILES"]
    for path, told in _FILES:
        lines += [".TP", f".I {_roff(path)}", _roff(told)]
    lines += [
        ".SH COMPLETION",
        _roff(f"piptui completions {'|'.join(SHELLS)} prints the script for a shell."),
        ".SH SECURITY",
        "In a personal store the file system keeps others out. In a team store every member of the group can read",
        "the files, whatever the screens show them.",
    ]
    return "\n".join(lines) + "\n"
