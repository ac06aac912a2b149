"""Names in texts: where somebody is named, whatever the spelling, and where perhaps somebody else is meant.

A name is compared word by word, without case, accents and width; between its words may stand what people write there:
blanks, a line end, hyphens, an apostrophe. Pure; nothing here knows whose name it is.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from piptui.text import fold

Words = tuple[str, ...]
"""The words of a name in the form in which they are compared."""

_PLAIN_WORD: Final = re.compile(r"[^\W_]+")
# Accents of Latin, Greek and Cyrillic letters; the marks of other scripts make another letter.
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_HYPHENS: Final = "\u2010\u2011\u2012\u2013-"
_BETWEEN: Final = re.compile(rf"[\s_]*['\u2019\u02bc{_HYPHENS}]?[\s_]*")
_COMMA: Final = re.compile(r"[\s_]*,[\s_]*")
_HYPHENED: Final = re.compile(rf"[{_HYPHENS}][^\W_]")
_IN_A_NUMBER: Final = "-./:"
_IN_AN_ADDRESS: Final = ".+-_%@"


class Hit(NamedTuple):
    """A place in a text: `word` is what was looked for, `sure` whether it names the person by itself."""

    start: int
    end: int
    word: str
    sure: bool


class _Wanted(NamedTuple):
    """What a run of words means: a full name, something written exactly so, a part of a name, another's name."""

    word: str
    kind: str
    turned: bool = False


def bare(text: str) -> str:
    """The form in which names are compared: case, accents, width and unseen characters do not matter."""
    if text.isascii():
        return text.lower()
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKD", fold(text)))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain))


def words_of_name(text: str) -> Words:
    """The words of a name, as they are compared."""
    return tuple(bare(text[start:end]) for start, end in _spans(text))


class Lookout:
    """What somebody is looked for by: full `names` (one with a comma in it also without); `keys` that are written
    exactly so (numbers, addresses, logins); `parts`, such as a last name alone, that may be somebody else's. What is
    one of the names of `others` is theirs."""

    def __init__(
        self,
        names: Iterable[str] = (),
        keys: Iterable[str] = (),
        parts: Iterable[str] = (),
        others: Iterable[str] = (),
    ) -> None:
        self._known: dict[Words, _Wanted] = {}
        self._keys: dict[Words, list[str]] = {}
        found: list[Words] = []
        for kind, texts in (("other", others), ("name", names), ("part", parts)):
            for text in texts:
                if words := words_of_name(text):
                    found += [words] if kind != "other" else []
                    self._known.setdefault(words, _Wanted(text, kind, turned="," in text))
        for text in keys:
            if words := words_of_name(text):
                found.append(words)
                self._keys.setdefault(words, []).append(text)
        self._longest = max(map(len, (*self._known, *self._keys)), default=0)
        needles = {max(words, key=len) for words in found}
        self._needles = [one for one in needles if not any(other != one and other in one for other in needles)]
        self._plain = [one.encode() for one in self._needles if one.isascii()]

    def __bool__(self) -> bool:
        """Whether anything is looked for."""
        return bool(self._needles)

    def may_be_in(self, raw: bytes) -> bool:
        """A cheap look at JSON text: it may let a wrong one pass, never stop a right one."""
        if b"\\u" in raw:
            return True
        if raw.isascii():
            low = raw.lower()
            return any(one in low for one in self._plain)
        text = bare(raw.decode())
        return any(one in text for one in self._needles)

    def hits(self, text: str) -> Iterator[Hit]:
        """Every place where one of them stands, from left to right; the longest first where several begin."""
        spans = [*_spans(text)]
        forms = [bare(text[start:end]) for start, end in spans]
        at = 0
        while at < len(spans):
            taken = 1
            for size in range(min(self._longest, len(spans) - at), 0, -1):
                some = spans[at : at + size]
                found = self._meant(text, some, tuple(forms[at : at + size]))
                if found is not None:
                    taken = size
                    if found.kind != "other":
                        yield Hit(some[0][0], some[-1][1], found.word, found.kind != "part")
                    break
            at += taken

    def _meant(self, text: str, spans: list[tuple[int, int]], forms: Words) -> _Wanted | None:
        start, end = spans[0][0], spans[-1][1]
        known = self._known.get(forms)
        if known is not None and (known.kind == "part" or not _of_a_longer_name(text, start, end)):
            gaps = [text[a[1] : b[0]] for a, b in pairwise(spans)]
            if all(_joins(gap, form, known) for gap, form in zip(gaps, forms, strict=False)):
                return known
        for key in self._keys.get(forms, ()):
            if bare(text[start:end]) == bare(key) and not _of_a_longer_key(text, start, end, key):
                return _Wanted(key, "key")
        return None

    def without(self, text: str, gone: str) -> str:
        """The text with `gone` wherever the person is named for sure."""
        parts, last = [], 0
        for one in self.hits(text):
            if one.sure:
                parts += [text[last : one.start], gone]
                last = one.end
        return "".join((*parts, text[last:]))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a text are; marks and unseen characters belong to the letter before them."""
    if text.isascii():
        yield from (one.span() for one in _PLAIN_WORD.finditer(text))
        return
    start = -1
    for at, char in enumerate(text):
        if char.isalnum():
            start = at if start < 0 else start
        elif start >= 0 and unicodedata.category(char) not in ("Mn", "Mc", "Cf"):
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(text)


def _joins(gap: str, before: str, known: _Wanted) -> bool:
    """Whether what stands between two words may stand there within a name."""
    if known.turned and _COMMA.fullmatch(gap):
        return True
    return _BETWEEN.fullmatch(gap.removeprefix(".") if len(before) == 1 else gap) is not None


def _of_a_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a hyphen makes it another name: Dana Cole is not Dana Cole-Baker."""
    return bool(_HYPHENED.match(text, end) or (start > 1 and _HYPHENED.fullmatch(text[start - 2 : start][::-1])))


def _of_a_longer_key(text: str, start: int, end: int, key: str) -> bool:
    """Whether it is a part of a longer number, date or address."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    if "@" in key:
        return before[-1:] in (*_IN_AN_ADDRESS,) or (after[:1] in (*_IN_AN_ADDRESS,) and after[1:2].isalnum())
    if before[-1:] == "_" or after[:1] == "_":
        return True
    digits = (before[:1].isdigit() and before[1:] in (*_IN_A_NUMBER,)) or (
        after[1:].isdigit() and after[:1] in (*_IN_A_NUMBER,)
    )
    return digits and key.isdecimal()
