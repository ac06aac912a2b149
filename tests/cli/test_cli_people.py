"""People on the command line: one person, acts on them, their history."""

import datetime as dt
import json

from piptui.desk import api

from .conftest import Run
from .fake import AT, HOSTILE, Wired

SHEET = api.PersonSheet(
    line=api.PersonLine(
        id="p1", name=HOSTILE, number="1014", email="d@example.org", title="Clerk", department="", manager="Kim Lee"
    ),
    spells=(
        api.SpellLine(hired_on=dt.date(2020, 1, 7), left_on=dt.date(2025, 2, 1)),
        api.SpellLine(hired_on=dt.date(2026, 5, 4), left_on=dt.date(2026, 12, 31)),
    ),
    roles=(api.RoleLine(role="hr", since=dt.date(2026, 1, 5), until=dt.date(2026, 2, 1)),),
    notes=(
        api.NoteLine(
            id="ab" * 8,
            kind="recognition",
            cls="manager_hr",
            occurred_on=dt.date(2026, 11, 16),
            recorded_at=AT,
            who="Kim Lee",
            role="manager",
            topic="launch",
            text=f"Well done {HOSTILE}",
            next_step="Present it.",
            cases=("0007",),
            struck="Another person.",
        ),
    ),
)


def test_a_person_is_told_from_name_to_last_note(run: Run, wired: Wired) -> None:
    """Employment, roles, cases and notes, each with what to do where it is empty; nothing a terminal obeys."""
    wired.desk.one = SHEET
    told = run("person", "1014").stdout
    assert wired.desk.calls == [("person", ("1014",))]
    assert "hired on Mon 4 May, leaves on Thu 31 Dec" in told
    assert "HR from Mon 5 Jan until Sun 1 Feb, over" in told
    assert "Next: piptui new --employee 1014" in told
    assert "Mon 16 Nov recognition: launch (struck) [abababab]" in told
    assert "written 2026-11-17 by Kim Lee (manager); manager and HR; in case 0007" in told
    assert "\x1b" not in told


def test_a_person_as_json(run: Run, wired: Wired) -> None:
    """One object with everything."""
    wired.desk.one = SHEET
    data = json.loads(run("person", "1014", "--json").stdout)
    assert (data["line"]["number"], data["notes"][0]["next_step"]) == ("1014", "Present it.")


def test_an_act_on_a_person_reaches_the_desk(run: Run, wired: Wired) -> None:
    """Whom, what, inputs, revision and token; the sentence comes back, and no case."""
    result = run("do", "--person", "1014", "note", "--set", "text=Well", "--expect", "3", "--token", "t")
    assert wired.desk.calls[-1] == ("do_person", ("note", "1014", {"text": "Well"}, 3, "t"))
    assert result.stdout == "Kim Lee did note.\n"


def test_adding_needs_nobody(run: Run, wired: Wired) -> None:
    """`do add_person` is done on nobody yet."""
    assert run("do", "add_person", "--set", "name=Kim").exit_code == 0
    assert wired.desk.calls[-1] == ("do_person", ("add_person", "", {"name": "Kim"}, None, None))


def test_a_dry_run_on_a_person_writes_nothing(run: Run, wired: Wired) -> None:
    """The preview is told instead."""
    result = run("do", "--person", "1014", "note", "--set", "text=x", "--dry-run")
    assert [name for name, _ in wired.desk.calls] == ["person_acts", "preview_person"]
    assert "Would be recorded: Kim Lee would note something." in result.stdout


def test_wrong_use_says_how(run: Run) -> None:
    """A case beside a person, an act without its case, an unknown act, a proof: each ends with 2 and the way out."""
    for args, told in (
        (("do", "--person", "1014", "7", "note"), "do --person WHO note"),
        (("do", "7"), "piptui do 7 ACT"),
        (("do", "--person", "1014", "noet"), "Did you mean note?"),
        (("do", "--person", "1014", "note", "--proof", "email"), "in the text of the note"),
        (("history",), "history --person WHO"),
        (("history", "7", "--person", "1014"), "Of what?"),
        (("acts", "7", "--people"), "Say one"),
    ):
        result = run(*args)
        assert (result.exit_code, told in result.stderr) == (2, True), (args, result.stderr)


def test_acts_and_history_of_a_person(run: Run, wired: Wired) -> None:
    """Acts are told with the reason where one is not possible; without a person, without it."""
    assert "not now: They have not left." in run("acts", "--person", "1014").stdout
    assert "not now" not in run("acts", "--people").stdout
    assert "possible" not in json.loads(run("acts", "--people", "--json").stdout.splitlines()[0])
    assert "A note." in run("history", "--person", "1014").stdout
    assert [name for name, _ in wired.desk.calls] == ["person_acts", "person_acts", "person_acts", "person_history"]
