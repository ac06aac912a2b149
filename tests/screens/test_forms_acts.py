"""Forms made from acts, the new case and the import: refusals, conflicts and going back keep every word."""

from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from piptui.cases.acts import ACTS
from piptui.errors import Busy, Conflict
from screens.act_form import ActForm
from screens.conflict import ConflictPage
from screens.forms import FormPage
from screens.import_form import ImportPage
from screens.merge import Difference
from screens.new_case import NewCasePage
from screens.textual_private import screen_lines
from tests.screens.forms_kit import PEOPLE, Kit, fill, form, keys, letters, piloted, text_of
from tests.screens.screen_text import screen_text

HOSTILE = '[b]O\'Brien[/b] \x1b]0;x\x07 [/legal] said: "no"'
CLEAN = '[b]O\'Brien[/b]  [/legal] said: "no"'


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A store with people and one case without a plan."""
    return Kit(tmp_path).with_case()


async def test_a_note_of_any_text_goes_in_and_comes_out(kit: Kit) -> None:
    """Markup, quotes and control characters: the words stay, the control characters do not."""
    words = CLEAN + "\n" + ("目標。تحسين الأداء " * 240)[:4000].strip()
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await fill(pilot, text=HOSTILE + words[len(CLEAN) :])
        assert text_of(app, "text") == words
        assert "\x1b" not in "".join(screen_lines(app))
        await keys(pilot, "ctrl+s")
        assert not isinstance(app.screen, FormPage), screen_text(app)
    assert kit.desk.view("1").entries[-1].text == words


async def test_a_refused_act_lists_its_reasons_and_keeps_the_form(kit: Kit) -> None:
    """What is missing is said, and every field is as it was."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "submit")
        await pilot.pause()
        await fill(pilot, text="please look")
        await keys(pilot, "ctrl+s")
        assert "to mend first" in form(app).message
        assert text_of(app, "text") == "please look"
        assert kit.desk.view("1").stage == "draft"


async def test_what_cannot_be_read_takes_the_cursor_there(kit: Kit) -> None:
    """A date that is none: the sentence says so, and the cursor is in its field."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await fill(pilot, occurred_on="somewhen", text="a talk")
        await keys(pilot, "ctrl+s")
        current = form(app).current()
        assert "somewhen" in form(app).message
        assert current is not None
        assert current.spec.name == "occurred_on"
        assert text_of(app, "text") == "a talk"


async def test_an_act_that_is_not_possible_says_why(kit: Kit) -> None:
    """The form opens and names the stage that it would need."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "acknowledge")
        await pilot.pause()
        assert "the stage now is draft" in form(app).message.replace("\n", " ")


async def test_going_back_keeps_what_was_typed(kit: Kit) -> None:
    """Esc leaves without a question; the form comes back with the text, and saving it forgets it."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await fill(pilot, text="half a sentence")
        await keys(pilot, "escape")
        assert not isinstance(app.screen, FormPage)
        app.open_act("1", "note")
        await pilot.pause()
        assert text_of(app, "text") == "half a sentence"
        assert "Kept from" in form(app).message
        await keys(pilot, "ctrl+s")
        app.open_act("1", "note")
        await pilot.pause()
        assert text_of(app, "text") == ""


@pytest.mark.slow
async def test_kept_text_is_thrown_away_when_asked_twice(kit: Kit) -> None:
    """ctrl+x asks, any other key keeps, ctrl+x twice empties what was typed, here and for the next time."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await pilot.press("ctrl+x")
        assert form(app).message == "Nothing that is typed here waits to be saved."
        await pilot.press(*"Wrong", "ctrl+x")
        assert "Throw away what you typed here?" in form(app).message
        await pilot.press("tab", "ctrl+x")
        assert text_of(app, "text") == "Wrong"
        await pilot.press("ctrl+x")
        await pilot.pause()
        assert text_of(app, "text") == ""
        assert form(app).message == "Thrown away."
        await pilot.press("escape")
        assert not dict(app.kept)
        app.open_act("1", "note")
        await pilot.pause()
        assert "Kept from" not in form(app).message


