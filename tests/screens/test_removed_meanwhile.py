"""What is removed from the record while screens are open: they show it no longer, and nothing writes it again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from piptui.beside import Sought, remove, traces
from piptui.desk.api import Target
from piptui.drafts import Drafts
from piptui.paths import drafts_dir
from screens.app import PiptuiApp
from screens.case import CasePage
from screens.find import FindPage
from screens.packet import PacketPage
from screens.today import TodayPage
from tests.screens.forms_kit import Kit, fill, keys
from tests.screens.screen_text import screen_text

MARK = "Quinquagesima"
WHY = "Asked for, ticket 12."


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kit:
    """A running plan, and a state folder of the test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    kit = Kit(tmp_path).running()
    kit.clock.day("2026-03-10")
    return kit


@asynccontextmanager
async def screens(kit: Kit) -> AsyncIterator[tuple[PiptuiApp, Pilot[None]]]:
    """The app with drafts on the disk, as it runs for a person."""
    app = PiptuiApp(kit.desk, drafts=Drafts(drafts_dir(), kit.desk.me().store))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield app, pilot


def noted(kit: Kit) -> str:
    """A note with the mark; its id."""
    return str(kit.desk.do("note", "1", {"text": f"{MARK} on the phone."}).item)


async def redact(kit: Kit, app: PiptuiApp, pilot: Pilot[None], entry: str) -> None:
    """What another terminal does: drafts first, then the record; then the screens hear of it."""
    remove(traces(kit.desk.me().store, Sought(concerned=("0001",), ids=(entry,))))
    kit.open().redact(Target(case="1", entry=entry), WHY)
    app.listen()
    await pilot.pause()


def on_disk(tmp_path: Path) -> list[str]:
    """The files of the state folder in which the mark stands."""
    files = [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
    return [path.name for path in files if MARK.encode() in path.read_bytes()]


async def test_a_kept_text_goes_with_what_it_was_typed_on(kit: Kit, tmp_path: Path) -> None:
    """The case offers it no longer, its key opens nothing of it, and the end of the program writes nothing."""
    entry = noted(kit)
    async with screens(kit) as (app, pilot):
        app.open_act("1", "correct", {"entry": entry})
        await pilot.pause()
        await fill(pilot, value=f"{MARK} by mail.")
        await keys(pilot, "escape")
        app.open_case("1")
        await pilot.pause()
        assert "kept: correction" in screen_text(app)
        assert on_disk(tmp_path)
        await redact(kit, app, pilot, entry)
        assert isinstance(app.screen, CasePage)
        assert "kept:" not in screen_text(app)
        assert not any(isinstance(key, tuple) and key[1] == "act correct" for key in app.kept)
    assert not on_disk(tmp_path)


@pytest.mark.parametrize("typed", [True, False])
async def test_an_open_form_on_it_is_closed(kit: Kit, tmp_path: Path, typed: bool) -> None:
    """Whether something was typed or not: its fields show what was removed, and a letter would write it again."""
    entry = noted(kit)
    async with screens(kit) as (app, pilot):
        app.open_case("1")
        await pilot.pause()
        app.open_act("1", "correct", {"entry": entry})
        await pilot.pause()
        if typed:
            await fill(pilot, value=f"{MARK} by mail.")
        await redact(kit, app, pilot, entry)
        assert isinstance(app.screen, CasePage)
        assert "from the record for good" in app.screen.message
        await keys(pilot, "q")
    assert not on_disk(tmp_path)


async def test_pages_above_it_close_with_it(kit: Kit, tmp_path: Path) -> None:
    """Help or a list on top of the form goes, too; what was typed for another document of the case stays."""
    entry = noted(kit)
    async with screens(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await fill(pilot, text="of something else")
        await keys(pilot, "escape")
        app.open_act("1", "correct", {"entry": entry})
        await pilot.pause()
        await keys(pilot, "f1")
        await redact(kit, app, pilot, entry)
        assert isinstance(app.screen, TodayPage)
        assert [key[1] for key in app.kept if isinstance(key, tuple) and key[1].startswith("act")] == ["act note"]


async def test_a_packet_and_found_texts_are_not_shown_any_more(kit: Kit) -> None:
    """The packet on the screen is closed, hits are looked for anew."""
    entry = noted(kit)
    async with screens(kit) as (app, pilot):
        app.push_screen(PacketPage(kit.desk.packet("1", "hr")))
        await pilot.pause()
        other = noted(kit)
        app.listen()
        await redact(kit, app, pilot, other)
        assert isinstance(app.screen, TodayPage)
    async with screens(kit) as (app, pilot):
        app.open_find()
        await pilot.pause()
        page = app.screen
        assert isinstance(page, FindPage)
        page.filter.value = MARK
        page.search()
        await pilot.pause()
        assert "on the phone" in screen_text(app)
        await redact(kit, app, pilot, entry)
        assert "on the phone" not in screen_text(app)
