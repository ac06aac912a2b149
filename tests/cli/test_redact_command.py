"""`piptui redact` over a real store, with what this machine keeps beside it; killed between any two steps, too."""

import contextlib
import datetime as dt
import gzip
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from piptui.cli.root import build
from piptui.drafts import Draft, Drafts
from piptui.paths import drafts_dir, views_dir
from piptui.store import open_store, verify_store
from piptui.views import View, Views

from .clocked import Clock, doors

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
NAME = "Zoë Quetzalcoatl"
PEOPLE = 500
WHY = ("--reason", "Asked for, ticket 12.", "--yes")
Run = Callable[..., Result]


def spellings(name: str) -> list[bytes]:
    """A name as it might stand in a file: as text of several encodings, escaped, in any case."""
    texts = {
        name,
        name.lower(),
        name.upper(),
        name.casefold(),
        json.dumps(name)[1:-1],
        json.dumps(name.upper())[1:-1],
    }
    return [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")]


def found(*folders: Path, name: str = NAME) -> list[Path]:
    """Every file below the folders whose bytes, or what they unpack to, hold the name in any spelling."""
    hits = []
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        raw = path.read_bytes()
        with contextlib.suppress(OSError, EOFError):
            raw += gzip.decompress(raw)
        if any(spelling in raw for spelling in spellings(name)):
            hits.append(path)
    return hits


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command line over the store of the test."""
    root = build(doors(Clock(NOW)))

    def call(*args: str) -> Result:
        return CliRunner().invoke(root, ["--store", str(tmp_path / "store"), *args])

    return call


def filled(run: Run, tmp_path: Path) -> None:
    """A store with an import of 500 in one commit, one of them with a closed case, a file, notes, a draft, a view,
    a snapshot and a tail."""
    rows = [f"{number},Person {number} Smith,p{number}@example.org" for number in range(1, PEOPLE)]
    csv = tmp_path / "people.csv"
    csv.write_text("\n".join(["Number,Name,Email", *rows, f"900,{NAME},zq@example.org"]), encoding="utf-8")
    with_file = tmp_path / "letter.txt"
    with_file.write_text(f"Dear {NAME}", encoding="utf-8")
    for args in (
        ("init", "--name", "Noor Haddad", "--zone", "UTC"),
        ("import", str(csv), "--yes"),
        ("do", "--person", "900", "note", "--set", f"text=Talked to {NAME}."),
        ("new", "--employee", "900"),
        ("do", "1", "note", "--set", f"text={NAME} was late."),
        ("attach", "1", str(with_file), "--name", f"{NAME}.txt"),
        ("do", "1", "discard", "--set", "text=Opened in error."),
    ):
        result = run(*args)
        assert result.exit_code == 0, result.output
        if args[0] == "import":
            derive(tmp_path / "store", "make")
    derive(tmp_path / "store", "make_tail")
    csv.unlink()
    with_file.unlink()
    beside(tmp_path)


def derive(store: Path, what: str) -> None:
    """Make a snapshot, or the tail behind it."""
    with open_store(store) as opened:
        opened.head()
        getattr(opened._maker, what)()  # type: ignore[attr-defined]  # of the store on a journal


def beside(tmp_path: Path) -> None:
    """What lies in the state directory."""
    with open_store(tmp_path / "store", readonly=True) as store:
        key = str(store.info["store"])
    drafts = Drafts(drafts_dir(), key)
    drafts.put(Draft(case="0001", form="act note", item="", at=NOW, texts={"text": f"half a note on {NAME}"}))
    drafts.put(Draft(case="", form="new case", item="", at=NOW, texts={"employee": NAME}))
    drafts.put(Draft(case="0002", form="act note", item="", at=NOW, texts={"text": "of another case"}))
    drafts.close()
    Views(views_dir(), key).keep(5, View(query=f'employee:"{NAME}"'))


def untouched(store: Path, before: bytes) -> None:
    """The import's line is as it was but for one payload, and the 499 others still read."""
    line = next(line for line in (store / "journal/000001.jsonl").read_bytes().split(b"\n") if b'"import"' in line)
    now, was = line.split(b"\t"), before.split(b"\t")
    assert sum(one != other for one, other in zip(now, was, strict=True)) == 1
    with open_store(store, readonly=True) as opened:
        people = [document["name"] for _, document, _ in opened.list("people")]
    assert len(people) == PEOPLE  # 499 and who made the store
    assert f"Person {PEOPLE - 1} Smith" in people
    assert NAME not in people


def import_line(store: Path) -> bytes:
    """The line of the import, as it lies there."""
    return next(line for line in (store / "journal/000001.jsonl").read_bytes().split(b"\n") if b'"import"' in line)


def test_one_person_of_an_import_of_500_is_found_nowhere(run: Run, tmp_path: Path) -> None:
    """Journal, snapshot, tail, files, drafts and views hold the name in no spelling; verify is clean, others stay."""
    filled(run, tmp_path)
    store = tmp_path / "store"
    kinds = {path.suffix for path in found(store, tmp_path / "state")}
    assert {".jsonl", ".tail", ".json", ""} <= kinds, "journal and snapshot, tail, draft and view, attached file"
    before = import_line(store)
    listed = run("redact", "--person", "900", "--dry-run")
    assert listed.exit_code == 0
    for told in ("person of the directory", "note of the notebook", "attached file"):
        assert told in listed.stdout
    assert (listed.stdout.count("- your draft on this machine:"), listed.stdout.count("- your view on")) == (2, 1)
    assert kinds == {path.suffix for path in found(store, tmp_path / "state")}, "a dry run changes nothing"
    done = run("redact", "--person", "900", *WHY)
    assert done.exit_code == 0, done.output
    assert found(store, tmp_path / "state") == []
    assert verify_store(store).ok
    untouched(store, before)
    kept = list((tmp_path / "state").rglob("*.json"))
    assert any(b"of another case" in path.read_bytes() for path in kept)
    assert run("show", "1").exit_code == 0
    assert (
        NAME
        not in run("history", "1").stdout
        + run("cases").stdout
        + run("packet", "1", "--for", "hr", "--to", "-").stdout
    )
    assert "Asked for, ticket 12." in run("redact", "--list").stdout


CALLS = ("pwrite", "fsync", "fdatasync", "unlink", "ftruncate", "rename", "replace", "link", "open")


def killed_at(step: int, args: list[str]) -> bool:
    """Run a command in a child that dies before its `step`-th call that changes a disk; whether it came that far."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 99
    try:
        _die_before(step)
        CliRunner().invoke(build(doors(Clock(NOW))), args)
    finally:
        os._exit(0)


def _die_before(step: int) -> None:
    left = step

    def dying(real: Callable[..., Any], *, opens: bool) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            nonlocal left
            if not opens or (args[1] if len(args) > 1 else 0) & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
                left -= 1
                if left == 0:
                    os._exit(99)
            return real(*args, **more)

        return call

    for name in CALLS:
        setattr(os, name, dying(getattr(os, name), opens=name == "open"))


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Path:
    """Store and state as they were before the redaction, to begin from again and again."""
    filled(run, tmp_path)
    for name in ("store", "state"):
        shutil.copytree(tmp_path / name, tmp_path / "made" / name)
    return tmp_path / "made"


def from_anew(made: Path) -> None:
    """Put store and state back."""
    for name in ("store", "state"):
        shutil.rmtree(made.parent / name)
        shutil.copytree(made / name, made.parent / name)


@pytest.mark.slow
def test_a_kill_between_any_two_steps_leaves_nothing_half_removed(run: Run, made: Path) -> None:
    """Before the commit that lists the texts everything stands; behind it the next writer takes the name away."""
    store, state = made.parent / "store", made.parent / "state"
    before, head = import_line(store), verify_store(store).commits
    args = ["--store", str(store), "redact", "--person", "900", *WHY]
    step, undone, finished = 0, 0, 0
    while True:
        step += 1
        from_anew(made)
        killed = killed_at(step, args)
        open_store(store).close()  # an open that may write: no command of anybody's is needed
        with open_store(store) as opened, opened.exclusive():
            pass
        report = verify_store(store)
        assert report.ok, (step, report)
        if report.commits == head:
            undone += 1
            assert import_line(store) == before, step
            assert run("redact", "--person", "900", *WHY).exit_code == 0
        else:
            finished += 1
        assert found(store, state) == [], step
        untouched(store, before)
        if not killed:
            break
    assert (undone > 5, finished > 5) == (True, True), (step, undone, finished)


def test_a_kill_behind_the_commit_is_finished_by_the_next_writer(run: Run, made: Path) -> None:
    """Some of the steps of the test above, so that each run of the fast suite tries them."""
    store, state = made.parent / "store", made.parent / "state"
    args = ["--store", str(store), "redact", "--person", "900", *WHY]
    for step in (9, 24, 40):
        from_anew(made)
        assert killed_at(step, args)
        if verify_store(store).redactions + len(verify_store(store).unfinished) == 0:
            assert run("redact", "--person", "900", *WHY).exit_code == 0
        assert run("do", "--person", "1", "note", "--set", "text=The next writer.").exit_code == 0
        assert found(store, state) == [], step
        assert verify_store(store).ok


def test_a_document_is_listed_asked_for_and_removed(run: Run, tmp_path: Path) -> None:
    """Without a terminal nobody is asked: --yes and a reason, or nothing happens; --json tells the same."""
    filled(run, tmp_path)
    entry = json.loads(run("show", "1", "--json").stdout)["entries"][0]["id"]
    result = run("redact", "1", entry)
    assert (result.exit_code, "Nobody can be asked" in result.stderr) == (2, True)
    result = run("redact", "1", entry, "--yes")
    assert (result.exit_code, "--reason is missing" in result.stderr) == (2, True)
    result = run("redact", "1", entry, "--reason", f"{NAME} asked.", "--yes")
    assert (result.exit_code, "The reason names" in result.stderr) == (1, True), result.stderr
    data = json.loads(run("redact", "1", entry, "--dry-run", "--json").stdout)
    assert set(data) == {"removal", "here", "here_stays", "backups", "beyond"}
    assert [one["id"] for one in data["removal"]["lines"]] == [entry]
    data = json.loads(run("redact", "1", entry, *WHY, "--json").stdout)
    assert (data["texts"], data["files"], data["case"]) == (1, 0, "0001")
    assert "removed on 2026-03-02 by Noor Haddad: Asked for, ticket 12." in run("show", "1").stdout
    assert [json.loads(line)["reason"] for line in run("redact", "--list", "--json").stdout.splitlines()] == [
        "Asked for, ticket 12."
    ]


@pytest.mark.parametrize(
    "args",
    [(), ("1", "2", "--person", "900"), ("1", "--everywhere"), ("1", "--field", "note")],
    ids=lambda args: " ".join(args),
)
def test_what_is_meant_has_to_be_clear(run: Run, tmp_path: Path, args: tuple[str, ...]) -> None:
    """A case, an entry of one, or a person; parts only of an entry."""
    assert run("init", "--name", "Noor", "--zone", "UTC").exit_code == 0
    result = run("redact", *args, *WHY)
    assert (result.exit_code, "Remove what?" in result.stderr) == (2, True)


def test_a_hold_is_told_with_the_list(run: Run, tmp_path: Path) -> None:
    """The list says that it would be refused; doing it is, with how the hold is lifted; the exit code is 1."""
    filled(run, tmp_path)
    assert run("do", "1", "hold", "--set", "reason=A claim.", "--set", "custodian=Counsel").exit_code == 0
    for args in (("--dry-run",), WHY):
        result = run("redact", "1", *args)
        assert result.exit_code == 1
        assert "piptui do 0001 lift_hold" in " ".join((result.stdout + result.stderr).split())
    assert "legal hold since 2026-03-02 by Noor Haddad, custodian Counsel: A claim." in run("show", "1").stdout
    assert json.loads(run("cases", "is:held", "--json").stdout)["case"] == "0001"


def test_backups_that_are_known_here_are_named(run: Run, tmp_path: Path) -> None:
    """Where a backup was written from here is told with the list; the backup itself is not touched."""
    filled(run, tmp_path)
    where = tmp_path / "elsewhere" / "backup.tar.gz"
    where.parent.mkdir()
    assert run("backup", str(where)).exit_code == 0
    assert str(where) in run("redact", "1", "--dry-run").stdout
    assert json.loads(run("redact", "1", "--dry-run", "--json").stdout)["backups"] == [str(where)]
    assert str(where) in run("redact", "1", *WHY).stdout
    where.unlink()
    assert "known here" not in run("redact", "--person", "900", "--dry-run").stdout


def test_what_is_due_is_listed_and_removed_case_by_case(tmp_path: Path) -> None:
    """Nothing goes without being asked for; what a hold keeps is listed and stays; each reason names the rule."""
    clock = Clock(NOW)
    root = build(doors(clock))

    def run(*args: str) -> Result:
        return CliRunner().invoke(root, ["--store", str(tmp_path / "store"), *args])

    filled(run, tmp_path)
    for person in ("1", "2"):
        assert run("new", "--employee", person).exit_code == 0
    for case in ("2", "3"):
        assert run("do", case, "discard", "--set", "text=Opened in error.").exit_code == 0
    assert run("do", "3", "hold", "--set", "reason=A claim.").exit_code == 0
    nothing = run("retention")
    assert (nothing.exit_code, "  Nothing.\n" in nothing.stdout) == (0, True)
    assert "Next: case 0001 on 2026-09-03." in nothing.stdout
    assert "- opened in error: the whole case, ended discarded, 6 months after the close" in nothing.stdout
    clock.now += dt.timedelta(days=190)
    result = run("retention")
    assert (result.exit_code, "Nobody can be asked" in result.stderr) == (2, True)
    before = run("retention", "--dry-run").stdout
    assert before.partition("The rules:")[0].count("opened in error") == 3
    assert "legal hold" in before
    found = json.loads(run("retention", "--dry-run", "--json").stdout)
    assert [(one["case"], one["rule"], bool(one["holds"])) for one in found["lines"]] == [
        ("0001", "opened in error", False),
        ("0002", "opened in error", False),
        ("0003", "opened in error", True),
    ]
    done = run("retention", "--yes", "--json")
    assert [json.loads(line)["case"] for line in done.stdout.splitlines()] == ["0001", "0002"]
    shown = " ".join(run("show", "1").stdout.split())
    assert "by the rule “opened in error” of generic 2026-11 (example policy). What happened" in shown
    assert "legal hold" in run("show", "3").stdout
    assert verify_store(tmp_path / "store").ok
    assert [json.loads(line)["rule"] for line in run("redact", "--list", "--json").stdout.splitlines()] == [
        "opened in error",
        "opened in error",
    ]
    assert run("retention", "--yes").exit_code == 0


def test_notes_that_nobody_took_up_are_listed_and_removed(tmp_path: Path) -> None:
    """One by one, as piptui redact --person would: the text is in no file any more, the reason names the rule."""
    clock = Clock(NOW)
    root = build(doors(clock))

    def run(*args: str) -> Result:
        return CliRunner().invoke(root, ["--store", str(tmp_path / "store"), *args])

    filled(run, tmp_path)
    for text in ("Quasar before noon.", "Nothing of it any more."):
        noted = run("do", "--person", "7", "note", "--set", f"text={text}", "--json")
        assert noted.exit_code == 0
    clock.now += dt.timedelta(days=732)
    run("redact", "--person", "900", *WHY)
    due = run("retention", "--dry-run").stdout.partition("The rules:")[0]
    notes = [one for one in due.splitlines() if "notes nobody took up" in one]
    assert len(notes) == 2
    assert all("Person 7 Smith  no case  a note" in line for line in notes)
    found = json.loads(run("retention", "--dry-run", "--json").stdout)["lines"]
    assert all(one["what"] == "notebook" and one["case"] == "" for one in found)
    assert run("redact", "--person", found[0]["person"], found[0]["entry"], "--dry-run").exit_code == 0
    done = run("retention", "--yes")
    assert (done.exit_code, done.stdout.count("note of the notebook of 2026-03-02")) == (0, 2)
    assert not [path for path in (tmp_path / "store").rglob("*") if path.is_file() and b"Quasar" in path.read_bytes()]
    listed = [json.loads(line) for line in run("redact", "--list", "--json").stdout.splitlines()]
    assert [one["rule"] for one in listed[-2:]] == ["notes nobody took up"] * 2
    assert "Nothing." in run("retention", "--dry-run").stdout
    assert verify_store(tmp_path / "store").ok