@pytest.mark.slow
async def test_evidence_asks_for_more_than_a_note(kit: Kit) -> None:
    """Source, values and reference are there for evidence, and only then."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        source = form(app).field("source")
        assert source is not None
        assert not source.display
        await fill(pilot, kind="evidence", text="26 calls", source="CRM")
        assert source.display
        await keys(pilot, "ctrl+s")
    assert kit.desk.view("1").entries[-1].kind == "evidence"


@pytest.mark.slow
async def test_every_act_has_a_form_that_opens_and_closes(kit: Kit) -> None:
    """No act of the registry breaks its form."""
    own = {"put", "remove", "set", "move", "log_check_in", "miss_check_in", "open_review", "assess", "decide"}
    async with piloted(kit) as (app, pilot):
        for name in sorted(set(ACTS) - own):
            app.open_act("1", name)
            await pilot.pause()
            assert isinstance(app.screen, ActForm), name
            # A file is named by its path; what it could belong to is asked where there is something.
            asked = {"attach": {"content", "entry"}, "bring_in": {"notes", "all"}}  # notes are ticked
            otherwise = {"was", "verdicts"} | asked.get(name, set())
            assert set(app.screen.texts) >= {line.name for line in app.screen.act.inputs} - otherwise
            await keys(pilot, "escape")


class Stubborn:
    """A desk whose next act fails once in the way that is wanted; everything else is the real one's."""

    def __init__(self, desk: Any, error: Exception) -> None:
        self._desk = desk
        self._error: Exception | None = error
        self.tokens: list[str | None] = []

    def __getattr__(self, name: str) -> Any:
        """Everything else."""
        return getattr(self._desk, name)

    def do(self, act: str, case: str, data: Any, *, expect: int | None = None, token: str | None = None) -> Any:
        """Fail once."""
        self.tokens.append(token)
        if self._error is not None:
            error, self._error = self._error, None
            raise error
        return self._desk.do(act, case, data, expect=expect, token=token)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Busy("Kim holds the store; try again."), "Kim holds the store"),
        (Conflict("Kim changed the draft after you read it."), "Your text is still here"),
    ],
)
async def test_a_busy_store_or_a_conflict_is_saved_by_the_same_key_again(
    kit: Kit, error: Exception, words: str
) -> None:
    """The text stays, ctrl+s tries again, and a repeated save is known as one."""
    desk = Stubborn(kit.desk, error)
    kit.desk = desk  # type: ignore[assignment]  # everything but one call is the real desk's
    async with piloted(kit) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await fill(pilot, text="a talk")
        await keys(pilot, "ctrl+s")
        assert words in form(app).message.replace("\n", " ")
        assert text_of(app, "text") == "a talk"
        await keys(pilot, "ctrl+s")
        assert not isinstance(app.screen, FormPage)
    assert len(set(desk.tokens)) == 1
    assert kit.desk.view("1").entries[-1].text == "a talk"


async def test_two_texts_stand_side_by_side(kit: Kit, snapshot: SnapshotAssertion) -> None:
    """Rows of before, theirs and yours; t and m choose; Enter hands the result over."""
    result: dict[str, str] = {}
    rows = (
        Difference("target", "15", "12", "15"),
        Difference("due", "2026-11-20", "2026-11-20", "2026-11-27"),
        Difference("proof", "", "CRM export", "CRM, read together on Tuesdays"),
    )
    labels = {"target": "To", "due": "By", "proof": "Proof"}
    async with piloted(kit) as (app, pilot):
        page = ConflictPage("Noor Haddad saved this goal 20 seconds ago.", rows, labels, result.update)
        app.push_screen(page)
        await pilot.pause()
        await keys(pilot, "t", "m", "k", "j")
        assert screen_text(app) == snapshot
        await keys(pilot, "t", "enter")
    assert result == {"target": "12", "due": "2026-11-27", "proof": "CRM export"}


