"""An export is one moment of the record as JSON, followed without piptui, and no more than one may see."""

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from piptui.desk import exporting
from piptui.desk.frozen import Frozen
from piptui.errors import Full, NotFound, Refused
from piptui.store import redact

from .conftest import WorldIn
from .world import CASE, SECRET


def read(folder: Path) -> dict[str, Any]:
    """What somebody reads who has nothing but a JSON reader and the README."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert there == {*manifest["sha256"], "manifest.json"}
    return {
        "manifest": manifest,
        "cases": [json.loads(path.read_bytes()) for path in sorted(folder.glob("cases/*/case.json"))],
        "people": {path.stem: json.loads(path.read_bytes()) for path in folder.glob("people/*.json")},
        "policies": {path.stem: json.loads(path.read_bytes()) for path in folder.glob("policies/*.json")},
    }


def documents(whole: dict[str, Any]) -> dict[str, Any]:
    """Every exported document by its id."""
    found: dict[str, Any] = {}
    for case in whole["cases"]:
        parts = (case["drafts"], case["plans"], case["check_ins"], case["entries"], case["files"])
        found |= {one["id"]: one["document"] for one in (case["case"], *(one for part in parts for one in part))}
    for person in whole["people"].values():
        found |= {one["id"]: one["document"] for one in (person, *person["notebook"])}
    return found | {key: one["document"] for key, one in whole["policies"].items()}


def test_a_reader_with_nothing_but_json_finds_everything(world_in: WorldIn, tmp_path: Path) -> None:
    """Every document of a personal record is there as it stands; names and files can be followed, digests fit."""
    world = world_in("successful")
    world.desk("manager").do_person("note", "1014", {"text": "A first talk."})
    filed = world.do("attach", "hr", name="Okafor letter.PDF", content=b"%PDF bytes")
    made = world.desk().export(str(tmp_path / "out"))
    whole = read(tmp_path / "out")
    stored = {
        key: document
        for table in ("cases", "drafts", "plans", "checkins", "entries", "files", "people", "notebook", "policies")
        for key, document, _ in world.store.list(table)
    }
    assert documents(whole) == stored
    manifest, (case,) = whole["manifest"], whole["cases"]
    assert (manifest["seq"], manifest["hash"]) == world.store.head() == (made.head_seq, made.head_hash)
    assert (made.whole, manifest["whole"], manifest["shows"]) == (True, True, "everything")
    assert case["stage"] == "closed"
    assert set(case["names"].values()) >= {"Dana Cole", "Max Berg"}
    assert [line["seq"] for line in case["history"]] == [line.seq for line in world.desk().history(CASE)]
    (file,) = case["files"]
    assert file["id"] == filed.item
    assert (tmp_path / "out" / file["path"]).read_bytes() == b"%PDF bytes"
    assert file["path"].endswith(f"files/{filed.item}.pdf")


def test_no_name_stands_in_a_path_and_nobody_else_reads_it(world_in: WorldIn, tmp_path: Path) -> None:
    """Paths are numbers and ids; folders 0700, files 0600, whatever the umask."""
    world = world_in("active")
    world.do("attach", "hr", name="Dana Cole.docx.Dana", content=b"x")
    before = os.umask(0)
    try:
        world.desk().export(str(tmp_path / "out"))
    finally:
        os.umask(before)
    for path in (tmp_path / "out", *(tmp_path / "out").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
        assert not {"dana", "cole", "berg", "docx"} & set(str(path).lower().replace("/", ".").split("."))


@pytest.mark.parametrize("kind", ["personal", "team"])
def test_who_does_not_read_everything_is_told_so(world_in: WorldIn, tmp_path: Path, kind: Any) -> None:
    """The employee's export has what is shared with them, and says as whom; nothing counts the rest."""
    world = world_in("active", kind)
    made = world.desk("employee").export(str(tmp_path / "out"))
    whole = read(tmp_path / "out")
    assert (made.whole, made.cases) == (False, 1)
    assert "may see as" in whole["manifest"]["shows"]
    assert SECRET not in "".join(path.read_text() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert {one["document"]["class"] for one in whole["cases"][0]["entries"]} == {"shared"}
    assert whole["cases"][0]["drafts"] == []


def test_a_case_that_one_may_not_know_of_is_not_exported(world_in: WorldIn, tmp_path: Path) -> None:
    """Before the issue the employee exports no case, and asking for it answers as for one that does not exist."""
    world = world_in("draft", "team")
    for desk in (world.desk("employee"), world.desk(None)):
        assert desk.export(str(tmp_path / f"all{id(desk)}")).cases == 0
        for case in (CASE, "9999"):
            with pytest.raises(NotFound, match=f"There is no case '{case}'"):
                desk.export(str(tmp_path / "one"), case)
    assert not (tmp_path / "one").exists()


def test_people_find_and_read_a_case_without_a_program(world_in: WorldIn, tmp_path: Path) -> None:
    """The index says who is where; beside the JSON lies the packet for the reader, with the head of the export."""
    world = world_in("active")
    world.desk().export(str(tmp_path / "all"))
    world.desk("employee").export(str(tmp_path / "theirs"))
    index = (tmp_path / "all" / "index.md").read_text(encoding="utf-8")
    (folder,) = (tmp_path / "all" / "cases").iterdir()
    assert f"| 0001 | Dana Cole | active | cases/{folder.name} |" in index
    assert "| Olu Ray | 1016 | people/" in index
    page = (folder / "case.md").read_text(encoding="utf-8")
    manifest = json.loads((tmp_path / "all" / "manifest.json").read_bytes())
    assert SECRET in page
    assert f"seq {manifest['seq']}, hash {manifest['hash']}" in page
    (theirs,) = (tmp_path / "theirs").glob("cases/*/case.md")
    assert "Dana Cole" in theirs.read_text(encoding="utf-8")


def test_one_case_has_the_same_shape(world_in: WorldIn, tmp_path: Path) -> None:
    """The case, who stands in it, its policy; not everybody else."""
    world = world_in("active")
    world.desk("hr").new({"employee": "1015"})
    made = world.desk().export(str(tmp_path / "out"), CASE)
    whole = read(tmp_path / "out")
    assert [case["number"] for case in whole["cases"]] == [CASE]
    assert (made.cases, made.whole) == (1, False)
    names = {one["document"]["name"] for one in whole["people"].values()}
    assert "Dana Cole" in names
    assert "Olu Ray" not in names


def test_what_others_commit_meanwhile_is_not_in_it(
    world_in: WorldIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between every two readings somebody writes: the export is the record as it stood when it began."""
    world = world_in("active")
    world.desk().export(str(tmp_path / "before"))
    other = world.elsewhere("hr")
    look, count = Frozen.look, iter(range(1000))

    def busy(self: Frozen) -> None:
        number = next(count)
        other.do("note", CASE, {"text": f"Meanwhile {number}."})
        if number == 3:
            other.new({"employee": "1015"})
        if number == 4:
            other.do_person("left", "1016", {"left_on": "today"})
        if number == 5:
            other.do("strike", CASE, {"entry": world.entry(SECRET), "reason": "late"})
        look(self)

    monkeypatch.setattr(Frozen, "look", busy)
    world.desk().export(str(tmp_path / "during"))
    assert next(count) > 6
    before, during = read(tmp_path / "before"), read(tmp_path / "during")
    assert before["cases"] == during["cases"]
    assert before["people"] == during["people"]
    sums = [dict(one["manifest"]["sha256"]) for one in (before, during)]
    pages = [[one.pop(name) for name in [*one] if name.endswith("case.md")] for one in sums]
    assert (len(pages[0]), pages[1]) == (1, []), "a packet shows the case as it is now, and it moved on"
    assert sums[0] == sums[1]


def test_a_text_removed_meanwhile_is_not_carried_away(
    world_in: WorldIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redaction during the export makes it begin anew."""
    world = world_in("active")
    key = world.entry(SECRET)
    put, times = exporting._Writer._manifest, []

    def removed(self: Any, *args: Any) -> None:
        put(self, *args)
        times.append(args)
        if len(times) == 1:
            document, rev = world.store.get("entries", key)
            change = ("entries", key, {**document, "text": "removed"})
            redact.redact(world.store, [(rev.seq, 0)], [change], expect={("entries", key): rev.seq}, actor="h")  # type: ignore[arg-type]

    monkeypatch.setattr(exporting._Writer, "_manifest", removed)
    world.desk().export(str(tmp_path / "out"))
    assert len(times) == 2
    assert SECRET not in "".join(path.read_text() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_nothing_is_overwritten_and_nothing_lies_in_a_store(world_in: WorldIn, tmp_path: Path) -> None:
    """A place that is not empty, a link and a store are refused; an empty folder is taken."""
    world = world_in("active")
    full, empty, link = tmp_path / "full", tmp_path / "empty", tmp_path / "link"
    for path in (full, empty):
        path.mkdir()
    (full / "mine").write_text("x", encoding="utf-8")
    link.symlink_to(empty)
    for place in (full, full / "mine", link, world.folder, world.folder / "out"):
        with pytest.raises(Refused):
            world.desk().export(str(place))
    world.desk().export(str(empty))
    assert read(empty)["manifest"]["cases"] == 1
    assert (full / "mine").read_text(encoding="utf-8") == "x"


def test_a_full_disk_leaves_nothing_behind(
    world_in: WorldIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half of an export is left."""
    world = world_in("active")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting._Writer, "_manifest", full)
    with pytest.raises(Full):
        world.desk().export(str(tmp_path / "out"))
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


def test_a_missing_attached_file_stops_nothing_and_is_named(world_in: WorldIn, tmp_path: Path) -> None:
    """The rest is written; what is missing stands in the answer and in the manifest."""
    world = world_in("active")
    filed = world.do("attach", "hr", name="letter.pdf", content=b"%PDF")
    (world.folder / "files" / filed.item).unlink()
    made = world.desk().export(str(tmp_path / "out"))
    assert [Path(one).name for one in made.missing] == [f"{filed.item}.pdf"]
    assert read(tmp_path / "out")["manifest"]["missing"] == list(made.missing)
