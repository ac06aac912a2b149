"""The demo's stories: what is told in a few lines of `data/demo/stories.toml` becomes acts, one behind the other."""

import csv
import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from piptui.cases.words import Role
from piptui.desk.api import CaseSheet

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """An act to be done at an instant (UTC), in a role, by a login; `by` "" is who looks at the demo."""

    at: dt.datetime
    act: str
    role: Role
    by: str = ""
    input: Mapping[str, Any] = field(default_factory=dict)


class Cast:
    """The people of the demo, by number: name, login, whom they report to."""

    def __init__(self, people: Path) -> None:
        with people.open(encoding="utf-8", newline="") as file:
            self._rows = {row["employee_number"]: row for row in csv.DictReader(file)}

    def name(self, number: str) -> str:
        """First and last name."""
        row = self._rows[number]
        return f"{row['first_name']} {row['last_name']}"

    def login(self, number: str) -> str:
        """The login."""
        return self._rows[number]["login"]

    def manager(self, number: str) -> str:
        """The number of the manager."""
        return self._rows[number]["manager"]


@dataclass(frozen=True)
class Words:
    """What people say: at the check-ins of a plan, and on everyday occasions."""

    talk: Mapping[str, list[dict[str, str]]]
    ways: Mapping[str, list[str]]


