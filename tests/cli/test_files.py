"""attach, files and fetch over a real store, as typed at a prompt."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from .test_cli_real import run as run

Run = Callable[..., Result]
SCAN = b"%PDF-1.7\x00\xff\xfe scan"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A file to attach."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(SCAN)
    return path


def attach(run: Run, *args: object) -> dict[str, str]:
    """Attach and read what came of it."""
    result = run("attach", "1", *map(str, args), "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, str] = json.loads(result.stdout)
    return found


def test_attached_listed_and_fetched(run: Run, scan: Path, tmp_path: Path) -> None:
    """What goes in comes out, byte for byte, in a file that only its owner reads."""
    result = run("attach", "1", str(scan), "--kind", "signature", "--note", "Both signed.", "--on", "2026-03-01")
    assert result.exit_code == 0, result.output
    assert "attached scan.pdf (scan of a signature, 16 bytes)." in result.stdout
    assert "Can be read by: manager, second manager, HR, legal reviewer" in result.stdout
    listed = run("files", "1").stdout
    assert "scan.pdf" in listed
    assert "scan of a signature" in listed
    target = tmp_path / "out.pdf"
    before = os.umask(0)
    try:
        result = run("fetch", "1", "scan.pdf", "--to", str(target))
    finally:
        os.umask(before)
    assert f"Written: {target} (16 bytes, only you can read it)" in result.stdout
    assert target.read_bytes() == SCAN
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "Both signed." in run("show", "1").stdout


def test_several_at_once(run: Run, scan: Path, tmp_path: Path) -> None:
    """Each file its own document; a wrong name among them attaches none."""
    other = tmp_path / "b.txt"
    other.write_text("b", encoding="utf-8")
    result = run("attach", "1", str(scan), str(other), str(tmp_path / "missing"))
    assert (result.exit_code, "There is no file" in result.stderr) == (2, True)
    assert run("files", "1", "--json").stdout == ""
    assert len(run("attach", "1", str(scan), str(other), "--json").stdout.splitlines()) == 2
    names = [json.loads(line)["name"] for line in run("files", "1", "--json").stdout.splitlines()]
    assert names == ["scan.pdf", "b.txt"]


def test_fetch_never_replaces_unless_told(run: Run, scan: Path, tmp_path: Path) -> None:
    """What is there stays; with --force it is replaced as a whole; a folder takes the file under its own name."""
    key = attach(run, scan)["item"]
    target = tmp_path / "there"
    target.write_text("mine", encoding="utf-8")
    result = run("fetch", "1", key, "--to", str(target))
    assert (result.exit_code, target.read_text(encoding="utf-8")) == (1, "mine")
    assert "--force" in result.stderr
    assert run("fetch", "1", key, "--to", str(target), "--force").exit_code == 0
    assert target.read_bytes() == SCAN
    folder = tmp_path / "folder"
    folder.mkdir()
    found = json.loads(run("fetch", "1", key[:8], "--to", str(folder), "--json").stdout)
    assert (found["to"], (folder / "scan.pdf").read_bytes()) == (str(folder / "scan.pdf"), SCAN)


def test_fetch_never_writes_into_a_store(run: Run, scan: Path, tmp_path: Path) -> None:
    """Where only the record may lie, nothing else is put."""
    attach(run, scan)
    result = run("fetch", "1", "scan.pdf", "--to", str(tmp_path / "store" / "files" / "x"))
    assert (result.exit_code, "inside a store" in result.stderr) == (1, True)


def test_bytes_go_through_pipes(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out with --to -, as they are."""
    path = tmp_path / "x.bin"
    path.write_bytes(SCAN)
    attach(run, path)
    assert run("fetch", "1", "x.bin", "--to", "-").stdout_bytes == SCAN


def test_standard_input_wants_a_name(run: Run) -> None:
    """A pipe has no name of its own."""
    result = run("attach", "1", "-")
    assert (result.exit_code, "--name" in result.stderr) == (2, True)


def test_over_ssh_the_line_that_fetches_it_is_printed(run: Run, scan: Path, tmp_path: Path) -> None:
    """As for a packet: the file is on the server, and its reader is not."""
    attach(run, scan)
    os.environ["SSH_CONNECTION"] = "10.0.0.9 50000 10.0.0.1 22"
    try:
        result = run("fetch", "1", "scan.pdf", "--to", str(tmp_path / "my scan.pdf"))
    finally:
        del os.environ["SSH_CONNECTION"]
    assert f"scp 'noor@10.0.0.1:{tmp_path}/my scan.pdf' ." in result.stdout


