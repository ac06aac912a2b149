"""What is told before something is removed for good: whoever says yes has to know which one it is."""

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from piptui import beside
from piptui.beside import Sought
from piptui.cli.root import build
from piptui.drafts import Draft, Drafts
from piptui.paths import drafts_dir, folder_of, views_dir

from .clocked import Clock, doors
from .test_redact_command import NOW, Run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command line over a store with one open case of Person Smith, and two notes of one day in it."""
    root = build(doors(Clock(NOW)))

    def call(*args: str) -> Result:
        return CliRunner().invoke(root, ["--store", str(tmp_path / "store"), *args])

    (tmp_path / "people.csv").write_text("Number,Name,Email\n900,Person Smith,ps@example.org\n", encoding="utf-8")
    for args in (
        ("init", "--name", "Noor Haddad", "--zone", "UTC"),
        ("import", str(tmp_path / "people.csv"), "--yes"),
        ("new", "--employee", "900"),
        ("do", "1", "note", "--set", "text=First of two talks."),
    ):
        result = call(*args)
        assert result.exit_code == 0, result.output
    return call


def test_the_list_says_which_one_it_is(run: Run) -> None:
    """Its id and its first words stand there, so that two notes of one day are not taken for each other."""
    note = json.loads(run("do", "1", "note", "--set", "text=Second talk,\nabout the calls.", "--json").stdout)["item"]
    listed = run("redact", "1", note, "--dry-run").stdout
    assert note[:8] in listed
    assert "“Second talk, about the calls.”" in listed
    assert "First of two" not in listed


def test_a_removed_part_that_was_empty_is_told_as_such(run: Run) -> None:
    """Before and after: "2 texts" is what earlier versions said; the list of removals says what each was."""
    for value in ("Opening words.", ""):
        assert run("do", "1", "set", "--set", "field=context", "--set", f"value={value}").exit_code == 0
    what = ("redact", "1", "draft", "--field", "context")
    listed = " ".join(run(*what, "--dry-run").stdout.split())
    assert "Nothing stands in context now: what goes is what earlier versions of the document said." in listed
    done = " ".join(run(*what, "--reason", "Asked for.", "--yes").stdout.split())
    assert "Nothing stands in context now: what went is what earlier versions of the document said." in done
    note = json.loads(run("do", "--person", "900", "note", "--set", "text=Talk.", "--json").stdout)["item"]
    told = " ".join(run("redact", "--person", "900", note, "--reason", "Asked for.", "--yes").stdout.split())
    assert "To be removed for good: a note of the notebook of 2026-03-02, about Person Smith (900)." in told
    rows = run("redact", "--list").stdout
    assert "2026-03-02 09:00  Noor Haddad  document in 0001" in rows
    assert "2026-03-02 09:00  Noor Haddad  note of the notebook" in rows


def test_what_retention_keeps_is_counted_and_the_next_day_named(run: Run) -> None:
    """Notes of the notebook, too, and also where something is due today."""
    assert run("do", "--person", "Noor Haddad", "note", "--set", "text=Talk.").exit_code == 0
    assert run("do", "1", "discard", "--set", "text=Opened in error.").exit_code == 0
    told = run("retention", "--dry-run").stdout
    assert "1 ended case and 1 note of the notebook without anything that is due." in told
    assert "Next: case 0001 on 2026-09-03." in told


def test_the_reason_is_read_again_before_the_last_word(run: Run, tmp_path: Path) -> None:
    """It stays for ever: what was typed is shown as it will be kept, and no is no."""
    note = json.loads(run("do", "1", "note", "--set", "text=Second.", "--json").stdout)["item"]
    wired = msgspec.structs.replace(doors(Clock(NOW)), at_terminal=lambda: True)
    answers = "Typed by  mistake.\nn\n"
    result = CliRunner().invoke(
        build(wired), ["--store", str(tmp_path / "store"), "redact", "1", note], input=answers
    )
    assert "The reason that stays: Typed by mistake." in " ".join(result.output.split())
    assert "Nothing was removed, as you said." in result.output
    assert run("find", "Second.").exit_code == 0


def test_a_hold_is_told_before_how_an_open_case_could_end(run: Run) -> None:
    """Nobody is told to end a plan for a removal that a hold forbids anyway."""
    assert run("do", "1", "hold", "--set", "reason=A claim.").exit_code == 0
    refused = run("redact", "1", "--dry-run")
    assert refused.exit_code == 1
    assert "a legal hold keeps it" in refused.stderr
    assert "piptui do 0001 lift_hold --set reason=" in refused.stderr
    assert "discard" not in refused.stderr


def test_a_person_is_told_to_come_back_with_an_old_list(run: Run) -> None:
    """And that a name can be taken out of what is told of others now or never."""
    assert run("do", "1", "discard", "--set", "text=Opened in error.").exit_code == 0
    listed = " ".join(run("redact", "--person", "900", "--dry-run").stdout.split())
    assert "An import of a list that still has the person brings them back" in listed
    goes, _, stays = listed.partition("What stays:")
    assert "What colleagues keep for themselves about the person goes, too" in goes
    assert "goes, too" not in stays


def test_the_list_of_a_person_says_whom_and_tells_documents_of_one_day_apart(run: Run) -> None:
    """By name and number in its first line; what the record keeps of the removal says "a person". Each text of others
    has its case, though all stand in one; two documents of one day have their minute."""
    assert run("do", "1", "discard", "--set", "text=Opened in error.").exit_code == 0
    assert run("new", "--employee", "Noor Haddad").exit_code == 0
    for text in ("With Person Smith.", "Again with Smith, Person.", "A Mr Smith."):
        assert run("do", "2", "note", "--set", f"text={text}").exit_code == 0
        assert run("do", "--person", "900", "note", "--set", f"text={text}").exit_code == 0
    listed = run("redact", "--person", "900", "--dry-run").stdout
    assert " ".join(listed.split()).startswith("To be removed for good: Person Smith (900). ")
    own, _, others = listed.partition("Told of others")
    assert own.count("2026-03-02 09:00 UTC") >= 3
    told, _, perhaps = others.partition("Perhaps meant")
    assert [line.split()[0] for line in told.splitlines() if " note of " in line] == ["0002", "0002"]
    assert [line.split()[0] for line in perhaps.splitlines() if line.startswith("  0")] == ["0002"]
    assert "“A Mr Smith.”\n    by: Smith\n" in perhaps
    data = json.loads(run("redact", "--person", "900", "--dry-run", "--json").stdout)["removal"]
    assert (data["what"], data["shown"]) == ("a person", "Person Smith (900)")
    assert [(one["case"], one["words"]) for one in data["perhaps"]] == [("0002", ["Smith"])]
    done = run("redact", "--person", "900", "--reason", "Asked for.", "--yes")
    assert "Noor Haddad removed a person from the record." in done.stdout


def test_only_drafts_of_what_is_removed_go_with_it(tmp_path: Path) -> None:
    """A field of the plan takes what is typed into the plan, not a check-in that is half typed; each is named."""
    drafts = Drafts(drafts_dir(), "store")
    for case, form, item in (("0001", "plan", "goals.g1"), ("0001", "log_check_in", ""), ("0002", "plan", "")):
        drafts.put(Draft(case=case, form=form, item=item, at=NOW, texts={"text": "half"}))
    drafts.close()
    (found,) = beside.traces("store", Sought(ids=("0123456789abcdef",), plans=("0001",)))
    assert found.told == "plan goals.g1 of case 0001, typed 2026-03-02 09:00 UTC"
    assert {one.told.split(",")[0] for one in beside.traces("store", Sought(whole=("0001",)))} == {
        "plan goals.g1 of case 0001",
        "log check in of case 0001",
    }


@pytest.mark.parametrize(
    ("field", "goes"),
    [
        ("goals.g1.statement", ["goals.g1"]),
        ("goals", ["goals", "goals.g1", "goals.g2"]),
        ("context", ["context"]),
        ("role_summary", ["role"]),
        ("job_description", ["role"]),
        ("header.title", []),
    ],
)
def test_a_field_takes_only_what_is_typed_there(tmp_path: Path, field: str, goes: list[str]) -> None:
    """What is half typed in other places of the plan stays: a form of several fields goes with each that it shows."""
    drafts = Drafts(drafts_dir(), "store")
    texts = {"context": {"context": "half"}, "role": {"role_summary": "half"}}
    base = {"role": {"role_summary": "", "job_description": "whole"}}
    for item in ("goals.g1", "goals.g2", "goals", "context", "role"):
        said = texts.get(item, {"statement": "half"})
        drafts.put(Draft(case="0001", form="plan", item=item, at=NOW, texts=said, base=base.get(item)))
    drafts.close()
    found = beside.traces("store", Sought(plans=("0001",), fields=(field,)))
    assert sorted(one.told.split(" of ")[0].removeprefix("plan ") for one in found) == goes


def test_a_check_in_takes_no_draft_of_another_case(tmp_path: Path) -> None:
    """The same week of somebody else's plan is another meeting: what is half typed for it is not touched."""
    drafts = Drafts(drafts_dir(), "store")
    for case in ("0001", "0002"):
        for item in ("w3", "w4"):
            drafts.put(Draft(case=case, form="check-in", item=item, at=NOW, texts={"slot": item, "note": "half"}))
    drafts.close()
    found = beside.traces("store", Sought(concerned=("0001",), slots=(("0001", "w3"),)))
    assert sorted((one.told.split(",")[0], one.stays) for one in found) == [
        ("check-in w3 of case 0001", False),
        ("check-in w4 of case 0001", True),
    ]
    beside.remove(found)
    left = [(one.case, one.item) for one in Drafts(drafts_dir(), "store").left_over()]
    assert sorted(left) == [("0001", "w4"), ("0002", "w3"), ("0002", "w4")]


