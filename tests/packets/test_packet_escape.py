"""User text inside Markdown: readable again, and never structure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from piptui.packets.escape import block, cell, inline, unescape
from piptui.text import clean

SIGNS = st.text(alphabet="#*_`[]()<>&|~\\-+=!:. \t\n1290ab$^{}%\"'é日", max_size=40)
TEXTS = st.one_of(SIGNS, st.text(max_size=60))
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def flat(tokens: list[Token]) -> list[Token]:
    """All tokens, those inside a line too."""
    return [one for token in tokens for one in (token, *(token.children or ()))]


def shown(markdown: str) -> str:
    """The words that a reader of the rendered text sees, blanks folded."""
    parts = []
    for token in flat(MARKDOWN.parse(markdown)):
        if token.type in ("text", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak", "paragraph_close"):
            parts.append(" ")
    return " ".join("".join(parts).split())


@given(TEXTS)
def test_text_comes_back(text: str) -> None:
    """Whatever was written comes back from each of the three forms."""
    assert unescape(block(text)) == clean(text, limit=None)
    assert unescape(cell(text)) == clean(text, limit=None)
    assert unescape(inline(text)) == " ".join(clean(text, limit=None).split())


@given(TEXTS)
def test_a_block_is_only_paragraphs(text: str) -> None:
    """A Markdown reader finds nothing but paragraphs, and in them exactly the words."""
    markdown = block(text)
    kinds = {token.type for token in flat(MARKDOWN.parse(markdown))}
    assert kinds <= {
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "text_special",
        "softbreak",
        "hardbreak",
    }
    assert shown(markdown) == " ".join(clean(text, limit=None).split())


@given(st.text(max_size=5), TEXTS)
def test_a_cell_stays_one_cell(before: str, text: str) -> None:
    """A table row keeps its number of cells, and the cell has no link, code or HTML but our line break."""
    row = f"| {cell(before)} | {cell(text)} |"
    tokens = flat(MARKDOWN.parse(f"| a | b |\n| --- | --- |\n{row}\n"))
    assert sum(token.type == "td_open" for token in tokens) == 2
    assert sum(token.type == "tr_open" for token in tokens) == 2
    html = [token.content for token in tokens if token.type == "html_inline"]
    assert set(html) <= {"<br>"}
    assert not {"link_open", "code_inline", "em_open", "strong_open", "image", "s_open"} & {
        one.type for one in tokens
    }


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Missed 4 of 5 deadlines (Jan-Mar), 80 %.", "Missed 4 of 5 deadlines (Jan-Mar), 80 %."),
        ("3.5 hours", "3.5 hours"),
        ("https://crm.example/a_b?x=1", "https://crm.example/a_b?x=1"),
        ("# Outcome", "\\# Outcome"),
        ("12. Approved", "12\\. Approved"),
        ("one\ntwo", "one\\\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("<b>R&D</b>", "&lt;b>R&amp;D&lt;/b>"),
        ("    code", "&#32;   code"),
    ],
)
def test_ordinary_text_stays_readable(text: str, written: str) -> None:
    """Only what could become structure is escaped; numbers, addresses and breaks read as typed."""
    assert block(text) == written
