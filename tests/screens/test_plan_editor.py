"""The plan editor on a real desk: filling, moving, removing, findings, and two people on one goal."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from piptui.desk.desk import LocalDesk
from screens.app import PiptuiApp
from screens.base import Page
from screens.conflict import ConflictPage
from screens.plan import PlanPage
from screens.plan_fields import SECTIONS
from screens.plan_outline import place_named
from tests.screens.forms_kit import Kit, fill, form, keys, letters, piloted, text_of
from tests.screens.screen_text import screen_text


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A store with a complete draft."""
    return Kit(tmp_path).with_plan()


async def to(pilot: Pilot[None], place: str) -> PlanPage:
    """Open the editor and go to a place such as "goals.g2"."""
    app = pilot.app
    assert isinstance(app, PiptuiApp)
    if not isinstance(app.screen, PlanPage):
        app.open_act("1", "put")
        await pilot.pause()
    page = app.screen
    assert isinstance(page, PlanPage)
    target = place_named(place, page.text)
    assert target is not None, place
    if page.place != target:
        page.go(target)
        await pilot.pause()
    return page


def draft(desk: LocalDesk) -> dict[str, str]:
    """The goals' statements by id, as the record has them."""
    text = desk.view("1").draft
    assert text is not None
    return {key: goal.statement for key, goal in text.goals.listed()}