@pytest.mark.parametrize("everywhere", [False, True])
def test_what_is_typed_of_others_and_names_the_person_goes_with_everywhere_only(
    tmp_path: Path, everywhere: bool
) -> None:
    """A draft in another's case stays and is named, as what the record says of others is."""
    drafts = Drafts(drafts_dir(), "store")
    for case, text in (("0001", "half"), ("0002", "beside Dana Okafor"), ("0003", "other")):
        drafts.put(Draft(case=case, form="act note", item="", at=NOW, texts={"text": text}))
    drafts.close()
    sought = Sought(whole=("0001",), concerned=("0001",), names=("Dana Okafor",), everywhere=everywhere)
    found = {one.told.split(",")[0]: one.stays for one in beside.traces("store", sought)}
    assert found == {"note of case 0001": False, "note of case 0002": not everywhere}


def test_other_drafts_of_the_case_are_named_and_stay(run: Run) -> None:
    """Somebody has to look whether they say the same: the list and the JSON name them."""
    store = json.loads(run("verify", "--json").stdout)["store"]
    note = json.loads(run("do", "1", "note", "--set", "text=Second.", "--json").stdout)["item"]
    drafts = Drafts(drafts_dir(), store)
    drafts.put(Draft(case="0001", form="act note", item="", at=NOW, texts={"text": "half"}))
    drafts.close()
    listed = run("redact", "1", note, "--dry-run").stdout
    _, _, stays = listed.partition("What stays:")
    assert "your draft on this machine: note of case 0001" in " ".join(stays.split())
    told = json.loads(run("redact", "1", note, "--dry-run", "--json").stdout)
    assert told["here"] == {"draft": 0, "view": 0}
    assert told["here_stays"] == ["note of case 0001, typed 2026-03-02 09:00 UTC"]
    done = json.loads(run("redact", "1", note, "--reason", "Asked for.", "--yes", "--json").stdout)
    assert (done["here"], done["here_stays"]) == (told["here"], told["here_stays"])


def test_views_are_found_by_any_part_of_the_name(tmp_path: Path) -> None:
    """A filter holds one word of it: the view goes, since it can be made again."""
    folder = folder_of(views_dir(), "store")
    folder.mkdir(parents=True)
    for name, query in (("7", "employee:okafor"), ("8", "okaforian"), ("9", "stage:active")):
        (folder / f"{name}.toml").write_text(query, encoding="utf-8")
    sought = Sought(names=("Dana Okafor",), parts=("Dana", "Okafor"))
    assert [one.told for one in beside.traces("store", sought) if one.kind == "view"] == ["7"]


def test_a_dry_run_of_a_lift_names_the_other_cases_as_what_is_not_recorded(run: Run) -> None:
    """What would be recorded says nothing of other cases; who lifts the hold reads their numbers below it."""
    assert run("new", "--employee", "Noor Haddad").exit_code == 0
    assert run("do", "1", "hold", "--set", "reason=A claim.", "--set", "comparators=2").exit_code == 0
    told = run("do", "1", "lift_hold", "--set", "reason=Over.", "--dry-run").stdout.splitlines()
    assert told[:2] == [
        "Would be recorded: Noor Haddad lifted the legal hold.",
        "Case 0002 is under it no more, either.",
    ]
