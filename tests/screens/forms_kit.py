"""A real desk over a store of five people, and a pilot that types: what the tests of the forms share."""

import datetime as dt
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from piptui.desk import Actor, init_store, open_desk
from piptui.desk.desk import LocalDesk
from screens.app import PiptuiApp
from screens.forms import FormPage
from screens.widgets.editors import Choice

PEOPLE = """Employee ID,Name,Email,Job Title,Department,Manager ID,Hire Date
1001,Noor Haddad,noor@example.com,HR Partner,HR,,2015-02-01
1002,Kim Lee,kim@example.com,Sales Manager,Sales North,1001,2016-03-01
1003,Dana Okafor,dana@example.com,Account Executive,Sales North,1002,2021-05-10
1004,Priya Patel,priya@example.com,Support Agent,Support,1002,2022-01-15
1005,Lars Berg,lars@example.com,Technician,Plant,1002,2019-09-01
"""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, day: str = "2026-03-02") -> None:
        self.now = dt.datetime.fromisoformat(f"{day}T09:00:00+00:00")

    def __call__(self) -> dt.datetime:
        """The present instant."""
        return self.now

    def day(self, day: str) -> None:
        """Go to nine o'clock of a day."""
        self.now = dt.datetime.fromisoformat(f"{day}T09:00:00+00:00")


def ids() -> Callable[[], str]:
    """Ids that are the same in every run."""
    counter = itertools.count(1)
    return lambda: f"id{next(counter):06d}"


class Kit:
    """A personal store with people in it, and desks on it."""

    def __init__(self, tmp_path: Path, day: str = "2026-03-02") -> None:
        self.clock = Clock(day)
        self.new_id = ids()
        self.where = tmp_path / "store"
        init_store(self.where, login="noor", name="Noor Haddad", new_id=self.new_id, clock=self.clock)
        self.people = tmp_path / "people.csv"
        self.people.write_text(PEOPLE, encoding="utf-8")
        self.desk = self.open()

    def open(self, login: str = "noor") -> LocalDesk:
        """Another desk on the same store."""
        return open_desk(self.where, Actor(login=login), clock=self.clock, zone="Europe/Berlin", new_id=self.new_id)

    def with_people(self) -> "Kit":
        """Bring the people in."""
        self.desk.import_people(str(self.people))
        return self

    def with_case(self) -> "Kit":
        """Open a case for Dana."""
        self.with_people().desk.new({"employee": "1003", "hr_partner": "1001"})
        return self

    def with_plan(self, **more: Any) -> "Kit":
        """Write a plan that passes every gate."""
        self.with_case().desk.do("put", "1", {"plan": plan() | more})
        return self

    def running(self) -> "Kit":
        """Issue and acknowledge the plan on the day of the clock."""
        self.with_plan()
        for act, data in (
            ("submit", {}),
            ("approve", {}),
            (
                "issue",
                {
                    "place": "Room 4",
                    "attendees": ["Kim Lee", "Dana Okafor"],
                    "consequences_explained": "yes",
                    "override": "agreed with Noor",
                },
            ),
            ("acknowledge", {}),
        ):
            self.desk.do(act, "1", data)
        return self


def plan() -> dict[str, Any]:
    """A small plan with two goals, one promise and weekly check-ins."""
    return {
        "category": "sales",
        "days": "30",
        "days_reason": "the next quarter starts then",
        "role_summary": "Sells to mid-size accounts; reports to Kim Lee",
        "job_description": "Account Executive, edition 2025",
        "context": "Good results until August, 26 calls a day on average since.",
        "root_cause": "Prospecting without a routine",
        "employee_view": "The new tool slows me down",
        "schedule": {"weekday": "tuesday", "time": "10:00", "zone": "Europe/Berlin", "minutes": "30"},
        "standards": [{"id": "s1", "statement": "40 calls a day", "reference": "Sales scorecard 2026"}],
        "gaps": [{"id": "a1", "statement": "26 calls a day", "standard": "s1", "impact": "pipeline too thin"}],
        "evidence": [
            {
                "gap": "a1",
                "statement": "26 calls a day in January",
                "since": "2026-01-01",
                "until": "2026-01-31",
                "source": "crm",
                "value": "26",
                "expected": "40",
            }
        ],
        "goals": [
            {
                "id": "g1",
                "statement": "Make 40 outreach calls a day",
                "metric": "calls a day",
                "unit": "calls a day",
                "baseline": "26",
                "target": "40",
                "due": "week 4",
                "gap": "a1",
                "standard": "s1",
                "proof": "CRM export",
            },
            {
                "id": "g2",
                "statement": "Generate 15 qualified leads a week",
                "metric": "leads a week",
                "unit": "leads a week",
                "baseline": "4",
                "target": "15",
                "due": "day 30",
                "gap": "a1",
                "standard": "s1",
                "proof": "CRM export",
            },
        ],
        "support": [
            {"statement": "Two hours of coaching a week", "kind": "coaching", "provider": "Kim Lee", "due": "week 4"}
        ],
        "thresholds": [{"result": "successful", "criterion": "both goals met", "consequence": "back to normal"}],
    }


@asynccontextmanager
async def piloted(kit: Kit, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[PiptuiApp, Pilot[None]]]:
    """The app on the kit's desk, on its first screen."""
    app = PiptuiApp(kit.desk)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def keys(pilot: Pilot[None], *names: str) -> None:
    """Press keys; what begins with `=` is typed into the field with the cursor, as a terminal pastes it."""
    for name in names:
        if name.startswith("="):
            editor = pilot.app.screen.focused
            assert editor is not None, "nothing has the cursor to type into"
            editor.post_message(events.Paste(name[1:]))
        else:
            await pilot.press(name)
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def letters(pilot: Pilot[None], text: str) -> None:
    """Type letter by letter."""
    await pilot.press(*("space" if char == " " else char for char in text))
    await pilot.pause()


def form(app: PiptuiApp) -> FormPage:
    """The form on top."""
    assert isinstance(app.screen, FormPage), app.screen
    return app.screen


def text_of(app: PiptuiApp, name: str) -> str:
    """What is typed in a field of the form on top."""
    field = form(app).field(name)
    assert field is not None, f"no field {name}: {list(form(app).texts)}"
    return field.text


async def fill(pilot: Pilot[None], **texts: str) -> None:
    """Put the cursor into fields by name and type; choices are made by their letters."""
    app = pilot.app
    assert isinstance(app, PiptuiApp)
    for name, text in texts.items():
        field = form(app).field(name.replace("__", "."))
        assert field is not None, f"no field {name}: {list(form(app).texts)}"
        field.focus_editor()
        await pilot.pause()
        if isinstance(field.editor, Choice):
            await letters(pilot, text)
        else:
            await keys(pilot, f"={text}")
