"""What an act is: data and a pure function. Whatever may happen to a case is one of these, in one registry."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import msgspec

from piptui.cases.file import CaseFile, Held
from piptui.cases.notebook import PersonNote
from piptui.cases.records import Hold
from piptui.cases.terms import Policy
from piptui.cases.words import Proof, Role, Stage
from piptui.errors import Refused


class Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an act takes. Each field carries the sentence that help, forms and `piptui acts` show."""


class Change(NamedTuple):
    """A document to be written (or, with None, deleted) with the sentence that history keeps for it."""

    table: str
    id: str
    record: msgspec.Struct | None
    sentence: str = ""
    reason: str = ""


class StepChange(NamedTuple):
    """A document that a step changed: as it was before, None where the step made it; what history says of it."""

    table: str
    id: str
    before: Any
    sentence: str = ""


class LastStep(NamedTuple):
    """What somebody did last in a case: the number of the commit, the act, its sentence, what it changed."""

    step: int
    act: str
    sentence: str
    changes: tuple[StepChange, ...]


def _nothing(_: int) -> LastStep:
    raise Refused("There is nothing to undo.")


@dataclass(frozen=True)
class Person:
    """What an act may know of a person of the directory."""

    id: str
    name: str
    number: str = ""
    title: str = ""
    department: str = ""
    location: str = ""
    hired_on: dt.date | None = None


@dataclass(frozen=True)
class Context:
    """Who acts, when and under which terms. `now` is UTC, `today` the civil date in the case's zone. `person` finds
    somebody by id, number, e-mail or unique name, or raises BadInput; `new_id` gives a fresh opaque id."""

    now: dt.datetime
    today: dt.date
    actor: str
    name: str
    role: Role
    policy: Policy
    new_id: Callable[[], str]
    person: Callable[[str], Person]
    on_behalf: str | None = None
    proof: Proof | None = None
    order: Literal["mdy", "dmy", "ymd"] = "mdy"
    """How dates of digits alone are read at the workplace."""
    confidential: bool = True
    """Whether this store keeps people apart, so that HR-only, medical and privileged entries may lie in it."""
    notebook: Callable[[], tuple[Held[PersonNote], ...]] = tuple
    """The notes about the employee that the actor may read, in the order in which they were written."""
    case_id: Callable[[str], str] = str
    """The id of another case that the actor may see, by its number. Raises NotFound."""
    matter: Callable[[str], tuple[Held[Hold], ...]] = lambda _: ()
    """Every legal hold of one matter, on whatever case."""
    numbers: Callable[[Iterable[str]], tuple[str, ...]] = lambda _: ()
    """The numbers of the cases with these ids, of those that the actor may see."""
    last: Callable[[int], LastStep] = _nothing
    """The actor's last step in the case, if it has this number (0: any). Raises Refused where it cannot be undone."""


@dataclass(frozen=True)
class Written:
    """What an act writes: one commit, its main sentence, and a second commit that follows it, if any. `item` is
    the short id of a new plan item, or the id of a new document. `content` are bytes by the id of the document in the
    table `files` that names them: they are on the disk before the commit. `known` are the seqs at which documents of
    other cases were read that are changed here. `told` is what the actor is told besides, and nobody after them."""

    changes: tuple[Change, ...]
    sentence: str
    item: str = ""
    then: tuple[Change, ...] = ()
    content: Mapping[str, bytes] = field(default_factory=dict)
    known: Mapping[tuple[str, str], int] = field(default_factory=dict)
    told: str = ""


Touches = Literal["item", "draft", "header", "nothing"]


@dataclass(frozen=True)
class Act:
    """One thing that may happen to a case.

    `roles` are in the order in which one is chosen for an actor who has not chosen. `touches` says what a
    reader must have seen as it stands: an item of the draft, the draft, the header, or nothing, for an act that
    only appends.
    """

    name: str
    title: str
    when: tuple[Stage, ...]
    roles: tuple[Role, ...]
    inputs: type[Input]
    run: Callable[[CaseFile, Any, Context], Written]
    touches: Touches = "nothing"
    settle: Callable[[CaseFile, Any, Context], dict[str, Any]] | None = None
    """What of the input is settled when the act is first tried, so that it means the same thing if it has to be
    tried again after somebody else's commit: which check-in "the next one" is."""
    free: bool = False
    """Whether it may be committed although other entries of the case came in meanwhile."""
    past_dates: bool = True
    """Whether dates typed without a year lie behind us: True where things are recorded, False where planned."""
    against: Callable[[CaseFile, Context], str] | None = None
    """Why it is not possible now, whatever its input, though stage and role allow it; "" where it is."""


def marks(file: CaseFile, day: dt.date, ctx: Context) -> dict[str, Any]:
    """What a record of something that happened on a day is marked with. What happened before the plan was taken
    over from paper is taken over with it, and not late, until the final review has opened."""
    if before_adoption(file, day) and file.header.review_opened_on is None:
        return {"taken_over": True}
    return {"late": late(day, ctx)}


def before_adoption(file: CaseFile, day: dt.date) -> bool:
    """Whether a day lies before the one on which the plan was taken over from paper."""
    return file.taken_over_on is not None and day < file.taken_over_on


def late(occurred_on: dt.date, ctx: Context, recorded: dt.date | None = None) -> bool:
    """Whether something is recorded (`recorded`: today if left out) later after its day than the policy allows."""
    days = ((recorded or ctx.today) - occurred_on).days
    return days * 24 > ctx.policy.records.late_after_hours
