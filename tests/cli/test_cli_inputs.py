"""`--set` and `--file`: how typed inputs become plain data."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.cli.inputs import gather, known_act, pairs
from piptui.errors import BadInput

NAMES = st.text(alphabet="abcdefgh_", min_size=1, max_size=6)
VALUES = st.text(max_size=20).filter(lambda text: not text.startswith("@") and text != "-")


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=5))
def test_values_stay_text(data: dict[str, str]) -> None:
    """What stands behind the first `=` is the value, whatever it holds."""
    assert gather("note", [f"{key}={value}" for key, value in data.items()], None) == data


def test_dots_make_fields_and_repetition_makes_lists() -> None:
    """A dotted name is a field of a field; a repeated one a list; numbered ones a list of tables."""
    assert gather(
        "log_check_in",
        ["values.g1.value=44", "values.g2=44", "done=w1/1", "done=w1/2", "actions.1.who=Dana", "actions.1.due=fri"],
        None,
    ) == {
        "values": {"g1": {"value": "44"}, "g2": "44"},
        "done": ["w1/1", "w1/2"],
        "actions": [{"who": "Dana", "due": "fri"}],
    }


def test_files_stdin_and_json_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`@FILE` reads a file, `-` standard input, `:=` JSON, and `@@` is a plain `@`."""
    (tmp_path / "text.txt").write_text("two\nlines", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("typed in"))
    sets = [f"text=@{tmp_path / 'text.txt'}", "note=-", 'done:=["w1/1", 0.10]', "who=@@kim"]
    assert gather("note", sets, None) == {
        "text": "two\nlines",
        "note": "typed in",
        "done": ["w1/1", "0.10"],
        "who": "@kim",
    }


@pytest.mark.parametrize(
    ("sets", "message"),
    [
        (["text"], "NAME=VALUE"),
        (["=x"], "NAME=VALUE"),
        (["a..b=x"], "NAME=VALUE"),
        (["a=1", "a.b=2"], "has a value already"),
        (["a.b=1", "a=2"], "has fields already"),
        (["a:={"], "no JSON"),
    ],
)
def test_what_cannot_be_read_is_refused(sets: list[str], message: str) -> None:
    """A refusal quotes what was typed and says what would be read."""
    with pytest.raises(BadInput, match=message):
        gather("note", sets, None)


def test_a_missing_file_is_an_os_error_with_its_name() -> None:
    """The name of a file that is not there reaches the message."""
    with pytest.raises(FileNotFoundError, match="nowhere"):
        gather("note", ["text=@/nowhere"], None)


PLAN = """
context = "two quarters below quota"
start = 2026-03-02
[schedule]
time = 10:00:00
[[goals]]
statement = "50 calls a day"
target = 50.10
"""


def test_a_plan_file_is_one_put(tmp_path: Path) -> None:
    """A file for `put` that names no collection is a whole plan; dates and decimals are text as typed."""
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, encoding="utf-8")
    assert gather("put", [], str(file)) == {
        "plan": {
            "context": "two quarters below quota",
            "start": "2026-03-02",
            "schedule": {"time": "10:00"},
            "goals": [{"statement": "50 calls a day", "target": "50.10"}],
        }
    }


def test_an_item_for_put_is_not_a_plan() -> None:
    """With a collection named, the fields of `put` stay its own."""
    data = gather("put", ["collection=goals", "item.statement=x"], None)
    assert data == {"collection": "goals", "item": {"statement": "x"}}


def test_set_takes_fields_by_their_names() -> None:
    """`context=…` is short for `values.context=…`, and a schedule's field keeps its dotted name."""
    assert gather("set", ["context=x", "schedule.time=10:00", "values.days=60"], None) == {
        "values": {"context": "x", "schedule.time": "10:00", "days": "60"}
    }
    assert gather("set", ["field=context", "value=x"], None) == {"field": "context", "value": "x"}


def test_set_goes_on_top_of_a_file(tmp_path: Path) -> None:
    """A `--set` replaces what the file says, and leaves the rest of it."""
    file = tmp_path / "note.json"
    file.write_text(json.dumps({"text": "old", "values": {"g1": "1", "g2": "2"}}), encoding="utf-8")
    assert gather("note", ["text=new", "values.g1=3"], str(file)) == {
        "text": "new",
        "values": {"g1": "3", "g2": "2"},
    }


@pytest.mark.parametrize(("name", "text"), [("a.toml", "= 1"), ("a.json", "["), ("b.json", "[1]")])
def test_a_broken_file_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    """A file that is no TOML, no JSON or no table is named."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=name):
        gather("note", [], str(file))


def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    """Text in another encoding is refused with its name instead of being garbled."""
    file = tmp_path / "latin.txt"
    file.write_bytes("Müller".encode("latin-1"))
    with pytest.raises(BadInput, match=r"latin\.txt is not UTF-8"):
        gather("note", [f"text=@{file}"], None)


def test_pairs_of_map() -> None:
    """`--map` wants a field and a header."""
    assert pairs(["number=Personal Nr", "name=A=B"]) == {"number": "Personal Nr", "name": "A=B"}
    with pytest.raises(BadInput, match="FIELD=HEADER"):
        pairs(["number"])


def test_an_unknown_act_names_the_nearest() -> None:
    """A typing error in an act's name is answered with the act that was probably meant."""
    known_act("issue", ["issue", "note"])
    with pytest.raises(BadInput, match="Did you mean issue"):
        known_act("isue", ["issue", "note"])