async def test_an_empty_plan_asks_for_everything(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """The first screen of an empty draft says what is missing where."""
    kit = Kit(tmp_path).with_case()
    async with piloted(kit) as (app, pilot):
        await to(pilot, "role")
        assert screen_text(app) == snapshot


async def test_a_goal_as_it_is_shown(kit: Kit, snapshot: SnapshotAssertion) -> None:
    """One goal of two, with the day its due date falls on."""
    async with piloted(kit) as (app, pilot):
        await to(pilot, "goals.g1")
        assert screen_text(app) == snapshot


@pytest.mark.parametrize("size", [(40, 10), (120, 40)])
async def test_the_editor_is_usable_in_any_size(kit: Kit, size: tuple[int, int]) -> None:
    """Fields are there and saving works, narrow and wide."""
    async with piloted(kit, size=size) as (app, pilot):
        await to(pilot, "goals.g2")
        await letters(pilot, "!")
        assert "week!" in screen_text(app)
        await keys(pilot, "ctrl+s")
    assert draft(kit.desk)["g2"] == "Generate 15 qualified leads a week!"


@pytest.mark.slow
async def test_moving_on_saves_what_was_typed(kit: Kit) -> None:
    """Page down writes the changed field, and only that, and goes to the next item."""
    async with piloted(kit) as (app, pilot):
        page = await to(pilot, "goals.g1")
        before = len(kit.desk.history("1"))
        await fill(pilot, achievable="the team does it")
        await keys(pilot, "pagedown")
        assert page.place.name == "goals.g2"
        assert app.kept.get(("0001", "plan", "goals.g1")) is None
        await keys(pilot, "pageup", "pageup", "pagedown")
    text = kit.desk.view("1").draft
    assert text is not None
    assert text.goals.items["g1"].achievable == "the team does it"
    assert text.goals.items["g1"].target == 40
    assert len(kit.desk.history("1")) == before + 1


@pytest.mark.slow
async def test_a_new_item_belongs_to_the_same_gap(kit: Kit) -> None:
    """ctrl+n asks for a goal, saving gives it an id, and what only was suggested is saved with it."""
    async with piloted(kit) as (app, pilot):
        page = await to(pilot, "goals.g1")
        await keys(pilot, "ctrl+n")
        assert text_of(app, "gap") == "a1"
        await keys(pilot, "pagedown", "pageup")
        assert page.place.name == "goals.g2"
        await keys(pilot, "ctrl+n", "=Answer within a day", "ctrl+s")
        assert page.place.name == "goals.g3"
    text = kit.desk.view("1").draft
    assert text is not None
    assert text.goals.items["g3"].gap == "a1"


async def test_letters_typed_while_the_fields_change_are_not_lost(kit: Kit) -> None:
    """Typing straight on after ctrl+n puts every letter into the new goal, and q quits nothing."""
    async with piloted(kit) as (app, pilot):
        await to(pilot, "goals.g1")
        await pilot.press("ctrl+n", "q", "u", "i", "c", "k")
        await pilot.pause()
        assert isinstance(app.screen, PlanPage)
        assert text_of(app, "statement") == "quick"


async def test_an_item_is_removed_after_asking_once(kit: Kit) -> None:
    """ctrl+d asks, another key keeps, ctrl+d twice removes."""
    async with piloted(kit) as (app, pilot):
        page = await to(pilot, "goals.g2")
        await keys(pilot, "ctrl+d")
        assert "Remove g2" in form(app).message
        await keys(pilot, "tab", "ctrl+d")
        assert "g2" in draft(kit.desk)
        await keys(pilot, "ctrl+d")
        assert draft(kit.desk) == {"g1": "Make 40 outreach calls a day"}
        assert page.place.name == "goals.g1"


async def test_an_item_that_somebody_changed_is_shown_and_asked_about_anew(kit: Kit) -> None:
    """What is removed is what was seen: the change is shown, who made it is said, and one more ctrl+d removes it."""
    async with piloted(kit) as (app, pilot):
        page = await to(pilot, "goals.g2")
        kit.open().do("put", "1", {"collection": "goals", "id": "g2", "item": {"achievable": "theirs"}})
        await keys(pilot, "ctrl+d", "ctrl+d")
        told = form(app).message.replace("\n", " ")
        assert "You, in another session, saved goal g2" in told
        assert "Remove g2 all the same?" in told
        assert text_of(app, "achievable") == "theirs"
        assert "g2" in draft(kit.desk)
        await keys(pilot, "ctrl+d")
        assert draft(kit.desk) == {"g1": "Make 40 outreach calls a day"}
        assert page.place.name == "goals.g1"


async def test_an_item_that_somebody_removed_needs_no_removal(kit: Kit) -> None:
    """Who was faster is said, and the editor goes on to what is left."""
    async with piloted(kit) as (app, pilot):
        page = await to(pilot, "goals.g2")
        kit.open().do("remove", "1", {"collection": "goals", "id": "g2"})
        await keys(pilot, "ctrl+d", "ctrl+d")
        assert "You, in another session, removed goal g2" in form(app).message.replace("\n", " ")
        assert page.place.name == "goals.g1"


async def test_what_somebody_saves_is_shown_where_nothing_is_typed(kit: Kit) -> None:
    """A form just saved shows the later text at once and says whose it is; the cursor stays where it was."""
    async with piloted(kit) as (app, pilot):
        await to(pilot, "goals.g1")
        await fill(pilot, achievable="mine")
        await keys(pilot, "ctrl+s", "home", "right")
        app.listen()
        kit.open().do("put", "1", {"collection": "goals", "id": "g1", "item": {"achievable": "theirs"}})
        app.listen()
        await pilot.pause()
        assert text_of(app, "achievable") == "theirs"
        told = form(app).message.replace("\n", " ")
        assert told == "You, in another session, changed goal g1 just now. It is shown as it is now."
        await letters(pilot, "!")
        assert text_of(app, "achievable") == "t!heirs"


async def test_what_is_typed_is_not_written_over_by_news(kit: Kit) -> None:
    """Somebody's later text waits for ctrl+s where one's own is not saved yet."""
    async with piloted(kit) as (app, pilot):
        await to(pilot, "goals.g1")
        await fill(pilot, achievable="mine")
        app.listen()
        kit.open().do("put", "1", {"collection": "goals", "id": "g1", "item": {"achievable": "theirs"}})
        app.listen()
        await pilot.pause()
        assert text_of(app, "achievable") == "mine"
        assert "saving compares" in form(app).message.replace("\n", " ")


async def test_what_cannot_be_read_stays_and_says_so(kit: Kit) -> None:
    """A number that is none: page down stays once, a second one goes on and keeps the text."""
    async with piloted(kit) as (app, pilot):
        page = await to(pilot, "goals.g1")
        await fill(pilot, target="many")
        await keys(pilot, "pagedown")
        assert page.place.name == "goals.g1"
        assert "'many' is no number" in page.message
        await keys(pilot, "pagedown")
        assert page.place.name == "goals.g2"
        await keys(pilot, "pageup")
        assert text_of(app, "target") == "many"


async def test_text_that_was_not_saved_is_found_again(kit: Kit) -> None:
    """Esc keeps it; the editor opens where it is, and the record is as it was."""
    async with piloted(kit) as (app, pilot):
        await to(pilot, "goals.g2")
        await letters(pilot, " now")
        await keys(pilot, "escape")
        assert isinstance(app.screen, Page)
        assert "kept" in app.screen.message
        app.open_act("1", "put")
        await pilot.pause()
        assert text_of(app, "statement") == "Generate 15 qualified leads a week now"
        assert draft(kit.desk)["g2"] == "Generate 15 qualified leads a week"


async def test_f8_goes_from_finding_to_finding(kit: Kit) -> None:
    """The cursor stands in the field that a finding is about."""
    said = {"achievable": "the team does it", "relevant": "it is the job"}
    kit.desk.do("put", "1", {"collection": "goals", "id": "g1", "item": said})
    kit.desk.do("put", "1", {"collection": "goals", "id": "g2", "item": {**said, "proof": "", "due": ""}})
    async with piloted(kit) as (_, pilot):
        page = await to(pilot, "root_cause")
        await keys(pilot, "f8")
        assert any("g2: say by when" in line for line in page.finding_lines.lines)
        seen = []
        for _ in range(2):
            field = page.current()
            assert field is not None
            seen.append((page.place.name, field.spec.name))
            await keys(pilot, "f8")
        assert seen == [("goals.g2", "due"), ("goals.g2", "proof")]


@pytest.mark.parametrize(("height", "told"), [(15, True), (12, False)])
async def test_a_low_terminal_still_shows_what_is_found(kit: Kit, height: int, told: bool) -> None:
    """Place, sentence and findings are there on 15 lines; on fewer the fields need them all."""
    kit.desk.do("put", "1", {"collection": "goals", "id": "g2", "item": {"proof": ""}})
    async with piloted(kit, size=(60, height)) as (app, pilot):
        await to(pilot, "goals.g2")
        shown = screen_text(app)
        assert "Goal 2 of 2 · g2" in shown
        assert ("elsewhere: F8" in shown or "g2:" in shown) is told
        assert ("read by manager and HR" in shown or "the goal" in shown) is told


@pytest.mark.slow
async def test_people_of_the_case_are_chosen_by_name(kit: Kit) -> None:
    """The last section names manager, HR partner and the others."""
    async with piloted(kit) as (_, pilot):
        await to(pilot, "people")
        await fill(pilot, second_manager="")
        await keys(pilot, "ctrl+u")
        await letters(pilot, "lars")
        await keys(pilot, "enter", "ctrl+s")
    names = {party.role: party.name for party in kit.desk.view("1").header.parties}
    assert names["second_manager"] == "Lars Berg"


@pytest.mark.slow
async def test_two_people_on_one_goal_choose_row_by_row(kit: Kit) -> None:
    """Neither text is lost: theirs in one row, mine in the other, and the record has exactly that."""
    async with piloted(kit) as (app, pilot):
        await to(pilot, "goals.g1")
        await fill(pilot, target="45", achievable="with coaching")
        kit.open().do(
            "put", "1", {"collection": "goals", "id": "g1", "item": {"target": "42", "relevant": "pipeline"}}
        )
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, ConflictPage)
        assert {row.name: row.side for row in app.screen.rows} == {
            "target": "mine",
            "achievable": "mine",
            "relevant": "theirs",
        }
        await keys(pilot, "t", "enter")
        assert isinstance(app.screen, PlanPage)
    text = kit.desk.view("1").draft
    assert text is not None
    goal = text.goals.items["g1"]
    assert (str(goal.target), goal.achievable, goal.relevant) == ("42", "with coaching", "pipeline")


