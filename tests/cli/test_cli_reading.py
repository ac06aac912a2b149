"""Commands that only read: plain lines for people, JSON for programs."""

import datetime as dt
import json
import re
import sys
from pathlib import Path

import msgspec
import pytest

from piptui.cli import output
from piptui.desk import api

from ..packets import sample
from .conftest import Run
from .fake import HOSTILE, TODAY, Wired, case_line

FORBIDDEN = frozenset(chr(code) for code in (*range(9), *range(11, 32), 127, *range(128, 160)))


def test_cases_are_aligned_and_marked(run: Run, wired: Wired) -> None:
    """Each case is one line under its headings, with a mark where attention is needed (S008)."""
    wired.desk.lines = (case_line(employee="Dana Okafor"), case_line(case="0012", employee="Ana", attention=()))
    lines = run("cases").stdout.splitlines()
    assert lines[0] == "   Case  Employee     About  Stage   Day    Goals   Next"
    assert lines[1] == "!  0007  Dana Okafor  sales  active  39/60  2 of 4  Tue 24 Nov check-in"
    assert lines[2].startswith("   0012  Ana          sales")
    assert lines[-1] == "2 of 2 cases."


def test_cases_as_json_lines(run: Run, wired: Wired) -> None:
    """One object per line, keys named as the fields, dates ISO; the query is passed on as one text."""
    result = run("cases", "--json", "stage:active", "dana")
    assert wired.desk.calls == [("list", ("stage:active dana",))]
    (line,) = result.stdout.splitlines()
    data = json.loads(line)
    assert msgspec.convert(data, api.CaseLine) == case_line()
    assert data["next_on"] == "2026-11-24"


def test_no_cases_says_what_to_do(run: Run, wired: Wired) -> None:
    """An empty store names the next command; a query without a match says so."""
    assert run("cases", "nothing").stdout == "None of 1 cases matches 'nothing'.\n"
    wired.desk.lines = ()
    assert "piptui new --employee NAME" in run("cases").stdout


def test_no_control_character_is_printed(run: Run, wired: Wired) -> None:
    """Stored text that a terminal would obey is harmless in plain and in JSON output."""
    wired.desk.sheet = sample.sheet(lambda label: f"{HOSTILE} {label}")
    wired.desk.people = (
        api.PersonLine(id="x", name=HOSTILE, number="", email="", title="", department="", manager=HOSTILE),
    )
    for command in (["cases"], ["show", "7"], ["history", "7"], ["find", "x"], ["people"], ["people", "--json"]):
        printed = run(*command).stdout
        assert "日本" in printed
        assert not FORBIDDEN & set(printed), command
    for command in (["cases", "--json"], ["show", "7", "--json"]):
        printed = run(*command).stdout
        assert not FORBIDDEN & set(printed), command
        assert HOSTILE in json.dumps(json.loads(printed), ensure_ascii=False) or "\\u009b" in printed


def test_show_tells_the_whole_case(run: Run, wired: Wired) -> None:
    """Every text of the case appears, in sections; only what the print alone copies stays out."""
    asked: set[str] = set()

    def told(label: str) -> str:
        asked.add(f"the {label}")
        return f"the {label}"

    wired.desk.sheet = sample.sheet(told)
    text = run("show", "7").stdout
    assert {"Goals", "Check-ins", "Milestones", "We promised", "Entries"} <= set(text.splitlines())
    flat = " ".join(text.split())
    copied = {"title", "number", "department", "location", "HR partner", "legal reviewer", "second manager", "policy"}
    copied |= {"manager's title", "second manager's title", "acknowledgement text"}
    assert {one for one in asked if one not in flat} == {f"the {one}" for one in copied}


def test_show_as_json_is_the_whole_sheet(run: Run, wired: Wired) -> None:
    """`show --json` decodes to the very struct that the desk gave."""
    wired.desk.sheet = sample.sheet()
    assert msgspec.json.decode(run("show", "7", "--json").stdout, type=api.CaseSheet) == sample.sheet()


def test_acts_for_programs(run: Run) -> None:
    """Without a case an act has name, when, roles and inputs; with one also whether it is possible."""
    first = json.loads(run("acts", "--json").stdout.splitlines()[0])
    assert set(first) == {"act", "title", "when", "roles", "inputs", "past_dates"}
    assert (first["act"], first["when"], first["roles"]) == ("note", ["active"], ["manager", "hr"])
    (given,) = first["inputs"]
    assert (given["name"], given["type"], given["required"]) == ("text", "long text", True)
    second = json.loads(run("acts", "7", "--json").stdout.splitlines()[1])
    assert (second["possible"], second["reason"]) == (False, "The plan is issued.")