@pytest.mark.slow
async def test_a_new_case_by_typing_part_of_a_name(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """Part of the name finds, Enter takes, the manager is suggested, ctrl+s opens the case."""
    kit = Kit(tmp_path).with_people()
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "n")
        assert isinstance(app.screen, NewCasePage)
        await letters(pilot, "le")
        await keys(pilot, "backspace", "backspace")
        await letters(pilot, "okaf")
        assert screen_text(app) == snapshot
        await keys(pilot, "enter")
        assert text_of(app, "employee") == "Dana Okafor"
        assert text_of(app, "manager") == "Kim Lee"
        await keys(pilot, "ctrl+s")
        assert "0001" in screen_lines(app)[0]
    assert kit.desk.view("1").line.manager == "Kim Lee"


async def test_a_second_case_for_the_same_person_is_refused_in_the_form(kit: Kit) -> None:
    """The form says so when the person is taken, and again when it is saved; nothing typed is lost."""
    async with piloted(kit) as (app, pilot):
        await keys(pilot, "n")
        await letters(pilot, "dana")
        await keys(pilot, "enter")
        assert "open case already" in form(app).message
        await keys(pilot, "ctrl+s")
        assert "one plan at a time" in form(app).message.casefold().replace("\n", " ")
        assert text_of(app, "employee") == "Dana Okafor"


@pytest.mark.slow
async def test_import_looks_first_and_takes_at_the_second_enter(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """Columns, counts and refused rows are shown before anything is written; another path looks again."""
    kit = Kit(tmp_path)
    kit.people.write_text(PEOPLE + "1006,,x@example.com,,,,\n", encoding="utf-8")
    async with piloted(kit) as (app, pilot):
        app.push_screen(ImportPage())
        await pilot.pause()
        await fill(pilot, path=str(kit.people))
        await keys(pilot, "enter")
        assert kit.desk.lookup("dana") == ()
        assert "\n".join(screen_text(app).split("\n")[5:20]) == snapshot
        await keys(pilot, "=x", "enter")
        assert "Nothing is written yet" not in form(app).message
        await keys(pilot, "backspace", "enter")
        assert kit.desk.lookup("dana") == ()
        await keys(pilot, "enter")
        assert not isinstance(app.screen, ImportPage)
    assert [person.name for person in kit.desk.lookup("dana")] == ["Dana Okafor"]


@pytest.mark.parametrize("act", ["note", "issue", "withdraw"])
async def test_forms_at_80_by_24(kit: Kit, act: str, snapshot: SnapshotAssertion) -> None:
    """What a form looks like, with what is missing and who will read it."""
    async with piloted(kit) as (app, pilot):
        app.open_act("1", act)
        await pilot.pause()
        assert screen_text(app) == snapshot


@pytest.mark.parametrize("size", [(40, 10), (120, 40)])
async def test_forms_are_usable_in_any_size(kit: Kit, size: tuple[int, int]) -> None:
    """The field with the cursor is on the screen, and saving works."""
    async with piloted(kit, size=size) as (app, pilot):
        app.open_act("1", "note")
        await pilot.pause()
        await fill(pilot, text="visible")
        assert "visible" in screen_text(app)
        await keys(pilot, "ctrl+s")
        assert not isinstance(app.screen, FormPage)


async def test_an_import_reads_a_path_from_home(kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that begins with ~ is found in the home directory, as a shell would find it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "more.csv").write_text("Employee ID,Name\n99,Noor Home\n")
    async with piloted(kit) as (app, pilot):
        app.push_screen(ImportPage())
        await pilot.pause()
        await fill(pilot, path="~/more.csv")
        await keys(pilot, "enter")
        assert "1 new" in screen_text(app)
