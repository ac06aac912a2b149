"""The page of a person, the forms of the acts on them, and notes that come into a case."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from screens.case import CasePage
from screens.person import PersonPage
from screens.person_acts import PersonActsPage
from screens.person_form import PersonActForm
from tests.screens.forms_kit import Kit, fill, form, keys, piloted
from tests.screens.screen_text import page_of, screen_text

DANA = "1003"


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A store with people in it, an open case of Dana's and some notes about her."""
    kit = Kit(tmp_path).with_case()
    for given in (
        {
            "kind": "coaching",
            "topic": "calls",
            "text": "Went through ten calls together; the opening is too long.",
            "next_step": "Thirty calls a day from Monday.",
            "occurred_on": "2026-02-20",
        },
        {"kind": "recognition", "text": "The launch went well.", "occurred_on": "2026-02-10", "cls": "shared"},
    ):
        kit.desk.do_person("note", DANA, given)
    kit.desk.do_person("left", DANA, {"left_on": "2026-02-25"})
    kit.desk.do_person("rehired", DANA, {"hired_on": "2026-03-01"})
    return kit


async def refill(pilot: Pilot[None], **texts: str) -> None:
    """Empty fields by the keys for that, then type."""
    for name, text in texts.items():
        field = form(pilot.app).field(name)  # type: ignore[arg-type]  # the app of these tests
        assert field is not None
        field.focus_editor()
        await pilot.pause()
        await keys(pilot, "end", "ctrl+u")
        if text:
            await keys(pilot, f"={text}")
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_person_page(kit: Kit, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    """Who they are, employment, cases, notebook and history; the cursor begins on the first case."""
    async with piloted(kit, size=size) as (app, pilot):
        app.open_person(kit.desk.lookup("dana")[0].id)
        await pilot.pause()
        assert screen_text(app) == snapshot


async def test_from_the_list_to_the_person_to_the_case_and_back(kit: Kit) -> None:
    """Enter, Enter opens the case; q goes back one level at a time."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "3", "enter")
        assert isinstance(page_of(pilot), PersonPage)
        await keys(pilot, "enter")
        assert isinstance(page_of(pilot), CasePage)
        await keys(pilot, "q")
        assert isinstance(page_of(pilot), PersonPage)
        await keys(pilot, "n")
        assert "has an open case: 0001" in page_of(pilot).message
        await keys(pilot, "q")
        assert screen_text(app).startswith(" People")


async def test_empty_sections_say_what_to_do(kit: Kit) -> None:
    """Nobody's notes and cases: the keys that begin them are named."""
    async with piloted(kit) as (app, pilot):
        app.open_person(kit.desk.lookup("lars")[0].id)
        await pilot.pause()
        assert "n opens one." in screen_text(app)
        assert "a adds what was said or seen." in screen_text(app)
        await keys(pilot, "n")
        assert screen_text(app).startswith(" New case")


@pytest.mark.slow
async def test_a_note_is_added_corrected_and_struck_by_keys(kit: Kit) -> None:
    """The form of a note, then K with the old text in it, then D; each is on the page at once."""
    async with piloted(kit) as (app, pilot):
        app.open_person(kit.desk.lookup("lars")[0].id)
        await pilot.pause()
        await keys(pilot, "a")
        await fill(pilot, text="Late twice.", kind="concern", topic="hours")
        await keys(pilot, "ctrl+s")
        await pilot.pause()
        assert "concern: hours" in screen_text(app)
        await keys(pilot, "K")
        field = form(app).field("value")
        assert field is not None
        assert field.text == "Late twice."
        await fill(pilot, value="Late once.", reason="Looked it up.")
        await keys(pilot, "ctrl+s")
        await pilot.pause()
        assert "Late once." in screen_text(app)
        assert "text was: Late twice." in screen_text(app)
        await keys(pilot, "D")
        await fill(pilot, reason="Another Lars.")
        await keys(pilot, "ctrl+s")
        await pilot.pause()
        await keys(pilot, "D")
        assert "struck, and stays" in page_of(pilot).message
    assert kit.desk.person("1005").notes[0].struck.startswith("Another Lars.")


async def test_x_lists_the_acts_with_reasons(kit: Kit, snapshot: SnapshotAssertion) -> None:
    """What is not possible says why, on the person's page and on the list of people alike."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "3", "x")
        assert isinstance(page_of(pilot), PersonActsPage)
        assert screen_text(app) == snapshot
        await keys(pilot, "q", "j", "enter", "x")
        assert screen_text(app).startswith(" What can be done for Kim Lee")


@pytest.mark.slow
async def test_details_are_changed_emptied_and_kept(kit: Kit) -> None:
    """What is on record stands in the form; only what was changed is written, an emptied field is emptied."""
    async with piloted(kit) as (app, pilot):
        app.open_person(kit.desk.lookup("lars")[0].id)
        await pilot.pause()
        await keys(pilot, "e")
        assert isinstance(page_of(pilot), PersonActForm)
        texts = form(app).texts
        assert (texts["title"], texts["manager"], texts["hired_on"]) == ("Technician", "Kim Lee", "2019-09-01")
        await refill(pilot, title="Engineer", department="")
        await keys(pilot, "ctrl+s")
        await pilot.pause()
        assert "changed title and department of Lars Berg." in page_of(pilot).message
    line = kit.desk.person("1005").line
    assert (line.title, line.department, line.manager) == ("Engineer", "", "Kim Lee")


@pytest.mark.slow
async def test_somebody_is_added_by_hand(kit: Kit) -> None:
    """a on the list of people; whose number it is already is said, and nothing typed is lost."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "3", "a")
        await fill(pilot, name="Ines Ito", number="1003")
        await keys(pilot, "ctrl+s")
        await pilot.pause()
        assert "Dana Okafor's" in form(app).message
        await refill(pilot, number="1009")
        await keys(pilot, "ctrl+s")
        await pilot.pause()
        assert screen_text(app).startswith(" People")
        assert "added Ines Ito." in page_of(pilot).message
        assert "1009" in screen_text(app)


@pytest.mark.slow
async def test_every_act_on_a_person_has_a_form(kit: Kit) -> None:
    """No act of the registry breaks its form, and each asks for all that the act takes."""
    dana = kit.desk.lookup("dana")[0].id
    async with piloted(kit) as (app, pilot):
        for line in kit.desk.person_acts():
            app.open_person_act("" if line.act == "add_person" else dana, line.act)
            await pilot.pause()
            page = page_of(pilot)
            assert isinstance(page, PersonActForm), line.act
            assert set(page.texts) == {one.name for one in line.inputs}
            await keys(pilot, "escape")


async def test_notes_are_ticked_into_a_case(kit: Kit, snapshot: SnapshotAssertion) -> None:
    """A box for each note, none ticked; what is ticked comes in, and is offered no more."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "bring_in")
        await pilot.pause()
        assert screen_text(app) == snapshot
        await keys(pilot, "ctrl+s")
        assert kit.desk.view("1").entries == ()
        await keys(pilot, "tab", "space", "ctrl+s")
        await pilot.pause()
        entries = kit.desk.view("1").entries
        assert [one.text.splitlines()[0] for one in entries] == [
            "Coaching: calls: Went through ten calls together; the opening is too long."
        ]
        app.open_act("1", "bring_in")
        await pilot.pause()
        assert len(form(app).all_fields) == 1
        assert "calls" not in screen_text(app)
