"""The import on the screen: columns that are changed by key, progress, stopping, names completed by Tab."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, NoReturn

import pytest
from syrupy.assertion import SnapshotAssertion

from piptui.desk.api import ImportReport
from piptui.errors import NotFound
from screens.import_columns import ImportColumnsPage
from screens.import_form import ImportPage
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.forms_kit import Kit, fill, form, keys, piloted, text_of
from tests.screens.screen_text import page_of, screen_text

EXPORT = """Ref,Who,Alias,Employee ID,Job Title
A1,Dana Cole,Dee,7001,Clerk
A2,Pat Doe,,7002,Clerk
A3,,,7003,Clerk
"""


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """An empty store and an export whose headers say little."""
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8")
    return Kit(tmp_path)


@pytest.mark.slow
async def test_columns_get_another_meaning_by_key(kit: Kit, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """F2, Enter, a few letters: the column is a name; back looks again, and Enter imports with it."""
    async with piloted(kit) as (app, pilot):
        app.push_screen(ImportPage(str(tmp_path / "export.csv")))
        await pilot.pause()
        await keys(pilot, "enter")
        assert "0 new" in screen_text(app)
        await keys(pilot, "f2")
        assert isinstance(page_of(pilot), ImportColumnsPage)
        await keys(pilot, "j", "enter", *"whole", "enter")
        await keys(pilot, "g", "t")
        assert screen_text(app) == snapshot
        await keys(pilot, "q")
        assert isinstance(page_of(pilot), ImportPage)
        assert text_of(app, "key") == "Ref"
        assert "2 new" in screen_text(app)
        assert "line 4     no name" in screen_text(app)
        await keys(pilot, "enter")
        assert not isinstance(page_of(pilot), ImportPage)
    assert [(one.name, one.number) for one in kit.desk.lookup()][:2] == [("Dana Cole", "7001"), ("Noor Haddad", "")]


@pytest.mark.slow
async def test_a_column_is_not_used_and_the_guess_comes_back(kit: Kit, tmp_path: Path) -> None:
    """u takes a column out of the import, r brings the guess back; t twice is no key."""
    async with piloted(kit) as (app, pilot):
        app.push_screen(ImportPage(str(tmp_path / "export.csv")))
        await pilot.pause()
        await keys(pilot, "enter", "f2", "G", "u")
        assert "title" not in screen_text(app)
        await keys(pilot, "q")
        assert "not used        Ref, Who, Alias, Job Title" in screen_text(app)
        await keys(pilot, "f2", "t", "t")
        assert "guessed again" in page_of(pilot).message
        await keys(pilot, "r", "q")
        assert "title           from Job Title" in screen_text(app)
        assert text_of(app, "key") == ""


async def test_a_file_has_to_be_named(kit: Kit) -> None:
    """Enter without a path says so, and asks nobody."""
    async with piloted(kit) as (app, pilot):
        app.push_screen(ImportPage())
        await pilot.pause()
        await keys(pilot, "enter")
        assert form(app).message.endswith("Say which file: type its path; Tab completes names.")


async def test_columns_need_a_file(kit: Kit) -> None:
    """Before anything was read, F2 says what to do."""
    async with piloted(kit) as (app, pilot):
        app.push_screen(ImportPage())
        await pilot.pause()
        await keys(pilot, "f2")
        assert "Enter looks at the file first" in form(app).message


async def test_tab_completes_the_path(kit: Kit, tmp_path: Path) -> None:
    """As a shell does; where nothing is left to complete, Tab goes on."""
    async with piloted(kit) as (app, pilot):
        app.push_screen(ImportPage())
        await pilot.pause()
        await fill(pilot, path=str(tmp_path / "exp"))
        await keys(pilot, "tab")
        assert text_of(app, "path") == str(tmp_path / "export.csv")
        await keys(pilot, "tab")
        current = form(app).current()
        assert current is not None
        assert current.spec.name == "key"


async def test_what_fails_leaves_the_form_as_it_was(kit: Kit) -> None:
    """A file that is not there is said; the path stays and can be mended."""
    async with piloted(kit) as (app, pilot):
        app.push_screen(ImportPage("/nowhere/people.csv"))
        await pilot.pause()
        await keys(pilot, "enter")
        assert "There is no file" in form(app).message
        assert text_of(app, "path") == "/nowhere/people.csv"
        assert not app.busy


class Endless(FakeDesk):
    """An import that never ends by itself."""

    def import_people(
        self,
        path: str,
        *,
        mapping: Mapping[str, str] | None = None,
        key: str | None = None,
        order: Literal["mdy", "dmy"] | None = None,
        dry_run: bool = False,
        tell: Callable[[str], None] | None = None,
    ) -> ImportReport:
        """Tells and tells."""
        assert tell is not None
        while True:
            tell("Comparing 10000 rows with the directory …")

    def watch(self, since: int | None = None) -> NoReturn:
        """While a thread has the desk, nobody else may ask it; at the start there is nothing to hear."""
        raise NotFound("Nothing is heard here.")


@pytest.mark.slow
async def test_a_running_import_tells_how_far_it_is_and_is_stopped(opened: Opened) -> None:
    """The screen is not frozen: other keys do nothing, leaving is refused with the way out, Esc stops it."""
    async with opened(Endless(), keys=("i",)) as pilot:
        page = page_of(pilot)
        assert isinstance(page, ImportPage)
        await pilot.press("x", "enter")
        await pilot.pause()
        assert page.app.busy
        assert "Comparing 10000 rows" in page.message
        await pilot.press("f2", "enter", "ctrl+q")
        assert page_of(pilot) is page
        await pilot.press("escape")
        await page.workers.wait_for_complete()
        await pilot.pause()
        assert page.message.endswith("Stopped: nothing was written.")
        assert not page.app.busy
        assert page.texts["path"] == "x"
        await pilot.press("escape")
        await pilot.pause()
        assert page_of(pilot) is not page
