"""One case: its tabs, its verbs, its packets."""

import stat
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from piptui.errors import Conflict, Denied, Refused
from screens.case import CasePage
from screens.packet import save_private
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk, case_line
from tests.screens.screen_text import app_of, page_of, screen_text

STAGES = ("active", "draft", "in_review", "approved", "issued", "final_review", "closed")


@pytest.mark.parametrize("tab", "12345")
async def test_tabs_of_an_active_case(opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion, tab: str) -> None:
    """Each tab answers its question at 80x24."""
    async with opened(desk, keys=("enter", tab) if tab != "1" else ("enter",)) as pilot:
        assert screen_text(pilot) == snapshot


@pytest.mark.parametrize("row", range(1, len(STAGES)))
async def test_overview_in_every_other_stage(
    opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion, row: int
) -> None:
    """The overview says where the case stands and what comes next, whatever its stage."""
    async with opened(desk, keys=(*"j" * row, "enter")) as pilot:
        assert screen_text(pilot) == snapshot(name=STAGES[row])


@pytest.mark.parametrize("size", [(120, 40), (40, 10)])
async def test_overview_at_other_sizes(
    opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    """A wide terminal shows more, a tiny one still shows what matters."""
    async with opened(desk, size=size, keys=("enter",)) as pilot:
        assert screen_text(pilot) == snapshot


async def test_tabs_go_round(opened: Opened, desk: FakeDesk) -> None:
    """Tab and the arrows walk through all five, and round."""
    async with opened(desk, keys=("enter",)) as pilot:
        page = page_of(pilot)
        assert isinstance(page, CasePage)
        tabs = []
        for key in ("tab", "right", "tab", "right", "tab", "left", "shift+tab"):
            await pilot.press(key)
            tabs.append(page.tab)
        assert tabs == [1, 2, 3, 4, 0, 4, 3]


async def test_the_place_on_a_tab_is_kept(opened: Opened, desk: FakeDesk) -> None:
    """Leaving a tab and coming back finds the cursor where it was; so does a reload."""
    async with opened(desk, keys=("enter", "4", "j", "5", "4", "r")) as pilot:
        page = page_of(pilot)
        assert isinstance(page, CasePage)
        assert page.reader.current == "e2"


async def test_a_change_above_is_shown_at_once(opened: Opened, desk: FakeDesk) -> None:
    """When a page above commits, the case below reads again and says the sentence."""
    async with opened(desk, keys=("enter", "x")) as pilot:
        desk.lines = (case_line(7, "Dana Smith"), *desk.lines[1:])
        page_of(pilot).committed(desk.do("note", "0007", {}))
        await pilot.pause()
        assert isinstance(page_of(pilot), CasePage)
        assert "Dana Smith" in screen_text(pilot)
        assert page_of(pilot).message == "It is in the record."
        await pilot.press("q")
        await pilot.pause()
        assert "Dana Smith" in screen_text(pilot)


async def test_mending_needs_something_under_the_cursor(opened: Opened, desk: FakeDesk) -> None:
    """K and D outside an entry say where to put the cursor; a planned check-in has nothing to mend."""
    async with opened(desk, keys=("enter", "K")) as pilot:
        assert "Put the cursor on an entry" in page_of(pilot).message
        await pilot.press("3", "D")
        assert "only planned" in page_of(pilot).message


async def test_all_acts_with_their_reasons(opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion) -> None:
    """x lists the possible acts first; one that is not possible answers with its reason and stays open."""
    async with opened(desk, keys=("enter", "x")) as pilot:
        assert screen_text(pilot) == snapshot
        await pilot.press("G", "enter")
        await pilot.pause()
        assert "not now." in page_of(pilot).message
        assert "stage active" in page_of(pilot).message


async def test_help_lists_every_key_of_the_page(opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion) -> None:
    """F1 lists what keys do here; the same key closes it."""
    async with opened(desk, size=(80, 40), keys=("enter", "f1")) as pilot:
        assert screen_text(pilot) == snapshot
        await pilot.press("f1")
        assert isinstance(page_of(pilot), CasePage)


async def test_palette_runs_actions_and_opens_cases(opened: Opened, desk: FakeDesk) -> None:
    """Typing a few letters finds an action, or a case by its number or name."""
    async with opened(desk, keys=("colon", *"lars")) as pilot:
        assert "Open case 0010 Lars Berg" in screen_text(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert page_of(pilot).case == "0010"
        await pilot.press("ctrl+p", *"read", "enter")
        await pilot.pause()
        assert page_of(pilot).message == "Read again."


async def test_palette_keeps_open_where_nothing_fits(opened: Opened, desk: FakeDesk) -> None:
    """Enter on an empty list says so."""
    async with opened(desk, keys=("colon", *"zzzz", "enter")) as pilot:
        assert "Nothing is chosen" in page_of(pilot).message


async def test_packet_is_read_and_saved_for_its_owner_alone(
    opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """p asks for whom, shows the text, and s writes it to a new file of mode 0600; an old file is left alone."""
    monkeypatch.chdir(tmp_path)
    async with opened(desk, keys=("enter", "p", *"hr", "enter")) as pilot:
        assert screen_text(pilot) == snapshot
        await pilot.press("s", "enter")
        await pilot.pause()
        saved = tmp_path / "0007-hr.md"
        assert saved.read_text(encoding="utf-8").startswith("# Packet")
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600
        assert "only you can read it" in page_of(pilot).message
        await pilot.press("s", "enter")
        assert "exists already" in page_of(pilot).message
        await pilot.press("escape", "escape")
        assert isinstance(page_of(pilot), CasePage)


async def test_a_packet_that_is_denied_says_so(opened: Opened, desk: FakeDesk) -> None:
    """The desk's refusal of an audience is shown on the page that asked."""
    desk.errors["packet"] = Denied("Only HR prints for counsel.")
    async with opened(desk, keys=("enter", "p", "enter")) as pilot:
        assert page_of(pilot).message == "Only HR prints for counsel."


async def test_a_refusal_lists_its_reasons(opened: Opened, desk: FakeDesk) -> None:
    """Every reason of a refusal stands on its own line."""
    async with opened(desk, keys=("enter",)) as pilot:
        desk.errors["view"] = Refused("Not yet.", ("goal 1 has no target", "no schedule"))
        await pilot.press("r")
        assert page_of(pilot).message.splitlines() == ["Not yet.", "goal 1 has no target", "no schedule"]
        desk.errors["view"] = Conflict("Noor changed it.")
        await pilot.press("r")
        assert page_of(pilot).message == "Noor changed it."
        assert app_of(pilot).is_running


def test_saving_never_writes_through_a_link(tmp_path: Path) -> None:
    """A link in the place of the file is left alone."""
    (tmp_path / "real").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(FileExistsError):
        save_private(tmp_path / "link", "theirs")
    assert (tmp_path / "real").read_text(encoding="utf-8") == "mine"
