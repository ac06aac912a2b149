"""Text as it enters the record and as it fits into terminal cells.

Stored text is read by other people's terminals, and a terminal obeys what it reads: a title, the clipboard,
the direction of a line can be set from inside a name. So text is cleaned on its way in, and once more when
it is shown (old stores, hand edits). Nothing here knows about screens; cells are counted the way the screens
count them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, TypeVar, cast

from piptui.errors import BadInput

TEXT_LIMIT: Final = 100_000
"""Characters that one text may have: some forty printed pages."""

_T = TypeVar("_T")

# What a terminal would take for itself: a control sequence (CSI), a string sequence (OSC, DCS, SOS, PM, APC),
# or an escape with its final character. The one-character forms of CSI, OSC and DCS count only with their
# parameters: elsewhere they are quotation marks of a wrongly decoded Windows file, and the letter after them
# belongs to somebody's sentence. A string sequence ends on its own line, so that a missing end never takes a
# paragraph along.
_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]?"
    r"|\x9b[0-?]+[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x9d][0-9]+;)[^\x1b\x07\x9c\n]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[#%()*+./-]?[0-~]"
)
# Word writes a vertical tab for a soft line break; form feed, NEL and U+2028/2029 part lines as well.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_TRAILING = re.compile(r"[ \t]+(?=\n|\Z)")
_BLANKS = re.compile(r"\s+")

_ZWJ: Final = "\u200d"
_EMOJI_SIGN: Final = "\ufe0f"
# Format characters that print: soft hyphen and the signs that Arabic and its relatives write before a number.
_PRINTED_FORMATS: Final = frozenset("\u00ad\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd") | frozenset(
    map(chr, range(0x600, 0x606))
)
_KEYCAPS: Final = frozenset("#*0123456789\u00a9\u00ae\u203c\u2049\u2122\u2139")
_NO_CELL: Final = frozenset({"Mn", "Me", "Mc", "Cf", "Cc", "Zl", "Zp"})


def clean(s: str, *, limit: int | None = TEXT_LIMIT) -> str:
    """Give text of several lines as it may enter the record.

    Normal form C, lines end in a line feed, tabs stay; terminal sequences, control characters, direction
    overrides, byte-order marks and lone surrogates vanish; blanks at line ends and empty lines at the end of
    the text are trimmed. Joiners and direction marks stay: Arabic, Persian and emoji need them. Cleaning
    twice changes nothing. Raises BadInput above `limit` characters instead of cutting somebody's words off;
    None sets no limit, for showing what is stored already.
    """
    if not s.isascii() or not s.isprintable():
        s = _SEQUENCE.sub("", s)
        s = _UNWANTED.sub("", _LINE_ENDS.sub("\n", s))
        s = unicodedata.normalize("NFC", s)
    return _within(_TRAILING.sub("", s).rstrip("\n"), limit)


def clean_line(s: str, *, limit: int | None = TEXT_LIMIT) -> str:
    """Give text of one line as it may enter the record: `clean`, with every run of blanks, tabs and line ends
    one space, and none at either end. Raises BadInput above `limit` characters.
    """
    return _within(_BLANKS.sub(" ", clean(s, limit=None)).strip(), limit)


def clean_data(obj: _T, *, limit: int | None = TEXT_LIMIT) -> _T:
    """Clean every text in plain data (dict, list, tuple, str), keys as single lines, whatever its depth.

    Anything else is passed on as it is. Raises BadInput above `limit` characters per text, and where two keys
    would become one.
    """
    return cast("_T", _clean_any(obj, limit))


def _clean_any(obj: object, limit: int | None) -> object:
    if isinstance(obj, str):
        return clean(obj, limit=limit)
    if isinstance(obj, list):
        return [_clean_any(item, limit) for item in obj]
    if isinstance(obj, tuple):
        return tuple(_clean_any(item, limit) for item in obj)
    if isinstance(obj, dict):
        cleaned = {
            clean_line(key, limit=limit) if isinstance(key, str) else key: _clean_any(value, limit)
            for key, value in obj.items()
        }
        if len(cleaned) != len(obj):
            raise BadInput("Two fields are named alike once invisible characters are gone. Rename one of them.")
        return cleaned
    return obj


def _within(s: str, limit: int | None) -> str:
    if limit is not None and len(s) > limit:
        raise BadInput(f"This text has {len(s)} characters; at most {limit} can be kept. Shorten it, or split it.")
    return s


@lru_cache(maxsize=4096)
def _cells_of(char: str) -> int:
    """Cells of one character on its own: 0, 1 or 2."""
    category = unicodedata.category(char)
    code = ord(char)
    if category in _NO_CELL:
        return 1 if char in _PRINTED_FORMATS else 0
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF or 0x1F3FB <= code <= 0x1F3FF:
        return 0  # Hangul vowels and finals, skin tones: they join the character before
    if category == "Cn":  # newer than this Python's tables: emoji and ideographs, as far as blocks tell
        return 2 if 0x1F900 <= code <= 0x1FAFF or 0x20000 <= code <= 0x3FFFD else 1
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _widens(char: str) -> bool:
    """Whether the emoji sign (U+FE0F) makes this narrow character a wide one."""
    if char in _KEYCAPS:
        return True
    code = ord(char)
    pictures = 0x2190 <= code <= 0x2BFF or 0x1F000 <= code <= 0x1FAFF
    return pictures and _cells_of(char) == 1 and unicodedata.category(char) in ("So", "Sm")


def clusters(s: str) -> Iterator[tuple[str, int]]:
    """Part a text where it may be cut; each part with its cells. A part is a character and what joins it."""
    start = cells = i = 0
    last = ""  # the character that an emoji sign would widen
    while i < len(s):
        char = s[i]
        if char == _ZWJ:
            i += 1  # what a joiner joins takes no cell of its own
        elif char == _EMOJI_SIGN:
            cells += bool(last) and _widens(last)
            last = ""
        elif own := _cells_of(char):
            if cells:
                yield s[start:i], cells
                start, cells = i, 0
            cells += own
            last = char
        i += 1
    if start < len(s):
        yield s[start:], cells


def width(s: str) -> int:
    """Terminal cells that a text takes: wide characters two, combining marks and format characters none.

    Tabs, line ends and other control characters count nothing: cut lines with `wrap` first.
    """
    if s.isascii() and s.isprintable():
        return len(s)
    return sum(cells for _, cells in clusters(s))


def _cut(s: str, n: int) -> str:
    """The longest beginning of at most n cells."""
    taken: list[str] = []
    for part, cells in clusters(s):
        n -= cells
        if n < 0:
            break
        taken.append(part)
    return "".join(taken)


def fit(s: str, n: int, *, ascii: bool = False) -> str:  # noqa: A002 - the word that screens use
    """Make a text exactly n cells wide: cut, ending in "…" ("..." in ascii), or padded with spaces.

    Line ends and tabs become spaces. No character is parted from its marks; where only half of a wide one
    would fit, a space stands in.
    """
    if n <= 0:
        return ""
    s = _BLANKS.sub(" ", s).rstrip(_ZWJ)  # a joiner at the end would swallow what follows
    if width(s) > n:
        sign = ("..." if ascii else "…")[:n]
        s = _cut(s, n - len(sign)).rstrip(" " + _ZWJ) + sign
    return s + " " * (n - width(s))


def wrap(s: str, n: int) -> list[str]:
    """Break a text into lines of at most n cells, at blanks where there are any.

    Line ends in the text are kept, empty lines too; a word wider than a line is broken. Only a single
    character wider than n cells stands out. An empty text is one empty line.
    """
    n = max(n, 1)
    return [line for paragraph in s.split("\n") for line in _wrap_paragraph(paragraph.expandtabs(4), n)]


def _wrap_paragraph(paragraph: str, n: int) -> list[str]:
    if width(paragraph) <= n:
        return [paragraph]
    indent = paragraph[: len(paragraph) - len(paragraph.lstrip(" "))]
    line = indent if len(indent) < n else ""
    room = n - len(line)
    lines: list[str] = []
    fresh = True  # nothing but the indent on this line
    for word in filter(None, paragraph.split(" ")):
        cells = width(word)
        if not fresh and cells < room:
            line, room = f"{line} {word}", room - cells - 1
            continue
        if not fresh:
            lines.append(line)
            line, room = "", n
        *full, last = _broken(word, room, n)
        lines.extend(line + part if i == 0 else part for i, part in enumerate(full))
        line = last if full else line + last
        room = n - width(line)
        fresh = False
    return [*lines, "" if fresh else line]


def _broken(word: str, first: int, n: int) -> list[str]:
    """Part a word into pieces: the first of at most `first` cells, the others of at most n."""
    pieces: list[str] = []
    piece, room = "", first
    for part, cells in clusters(word):
        if cells > room and (piece or room < n):
            pieces.append(piece)
            piece, room = "", n
        piece += part
        room -= cells
    return [*pieces, piece]


def fold(s: str) -> str:
    """Give the form under which texts are compared in searches: case, width and composition do not matter."""
    decomposed = unicodedata.normalize("NFD", s).casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", decomposed).casefold())


def whole_words(texts: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """A pattern that finds any of these as a whole: inside a longer word it is another word. None finds nothing."""
    return re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in texts) or "(?!)", flags)


def sort_form(s: str) -> str:
    """Give the form by which names are put in order: an accent parts no letter from its like."""
    return "".join(char for char in unicodedata.normalize("NFD", fold(s)) if not unicodedata.combining(char))


def common_part(text: str, whole: tuple[str, ...]) -> str:
    """Give the longest text that all completions of `text` begin with; `text` itself where letters would be lost."""
    if len(whole) < 2:
        return whole[0] if whole else text
    first, last = min(whole), max(whole)
    size = next((at for at, letter in enumerate(first) if last[at : at + 1] != letter), len(first))
    kept, typed = (fold(one.replace('"', "")) for one in (first[:size], text))
    return first[:size] if kept.startswith(typed) else text


def nearest(word: str, options: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Give the option that was probably meant, for "did you mean"; None where none is near.

    `cutoff` is how alike they must be, from 0 to 1.
    """
    by_fold: dict[str, str] = {}
    for option in options:
        by_fold.setdefault(fold(option), option)
    import difflib  # a start misspells nothing

    found = difflib.get_close_matches(fold(word), by_fold, n=1, cutoff=cutoff)
    return by_fold[found[0]] if found else None


def sentence_list(items: Sequence[str], *, word: str = "and") -> str:
    """Join items as a sentence has them: "a", "a and b", "a, b and c"; nothing for none."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