@pytest.mark.slow
async def test_both_texts_of_a_row_are_edited_into_one(kit: Kit) -> None:
    """e brings theirs and mine into the field; nothing is saved before ctrl+s, and a number cannot hold both."""
    async with piloted(kit) as (app, pilot):
        await to(pilot, "goals.g1")
        await fill(pilot, target="45", achievable="with coaching")
        other = {"target": "42", "achievable": "with a mentor"}
        kit.open().do("put", "1", {"collection": "goals", "id": "g1", "item": other})
        await keys(pilot, "ctrl+s", "e")
        assert isinstance(app.screen, ConflictPage)
        assert "one value" in app.screen.message
        await keys(pilot, "t", "e")
        assert isinstance(app.screen, PlanPage)
        assert "Both texts are in Reachable" in app.screen.message.replace("\n", " ")
        assert text_of(app, "achievable").split() == ["with", "a", "mentor", "with", "coaching"]
        read = kit.desk.view("1").draft
        assert read is not None
        assert read.goals.items["g1"].achievable == "with a mentor"
        await keys(pilot, "ctrl+s")
        assert "ctrl+s once more saves them so" in form(app).message.replace("\n", " ")
        read = kit.desk.view("1").draft
        assert read is not None
        assert read.goals.items["g1"].achievable == "with a mentor"
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, PlanPage)
    text = kit.desk.view("1").draft
    assert text is not None
    goal = text.goals.items["g1"]
    assert (str(goal.target), goal.achievable.split()[-1]) == ("42", "coaching")


