"""`piptui views` and `piptui cases --view`: the number keys of the list, on the command line."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from piptui.cli.root import build
from piptui.views import BUILT_IN

from .clocked import Clock, doors

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A personal store with two cases of two managers."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = build(doors(Clock(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC))))
    (tmp_path / "people.csv").write_text("Number,Name,Manager\n1,Kim Lee,\n2,Dana Okafor,1\n3,Lars Berg,2\n")

    def call(*args: str) -> Result:
        return CliRunner().invoke(root, ["--store", str(tmp_path / "store"), *args])

    for args in (
        ("init", "--name", "Noor Haddad", "--zone", "UTC"),
        ("import", str(tmp_path / "people.csv"), "--yes"),
        ("new", "--employee", "Dana Okafor"),
        ("new", "--employee", "Lars Berg"),
    ):
        assert call(*args).exit_code == 0
    return call


def test_a_view_is_kept_listed_and_used(run: Run) -> None:
    """What is kept on a number is what `--view` lists, in its order."""
    kept = run("views", "5", "employee:berg", "or", "employee:okafor", "--sort=-case")
    assert kept.exit_code == 0
    assert "2 cases now" in kept.stdout
    cases = run("cases", "--view", "5", "--json")
    assert [json.loads(line)["employee"] for line in cases.stdout.splitlines()] == ["Lars Berg", "Dana Okafor"]
    assert "employee:berg or employee:okafor" in run("views").stdout
    assert json.loads(run("views", "5", "--json").stdout) == {
        "number": 5,
        "query": "employee:berg or employee:okafor",
        "sort": "-case",
        "own": True,
    }


def test_the_list_tells_the_built_in_ones_from_ones_own(run: Run) -> None:
    """Every view that is there is a line, with whose it is."""
    run("views", "2", "employee:dana")
    found = [json.loads(line) for line in run("views", "--json").stdout.splitlines()]
    assert [one["number"] for one in found] == list(BUILT_IN)
    assert [one["number"] for one in found if one["own"]] == [2]


def test_a_query_that_cannot_be_read_is_not_kept(run: Run) -> None:
    """It ends with 2 and the reason, and the number stays free."""
    refused = run("views", "5", "stage:nonsense")
    assert refused.exit_code == 2
    assert "nonsense" in refused.stderr
    assert run("views", "5").exit_code == 2
    assert run("views", "5", "--sort", "nonsense").exit_code == 2


def test_a_number_without_a_view_says_how_one_comes_there(run: Run) -> None:
    """`--view` of a free number is no empty list: that would look like no case at all."""
    missing = run("cases", "--view", "7")
    assert missing.exit_code == 2
    assert "piptui views 7 QUERY" in missing.stderr


def test_removing_brings_the_built_in_one_back(run: Run) -> None:
    """1 to 4 are as they came; a number with nothing on it is told."""
    run("views", "1", "employee:dana")
    assert "as it came" in run("views", "1", "--remove").stdout
    assert "is:open" in run("views", "1").stdout
    again = run("views", "1", "--remove")
    assert again.exit_code == 2
    assert "Nothing of yours is kept on 1" in again.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("views", "--remove"),
        ("views", "--sort", "case"),
        ("views", "5", "dana", "--remove"),
        ("cases", "--view", "1", "dana"),
    ],
)
def test_two_wishes_at_once_are_refused(run: Run, args: tuple[str, ...]) -> None:
    """What contradicts itself is not guessed."""
    refused = run(*args)
    assert refused.exit_code == 2
    assert "Say " in refused.stderr


def test_a_broken_view_is_named_and_the_others_are_listed(run: Run, tmp_path: Path) -> None:
    """The list stands with the broken one in it; using that one ends with its sentence."""
    run("views", "5", "employee:dana")
    (path,) = (tmp_path / "state").rglob("5.json")
    path.write_text("{")
    listed = run("views")
    assert listed.exit_code == 0
    assert "cannot be read" in listed.stdout
    assert "is:closed" in listed.stdout
    assert run("cases", "--view", "5").exit_code == 2
