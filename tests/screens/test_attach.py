"""Files on the screens: attached by path, listed with who can see them, fetched to a path."""

import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from piptui.desk.api import Hit
from piptui.desk.inputs import all_lines
from screens.app import PiptuiApp
from screens.attach import AttachPage
from screens.case import CasePage
from screens.correct import CorrectPage
from screens.fetch import FetchPage
from screens.textual_private import screen_lines
from tests.screens.conftest import Opened
from tests.screens.fake import FakeDesk
from tests.screens.forms_kit import Kit, fill, form, keys, piloted, text_of
from tests.screens.screen_text import page_of, screen_text

SCAN = b"%PDF-1.7\x00\xff\x1b]0;owned\x07 scan"


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A running case, and in the folder `in` two files and a folder."""
    kit = Kit(tmp_path).running()
    numbers = iter(range(1, 1000))
    kit.new_id = lambda: f"f{next(numbers):015x}"
    kit.desk = kit.open()
    folder = tmp_path / "in"
    (folder / "zz").mkdir(parents=True)
    (folder / "letter.pdf").write_bytes(SCAN)
    (folder / "letter-2.pdf").write_bytes(b"other")
    return kit


@asynccontextmanager
async def on_documents(kit: Kit, *more: str) -> AsyncIterator[tuple[PiptuiApp, Pilot[None]]]:
    """The tab of documents of the one case."""
    async with piloted(kit) as (app, pilot):
        app.open_case("1")
        await pilot.pause()
        await keys(pilot, "5", *more)
        yield app, pilot


@pytest.mark.slow
async def test_attach_by_path(kit: Kit, tmp_path: Path) -> None:
    """a asks for a path; Tab completes as far as there is one way; ctrl+s keeps the file, and the tab shows it."""
    async with on_documents(kit, "a") as (app, pilot):
        assert isinstance(app.screen, AttachPage)
        await keys(pilot, "=in/l", "tab")
        assert text_of(app, "path") == "in/letter"
        assert "letter-2.pdf  letter.pdf" in form(app).message
        await keys(pilot, "=.", "tab")
        assert text_of(app, "path") == "in/letter.pdf"
        assert f"Will be kept as: letter.pdf, application/pdf, {len(SCAN)} bytes" in screen_text(app)
        await keys(pilot, "tab")
        await fill(pilot, kind="certificate", note="Of the course.")
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, CasePage)
        assert f"attached letter.pdf (certificate, {len(SCAN)} bytes)." in page_of(pilot).message
        text = screen_text(app)
        assert f"letter.pdf  certificate, {len(SCAN)} bytes" in text
        assert "manager and HR: read by manager, second manager, HR, legal reviewer" in text
    line = kit.desk.view("1").files[0]
    assert kit.desk.fetch("1", line.id).content == SCAN


async def test_attached_to_the_entry_under_the_cursor(kit: Kit) -> None:
    """On the tabs of entries and check-ins the file belongs to what the cursor is on, and is named there."""
    kit.desk.do("note", "1", {"text": "Handed over a letter."})
    async with on_documents(kit, "4", "G", "a") as (app, pilot):
        assert "note, Mon 2 Mar: Handed over a letter." in screen_text(app)
        await keys(pilot, "=in/letter.pdf", "ctrl+s")
        assert "Attached: letter.pdf" in screen_text(app)
    line = kit.desk.view("1").files[0]
    assert line.details == (("belongs to", "note of 2026-03-02"),)


@pytest.mark.slow
async def test_tab_never_traps(kit: Kit) -> None:
    """Where nothing can be completed, and where the same was told already, Tab goes on to the next field."""
    async with on_documents(kit, "a") as (app, pilot):
        for typed in ("in/nothing", "in/letter"):
            await keys(pilot, "ctrl+u", f"={typed}", "tab")
            if typed == "in/letter":
                assert form(app).current() is form(app).field("path")
                await keys(pilot, "tab")
            assert form(app).current() is form(app).field("kind")
            await keys(pilot, "shift+tab")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Say which file"),
        ("in/nothing.pdf", "There is no file"),
        ("in", "is a folder"),
        ("in/empty.pdf", "is empty"),
        ("in/big.pdf", "at most 10,000,000 bytes"),
    ],
)
async def test_what_cannot_be_attached_is_said_and_the_form_stays(
    kit: Kit, tmp_path: Path, typed: str, told: str
) -> None:
    """A sentence that names the file, everything typed still there, and nothing in the record."""
    (tmp_path / "in" / "empty.pdf").touch()
    with (tmp_path / "in" / "big.pdf").open("wb") as file:
        file.truncate(10_000_001)
    async with on_documents(kit, "a") as (app, pilot):
        if typed:
            await keys(pilot, f"={typed}")
        await fill(pilot, note="Of the course.")
        await keys(pilot, "ctrl+s")
        assert told in form(app).message
        assert (text_of(app, "path"), text_of(app, "note")) == (typed, "Of the course.")
    assert kit.desk.view("1").files == ()


async def test_the_form_tells_who_will_read_it(kit: Kit, snapshot: SnapshotAssertion) -> None:
    """Beside the choice of the class stands who that is; the whole form fits on 80x24."""
    async with on_documents(kit, "a", "=in/letter.pdf") as (app, pilot):
        await fill(pilot, cls="HR")
        assert "read by HR, legal reviewer" in screen_text(app)
        assert screen_text(app) == snapshot


async def test_only_classes_that_can_be_written_are_offered(opened: Opened, desk: FakeDesk) -> None:
    """A manager in a team store is offered what a manager reads, and nothing that such a store must not hold."""
    attach = next(line for line in all_lines() if line.act == "attach")
    desk.acts = lambda case=None: (attach,)  # type: ignore[method-assign]  # one act, as the registry tells it
    async with opened(desk, keys=("enter", "a")) as pilot:
        page = page_of(pilot)
        assert isinstance(page, AttachPage)
        field = page.field("cls")
        assert field is not None
        assert [key for key, _ in field.spec.choices] == ["shared", "manager_own", "manager_hr"]
        assert field.text == "manager_hr"


async def test_fetch_to_a_path(kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter on a file asks where to, and writes it for its owner's eyes; over SSH the scp line is told."""
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.9 50000 10.0.0.1 22")
    kit.desk.attach("1", {"name": "letter.pdf"}, SCAN)
    async with on_documents(kit, "enter") as (app, pilot):
        assert isinstance(app.screen, FetchPage)
        assert text_of(app, "path") == "letter.pdf"
        await keys(pilot, "ctrl+u", "=out.pdf", "enter")
        assert isinstance(app.screen, CasePage)
        assert f"scp noor@10.0.0.1:{tmp_path}/out.pdf ." in page_of(pilot).message
        assert not any("\x1b" in line for line in screen_lines(app))
    assert (tmp_path / "out.pdf").read_bytes() == SCAN
    assert stat.S_IMODE((tmp_path / "out.pdf").stat().st_mode) == 0o600


