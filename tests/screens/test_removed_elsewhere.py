"""What another session removes from the record leaves the screens that run meanwhile, and no draft brings it back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from piptui.cli.redact import here_of, remove
from piptui.desk.api import Target
from piptui.drafts import Drafts
from piptui.paths import drafts_dir
from screens.app import PiptuiApp
from screens.base import Page
from screens.case import CasePage
from screens.conflict import ConflictPage
from screens.correct import CorrectPage
from screens.cover import CoverPage
from screens.event import EventPage
from screens.kept import Kept
from screens.plan import PlanPage
from screens.plan_fields import SECTIONS
from screens.plan_outline import Place
from screens.today import TodayPage
from tests.screens.forms_kit import Kit, fill, form, keys
from tests.screens.screen_text import screen_text

SECRET = "Zwiebelfieber"
NOTE = {"text": f"Has {SECRET} since May.", "occurred_on": "2026-03-03"}


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kit:
    """A running plan with a note that says too much."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    kit = Kit(tmp_path).running()
    kit.clock.day("2026-03-17")
    kit.desk.do("note", "1", NOTE)
    return kit


@asynccontextmanager
async def screens(kit: Kit, *, elsewhere: Path | None = None) -> AsyncIterator[tuple[PiptuiApp, Pilot[None]]]:
    """The screens of the same login on this machine, or on another one; case 1 is open."""
    app = PiptuiApp(kit.desk, drafts=Drafts(elsewhere or drafts_dir(), kit.desk.me().store))
    async with app.run_test(size=(80, 50)) as pilot:
        await pilot.pause()
        app.open_case("1")
        await pilot.pause()
        yield app, pilot


def note(kit: Kit) -> str:
    """The id of the note."""
    return next(one.id for one in kit.desk.view("1").entries if one.text.startswith("Has"))


def removed(kit: Kit, target: Target) -> None:
    """What `piptui redact` does in another terminal once it was confirmed."""
    desk = kit.open()
    removal = desk.removal(target)
    remove(desk, target, "asked for, ticket 12", removal, here_of(desk, removal, target))
    desk.close()


def on_disk(*folders: Path) -> list[Path]:
    """The files below the folders that hold the words."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if SECRET.encode() in path.read_bytes()]


def remembered(app: PiptuiApp) -> list[object]:
    """The kept texts."""
    return [key for key, text in app.kept.items() if isinstance(text, Kept)]


def said(app: PiptuiApp) -> str:
    """What the page on top says."""
    assert isinstance(app.screen, Page)
    return " ".join(app.screen.message.split())


async def heard(app: PiptuiApp, pilot: Pilot[None]) -> None:
    """The screens ask for news."""
    app.listen()
    await pilot.pause()
    await pilot.pause()


async def typed(app: PiptuiApp, pilot: Pilot[None], kit: Kit, text: str = f"Had {SECRET}.") -> None:
    """A correction of the note, half typed."""
    app.open_act("1", "correct", {"entry": note(kit)})
    await pilot.pause()
    if text:
        await fill(pilot, value=text)


async def test_a_kept_text_that_was_removed_is_offered_no_more(kit: Kit, tmp_path: Path) -> None:
    """Neither the case page nor the form has it, and the end of the program writes nothing of it."""
    async with screens(kit) as (app, pilot):
        await typed(app, pilot, kit)
        await keys(pilot, "escape")
        assert "kept: correction" in screen_text(app)
        assert on_disk(tmp_path / "state")
        removed(kit, Target(case="1", entry=note(kit)))
        await heard(app, pilot)
        assert not remembered(app)
        assert "kept:" not in screen_text(app)
        assert "removed texts from the record" in said(app)
        assert "not saved went, too" in said(app)
        app.exit()
    assert not on_disk(tmp_path / "state", tmp_path / "store")


@pytest.mark.parametrize("text", [f"Had {SECRET}.", ""])
async def test_an_open_form_closes_and_writes_nothing(kit: Kit, tmp_path: Path, text: str) -> None:
    """Whether something was typed in it or it only stood open; it says so calmly, once."""
    async with screens(kit) as (app, pilot):
        await typed(app, pilot, kit, text)
        removed(kit, Target(case="1", entry=note(kit)))
        await heard(app, pilot)
        assert isinstance(app.screen, CasePage)
        assert SECRET not in screen_text(app)
        assert "The page that showed them is closed." in said(app)
        assert ("went with it" in said(app)) == bool(text)
        assert not remembered(app)
        app.exit()
    assert not on_disk(tmp_path / "state", tmp_path / "store")


async def test_a_letter_typed_before_the_news_leaves_no_draft(kit: Kit, tmp_path: Path) -> None:
    """Between the removal and the moment in which the screens hear of it."""
    async with screens(kit) as (app, pilot):
        await typed(app, pilot, kit)
        removed(kit, Target(case="1", entry=note(kit)))
        await fill(pilot, value=f"Had {SECRET} once.")
        await heard(app, pilot)
        assert not remembered(app)
        app.exit()
    assert not on_disk(tmp_path / "state")


async def test_the_end_of_the_program_before_the_news_leaves_no_draft(kit: Kit, tmp_path: Path) -> None:
    """The last letters are kept at the end, but not of what was removed."""
    async with screens(kit) as (app, pilot):
        await typed(app, pilot, kit)
        removed(kit, Target(case="1", entry=note(kit)))
        await fill(pilot, value=f"Had {SECRET} once.")
        app.exit()
    assert not on_disk(tmp_path / "state")


async def test_another_machine_forgets_it_by_what_the_commit_says(kit: Kit, tmp_path: Path) -> None:
    """The command does not reach these drafts: the screens that run there take them away themselves."""
    there = tmp_path / "there"
    async with screens(kit, elsewhere=there) as (app, pilot):
        await typed(app, pilot, kit)
        await keys(pilot, "escape")
        removed(kit, Target(case="1", entry=note(kit)))
        assert on_disk(there)
        await heard(app, pilot)
        assert not remembered(app)
        app.exit()
    assert not on_disk(there)


async def test_what_is_typed_for_something_else_stays_kept(kit: Kit) -> None:
    """A check-in of the same case is its writer's: the form closes, the text is there when it is opened again."""
    async with screens(kit) as (app, pilot):
        await keys(pilot, "c")
        await fill(pilot, helped="the coaching")
        removed(kit, Target(case="1", entry=note(kit)))
        await heard(app, pilot)
        assert "What you typed there is kept" in said(app)
        await keys(pilot, "c")
        assert form(app).texts["helped"] == "the coaching"
        app.exit()