@pytest.mark.parametrize(
    ("make", "code", "told"),
    [
        (lambda path: None, 2, "There is no file"),
        (lambda path: path.mkdir(), 2, "is a folder"),
        (lambda path: path.write_bytes(b""), 2, "is empty"),
        (lambda path: path.symlink_to("nowhere"), 2, "points to nothing"),
        (lambda path: os.mkfifo(path), 2, "a pipe or a device"),
        (lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_RDWR), 10_000_001), 1, "at most 10,000,000 bytes"),
    ],
    ids=["missing", "folder", "empty", "dangling", "pipe", "too big"],
)
def test_what_cannot_be_attached_is_said(
    run: Run, tmp_path: Path, make: Callable[[Path], object], code: int, told: str
) -> None:
    """In a sentence with the name, and nothing is attached."""
    path = tmp_path / "it.pdf"
    make(path)
    result = run("attach", "1", str(path))
    assert (result.exit_code, told in result.stderr, "it.pdf" in result.stderr) == (code, True, True), result.output
    assert run("files", "1", "--json").stdout == ""


def test_a_link_is_followed_and_keeps_its_own_name(run: Run, scan: Path, tmp_path: Path) -> None:
    """As a shell does it: the bytes of what it points to, under the name that was typed."""
    (tmp_path / "letter.pdf").symlink_to(scan)
    attach(run, tmp_path / "letter.pdf")
    line = json.loads(run("files", "1", "--json").stdout)
    assert (line["name"], line["size"]) == ("letter.pdf", len(SCAN))


def test_hostile_names_are_cleaned(run: Run, tmp_path: Path) -> None:
    """No control character of a name reaches the record or the terminal."""
    path = tmp_path / "a\x1b]0;owned\x07\u202eb.pdf"
    path.write_bytes(SCAN)
    attach(run, path)
    assert json.loads(run("files", "1", "--json").stdout)["name"] == "ab.pdf"
    assert run("fetch", "1", "ab.pdf", "--to", str(tmp_path / "out")).exit_code == 0


def test_damage_ends_with_four_and_is_named(run: Run, scan: Path, tmp_path: Path) -> None:
    """Changed by hand: fetch and verify say which file of which case; nothing is written."""
    key = attach(run, scan)["item"]
    (tmp_path / "store" / "files" / key).write_bytes(b"other")
    result = run("fetch", "1", key, "--to", str(tmp_path / "out"))
    assert (result.exit_code, "scan.pdf of case 0001" in result.stderr) == (4, True)
    assert not (tmp_path / "out").exists()
    result = run("verify")
    assert result.exit_code == 4
    assert f"case 0001, scan.pdf (files/{key}): its bytes are not those that were attached" in result.stdout


def test_a_backup_brings_files_back_and_names_damaged_ones(run: Run, scan: Path, tmp_path: Path) -> None:
    """Whole: fetched from the restored store. Damaged: restored all the same, named, and ending with 4."""
    key = attach(run, scan)["item"]
    assert run("backup", str(tmp_path / "whole")).exit_code == 0
    assert run("restore", str(tmp_path / "whole"), str(tmp_path / "again")).exit_code == 0
    assert run("--store", str(tmp_path / "again"), "fetch", "1", key, "--to", "-").stdout_bytes == SCAN
    (tmp_path / "store" / "files" / key).unlink()
    result = run("backup", str(tmp_path / "damaged"))
    assert result.exit_code == 4
    assert f"case 0001, scan.pdf (files/{key}): its bytes are missing" in result.stdout
    result = run("restore", str(tmp_path / "damaged"), str(tmp_path / "third"))
    assert result.exit_code == 4
    assert f"case 0001, scan.pdf (files/{key}): its bytes are missing" in result.stdout
    assert run("--store", str(tmp_path / "third"), "show", "1").exit_code == 0


def test_a_backup_of_changed_bytes_is_made_and_says_so(run: Run, scan: Path, tmp_path: Path) -> None:
    """It ends with 4, as an export does, and names the file; the archive is made all the same."""
    key = attach(run, scan)["item"]
    (tmp_path / "store" / "files" / key).write_bytes(b"other")
    told = f"case 0001, scan.pdf (files/{key}): its bytes are not those that were attached"
    result = run("backup", str(tmp_path / "damaged"))
    assert (result.exit_code, told in result.stdout) == (4, True)
    result = run("backup", str(tmp_path / "again"), "--json")
    assert result.exit_code == 4
    assert [one["place"] for one in json.loads(result.stdout)["problems"]] == [f"case 0001, scan.pdf (files/{key})"]
    result = run("restore", str(tmp_path / "damaged"), str(tmp_path / "third"))
    assert (result.exit_code, told in result.stdout) == (4, True)


def test_a_hidden_file_is_missing(run: Run, scan: Path) -> None:
    """What a role may not see is not listed, and fetching it answers as for a file that does not exist."""
    attach(run, scan, "--class", "hr_only")
    assert run("--as", "manager", "files", "1", "--json").stdout == ""
    hidden = run("--as", "manager", "fetch", "1", "scan.pdf")
    missing = run("--as", "manager", "fetch", "1", "other.pdf")
    assert hidden.exit_code == missing.exit_code == 2
    assert hidden.stderr.replace("scan.pdf", "other.pdf") == missing.stderr


def test_do_names_the_command_for_files(run: Run) -> None:
    """The act without a file is answered with the command that takes one."""
    result = run("do", "1", "attach", "--set", "name=a.pdf")
    assert (result.exit_code, "piptui attach" in result.stderr) == (2, True)
