"""A small organisation over a real store: people, a clock that tests move, and a case brought into any state."""

import datetime as dt
import hashlib
import itertools
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from piptui.cases.words import Role
from piptui.desk import Actor, init_store, open_desk
from piptui.desk.api import Done, EntryLine
from piptui.desk.desk import LocalDesk
from piptui.desk.rows import fold
from piptui.store import Store, open_store

from .plans import plan

Kind = Literal["personal", "team"]
KINDS: tuple[Kind, ...] = ("personal", "team")
MONDAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
CASE = "0001"
SECRET = "Quetzalcoatl"
"""Stands in a note of manager and HR, in every state: the employee must never read it."""

PEOPLE = """\
Employee Number,Name,Email,Login,Title,Department,Location,Hire Date,Manager Number
1001,Vera Stone,vera@example.org,vera,Head of Sales,Sales,Berlin,2015-01-05,
1002,Max Berg,max@example.org,max,Sales Lead,Sales,Berlin,2018-03-01,1001
1014,Dana Cole,dana@example.org,dana,Account Executive,Sales,Berlin,2021-06-14,1002
1015,Pat Doe,pat@example.org,pat,Account Executive,Sales,Berlin,2022-02-01,1002
1016,Olu Ray,olu@example.org,olu,Analyst,Finance,Berlin,2020-02-01,
2001,Hana Ito,hana@example.org,hana,HR Partner,HR,Berlin,2016-02-01,
2002,Leo Grant,leo@example.org,leo,Counsel,Legal,Berlin,2017-02-01,
"""
LOGINS: dict[Role, str] = {
    "employee": "dana",
    "manager": "max",
    "second_manager": "vera",
    "hr": "hana",
    "legal": "leo",
}
OUTSIDER = "olu"
"""Knows the store, leads nobody and has no part in the case."""


@dataclass
class Clock:
    """The present, as the test says; UTC."""

    now: dt.datetime = MONDAY

    def __call__(self) -> dt.datetime:
        """The present."""
        return self.now

    def move(self, *, days: int = 0, minutes: int = 0) -> None:
        """Let time pass."""
        self.now += dt.timedelta(days=days, minutes=minutes)


def fresh_ids(seed: str = "") -> Callable[[], str]:
    """Opaque ids, the same in every run."""
    counter = itertools.count(1)
    return lambda: hashlib.sha256(f"{seed}{next(counter)}".encode()).hexdigest()[:16]


@dataclass
class World:
    """A store with its people. Desks share one open store; `elsewhere` is another process's view of it."""

    folder: Path
    kind: Kind = "personal"
    clock: Clock = field(default_factory=Clock)
    seed: str = ""

    def __post_init__(self) -> None:
        self.new_id = fresh_ids(self.seed)
        self.store: Store = self._open()
        self._more: list[Store] = []

    def _open(self) -> Store:
        return open_store(self.folder, clock=self.clock, row=fold)

    def desk(self, role: Role | None = None, login: str = "", **actor: Any) -> LocalDesk:
        """A desk for a role: in a personal store the owner's, in a team store that of the role's own login."""
        return self._desk(self.store, role, login, actor)

    def elsewhere(self, role: Role | None = None, login: str = "", **actor: Any) -> LocalDesk:
        """A desk on a store of its own over the same files."""
        self._more.append(self._open())
        return self._desk(self._more[-1], role, login, actor)

    def _desk(self, store: Store, role: Role | None, login: str, actor: Mapping[str, Any]) -> LocalDesk:
        if self.kind == "personal":
            who = Actor(login or "hana", role=role, **actor)
        else:
            who = Actor(login or (LOGINS[role] if role else OUTSIDER), **actor)
        return open_desk(store, who, clock=self.clock, zone="Europe/Berlin", new_id=self.new_id)

    def do(self, act: str, role: Role | None = "hr", /, **data: Any) -> Done:
        """Do an act on the one case."""
        return self.desk(role).do(act, CASE, data)

    def head(self) -> int:
        """The seq of the last commit."""
        return self.store.head()[0]

    def entry(self, text: str) -> str:
        """The id of the entry whose text begins so, as HR sees it."""
        return next(line.id for line in self.desk("hr").view(CASE).entries if line.text.startswith(text))

    def stored(self, kind: str) -> dict[str, Any]:
        """The last entry of a kind, as it lies in the record."""
        return [document for _, document, _ in self.store.list("entries") if document["kind"] == kind][-1]

    def line(self, kind: str, role: Role = "hr") -> EntryLine:
        """The last entry of a kind, as a role reads it."""
        return [line for line in self.desk(role).view(CASE).entries if line.kind == kind][-1]

    def close(self) -> None:
        """Let go of every store."""
        for store in (self.store, *self._more):
            store.close()


