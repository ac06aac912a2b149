"""Marked cases: what is said once is recorded in each of them, and what could not be stays marked with the reason."""

import stat
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from piptui.desk.api import Done
from piptui.errors import Busy
from screens.app import PiptuiApp
from screens.cases import CasesPage
from screens.marked_form import MarkedForm, named
from screens.marks import MOST, MarkedPage, Marks
from tests.screens.conftest import Opened
from tests.screens.fake import case_line, many_cases
from tests.screens.forms_kit import Kit, fill, keys, piloted
from tests.screens.screen_text import page_of, screen_text


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A store with three cases; the second is closed."""
    kit = Kit(tmp_path).with_case()
    for number in ("1004", "1005"):
        kit.desk.new({"employee": number, "hr_partner": "1001"})
    kit.desk.do("discard", "2", {"text": "opened for the wrong person"})
    return kit


async def marked(app: PiptuiApp, pilot: Pilot[None], *more: str) -> None:
    """The list of cases by number, with all of them marked."""
    app.open_cases()
    await pilot.pause()
    await keys(pilot, "m", *more)


async def test_the_marked_rows_and_what_x_offers(kit: Kit, snapshot: SnapshotAssertion) -> None:
    """A star stands at every marked row, the counts and the footer say how many; `x` says in how many each act is
    possible."""
    async with piloted(kit) as (app, pilot):
        app.open_cases()
        await keys(pilot, "space", "space")
        seen = screen_text(app)
        await keys(pilot, "m", "x")
        assert f"{seen}\n{screen_text(app)}" == snapshot


async def test_a_note_is_recorded_in_each_case_for_itself(kit: Kit) -> None:
    """The same text is an entry of its own in every marked case that takes one, and the marks are gone."""
    async with piloted(kit) as (app, pilot):
        await marked(app, pilot, "x", "enter")
        assert isinstance(app.screen, MarkedForm)
        await fill(pilot, text="calibrated together on 2 March")
        await keys(pilot, "ctrl+s")
        assert "Press ctrl+s once more" in page_of(pilot).message
        assert not kit.desk.view("1").entries
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, CasesPage)
        assert page_of(pilot).message == "Recorded in 3 cases, in each for itself: 0001, 0002 and 0003."
        assert not app.screen.marks
    texts = [kit.desk.view(case).entries[-1].text for case in "123"]
    assert texts == ["calibrated together on 2 March"] * 3
    assert len({kit.desk.view(case).entries[-1].id for case in "123"}) == 3


@pytest.mark.slow
async def test_a_part_passes_on_in_the_cases_that_allow_it(kit: Kit) -> None:
    """A closed case is named with its reason and left out; the others have the new manager."""
    async with piloted(kit) as (app, pilot):
        await marked(app, pilot, "x", "down", "enter")
        assert isinstance(app.screen, MarkedForm)
        assert "In 2 cases: 0001 and 0003" in screen_text(app)
        assert "Not in 0002:" in screen_text(app)
        await fill(pilot, role="manager", person="1001", reason="Kim Lee left the company")
        await keys(pilot, "ctrl+s", "ctrl+s")
        assert isinstance(app.screen, CasesPage), page_of(pilot).message
        assert [line.case for line in app.screen.marks] == ["0002"]
    managers = {line.case: line.manager for line in kit.desk.list().lines}
    assert managers["0001"] == managers["0003"] == "Noor Haddad"
    assert managers["0002"] == "Kim Lee"


@pytest.mark.slow
async def test_what_fails_in_one_case_stays_marked_and_is_tried_again(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One record that is busy does not undo the others, and the second try does not repeat them."""
    real, busy = kit.desk.do, ["3"]

    def do(act: str, case: str, given: Any, **more: Any) -> Done:
        if case.lstrip("0") in busy:
            raise Busy("The store is busy.")
        return real(act, case, given, **more)

    monkeypatch.setattr(kit.desk, "do", do)
    async with piloted(kit) as (app, pilot):
        await marked(app, pilot, "x", "enter")
        await fill(pilot, text="a word for all")
        await keys(pilot, "ctrl+s", "ctrl+s")
        assert isinstance(app.screen, MarkedForm)
        assert "Recorded in 2 cases, not in 1" in screen_text(app)
        assert "0003: The store is busy." in screen_text(app)
        busy.clear()
        await keys(pilot, "ctrl+s", "ctrl+s")
        assert isinstance(app.screen, CasesPage)
    assert [len(kit.desk.view(case).entries) for case in "123"] == [1, 1, 1]


@pytest.mark.slow
async def test_typed_text_is_kept_when_the_form_is_left(kit: Kit) -> None:
    """Back, and into the form again: the words are there."""
    async with piloted(kit) as (app, pilot):
        await marked(app, pilot, "x", "enter")
        await fill(pilot, text="half a thought")
        await keys(pilot, "escape")
        assert "kept" in page_of(pilot).message
        await keys(pilot, "x", "enter")
        assert isinstance(app.screen, MarkedForm)
        assert app.screen.texts["text"] == "half a thought"


