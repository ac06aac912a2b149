"""Text: what may enter the record, and how it fits into terminal cells."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from piptui.errors import BadInput
from piptui.text import (
    TEXT_LIMIT,
    clean,
    clean_data,
    clean_line,
    fit,
    fold,
    nearest,
    sentence_list,
    width,
    wrap,
)

_NASTY = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x9b\x9d[]P0;31m\\\x07\r\n\t \x0b\u2028\u202e\u2067\u200d\ufe0f\ufeff\ud83da\u0301"),
    )
)
_SHOWN = st.text(
    alphabet=st.one_of(
        st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), st.sampled_from(" \u200c\u200d\ufe0f日é👍🏽")
    )
)
_PLAIN = st.text(alphabet=st.sampled_from("abc äß жд 日本語 한국 مرحبا שלום e\u0301 ✓—“”€"))


def _unwanted(char: str) -> bool:
    code = ord(char)
    return (
        (code < 0x20 and char not in "\n\t")
        or 0x7F <= code <= 0x9F
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xD800 <= code <= 0xDFFF
        or code in (0x2028, 0x2029, 0xFEFF)
    )


@settings(deadline=None)
@given(_NASTY)
def test_cleaning_leaves_nothing_a_terminal_obeys(s: str) -> None:
    """Whatever comes in, no control character, override or surrogate is left, and the form is NFC."""
    cleaned = clean(s)
    assert not [char for char in cleaned if _unwanted(char)]
    assert unicodedata.is_normalized("NFC", cleaned)


def test_every_unwanted_character_goes() -> None:
    """Each control character, override, isolate, surrogate and byte-order mark is dropped, alone or in a word."""
    for char in filter(_unwanted, map(chr, range(0x10000))):
        assert clean(f"a{char} b") in ("a b", "a\n b"), hex(ord(char))


@settings(deadline=None)
@given(_NASTY)
def test_cleaning_twice_changes_nothing(s: str) -> None:
    """Text that is clean stays as it is: on save, on load and on show."""
    assert clean(clean(s)) == clean(s)
    assert clean_line(clean_line(s)) == clean_line(s)


@settings(deadline=None)
@given(_NASTY)
def test_a_clean_line_is_one_line_without_spare_blanks(s: str) -> None:
    """A name or title has no line end, no tab, no double blank and no blank at its ends."""
    line = clean_line(s)
    assert "\n" not in line
    assert "\t" not in line
    assert "  " not in line
    assert line == line.strip()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\x1b]0;owned\x07Ann", "Ann"),
        ("\x1b]52;c;cm0gLXJm\x1b\\Ann", "Ann"),
        ("\x9d0;owned\x9cAnn", "Ann"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b[?1049h\x1b[2Jgone", "gone"),
        ("\x1bP1$r0m\x1b\\x", "x"),
        ("\x1b(Bx\x1b7y", "xy"),
        ("x\x1b[31", "x"),
    ],
)
def test_terminal_sequences_vanish_whole(typed: str, kept: str) -> None:
    """A title change, a clipboard write or a colour leaves no litter behind."""
    assert clean(typed) == kept


def test_an_unfinished_sequence_takes_no_text_along() -> None:
    """Without its end a title change loses its escape, and the sentences after it stay."""
    assert clean("\x1b]0;title\nThe second line stays.") == "0;title\nThe second line stays."


def test_windows_quotation_marks_take_no_letters_along() -> None:
    """A wrongly decoded Windows file has control characters where its quotes were; its words survive."""
    assert clean("\x9bHello\x9c said \x9dMara\x90") == "Hello said Mara"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_line_feed(end: str) -> None:
    """Lines stay apart, wherever the text was written."""
    assert clean(f"one{end}two") == "one\ntwo"
    assert clean_line(f"one{end}two") == "one two"


def test_blanks_are_trimmed_at_line_ends_only() -> None:
    """Indents, tabs and empty lines between paragraphs stay; trailing blanks and empty lines at the end go."""
    assert clean("  a\tb \t\n\n  c  \n\n") == "  a\tb\n\n  c"


def test_joiners_and_direction_marks_stay() -> None:
    """Persian, Arabic and emoji are spelled with invisible characters that are no attack."""
    for text in ("می\u200cخواهم", "\u200fשלום\u200e", "👩\u200d💻"):
        assert clean(text) == text


def test_composition_follows_what_is_dropped() -> None:
    """An accent parted from its letter by a dropped character joins it in normal form."""
    assert clean("e\x00\u0301") == "é"


def test_text_above_the_limit_is_refused_not_cut() -> None:
    """Nobody's words are cut quietly: too long is refused with both numbers, and None sets no limit."""
    with pytest.raises(BadInput, match=r"100001 .* 100000"):
        clean("x" * (TEXT_LIMIT + 1))
    with pytest.raises(BadInput):
        clean_line("four", limit=3)
    assert len(clean("x" * (TEXT_LIMIT + 1), limit=None)) == TEXT_LIMIT + 1
    assert clean("x\x00\x00\x00", limit=1) == "x"


def test_data_is_cleaned_at_every_depth() -> None:
    """Texts and keys inside dicts, lists and tuples are cleaned, other values stay as they are."""
    dirty = {"na\x00me": ["\x1b[1mAnn", ("\u202eb", 3, None)], "n": 1.5}
    assert clean_data(dirty) == {"name": ["Ann", ("b", 3, None)], "n": 1.5}


def test_keys_that_would_become_one_are_refused() -> None:
    """Two fields never overwrite each other because an invisible character was all that parted them."""
    with pytest.raises(BadInput, match="named alike"):
        clean_data({"name": "a", "na\x00me": "b"})


