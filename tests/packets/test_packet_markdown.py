"""What a packet holds, for whom, in which order."""

import datetime as dt
from collections import Counter

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from piptui.anchor import Anchor, read_anchors
from piptui.desk.api import CaseSheet
from piptui.errors import BadInput
from piptui.packets.escape import block, cell, inline
from piptui.packets.markdown import AUDIENCES, packet_markdown
from piptui.text import clean

from . import sample

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
COUNTED = (
    "heading_open",
    "table_open",
    "tr_open",
    "td_open",
    "th_open",
    "hr",
    "bullet_list_open",
    "ordered_list_open",
)
NEVER = ("html_block", "fence", "code_block", "code_inline", "link_open", "image", "em_open")
SIGNS = st.text(alphabet="#*_`[]<>&|~\\-+=. \n19ab!", min_size=1, max_size=30)


def packet(sheet: CaseSheet, audience: str = "hr", t: sample.Words = sample.plain) -> str:
    """The packet of a sheet, printed on a fixed day."""
    return packet_markdown(
        sheet,
        sample.history(t),
        audience,
        head=Anchor(store="5709", seq=44, hash="ab" * 32),
        printed_on=dt.date(2026, 5, 4),
        printed_by=t("printer"),
    )


def shape(markdown: str) -> Counter[str]:
    """How many of each kind of structure a Markdown reader finds."""
    tokens = [one for token in MARKDOWN.parse(markdown) for one in (token, *(token.children or ()))]
    html = sum(token.type == "html_inline" and token.content != "<br>" for token in tokens)
    counts = Counter(token.type for token in tokens if token.type in COUNTED + NEVER)
    return counts + Counter({"foreign html": html})


def headings(markdown: str, level: str = "## ") -> list[str]:
    """The headings of one level, in order."""
    return [line.removeprefix(level) for line in markdown.splitlines() if line.startswith(level)]


def test_sections_come_in_the_order_of_the_form() -> None:
    """The plan comes first, then what happened, then the end, then the trail (S050-S05A, S071, S120)."""
    assert headings(packet(sample.sheet())) == [
        "Role and reporting",
        "Context",
        "Expectations and standards",
        "Areas for improvement",
        "Root cause",
        "Goals",
        "Milestones by week",
        "Support promised by the employer",
        "What each side owes",
        "Check-ins",
        "Rooms, documents and tools",
        "What the result will mean",
        "Statement of support",
        "Consequences and possible outcomes",
        "The employee's view",
        "Signatures",
        "From gap to result",
        "What happened",
        "Attached files",
        "Final review",
        "Kept on both sides",
        "Pauses and extensions",
        "Outcome",
        "Review before issue",
        "History",
    ]


def test_every_text_of_the_case_is_printed() -> None:
    """Nothing that anybody wrote is left out of the full packet."""
    asked: set[str] = set()

    def told(label: str) -> str:
        asked.add(f"the {label}")
        return f"the {label}"

    text = packet(sample.sheet(told), "counsel", told)
    unprinted = {"the about"}  # a caption of lists, made from the category
    assert {one for one in asked - unprinted if inline(one) not in text} == set()


def test_evidence_is_sorted_by_date_beside_standard_and_benchmark() -> None:
    """Facts come in order of their dates, with measured value, standard and benchmark (S040, S047)."""
    text = packet(sample.sheet())
    assert text.index("the earlier fact") < text.index("the later fact")
    row = next(line for line in text.splitlines() if "the later fact" in line)
    assert "Tue 10 Feb 2026" in row
    assert "20 the unit | 50 the unit | 47.5 the unit | CRM export | the ticket" in row


def test_due_dates_show_rule_and_day() -> None:
    """A rule stands beside its day, taken from the plan or reckoned from the start."""
    text = packet(sample.sheet())
    assert "week 6 (Sun 12 Apr 2026)" in text
    assert "day 30 (Wed 1 Apr 2026)" in text
    assert "| m1 | 3-4 | Sun 29 Mar 2026 | g1 |" in text


def test_trace_names_gaps_without_goals() -> None:
    """The table from gap to result shows the verdict, and a gap that no goal closes (S071)."""
    text = packet(sample.sheet())
    assert "| a1 | g1 | m1 | partly met 44 the unit |" in text
    assert "| a2 | none | none |  |" in text


