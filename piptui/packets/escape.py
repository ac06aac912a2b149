"""User text inside Markdown: it stays readable, and can never become structure.

Headings, tables, lists, links, HTML and code in a packet are ours alone. Every sign that could start one is
escaped, line breaks are kept, and `unescape` gives the text back.
"""

import re

from piptui.text import clean

_INLINE = re.compile(r"[\\`*\[\]|~$^{}]")
# An underscore inside a word is no emphasis anywhere, and escaping it would break addresses.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_SIGN = re.compile(r"^(?:([#+\-=>:%])|(\d+)(?=[.)](?:\s|$)))")
_BREAK = "\\\n"
_CELL_BREAK = "<br>"
_BACK = re.compile(r"\\([!-/:-@\[-`{-~])|(\\\n|<br>)|&(lt|amp|#32|#9);")
_ENTITIES = {"lt": "<", "amp": "&", "#32": " ", "#9": "\t"}


def inline(text: str) -> str:
    """One line of text: line breaks become spaces, Markdown signs are escaped."""
    return _line(" ".join(clean(text, limit=None).split()))


def block(text: str) -> str:
    """Text of several lines: breaks stay as hard breaks, empty lines part paragraphs."""
    lines = [_line(line) for line in clean(text, limit=None).split("\n")]
    out = ""
    for i, line in enumerate(lines):
        joined = line and i + 1 < len(lines) and lines[i + 1]
        out += line + ("" if i + 1 == len(lines) else _BREAK if joined else "\n")
    return out


def cell(text: str) -> str:
    """Text inside a table cell: on one source line, breaks kept as `<br>`."""
    return _CELL_BREAK.join(_line(line) for line in clean(text, limit=None).split("\n"))


def unescape(markdown: str) -> str:
    """The text behind `inline`, `block` or `cell`."""

    def back(match: re.Match[str]) -> str:
        sign, line_break, entity = match.groups()
        return str(sign or ("\n" if line_break else _ENTITIES[entity]))

    return _BACK.sub(back, markdown)


def _line(line: str) -> str:
    line = line.replace("&", "&amp;").replace("<", "&lt;")
    line = _UNDERSCORE.sub(r"\\_", _INLINE.sub(r"\\\g<0>", line))
    if line[:1] in (" ", "\t"):
        # Four blanks would start code; two would hide a list sign from the check below.
        return ("&#32;" if line[0] == " " else "&#9;") + line[1:]
    return _LINE_SIGN.sub(lambda found: found[2] + "\\" if found[2] else "\\" + found[1], line)