@pytest.mark.slow
async def test_going_back_from_a_conflict_loses_nothing(kit: Kit) -> None:
    """Esc brings the form back as it was typed; the next save shows both again."""
    async with piloted(kit) as (app, pilot):
        await to(pilot, "context")
        await letters(pilot, " mine")
        kit.open().do("set", "1", {"field": "context", "value": "theirs"})
        await keys(pilot, "ctrl+s", "escape")
        assert text_of(app, "context").endswith("since. mine")
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, ConflictPage)
        await keys(pilot, "m", "enter")
    text = kit.desk.view("1").draft
    assert text is not None
    assert text.context.endswith("since. mine")


@pytest.mark.slow
async def test_an_item_that_somebody_removed_becomes_a_new_one(kit: Kit) -> None:
    """What was typed on it is not lost with it."""
    async with piloted(kit) as (app, pilot):
        page = await to(pilot, "goals.g2")
        await letters(pilot, " soon")
        kit.open().do("remove", "1", {"collection": "goals", "id": "g2"})
        await keys(pilot, "ctrl+s")
        assert "new goal" in page.message.replace("\n", " ")
        await keys(pilot, "ctrl+s")
        assert page.place.name == "goals.g3"
        assert text_of(app, "proof") == "CRM export"
    assert draft(kit.desk)["g3"] == "Generate 15 qualified leads a week soon"


@pytest.mark.slow
async def test_opening_and_leaving_changes_nothing(kit: Kit) -> None:
    """Walking through the whole plan writes nothing, even where a stored text has blanks that a field would trim."""
    kit.desk.do("put", "1", {"collection": "standards", "id": "s1", "item": {"reference": "two  blanks\nand a line"}})
    before = len(kit.desk.history("1"))
    async with piloted(kit) as (_, pilot):
        await to(pilot, "role")
        await keys(pilot, *["pagedown"] * (len(SECTIONS) + 4))
    assert len(kit.desk.history("1")) == before


async def test_an_issued_plan_is_not_edited(tmp_path: Path) -> None:
    """The editor says so and offers no field."""
    kit = Kit(tmp_path).running()
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "put")
        await pilot.pause()
        assert "issued plan stays" in form(app).message
        assert form(app).texts == {}
        await keys(pilot, "pagedown", "ctrl+n", "ctrl+d", "ctrl+s", "f8", "escape")
        assert not isinstance(app.screen, PlanPage)
