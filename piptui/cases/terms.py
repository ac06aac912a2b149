"""What a policy pack says, as values. The engine holds no number and no text of this kind itself."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from piptui.cases.plan import Record
from piptui.cases.words import Anchor, Cadence, Category, Role


class PeriodTerms(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lengths in calendar days (S060, S062): the usual ones, and the one suggested for each category."""

    usual_days: tuple[int, ...]
    suggested: dict[Category, int]


class CheckInTerms(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Check-ins (S100, S102): cadence, length in minutes and its usual bounds."""

    cadence: Cadence
    minutes: int
    shortest: int
    longest: int


class ApprovalTerms(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who has to approve before a plan is issued (S080), and who besides when legal review is required (S005)."""

    required: tuple[Role, ...]
    legal_review: tuple[Role, ...]
    second_person: bool
    """Whether an approver must be somebody else than who submitted the plan and who manages the employee. It is
    asked of team stores, where a login is a person; in a personal store one person keeps all sides' papers."""


class RecordTerms(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When an entry counts as late: hours between the end of the day it tells of and its recording; how many
    days before or after today a part in the case may pass on; and how many megabytes (of a million bytes) a file may
    have that is attached; 0 for none at all."""

    late_after_hours: int
    erase_working_papers: bool
    party_days: int = 92
    file_mb: Annotated[int, Meta(ge=0, le=100)] = 10

    @property
    def file_limit(self) -> int:
        """The most bytes that an attached file may have."""
        return self.file_mb * 1_000_000


class PlanTerms(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many gaps a plan usually names (S044), how old evidence may be (S041), and how far back the history of
    performance reaches (S042), both in days before today."""

    fewest_gaps: int
    most_gaps: int
    evidence_days: int
    history_days: int


class ReminderTerms(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """After how many days somebody is reminded: the manager of a plan that was given and has no answer yet, and of a
    draft that nobody has touched. A pack that says nothing of it means these."""

    answer_days: int = 5
    idle_days: int = 14


Ending = Literal["successful", "partial", "unsuccessful", "withdrawn", "discarded"]
"""How a case can have ended."""

Retained = Literal["case", "working_papers", "medical", "files"]
"""What a rule of retention speaks of: the whole case, its drafts, its medical documents, its attached files."""


class KeepRule(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long something is kept: `period` in `unit`; after its last day it may be removed."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    period: Annotated[int, Meta(ge=1, le=1200)]
    unit: Literal["days", "months", "years"]
    source: str = ""
    """Where the period comes from, in words."""


class RetentionRule(KeepRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long something of an ended case is kept (S117), counted from the day `anchor`. `results` are the endings
    that the rule is for. With the anchor "left" a case is kept as long as the employee has not left by the
    directory."""

    results: Annotated[tuple[Ending, ...], Meta(min_length=1)]
    what: Retained = "case"
    anchor: Anchor = "closed"


class TextTerms(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Texts that go into every plan unless they are changed in the draft (S05A, S05B, S059, S094)."""

    statement: str
    consequences: str
    acknowledgement: str
    closure: str
    """What a successful end is confirmed with (S111)."""


class Policy(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A policy pack. `label` says what it is worth: shipped packs are examples. `digest` names the exact text."""

    name: str
    edition: str
    label: str
    period: PeriodTerms
    check_ins: CheckInTerms
    approvals: ApprovalTerms
    records: RecordTerms
    plan: PlanTerms
    texts: TextTerms
    reminders: ReminderTerms = ReminderTerms()
    retention: tuple[RetentionRule, ...] = ()
    notebook: KeepRule | None = None
    """How long a note of the notebook is kept that nobody brought into a case, counted from the day on which it was
    last written to; None: the pack does not say, and nothing is proposed."""
    digest: str = ""

    def needed(self, *, legal_review: bool) -> tuple[Role, ...]:
        """The roles whose approval a version needs."""
        more = self.approvals.legal_review if legal_review else ()
        return (*self.approvals.required, *(role for role in more if role not in self.approvals.required))


def with_digest(policy: Policy, digest: str) -> Policy:
    """The same pack, naming the digest of the text it was read from."""
    return msgspec.structs.replace(policy, digest=digest)
