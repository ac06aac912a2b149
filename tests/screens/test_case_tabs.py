"""One case: its tabs, its verbs, its packets."""

import stat
from pathlib import Path

import msgspec
import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from piptui.errors import Conflict, Denied, Refused
from screens.act_form import ActForm
from screens.acts import ActsPage
from screens.case import CasePage
from tests.packets import sample
from tests.packets.test_sign_off import before, signed
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk, case_line
from tests.screens.screen_text import app_of, page_of, screen_text

STAGES = ("active", "draft", "in_review", "approved", "issued", "final_review", "closed")


@pytest.mark.parametrize("tab", "123456")
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
    """Tab and the arrows walk through all six, and round."""
    async with opened(desk, keys=("enter",)) as pilot:
        page = page_of(pilot)
        assert isinstance(page, CasePage)
        tabs = []
        for key in ("tab", "right", "tab", "right", "tab", "right", "left", "shift+tab"):
            await pilot.press(key)
            tabs.append(page.tab)
        assert tabs == [1, 2, 3, 4, 5, 0, 5, 4]


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
        await pilot.press("G", "k", "enter")
        await pilot.pause()
        assert "not now." in page_of(pilot).message
        assert "stage active" in page_of(pilot).message


async def test_acts_that_move_the_case_on_come_first(opened: Opened, desk: FakeDesk) -> None:
    """The list begins with what moves the case on and ends its possible ones with editing the plan."""
    async with opened(desk, keys=("j", "enter", "x")) as pilot:
        rows = [line[3:].strip() for line in screen_text(pilot).splitlines()[2:-4] if line[1:2] == " " and line[3:4]]
        possible = rows[: rows.index("Add or change an item of the plan") + 1]
        assert possible[0] == "Submit the plan for review"
        assert possible[-1] == "Add or change an item of the plan"


async def test_the_reason_under_the_cursor_is_whole(opened: Opened, desk: FakeDesk) -> None:
    """The reason that the column cuts stands below the list, and no row is lost by it."""
    async with opened(desk, keys=("enter", "x")) as pilot:
        before = screen_text(pilot).splitlines()
        await pilot.press("G", "k")
        await pilot.pause()
        after = screen_text(pilot).splitlines()
        assert "The case is in stage active; it comes later or is past." in "\n".join(after[-6:])
        assert [line[3:30] for line in before[2:13]] == [line[3:30] for line in after[2:13]]


