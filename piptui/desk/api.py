"""What the desk offers, as plain data: screens and the command line know this module and no store.

Everything here can be encoded to JSON and decoded again; the test suite runs the desk once more behind such a
loopback, so that a desk in another process needs no other interface.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, Protocol

import msgspec

from piptui.cases.plan import PlanText
from piptui.cases.records import Case, CheckIn, Plan
from piptui.cases.words import Class, Proof, Role, Stage
from piptui.checks.base import Finding


class Plain(msgspec.Struct, frozen=True, kw_only=True):
    """A value that crosses the door."""


class Actor(msgspec.Struct, frozen=True):
    """Who acts: the login, the chosen role (None: the party's own role, or all in a personal store), for whom
    somebody else's act is typed in, and with what proof."""

    login: str
    role: Role | None = None
    on_behalf: str | None = None
    proof: Proof | None = None


class Me(Plain, frozen=True):
    """The actor as the store knows them. `notice` is a sentence to show once, such as why it is read-only."""

    person: str
    name: str
    login: str
    role: Role | None
    store: str
    kind: Literal["personal", "team"]
    zone: str
    today: dt.date
    notice: str = ""


class CaseLine(Plain, frozen=True):
    """One case in a list, from facts that the actor may see, with today applied.

    `day` of `days`: calendar days since the start, None before issue. `next_on` and `next_what` are the next
    thing due; `attention` holds the sentences behind the `!`. `revision` is the highest seq the actor may see.
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
    start: dt.date | None = None
    end: dt.date | None = None
    opened_on: dt.date | None = None
    revision: int = 0


class CaseList(Plain, frozen=True):
    """The cases that match, those needing attention first, then by number; `total` counts all visible ones,
    `notes` are sentences to show above the list."""

    lines: tuple[CaseLine, ...]
    total: int
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
    """An entry to show: `details` are label and value pairs; `was` are earlier texts behind a correction."""

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
    was: tuple[str, ...] = ()
    struck: str = ""
    seq: int = 0


class CheckInLine(Plain, frozen=True):
    """A check-in with who recorded it and when."""

    id: str
    record: CheckIn
    who: str
    recorded_at: dt.datetime
    seq: int = 0


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
    suggestion: str = ""
    revision: int = 0


class InputLine(Plain, frozen=True):
    """One input of an act: `type` is text, long text, date, time, number, whole number, yes/no, choice, list,
    table or item; `choices` are keys of the vocabulary; `default` is what is used when it is left out. `parts`
    are the fields of what a list, table or item holds; `of` names the collection where they differ by it."""

    name: str
    type: str
    required: bool
    about: str
    choices: tuple[str, ...] = ()
    default: str = ""
    parts: "tuple[InputLine, ...]" = ()
    of: str = ""


class ActLine(Plain, frozen=True):
    """An act, and for a given case whether it is possible now; if not, `reason` says why in one sentence."""

    act: str
    title: str
    when: tuple[Stage, ...]
    roles: tuple[Role, ...]
    inputs: tuple[InputLine, ...]
    possible: bool = True
    reason: str = ""


class Preview(Plain, frozen=True):
    """What an act would do: its sentences, the gate's findings, and who will be able to read what it writes."""

    sentences: tuple[str, ...]
    findings: tuple[Finding, ...]
    readers: str


class Done(Plain, frozen=True):
    """An act that is in the record. `revision` is the case's new revision as the actor may see it; `item` the
    short id of a new plan item or the id of a new entry."""

    case: str
    act: str
    seq: int
    revision: int
    sentence: str
    item: str = ""
    findings: tuple[Finding, ...] = ()


class HistoryLine(Plain, frozen=True):
    """One line of a case's history; the sentence is the one stored at commit and never changes."""

    seq: int
    at: dt.datetime
    who: str
    role: str
    act: str
    sentence: str
    reason: str = ""
    table: str = ""
    id: str = ""


class PersonLine(Plain, frozen=True):
    """A person of the directory; `open_case` is the number of an open case that the actor may see."""

    id: str
    name: str
    number: str
    email: str
    title: str
    department: str
    manager: str
    left_on: dt.date | None = None
    open_case: str = ""


class RefusedRow(Plain, frozen=True):
    """A row of an import that was not taken: physical line and reason."""

    line: int
    why: str


class ImportReport(Plain, frozen=True):
    """What an import did, or would do (`dry_run`)."""

    added: int
    updated: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
    columns: dict[str, str]
    unused: tuple[str, ...]
    key: str
    notes: tuple[str, ...]
    dry_run: bool = False


class DueLine(Plain, frozen=True):
    """Something due or overdue: `overdue` in days (0: today or later)."""

    case: str
    employee: str
    on: dt.date | None
    what: str
    detail: str
    overdue: int
    who: str = ""


class Hit(Plain, frozen=True):
    """A find: the case, which kind of document, and the text around the hit."""

    case: str
    employee: str
    what: str
    snippet: str


class Problem(Plain, frozen=True):
    """Something `verify` found: where and what it means."""

    seq: int
    place: str
    what: str


class VerifyReport(Plain, frozen=True):
    """The state of the record. `head` is what a witness would note: seq and hash."""

    ok: bool
    commits: int
    head_seq: int
    head_hash: str
    problems: tuple[Problem, ...] = ()
    raw: tuple[int, ...] = ()
    redactions: int = 0
    notices: tuple[str, ...] = ()


def report_of(found: Any, *notices: str) -> VerifyReport:
    """The report of a store, as plain data; one that came with `Corrupt`, too."""
    torn = [f"set aside: {name}" for name in found.torn]
    return VerifyReport(
        ok=found.ok,
        commits=found.commits,
        head_seq=found.head_seq,
        head_hash=found.head_hash,
        problems=tuple(
            Problem(seq=one.seq, place=f"segment {one.segment}, line {one.line}", what=one.what)
            for one in found.problems
        ),
        raw=tuple(found.raw),
        redactions=found.redactions,
        notices=tuple(part for part in (*notices, *torn) if part),
    )


class Packet(Plain, frozen=True):
    """A printed document: Markdown text and a file name that holds no personal data."""

    case: str
    audience: str
    name: str
    text: str


class Version(Plain, frozen=True):
    """An issued version of a plan, or the draft as it stood at a commit."""

    plan: Plan | None = None
    draft: PlanText | None = None
    seq: int = 0
    digest: str = ""


class Desk(Protocol):
    """One door to the record for one actor.

    All methods raise errors of `piptui.errors`: NotFound for what does not exist or is hidden, Denied where the
    role may not, Refused where a rule says no (its `reasons` list each), BadInput for what cannot be read,
    Conflict where somebody else changed it, Busy, Full, Corrupt from the store.
    """

    def me(self) -> Me:
        """Who is at the desk, in which store, and what day it is."""
        ...

    def list(self, query: str = "") -> CaseList:
        """The cases that match words, `stage:`, `manager:`, `hr:` and `case:`; all terms must match."""
        ...

    def view(self, case: str) -> CaseSheet:
        """One case, by number (7, 0007) or id."""
        ...

    def find(self, text: str) -> tuple[Hit, ...]:
        """Text anywhere in the cases, on current documents the actor may see."""
        ...

    def acts(self, case: str | None = None) -> tuple[ActLine, ...]:
        """All acts; with a case, whether each is possible now and if not why."""
        ...

    def preview(self, act: str, case: str, data: Mapping[str, Any], *, expect: int | None = None) -> Preview:
        """What an act would do, without doing it; `expect` as in `do`."""
        ...

    def do(
        self,
        act: str,
        case: str,
        data: Mapping[str, Any],
        *,
        expect: int | None = None,
        token: str | None = None,
    ) -> Done:
        """Do an act. `data` are its inputs as plain data; dates and numbers may be as typed. `expect` is the
        revision at which the case was read: a Conflict is raised only if what this act touches has changed
        since. A repeated `token` makes a repeated save one save."""
        ...

    def new(self, data: Mapping[str, Any], *, token: str | None = None) -> Done:
        """Open a case: `employee` (id, number, e-mail or name), and if wanted `manager`, `second_manager`,
        `hr_partner`, `legal_reviewer`, `category`, `days`, `zone`, `language`, `legal_review`."""
        ...

    def new_inputs(self) -> tuple[InputLine, ...]:
        """The inputs of `new`, for forms and help."""
        ...

    def history(self, case: str) -> tuple[HistoryLine, ...]:
        """Everything that happened to a case, oldest first, as far as the actor may see."""
        ...

    def version(self, case: str, number: int = 0, *, at: int | None = None) -> Version:
        """An issued plan version; or with `at`, the draft as it stood at that commit, such as the one that an
        approval names, with the hash that the approval names, too. Raises NotFound."""
        ...

    def lookup(self, text: str = "") -> tuple[PersonLine, ...]:
        """People whose name, number, e-mail, login, title or department match all words."""
        ...

    def import_people(
        self,
        path: str,
        *,
        mapping: Mapping[str, str] | None = None,
        key: str | None = None,
        order: Literal["mdy", "dmy"] | None = None,
        dry_run: bool = False,
    ) -> ImportReport:
        """People from an HR export, good rows as one commit; never deletes."""
        ...

    def due(self, days: int = 7, who: str = "") -> tuple[DueLine, ...]:
        """What is overdue or due within `days`, by the case's own today; `who` limits to a person's cases."""
        ...

    def packet(self, case: str, audience: str) -> Packet:
        """The documents of a case for employee, manager, hr or counsel, as Markdown."""
        ...

    def verify(self) -> VerifyReport:
        """Check the whole record."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
