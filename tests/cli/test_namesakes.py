"""Whoever made a store stands in it without a number: a list that has them, too, would bring them in twice."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from piptui.cli.root import build

from .clocked import Clock, doors
from .test_redact_command import NOW, Run


@pytest.fixture
def people(tmp_path: Path) -> str:
    """A list that has whoever made the store, with a number."""
    path = tmp_path / "people.csv"
    path.write_text("Number,Name\n1005,Noor Haddad\n2,Dana Okafor\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command line over the store that Noor Haddad made."""
    root = build(doors(Clock(NOW)))

    def call(*args: str) -> Result:
        return CliRunner().invoke(root, ["--store", str(tmp_path / "store"), *args])

    assert call("init", "--name", "Noor Haddad", "--zone", "UTC").exit_code == 0
    return call


def test_an_import_says_who_would_be_there_twice_and_how_they_stay_one(run: Run, people: str) -> None:
    """The sentence names the command that gives them their number; after it the import knows them again."""
    told = " ".join(run("import", people, "--dry-run").output.split())
    assert "Noor Haddad is here already, without number and e-mail, and would be there twice." in told
    command = told.partition("first: piptui ")[2].split()[:6]
    assert (command[:2], command[3:]) == (["do", "--person"], ["change_person", "--set", "number=1005"])
    assert run(*command).exit_code == 0
    assert "twice" not in run("import", people, "--dry-run").output
    assert run("import", people, "--yes").exit_code == 0
    assert run("people", "Noor").stdout.count("Noor Haddad") == 1


def test_an_import_without_a_question_says_who_is_there_twice_now(run: Run, people: str) -> None:
    """Then the number has to come from the new one: the two commands do that, and the import knows whom it means."""
    told = " ".join(run("import", people, "--yes").output.split())
    assert "Noor Haddad is here already, without number and e-mail, and is there twice now." in told
    free, give = (part.split()[:6] for part in told.split("piptui ")[1:3])
    assert run(*free).exit_code == 0
    assert run(*give).exit_code == 0
    again = run("import", people, "--yes").output
    assert "0 added" in again
    assert "twice" not in again
