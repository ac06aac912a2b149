"""A case as it was read: all its documents with their revisions, and what follows from them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from piptui.cases.entries import (
    Acknowledgement,
    Approval,
    Assessment,
    Decision,
    Delivery,
    EntryBase,
    GoalVerdict,
    Refusal,
    Return,
    Submission,
)
from piptui.cases.parties import principal
from piptui.cases.plan import PlanText
from piptui.cases.records import Case, CheckIn, Document, Draft, FileRecord, Hold, Party, Plan, Ref
from piptui.cases.words import Class, Role

D = TypeVar("D", bound=Document, covariant=True)
E = TypeVar("E", bound=EntryBase)


@dataclass(frozen=True)
class Held(Generic[D]):
    """A document as it stands: its id, the seq that last changed it, that commit's payload hash, and when it was
    first recorded and last changed (UTC, stamped by the store)."""

    id: str
    record: D
    seq: int
    digest: str
    created_at: dt.datetime
    changed_at: dt.datetime

    def ref(self, table: str) -> Ref:
        """Exactly this text, to be named by an approval or an acknowledgement."""
        return Ref(table=table, id=self.id, seq=self.seq, digest=self.digest)


@dataclass(frozen=True)
class CaseFile:
    """Everything of one case that was read, check-ins, entries and files in the order in which they were recorded.
    `visible_to` keeps what a set of classes may see."""

    id: str
    case: Held[Case]
    draft: Held[Draft] | None = None
    plans: tuple[Held[Plan], ...] = ()
    check_ins: tuple[Held[CheckIn], ...] = ()
    entries: tuple[Held[EntryBase], ...] = field(default=())
    files: tuple[Held[FileRecord], ...] = ()
    holds: tuple[Held[Hold], ...] = ()

    @property
    def header(self) -> Case:
        """The case document."""
        return self.case.record

    @property
    def employee(self) -> str:
        """The employee's name as it is displayed in this case."""
        return next((party.name for party in self.header.parties if party.role == "employee"), "The employee")

    @property
    def plan(self) -> Held[Plan] | None:
        """The version in force, None before issue."""
        return next((held for held in self.plans if held.id == self.header.plan), None)

    @property
    def taken_over_on(self) -> dt.date | None:
        """The day on which a plan that ran on paper was taken over, None where none was."""
        return next((held.record.taken_over_on for held in self.plans if held.record.taken_over_on), None)

    @property
    def working(self) -> Held[Draft] | None:
        """The draft that is being worked on. One left behind by an interrupted issue is none any more."""
        if self.draft is None or self.draft.record.version <= self.header.version:
            return None
        return self.draft

    @property
    def text(self) -> PlanText | None:
        """The plan text in force, or the draft's before issue, if it is visible."""
        if self.plan is not None:
            return self.plan.record.text
        return self.working.record.text if self.working else None

    def documents(self) -> Iterator[tuple[str, Held[Document]]]:
        """Every document with its table."""
        yield "cases", self.case
        if self.draft is not None:
            yield "drafts", self.draft
        for table, group in (
            ("plans", self.plans),
            ("checkins", self.check_ins),
            ("entries", self.entries),
            ("files", self.files),
            ("holds", self.holds),
        ):
            for held in group:
                yield table, held

    @property
    def revision(self) -> int:
        """The highest seq among these documents."""
        return max(held.seq for _, held in self.documents())

    def visible_to(self, classes: frozenset[Class]) -> "CaseFile":
        """The same case with nothing in it that these classes do not include."""
        return replace(
            self,
            draft=self.draft if self.draft and self.draft.record.cls in classes else None,
            plans=_kept(self.plans, classes),
            check_ins=_kept(self.check_ins, classes),
            entries=_kept(self.entries, classes),
            files=_kept(self.files, classes),
            holds=_kept(self.holds, classes),
        )

    def of_kind(self, kind: type[E]) -> list[Held[E]]:
        """Entries of one kind that are not struck, in the order in which they were recorded."""
        found: list[Held[E]] = []
        for held in self.entries:
            if isinstance(held.record, kind) and held.record.struck is None:
                found.append(held)  # type: ignore[arg-type]  # isinstance narrows the record, not its holder
        return found

    def logged(self) -> dict[str, Held[CheckIn]]:
        """Check-ins of the version in force by slot, without struck ones."""
        return {
            held.record.slot: held
            for held in self.check_ins
            if held.record.struck is None and held.record.version == self.header.version
        }

    def submitted(self) -> bool:
        """Whether the draft lies with its reviewers: submitted, and not returned since."""
        rounds = self.rounds()
        return bool(rounds) and isinstance(rounds[-1].record, Submission)

    def rounds(self) -> list[Held[Submission | Return]]:
        """Submissions and returns of the working draft, in order."""
        if self.working is None:
            return []
        version = self.working.record.version
        found: list[Held[Submission | Return]] = []
        for held in self.entries:
            record = held.record
            if isinstance(record, Submission | Return) and record.struck is None and record.version == version:
                found.append(held)  # type: ignore[arg-type]  # isinstance narrows the record, not its holder
        return found

    def approved_by(self) -> frozenset[Role]:
        """The roles that approved exactly the draft and the header as they stand, in the round that is open; an
        edit of either, or a return, voids earlier approvals."""
        draft, rounds = self.working, self.rounds()
        if draft is None or not self.submitted():
            return frozenset()
        stands = (draft.ref("drafts"), self.case.ref("cases"), rounds[-1].id)
        return frozenset(
            held.record.role
            for held in self.of_kind(Approval)
            if (held.record.ref, held.record.header, held.record.round) == stands
        )

    def answered(self) -> Held[Acknowledgement | Refusal] | None:
        """The acknowledgement or the refusal of the version in force."""
        given: list[Held[Acknowledgement | Refusal]] = [*self.of_kind(Acknowledgement), *self.of_kind(Refusal)]
        return next((held for held in given if held.record.version == self.header.version), None)

    def assessments(self) -> dict[str, Held[Assessment]]:
        """The verdict that counts for each goal until the decision: the last one that is not struck."""
        version = self.header.version
        return {held.record.goal: held for held in self.of_kind(Assessment) if held.record.version == version}

    def verdicts(self) -> dict[str, GoalVerdict]:
        """The verdicts that count: those of the decision, else those given so far."""
        outcome = self.header.outcome
        for held in self.of_kind(Decision):
            if outcome is not None and held.id == outcome.entry:
                return held.record.verdicts
        return {
            goal: GoalVerdict(
                verdict=held.record.verdict,
                value=held.record.value,
                shown_by=held.record.shown_by,
                text=held.record.text,
            )
            for goal, held in self.assessments().items()
        }

    def deliveries(self) -> dict[str, list[Held[Delivery]]]:
        """What was given of each promised support."""
        found: dict[str, list[Held[Delivery]]] = {}
        for held in self.of_kind(Delivery):
            if held.record.version != self.header.version:
                continue
            found.setdefault(held.record.support, []).append(held)
        return found

    def party(self, role: Role, on: dt.date) -> Party | None:
        """Who holds a part on a day, deputies aside."""
        return principal(self.header.parties, role, on)

    def open_actions(self) -> dict[str, tuple[CheckIn, str]]:
        """Actions agreed so far and not named as done by a later check-in: "w2/1" -> its check-in and number."""
        held = [one.record for one in self.check_ins if one.record.struck is None and one.record.held]
        done = {ref for record in held for ref in record.done}
        return {
            f"{record.slot}/{number}": (record, number)
            for record in sorted(held, key=lambda one: (one.occurred_on or one.planned or dt.date.min, one.slot))
            for number in record.actions
            if f"{record.slot}/{number}" not in done
        }


def _kept(group: Iterable[Held[D]], classes: frozenset[Class]) -> tuple[Held[D], ...]:
    return tuple(held for held in group if held.record.cls in classes)
