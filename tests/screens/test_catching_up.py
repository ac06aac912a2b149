"""A form in which nothing is typed shows what others recorded meanwhile, or says that it came too late."""

from pathlib import Path

import pytest

from tests.screens.forms_kit import Kit, fill, form, keys, piloted, text_of
from tests.screens.screen_text import screen_text


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A running case with one note on file."""
    kit = Kit(tmp_path).running()
    kit.desk.do("note", "1", {"text": "as it was"})
    return kit


def _note(kit: Kit) -> str:
    return kit.desk.view("1").entries[-1].id


async def test_a_correction_begins_with_what_the_entry_says_now(kit: Kit) -> None:
    """Somebody else's correction of the same entry is in the field at once."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "correct", {"entry": _note(kit), "field": "text"})
        await pilot.pause()
        app.listen()
        kit.open().do("correct", "1", {"entry": _note(kit), "field": "text", "value": "theirs", "reason": "wrong"})
        app.listen()
        await pilot.pause()
        assert text_of(app, "value") == "theirs"
        assert "It says: theirs" in screen_text(app)
        assert "You, in another session, changed what is shown here just now." in form(app).message


async def test_a_correction_of_what_was_struck_says_so(kit: Kit) -> None:
    """The entry that somebody struck is not to be corrected, and the form says that before anything is typed."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "correct", {"entry": _note(kit), "field": "text"})
        await pilot.pause()
        app.listen()
        kit.open().do("strike", "1", {"entry": _note(kit), "reason": "wrong person"})
        app.listen()
        await pilot.pause()
        assert "somebody struck it just now" in form(app).message.replace("\n", " ")


async def test_an_act_that_somebody_did_first_says_that_it_is_too_late(tmp_path: Path) -> None:
    """The reason stands in the form as soon as the act is not possible any more."""
    kit = Kit(tmp_path).with_plan()
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "submit")
        await pilot.pause()
        app.listen()
        kit.open().do("submit", "1", {})
        app.listen()
        await pilot.pause()
        assert "stage now is in review" in form(app).message.replace("\n", " ")


async def test_what_is_typed_stays(kit: Kit) -> None:
    """News does not touch a form with text in it."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "correct", {"entry": _note(kit), "field": "text"})
        await pilot.pause()
        await fill(pilot, value=" mine")
        app.listen()
        kit.open().do("correct", "1", {"entry": _note(kit), "field": "text", "value": "theirs", "reason": "wrong"})
        app.listen()
        await pilot.pause()
        assert text_of(app, "value") == "as it was mine"
        await keys(pilot, "escape")
