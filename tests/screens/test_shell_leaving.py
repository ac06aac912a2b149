"""Leaving while something typed is not saved: one warning that names it; and who one is on every page."""

from pathlib import Path

import pytest

from piptui.cases.words import Role
from piptui.dates import utc_now
from piptui.desk.api import Me
from piptui.drafts import Drafts
from screens.app import PiptuiApp
from screens.base import Page
from screens.forms import Kept, kept_names
from screens.help import whose_role
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.screen_text import app_of, page_of, screen_text

_LEAVING = [("q",), ("ctrl+q",), ("ctrl+c", "ctrl+c")]


def _typed() -> Kept:
    return Kept(utc_now(), {"text": "typed"})


@pytest.mark.parametrize("keys", _LEAVING, ids=["q", "ctrl+q", "ctrl+c"])
async def test_leaving_warns_once_and_names_what_is_not_saved(
    opened: Opened, desk: FakeDesk, keys: tuple[str, ...]
) -> None:
    """Each way out is held back once by text that is not saved, and says which; asked again it leaves."""
    async with opened(desk, first="today") as pilot:
        app_of(pilot).kept["0001", "act note", ""] = _typed()
        app_of(pilot).kept["0001", "plan", "goals.g2"] = _typed()
        await pilot.press(*keys)
        assert app_of(pilot).is_running
        told = page_of(pilot).message
        assert told == " and ".join(kept_names(app_of(pilot).kept)) + ": not saved. Press again to leave without."
        assert "note" in told
        assert "g2" in told
        await pilot.press(keys[-1])
        assert app_of(pilot).return_code == 0


@pytest.mark.parametrize("keys", _LEAVING, ids=["q", "ctrl+q", "ctrl+c"])
async def test_another_key_takes_the_warning_back(opened: Opened, desk: FakeDesk, keys: tuple[str, ...]) -> None:
    """After any other key the next way out warns again."""
    async with opened(desk, first="today") as pilot:
        app_of(pilot).kept["0001", "act note", ""] = _typed()
        await pilot.press("ctrl+q", "j")
        assert "not saved" not in page_of(pilot).message
        await pilot.press(*keys)
        assert app_of(pilot).is_running
        assert "not saved" in page_of(pilot).message


async def test_a_letter_typed_in_a_field_takes_the_warning_back(opened: Opened, desk: FakeDesk) -> None:
    """Keys that a text field takes for itself count, too."""
    async with opened(desk, keys=("slash",)) as pilot:
        app_of(pilot).kept["0001", "act note", ""] = _typed()
        await pilot.press("ctrl+q", "a", "ctrl+q")
        assert app_of(pilot).is_running
        await pilot.press("ctrl+q")
        assert app_of(pilot).return_code == 0


async def test_a_place_that_is_remembered_holds_nobody_back(opened: Opened, desk: FakeDesk) -> None:
    """Where the plan editor was left is no text: q leaves at once."""
    async with opened(desk, first="today") as pilot:
        app_of(pilot).kept["0001", "plan, left at", ""] = "goals.g2"
        await pilot.press("q")
        assert app_of(pilot).return_code == 0


async def test_many_forms_are_counted(opened: Opened, desk: FakeDesk) -> None:
    """A warning names four forms and counts the others."""
    async with opened(desk, first="today") as pilot:
        for number in range(6):
            app_of(pilot).kept[f"000{number}", "act note", ""] = _typed()
        await pilot.press("q")
        assert "0003 and 2 more: not saved" in page_of(pilot).message


def _me(kind: str, role: Role | None) -> Me:
    me = FakeDesk().me()
    return Me(
        person=me.person,
        name="root",
        login=me.login,
        role=role,
        store=me.store,
        kind="team" if kind == "team" else "personal",
        zone=me.zone,
        today=me.today,
    )


@pytest.mark.parametrize(
    ("kind", "role", "shown"),
    [
        ("personal", None, "root · owner · Fri 20 Nov 2026"),
        ("personal", "hr", "root · HR · Fri 20 Nov 2026"),
        ("team", None, "root · Fri 20 Nov 2026"),
        ("team", "hr", "root · HR · Fri 20 Nov 2026"),
    ],
)
async def test_the_first_line_says_in_which_role(
    opened: Opened, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch, kind: str, role: Role | None, shown: str
) -> None:
    """The chosen role is named; without one a personal store says owner, a team store nothing."""
    monkeypatch.setattr(desk, "me", lambda: _me(kind, role))
    async with opened(desk) as pilot:
        assert screen_text(pilot).splitlines()[0].endswith(shown)
        assert isinstance(pilot.app.screen, Page)


def test_help_explains_the_role() -> None:
    """Help says what an owner reads and how to narrow it, and what holds in a team store."""
    assert "--as ROLE" in whose_role(_me("personal", None))
    assert "as HR" in whose_role(_me("team", "hr"))
    assert "what you are to each case" in whose_role(_me("team", None))
    assert "You chose HR" in whose_role(_me("personal", "hr"))


async def test_help_promises_no_more_than_is_kept(opened: Opened, desk: FakeDesk) -> None:
    """Help says what becomes of typed text."""
    async with opened(desk, size=(120, 64), keys=("f1",)) as pilot:
        assert "has what you typed" in screen_text(pilot)


@pytest.mark.slow
async def test_typed_text_is_back_after_the_program_ended(desk: FakeDesk, tmp_path: Path) -> None:
    """What was typed into a form and not saved is named at the next start, and back when the form is opened."""
    for keys, word in ((("n", *"half a sentence"), "half a"), (("n",), "half a sentence")):
        app = PiptuiApp(desk, drafts=Drafts(tmp_path, "store"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            if len(keys) == 1:
                assert "Kept, not saved yet: note in case 0007" in screen_text(pilot)
            app.open_case("0007")
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            assert word in screen_text(pilot)
            if len(keys) > 1:
                await pilot.press("ctrl+q")
                assert "not saved, but kept for next time" in page_of(pilot).message


async def test_saved_text_does_not_come_back(desk: FakeDesk, tmp_path: Path) -> None:
    """After the save nothing is kept for the next start."""
    app = PiptuiApp(desk, drafts=Drafts(tmp_path, "store"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_case("0007")
        await pilot.pause()
        await pilot.press("n", *"done", "ctrl+s")
        await pilot.pause()
        assert [name for name, *_ in desk.done] == ["note"]
    assert Drafts(tmp_path, "store").left_over() == []


async def test_text_that_the_disk_does_not_take_is_told_while_one_types(desk: FakeDesk, tmp_path: Path) -> None:
    """With every letter, and when the form is left: nobody relies on what is not there after the program."""
    (tmp_path / "full").write_text("", encoding="ascii")  # no folder can be made below a file
    app = PiptuiApp(desk, drafts=Drafts(tmp_path / "full", "store"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_case("0007")
        await pilot.pause()
        await pilot.press("n", *"half")
        assert "kept only while piptui runs" in page_of(pilot).message.replace("\n", " ")
        await pilot.press("escape")
        assert "Not saved. What you type cannot be written" in page_of(pilot).message
        await pilot.press("n")
        await pilot.pause()
        assert "half" in screen_text(pilot)