def found(folder: Path, kind: Kind) -> World:
    """A new store with everybody in it, and no case."""
    clock = Clock()
    init_store(folder, kind=kind, login="hana", name="Hana Ito", new_id=fresh_ids("founder"), clock=clock)
    csv = folder.parent / f"{folder.name}.csv"
    csv.write_text(PEOPLE, encoding="utf-8")
    world = World(folder, kind, clock, "people")
    world.desk("hr").import_people(str(csv))
    return world


ISSUE: dict[str, Any] = {
    "place": "Room 4",
    "attendees": "Max Berg; Dana Cole",
    "consequences_explained": "yes",
    "copy_given_on": "today",
    "copy_given_how": "on paper",
}
VERDICTS: dict[str, Any] = {
    "g1": {"verdict": "met", "value": "52", "shown_by": "CRM report"},
    "g2": {"verdict": "partly", "shown_by": "sample"},
}


def decision(result: str, next_action: str) -> dict[str, Any]:
    """The input of a decision with everything in it."""
    return {
        "result": result,
        "next_action": next_action,
        "reason": "As the goals show.",
        "verdicts": VERDICTS,
        "support_reason": "The trainer was ill.",
        "check_in_reason": "Holidays.",
    }


class Step(NamedTuple):
    """One act on the way to a state, and the days that pass before it."""

    act: str
    role: Role
    data: dict[str, Any]
    days: int = 0


COMMENT = "I was on holiday in week one."
NOTE = "Talked to Max about the draft."
PATHS: dict[str, tuple[str, tuple[Step, ...]]] = {
    "draft": (
        "",
        (
            Step("put", "manager", {"plan": plan()}),
            Step("note", "hr", {"text": NOTE, "kind": "conversation"}),
            Step("note", "hr", {"text": f"{SECRET} is what HR calls this."}),
        ),
    ),
    "in_review": ("draft", (Step("submit", "manager", {}),)),
    "returned": ("in_review", (Step("return", "hr", {"text": "More evidence, please."}),)),
    "approved": ("in_review", (Step("approve", "hr", {}),)),
    "issued": (
        "approved",
        (Step("issue", "manager", ISSUE), Step("note", "employee", {"text": COMMENT, "kind": "comment"}, 16)),
    ),
    "active": (
        "issued",
        (
            Step("acknowledge", "manager", {"text": "Received.", "proof": "paper"}),
            Step(
                "log_check_in",
                "manager",
                {
                    "slot": "w1",
                    "occurred_on": "2026-03-03",
                    "values": {"g1": "25"},
                    "helped": "The new list.",
                    "actions": [{"who": "Dana", "text": "list of calls", "due": "2026-03-10"}],
                },
            ),
        ),
    ),
    "final_review": ("active", (Step("open_review", "manager", {}, 60),)),
    "successful": (
        "final_review",
        (
            Step("assess", "manager", {"goal": "g1", "verdict": "met", "value": "51", "shown_by": "CRM report"}),
            Step("decide", "manager", decision("successful", "regular_management")),
        ),
    ),
    "partial": ("final_review", (Step("decide", "manager", decision("partial", "role_adjustment")),)),
    "unsuccessful": ("final_review", (Step("decide", "hr", decision("unsuccessful", "demotion")),)),
    "withdrawn": ("active", (Step("withdraw", "hr", {"cause": "resignation", "text": "Resigned."}),)),
    "discarded": ("draft", (Step("discard", "hr", {"text": "Wrong person."}),)),
}
"""State -> (the state it is reached from, the acts from there)."""

STATES = tuple(PATHS)
STAGE_OF: dict[str, str] = {
    **{state: state for state in STATES},
    "returned": "draft",
    **dict.fromkeys(("successful", "partial", "unsuccessful", "withdrawn", "discarded"), "closed"),
}
HIDDEN_FROM_EMPLOYEE = frozenset({"draft", "in_review", "returned", "approved", "discarded"})
"""Before the plan is issued there is no case for the employee; one that was discarded never becomes one."""


class Templates:
    """Stores brought into each state once, and copied for the tests that need them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[tuple[Kind, str], tuple[Path, dt.datetime]] = {}

    def made(self, kind: Kind, state: str) -> tuple[Path, dt.datetime]:
        """The store's folder and the instant at which its last act was done."""
        if (kind, state) not in self._made:
            before, steps = PATHS[state] if state != "founded" else ("", ())
            target = self.folder / f"{kind}-{state}"
            if before:
                world = self.copy(kind, before, target)
            else:
                world = found(target, kind)
                if state != "founded":
                    world.desk("hr").new({"employee": "1014", "legal_reviewer": "2002"})
            for step in steps:
                world.clock.move(days=step.days, minutes=1)
                world.desk(step.role).do(step.act, CASE, step.data)
            world.close()
            self._made[kind, state] = (target, world.clock.now)
        return self._made[kind, state]

    def copy(self, kind: Kind, state: str, target: Path) -> World:
        """A store of its own in that state, a minute later."""
        folder, now = self.made(kind, state)
        shutil.copytree(folder, target)
        return World(target, kind, Clock(now + dt.timedelta(minutes=1)), target.name)
