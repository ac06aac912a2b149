"""What verify, anchor and the witness prove, on a real store that somebody with an editor has been at."""

import datetime as dt
import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from piptui.anchor import read_anchors
from piptui.cli.root import build
from piptui.errors import Denied
from piptui.store import open_store
from piptui.store.store import JournalStore
from tests.store.forging import Lines, edited, forge, swapped, without
from tests.store.samples import say_in_info

from .clocked import Clock, doors

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Result]


class Place:
    """A store with a case and two notes; `other` is somebody who has not seen it before."""

    def __init__(self, tmp_path: Path) -> None:
        self.store = tmp_path / "store"
        self.seen = tmp_path / "seen"
        self.clock = Clock(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC))
        self._root = build(doors(self.clock, witnesses=self.seen))
        self._other = build(doors(self.clock, witnesses=tmp_path / "others"))
        people = tmp_path / "people.csv"
        people.write_text("Number,Name,Manager\n1,Kim Lee,\n2,Dana Okafor,1\n", encoding="utf-8")
        self("init", "--name", "Noor Haddad", "--zone", "UTC")
        self("import", str(people), "--yes")
        self("new", "--employee", "Dana Okafor")
        self.note("first talk")
        self.note("second talk")
        self.lines = len((self.store / "journal" / "000001.jsonl").read_bytes().splitlines())

    def __call__(self, *args: str, stdin: str | None = None) -> Result:
        """A command of the owner."""
        return CliRunner().invoke(self._root, ["--store", str(self.store), *args], input=stdin)

    def other(self, *args: str) -> Result:
        """A command of somebody who sees this record for the first time."""
        return CliRunner().invoke(self._other, ["--store", str(self.store), *args])

    def note(self, text: str) -> None:
        """One commit more."""
        assert self("do", "1", "note", "--set", f"text={text}").exit_code == 0

    def anchor(self) -> str:
        """The line that somebody else keeps."""
        return self.other("anchor").stdout.strip()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A small record."""
    return Place(tmp_path)


def test_an_untouched_record_is_whole_and_says_what_that_proves(place: Place) -> None:
    """Exit 0; who has seen it before is told so, who has not is told what a chain alone does not prove."""
    mine, other = place("verify"), place.other("verify")
    assert (mine.exit_code, other.exit_code) == (0, 0)
    assert f"What you saw from this machine is still so: up to seq {place.lines} on 2026-03-02" in mine.stdout
    assert "could have written all\nof them anew" in other.stdout
    report = json.loads(place("verify", "--json").stdout)
    assert (report["ok"], report["broken"], report["problems"]) == (True, None, [])
    assert [one["source"] for one in report["witnesses"]] == ["own"]


TAMPERED: dict[str, tuple[Callable[[Lines], Lines], int, str]] = {
    "a line taken out": (without(4), 4, "A line was removed, added or exchanged before this one"),
    "the first line taken out": (without(1), 1, "A line was removed, added or exchanged before this one"),
    "two lines exchanged": (swapped(4), 4, "A line was removed, added or exchanged before this one"),
    "a text edited": (edited(b"first talk", b"worst talk"), 4, "The text of this save is not the one that was saved"),
    "an actor edited": (edited(b'"role":"hr","act":"note"', b'"role":"xx","act":"note"'), 4, "was edited"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_the_first_broken_line_is_named_with_what_it_means(place: Place, how: str) -> None:
    """Whatever is done to a line, verify names the first one that is wrong, says what that means and what to do."""
    change, line, meaning = TAMPERED[how]
    before = (place.store / "journal" / "000001.jsonl").read_bytes()
    forge(place.store, change)
    assert (place.store / "journal" / "000001.jsonl").read_bytes() != before
    for call in (place, place.other):
        result = call("verify")
        assert result.exit_code == 4, result.output
        flat = " ".join(result.stdout.split())
        assert f"First broken line: journal/000001.jsonl, line {line} (seq " in flat
        assert meaning in flat
        assert "Next: Copy the folder of the store away" in flat
        broken = json.loads(call("verify", "--json").stdout)["broken"]
        assert broken["place"] == f"journal/000001.jsonl, line {line}"
        assert broken["means"]
        assert broken["next"]


def test_a_command_that_meets_damage_names_the_next_one(place: Place) -> None:
    """It opens nothing, and what it says can be pasted: from there the way goes on to a backup."""
    forge(place.store, TAMPERED["a text edited"][0])
    result = place("show", "1")
    assert (result.exit_code, f"Next: piptui verify --store {place.store}, which" in result.stderr) == (4, True)
    assert "docs/damaged.md" in place("verify").stdout


def test_an_edited_text_is_not_called_as_it_was(place: Place) -> None:
    """The chain of lines holds, the text does not: neither your own witness nor a given one says that all is so."""
    kept = place.anchor()
    forge(place.store, TAMPERED["a text edited"][0])
    result = place("verify", "--witness", kept)
    flat = " ".join(result.stdout.split())
    assert (result.exit_code, flat.count("Texts in them were changed by hand since")) == (4, 2)
    assert "is still so" not in flat
    assert "the record is as it was" not in flat
    assert "was changed (in the table entries, of case 0001)" in flat
    found = json.loads(place("verify", "--witness", kept, "--json").stdout)["witnesses"]
    assert [(one["source"], one["agrees"], one["texts"]) for one in found] == [
        ("own", True, False),
        ("given", True, False),
    ]


def test_what_is_right_up_to_a_commit_is_not_said_of_changed_texts(place: Place) -> None:
    """An edited text and a lost end: up to the last witness that agrees the chain is as it was, the texts are not."""
    kept = place.anchor()
    place.note("third talk")
    forge(place.store, TAMPERED["a text edited"][0])
    forge(place.store, without(place.lines + 1), covered=True)
    flat = " ".join(place("verify", "--witness", kept).stdout.split())
    told = f"Up to commit {place.lines} the chain of lines is as it was seen (texts in it are not);"
    assert f"{told} by commit {place.lines + 1} it is not." in flat
    assert "all is as it was seen" not in flat


def test_a_lost_end_is_named_where_it_is_missing(place: Place) -> None:
    """The commit that is not there and the line where it stood, not the beginning of the file."""
    path = place.store / "journal" / "000001.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    flat = " ".join(place("verify").stdout.split())
    assert f"First broken line: journal/000001.jsonl, line {place.lines} (seq {place.lines}):" in flat


def test_verify_writes_nothing(place: Place) -> None:
    """A head that is gone is told with exit code 4, and still gone afterwards."""
    (place.store / "head").unlink()
    before = sorted(path.name for path in place.store.rglob("*"))
    assert place("verify").exit_code == 4
    assert sorted(path.name for path in place.store.rglob("*")) == before


def test_verify_writes_nothing_where_an_attached_file_is_damaged_too(place: Place, tmp_path: Path) -> None:
    """Its name is what was read of the record anyway: not told to a role that was chosen, nor in a team store."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all", encoding="utf-8")
    assert place("attach", "1", str(letter)).exit_code == 0
    kept = next((place.store / "files").iterdir())
    kept.write_bytes(b"Dear none")
    assert "letter.txt" in place("verify").stdout
    (place.store / "head").unlink()
    result = place("verify")
    assert (result.exit_code, (place.store / "head").exists()) == (4, False)
    assert "head is missing" in result.stdout
    assert f"case 0001, letter.txt (files/{kept.name}): its bytes" in result.stdout
    unnamed = place("--as", "employee", "verify").stdout
    assert ("letter.txt" in unnamed, "attached files" in unnamed) == (False, True)
    say_in_info(place.store, kind="team")
    unnamed = place("verify").stdout
    assert ("letter.txt" in unnamed, "attached files" in unnamed) == (False, True)
    assert not (place.store / "head").exists()


