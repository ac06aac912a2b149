"""The list of cases."""

import datetime as dt
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from piptui.desk import Actor, open_desk
from piptui.errors import Busy
from screens.case_rows import cells, next_thing
from screens.cases import CasesPage
from tests.demo import demo_store
from tests.screens.conftest import Opened
from tests.screens.fake import TODAY, FakeDesk, case_line, full_desk, many_cases
from tests.screens.screen_text import app_of, page_of, screen_text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)])
async def test_cases_screen(
    opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    """The list is readable at the design size, uses a wide terminal, and stays usable on a tiny one."""
    async with opened(desk, size=size) as pilot:
        assert screen_text(pilot) == snapshot


async def test_ascii(opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion) -> None:
    """With ASCII twins no sign beyond ASCII is drawn, but for people's names."""
    async with opened(desk, keys=("enter",), ascii_only=True) as pilot:
        text = screen_text(pilot)
        assert text.isascii()
        assert text == snapshot


async def test_filter_as_you_type(opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion) -> None:
    """Each letter narrows the list; Enter goes to it, Esc clears."""
    async with opened(desk, keys=("slash", *"lar")) as pilot:
        assert screen_text(pilot) == snapshot
        await pilot.press("enter", "enter")
        assert "0010 Lars Berg" in screen_text(pilot)
        await pilot.press("escape", "escape")
        assert "0007  Dana Okafor" in screen_text(pilot)


async def test_a_filter_that_nothing_matches_says_how_to_get_out(opened: Opened, desk: FakeDesk) -> None:
    """An empty result names what was typed and the key that clears it."""
    async with opened(desk, keys=("slash", *"zebra")) as pilot:
        text = screen_text(pilot)
        assert "No case matches “zebra”." in text
        assert "Esc clears the filter." in text


async def test_first_run_says_what_to_do(opened: Opened, snapshot: SnapshotAssertion) -> None:
    """A store without people tells how they come in; one without cases how one is opened."""
    async with opened(FakeDesk(people=False)) as pilot:
        assert screen_text(pilot) == snapshot
    async with opened(FakeDesk()) as pilot:
        assert "No cases yet." in screen_text(pilot)


async def test_the_cursor_keeps_to_its_case_when_the_list_changes(opened: Opened, desk: FakeDesk) -> None:
    """Reloading a list that has grown above the cursor leaves the cursor on the same case."""
    async with opened(desk, keys=("j", "j")) as pilot:
        assert page_of(pilot).case == "0009"
        desk.lines = (case_line(1, "New First"), *desk.lines)
        await pilot.press("r")
        await pilot.pause()
        assert page_of(pilot).case == "0009"


async def test_a_long_list_moves_by_rows_pages_and_ends(opened: Opened) -> None:
    """j, PgDn, ctrl+d, G and g go where they say, and the cursor's row is always on the screen."""
    async with opened(many_cases(300)) as pilot:
        seen = []
        for key in ("j", "pagedown", "ctrl+d", "G", "ctrl+u", "pageup", "k", "g"):
            await pilot.press(key)
            await pilot.pause()
            case = page_of(pilot).case
            assert any(line.startswith(">") and case in line for line in screen_text(pilot).splitlines())
            seen.append(int(case))
        assert seen == [2, 19, 27, 300, 292, 275, 274, 1]


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_the_list_goes_back_to_today(opened: Opened, desk: FakeDesk, key: str) -> None:
    """Esc and q go back one level, as everywhere; nothing ends the program from here."""
    async with opened(desk, keys=(key,)) as pilot:
        assert app_of(pilot).is_running
        assert screen_text(pilot).startswith(" Today")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_no_cell_is_cut_while_there_is_room(opened: Opened, size: tuple[int, int]) -> None:
    """A long name and a long subject get the room that short cells leave; at 80 columns all of it."""
    line = case_line(1, "Wilhelmina Vansant", about="answered within a day")
    async with opened(FakeDesk((line,)), size=size) as pilot:
        row = screen_text(pilot).splitlines()[4]
        assert "Wilhelmina Vansant" in row
        assert "17 Nov check-in" in row
        assert ("answered within a day" in row) is (size[0] > 80)
        assert size[0] > 80 or len(row) >= 78


async def test_an_error_of_the_desk_becomes_a_message(opened: Opened, desk: FakeDesk) -> None:
    """A store that is busy leaves the list as it was and says why."""
    async with opened(desk) as pilot:
        desk.errors["list"] = Busy("Noor (pid 7) is writing. Try again.")
        await pilot.press("slash", "d")
        await pilot.pause()
        assert "Noor (pid 7) is writing" in page_of(pilot).message
        assert "0008  Priya Patel" in screen_text(pilot)


async def test_a_case_that_cannot_be_opened_is_told(opened: Opened, desk: FakeDesk) -> None:
    """A case that vanished between list and Enter is a sentence, not a crash."""
    async with opened(desk) as pilot:
        desk.errors["view"] = Busy("Somebody is writing. Try again.")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(page_of(pilot), CasesPage)
        assert "Somebody is writing" in page_of(pilot).message


async def test_a_verb_that_is_not_possible_says_why(opened: Opened, desk: FakeDesk) -> None:
    """c on a draft answers with the reason of the act."""
    async with opened(desk, keys=("j", "c")) as pilot:
        assert "Log a check-in that was held: not now." in page_of(pilot).message
        assert "stage draft" in page_of(pilot).message


async def test_hostile_names_are_shown_as_text(opened: Opened) -> None:
    """Markup in a name is text, and no control character is drawn anywhere."""
    async with opened(full_desk("[b]O'Brien[/b] \x1b]0;x\x07\x9b31m\u202e"), size=(120, 40)) as pilot:
        for key in ("", "enter", "2", "3", "4", "5"):
            if key:
                await pilot.press(key)
                await pilot.pause()
            text = screen_text(pilot)
            assert "[b]O'Br" in text
            assert all(letter.isprintable() for letter in text.replace("\n", ""))


@pytest.mark.parametrize(
    ("on", "expected"),
    [(TODAY, "today check-in"), (TODAY - dt.timedelta(days=3), "17 Nov check-in"), (None, "check-in")],
)
def test_next_thing(on: dt.date | None, expected: str) -> None:
    """What comes next is a day and a word."""
    assert next_thing(case_line(1, next_on=on), TODAY) == expected


def test_cells_of_a_closed_case_end_with_its_result() -> None:
    """A closed case shows how it ended instead of what comes next."""
    assert cells(case_line(1, stage="closed"), TODAY)[-1] == "successful"


async def test_an_empty_result_says_where_the_filter_looks(opened: Opened, desk: FakeDesk) -> None:
    """Who filters for a word of a goal is told what `/` looks at, and what searches all texts."""
    async with opened(desk, keys=("slash", *"pipeline")) as pilot:
        text = screen_text(pilot)
        assert "/ looks at case, employee, about, stage, manager and HR." in text
        assert "f searches all texts of the cases" in text


async def test_a_message_belongs_to_its_page_and_time(opened: Opened, desk: FakeDesk) -> None:
    """What was said before another page was opened is gone when that page is left."""
    async with opened(desk, keys=("y", "enter")) as pilot:
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(page_of(pilot), CasesPage)
        assert page_of(pilot).message == ""


@pytest.mark.slow
async def test_a_half_typed_term_is_a_hint_and_no_error(opened: Opened, tmp_path: Path) -> None:
    """While a date or a field is being typed, the list shows what the rest means; finished, it narrows."""
    now = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
    desk = open_desk(demo_store(tmp_path / "store", now), Actor("noor"), clock=lambda: now, zone="UTC")
    async with opened(desk, keys=("slash", *"stage:active due<fr")) as pilot:
        assert "due<fr: not understood yet." in page_of(pilot).message
        assert "12 of 41 shown" in screen_text(pilot)
        await pilot.press("i")
        assert "not understood" not in page_of(pilot).message
        assert "next thing due before" in page_of(pilot).message


async def test_a_number_in_the_palette_opens_the_case(opened: Opened, desk: FakeDesk) -> None:
    """`:` and a number go to that case from anywhere; one that does not exist is named."""
    async with opened(desk, keys=("colon", "8"), first="today") as pilot:
        assert "Open case 0008 Priya Patel" in screen_text(pilot)
        await pilot.press("enter")
        assert screen_text(pilot).startswith(" 0008 Priya Patel")
        await pilot.press("colon", *"9999", "enter")
        assert "There is no case 9999" in page_of(pilot).message


async def test_tab_in_the_filter_completes(opened: Opened, desk: FakeDesk) -> None:
    """Tab types the common part and tells the choices, takes the only one, and goes on where nothing is left."""
    async with opened(desk, keys=("slash", *"st", "tab")) as pilot:
        page = page_of(pilot)
        assert isinstance(page, CasesPage)
        assert page.filter.value == "sta"
        assert "stage:  start:" in page.message
        await pilot.press("g", "tab", *"act", "tab")
        assert page.filter.value == "stage:active"
        assert page.filter.has_focus
        await pilot.press("tab")
        assert page.lines.has_focus
        assert page.filter.value == "stage:active"


async def test_a_second_tab_leaves_the_filter(opened: Opened, desk: FakeDesk) -> None:
    """Choices are told once; the same Tab again goes to the list."""
    async with opened(desk, keys=("slash", *"is:", "tab")) as pilot:
        page = page_of(pilot)
        assert isinstance(page, CasesPage)
        assert "overdue" in page.message
        await pilot.press("tab")
        assert page.lines.has_focus
