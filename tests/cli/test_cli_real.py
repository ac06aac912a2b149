"""The command line over a real store: what no fake can promise."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from piptui.cli.root import build

from .clocked import Clock, doors

PEOPLE = """Number,Name,Manager
1,Kim Lee,
2,Dana Okafor,1
3,Lars Berg,1
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A personal store with three people and one case."""
    clock = Clock(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC))
    root = build(doors(clock))
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")

    def call(*args: str) -> Result:
        return CliRunner().invoke(root, ["--store", str(tmp_path / "store"), *args])

    for args in (
        ("init", "--name", "Noor Haddad", "--zone", "UTC"),
        ("import", str(tmp_path / "people.csv"), "--yes"),
        ("new", "--employee", "Dana Okafor"),
    ):
        assert call(*args).exit_code == 0
    return call


def revision(run: Run) -> str:
    """The revision of case 1 now."""
    return str(json.loads(run("show", "1", "--json").stdout)["revision"])


def test_the_same_field_twice_conflicts_and_nothing_is_lost(run: Run) -> None:
    """Two changes of one field from the same revision: the second ends with 5 and gives its text back."""
    read = revision(run)
    assert run("do", "1", "set", "--set", "context=first words", "--expect", read).exit_code == 0
    result = run("do", "1", "set", "--set", "context=second words", "--expect", read)
    assert result.exit_code == 5
    assert "second words" in result.stderr
    assert "first words" in result.stderr
    assert "first words" in run("show", "1").stdout


def test_another_field_from_the_same_revision_does_not_conflict(run: Run) -> None:
    """What the act does not touch may have changed meanwhile."""
    read = revision(run)
    assert run("do", "1", "set", "--set", "context=words", "--expect", read).exit_code == 0
    assert run("do", "1", "set", "--set", "root_cause=cause", "--expect", read).exit_code == 0


def test_a_repeated_token_is_one_save(run: Run) -> None:
    """The same token opens no second case and keeps no second note."""
    first = json.loads(run("new", "--employee", "Lars Berg", "--token", "t1", "--json").stdout)
    again = json.loads(run("new", "--employee", "Lars Berg", "--token", "t1", "--json").stdout)
    assert (first["case"], first["seq"]) == (again["case"], again["seq"])
    for _ in range(2):
        assert run("do", "1", "note", "--set", "text=once", "--token", "t2").exit_code == 0
    assert len(run("find", "once", "--json").stdout.splitlines()) == 1


def test_a_case_that_is_not_issued_does_not_exist_for_the_employee(run: Run) -> None:
    """Hidden and missing answer alike, on every way out."""
    for args in (("show", "1"), ("history", "1"), ("acts", "1"), ("do", "1", "note", "--set", "text=x")):
        hidden = run("--as", "employee", *args)
        missing = run("--as", "employee", args[0], "9", *args[2:])
        assert hidden.exit_code == missing.exit_code == 2, args
        assert hidden.stderr.replace("1", "9") == missing.stderr.replace("1", "9")
    assert run("--as", "employee", "cases", "--json").stdout == ""


def test_hostile_text_survives_without_reaching_a_terminal(run: Run) -> None:
    """Signs of markup stay, what a terminal would obey goes, in lists, cases, finds and packets."""
    text = "[b]O'Brien[/b] \x1b]0;owned\x07\x9b2J# Outcome | 日本"
    assert run("do", "1", "set", "--set", f"context={text}").exit_code == 0
    assert run("do", "1", "note", "--set", f"text={text}").exit_code == 0
    for args in (
        ("show", "1"),
        ("find", "O'Brien"),
        ("packet", "1", "--for", "hr", "--to", "-"),
        ("show", "1", "--json"),
    ):
        printed = run(*args).stdout
        assert "O'Brien" in printed
        assert not set(printed) & {"\x1b", "\x07", "\x9b"}, args


def test_a_damaged_record_ends_with_4(run: Run, tmp_path: Path) -> None:
    """One changed byte in the journal is found and named."""
    (journal,) = (tmp_path / "store" / "journal").iterdir()
    data = bytearray(journal.read_bytes())
    data[data.index(b"Dana")] ^= 1
    journal.write_bytes(data)
    assert run("verify").exit_code == 4


def test_a_dry_run_of_every_possible_act_changes_nothing(run: Run) -> None:
    """Previews leave no trace in the record."""
    before = json.loads(run("verify", "--json").stdout)["head_hash"]
    for line in run("acts", "1", "--json").stdout.splitlines():
        run("do", "1", json.loads(line)["act"], "--dry-run", "--set", "text=x")
    assert json.loads(run("verify", "--json").stdout)["head_hash"] == before


@pytest.mark.slow
def test_the_demo_is_made_and_its_packets_keep_people_apart(tmp_path: Path) -> None:
    """The demo organisation loads; no packet for an employee holds review rounds or notes of others (S132, S013)."""
    clock = Clock(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))
    made = doors(clock)
    made.demo(tmp_path / "demo", "noor")
    root = build(made)
    store = ["--store", str(tmp_path / "demo")]
    cases = [json.loads(line) for line in CliRunner().invoke(root, [*store, "cases", "--json"]).stdout.splitlines()]
    assert len(cases) >= 3
    for case in cases:
        sheet = json.loads(CliRunner().invoke(root, [*store, "show", case["case"], "--json"]).stdout)
        packet = CliRunner().invoke(root, [*store, "packet", case["case"], "--for", "employee", "--to", "-"])
        assert packet.exit_code == (0 if case["version"] else 1)
        hidden = [one["text"] for one in sheet["entries"] if one["cls"] != "shared" and one["text"]]
        assert not [text for text in hidden if text.splitlines()[0] in packet.stdout]


def test_the_program_is_wired(tmp_path: Path) -> None:
    """The real program makes a store, reads it in the next process, and wants a terminal for its screens."""

    def piptui(*args: str) -> subprocess.CompletedProcess[str]:
        code = "import sys; sys.argv[0] = 'piptui'; from piptui.__main__ import main; main()"
        env = {**os.environ, "HOME": str(tmp_path), "TZ": "UTC", "PIPTUI_STORE": str(tmp_path / "store")}
        line = [sys.executable, "-c", code, *args]
        return subprocess.run(
            line, capture_output=True, text=True, check=False, env=env, stdin=subprocess.DEVNULL, timeout=60
        )

    assert piptui("cases").returncode == 2
    assert piptui("init", "--name", "Noor Haddad", "--zone", "UTC").returncode == 0
    assert json.loads(piptui("people", "--json").stdout)["name"] == "Noor Haddad"
    assert piptui().returncode == 2
    assert (tmp_path / "store").stat().st_mode & 0o777 == 0o700


def test_a_dry_run_ends_as_the_act_would(run: Run) -> None:
    """What would be refused is said so, with the exit code of the refusal, and nothing claims to be recorded."""
    result = run("do", "1", "submit", "--dry-run")
    assert result.exit_code == 1
    assert "Would be refused" in result.stdout
    assert "Would be recorded" not in result.stdout


def test_a_dry_run_sees_a_conflict_coming(run: Run) -> None:
    """A preview from a stale revision ends as the save would, with 5."""
    read = revision(run)
    assert run("do", "1", "set", "--set", "context=theirs").exit_code == 0
    assert run("do", "1", "set", "--set", "context=mine", "--expect", read, "--dry-run").exit_code == 5


def test_verify_reports_damage_as_data(run: Run, tmp_path: Path) -> None:
    """A flipped byte: exit 4, and with --json the report itself on standard output."""
    journal = tmp_path / "store" / "journal" / "000001.jsonl"
    text = bytearray(journal.read_bytes())
    text[len(text) // 2] ^= 1
    journal.write_bytes(bytes(text))
    result = run("verify", "--json")
    assert result.exit_code == 4
    report = json.loads(result.stdout)
    assert report["ok"] is False
    assert report["problems"]


@pytest.mark.parametrize("stream", [0, 1, 2])
def test_a_closed_standard_stream_spoils_nothing(run: Run, tmp_path: Path, stream: int) -> None:
    """A command with a closed stream still does its work and ends with its own code."""
    code = "import sys; sys.argv[0] = 'piptui'; from piptui.__main__ import main; main()"
    env = {**os.environ, "HOME": str(tmp_path), "PIPTUI_STORE": str(tmp_path / "store")}
    line = f'exec "$0" "$@" {stream}{"<" if stream == 0 else ">"}&-'
    words = ["sh", "-c", line, sys.executable, "-c", code, "do", "1", "note", "--set", f"text=kept {stream}"]
    assert subprocess.run(words, env=env, check=False, capture_output=True, timeout=60).returncode == 0
    assert f"kept {stream}" in run("show", "1").stdout


def test_bytes_that_are_no_text_are_refused(run: Run, tmp_path: Path) -> None:
    """A word that is not UTF-8 is refused whole, never shortened in silence."""
    code = "import sys; sys.argv[0] = 'piptui'; from piptui.__main__ import main; main()"
    env = {**os.environ, "HOME": str(tmp_path), "PIPTUI_STORE": str(tmp_path / "store")}
    words = [sys.executable.encode(), b"-c", code.encode(), b"do", b"1", b"note", b"--set", b"text=M\xfcller"]
    result = subprocess.run(words, env=env, check=False, capture_output=True, timeout=60)
    assert result.returncode == 2
    assert b"UTF-8" in result.stderr
    assert "Mller" not in run("show", "1").stdout


def test_a_backup_brings_everything_back(run: Run, tmp_path: Path) -> None:
    """What was backed up is restored elsewhere, checked, with the same head; the file is never replaced."""
    made = json.loads(run("backup", str(tmp_path / "b.tar.gz"), "--json").output)
    again = run("backup", str(tmp_path / "b.tar.gz"))
    assert (again.exit_code, "is there already" in again.output) == (1, True)
    back = json.loads(run("restore", str(tmp_path / "b.tar.gz"), str(tmp_path / "back"), "--json").output)
    assert (back["head_seq"], back["head_hash"]) == (made["head_seq"], made["head_hash"])
    shown = [
        json.loads(run("--store", str(tmp_path / name), "show", "1", "--json").output) for name in ("store", "back")
    ]
    assert shown[0] == shown[1]
    assert run("--store", str(tmp_path / "back"), "verify").exit_code == 0


@pytest.mark.parametrize("role", ["manager", "employee", "legal"])
def test_only_hr_carries_the_record_away(run: Run, tmp_path: Path, role: str) -> None:
    """A backup holds every case: other roles are denied it, and no file is made."""
    assert run("--as", role, "backup", str(tmp_path / "b")).exit_code == 1
    assert not (tmp_path / "b").exists()
