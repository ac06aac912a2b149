"""The demo: a throw-away store, filled by real acts on days that lie behind today."""

import datetime as dt
import secrets
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from typing import Any

from piptui.dates import utc_now
from piptui.desk.api import Actor
from piptui.desk.desk import LocalDesk, open_desk
from piptui.desk.registration import init_store
from piptui.desk.stories import Step, Story, stories
from piptui.paths import data_dir

FOUNDER = "Noor Haddad"


class _Clock:
    """A clock that the demo moves from step to step."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now


def make_demo(where: str | Path, *, login: str, now: dt.datetime | None = None) -> None:
    """Found a personal store at `where` for `login`, named as the HR partner of the demo, and bring in its people
    and cases. `now` is the instant up to which things have happened (UTC; default: the present)."""
    end = now or utc_now()
    folder = data_dir() / "demo"
    play = _Play(folder, login, end)
    clock = _Clock(play.first() - dt.timedelta(days=1))
    new_id = lambda: secrets.token_hex(8)  # noqa: E731  a name for one line
    init_store(where, login=login, name=FOUNDER, new_id=new_id, clock=clock)
    with_hr = open_desk(where, Actor(login, role="hr"), clock=clock, zone="UTC")
    with_hr.import_people(str(folder / "people.csv"))
    play.go(with_hr, clock)
    with_hr.close()


class _Play:
    """All stories at once, act by act in the order of time."""

    def __init__(self, folder: Path, login: str, end: dt.datetime) -> None:
        self._folder, self._login, self._end = folder, login, end
        self._nth = count()
        self._new: list[dict[str, str]] = []
        self._stories: dict[int, Story] = {}
        self._coming: list[tuple[dt.datetime, int, int, Step]] = []
        script = tomllib.loads((folder / "cases.toml").read_text(encoding="utf-8"))
        for case in script["case"]:
            self._new.append(case["new"])
            self._add(len(self._new) - 1, _steps(case, folder, end.date()))
        for story in stories(folder, end.date()):
            self._new.append(story.new())
            self._stories[len(self._new) - 1] = story
            self._add(len(self._new) - 1, story.begin())

    def _add(self, index: int, steps: Iterable[Step]) -> None:
        for step in steps:
            if step.at.date() <= self._end.date():
                heappush(self._coming, (min(step.at, self._end), index, next(self._nth), step))

    def first(self) -> dt.datetime:
        """The instant of the first act."""
        return self._coming[0][0]

    def go(self, desk: LocalDesk, clock: _Clock) -> None:
        """Do everything that has happened up to the end."""
        numbers: dict[int, str] = {}
        while self._coming:
            clock.now, index, _, step = heappop(self._coming)
            if index not in numbers:
                numbers[index] = desk.new(self._new[index]).case
            actor = Actor(step.by or self._login, role=step.role)
            acting = open_desk(desk.session.store, actor, clock=clock, zone="UTC")
            acting.do(step.act, numbers[index], step.input)
            if step.act in ("issue", "adopt") and index in self._stories:
                self._add(index, self._stories[index].run(desk.view(numbers[index]), self._end.date()))


def _steps(case: Mapping[str, Any], folder: Path, today: dt.date) -> Iterator[Step]:
    """The steps of a case that is told act by act."""
    anchor = today - dt.timedelta(days=today.weekday(), weeks=case["weeks"])
    for step in case["step"]:
        at = dt.datetime.combine(anchor + dt.timedelta(days=step["day"]), dt.time(11), tzinfo=dt.UTC)
        given = step.get("input", {})
        if step["act"] == "put":
            given = {"plan": tomllib.loads((folder / case["plan"]).read_text(encoding="utf-8"))}
        yield Step(at, step["act"], step["as"], step.get("by", ""), given)