async def test_under_a_cover_the_form_closes_when_it_is_lifted(kit: Kit, tmp_path: Path) -> None:
    """What lies below is shown to nobody and kept by nobody meanwhile."""
    async with screens(kit) as (app, pilot):
        await typed(app, pilot, kit)
        app.cover()
        await pilot.pause()
        removed(kit, Target(case="1", entry=note(kit)))
        await heard(app, pilot)
        assert isinstance(app.screen, CoverPage)
        assert not on_disk(tmp_path / "state")
        await keys(pilot, "enter")
        assert not isinstance(app.screen, CorrectPage)
        assert SECRET not in screen_text(app)
        app.exit()
    assert not on_disk(tmp_path / "state")


async def test_open_tabs_and_what_was_copied_are_read_anew(kit: Kit) -> None:
    """Evidence, History and a line of it that stands open; the app's own clipboard is emptied."""
    async with screens(kit) as (app, pilot):
        await keys(pilot, "4", "G")
        assert SECRET in screen_text(app)
        app.copy_to_clipboard(SECRET)
        await keys(pilot, "u")
        assert SECRET in said(app)
        removed(kit, Target(case="1", entry=note(kit)))
        await heard(app, pilot)
        assert SECRET not in screen_text(app)
        assert SECRET not in app.clipboard
        await keys(pilot, "6")
        assert SECRET not in screen_text(app)
        app.exit()


async def test_a_line_of_the_history_that_stands_open_closes(kit: Kit) -> None:
    """It may quote what was recorded, and nothing reads it again."""
    async with screens(kit) as (app, pilot):
        await keys(pilot, "6", "enter")
        assert isinstance(app.screen, EventPage)
        removed(kit, Target(case="1", entry=note(kit)))
        await heard(app, pilot)
        assert isinstance(app.screen, CasePage)
        assert SECRET not in screen_text(app)
        app.exit()


def place_of(name: str) -> Place:
    """The place of a field of the plan."""
    return Place(next(one for one in SECTIONS if name in one.fields))


async def plan_open(app: PiptuiApp, pilot: Pilot[None], place: str) -> PlanPage:
    """The plan editor at a place."""
    app.kept["0001", "plan, left at", ""] = place
    app.open_act("1", "put", {})
    await pilot.pause()
    assert isinstance(app.screen, PlanPage)
    return app.screen