@pytest.mark.slow
async def test_fetch_into_a_folder_and_never_over_something(kit: Kit, tmp_path: Path) -> None:
    """A folder takes the file under its own name; what is there stays as it is."""
    kit.desk.attach("1", {"name": "letter.pdf"}, b"as attached")
    async with on_documents(kit, "enter", "ctrl+u", "=in", "ctrl+s") as (app, pilot):
        assert "exists already and was left as it is" in form(app).message
        await keys(pilot, "ctrl+u", "=in/z", "tab", "ctrl+s")
        assert isinstance(app.screen, CasePage)
    assert (tmp_path / "in" / "letter.pdf").read_bytes() == SCAN
    assert (tmp_path / "in" / "zz" / "letter.pdf").read_bytes() == b"as attached"


async def test_leaving_a_fetch_keeps_nothing(kit: Kit) -> None:
    """A path that was thought of is no text that somebody loses."""
    kit.desk.attach("1", {"name": "letter.pdf"}, SCAN)
    async with on_documents(kit, "enter", "=x", "escape") as (app, pilot):
        assert isinstance(app.screen, CasePage)
        assert "kept" not in page_of(pilot).message
        assert not app.kept


async def test_damaged_bytes_are_told(kit: Kit, tmp_path: Path) -> None:
    """Nothing is written, and the sentence says what to do."""
    key = kit.desk.attach("1", {"name": "letter.pdf"}, SCAN).item
    (kit.where / "files" / key).write_bytes(b"?")
    async with on_documents(kit, "enter", "ctrl+u", "=out.pdf", "ctrl+s") as (app, _):
        assert "not as it was attached" in form(app).message
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.slow
async def test_a_file_is_corrected_and_struck_like_an_entry(kit: Kit) -> None:
    """K opens the parts that can be said otherwise, D crosses out with a reason; both stay in the open."""
    kit.desk.attach("1", {"name": "leter.pdf", "note": "Both signed."}, SCAN)
    async with on_documents(kit, "K") as (app, pilot):
        assert isinstance(app.screen, CorrectPage)
        assert "· file leter.pdf" in screen_text(app)
        await fill(pilot, field="Name", reason="Misspelt.")
        await fill(pilot, value="")
        await keys(pilot, "ctrl+u", "=letter.pdf", "ctrl+s")
        assert f"letter.pdf  file, {len(SCAN)} bytes, corrected" in screen_text(app)
        assert "Name was: leter.pdf" in screen_text(app)
        await keys(pilot, "D")
        await fill(pilot, reason="Of another Dana.")
        await keys(pilot, "ctrl+s")
        assert "Struck: Of another Dana." in screen_text(app)


async def test_a_case_without_files_says_what_to_do(kit: Kit) -> None:
    """The empty tab names the key."""
    async with on_documents(kit) as (app, pilot):
        assert "a attaches a letter" in screen_text(app)
        await keys(pilot, "enter", "K")
        assert "a file (tab 5)" in page_of(pilot).message


@pytest.mark.slow
async def test_a_found_file_opens_its_tab(opened: Opened, desk: FakeDesk) -> None:
    """A hit in the name of a file opens the case with the cursor on it."""
    desk.hits = (
        Hit(case="0007", employee="Dana", what="file", snippet="certificate", table="files", id="f2", place="f2"),
    )
    async with opened(desk, keys=("f", *"certificate", "enter", "enter"), first="today") as pilot:
        page = page_of(pilot)
        assert isinstance(page, CasePage)
        assert (page.tab, page.reader.current) == (4, "f2")
