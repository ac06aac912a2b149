"""Entries: one document for each thing that happened and has no document of its own.

A tagged union on `kind`; kinds are part of the file format. Every entry can be corrected and struck, in the
open, in every stage.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from piptui.cases.plan import Record, about
from piptui.cases.records import Correction, Document, Ref, Strike
from piptui.cases.words import Proof, Role, Source, Verdict


class EntryBase(Document, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all entries share. `occurred_on` is when it happened (civil date in the case's zone); when it was
    recorded is the store's stamp; `late` is set at commit from the policy. `taken_over`: it is older than
    the case here, and came in with a plan on paper or a notebook. `by` is a person id. `noted_as` is the id of
    the note of the notebook that it was brought in from, `noted_at` (UTC) when that note was written."""

    occurred_on: dt.date
    by: str
    role: Role
    text: str = ""
    late: bool = False
    taken_over: bool = False
    noted_as: str = ""
    noted_at: dt.datetime | None = None
    on_behalf: str | None = None
    proof: Proof | None = None
    corrections: tuple[Correction, ...] = ()
    struck: Strike | None = None


class Note(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="note"):
    """Anything worth keeping."""


class Conversation(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="conversation"):
    """A feedback talk, before the plan or beside it."""


class Feedback(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="feedback"):
    """Recognition or criticism given at once."""


class Comment(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="comment"):
    """The employee's own words on the plan, kept verbatim."""


class Rebuttal(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="rebuttal"):
    """A statement of disagreement, kept verbatim; it is no input to the outcome."""


class SelfAssessment(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="self_assessment"):
    """The employee's own view of the progress."""


class PeerInput(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="peer_input"):
    """What colleagues or customers said when asked."""


class Request(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="request"):
    """Something asked for: a copy, a resource, an accommodation."""


class EvidenceEntry(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="evidence"):
    """A dated, sourced fact recorded while the case runs (S040)."""

    source: Source = "other"
    reference: str = ""
    goal: str = ""
    unit: str = ""
    value: Decimal | None = None
    expected: Decimal | None = None


class Submission(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="submission"):
    """The draft was submitted for review, as it stood at `ref`, with the header as it stood at `header`."""

    ref: Ref
    header: Ref
    version: int


class Return(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="return"):
    """The reviewer sent the draft back with comments, which stay (S085)."""

    ref: Ref
    header: Ref
    version: int


class Approval(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="approval"):
    """One approval of exactly the draft at `ref` and the header at `header`, given to the submission `round`
    (S005, S080). Any later edit of either, and any return, voids it."""

    ref: Ref
    header: Ref
    version: int
    round: str


class Override(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A warning of the gate that somebody passed on purpose, word for word, with the reason."""

    check: str
    finding: str
    reason: str = ""


class Findings(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="findings"):
    """What the gate found and what was overridden. Class manager and HR; never in the employee's packet."""

    act: str
    findings: tuple[Override, ...] = ()


class Launch(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="launch"):
    """The meeting in which the plan was given (S090, S093, S099)."""

    version: int
    place: str = ""
    attendees: tuple[str, ...] = ()
    copy_given_on: dt.date | None = None
    copy_given_how: str = ""
    consequences_explained: bool = False


class Acknowledgement(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="acknowledgement"):
    """The employee confirmed receipt and understanding, not agreement (S094). `text` is the employee's comment.
    One that was taken over with a plan from paper names the plan without a digest: what was signed is the paper,
    and `seen_by` saw it."""

    ref: Ref
    version: int
    seen_by: str = ""


class Refusal(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="refusal"):
    """The employee did not sign; who noted it, and who saw it (S095). The plan proceeds."""

    ref: Ref
    version: int
    witness: str = ""


class Delivery(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="delivery"):
    """Promised support was given, wholly or in part, under plan version `version` (S079)."""

    version: int
    support: str
    complete: bool = True
    shown_by: str = ""


class ReviewOpened(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="review_opened"):
    """The final review of plan version `version` began."""

    version: int


class Assessment(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="assessment"):
    """A verdict on one goal of plan version `version`, with the value reached and what shows it (S110). The last
    one not struck counts. Class manager and HR: the employee reads the verdicts in the decision."""

    version: int
    goal: str
    verdict: Verdict
    value: Decimal | None = None
    shown_by: str = ""


class GoalVerdict(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The verdict on one goal: met, partly, not_met or not_assessed, with value and what shows it."""

    verdict: Annotated[Verdict, about("met, partly met, not met or not assessed")]
    value: Annotated[Decimal | None, about("the value reached")] = None
    shown_by: Annotated[str, about("what shows it")] = ""
    text: Annotated[str, about("in words")] = ""


class Decision(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="decision"):
    """The outcome of the plan at `ref` as it was decided: the reason is `text`, `verdicts` are those that counted;
    promises not kept are explained in `support_reason`, check-ins without a record in `check_in_reason`."""

    ref: Ref
    version: int
    result: str
    next_action: str
    decider: str
    verdicts: dict[str, GoalVerdict] = {}
    support_reason: str = ""
    check_in_reason: str = ""


class Handover(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="handover"):
    """A part in the case passed on for good, or was lent until a day; the reason is `text`. Class manager and HR:
    the header, which the employee reads, holds the names and days alone."""

    part: Role
    name: str
    since: dt.date
    until: dt.date | None = None
    instead_of: str = ""
    stands_in_for: str = ""


class Withdrawal(EntryBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="withdrawal"):
    """The case ended without a verdict."""

    cause: str = "other"


Entry = (
    Note
    | Conversation
    | Feedback
    | Comment
    | Rebuttal
    | SelfAssessment
    | PeerInput
    | Request
    | EvidenceEntry
    | Submission
    | Return
    | Approval
    | Findings
    | Launch
    | Acknowledgement
    | Refusal
    | Delivery
    | ReviewOpened
    | Assessment
    | Decision
    | Handover
    | Withdrawal
)

NOTES: dict[str, type[EntryBase]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (
        Note,
        EvidenceEntry,
        Conversation,
        Feedback,
        Comment,
        Rebuttal,
        SelfAssessment,
        PeerInput,
        Request,
    )
}
"""Kinds that the act `note` can write."""


def kind_of(entry: EntryBase) -> str:
    """The stored kind of an entry."""
    return str(entry.__struct_config__.tag)
