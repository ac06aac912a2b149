"""The documents of a case, but for its entries: header, draft, issued plan, check-ins (design: the record).

The document is the unit of visibility, of conflict and of redaction. Each has a schema number, the case it is
`of`, and one class that never changes. Stored records hold no null: an absent value is an absent field.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from piptui.cases.plan import PlanText, Record
from piptui.cases.words import Class, FileKind, MissCause, NextAction, Proof, Result, Role, WithdrawReason


class Ref(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Exactly which text was meant: table, id, the seq it was read at, and the payload hash of that commit."""

    table: str
    id: str
    seq: int
    digest: str


class Removal(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The text was taken out of the record for good: when (UTC), by whom, why, and under which rule of a policy pack,
    "" for none; `fields` where only these parts went. It stays for ever, so nothing of a person's own is in it."""

    at: dt.datetime
    by: str
    reason: str
    rule: str = ""
    fields: tuple[str, ...] | None = None


class Document(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every document begins with."""

    schema: int = 1
    of: str = ""
    cls: Class = msgspec.field(name="class", default="shared")
    removed: Removal | None = None
    """What it said was removed; what is left says that, and what the rest of the case rests on."""
    removed_parts: tuple[Removal, ...] | None = None
    """Parts of what it said were removed, one removal each: a blank there does not mean that nothing was said."""


class Redaction(Document, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That something was removed: of which case or person (`of`, an opaque id), what, how much, by whom and why. It
    has the class of what was removed."""

    what: Literal["document", "case", "person", "working_papers"]
    number: str = ""
    """Of the case, where it is one."""
    at: dt.datetime
    by: str
    role: Role
    reason: str
    rule: str = ""
    texts: int
    """Texts of the record that were overwritten, earlier versions counted."""
    files: int = 0


class Party(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody's part in the case, as a dated interval: managers change while a plan runs. `name` is the name
    to display as it was when the party was named; a later import changes no open case. `deputy_for` is the person
    id of whom a deputy stands in for; "" for who holds the part for good."""

    role: Role
    person: str
    name: str
    since: dt.date
    until: dt.date | None = None
    deputy_for: str = ""


class Outcome(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was decided at the end, by whom and why (S110-S113, S11C). A named person decides, never the tool."""

    result: Result
    next_action: NextAction
    decided_on: dt.date
    decider: str
    reason: str
    entry: str = ""
    """Id of the decision that it rests on; a correction of that entry, and of no other, corrects it."""


class Ending(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An end without a verdict: a withdrawn plan (S11D) or a case discarded because it was opened in error."""

    on: dt.date
    reason: str
    cause: WithdrawReason = "other"
    entry: str = ""
    """Id of the entry that it rests on, where there is one."""


class Pause(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An interval in which the clock stands still; dates only, its kind is an entry of its own class."""

    id: str
    since: dt.date
    until: dt.date | None = None


class Extension(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A later end, decided once: what the end was and what it became."""

    id: str
    old_end: dt.date
    new_end: dt.date


class Case(Document, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The header: parties and the dates in force. `of` is the employee's person id. It is shared with the
    employee from the day of issue on; before that the case does not exist for the employee."""

    number: str
    opened_on: dt.date
    parties: tuple[Party, ...]
    zone: str
    language: str = "en"
    policy: str = ""
    template: str = ""
    version: int = 0
    plan: str | None = None
    delivered_on: dt.date | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    review_opened_on: dt.date | None = None
    outcome: Outcome | None = None
    withdrawn: Ending | None = None
    discarded: Ending | None = None


class Draft(Document, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Plan text until issue. Class manager and HR: a working paper, which the policy may erase at issue."""

    version: int
    based_on: int = 0
    legal_review: bool = False
    """Whether legal has to approve (S005): it stands here and not in the shared header, and changing it voids
    approvals as any edit does."""
    text: PlanText = PlanText()


class PrintedHeader(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Person and role as printed on the plan, copied at issue (S002, S003)."""

    name: str
    number: str = ""
    title: str = ""
    department: str = ""
    location: str = ""
    hired_on: dt.date | None = None
    manager: str = ""
    manager_title: str = ""
    second_manager: str = ""
    second_manager_title: str = ""
    hr_partner: str = ""
    legal_reviewer: str = ""


class Slot(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A planned meeting: w3 is the check-in of the third week. A check-in document exists only once it was held
    or missed. `at` is HH:MM in the schedule's zone."""

    id: str
    on: dt.date
    at: str = ""
    kind: Literal["check_in", "final_review"] = "check_in"


class Plan(Document, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An issued version: written once by `issue`, whole, with every rule resolved to a date. Never changed."""

    version: int
    text: PlanText
    header: PrintedHeader
    delivered_on: dt.date
    start: dt.date
    end: dt.date
    slots: tuple[Slot, ...] = ()
    language: str = "en"
    zone: str = ""
    policy: str = ""
    template: str = ""
    acknowledgement_text: str = ""
    draft: Ref | None = None
    """The approved text that this plan was made from; every rule in it was resolved to a day, nothing else."""
    taken_over_on: dt.date | None = None
    """The day on which this plan, which already ran on paper, was taken over; `source` says where the paper is."""
    source: str = ""


class Correction(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A corrected text: what it said before stays behind it, with who, when and why."""

    field: str
    was: str
    at: dt.datetime
    by: str
    reason: str


class Strike(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Crossed out, in the open: the text stays readable."""

    at: dt.datetime
    by: str
    reason: str


class Hold(Document, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A legal hold on the case or the person `of`: nothing of it may be removed, anything may be added. `since` is
    the civil date of the case, `text` why, `custodian` who answers for it. Holds of one `matter` were put on
    together; `comparator`: this case is kept for a matter that is another's, and so does not say which."""

    matter: str
    custodian: str
    text: str
    since: dt.date
    by: str
    role: Role
    comparator: bool = False
    lifted: Strike | None = None


class ActionItem(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something agreed at a check-in: who does what by when (S106). Closed by the later check-in that names it."""

    who: Annotated[str, Meta(description="who does it")] = ""
    text: Annotated[str, Meta(description="what is to be done")] = ""
    due: Annotated[dt.date | None, Meta(description="by when")] = None


class GoalValue(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a goal stood at a check-in: a number, or words for a qualitative goal, or both (S105, S10E)."""

    value: Annotated[Decimal | None, Meta(description="the number, in the goal's unit")] = None
    note: Annotated[str, Meta(description="in words")] = ""


class CheckIn(Document, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A check-in that was held, or one that was missed (S100-S10A), under plan version `version`. `planned` is
    the date of the slot at the time,
    `occurred_on` when it happened; when it was recorded is the store's stamp. `done` names actions of earlier
    check-ins that are closed now, as "w2/1": slot and number. `taken_over`: it is older than the case here, and came
    in with a plan on paper."""

    version: int
    slot: str
    held: bool
    by: str
    role: Role
    planned: dt.date | None = None
    occurred_on: dt.date | None = None
    attendees: tuple[str, ...] = ()
    values: dict[str, GoalValue] = {}
    helped: str = ""
    hindered: str = ""
    asked_for: str = ""
    own_words: str = ""
    recognised: str = ""
    adjustment: str = ""
    decisions: str = ""
    note: str = ""
    actions: dict[str, ActionItem] = {}
    done: tuple[str, ...] = ()
    cause: MissCause | None = None
    late: bool = False
    taken_over: bool = False
    on_behalf: str | None = None
    proof: Proof | None = None
    corrections: tuple[Correction, ...] = ()
    struck: Strike | None = None


class FileRecord(Document, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that was attached: a scan, a letter. Its bytes lie beside the record under this document's id, never
    changed; `digest` is their sha256 (64 hex digits, "" once they were removed from the record), `size` their number.
    `media` is what the name suggests. `occurred_on` is the day of the letter or the signature, a civil date in the
    case's zone; when it was attached is the store's stamp. `entry` is the id of the entry or check-in that it
    belongs to. `late`: evidence that came in after the final review had opened."""

    name: str
    size: int
    digest: str
    by: str
    role: Role
    media: str = ""
    kind: FileKind = "other"
    occurred_on: dt.date | None = None
    entry: str = ""
    note: str = ""
    late: bool = False
    on_behalf: str | None = None
    proof: Proof | None = None
    corrections: tuple[Correction, ...] = ()
    struck: Strike | None = None