def test_acts_for_people_give_the_reason(run: Run) -> None:
    """With a case, an act that is not possible says why; without one it does not."""
    assert "not now: The plan is issued." in run("acts", "7").stdout
    assert "not now" not in run("acts").stdout


def test_acts_name_inputs_as_set_takes_them(run: Run, wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of an input stand under the dotted name that is typed, lists and tables with a place to fill in."""
    word = api.InputLine(name="word", type="text", required=False, about="a word")
    time = api.InputLine(name="time", type="text", required=False, about="when", of="schedule")

    def act(name: str, kind: str) -> api.ActLine:
        given = api.InputLine(name="values", type=kind, required=True, about="these", parts=(word, time))
        return api.ActLine(act=name, title="T", when=(), roles=(), inputs=(given,))

    found = (act("log", "table"), act("agree", "list"), act("put", "item"), act("set", "table"))
    monkeypatch.setattr(wired.desk, "acts", lambda _case=None: found)
    names = [line.split()[0] for line in run("acts").stdout.splitlines() if "a word" in line or "when" in line]
    assert names == [
        "values.KEY.word",
        "values.KEY.schedule.time",
        "values.N.word",
        "values.N.schedule.time",
        "values.word",
        "values.schedule.time",
        "word",
        "schedule.time",
    ]


def test_due_lists_and_counts_days(run: Run, wired: Wired) -> None:
    """Overdue lines carry a mark and a distance; the options reach the desk (S108)."""
    wired.desk.dues = (
        api.DueLine(
            case="0007",
            employee="Dana Okafor",
            on=TODAY - dt.timedelta(days=3),
            what="check-in",
            detail="week 6",
            overdue=3,
        ),
    )
    result = run("due", "--days", "3", "--who", "kim")
    assert wired.desk.calls[0] == ("agenda", ("kim", 3))
    assert result.stdout == "!  Tue 17 Nov  3 days ago  check-in  Dana Okafor  week 6  0007\n"
    assert json.loads(run("due", "--json").stdout)["overdue"] == 3


def test_nothing_due_is_one_sentence(run: Run) -> None:
    """A quiet day says so; as JSON it is no line at all."""
    assert run("due").stdout == "Nothing is due within 7 days.\n"
    assert run("due", "--json").stdout == ""


def test_history_names_who_and_why(run: Run) -> None:
    """A line has seq, time, person with role, the stored sentence and the reason."""
    text = run("history", "7").stdout
    assert "3    2026-11-17 09:30  O'Brien" in text
    assert "(manager)  A note. Reason: late" in text


def test_verify_ends_with_4_where_the_record_is_damaged(run: Run, wired: Wired) -> None:
    """A whole record ends with 0 and names its head; a damaged one with 4 and its first broken line."""
    assert run("verify").exit_code == 0
    wired.desk.problems = (
        api.Problem(seq=9, place="journal/000001.jsonl, line 9", what="Does not fit.", means="Edited.", next="Stop."),
        api.Problem(seq=11, place="journal/000001.jsonl, line 11", what="Nor this.", means="Edited.", next="Stop."),
    )
    result = run("verify")
    assert result.exit_code == 4
    assert (
        "First broken line: journal/000001.jsonl, line 9 (seq 9): Does not fit.\n    Edited.\n    Next: Stop.\n"
        in (result.stdout)
    )
    assert "! seq 11, journal/000001.jsonl, line 11: Nor this.\n" in result.stdout
    assert result.stdout.count("Edited.") == 1
    machine = run("verify", "--json")
    assert machine.exit_code == 4
    assert json.loads(machine.stdout)["ok"] is False


def test_paths_names_every_place(run: Run, tmp_path: Path) -> None:
    """Store, state, configuration and shipped data are named; the state folder is private."""
    found = json.loads(run("paths", "--json").stdout)
    assert found["store"] == str(tmp_path / "data" / "piptui" / "store")
    assert Path(found["state"]).stat().st_mode & 0o777 == 0o700
    assert set(found) == {"store", "state", "config", "site config", "data"}


def test_people_without_any_say_how_to_get_some(run: Run) -> None:
    """An empty directory names the import; a word without a match does not."""
    assert "piptui import FILE.csv" in run("people").stdout
    assert run("people", "zed").stdout == "Nobody matches.\n"


def test_a_narrow_terminal_cuts_the_widest_column(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a line fits, with the short columns whole; in a pipe nothing is cut."""
    rows = [("0007", "a long statement " * 8, "Tue 17 Nov")]
    assert "…" not in output.table(rows)[0]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(output, "columns", lambda: 60)
    (line,) = output.table(rows)
    assert len(line) == 60
    assert line.startswith("0007  a long")
    assert re.search(r"…\s+Tue 17 Nov$", line)