@pytest.mark.slow
async def test_a_form_opened_from_the_acts_goes_back_to_them(opened: Opened, desk: FakeDesk) -> None:
    """Esc goes back one level at a time; after a commit the list is read again."""
    async with opened(desk, keys=("enter", "x")) as pilot:
        acts = page_of(pilot)
        assert isinstance(acts, ActsPage)
        while acts.lines.current is not None and acts.lines.current.key != "note":
            await pilot.press("j")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(page_of(pilot), ActForm)
        await pilot.press("escape")
        await pilot.pause()
        assert page_of(pilot) is acts
        await pilot.press("enter")
        await pilot.pause()
        desk.lines = (case_line(7, stage="closed"), *desk.lines[1:])
        page_of(pilot).committed(desk.do("note", "0007", {}))
        await pilot.pause()
        assert page_of(pilot) is acts
        assert acts.message == "It is in the record."
        assert "- Log a check-in that was held" in screen_text(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(page_of(pilot), CasePage)


async def test_enter_on_a_next_step_opens_its_act(opened: Opened, desk: FakeDesk) -> None:
    """The overview's next steps are the possible acts that move the case on; Enter opens the one under the cursor."""
    async with opened(desk, keys=("j", "enter")) as pilot:
        text = screen_text(pilot)
        assert "Next steps: Enter opens one" in text
        assert "Put a note on file" not in text
        await pilot.press("enter")
        await pilot.pause()
        page = page_of(pilot)
        assert isinstance(page, ActForm)
        assert page.act_name == "submit"


async def test_a_line_of_the_history_is_shown_whole(opened: Opened, desk: FakeDesk) -> None:
    """The tab says in which zone its times are; Enter shows sentence, reason and the exact instant."""
    async with opened(desk, keys=("enter", "6")) as pilot:
        assert "times in Europe/Berlin" in screen_text(pilot)
        await pilot.press("enter")
        await pilot.pause()
        text = screen_text(pilot)
        assert "Issued plan 1." in text
        assert "agreed" in text
        assert "Fri 20 Nov 2026, 13:00:00 in Europe/Berlin (UTC+01:00)" in text
        assert "2026-11-20 12:00:00 UTC" in text
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(page_of(pilot), CasePage)


async def test_the_plan_tab_speaks_the_forms_words(opened: Opened, desk: FakeDesk) -> None:
    """Fields are called what the plan editor calls them; a qualitative goal has no direction."""
    async with opened(desk, size=(120, 60), keys=("enter", "2")) as pilot:
        text = screen_text(pilot)
        assert "Better is: higher" in text
        assert "baseline" not in text
        qualitative = text.split("Discovery training")[1].split("Support")[0]
        assert "Better is" not in qualitative


async def test_corrections_and_strikes_show_in_the_head(opened: Opened, desk: FakeDesk) -> None:
    """The head of a mended entry says so, its old text stands behind, and people are named."""
    async with opened(desk, size=(120, 60), keys=("enter", "4")) as pilot:
        text = screen_text(pilot)
        assert "Tue 3 Nov  note, corrected, struck" in text
        assert "Wrong preson" in text
        assert "Goal: g1 Daily outreach calls" in text


async def test_the_name_of_a_file_is_asked_for_visibly(opened: Opened, desk: FakeDesk) -> None:
    """The packet says how it is printed; the prompt looks like one, has hints of its own, and ctrl+s saves."""
    async with opened(desk, keys=("enter", "p", *"hr", "enter")) as pilot:
        assert "pandoc" in page_of(pilot).message
        await pilot.press("s")
        await pilot.pause()
        lines = screen_text(pilot).splitlines()
        prompt = next(line for line in lines if "Save as: [" in line)
        assert prompt.endswith("]")
        assert "Enter save" in lines[-1]
        assert "Esc back to the text" in lines[-1]
        await pilot.press("escape")
        await pilot.pause()
        assert "Save as" not in screen_text(pilot)


def test_drafts_and_days_read_well() -> None:
    """A draft that is one is not said to be one twice, and one day is no days."""
    desk = FakeDesk((case_line(7, stage="draft"), case_line(8, day=61, days=60)))
    draft = CasePage(msgspec.structs.replace(desk.view("0007"), draft_state="draft"))
    assert draft.draft_state() == ""
    assert CasePage(desk.view("0008")).standing() == "active, 1 day over"


async def test_help_lists_every_key_of_the_page(opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion) -> None:
    """F1 lists what keys do here; the same key closes it."""
    async with opened(desk, size=(80, 40), keys=("enter", "f1")) as pilot:
        assert screen_text(pilot) == snapshot
        await pilot.press("f1")
        assert isinstance(page_of(pilot), CasePage)


@pytest.mark.slow
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


@pytest.mark.slow
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


async def test_the_page_to_sign_is_one_choice_more(
    opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """p offers it beside the audiences; it is read and saved as a packet is."""
    monkeypatch.chdir(tmp_path)
    desk.printed["sign_off"] = signed(before(sample.sheet()))
    async with opened(desk, keys=("enter", "p")) as pilot:
        assert screen_text(pilot) == snapshot
        await pilot.press(*"sign", "enter")
        await pilot.pause()
        assert screen_text(pilot) == snapshot
        await pilot.press("s", "enter")
        await pilot.pause()
        assert (tmp_path / "0007-sign_off.md").read_text(encoding="utf-8") == desk.printed["sign_off"]


async def test_nothing_to_sign_is_said_on_the_page_that_asked(opened: Opened, desk: FakeDesk) -> None:
    """What is missing, and what comes next, in the desk's words."""
    desk.errors["packet"] = Refused("There is nothing to sign: no plan was issued yet.")
    async with opened(desk, keys=("enter", "p", *"sign", "enter")) as pilot:
        assert page_of(pilot).message == "There is nothing to sign: no plan was issued yet."


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


async def test_a_packet_goes_nowhere_else(opened: Opened, desk: FakeDesk, tmp_path: Path) -> None:
    """Not through a link, not into a store, not to a home that is nobody's: the sentence says so, the name stays."""
    (tmp_path / "real").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "store" / "journal").mkdir(parents=True)
    (tmp_path / "store" / "store.json").touch()
    async with opened(desk, keys=("enter", "p", "enter")) as pilot:
        for name, told in (
            ("link", "exists already and was left as it is"),
            ("store/case.md", "lies inside a store"),
            ("~nobody-here/case.md", "was not written"),
        ):
            await pilot.press("s")
            app_of(pilot).screen.query_one(Input).value = str(tmp_path / name) if name[0] != "~" else name
            await pilot.press("ctrl+s")
            assert told in page_of(pilot).message
    assert (tmp_path / "real").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in (tmp_path / "store").iterdir()) == ["journal", "store.json"]
