"""Today, the first screen: what needs somebody, in groups; and what it says when nothing does."""

import datetime as dt

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from piptui.desk.api import DueLine
from screens.today import TodayPage, cells, when
from screens.widgets.grouped import GroupedLines
from tests.screens.conftest import Opened
from tests.screens.fake import TODAY, FakeDesk, case_line
from tests.screens.screen_text import app_of, page_of, screen_text


def due(what: str, days: int, group: str, case: str, **more: object) -> DueLine:
    """Something due so many days from today."""
    fields: dict[str, object] = {
        "case": case,
        "employee": {"0007": "Dana Okafor", "0012": "Priya Patel", "0040": "Tomás Silva"}.get(case, "Olga Ivanova"),
        "on": TODAY + dt.timedelta(days=days),
        "what": what,
        "detail": "",
        "overdue": max(-days, 0),
        "who": "Kim Lee",
        "about": "Sales quota",
        "group": group,
    }
    return DueLine(**(fields | more))  # type: ignore[arg-type]  # fields of the line


@pytest.fixture
def busy(desk: FakeDesk) -> FakeDesk:
    """A day with something in every group."""
    slot = {"act": "log_check_in", "data": {"slot": "w6"}, "detail": "w6 10:00"}
    desk.dues = (
        due("check-in", -3, "overdue", "0007", **slot),
        due("support", -1, "overdue", "0008", detail="p2 Shadowing, 4 hours", act="deliver", data={"support": "p2"}),
        due(
            "check-in", 0, "today", "0012", at="14:00", zone="Europe/Berlin", act="log_check_in", data={"slot": "w3"}
        ),
        due("issue the plan", 0, "today", "0040", on=None, act="issue"),
        due("final review", 3, "ahead", "0009"),
        due("check-in", 5, "ahead", "0007", stands_for="Kim Lee"),
        due("acknowledgement", -2, "waiting", "0028", role="employee"),
    )
    return desk


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)])
async def test_today_screen(
    opened: Opened, busy: FakeDesk, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    """Readable at the design size, more beside it on a wide terminal, usable on a tiny one."""
    async with opened(busy, size=size, first="today") as pilot:
        assert screen_text(pilot) == snapshot


async def test_the_cursor_steps_over_headings(opened: Opened, busy: FakeDesk) -> None:
    """Down and up go from thing to thing; first and last are things, too."""
    async with opened(busy, first="today") as pilot:
        cases = [page_of(pilot).case]
        for _ in range(7):
            await pilot.press("j")
            cases.append(page_of(pilot).case)
        assert cases == ["0007", "0008", "0012", "0040", "0009", "0007", "0028", "0028"]
        await pilot.press("k")
        assert page_of(pilot).case == "0007"
        await pilot.press("g")
        assert page_of(pilot).case == "0007"
        assert "Overdue" in screen_text(pilot)
        await pilot.press("G", "pageup", "pagedown")
        assert page_of(pilot).case == "0028"


@pytest.mark.slow
async def test_headings_stay_with_their_rows_on_a_small_screen(opened: Opened, busy: FakeDesk) -> None:
    """Scrolled down and up again, every position of the cursor is on a thing and in view."""
    async with opened(busy, size=(60, 9), first="today") as pilot:
        for key in "jjjjjjjkkkkkkk":
            await pilot.press(key)
            await pilot.pause()
            page = page_of(pilot)
            assert isinstance(page, TodayPage)
            assert page.lines.item is not None
            assert any(line.startswith(">") for line in screen_text(pilot).splitlines())
        assert "Overdue" in screen_text(pilot)


async def test_a_check_in_begins_at_the_slot_that_is_due(opened: Opened, busy: FakeDesk) -> None:
    """c opens the form of the very check-in under the cursor."""
    async with opened(busy, first="today", keys=("c",)) as pilot:
        assert "Check-in" in screen_text(pilot).splitlines()[0]
        assert page_of(pilot).case == "0007"
        assert page_of(pilot).chosen == "w6"  # type: ignore[attr-defined]  # the page of the check-in


async def test_what_is_due_can_be_done_at_once(opened: Opened, busy: FakeDesk) -> None:
    """a opens the form of the act that settles the thing under the cursor."""
    async with opened(busy, first="today", keys=("a",)) as pilot:
        assert screen_text(pilot).startswith(" Check-in")


async def test_whose_it_is_goes_round(opened: Opened, busy: FakeDesk) -> None:
    """w shows what my reports owe, then everybody's, then mine again, and says which."""
    async with opened(busy, first="today", keys=("w",)) as pilot:
        assert page_of(pilot).message == "Shown: my reports."
        assert "my reports" in screen_text(pilot).splitlines()[1]
        await pilot.press("w")
        assert "everybody's" in page_of(pilot).message
        await pilot.press("w")
        assert page_of(pilot).message == "Shown: mine."


async def test_the_other_places_are_one_key_away(opened: Opened, busy: FakeDesk) -> None:
    """2 opens all cases, / with the cursor in the filter; Esc comes back here."""
    async with opened(busy, first="today", keys=("2",)) as pilot:
        assert screen_text(pilot).startswith(" Cases")
        await pilot.press("escape", "slash", *"lar")
        assert "1 of 7 shown" in screen_text(pilot)
        await pilot.press("escape", "escape")
        assert screen_text(pilot).startswith(" Today")


async def test_escape_never_leaves_and_q_does(opened: Opened, desk: FakeDesk) -> None:
    """On the first screen Esc only says so; q ends the program with 0."""
    async with opened(desk, keys=("escape",), first="today") as pilot:
        assert app_of(pilot).is_running
        assert "q leaves piptui" in page_of(pilot).message
        await pilot.press("q")
        assert app_of(pilot).return_code == 0


async def test_a_quiet_day_says_what_comes_next(opened: Opened, snapshot: SnapshotAssertion) -> None:
    """With nothing due, the next thing is named."""
    quiet = FakeDesk((case_line(1, attention=()),))
    async with opened(quiet, first="today") as pilot:
        assert "Nothing needs you in the next 7 days." in screen_text(pilot)
        assert screen_text(pilot) == snapshot


async def test_first_run_says_what_to_do(opened: Opened, snapshot: SnapshotAssertion) -> None:
    """A store without people tells how they come in; one without cases how one is opened."""
    async with opened(FakeDesk(people=False), first="today") as pilot:
        assert screen_text(pilot) == snapshot
    async with opened(FakeDesk(), first="today") as pilot:
        assert "No cases yet." in screen_text(pilot)


async def test_the_cursor_keeps_to_its_thing(opened: Opened, busy: FakeDesk) -> None:
    """When the list grows above it, the cursor stays on the same thing."""
    async with opened(busy, first="today", keys=("j", "j")) as pilot:
        assert page_of(pilot).case == "0012"
        busy.dues = (due("check-in", -9, "overdue", "0001"), *busy.dues)
        await pilot.press("r")
        assert page_of(pilot).case == "0012"


@pytest.mark.parametrize(
    ("days", "shown"), [(-3, "3 days"), (-1, "1 day"), (0, ""), (3, "Mon 23"), (6, "Thu 26"), (20, "10 Dec")]
)
def test_when_is_short(days: int, shown: str) -> None:
    """Late things by how late, near ones by weekday, far ones by date; Fri 20 Nov is today."""
    assert when(due("x", days, "ahead", "0001"), TODAY) == shown


def test_an_overdue_thing_is_marked_without_colour() -> None:
    """The sign stands in the row itself."""
    assert cells(due("check-in", -3, "overdue", "0007"), TODAY)[0] == "!"
    assert cells(due("check-in", 3, "ahead", "0007"), TODAY)[0] == " "


def test_an_empty_grouped_list_has_no_item() -> None:
    """Nothing to stand on is no error."""
    lines: GroupedLines[str] = GroupedLines((), lambda _: (), str)
    assert lines.item is None


async def test_what_is_wrong_with_the_record_stays_on_the_first_screen(
    opened: Opened, busy: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the record was rolled back is no passing remark: it stands there after every key, and goes when it is no
    longer so."""
    me = busy.me()
    told = "The record was rolled back: it ends with commit 4, and you saw commit 9. Next: piptui verify"
    monkeypatch.setattr(busy, "me", lambda: replace(me, alarm=told))
    async with opened(busy, first="today") as pilot:
        for key in ("j", "k", "G", "w"):
            await pilot.press(key)
            assert told in " ".join(screen_text(pilot).split())
        monkeypatch.setattr(busy, "me", lambda: me)
        await pilot.press("r")
        assert "rolled back" not in screen_text(pilot)


async def test_typed_text_that_waits_stays_on_the_first_screen(opened: Opened, busy: FakeDesk) -> None:
    """What a form keeps is told on Today from the moment one comes back, whatever key follows, until it is saved."""
    async with opened(busy, first="today") as pilot:
        assert "not saved yet" not in screen_text(pilot)
        app_of(pilot).open_case("0007")
        await pilot.pause()
        await pilot.press("n", *"half", "escape", "q")
        await pilot.pause()
        await pilot.press("j", "k")
        assert "Kept, not saved yet: note in case 0007" in screen_text(pilot)