def test_an_owner_is_told_what_their_own_witness_does_not_prove(place: Place) -> None:
    """Of a personal store: they may write both. With a witness from elsewhere that need not be said."""
    assert "its owner may write the record and what was seen here alike" in " ".join(place("verify").stdout.split())
    assert "its owner may write" not in place("verify", "--witness", place.anchor()).stdout


def test_a_copy_that_is_tried_out_alarms_nobody(place: Place, tmp_path: Path) -> None:
    """A backup restored elsewhere and written to is a copy with a way of its own: said once, and only there."""
    live, trial = place.store, tmp_path / "trial"
    assert place("backup", str(tmp_path / "b")).exit_code == 0
    place.note("goes on here")
    assert place("restore", str(tmp_path / "b"), str(trial)).exit_code == 0
    place.store = trial
    told = " ".join(place("cases").stderr.split())
    assert f"This is a copy: the same record lies in {live.resolve()}" in told
    assert "What was removed there since is still in it. From here on each goes its own way." in told
    place.note("tried out")
    place.note("tried out again")
    assert place("cases").stderr == ""
    place.store = live
    assert place("cases").stderr == ""
    place.note("and on")
    assert place("cases").stderr == ""
    for place.store in (live, trial):
        assert place("verify").exit_code == 0
    shutil.rmtree(live)
    shutil.copytree(trial, live)
    place.store = live
    assert "was re" in place("cases").stderr, "put in place of the live one it is told"


