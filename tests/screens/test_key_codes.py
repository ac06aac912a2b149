"""What terminals send for the keys that the program uses, read as the program reads it."""

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from screens.keymap import _groups

_FUNCTION = ["\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~"]
_PAGES = {"pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~"}
TERMINALS: dict[str, dict[str, str]] = {
    "xterm": {
        **{f"f{number}": code for number, code in enumerate(_FUNCTION, 1)},
        "up": "\x1bOA",
        "down": "\x1bOB",
        "right": "\x1bOC",
        "left": "\x1bOD",
        "home": "\x1bOH",
        "end": "\x1bOF",
        **_PAGES,
        "shift+tab": "\x1b[Z",
    },
    "tmux": {
        **{f"f{number}": code for number, code in enumerate(_FUNCTION, 1)},
        "up": "\x1b[A",
        "down": "\x1b[B",
        "right": "\x1b[C",
        "left": "\x1b[D",
        "home": "\x1b[1~",
        "end": "\x1b[4~",
        **_PAGES,
        "shift+tab": "\x1b[Z",
    },
    "linux": {
        **{f"f{number}": f"\x1b[[{letter}" for number, letter in enumerate("ABCDE", 1)},
        "f6": "\x1b[17~",
        "f7": "\x1b[18~",
        "f8": "\x1b[19~",
        "f9": "\x1b[20~",
        "up": "\x1b[A",
        "down": "\x1b[B",
        "right": "\x1b[C",
        "left": "\x1b[D",
        "home": "\x1b[1~",
        "end": "\x1b[4~",
        **_PAGES,
        "shift+tab": "\x1b\t",
    },
    "PuTTY": {
        **{f"f{number}": f"\x1b[{10 + number}~" for number in range(1, 6)},
        "f6": "\x1b[17~",
        "f7": "\x1b[18~",
        "f8": "\x1b[19~",
        "f9": "\x1b[20~",
        "up": "\x1b[A",
        "down": "\x1b[B",
        "right": "\x1b[C",
        "left": "\x1b[D",
        "home": "\x1b[1~",
        "end": "\x1b[4~",
        **_PAGES,
        "shift+tab": "\x1b[Z",
    },
    "Windows Terminal": {
        **{f"f{number}": code for number, code in enumerate(_FUNCTION, 1)},
        "up": "\x1b[A",
        "down": "\x1b[B",
        "right": "\x1b[C",
        "left": "\x1b[D",
        "home": "\x1b[H",
        "end": "\x1b[F",
        **_PAGES,
        "shift+tab": "\x1b[Z",
    },
}
"""Terminal → key → what it sends (terminfo of xterm-256color, tmux-256color and linux; PuTTY's default; ConPTY)."""

ALIKE = {"escape": "\x1b", "enter": "\r", "tab": "\t", "space": " ", "backspace": "\x7f"}
"""Keys that all of them send alike."""
NAMES = {
    "/": "slash",
    ":": "colon",
    "?": "question_mark",
    ".": "full_stop",
    "*": "asterisk",
    "+": "plus",
    "-": "minus",
}


def read(codes: str) -> list[str]:
    """The keys that the program sees."""
    parser = XTermParser()
    found = [event.key for event in parser.feed(codes) if isinstance(event, events.Key)]
    return found + [event.key for event in parser.feed("") if isinstance(event, events.Key)]


def used() -> set[str]:
    """Every key of every action; `kind.` stands for the choices of a list."""
    actions = (action for group in _groups().values() for action in group if not action.id.startswith("kind."))
    return {key for action in actions for key in action.keys}


@pytest.mark.parametrize("terminal", TERMINALS)
def test_every_key_of_the_key_card_arrives(terminal: str) -> None:
    """Whatever the terminal sends for a key that some action has is read as that key."""
    sent = {**ALIKE, **TERMINALS[terminal]}
    for key in sorted(used()):
        if len(key) == 1:
            assert read(key) == [key]
        elif key in sent:
            assert key in read(sent[key]), key
        elif key.startswith("ctrl+") and len(key) == 6:
            assert read(chr(ord(key[-1]) - 96)) == [key] or key in ("ctrl+j",), key
        else:
            sign = {name: sign for sign, name in NAMES.items()}.get(key)
            assert sign is not None, f"nobody knows what {terminal} sends for {key}"
            assert read(sign) == [key]


@pytest.mark.parametrize("terminal", TERMINALS)
def test_a_burst_of_keys_is_read_key_by_key(terminal: str) -> None:
    """Over a slow line several keys arrive at once."""
    keys = TERMINALS[terminal]
    assert read(keys["down"] + keys["down"] + "x" + keys["pagedown"]) == ["down", "down", "x", "pagedown"]