async def test_acts_on_one_persons_case_are_not_offered(kit: Kit) -> None:
    """Nothing that judges, issues or ends is done by the dozen."""
    async with piloted(kit) as (app, pilot):
        await marked(app, pilot, "x")
        assert isinstance(app.screen, MarkedPage)
        shown = screen_text(app)
        for word in ("Decide", "Issue", "Discard", "Withdraw", "Approve", "Correct"):
            assert word not in shown


@pytest.mark.slow
async def test_packets_are_written_a_file_each_and_never_over_one(kit: Kit, tmp_path: Path) -> None:
    """Each case has its file, 0600; one that is there already is named, left alone, and its case stays marked."""
    folder = tmp_path / "out"
    folder.mkdir()
    taken = folder / kit.desk.packet("2", "hr").name
    taken.write_text("mine")
    async with piloted(kit) as (app, pilot):
        await marked(app, pilot, "x", *"packets", "enter")
        await fill(pilot, audience="hr", folder=str(folder))
        await keys(pilot, "ctrl+s")
        assert "Written for 2 cases, not for 1" in page_of(pilot).message
        assert taken.read_text() == "mine"
        taken.unlink()
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, CasesPage)
    files = sorted(folder.iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert [kit.desk.packet(case, "hr").text for case in "123"] == [path.read_text() for path in files]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "told"), [("", "Say where to"), ("/nowhere/at/all", "is no folder. Make it first")]
)
async def test_a_folder_that_is_none_is_told(kit: Kit, folder: str, told: str) -> None:
    """Nothing is written, and the sentence says what to do."""
    async with piloted(kit) as (app, pilot):
        await marked(app, pilot, "x", *"packets", "enter")
        await fill(pilot, folder=folder)
        await keys(pilot, "ctrl+s")
        assert told in page_of(pilot).message


async def test_esc_takes_marks_away_before_it_leaves(kit: Kit) -> None:
    """One press for the marks, another for the list."""
    async with piloted(kit) as (app, pilot):
        await marked(app, pilot, "escape")
        assert isinstance(app.screen, CasesPage)
        assert not app.screen.marks
        await keys(pilot, "escape")
        assert not isinstance(app.screen, CasesPage)


@pytest.mark.slow
async def test_marks_stay_while_the_list_is_narrowed(kit: Kit) -> None:
    """What is marked and not shown is still counted, and `m` adds what is shown."""
    async with piloted(kit) as (app, pilot):
        app.open_cases()
        await pilot.pause()
        await keys(pilot, "slash", *"dana", "enter", "space", "escape", "escape")
        assert isinstance(app.screen, CasesPage)
        await keys(pilot, "slash", *"dana", "enter", "space")
        assert [line.employee for line in app.screen.marks] == ["Dana Okafor"]
        await keys(pilot, "slash", "ctrl+u", *"lars", "enter", "m")
        assert [line.employee for line in app.screen.marks] == ["Dana Okafor", "Lars Berg"]
        await keys(pilot, "m")
        assert [line.employee for line in app.screen.marks] == ["Dana Okafor"]


async def test_more_than_can_be_marked_is_refused_with_the_way_out(opened: Opened) -> None:
    """Nobody acts on hundreds of cases at once by a slip of a key."""
    async with opened(many_cases(MOST + 1), keys=("m",)) as pilot:
        assert f"{MOST + 1} cases are shown, and at most {MOST}" in page_of(pilot).message
        page = pilot.app.screen
        assert isinstance(page, CasesPage)
        assert not page.marks


async def test_an_empty_list_has_nothing_to_mark(opened: Opened) -> None:
    """Both keys say so."""
    async with opened(many_cases(0), keys=("space",)) as pilot:
        assert page_of(pilot).message == "There is no case under the cursor."
        await pilot.press("m")
        assert page_of(pilot).message == "No case is shown."


def test_a_full_set_takes_no_more_and_the_order_is_by_number() -> None:
    """The hundred-and-first is refused, one that is marked already is not."""
    marks = Marks()
    lines = [case_line(number) for number in range(MOST, 0, -1)]
    assert all(marks.put(line) for line in lines)
    assert not marks.put(case_line(999))
    assert marks.put(lines[0])
    assert [line.case for line in marks] == sorted(line.case for line in lines)


def test_many_numbers_are_counted() -> None:
    """Eight are named, of more the first eight and how many more."""
    numbers = [f"{number:04}" for number in range(1, 11)]
    assert named(numbers) == "0001, 0002, 0003, 0004, 0005, 0006, 0007, 0008 and 2 more"
    assert named(numbers[:2]) == "0001 and 0002"
