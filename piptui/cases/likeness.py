"""A draft that begins like another plan: what is asked of a role, without what is told of a person (S014, S052).

Standards, goals as such, steps, kinds of support, rhythm, thresholds and consequences are the same for people in the
same role. Evidence, baselines, causes, views and names are not, and nothing of them comes along.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from piptui.cases.plan import COLLECTIONS, Goal, Items, Milestone, PlanText, Record, Support, When
from piptui.text import fold


class Likeness(NamedTuple):
    """The text as it begins, and in sentences what was left out or has to be filled in."""

    text: PlanText
    notes: tuple[str, ...]


def like(first: PlanText, other: PlanText, names: Iterable[str]) -> Likeness:
    """The draft `first` (texts of the policy, and what was given) with the shape of `other`.

    `names` name people: a text with one of them in it, in whole words, is left out whole. Ids are new; due dates
    that were fixed to a day are not taken.
    """
    clean = _Cleaner(names)
    standards, standard_ids = _renumbered("standards", [(key, one) for key, one in other.standards.listed()], clean)
    goals, goal_ids = _renumbered(
        "goals", [(key, _goal(one, standard_ids)) for key, one in other.goals.listed()], clean
    )
    steps = [(key, _step(one, goal_ids)) for key, one in other.milestones.listed() if one.goal in goal_ids]
    milestones, _ = _renumbered("milestones", steps, clean)
    support, _ = _renumbered("support", [(key, _support(one)) for key, one in other.support.listed()], clean)
    thresholds, _ = _renumbered("thresholds", list(other.thresholds.listed()), clean)
    schedule = msgspec.structs.replace(other.schedule, zone=first.schedule.zone, place="", format="")
    text = msgspec.structs.replace(
        first,
        category=first.category or other.category,
        days=first.days or other.days,
        standards=standards,
        goals=goals,
        milestones=milestones,
        support=support,
        thresholds=thresholds,
        schedule=schedule,
        consequences=clean.text(other.consequences, "consequences") or first.consequences,
    )
    return Likeness(text, _notes(text, clean.dropped))


def _goal(goal: Goal, standards: dict[str, str]) -> Goal:
    return Goal(
        statement=goal.statement,
        kind=goal.kind,
        metric=goal.metric,
        unit=goal.unit,
        target=goal.target,
        direction=goal.direction,
        criterion=goal.criterion,
        relevant=goal.relevant,
        due=_rule(goal.due),
        standard=standards.get(goal.standard, ""),
        proof=goal.proof,
    )


def _step(step: Milestone, goals: dict[str, str]) -> Milestone:
    # What is to be reached on the way depends on where somebody starts: the value is set anew.
    return Milestone(goal=goals[step.goal], statement=step.statement, first_week=step.first_week, week=step.week)


def _support(item: Support) -> Support:
    return Support(statement=item.statement, kind=item.kind, due=_rule(item.due))


def _rule(due: When | None) -> When | None:
    """A due date by week or day; one that is only a date belongs to the other period."""
    if due is None or (due.week is None and due.day is None):
        return None
    return When(week=due.week, day=due.day)


def _renumbered(name: str, found: list[tuple[str, Any]], clean: "_Cleaner") -> tuple[Items[Any], dict[str, str]]:
    """The items under new ids, and which old id became which."""
    letter, _ = COLLECTIONS[name]
    ids = {old: f"{letter}{number}" for number, (old, _) in enumerate(found, 1)}
    items = {ids[old]: clean.record(item, ids[old]) for old, item in found}
    return Items(items=items, order=tuple(items)), ids


_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u2e80-\u9fff\uf900-\ufaff]")
"""Letters of scripts that put no blanks between words: Thai, Lao, Chinese, Japanese."""


def _words(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


class _Cleaner:
    """Leaves out texts in which somebody is named, and remembers which."""

    def __init__(self, names: Iterable[str]) -> None:
        self._phrases: dict[str, list[str]] = {}
        """First word of a name -> the names that begin with it, each as words with blanks around."""
        self._inside: list[str] = []
        """Names in scripts that put no blanks between words."""
        for name in filter(None, map(_words, names)):
            if any(_UNSPACED.match(letter) for letter in name):
                self._inside.append(name)
            else:
                self._phrases.setdefault(name.split()[0], []).append(f" {name} ")
        self.dropped: list[str] = []

    def text(self, given: str, where: str) -> str:
        """The text, or "" where it names somebody."""
        said = f" {_words(given)} "
        named = any(phrase in said for word in set(said.split()) for phrase in self._phrases.get(word, ()))
        if not named and not any(name in said for name in self._inside):
            return given
        self.dropped.append(where)
        return ""

    def record(self, item: Record, where: str) -> Record:
        """The item with each of its texts looked at."""
        texts = {
            name: self.text(value, f"{where} {name}")
            for name in item.__struct_fields__
            if isinstance(value := getattr(item, name), str) and value
        }
        return msgspec.structs.replace(item, **texts)


def _notes(text: PlanText, dropped: list[str]) -> tuple[str, ...]:
    counts = ((len(getattr(text, name).items), name) for name in ("standards", "goals", "milestones", "support"))
    taken = ", ".join(f"{count} {name.removesuffix('s') if count == 1 else name}" for count, name in counts if count)
    notes = [
        f"Taken over: {taken or 'no items'}, schedule, thresholds and consequences.",
        "Left out: gaps, evidence, baselines, values of milestones, causes, the employee's view, places and names.",
    ]
    if dropped:
        notes.append(f"Left empty, because somebody is named in it: {', '.join(dropped)}.")
    return tuple(notes)
