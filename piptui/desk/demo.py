"""The demo: a throw-away store, filled by real acts on days that lie behind today."""

import datetime as dt
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from piptui.dates import utc_now
from piptui.desk.api import Actor
from piptui.desk.desk import open_desk
from piptui.desk.registration import init_store
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
    script = tomllib.loads((folder / "cases.toml").read_text(encoding="utf-8"))
    steps = sorted(_steps(script, end.date()), key=lambda step: step["on"])
    clock = _Clock(_instant(steps[0]["on"] - dt.timedelta(days=1), end))
    new_id = lambda: secrets.token_hex(8)  # noqa: E731  a name for one line
    init_store(where, login=login, name=FOUNDER, new_id=new_id, clock=clock)
    with_hr = open_desk(where, Actor(login, role="hr"), clock=clock, zone="UTC")
    with_hr.import_people(str(folder / "people.csv"))
    numbers: dict[int, str] = {}
    for step in steps:
        clock.now = _instant(step["on"], end)
        index, case = step["index"], script["case"][step["index"]]
        if index not in numbers:
            numbers[index] = with_hr.new(case["new"]).case
        given = step.get("input", {})
        if step["act"] == "put":
            given = {"plan": tomllib.loads((folder / case["plan"]).read_text(encoding="utf-8"))}
        actor = Actor(step.get("by", login), role=step["as"])
        desk = open_desk(with_hr.session.store, actor, clock=clock, zone="UTC")
        desk.do(step["act"], numbers[index], given)
    with_hr.close()


def _steps(script: Mapping[str, Any], today: dt.date) -> list[dict[str, Any]]:
    monday = today - dt.timedelta(days=today.weekday())
    found = []
    for index, case in enumerate(script["case"]):
        anchor = monday - dt.timedelta(weeks=case["weeks"])
        for step in case["step"]:
            on = anchor + dt.timedelta(days=step["day"])
            if on <= today:
                found.append({**step, "on": on, "index": index})
    return found


def _instant(day: dt.date, end: dt.datetime) -> dt.datetime:
    """Eleven o'clock of that day, and never later than the end."""
    return min(dt.datetime.combine(day, dt.time(11), tzinfo=dt.UTC), end)
