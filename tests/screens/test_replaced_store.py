"""The folder of the record is moved away and a copy put in its place while somebody types."""

import shutil
from pathlib import Path

import pytest

from piptui.store import verify_store
from screens.case import CasePage
from tests.screens.forms_kit import Kit, fill, keys, piloted, text_of


def head_of(place: Path) -> int:
    """How far the record in a folder goes; it is whole."""
    report = verify_store(place)
    assert report.ok
    return report.head_seq


async def test_a_save_goes_into_the_copy_that_lies_in_the_place(tmp_path: Path) -> None:
    """A copy that is as long: the save is in the live folder, and the one that was moved away is as it was."""
    kit = Kit(tmp_path).with_case()
    away = tmp_path / "newer"
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await fill(pilot, text="Talked about the calls.")
        before = head_of(kit.where)
        kit.where.rename(away)
        shutil.copytree(away, kit.where)
        await keys(pilot, "ctrl+s")
        assert "recorded a note" in getattr(app.screen, "message", "")
    assert (head_of(kit.where), head_of(away)) == (before + 1, before)


@pytest.mark.parametrize("left", ["shorter", "nothing"])
async def test_without_what_was_read_a_save_is_refused_and_the_text_stays(tmp_path: Path, left: str) -> None:
    """A shorter copy, or none: the form says why, keeps the text, and writes into neither folder."""
    kit = Kit(tmp_path).with_case()
    old, away = tmp_path / "old", tmp_path / "newer"
    shutil.copytree(kit.where, old)
    kit.desk.do("note", "1", {"text": "One more."})
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await fill(pilot, text="Talked about the calls.")
        before = head_of(kit.where)
        kit.where.rename(away)
        if left == "shorter":
            shutil.copytree(old, kit.where)
        await keys(pilot, "ctrl+s", "ctrl+s")
        told = " ".join(getattr(app.screen, "message", "").split())
        assert ("files were replaced" if left == "shorter" else "Nothing was saved") in told
        assert "line 0" not in told
        assert text_of(app, "text") == "Talked about the calls."
        app.listen()
        await pilot.pause()
        assert text_of(app, "text") == "Talked about the calls."
    assert head_of(away) == before
    if left == "shorter":
        assert head_of(kit.where) == head_of(old) == before - 1


async def test_a_page_stays_readable_when_the_record_was_replaced(tmp_path: Path) -> None:
    """What is shown stays on the page with its heading; what is asked for next is told as a message."""
    kit = Kit(tmp_path).with_case()
    old = tmp_path / "old"
    shutil.copytree(kit.where, old)
    kit.desk.do("note", "1", {"text": "One more."})
    async with piloted(kit) as (app, pilot):
        app.open_case(kit.desk.list().lines[0].case)
        await pilot.pause()
        kit.where.rename(tmp_path / "newer")
        shutil.copytree(old, kit.where)
        await keys(pilot, "4", "x")
        page = app.screen
        assert isinstance(page, CasePage)
        assert "files were replaced" in " ".join(page.message.split())
