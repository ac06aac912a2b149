"""The list of people: who they are, and the way to their cases."""

import datetime as dt

import pytest
from syrupy.assertion import SnapshotAssertion

from piptui.desk.api import PersonLine
from piptui.errors import Denied
from piptui.text import fold
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk, full_desk
from tests.screens.screen_text import page_of, screen_text


def person(number: int, name: str, **more: object) -> PersonLine:
    """Somebody of the directory."""
    fields: dict[str, object] = {
        "id": f"p{number}",
        "name": name,
        "number": str(number),
        "email": f"p{number}@example.org",
        "title": "Account Executive",
        "department": "Sales",
        "manager": "Kim Lee",
    }
    return PersonLine(**(fields | more))  # type: ignore[arg-type]  # fields of the line


PEOPLE = (
    person(1, "Dana Okafor", open_case="0007"),
    person(2, "Ġorġ Ó Súilleabháin", title="Night-shift Warehouse Coordinator", department="Logistics"),
    person(3, "Lars Berg", left_on=dt.date(2026, 11, 3)),
    person(4, "渡辺 美咲", title="Analyst", department="Finance", manager=""),
)


class Peopled(FakeDesk):
    """A desk with a directory that can be searched."""

    def lookup(self, text: str = "") -> tuple[PersonLine, ...]:
        """People whose name, title or number hold the text."""
        self._may("lookup")
        return tuple(one for one in PEOPLE if fold(text).strip() in fold(f"{one.name} {one.title} {one.number}"))


@pytest.fixture
def desk() -> FakeDesk:
    """One case in every stage, and some people."""
    return Peopled(full_desk().lines)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)])
async def test_people_screen(
    opened: Opened, desk: FakeDesk, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    """Readable at the design size, more beside it on a wide terminal, usable on a tiny one."""
    async with opened(desk, size=size, keys=("3",), first="today") as pilot:
        assert screen_text(pilot) == snapshot


async def test_typing_narrows_and_escape_clears(opened: Opened, desk: FakeDesk) -> None:
    """Each letter narrows the list; Esc clears, then goes back to Today."""
    async with opened(desk, keys=("3", "slash", *"zzz"), first="today") as pilot:
        assert "Nobody matches “zzz”." in screen_text(pilot)
        await pilot.press("escape")
        assert "Nobody matches" not in screen_text(pilot)
        await pilot.press("escape")
        assert screen_text(pilot).startswith(" Today")


@pytest.mark.slow
async def test_enter_opens_each_person_and_q_comes_back(opened: Opened, desk: FakeDesk) -> None:
    """Everybody has a page, with or without an open case; the cursor stays where it was."""
    async with opened(desk, keys=("3",), first="today") as pilot:
        for person in desk.lookup(""):
            await pilot.press("enter")
            await pilot.pause()
            assert screen_text(pilot).startswith(f" {person.name} · {person.number}")
            await pilot.press("q", "j")


async def test_a_person_who_is_hidden_meanwhile_is_said(opened: Opened, desk: FakeDesk) -> None:
    """What the desk refuses stands on the list, and nothing opens."""
    async with opened(desk, keys=("3",), first="today") as pilot:
        desk.errors["person"] = Denied("The directory of people is not for the employee role.")
        await pilot.press("enter")
        assert screen_text(pilot).startswith(" People")
        assert "not for the employee role" in page_of(pilot).message


async def test_adding_somebody_is_refused_by_name(opened: Opened, desk: FakeDesk) -> None:
    """Where the role adds nobody, `a` says so."""
    async with opened(desk, keys=("3", "a"), first="today") as pilot:
        assert "Your role adds nobody." in page_of(pilot).message


async def test_n_begins_a_case_for_the_person(opened: Opened, desk: FakeDesk) -> None:
    """The form of a new case has the person in it already; whose case is open gets no second one."""
    async with opened(desk, keys=("3", "n"), first="today") as pilot:
        assert "has an open case: 0007" in page_of(pilot).message
        await pilot.press("j", "n")
        assert screen_text(pilot).startswith(" New case")
        assert "Ġorġ Ó Súilleabháin" in screen_text(pilot)


async def test_a_closed_directory_says_so(opened: Opened, desk: FakeDesk) -> None:
    """Who may not look people up is told, on an empty page."""
    desk.errors["lookup"] = Denied("The directory of people is not for the employee role.")
    async with opened(desk, keys=("3",), first="today") as pilot:
        assert "not for the employee role" in page_of(pilot).message


async def test_a_store_without_people_says_how_they_come(opened: Opened) -> None:
    """The blank page names the key and the command."""
    async with opened(FakeDesk(people=False), keys=("3",), first="today") as pilot:
        assert "bring them in from a CSV" in screen_text(pilot)
