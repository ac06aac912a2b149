"""Who else looks at the screen: names as initials, and a cover."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from piptui.desk.api import News, NewsLine, PersonLine
from piptui.text import width
from screens.app import PiptuiApp
from screens.cover import CoverPage
from screens.masking import MaskedNames, marks_of
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.screen_text import app_of, page_of, screen_text

NAMES = ("Dana Okafor", "Priya Patel", "Tomás Silva", "Lars Berg", "Olga Ivanova", "Aisha Rahman", "渡辺 美咲")
PARTS = tuple(part for name in NAMES for part in name.split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dana Okafor", "D. O.      "),
        ("0007 Dana Okafor · active", "0007 D. O. · active      "),
        ("Kim said that Dana was late.", "Kim said that D. was late.  "),
        ("Okafor, Dana: Dana's list", "O., D.: D. list          "),
        ("Dana Okafor  active  Lars Berg   4", "D. O.        active  L. B.       4"),
        ("Dana Oka…", "D. O.    "),
        ("渡辺 美咲", "渡. 美.  "),
        ("dana and danaher, Danaher", "dana and danaher, Danaher"),
        ("", ""),
    ],
)
def test_initials_stand_where_names_stood(text: str, shown: str) -> None:
    """Whole names and parts of them, cut ones too; widths stay; other words are left alone."""
    assert MaskedNames(NAMES).masked(text) == shown
    assert width(shown) == width(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dana Okafor · 1003 · Sales", "D. O. · .... · Sales      "),
        ("number 1003, dana@example.com.", "number ...., ................."),
        ("dana@exam…  Sales", ".........…  Sales"),
        ("case 0007, 1 Nov, 10:03", "case 0007, 1 Nov, 10:03"),
        ("Kim Lee · 1002 · kim@example.com", "Kim Lee · 1002 · kim@example.com"),
    ],
)
def test_numbers_and_e_mails_of_masked_people_are_dots(text: str, shown: str) -> None:
    """Those of the employees whose names are masked, cut ones too; those of other people can be read."""
    people = [
        PersonLine(id=str(number), name=name, number=str(number), email=mail, title="", department="", manager="")
        for number, name, mail in ((1002, "Kim Lee", "kim@example.com"), (1003, "Dana Okafor", "dana@example.com"))
    ]
    mask = MaskedNames(())
    mask.hide(NAMES, marks_of(people, NAMES))
    assert mask.masked(text) == shown
    assert width(shown) == width(text)


async def test_masking_is_told_where_it_is_switched_on_and_in_help(opened: Opened, desk: FakeDesk) -> None:
    """Nobody has to guess why names are short; without the mask help says nothing of it."""
    async with opened(desk, keys=("f4",)) as pilot:
        assert "Names masked (F4)" in page_of(pilot).message
        await pilot.press("question_mark")
        await pilot.pause()
        assert "names masked (F4)" in screen_text(pilot)
        await pilot.press("q", "f4", "question_mark")
        await pilot.pause()
        assert "names masked (F4)" not in screen_text(pilot)


@given(st.text(max_size=60), st.sampled_from(NAMES), st.text(max_size=60))
def test_no_name_gets_through_and_no_line_moves(before: str, name: str, after: str) -> None:
    """Whatever stands around a name: as wide as before, and the name is gone."""
    text = f"{before} {name} {after}"
    shown = MaskedNames(NAMES).masked(text)
    assert width(shown) == width(text)
    assert name not in shown


@pytest.mark.slow
async def test_names_are_masked_on_every_page(opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion) -> None:
    """F4 puts initials in lists, headers and texts at once; the same key takes them away."""
    async with opened(desk, keys=("f4",)) as pilot:
        assert screen_text(pilot) == snapshot
        for keys in ((), ("enter",), ("2",), ("3",), ("4",), ("6",), ("n",), ("escape", "q", "q")):
            await pilot.press(*keys)
            await pilot.pause()
            shown = screen_text(pilot)
            assert not [part for part in PARTS if part in shown], keys
        await pilot.press("f4")
        assert "Dana Okafor" in screen_text(pilot)


async def test_what_is_copied_and_typed_keeps_the_names(opened: Opened, desk: FakeDesk) -> None:
    """The mask is on the screen alone."""
    async with opened(desk, keys=("f4", "slash", *"dana", "f4")) as pilot:
        assert "0007" in screen_text(pilot)
        assert "Dana Okafor" in screen_text(pilot)
        assert "Priya" not in screen_text(pilot)


async def test_masked_from_the_start_where_the_settings_say_so(desk: FakeDesk) -> None:
    """No name is drawn before the key is found."""
    async with PiptuiApp(desk, mask_names=True).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app_of(pilot).masked
        assert "Dana" not in screen_text(pilot)
        assert "D. O." in screen_text(pilot)


@pytest.mark.slow
async def test_the_cover_shows_nothing_and_says_how_to_come_back(
    opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion
) -> None:
    """Nothing of a case is drawn; every key says how to come back; Enter does, with the text that was typed."""
    async with opened(desk, keys=("enter", "n", *"half a sen", "f3")) as pilot:
        assert screen_text(pilot) == snapshot
        for key in ("j", "q", "escape", "x", "colon", "ctrl+s", "f4", "ctrl+c"):
            await pilot.press(key)
            assert isinstance(pilot.app.screen, CoverPage), key
            assert "Enter shows it again." in screen_text(pilot).splitlines()[6]
        assert not [part for part in PARTS if part in screen_text(pilot)]
        await pilot.press("enter")
        await pilot.press(*"tence")
        assert "half a sentence" in screen_text(pilot)
        assert not desk.done


async def test_the_screen_is_covered_when_nobody_types(desk: FakeDesk) -> None:
    """After the minutes of the settings, and not before; a key begins them anew; 0 is never."""
    now = [0.0]
    for minutes in (2, 0):
        app = PiptuiApp(desk, cover_after=minutes, clock=lambda: now[0])
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            now[0] += 119
            app.cover_idle()
            await pilot.press("j")
            now[0] += 119
            app.cover_idle()
            assert page_of(pilot).heading() == "Today"
            now[0] += 1
            app.cover_idle()
            app.cover_idle()
            await pilot.pause()
            assert isinstance(app.screen, CoverPage) is bool(minutes)
            if minutes:
                await pilot.press("enter")
                assert page_of(pilot).heading() == "Today"


async def test_leaving_from_under_the_cover_leaves(opened: Opened, desk: FakeDesk) -> None:
    """ctrl+q ends the program without uncovering."""
    async with opened(desk, keys=("f3", "ctrl+q")) as pilot:
        assert app_of(pilot).return_code == 0


async def test_a_name_that_comes_in_while_masked_is_masked(
    opened: Opened, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case that somebody else opens meanwhile is drawn with initials, too."""
    async with opened(desk, keys=("f4",)) as pilot:
        sheet = desk.view("0007")
        line = msgspec.structs.replace(sheet.line, employee="Zora Almeida")
        monkeypatch.setattr(desk, "view", lambda _: msgspec.structs.replace(sheet, line=line))
        news = (NewsLine(seq=99, case="0014", who="Noor"),)
        monkeypatch.setattr(desk, "watch", lambda _=None: News(seq=99, lines=news))
        app_of(pilot).listen()
        app_of(pilot).open_case("0014")
        await pilot.pause()
        assert "Z. A." in screen_text(pilot)
        assert "Zora" not in screen_text(pilot)
