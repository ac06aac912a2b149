"""The plan document: what is promised, measured and agreed (S050-S05C, S070-S079).

One `PlanText` serves the draft and the issued plan. Its items live in maps keyed by short ids (g1, m3) that
are never reused within a case, beside an `order`; so a commit names only what it changes, and two people can
edit two goals at once. Every field may be empty: completeness is the gate's business, never a type's.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Generic, TypeVar

import msgspec
from msgspec import Meta

from piptui.cases.words import Cadence, Category, Direction, GoalKind, Result, Source, SupportKind

WeekNumber = Annotated[int, Meta(ge=1, le=520)]
DayNumber = Annotated[int, Meta(ge=0, le=3650)]
Days = Annotated[int, Meta(ge=1, le=3650)]
Weekday = Annotated[int, Meta(ge=1, le=7)]
Minutes = Annotated[int, Meta(ge=1, le=480)]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stored value: frozen, and strict about fields it does not know."""


class When(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A due date as a rule and as a day. `week` and `day` count from the start of the period (the last day of
    the week; day 0 is the start); `on` is the civil date in the case's zone. In a draft a rule may stand alone;
    `issue` fills `on` from the day of delivery and keeps the rule beside it."""

    week: WeekNumber | None = None
    day: DayNumber | None = None
    on: dt.date | None = None


def about(text: str) -> Meta:
    """The sentence that help, forms and `piptui acts` show for a field."""
    return Meta(description=text)


class Standard(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An expectation of the role, with the policy, SLA or scorecard that states it (S051, S052)."""

    statement: Annotated[str, about("what the role requires, as measured")] = ""
    reference: Annotated[str, about("policy, SLA or scorecard that says so")] = ""
    edition: Annotated[str, about("its version or year")] = ""


class Gap(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An area for improvement: what was seen against what is expected (S047-S049, S053)."""

    statement: Annotated[str, about("what was observed, in facts and figures")] = ""
    standard: Annotated[str, about("the standard it falls short of, such as s1")] = ""
    impact: Annotated[str, about("what it means for the team or the customers")] = ""


class Evidence(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fact behind a gap (S040): a day or a period, its source, and the measured value beside the standard."""

    gap: Annotated[str, about("the gap it supports, such as a1")] = ""
    statement: Annotated[str, about("what happened or what was measured")] = ""
    on: Annotated[dt.date | None, about("the day, if it is one day")] = None
    since: Annotated[dt.date | None, about("first day of the period")] = None
    until: Annotated[dt.date | None, about("last day of the period")] = None
    source: Annotated[Source, about("where it comes from")] = "other"
    reference: Annotated[str, about("ticket, report or file it can be found by")] = ""
    unit: Annotated[str, about("unit of the values")] = ""
    value: Annotated[Decimal | None, about("measured value")] = None
    expected: Annotated[Decimal | None, about("what the standard asks for")] = None
    benchmark: Annotated[Decimal | None, about("what the team or peers reach")] = None


class Goal(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A SMART goal (S070-S072, S077): each letter has its field. `direction` says which way is better."""

    statement: Annotated[str, about("specific: what is to be reached")] = ""
    kind: Annotated[GoalKind, about("numeric, or qualitative with a criterion")] = "numeric"
    metric: Annotated[str, about("measurable: what is counted")] = ""
    unit: Annotated[str, about("unit, such as calls a day or %")] = ""
    baseline: Annotated[Decimal | None, about("where it stands now")] = None
    target: Annotated[Decimal | None, about("where it is to be")] = None
    direction: Annotated[Direction, about("higher or lower is better")] = "higher"
    criterion: Annotated[str, about("how one sees that a qualitative goal is met")] = ""
    achievable: Annotated[str, about("why it can be reached")] = ""
    relevant: Annotated[str, about("why it matters to the role")] = ""
    due: Annotated[When | None, about("time-bound: week 6, day 30 or a date")] = None
    gap: Annotated[str, about("the gap it closes, such as a1")] = ""
    standard: Annotated[str, about("the standard it serves, such as s1")] = ""
    proof: Annotated[str, about("what will show it: report, system, sample")] = ""


class Milestone(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A dated step towards a goal, by week or range of weeks (S055, S063). `on` is the last day, set at issue."""

    goal: Annotated[str, about("the goal it leads to, such as g1")] = ""
    statement: Annotated[str, about("what is reached by then")] = ""
    first_week: Annotated[WeekNumber | None, about("first week of the range")] = None
    week: Annotated[WeekNumber | None, about("week by whose end it is due")] = None
    target: Annotated[Decimal | None, about("value to be reached by then")] = None
    on: Annotated[dt.date | None, about("the day it is due")] = None


class Support(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the employer promises (S006, S056, S078): what, who, by when. Deliveries are entries of their own."""

    statement: Annotated[str, about("what is given, and how much of it")] = ""
    kind: Annotated[SupportKind, about("training, coaching, tools, …")] = "other"
    provider: Annotated[str, about("who gives it, by name")] = ""
    due: Annotated[When | None, about("by when: week 2, day 30 or a date")] = None


class Threshold(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the plan says an end result will mean (S114). It suggests; a person decides."""

    result: Annotated[Result, about("successful, partial or unsuccessful")] = "successful"
    criterion: Annotated[str, about("what has to be reached for it")] = ""
    consequence: Annotated[str, about("what then follows")] = ""


class Link(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A room, document or dashboard outside this record (S133): named and located, never fetched."""

    name: Annotated[str, about("what it is")] = ""
    location: Annotated[str, about("address, room or path")] = ""


class Schedule(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The recurring check-in: anchored in `zone` (IANA); other zones are only displayed (S058, S100-S102)."""

    cadence: Annotated[Cadence, about("how often")] = "weekly"
    weekday: Annotated[Weekday | None, about("day of the week: tuesday, or 2 (1 is Monday)")] = None
    time: Annotated[str, about("time of day in the zone, such as 10:00")] = ""
    zone: Annotated[str, about("time zone that anchors it, such as Europe/Berlin")] = ""
    minutes: Annotated[Minutes | None, about("how long, in minutes")] = None
    place: Annotated[str, about("room, link or channel")] = ""
    format: Annotated[str, about("what is read together, with which tools")] = ""


T = TypeVar("T")


class Items(msgspec.Struct, Generic[T], frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Items by short id, their order, and the ids of removed ones, so that none is ever used again."""

    items: dict[str, T] = {}
    order: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()

    def listed(self) -> tuple[tuple[str, T], ...]:
        """The items in order, each with its id. One that a script left out of `items` breaks no page."""
        return tuple((key, self.items[key]) for key in self.order if key in self.items)


class PlanText(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything a plan says, from the context to the consequences."""

    category: Annotated[Category | None, about("kind of shortfall; suggests the length")] = None
    role_summary: Annotated[str, about("what the role is there for, and whom it reports to")] = ""
    job_description: Annotated[str, about("the job description the plan rests on: title, version, place")] = ""
    context: Annotated[str, about("performance history of the last 3 to 12 months, in facts")] = ""
    root_cause: Annotated[str, about("why it happens, as far as is known")] = ""
    days: Annotated[Days | None, about("length of the period in calendar days")] = None
    days_reason: Annotated[str, about("why this length, where it is not the suggested one")] = ""
    start: Annotated[dt.date | None, about("planned day of delivery; the period starts on the real one")] = None
    standards: Items[Standard] = msgspec.field(default_factory=Items)
    gaps: Items[Gap] = msgspec.field(default_factory=Items)
    evidence: Items[Evidence] = msgspec.field(default_factory=Items)
    goals: Items[Goal] = msgspec.field(default_factory=Items)
    milestones: Items[Milestone] = msgspec.field(default_factory=Items)
    support: Items[Support] = msgspec.field(default_factory=Items)
    thresholds: Items[Threshold] = msgspec.field(default_factory=Items)
    links: Items[Link] = msgspec.field(default_factory=Items)
    schedule: Schedule = Schedule()
    statement: Annotated[str, about("that improvement is possible and will be supported")] = ""
    consequences: Annotated[str, about("what may follow if the goals are not met")] = ""
    employee_view: Annotated[str, about("the employee's own view of causes and solutions")] = ""
    employee_view_absence: Annotated[str, about("why the employee's view is missing")] = ""


COLLECTIONS: dict[str, tuple[str, type[Record]]] = {
    "standards": ("s", Standard),
    "gaps": ("a", Gap),
    "evidence": ("e", Evidence),
    "goals": ("g", Goal),
    "milestones": ("m", Milestone),
    "support": ("p", Support),
    "thresholds": ("t", Threshold),
    "links": ("l", Link),
}
"""Collection -> (letter of its ids, type of its items). A gap is an area for improvement: a1; support is a
promise: p1. The letters are part of the file format."""

SCALARS: tuple[str, ...] = (
    "category",
    "role_summary",
    "job_description",
    "context",
    "root_cause",
    "days",
    "days_reason",
    "start",
    "statement",
    "consequences",
    "employee_view",
    "employee_view_absence",
)
"""Single fields of a plan that `set` changes; the schedule's are addressed as `schedule.time` and so on."""

SCHEDULE_FIELDS: tuple[str, ...] = tuple(f"schedule.{name}" for name in Schedule.__struct_fields__)
