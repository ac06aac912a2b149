"""What one login removes leaves the screens of another one, as far as that may read what was removed."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from piptui.cases.words import Role
from piptui.desk.api import Target
from piptui.drafts import Drafts
from screens.app import PiptuiApp
from screens.base import Page
from screens.case import CasePage
from screens.cases import CasesPage
from screens.today import TodayPage
from tests.core.world import CASE, Templates, World
from tests.screens.forms_kit import fill, keys
from tests.screens.screen_text import screen_text

SECRET = "Zwiebelfieber"
WHY = "Asked for, ticket 12."


@pytest.fixture
def team(tmp_path: Path) -> Iterator[World]:
    """A team store with a running plan; HR and the manager are two logins."""
    world = Templates(tmp_path / "states").copy("team", "active", tmp_path / "store")
    yield world
    world.close()


@asynccontextmanager
async def screens(team: World, drafts: Path, role: Role = "manager") -> AsyncIterator[tuple[PiptuiApp, Pilot[None]]]:
    """The screens of a role with the case open, above the list of cases."""
    desk = team.elsewhere(role)
    app = PiptuiApp(desk, drafts=Drafts(drafts, desk.me().store))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.open_cases()
        await pilot.pause()
        app.open_case(CASE)
        await pilot.pause()
        yield app, pilot


async def heard(app: PiptuiApp, pilot: Pilot[None]) -> None:
    """The screens ask for news."""
    app.listen()
    await pilot.pause()
    await pilot.pause()


def said(app: PiptuiApp) -> str:
    """What the page on top says."""
    assert isinstance(app.screen, Page)
    return " ".join(app.screen.message.split())


def on_disk(folder: Path) -> list[Path]:
    """The files that hold the words."""
    return [path for path in folder.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


async def test_another_login_forgets_what_it_typed_on_a_removed_note(team: World, tmp_path: Path) -> None:
    """Who removed it is named; the draft on that login's machine goes, which the command could not reach."""
    team.do("note", "hr", text=f"Has {SECRET}.", cls="manager_hr")
    entry = team.entry("Has")
    async with screens(team, tmp_path / "drafts") as (app, pilot):
        app.open_act(CASE, "strike", {"entry": entry})
        await pilot.pause()
        await fill(pilot, reason=f"No {SECRET} at all.")
        assert on_disk(tmp_path / "drafts")
        team.desk("hr").redact(Target(case=CASE, entry=entry), WHY)
        await heard(app, pilot)
        assert isinstance(app.screen, CasePage)
        assert "Hana Ito removed texts from the record for good." in said(app)
        app.exit()
    assert not on_disk(tmp_path / "drafts")


async def test_a_hidden_note_that_goes_disturbs_nobody_who_may_not_read_it(team: World, tmp_path: Path) -> None:
    """An open page stays as it is, and nothing is said: that would tell that there was one."""
    team.do("note", "hr", text=f"Has {SECRET}.", cls="manager_hr")
    async with screens(team, tmp_path / "drafts", "employee") as (app, pilot):
        app.listen()
        page, before = app.screen, screen_text(app)
        assert isinstance(page, CasePage)
        team.desk("hr").redact(Target(case=CASE, entry=team.entry("Has")), WHY)
        await heard(app, pilot)
        assert app.screen is page
        assert screen_text(app) == before
        app.exit()


async def test_a_case_that_went_whole_is_shown_to_its_manager_no_more(team: World, tmp_path: Path) -> None:
    """It belongs to nobody then: page and form close, the list below stays."""
    team.do("withdraw", "hr", cause="resignation", text="Leaves.")
    async with screens(team, tmp_path / "drafts") as (app, pilot):
        name = team.desk("hr").view(CASE).line.employee
        app.open_act(CASE, "note", {})
        await pilot.pause()
        team.desk("hr").redact(Target(case=CASE), WHY)
        await heard(app, pilot)
        assert isinstance(app.screen, CasesPage)
        assert f"Case {CASE} is not to be seen here any more" in said(app)
        assert name not in screen_text(app)
        await keys(pilot, "q")
        assert isinstance(app.screen, TodayPage)
        assert name not in screen_text(app)
        app.exit()