def test_a_copy_that_was_removed_says_nothing_of_another(place: Place, tmp_path: Path) -> None:
    """What was tried out in one copy and thrown away with it is missed neither in the next one nor in the live."""
    live, trial = place.store, tmp_path / "trial"
    assert place("backup", str(tmp_path / "b")).exit_code == 0
    assert place("restore", str(tmp_path / "b"), str(trial)).exit_code == 0
    place.store = trial
    place.note("tried out")
    shutil.rmtree(trial)
    again = tmp_path / "again"
    assert place("restore", str(tmp_path / "b"), str(again)).exit_code == 0
    for place.store in (again, live):
        assert place("cases").stderr == ""
        assert place("verify").exit_code == 0
    place.store = again
    place.note("goes its own way")
    shutil.rmtree(live)
    shutil.rmtree(again)
    last = tmp_path / "last"
    assert place("restore", str(tmp_path / "b"), str(last)).exit_code == 0
    place.store = last
    assert "rolled back" in place("cases").stderr, "once it lies nowhere else, what was seen of it counts"


def test_an_accepted_copy_leaves_what_was_seen_in_other_places(place: Place, tmp_path: Path) -> None:
    """A yes concerns the one place: the live record put back to an older state is still noticed."""
    old = tmp_path / "old"
    shutil.copytree(place.store, old)
    place.note("goes on here")
    live, place.store = place.store, old
    assert place("verify", "--accept", "--yes").exit_code == 0
    place.store = live
    assert place("verify").exit_code == 0
    shutil.rmtree(live)
    shutil.copytree(old, live)
    assert "rolled back" in place("cases").stderr


def test_nothing_is_accepted_without_a_yes(place: Place) -> None:
    """Without somebody to ask it is refused, and what was seen is kept."""
    forge(place.store, without(place.lines), covered=True)
    assert place("verify", "--accept").exit_code == 2
    assert "rolled back" in place("cases").stderr


@pytest.mark.parametrize("covered", [False, True])
def test_doctor_says_that_a_record_is_damaged(place: Place, covered: bool) -> None:
    """A text edited somewhere: doctor does not end with 0, whoever asks, also where a snapshot serves reading."""
    if covered:
        with open_store(place.store) as store:
            assert isinstance(store, JournalStore)
            assert store.snapshot()
    forge(place.store, TAMPERED["a text edited"][0])
    for call in (place, place.other):
        result = call("doctor")
        assert result.exit_code == 1
        at = next(i for i, line in enumerate(result.stdout.splitlines()) if line.startswith("! record: "))
        assert result.stdout.splitlines()[at + 2] == f"      piptui verify --store {place.store}"
    told = next(line for line in place("doctor").stdout.splitlines() if "witness:" in line)
    assert told.startswith("! witness: the lines that you saw are still so")


