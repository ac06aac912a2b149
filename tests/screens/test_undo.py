"""`u` in a case: one's own last step, taken back in the open."""

from pathlib import Path

from tests.screens.forms_kit import Kit, keys, piloted
from tests.screens.screen_text import page_of


async def test_the_last_step_is_undone_when_asked_twice(tmp_path: Path) -> None:
    """The first u names the step, another key leaves it, twice undoes it, and the case shows both."""
    kit = Kit(tmp_path).with_plan()
    kit.desk.do("note", "1", {"text": "Meant for somebody else."})
    async with piloted(kit) as (app, pilot):
        app.open_case("1")
        await pilot.pause()
        await keys(pilot, "u")
        assert "Undo this? Noor Haddad recorded a note" in page_of(pilot).message
        await keys(pilot, "2", "u")
        assert not kit.desk.view("1").entries[-1].struck
        await keys(pilot, "u")
        assert "Noor Haddad undid: Noor Haddad recorded a note" in page_of(pilot).message
        assert "Undone." in kit.desk.view("1").entries[-1].struck
        await keys(pilot, "u")
        assert "undone already" in page_of(pilot).message.replace("\n", " ")


async def test_what_cannot_be_undone_says_so(tmp_path: Path) -> None:
    """Somebody who did nothing here, or whose step has another way back, gets the reason and nothing is written."""
    kit = Kit(tmp_path).with_plan()
    kit.desk.do("submit", "1", {})
    head = kit.desk.view("1").revision
    async with piloted(kit) as (app, pilot):
        app.open_case("1")
        await pilot.pause()
        await keys(pilot, "u", "u")
        assert "cannot be undone" in page_of(pilot).message.replace("\n", " ")
    assert kit.desk.view("1").revision == head
