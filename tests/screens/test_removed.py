"""What was removed from the record is told calmly: that it was there, when it went, by whom and why."""

import datetime as dt

from msgspec.structs import replace

from piptui.desk.api import CaseSheet, HistoryLine, HoldLine
from screens.case_documents import documents
from screens.case_file import Where, check_ins, evidence, history
from screens.case_overview import overview

from .fake import TODAY, case_line, sheet

WHERE = Where("Europe/Berlin", TODAY)
GONE = "removed on 2026-03-03 by Hana Ito: asked for, ticket 12"
HOLD = HoldLine(
    id="h1",
    case="0007",
    since=dt.date(2026, 3, 3),
    who="Hana Ito",
    custodian="Leo Grant",
    reason="A claim.",
    lift="piptui do 0007 lift_hold",
    told="Case 0007 is under a legal hold.",
)


def page() -> CaseSheet:
    """A running case."""
    return sheet(case_line(7), "")


def told(lines: object) -> str:
    """The lines as one text."""
    return " ".join(" ".join(line.text for line in lines).split())  # type: ignore[attr-defined]  # lines of a reader


def test_an_entry_a_check_in_and_a_file_say_that_they_were_removed() -> None:
    """In the place where their text stood, and in their heading; the rest of the page is as before."""
    before = page()
    after = replace(
        before,
        entries=(replace(before.entries[0], text="", details=(), removed=GONE), *before.entries[1:]),
        check_ins=(replace(before.check_ins[0], removed=GONE), *before.check_ins[1:]),
        files=(replace(before.files[0], name="", note="", digest="", removed=GONE), *before.files[1:]),
    )
    for lines in (evidence(after, WHERE, 76), check_ins(after, WHERE, 76), documents(after, WHERE, 76)):
        assert GONE in told(lines)
    assert ", removed" in told(evidence(after, WHERE, 76))
    assert "A file scan" in told(documents(after, WHERE, 76)) or "A file letter" in told(documents(after, WHERE, 76))
    assert "Talk about the quota" in told(evidence(after, WHERE, 76))


def test_a_removed_case_says_so_first() -> None:
    """And where what is left of it is told."""
    lines = overview(replace(page(), removed=f"{GONE}."), (), TODAY, 76)
    assert told(lines).startswith(f"This case was {GONE}. Its history (6) tells")


def test_a_legal_hold_stands_on_the_overview() -> None:
    """Since when, by whom, who answers for it and why; a comparator's case does not say for whom."""
    lines = overview(replace(page(), holds=(HOLD,)), (), TODAY, 76)
    assert "Legal hold since Tue 3 Mar by Hana Ito, custodian Leo Grant: A claim." in told(lines)
    lines = overview(replace(page(), holds=(replace(HOLD, reason="", comparator=True),)), (), TODAY, 76)
    assert "custodian Leo Grant: kept for a matter of another case" in told(lines)


def test_the_history_tells_a_removed_line_in_its_place() -> None:
    """With who did it then, and dimmed."""
    at = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    line = HistoryLine(
        seq=4, at=at, who="Max Berg", role="manager", act="note", sentence=f"Removed {GONE[8:]}", removed=True
    )
    lines = history([line], WHERE, 76)
    assert "Max Berg (manager) Removed on 2026-03-03 by Hana Ito: asked for, ticket 12" in told(lines)
    assert lines[-1].style == "dim"