def test_doctor_says_that_a_record_cannot_be_read(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal that this login may not read: a finding, and not one line fewer."""

    def denied(*_: object, **__: object) -> None:
        raise Denied("You may not read it.")

    monkeypatch.setattr("piptui.desk.proving.verify_store", denied)
    result = place("doctor")
    assert (result.exit_code, "! record: it cannot be read: You may not read it." in result.stdout) == (1, True)


def test_doctor_says_that_an_attached_file_was_changed(place: Place, tmp_path: Path) -> None:
    """As verify does: the bytes of every file are compared."""
    letter = tmp_path / "letter.txt"
    letter.write_text("As it was.", encoding="utf-8")
    assert place("attach", "1", str(letter)).exit_code == 0
    assert place("doctor").exit_code == 0
    (held,) = (place.store / "files").iterdir()
    held.write_text("As it is.", encoding="utf-8")
    result = place("doctor")
    assert result.exit_code == 1
    assert "! record: attached files: the bytes of a file" in result.stdout


def test_doctors_commands_for_a_rolled_back_record_can_be_pasted(place: Place) -> None:
    """Each stands whole on a line of its own and names the store; the last one, with a yes, is the cure."""
    forge(place.store, without(place.lines), covered=True)
    told = place("doctor").stdout.splitlines()
    at = next(i for i, line in enumerate(told) if line.startswith("! witness: The record was rolled back"))
    looks, accepts = (shlex.split(line) for line in told[at + 2 : at + 4])
    assert looks == ["piptui", "verify", "--store", str(place.store)]
    assert place(*looks[1:]).exit_code == 4
    assert place(*accepts[1:], "--yes").exit_code == 0
    assert "rolled back" not in place("doctor").stdout


def forged(place: Place) -> None:
    """The note rewritten, every hash made anew, head and snapshots gone: consistent in itself."""
    forge(place.store, edited(b"first talk", b"worst talk"), chained=True, covered=True)


def test_a_history_written_anew_is_not_found_by_who_never_saw_it(place: Place) -> None:
    """Without a witness verify finds nothing but that the head is gone, and says what that does not prove."""
    forged(place)
    result = place.other("verify")
    assert [one[:17] for one in result.stdout.splitlines() if one.startswith("!")] == ["! head is missing"]
    assert "could have written all\nof them anew" in result.stdout
    assert "worst talk" in place.other("history", "1").stdout + place.other("show", "1").stdout
    assert place.other("verify").exit_code == 0, "the head was made anew"


def test_a_history_written_anew_is_found_by_who_saw_it(place: Place) -> None:
    """Every command says so on standard error and still reads; verify names it, keeps the witness and ends with 4."""
    forged(place)
    reading = place("show", "1")
    assert reading.exit_code == 0
    assert "worst talk" in place("show", "1").stdout
    assert reading.stderr.splitlines()[0] == (
        f"piptui: The record was rewritten: its commit {place.lines} is not the one that you saw on 2026-03-02. "
        f"Next: piptui verify --store {place.store}"
    )
    for _ in range(2):
        place.note("one more")  # saving goes on, and what was seen is not overwritten by it
        result = place("verify")
        assert result.exit_code == 4
        assert f"! seq {place.lines}: rewritten: commit {place.lines} has another hash than before" in result.stdout
        assert "written anew from some commit on" in " ".join(result.stdout.split())
    assert "witness" in place("doctor").stdout
    assert place("doctor").exit_code == 1


def test_a_history_written_anew_is_found_with_a_noted_anchor(place: Place, tmp_path: Path) -> None:
    """A line that somebody else kept finds it on any machine: given as it is, as SEQ:HASH, short, or in a file."""
    kept = place.anchor()
    (one,) = read_anchors(kept)
    mail = tmp_path / "mail.txt"
    mail.write_text(f"Dear Kim,\n> {kept.replace(' ', chr(10) + '> ')}\n", encoding="utf-8")
    given = (kept, f"{one.seq}:{one.hash}", f"{one.seq}:{one.hash[:16]}", str(mail))
    for text in given:
        assert place.other("verify", "--witness", text).exit_code == 0
    forged(place)
    for text in given:
        result = place.other("verify", "--witness", text)
        assert result.exit_code == 4
        assert "rewritten: commit" in result.stdout


def test_the_first_commit_that_parts_is_narrowed_down(place: Place, tmp_path: Path) -> None:
    """Of the many lines of a log some still agree: verify says between which two the history parts from them."""
    log = tmp_path / "daily.log"
    for number in range(4):
        with log.open("a", encoding="utf-8") as file:
            file.write(f"Mar  {number + 3} 06:00:01 host hr[71]: {place.anchor()}\n")
        place.note(f"day {number}")
    forge(place.store, edited(b"day 1", b"day 9"), chained=True, covered=True)
    result = place.other("verify", "--witness", str(log))
    assert result.exit_code == 4
    first = place.lines
    assert f"2 of 4 witnesses agree: up to seq {first + 1} the record is as it was" in result.stdout
    assert f"Up to commit {first + 1} all is as it was seen; by commit {first + 2} it is not." in result.stdout


def test_an_end_that_was_cut_off_is_told_and_can_be_accepted(place: Place) -> None:
    """Rolled back: told on every opening until its owner accepts it, which prints what was seen a last time."""
    before = place.anchor()
    forge(place.store, without(place.lines), covered=True)
    assert f"rolled back: it ends with commit {place.lines - 1}, and you saw commit {place.lines}" in (
        place("cases").stderr
    )
    assert "rolled back" in place("verify").stdout
    accepted = place("verify", "--accept", "--yes")
    (was,) = read_anchors(accepted.stderr)
    (kept,) = read_anchors(before)
    assert (was.seq, was.hash) == (kept.seq, kept.hash)
    assert place("cases").stderr == ""
    place.note("goes on")
    assert place("verify").exit_code == 0


def test_a_damaged_record_cannot_be_accepted(place: Place) -> None:
    """Accepting is for a record that is whole in itself."""
    forge(place.store, without(4))
    result = place("verify", "--accept", "--yes")
    assert result.exit_code in (1, 4)
    assert place("verify").exit_code == 4


def test_another_record_in_the_same_place_is_told(place: Place) -> None:
    """Whoever replaces the store by one with another id is noticed, too; what was seen is kept until accepted."""
    say_in_info(place.store, store="0" * 32)
    forged(place)
    assert "Another record lies here than the one that you saw" in place("cases").stderr
    assert place("verify").exit_code == 4
    assert place("doctor").exit_code == 1
    place("verify", "--accept", "--yes")
    assert place("cases").stderr == ""


def test_a_moved_store_is_the_same_record(place: Place, tmp_path: Path) -> None:
    """Moving a store, or looking at a copy of it, is no reason for an alarm."""
    place.store.rename(tmp_path / "elsewhere")
    place.store = tmp_path / "elsewhere"
    assert place("cases").stderr == ""
    assert place("verify").exit_code == 0


def test_the_witness_is_its_owners_alone(place: Place) -> None:
    """0600 in a 0700 folder, without any text of a case, and small."""
    (path,) = (one for one in place.seen.rglob("*") if one.is_file())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert set(json.loads(path.read_bytes())) == {"store", "seq", "hash", "at", "place"}


def test_reading_alone_writes_no_witness_twice(place: Place) -> None:
    """Where nothing happened since, nothing is written."""
    (path,) = (one for one in place.seen.rglob("*") if one.is_file())
    before = path.stat().st_ino
    place("cases")
    assert path.stat().st_ino == before
    place.note("something new")
    assert path.stat().st_ino != before


def test_a_witness_of_another_record_proves_nothing_and_is_not_passed_over(place: Place, tmp_path: Path) -> None:
    """Lines of other records in a log are left aside; if there are no others, that is an error, not a pass."""
    strange = f"piptui-anchor store={'b' * 32} seq=1 hash={'c' * 64}"
    assert place.other("verify", "--witness", strange).exit_code == 4
    log = tmp_path / "log"
    log.write_text(f"{strange}\n{place.anchor()}\n", encoding="utf-8")
    assert place.other("verify", "--witness", str(log)).exit_code == 0
    assert (
        place(
            "verify",
            "--witness",
            "-",
        ).exit_code
        == 2
    )


@pytest.mark.parametrize("text", ["12:abc", "nothing", "12:", ":abcdef", "0" * 300])
def test_what_is_no_witness_is_said_to_be_none(place: Place, text: str) -> None:
    """A witness that cannot be read ends with 2, and never counts as one that agrees."""
    result = place("verify", "--witness", text)
    assert result.exit_code == 2
    assert "SEQ:HASH" in result.stderr


def test_a_backup_goes_into_a_file(place: Place) -> None:
    """It is checked before it has its name, so that it cannot go to standard output; no file called - is made."""
    result = place("backup", "-")
    assert (result.exit_code, "goes into a file" in result.stderr) == (2, True)
    assert not Path("-").exists()


def test_anchor_gives_the_same_as_json(place: Place) -> None:
    """Store, seq, hash and time, and the line itself, which --witness takes back from JSON, too."""
    found = json.loads(place.other("anchor", "--json").stdout)
    assert found["seq"] == place.lines
    assert read_anchors(found["line"]) == read_anchors(place.anchor())
    assert place.other("verify", "--witness", json.dumps(found)).exit_code == 0


@pytest.mark.slow
def test_the_program_itself_keeps_the_witness(place: Place, tmp_path: Path) -> None:
    """As it is wired: what one run saw, the next run compares, in the state directory of the login."""
    env = {**os.environ, **{f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "STATE", "CONFIG")}}

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "piptui", "--store", str(place.store), *args]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)

    assert run("cases").stderr == ""
    assert list((tmp_path / "STATE" / "piptui" / "witness").glob("*/seen.json"))
    forged(place)
    again = run("cases")
    assert "was rewritten" in again.stderr
    assert "Dana Okafor" in again.stdout
    assert run("verify").returncode == 4


def test_a_restore_says_what_it_brings_back(place: Place, tmp_path: Path) -> None:
    """Up to which commit and day it goes and how many removals it holds; where the record went further, how far, and
    how many removals it has had since; where it is gone, what was seen of it."""
    live = place.store
    place.note("third talk")
    notes = [one["id"] for one in json.loads(place("show", "1", "--json").stdout)["entries"]]
    why = ("--reason", "Asked for.", "--yes")
    assert place("redact", "1", notes[0], *why).exit_code == 0
    assert place("backup", str(tmp_path / "b")).exit_code == 0
    head = json.loads(place("anchor", "--json").stdout)["seq"]

    def told(name: str) -> str:
        result = place("restore", str(tmp_path / "b"), str(tmp_path / name))
        assert result.exit_code == 0
        return " ".join(result.stdout.split())

    first = told("one")
    assert f"It goes up to commit {head}, of 2026-03-02 09:00 UTC, and holds 1 removal." in first
    assert "Whatever was removed from the record since is in it again" in first
    assert "piptui redact --list" in first
    assert "went further" not in first
    for note in notes[1:]:
        assert place("redact", "1", note, *why).exit_code == 0
    second = told("two")
    assert f"The record went further: in {live.resolve()} it goes up to commit {head + 2}" in second
    assert f"with 2 removals since: piptui redact --list --store {live.resolve()}." in second
    data = json.loads(place("restore", str(tmp_path / "b"), str(tmp_path / "three"), "--json").stdout)
    assert (data["removals"], [(one["seq"], one["removals"]) for one in data["further"]]) == (1, [(head + 2, 2)])
    forge(live, without(2))
    assert f"on 2026-03-02 in {live.resolve()}, which cannot be compared with it now" in told("damaged")
    shutil.rmtree(live)
    third = told("four")
    assert "The record went further: you saw commit" in third
    assert "What was removed since is not known here." in third


def test_the_lost_end_that_explains_a_blank_comes_first(place: Place) -> None:
    """The last saves are cut off, a removal among them: a blank that nothing lists is what follows from it."""
    entry = json.loads(place("show", "1", "--json").stdout)["entries"][0]["id"]
    assert place("redact", "1", entry, "--reason", "typed by mistake", "--yes").exit_code == 0
    place.note("and on")
    for last in (place.lines + 2, place.lines + 1):
        forge(place.store, without(last))
    told = place.other("verify").stdout.splitlines()
    assert told[2].startswith(f"First broken line: journal/000001.jsonl, line {place.lines + 1} ")
    assert "acknowledged bytes are missing at its end" in told[2]
    assert any("no redaction lists it" in line for line in told[3:])
    assert "rolled back" in place("verify").stdout.splitlines()[2], "who saw it is told that first"
    forge(place.store, lambda lines: lines, covered=True)
    told = place("verify").stdout.splitlines()
    assert told[2].startswith(f"! seq {place.lines + 2}: rolled back: commit {place.lines + 2} is not there")
    assert json.loads(place("verify", "--json").stdout)["problems"][0]["kind"] == "back"
    assert place("verify", "--accept", "--yes").exit_code == 1


def test_a_lost_end_does_not_hide_a_line_that_was_taken_out(place: Place) -> None:
    """Of the two, that one stands first, since the other does not explain it."""
    forge(place.store, without(3))
    assert place("verify").stdout.splitlines()[2].startswith("First broken line: journal/000001.jsonl, line 3 ")


@pytest.mark.parametrize(("seq", "told"), [(2, "rewritten"), (999, "rolled back")])
def test_a_mistyped_witness_is_said_to_look_the_same(place: Place, seq: int, told: str) -> None:
    """Of SEQ:HASH nobody can tell; a line of piptui anchor carries the record and is not typed."""
    result = place("verify", "--witness", f"{seq}:{'0' * 16}")
    flat = " ".join(result.stdout.split())
    assert (result.exit_code, told in flat) == (4, True)
    assert "one digit that is mistyped looks just like this" in flat
    assert "Next: Compare every digit with what was noted first." in flat
    assert "--accept" not in flat
    (one,) = read_anchors(place.anchor())
    line = f"piptui-anchor store={one.store} seq={seq} hash={'0' * 64}"
    assert "mistyped" not in place("verify", "--witness", line).stdout


def test_a_witness_of_another_record_is_not_a_thing_to_accept(place: Place) -> None:
    """Accepting would do nothing: what is said instead is to look which record is meant."""
    strange = f"piptui-anchor store={'b' * 32} seq=1 hash={'c' * 64}"
    flat = " ".join(place("verify", "--witness", strange).stdout.split())
    assert "--accept" not in flat
    assert f"of this record, {read_anchors(place.anchor())[0].store}: they are of {'b' * 32}" in flat
    assert "See whether this is the store that you mean" in flat


def test_commands_that_mend_a_rolled_back_record_name_the_store(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they stand they open this one; where it is the one that is opened anyway nothing is added."""
    forge(place.store, without(place.lines), covered=True)
    option = f" --store {place.store}"
    assert place("cases").stderr.splitlines()[0].endswith(f" Next: piptui verify{option}")
    assert f"      piptui verify{option} --accept" in place("verify").stdout.splitlines()
    assert f"verify{option} --accept." in json.loads(place("verify", "--json").stdout)["problems"][0]["next"]
    monkeypatch.setenv("PIPTUI_STORE", str(place.store))
    assert place("cases").stderr.splitlines()[0].endswith(" Next: piptui verify")
    assert "      piptui verify --accept" in place("verify").stdout.splitlines()


def test_that_a_store_is_for_reading_is_said_once(place: Place) -> None:
    """A refused save says why, and that is what was said when the store was opened."""
    say_in_info(place.store, writer=9)
    result = place("do", "1", "note", "--set", "text=more")
    assert (result.exit_code, result.stderr.count("it is open for reading only")) == (1, 1)
    assert (
        "open for reading only"
        in json.loads(place("do", "1", "note", "--set", "text=more", "--json").stderr.splitlines()[-1])["message"]
    )
