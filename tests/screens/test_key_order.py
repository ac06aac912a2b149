"""Several keys at once, as they come over a slow line: each lands where it would have landed alone."""

from textual import events
from textual.pilot import Pilot

from screens.case import CasePage
from screens.forms import FormPage
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.screen_text import app_of, page_of

NAMED = {"\t": "tab", " ": "space", "\r": "enter", "\x1b": "escape"}


async def burst(pilot: Pilot[None], typed: str) -> None:
    """All keys arrive before the first one is handled."""
    for char in typed:
        key = NAMED.get(char, char)
        app_of(pilot).post_message(events.Key(key, char if char.isprintable() else None))
    await pilot.pause()
    await pilot.pause()


def form_of(pilot: Pilot[None]) -> FormPage:
    """The form on top."""
    page = page_of(pilot)
    assert isinstance(page, FormPage)
    return page


async def test_a_letter_behind_tab_lands_in_the_next_field(opened: Opened, desk: FakeDesk) -> None:
    """Not in the one that Tab leaves; and what was typed before Tab stays there."""
    async with opened(desk, keys=("enter", "c")) as pilot:
        form = form_of(pilot)
        form.field("helped").focus_editor()  # type: ignore[union-attr]  # every check-in has it
        await burst(pilot, "calls\tnumbers\tmore help\t")
        texts = {name: form.field(name).text for name in ("helped", "hindered", "asked_for")}  # type: ignore[union-attr]
        assert texts == {"helped": "calls", "hindered": "numbers", "asked_for": "more help"}


async def test_enter_goes_on_in_its_turn(opened: Opened, desk: FakeDesk) -> None:
    """Enter leaves a field of one line behind the letters before it, and ahead of those behind it."""
    async with opened(desk, keys=("enter", "c")) as pilot:
        form = form_of(pilot)
        form.field("helped").focus_editor()  # type: ignore[union-attr]  # every check-in has it
        await burst(pilot, "calls\rnumbers")
        assert form.field("helped").text == "calls"  # type: ignore[union-attr]
        assert form.field("hindered").text == "numbers"  # type: ignore[union-attr]


async def test_keys_across_pages_find_their_page(opened: Opened, desk: FakeDesk) -> None:
    """List, one down, open, the third tab: one burst from the first screen."""
    async with opened(desk, first="today") as pilot:
        await burst(pilot, "2j\r3")
        await pilot.pause()
        page = page_of(pilot)
        assert isinstance(page, CasePage)
        assert page.case == "0008"
        assert page.tab == 2  # counted from 0


async def test_leaving_a_page_keeps_no_key_back(opened: Opened, desk: FakeDesk) -> None:
    """The way of a key whose page was closed under it ends, too."""
    async with opened(desk, keys=("enter", "n")) as pilot:
        await burst(pilot, "\x1bq")
        await pilot.pause()
        assert page_of(pilot).heading() == "Cases"


async def test_what_is_pasted_keeps_its_place(opened: Opened, desk: FakeDesk) -> None:
    """A paste between two keys is neither ahead of the one before nor behind the one after."""
    async with opened(desk, keys=("enter", "c")) as pilot:
        form = form_of(pilot)
        form.field("helped").focus_editor()  # type: ignore[union-attr]  # every check-in has it
        app = app_of(pilot)
        app.post_message(events.Key("tab", None))
        app.post_message(events.Paste("old numbers"))
        app.post_message(events.Key("tab", None))
        app.post_message(events.Key("x", "x"))
        await pilot.pause()
        await pilot.pause()
        assert form.field("hindered").text == "old numbers"  # type: ignore[union-attr]
        assert form.field("asked_for").text == "x"  # type: ignore[union-attr]