def test_corrections_and_strikes_stay_visible() -> None:
    """The earlier text stands behind the new one; a struck entry keeps its text, crossed out, with the reason."""
    text = packet(sample.sheet())
    assert text.index("> the earlier wording") > text.index("> the text of evidence")
    assert "~~the what it said before~~" in text
    struck = text.index("~~the text of note~~")
    assert text.index("the why struck") > struck


def test_late_and_missed_and_silent_check_ins_are_named() -> None:
    """Late entries say so; a missed check-in has its cause; one that nobody recorded is listed (S107)."""
    text = packet(sample.sheet())
    assert "#### Check-in w1, held, Wed 11 Mar 2026, late" in text
    assert "#### Check-in w2, missed, Tue 17 Mar 2026" in text
    assert "| Cause | the manager missed it |" in text
    assert "| w3 | Tue 24 Mar 2026 |" in text
    assert "| w2 | check-in | Tue 17 Mar 2026 | 10:00 | Wed 18 Mar 2026 |" in text


def test_entries_come_by_date() -> None:
    """Notes and evidence stand in the order of the days they tell of, whatever the order of recording."""
    fourth = headings(packet(sample.sheet()), "#### ")
    later = [one for one in fourth if one.startswith(("Note", "Evidence"))]
    assert later == ["Note, Thu 5 Mar 2026", "Evidence, Sun 15 Mar 2026, late", "Note, Wed 25 Mar 2026"]


def test_the_employee_never_gets_working_papers() -> None:
    """Review rounds, findings and history are in the packets of the others and not in the employee's."""
    mine, theirs = packet(sample.sheet(), "employee"), packet(sample.sheet(), "manager")
    for words in ("the text of submission", "the text of return", "the text of findings", "## History"):
        assert words in theirs
        assert words not in mine
    assert "the text of evidence" in mine


def test_a_draft_says_so_in_its_title() -> None:
    """A plan that was not issued is headed as a draft and tells of no events (S05E)."""
    text = packet(sample.sheet(issued=False))
    assert text.startswith("# Draft: not issued. Performance Improvement Plan\n")
    assert "What happened" not in headings(text)
    assert "week 6 (Sun 12 Apr 2026)" in text


def test_a_case_without_any_plan_still_prints() -> None:
    """An audience that may not see the draft gets a header and the sentence that nothing was issued."""
    bare = msgspec.structs.replace(sample.sheet(issued=False), draft=None)
    assert "There is no plan text here: none was issued." in packet(bare, "employee")


def test_the_last_line_ties_the_print_to_the_record() -> None:
    """Day, printer, record, seq and hash stand at the end, and what to type to compare them later."""
    *_, printed, _, last = packet(sample.sheet()).splitlines()
    assert printed == f"Printed on Mon 4 May 2026 by the printer. Record 5709, seq 44, hash {'ab' * 32}."
    assert f"verify --witness 44:{'ab' * 8} " in last
    (typed,) = read_anchors(last)
    assert (typed.seq, typed.hash) == (44, "ab" * 8)


def test_an_unknown_audience_is_refused() -> None:
    """A packet is for one of four audiences."""
    with pytest.raises(BadInput, match="employee, manager, hr, counsel"):
        packet(sample.sheet(), "press")


def test_files_are_named_so_that_a_copy_can_be_compared() -> None:
    """Name, what it is, size in bytes, digest and both days; a struck one with its reason."""
    text = packet(sample.sheet())
    for part in (
        "### File f1f1f1f1f1f1f1f1",
        "| What it is | scan of a signature |",
        "| Size | 48,213 bytes (48 kB) |",
        f"| SHA-256 | {'cd' * 32} |",
        "| Day of the document | Mon 2 Mar 2026 |",
        "Attached 2026-03-02 15:30:00 UTC by",
        "Class: manager and HR.",
        "Crossed out.",
    ):
        assert part in text, part


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_text_forges_structure(audience: str) -> None:
    """Hostile text in every field changes no heading, table, row, cell or list, and survives."""
    plain_shape = shape(packet(sample.sheet(), audience))

    @settings(max_examples=15, deadline=None)
    @given(SIGNS)
    def holds(hostile: str) -> None:
        # A letter at both ends keeps the text from being empty, where sections may rightly vary.
        text = f"{hostile}\n{hostile}x"

        def t(label: str) -> str:
            return text

        written = packet(sample.sheet(t), audience, t)
        assert shape(written) == plain_shape
        assert cell(text) in written
        assert block(text) in written
        assert clean(text)

    holds()