@settings(deadline=None)
@given(_PLAIN)
def test_cells_are_counted_as_the_screens_count_them(s: str) -> None:
    """Ordinary text of many scripts has the width that the screens' own library gives it."""
    assert width(s) == cell_len(s)


@pytest.mark.parametrize(
    "s",
    ["👍🏽", "👩\u200d💻 ok", "❤\ufe0f", "1\ufe0f\u20e3", "🇩🇪", "क्षि", "각", "a\u00adb", "\u0601\u0661", "가\ud7b0"],
)
def test_joined_characters_have_the_width_of_the_screens(s: str) -> None:
    """Emoji, flags, keycaps, jamo and Indic syllables are as wide here as on the screens."""
    assert width(s) == cell_len(s)


@settings(deadline=None)
@given(_SHOWN, _PLAIN.filter(lambda s: s[:1].isalpha()))
def test_width_adds_up_at_letters(a: str, b: str) -> None:
    """Text that ends in no joiner and text that begins with a letter are as wide together as apart."""
    a = a.rstrip("\u200d")
    assert width(a + b) == width(a) + width(b)


@settings(deadline=None)
@given(_SHOWN, st.integers(0, 30), st.booleans())
def test_fitted_text_has_exactly_its_cells(s: str, n: int, plain: bool) -> None:
    """A column of n cells gets n cells, whatever is put into it."""
    assert width(fit(s, n, ascii=plain)) == n


@settings(deadline=None)
@given(_PLAIN, st.integers(0, 30))
def test_fitted_text_fits_by_the_count_of_the_screens(s: str, n: int) -> None:
    """The screens' own library finds n cells, too."""
    assert cell_len(fit(s, n)) == n


def test_fitting_cuts_visibly_and_keeps_marks_on_their_letters() -> None:
    """What is cut ends in a sign; half a wide character becomes a space; an accent is never left alone."""
    assert fit("Quarterly", 5) == "Quar…"
    assert fit("Quarterly", 6, ascii=True) == "Qua..."
    assert fit("日本語", 4) == "日… "
    assert fit("e\u0301e\u0301e\u0301", 2) == "e\u0301…"
    assert fit("ab", 4) == "ab  "
    assert fit("a\nb\tc", 5) == "a b c"
    assert fit("word two", 6) == "word… "
    assert fit("anything", 0) == ""


def test_a_joiner_where_text_is_cut_swallows_nothing() -> None:
    """A joiner at the end of a text, or of what is left of it, does not take the padding or the sign with it."""
    assert fit("a\u200d", 3) == "a  "
    assert fit("a\u200d\u200d bc", 3).startswith("a")
    assert cell_len(fit("a\u200d\u200d bc", 3)) == 3
    assert cell_len(fit("a\u200d\u200dbc", 2)) == 2
    assert fit("ab\u200d cde", 3) == "ab…"


@settings(deadline=None)
@given(_SHOWN, st.integers(2, 20))
def test_wrapped_lines_fit_and_lose_only_blanks(s: str, n: int) -> None:
    """No line is wider than asked for, and the lines together hold every character but blanks."""
    s = s.replace("\ufe0f", "").replace("\u200d", "")
    lines = wrap(s, n)
    assert all(width(line) <= n for line in lines)
    assert "".join(lines).replace(" ", "") == s.replace(" ", "")


@settings(deadline=None)
@given(_PLAIN, st.integers(1, 20))
def test_wrapping_wrapped_lines_changes_nothing(s: str, n: int) -> None:
    """Lines that fit are left alone."""
    lines = wrap(s, n)
    assert [again for line in lines for again in wrap(line, n)] == lines


def test_wrapping_breaks_at_blanks_and_keeps_paragraphs() -> None:
    """Words stay whole where they can; empty lines and a paragraph's indent stay."""
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("a\n\n  b c d e f", 6) == ["a", "", "  b c", "d e f"]
    assert wrap("incomprehensible x", 6) == ["incomp", "rehens", "ible x"]
    assert wrap("日本語", 5) == ["日本", "語"]
    assert wrap("日", 1) == ["日"]
    assert wrap(" 日本", 2) == [" ", "日", "本"]
    assert wrap("", 9) == [""]


@settings(deadline=None)
@given(st.text())
def test_folding_ignores_case_and_form(s: str) -> None:
    """Folded text folds to itself, and composed and decomposed spellings are found by each other."""
    assert fold(fold(s)) == fold(s)
    assert fold(unicodedata.normalize("NFD", s)) == fold(unicodedata.normalize("NFC", s))


def test_folding_finds_names_in_any_spelling() -> None:
    """A name typed in capitals or full width is the same name."""
    assert fold("ZOË STRASSE") == fold("Zoë Straße")
    assert fold("ＡＣＭＥ") == fold("acme")


def test_nearest_gives_what_was_meant_as_it_is_spelled() -> None:
    """A slip of the keys is understood, something else is not."""
    assert nearest("aprove", ["issue", "Approve", "extend"]) == "Approve"
    assert nearest("xyzzy", ["issue", "approve"]) is None
    assert nearest("aprove", ["approve"], cutoff=0.99) is None


@pytest.mark.parametrize(
    ("items", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_read_as_sentences(items: list[str], sentence: str) -> None:
    """Items are joined as people would say them."""
    assert sentence_list(items) == sentence


def test_a_list_can_be_joined_by_another_word() -> None:
    """Choices are joined by "or"."""
    assert sentence_list(["a", "b", "c"], word="or") == "a, b or c"