@pytest.mark.slow
@pytest.mark.parametrize("there", [False, True])
async def test_a_field_of_a_plan_takes_what_is_typed_at_its_place_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    """What a half-typed place rests on holds the words; a goal that is half typed beside it stays, on this machine
    and on another one."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    kit = Kit(tmp_path).with_plan(context=f"Has {SECRET} since May.")
    async with screens(kit, elsewhere=tmp_path / "there" if there else None) as (app, pilot):
        await plan_open(app, pilot, "goals.g1")
        await fill(pilot, statement="Make 41 calls")
        await keys(pilot, "escape")
        app.kept["0001", "plan", "goals.g1"] = app.kept.pop(("0001", "plan", "goals.g1"))
        page = await plan_open(app, pilot, "facts")
        page.go(place_of("context"))
        await pilot.pause()
        await pilot.pause()
        await fill(pilot, context="Is well.")
        assert on_disk(tmp_path / "state", tmp_path / "there")
        removed(kit, Target(case="1", entry="draft", fields=("context",)))
        await heard(app, pilot)
        assert remembered(app) == [("0001", "plan", "goals.g1")]
        assert SECRET not in screen_text(app)
        app.exit()
    assert not on_disk(tmp_path / "state", tmp_path / "there", tmp_path / "store")


async def test_working_papers_that_go_at_issue_take_no_typed_text(tmp_path: Path) -> None:
    """Nobody asked for a removal there: what is half typed in the plan stays its writer's."""
    kit = Kit(tmp_path).with_plan()
    for act in ("submit", "approve"):
        kit.desk.do(act, "1", {})
    since = kit.desk.watch(None).seq
    issue = {"place": "Room 4", "attendees": ["Kim Lee"], "consequences_explained": "yes", "override": "agreed"}
    kit.open().do("issue", "1", issue)
    assert kit.desk.watch(since).lines
    assert not any(line.removed for line in kit.desk.watch(since).lines)


async def test_both_sides_of_a_conflict_close(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They stand side by side and show what was there; neither is offered any more."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    kit = Kit(tmp_path).with_plan(context=f"Has {SECRET} since May.")
    async with screens(kit) as (app, pilot):
        page = await plan_open(app, pilot, "facts")
        page.go(place_of("context"))
        await pilot.pause()
        await pilot.pause()
        await fill(pilot, context="Is well.")
        kit.open().do("set", "1", {"field": "context", "value": f"No {SECRET} any more."})
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, ConflictPage)
        assert SECRET in screen_text(app)
        removed(kit, Target(case="1", entry="draft", fields=("context",)))
        await heard(app, pilot)
        assert isinstance(app.screen, CasePage)
        assert not remembered(app)
        await keys(pilot, "2")
        assert SECRET not in screen_text(app)
        app.exit()
    assert not on_disk(tmp_path / "state", tmp_path / "store")


@pytest.mark.parametrize("there", [False, True])
async def test_a_check_in_takes_what_is_typed_for_its_week(kit: Kit, tmp_path: Path, *, there: bool) -> None:
    """Recorded by somebody else while one typed for the same meeting, and removed then; another week stays."""
    async with screens(kit, elsewhere=tmp_path / "there" if there else None) as (app, pilot):
        await keys(pilot, "c")
        slot = form(app).texts["slot"]
        await fill(pilot, helped=SECRET)
        await keys(pilot, "escape")
        app.kept["0001", "check-in", "w4"] = Kept(kit.clock(), {"slot": "w4", "helped": "the coaching"})
        kit.open().do("log_check_in", "1", {"slot": slot, "occurred_on": "today", "note": SECRET})
        removed(kit, Target(case="1", entry=slot))
        await heard(app, pilot)
        assert remembered(app) == [("0001", "check-in", "w4")]
        assert "week 4" in screen_text(app)
        app.exit()
    assert not on_disk(tmp_path / "state", tmp_path / "there")


async def test_a_person_who_is_removed_is_shown_by_no_page(kit: Kit, tmp_path: Path) -> None:
    """The page of the person, the case of theirs and a form on it: all close, down to what is left."""
    kit.desk.do("withdraw", "1", {"cause": "resignation", "text": "Leaves."})
    who = next(one.id for one in kit.desk.lookup("Dana"))
    async with screens(kit) as (app, pilot):
        app.pop_screen()
        app.open_person(who)
        await pilot.pause()
        app.open_case("1")
        await pilot.pause()
        await typed(app, pilot, kit)
        removed(kit, Target(person=who))
        await heard(app, pilot)
        assert "Dana" not in screen_text(app)
        assert isinstance(app.screen, TodayPage)
        assert not remembered(app)
        app.exit()
    assert not on_disk(tmp_path / "state", tmp_path / "store")
