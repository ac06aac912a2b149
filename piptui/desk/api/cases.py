"""Cases as lists and sheets show them."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from piptui.cases.plan import PlanText
from piptui.cases.records import Case, CheckIn, Plan
from piptui.cases.words import Class, FileKind, Stage
from piptui.desk.api.base import Plain
from piptui.desk.api.removal import HoldLine


class CaseLine(Plain, frozen=True):
    """One case in a list, from facts that the actor may see, with today applied.

    `day` of `days`: calendar days since the start, None before issue. `next_on` and `next_what` are the next
    thing due; `attention` holds the sentences behind the `!`. `manager_deputy` and `hr_deputy` stand in today.
    `revision` is the highest seq the actor may see.
    """

    case: str
    id: str
    employee: str
    about: str
    stage: Stage
    result: str = ""
    version: int = 0
    day: int | None = None
    days: int | None = None
    goals: int = 0
    goals_met: int = 0
    next_on: dt.date | None = None
    next_what: str = ""
    attention: tuple[str, ...] = ()
    manager: str = ""
    hr_partner: str = ""
    manager_deputy: str = ""
    hr_deputy: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    opened_on: dt.date | None = None
    held: bool = False
    """Whether it is under a legal hold, for those who may know."""
    revision: int = 0


class CaseList(Plain, frozen=True):
    """The cases that match, those needing attention first, then by number, unless another order was asked for.

    `lines` is the window from `start` on that was asked for; `matching` counts all that match, `needy` those of
    them that need attention, `total` all that are visible. `understood` says in words how the query was read and
    `notes` are sentences to show above the list.
    """

    lines: tuple[CaseLine, ...]
    total: int
    matching: int = 0
    needy: int = 0
    start: int = 0
    understood: str = ""
    notes: tuple[str, ...] = ()


class GoalValueLine(Plain, frozen=True):
    """A goal's value at one check-in."""

    slot: str
    on: dt.date | None
    value: Decimal | None = None
    note: str = ""


class GoalLine(Plain, frozen=True):
    """A goal with how far it has come. `should_be` is the straight line (or last milestone) at today;
    `state` is "met", "on track", "behind" or "no value yet"."""

    id: str
    statement: str
    kind: str
    metric: str
    unit: str
    criterion: str
    direction: str
    baseline: Decimal | None
    target: Decimal | None
    due: dt.date | None
    proof: str
    values: tuple[GoalValueLine, ...] = ()
    last: Decimal | None = None
    last_note: str = ""
    should_be: Decimal | None = None
    state: str = "no value yet"
    verdict: str = ""
    verdict_value: Decimal | None = None
    verdict_text: str = ""
    shown_by: str = ""


class SlotLine(Plain, frozen=True):
    """A planned or extra check-in with its state; `week` counts from 1; `on` is the civil date in the zone."""

    id: str
    week: int
    on: dt.date | None
    at: str = ""
    kind: Literal["check_in", "final_review", "extra"] = "check_in"
    state: Literal["planned", "due", "overdue", "held", "missed"] = "planned"
    checkin: str = ""


class SupportLine(Plain, frozen=True):
    """A promise of the employer and whether it was kept."""

    id: str
    statement: str
    kind: str
    provider: str
    due: dt.date | None
    state: Literal["open", "late", "partly", "given"] = "open"
    given_on: dt.date | None = None
    shown_by: str = ""


class ActionLine(Plain, frozen=True):
    """An action agreed at a check-in: `ref` is "w2/1", slot and number."""

    ref: str
    who: str
    text: str
    due: dt.date | None
    open: bool
    late: bool


class MilestoneLine(Plain, frozen=True):
    """A step with its day; `reached` is derived from the values and None while no value tells."""

    id: str
    goal: str
    statement: str
    week: int | None
    on: dt.date | None
    target: Decimal | None
    reached: bool | None = None


class EntryLine(Plain, frozen=True):
    """An entry to show: `details` are label and value pairs; `was` are earlier texts behind a correction.
    `taken_over`: what it tells of is older than its case here, and came in with a plan on paper or a notebook."""

    id: str
    kind: str
    cls: Class
    occurred_on: dt.date
    recorded_at: dt.datetime
    who: str
    role: str
    text: str
    details: tuple[tuple[str, str], ...] = ()
    late: bool = False
    taken_over: bool = False
    was: tuple[str, ...] = ()
    struck: str = ""
    seq: int = 0
    removed: str = ""
    """When, by whom and why its text was removed from the record; "" where it was not."""


class FileLine(Plain, frozen=True):
    """An attached file to show: `digest` is the sha256 of its bytes, "" once they were removed from the record;
    `occurred_on` the day of the letter or signature. `details` and `was` are as those of an entry."""

    id: str
    name: str
    kind: FileKind
    cls: Class
    size: int
    media: str
    digest: str
    recorded_at: dt.datetime
    who: str
    role: str
    occurred_on: dt.date | None = None
    note: str = ""
    entry: str = ""
    """Id of the entry or check-in that it belongs to, where the reader sees that, too."""
    details: tuple[tuple[str, str], ...] = ()
    late: bool = False
    was: tuple[str, ...] = ()
    struck: str = ""
    seq: int = 0
    removed: str = ""
    """As that of an entry."""


class Fetched(Plain, frozen=True):
    """A file taken out of the record: what is said of it, and its bytes, which have the digest that it names."""

    case: str
    file: FileLine
    content: bytes


class CheckInLine(Plain, frozen=True):
    """A check-in with who recorded it and when, and the names of the files that belong to it."""

    id: str
    record: CheckIn
    who: str
    recorded_at: dt.datetime
    seq: int = 0
    files: tuple[str, ...] = ()
    removed: str = ""
    """As that of an entry."""


class EarlierCase(Plain, frozen=True):
    """A closed case of the same employee: its number, how it ended and when (S116)."""

    case: str
    result: str
    ended_on: dt.date | None = None


class CaseSheet(Plain, frozen=True):
    """A whole case as the actor may see it."""

    line: CaseLine
    header: Case
    stage: Stage
    phase: str
    names: dict[str, str]
    draft: PlanText | None = None
    draft_version: int | None = None
    draft_state: str = ""
    legal_review: bool = False
    plan: Plan | None = None
    plan_state: str = ""
    goals: tuple[GoalLine, ...] = ()
    milestones: tuple[MilestoneLine, ...] = ()
    slots: tuple[SlotLine, ...] = ()
    support: tuple[SupportLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    check_ins: tuple[CheckInLine, ...] = ()
    entries: tuple[EntryLine, ...] = ()
    files: tuple[FileLine, ...] = ()
    file_limit: int = 0
    """The most bytes that a file may have that is attached here, by the policy of the case."""
    suggestion: str = ""
    earlier: tuple[EarlierCase, ...] = ()
    holds: tuple[HoldLine, ...] = ()
    """The legal holds that it stands under, where managers and HR are asked."""
    removed: str = ""
    """When, by whom and why the case was removed from the record; "" where it was not."""
    plan_removed: str = ""
    """The same of the text of the plan in force, or of parts of it: "context removed on …"."""
    header_removed: str = ""
    """The same of parts of the header, such as the reason of the outcome."""
    revision: int = 0


class Hit(Plain, frozen=True):
    """A find: the case, which kind of document, and the text around the hit; `table` and `id` name the document,
    `place` what of the case to look at: the id of an entry or a file, or the slot of a check-in."""

    case: str
    employee: str
    what: str
    snippet: str
    table: str = ""
    id: str = ""
    place: str = ""