class Story:
    """One story: its steps up to the issue, and those that follow from the dates of the issued plan."""

    def __init__(self, told: Mapping[str, Any], folder: Path, cast: Cast, words: Words, monday: dt.date):
        self.told = told
        self.employee: str = told["employee"]
        self.manager = cast.manager(self.employee)
        self.people = [cast.name(self.manager), cast.name(self.employee)]
        self._talk, self._words = words.talk[told["plan"]], words
        self._nth = int(self.employee)
        self._by = cast.login(self.manager)
        self._anchor = monday - dt.timedelta(weeks=told["weeks"])
        # Mornings in Europe and Asia, afternoons in America: nobody works at night.
        self._hour = 15 if told["zone"].startswith("America") else 9
        self._plan = folder / told["plan"]

    def new(self) -> dict[str, str]:
        """What opens the case."""
        return {"employee": self.employee, "zone": self.told["zone"]}

    def begin(self) -> Iterator[Step]:
        """Everything until the plan is issued and answered, or the story ends before."""
        for step in self._begin():
            yield step
            if step.act == self.told.get("until"):
                break
        if text := self.told.get("discarded"):
            yield self._step(-11, "discard", {"text": text}, "hr")

    def _begin(self) -> Iterator[Step]:
        told = self.told
        yield self._step(-12, "put", {"plan": self._text()})
        earlier = {"kind": "conversation", "text": self._one("earlier"), "occurred_on": str(self._anchor - 40 * DAY)}
        yield self._step(-12, "note", earlier, minutes=20)
        if where := told.get("adopt"):
            since = self._anchor
            paper = {"delivered_on": str(since), "end": str(since + 60 * DAY), "document": where}
            more = {"acknowledged_on": str(since), "seen_by": self.people[0], "attendees": self.people}
            yield self._step(1, "adopt", paper | more)
            return
        yield self._step(told.get("submitted_day", -10), "submit", {"text": self._one("submitted")})
        if comment := told.get("comment"):
            yield self._step(-7, "return", {"text": comment}, "hr")
        yield self._step(-5, "approve", {"text": self._one("approved")}, "hr")
        handed = {"copy_given_on": "today", "copy_given_how": "on paper", "consequences_explained": True}
        meeting = {"place": "Meeting room of HR", "attendees": [*self.people, "Noor Haddad"], **handed}
        yield self._step(0, "issue", meeting)
        yield self._step(1, "acknowledge", {"proof": "paper"}, "hr")

    def run(self, sheet: CaseSheet, today: dt.date) -> Iterator[Step]:
        """What follows once the plan is in force: support, check-ins, who stands in, the review, the end."""
        plan = sheet.plan
        if plan is None or plan.end is None:
            return
        told = self.told
        for support, days in told.get("given", {}).items():
            yield self._step(
                days, "deliver", {"support": support, "text": self._one("given"), "shown_by": "Calendar"}, minutes=40
            )
        before = min(today, self._anchor + told.get("end_day", 366) * DAY)
        planned = [(slot.id, slot.on) for slot in sheet.slots if slot.kind == "check_in"]
        slots = [(slot, on) for slot, on in planned if on and on < before]
        for nth, (slot, on) in enumerate(slots[: len(slots) - told.get("open", 0)]):
            yield self._check_in(nth, slot, on)
        if who := told.get("substitute"):
            away = {"role": "manager", "person": who, "until": str(self._anchor + 60 * DAY), "reason": "On leave."}
            yield self._step(16, "delegate", away, "hr")
        if who := told.get("moved"):
            passed = {"role": "manager", "person": who, "reason": "The team was divided; the new lead takes over."}
            yield self._step(50, "reassign", passed, "hr")
        if cause := told.get("withdrawn"):
            yield self._step(told["end_day"], "withdraw", {"cause": cause, "text": told["end_text"]}, "hr")
        else:
            yield from self._review(plan.end)

    def _check_in(self, nth: int, slot: str, on: dt.date) -> Step:
        at = dt.datetime.combine(on, dt.time(self._hour + 4), tzinfo=dt.UTC)
        if text := self.told.get("missed", {}).get(slot):
            return Step(
                at, "miss_check_in", "manager", self._by, {"slot": slot, "cause": "manager_missed", "text": text}
            )
        series = self.told.get("values", {})
        values = {goal: row[nth] for goal, row in series.items() if nth < len(row) and row[nth]}
        said = self._talk[(nth + self._nth) % len(self._talk)]
        return Step(
            at,
            "log_check_in",
            "manager",
            self._by,
            {"slot": slot, "attendees": self.people, "values": values, **said},
        )

    def _review(self, end: dt.date) -> Iterator[Step]:
        told = self.told
        if not (told.get("verdicts") or told.get("until") == "open_review"):
            return
        days = (end - self._anchor).days
        yield self._step(days, "open_review", {}, minutes=30)
        for goal, (verdict, value, shown) in told.get("verdicts", {}).items():
            told_by = {"shown_by": shown} | ({"value": value} if value else {})
            yield self._step(days, "assess", {"goal": goal, "verdict": verdict, **told_by}, minutes=50)
        if told.get("result"):
            kept = {"support_reason": "Not needed in the end.", "check_in_reason": "Moved to the week after."}
            made = {"result": told["result"], "next_action": told["next"], "reason": told["reason"], **kept}
            yield self._step(days + 3, "decide", {**made, "decider": self.people[0]}, "hr")

    def _one(self, kind: str) -> str:
        """One of several ways to say the same, another one for each story."""
        known = self._words.ways[kind]
        return str(known[self._nth % len(known)])

    def _text(self) -> dict[str, Any]:
        text = self._plan.read_text(encoding="utf-8")
        for name, value in (("base", self.told["base"]), ("zone", self.told["zone"]), ("manager", self.people[0])):
            text = text.replace(f"{{{name}}}", value)
        return tomllib.loads(text)

    def _step(
        self, day: int, act: str, given: Mapping[str, Any], role: Role = "manager", *, minutes: int = 0
    ) -> Step:
        on = self._anchor + day * DAY
        if on.weekday() > 4:  # nobody works at weekends
            on += (7 - on.weekday()) * DAY
        at = dt.datetime.combine(on, dt.time(self._hour, minutes), tzinfo=dt.UTC)
        return Step(at, act, role, self._by if role == "manager" else "", given)


def stories(folder: Path, today: dt.date) -> list[Story]:
    """The stories of a folder as they stand on a day."""
    data = tomllib.loads((folder / "stories.toml").read_text(encoding="utf-8"))
    words = Words({plan["file"]: plan["talk"] for plan in data["plan"]}, data["words"])
    cast = Cast(folder / "people.csv")
    monday = today - dt.timedelta(days=today.weekday())
    return [Story(told, folder, cast, words, monday) for told in data["story"]]
