"""The page that is signed: what stands on it, and what never does."""

import datetime as dt

import msgspec
import pytest

from piptui.anchor import Anchor, read_anchors
from piptui.cases.records import Ref
from piptui.desk.api import CaseSheet
from piptui.packets.escape import inline
from piptui.packets.sign_off import grouped, sign_off_markdown

from . import sample
from .test_packet_markdown import packet, shape

DIGEST = "0123456789abcdef" * 4
PLAN = Ref(table="plans", id="b1", seq=12, digest=DIGEST)
DECISION = Ref(table="entries", id="d1", seq=40, digest=DIGEST)


def before(sheet: CaseSheet) -> CaseSheet:
    """The same case while its plan runs."""
    return msgspec.structs.replace(sheet, header=msgspec.structs.replace(sheet.header, outcome=None))


def signed(sheet: CaseSheet, ref: Ref = PLAN, t: sample.Words = sample.plain) -> str:
    """The sheet, printed on a fixed day."""
    assert sheet.plan is not None
    return sign_off_markdown(
        sheet,
        sheet.plan,
        ref,
        head=Anchor(store="5709", seq=44, hash="ab" * 32, at=dt.datetime(2026, 5, 4, 8, tzinfo=dt.UTC)),
        printed_on=dt.date(2026, 5, 4),
        printed_by=t("printer"),
    )


def test_the_plan_is_named_by_parties_version_period_and_goals() -> None:
    """Whoever signs sees which plan it is, without the whole of it."""
    text = signed(before(sample.sheet()))
    for part in (
        "# Sign-off sheet: Performance Improvement Plan\n",
        "| Name | the employee |",
        "| Manager | the manager |",
        "| Case | 0007 |",
        "| Version | 1, delivered on Mon 2 Mar 2026 |",
        "| Period | Mon 2 Mar 2026 to Fri 1 May 2026 |",
        "| g1 | the goal | 50 the unit | week 6 (Sun 12 Apr 2026) |",
        "| g2 | the other goal | the criterion | day 30 (Wed 1 Apr 2026) |",
        "Support promised by the employer: 1, as listed in the plan.",
    ):
        assert part in text, part
    assert len(text.splitlines()) < 75


def test_a_moved_end_is_told_beside_the_period_that_was_signed() -> None:
    """The plan keeps its dates as delivered; the sheet says what they are now."""
    sheet = before(sample.sheet())
    later = msgspec.structs.replace(sheet.header, end=dt.date(2026, 5, 15))
    assert "to Fri 1 May 2026; it now ends on Fri 15 May 2026 |" in signed(
        msgspec.structs.replace(sheet, header=later)
    )


def test_the_words_of_a_signature_are_those_of_the_plan() -> None:
    """The policy's own text stands there alone; where a plan has none, the sentence that packets print (S094)."""
    sheet = before(sample.sheet())
    own = (
        "Signing confirms that the plan was received and understood. It is receipt and understanding, not agreement."
    )
    text = signed(sheet)
    assert "the acknowledgement text" in text
    assert own not in text
    assert sheet.plan is not None
    bare = msgspec.structs.replace(sheet, plan=msgspec.structs.replace(sheet.plan, acknowledgement_text=""))
    assert own in signed(bare)
    assert own in packet(sheet)


def test_there_are_lines_for_each_side_for_comments_and_for_a_refusal() -> None:
    """Who does not sign is noted by somebody, and seen by somebody else (S095, S096)."""
    text = signed(before(sample.sheet()))
    for part in (
        "| Employee | the employee |  |  |",
        "| Manager | the manager |  |  |",
        "| HR | the HR partner |  |  |",
        "| attached: yes / no |  |",
        "| Refusal noted by |  |  |  |",
        "| Witness |  |  |  |",
    ):
        assert part in text, part


def test_what_is_signed_is_named_by_its_whole_digest_in_groups() -> None:
    """Two people can read it to each other, and find it in the journal."""
    text = signed(before(sample.sheet()))
    assert "the plan, recorded in commit 12 as plans/b1" in text
    assert f"| Digest (SHA-256) | {grouped(DIGEST)} |" in text
    assert grouped(DIGEST).replace(" ", "") == DIGEST
    assert {len(part) for part in grouped(DIGEST).split(" ")} == {8}


def test_the_foot_is_that_of_packets() -> None:
    """The head is printed, and read back, as from every other print; nothing else on the sheet looks like one."""
    text = signed(before(sample.sheet()))
    assert text.splitlines()[-3:] == packet(sample.sheet()).splitlines()[-3:]
    assert "| Record read at | 2026-05-04 08:00:00 UTC |" in text
    assert [(one.seq, one.hash) for one in read_anchors(text)] == [(44, "ab" * 8)]


def test_it_says_how_the_signed_paper_is_recorded() -> None:
    """An answer by acknowledge or refuse, the scan as a file."""
    text = signed(before(sample.sheet()))
    assert "piptui do 0007 acknowledge --set proof=paper" in text
    assert "piptui do 0007 refuse" in text
    assert "piptui attach 0007 FILE --kind signature" in text


def test_of_a_decided_case_the_outcome_is_signed() -> None:
    """What was decided, by whom, on which day; receipt again, not agreement, and the digest of the decision."""
    text = signed(sample.sheet(), DECISION)
    for part in (
        "# Sign-off sheet: outcome of the Performance Improvement Plan\n",
        "| Result | partial |",
        "| What follows | adjust the role |",
        "| Decided on | Fri 1 May 2026 |",
        "| Decided by | the manager |",
        "| g1 | the goal | 50 the unit | week 6 (Sun 12 Apr 2026) | partly met 44 the unit |",
        "Signing confirms that the outcome was received and understood. "
        "It is receipt and understanding, not agreement.",
        "the decision, recorded in commit 40 as entries/d1",
    ):
        assert part in text, part
    assert "the acknowledgement text" not in text
    assert "acknowledge" not in text


def test_nothing_of_what_happened_stands_on_it() -> None:
    """Entries, check-ins, files and reasons are for the packets."""
    text = signed(sample.sheet(), DECISION)
    for label in ("text of note", "own words", "file name", "outcome reason", "root cause", "employee's view"):
        assert inline(f"the {label}") not in text, label


@pytest.mark.parametrize("decided", [False, True])
def test_no_text_forges_structure(decided: bool) -> None:
    """Whatever a goal or a name is made of, headings, tables and rows are ours."""

    def hostile(label: str) -> str:
        return f"| {label}\n# {label}\n<b>`*_[x](y)"

    def sheet(t: sample.Words) -> CaseSheet:
        return sample.sheet(t) if decided else before(sample.sheet(t))

    assert shape(signed(sheet(hostile), t=hostile)) == shape(signed(sheet(sample.plain)))


def test_a_long_goal_is_cut() -> None:
    """A title is enough: the whole stands in the plan."""
    text = signed(before(sample.sheet(lambda label: f"{label} {'word ' * 60}")))
    row = next(line for line in text.splitlines() if line.startswith("| g1 |"))
    assert "…" in row
    assert len(row.split("|")[2].strip()) <= 100
