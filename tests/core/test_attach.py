"""Files on record: attached in every stage, fetched byte for byte, struck and corrected like anything else."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piptui.cases.attached import LONGEST, clean_name, media_of, told_size
from piptui.desk import Actor, open_desk
from piptui.desk.api import FileLine
from piptui.desk.rows import fold
from piptui.documents import check_document, decode
from piptui.errors import BadInput, Corrupt, NotFound, Refused
from piptui.paths import data_dir
from piptui.policy import parse_pack, read_pack
from piptui.store import open_store
from piptui.store.redact import redact
from piptui.store.store import JournalStore
from piptui.text import clean_line

from .conftest import WorldIn
from .loopback import LoopbackDesk
from .world import CASE, STATES, World

LETTER = b"%PDF-1.7 \x00\x01\xff a letter"
LIMIT = 10_000_000


def attached(world: World, role: Any = "hr", content: bytes = LETTER, **more: Any) -> FileLine:
    """Attach a file and read it back from the sheet."""
    done = world.desk(role).attach(CASE, {"name": "letter.pdf", **more}, content)
    return next(line for line in world.desk(role).view(CASE).files if line.id == done.item)


def test_what_is_attached_is_fetched_byte_for_byte(world_in: WorldIn) -> None:
    """By id, by the beginning of it and by name, with all that was said of it."""
    world = world_in("active")
    more: dict[str, Any] = {
        "kind": "letter",
        "cls": "hr_only",
        "occurred_on": "yesterday",
        "note": "Signed by both.",
        "entry": "w1",
    }
    line = attached(world, **more)
    assert (line.name, line.kind, line.cls, line.size) == ("letter.pdf", "letter", "hr_only", len(LETTER))
    assert (line.media, line.digest) == ("application/pdf", hashlib.sha256(LETTER).hexdigest())
    assert line.occurred_on == world.clock.now.date() - dt.timedelta(days=1)
    assert (line.who, line.role, line.note) == ("Hana Ito", "hr", "Signed by both.")
    assert line.details == (("belongs to", "check-in w1"),)
    for wanted in (line.id, line.id[:6], "letter.pdf", "LETTER.PDF"):
        found = world.desk("hr").fetch("1", wanted)
        assert (found.case, found.file, found.content) == (CASE, line, LETTER)


@pytest.mark.parametrize("state", [state for state in STATES if state != "discarded"])
def test_files_come_in_every_stage(world_in: WorldIn, state: str) -> None:
    """Also after the end: what turns up late still belongs to the case."""
    world = world_in(state)
    assert attached(world).seq == world.head()
    assert world.desk("hr").verify().ok


def test_bytes_cross_the_wire(world_in: WorldIn) -> None:
    """A desk in another process takes and gives the same bytes, as JSON."""
    desk: Any = LoopbackDesk(world_in("active").desk("hr"))
    done = desk.attach(CASE, {"name": "letter.pdf"}, LETTER)
    assert desk.fetch(CASE, done.item).content == LETTER
    more = {"name": "other.pdf", "content": LETTER + b"!"}
    assert desk.fetch(CASE, desk.do("attach", CASE, more).item).content == LETTER + b"!"


@pytest.mark.parametrize(("more", "wanted"), [(0, None), (1, Refused)])
def test_the_policy_limits_the_size(world_in: WorldIn, more: int, wanted: Any) -> None:
    """Exactly the limit is taken; one byte more is refused with size and limit, and nothing is left of it."""
    world = world_in("draft")
    assert world.desk("hr").view(CASE).file_limit == LIMIT
    content = bytes(LIMIT + more)
    if wanted is None:
        assert attached(world, content=content).size == LIMIT
        return
    before = world.head()
    with pytest.raises(wanted, match=r"10,000,001 bytes .* at most 10,000,000"):
        attached(world, content=content)
    assert world.head() == before
    assert not (world.folder / "files").exists()


def test_a_file_of_nothing_is_refused(world_in: WorldIn) -> None:
    """No bytes are nothing to keep."""
    with pytest.raises(BadInput, match=r"letter\.pdf is empty"):
        attached(world_in("draft"), content=b"")


def test_text_that_is_no_file_is_refused(world_in: WorldIn) -> None:
    """Where the bytes should be stands something that is no base64."""
    world = world_in("draft")
    with pytest.raises(BadInput, match="content"):
        world.do("attach", name="a.pdf", content="no base64!")
    with pytest.raises(BadInput, match="content is missing"):
        world.do("attach", name="a.pdf")


def test_the_same_file_twice_is_told(world_in: WorldIn) -> None:
    """The same bytes for the same readers are attached once; for other readers, or after a strike, again."""
    world = world_in("active")
    first = attached(world)
    with pytest.raises(Refused, match=f"attached already.*{first.id}"):
        attached(world, name="copy.pdf")
    assert attached(world, cls="shared").id != first.id
    world.do("strike", entry=first.id, reason="Wrong case.")
    assert attached(world).id != first.id


def test_a_hidden_twin_is_not_told(world_in: WorldIn) -> None:
    """Whoever attaches what somebody else has attached for others is not told so."""
    world = world_in("active")
    attached(world, "manager", cls="manager_own")
    assert attached(world, "employee", cls="shared").cls == "shared"
    assert attached(world, "hr", cls="manager_hr").cls == "manager_hr"


def test_who_reads_it_follows_from_who_attaches(world_in: WorldIn) -> None:
    """What the employee adds is shared, what others add is for manager and HR."""
    world = world_in("active")
    assert attached(world, "employee").cls == "shared"
    assert attached(world, "manager").cls == "manager_hr"


def test_a_team_store_takes_no_confidential_file(world_in: WorldIn) -> None:
    """As with entries: what HR alone may read does not lie where every member reads the files."""
    world = world_in("active", "team")
    with pytest.raises(Refused, match="team store"):
        attached(world, cls="medical")
    assert not (world.folder / "files").exists()


def test_two_files_of_one_name_are_told_apart_by_id(world_in: WorldIn) -> None:
    """A name that means two is answered with their ids."""
    world = world_in("active")
    one, two = attached(world), attached(world, content=b"other")
    with pytest.raises(BadInput, match=f"{one.id}, {two.id}"):
        world.desk("hr").fetch(CASE, "letter.pdf")
    assert world.desk("hr").fetch(CASE, two.id).content == b"other"


def test_a_struck_file_stays_readable_with_its_reason(world_in: WorldIn) -> None:
    """Crossed out in the open: the bytes stay, and are fetched as before."""
    world = world_in("active")
    line = attached(world)
    assert world.do("strike", entry=line.id, reason="Another Dana.").sentence.endswith("struck file letter.pdf.")
    assert world.desk("hr").view(CASE).files[0].struck.startswith("Another Dana.")
    assert world.desk("hr").fetch(CASE, line.id).content == LETTER
    with pytest.raises(Refused, match="struck already"):
        world.do("strike", entry=line.id, reason="Again.")


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("name", "signed/letter.txt", "signed-letter.txt"),
        ("note", "By both.", "letter.pdf"),
        ("kind", "certificate", "letter.pdf"),
        ("occurred_on", "2026-03-02", "letter.pdf"),
    ],
)
def test_what_is_said_of_a_file_can_be_corrected(world_in: WorldIn, field: str, value: str, name: str) -> None:
    """Name, note, kind and day, with what it said before; the bytes stay as they are."""
    world = world_in("active")
    before = attached(world)
    world.do("correct", entry=before.id, field=field, value=value, reason="Misread.")
    line = world.desk("hr").view(CASE).files[0]
    assert (line.name, line.digest) == (name, before.digest)
    assert line.was[0].startswith(f"{field} was: ")
    assert line.media == media_of(name)


def test_the_bytes_of_a_file_are_never_corrected(world_in: WorldIn) -> None:
    """Digest, size and class are no text that somebody misspelt."""
    world = world_in("active")
    line = attached(world)
    for field in ("digest", "size", "cls", "media", "by"):
        with pytest.raises(BadInput, match="cannot be corrected"):
            world.do("correct", entry=line.id, field=field, value="1", reason="Misread.")
    with pytest.raises(Refused, match="before or on today"):
        world.do("correct", entry=line.id, field="occurred_on", value="2031-01-01", reason="Misread.")


def test_a_file_of_tomorrow_is_refused(world_in: WorldIn) -> None:
    """The day of a letter does not lie ahead."""
    with pytest.raises(Refused, match="lies ahead"):
        attached(world_in("active"), occurred_on="2031-01-01")


def test_evidence_after_the_review_has_opened_is_late(world_in: WorldIn) -> None:
    """As with evidence in words; other papers of a review come when they come."""
    world = world_in("final_review")
    assert attached(world, kind="evidence").late
    assert not attached(world, kind="letter", content=b"x").late


def test_an_entry_and_a_check_in_name_their_files(world_in: WorldIn) -> None:
    """From either side to the other; a struck file is named no more, and a hidden one never was."""
    world = world_in("active")
    answer = world.line("acknowledgement").id
    line = attached(world, cls="shared", entry=answer, name="signed.pdf")
    attached(world, cls="hr_only", entry=answer, name="doctor.pdf", content=b"x")
    attached(world, cls="shared", entry="w1", name="week 1.pdf", content=b"y")
    assert ("attached", "signed.pdf; doctor.pdf") in world.line("acknowledgement").details
    assert ("attached", "signed.pdf") in world.line("acknowledgement", "employee").details
    assert world.desk("employee").view(CASE).check_ins[0].files == ("week 1.pdf",)
    assert "week 1.pdf" in world.desk("hr").packet(CASE, "employee").text
    world.do("strike", entry=line.id, reason="Unreadable.")
    assert "attached" not in dict(world.line("acknowledgement", "employee").details)


def test_what_it_belongs_to_is_told_to_who_sees_that(world_in: WorldIn) -> None:
    """A shared file that belongs to an HR-only note says nothing of it to the employee."""
    world = world_in("active")
    note = world.do("note", "hr", text="Privately.", cls="hr_only").item
    line = attached(world, cls="shared", entry=note)
    assert line.entry == note
    seen = world.desk("employee").view(CASE).files[0]
    assert (seen.entry, seen.details) == ("", ())
    with pytest.raises(NotFound):
        attached(world, "employee", content=b"x", entry=note)


def test_find_finds_names_and_notes(world_in: WorldIn) -> None:
    """Each in the case where the file is; a media type is nobody's word."""
    world = world_in("active")
    line = attached(world, name="Arztbrief Mai.pdf", note="From the occupational physician.")
    desk = world.desk("hr")
    for text in ("arztbrief", "occupational"):
        hit = desk.find(text)[0]
        assert (hit.what, hit.table, hit.place) == ("file", "files", line.id)
    assert desk.find("application/pdf") == ()
    assert desk.find(line.digest) == ()


def test_damaged_bytes_are_told_with_file_and_case(world_in: WorldIn) -> None:
    """Fetching ends with Corrupt, and verify names the file, its case and its commit."""
    world = world_in("active")
    line = attached(world)
    (world.folder / "files" / line.id).write_bytes(LETTER[::-1])
    with pytest.raises(Corrupt, match=r"letter\.pdf of case 0001"):
        world.desk("hr").fetch(CASE, line.id)
    problem = world.desk("hr").verify().problems[0]
    assert problem.seq == line.seq
    assert problem.place == f"case 0001, letter.pdf (files/{line.id})"


def test_what_a_killed_attach_left_is_a_notice(world_in: WorldIn) -> None:
    """The record is whole; what lies beside it is told, and that it is harmless."""
    world = world_in("active")
    attached(world)
    files = world.folder / "files"
    for name in ("b2" * 8, f"{'b2' * 8}.new", "stray"):
        (files / name).touch()
    report = world.desk("hr").verify()
    assert report.ok
    cut, other = report.notices
    assert cut.startswith("files/: an attach is under way, or was cut off;")
    assert other.startswith("files/: no document names stray;")


def test_somebody_else_in_between_is_no_conflict(world_in: WorldIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two who attach at once both get through, with one set of bytes each."""
    world = world_in("active")
    desk, other = world.desk("hr"), world.elsewhere("manager")
    keeping = world.store.keeping

    def slow(key: str, data: bytes) -> Any:
        monkeypatch.setattr(world.store, "keeping", keeping)
        other.attach(CASE, {"name": "theirs.pdf"}, b"theirs")
        return keeping(key, data)

    monkeypatch.setattr(world.store, "keeping", slow)
    desk.attach(CASE, {"name": "mine.pdf"}, b"mine")
    assert {line.name for line in desk.view(CASE).files} == {"mine.pdf", "theirs.pdf"}
    assert len(list((world.folder / "files").iterdir())) == 2


def test_the_same_file_from_two_at_once_is_attached_once(world_in: WorldIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes second is told of the first, and leaves no bytes behind."""
    world = world_in("active")
    desk, other = world.desk("hr"), world.elsewhere("manager")
    keeping = world.store.keeping

    def slow(key: str, data: bytes) -> Any:
        monkeypatch.setattr(world.store, "keeping", keeping)
        other.attach(CASE, {"name": "theirs.pdf"}, LETTER)
        return keeping(key, data)

    monkeypatch.setattr(world.store, "keeping", slow)
    with pytest.raises(Refused, match=r"attached already.*theirs\.pdf"):
        desk.attach(CASE, {"name": "mine.pdf"}, LETTER)
    assert len(list((world.folder / "files").iterdir())) == 1


def test_a_repeated_token_attaches_once(world_in: WorldIn) -> None:
    """A save that is repeated, since its answer was lost, is one save; another file is another one."""
    world = world_in("active")
    desk = world.desk("hr")
    first = desk.attach(CASE, {"name": "a.pdf"}, b"a", token="t")
    assert desk.attach(CASE, {"name": "a.pdf"}, b"a", token="t").seq == first.seq
    assert desk.attach(CASE, {"name": "a.pdf"}, b"b", token="t").seq != first.seq


def test_a_read_only_store_takes_no_file(world_in: WorldIn) -> None:
    """And nothing is written into it."""
    world = world_in("active")
    with open_store(world.folder, readonly=True, clock=world.clock, row=fold) as store:
        desk = open_desk(store, Actor("hana", role="hr"), clock=world.clock, zone="Europe/Berlin")
        with pytest.raises(Refused, match="reading only"):
            desk.attach(CASE, {"name": "a.pdf"}, LETTER)
    assert not (world.folder / "files").exists()


def redacted(world: World, line: FileLine, document: dict[str, Any] | None) -> None:
    """Remove what the record says of a file, with its bytes."""
    assert isinstance(world.store, JournalStore)
    change = ("files", line.id, document, "A file was removed from the record.")
    redact(world.store, [(line.seq, 0)], [change], expect={("files", line.id): line.seq}, actor="hr")


def test_a_file_removed_from_the_record_is_gone_with_its_bytes(world_in: WorldIn) -> None:
    """Not listed, not found, not fetched, in no history, and the record is whole."""
    world = world_in("active")
    line = attached(world, name="Diagnosis.pdf", note="Quetzalcoatl")
    redacted(world, line, None)
    desk = world.desk("hr")
    assert desk.view(CASE).files == ()
    assert desk.find("Diagnosis") == ()
    with pytest.raises(NotFound):
        desk.fetch(CASE, line.id)
    assert "Diagnosis" not in str(desk.history(CASE))
    assert list((world.folder / "files").iterdir()) == []
    assert desk.verify().ok


def test_a_file_may_stay_on_record_without_its_bytes(world_in: WorldIn) -> None:
    """Its line says so, and fetching it, too; a packet prints no digest of what is no more."""
    world = world_in("active")
    line = attached(world)
    document = dict(world.store.get("files", line.id)[0])
    redacted(world, line, document | {"name": "removed.pdf", "size": 0, "digest": ""})
    desk = world.desk("hr")
    assert [(one.name, one.digest) for one in desk.view(CASE).files] == [("removed.pdf", "")]
    with pytest.raises(NotFound, match="was removed from the record"):
        desk.fetch(CASE, line.id)
    assert "its content was removed from the record" in desk.packet(CASE, "hr").text
    assert list((world.folder / "files").iterdir()) == []
    assert desk.verify().ok


def test_a_policy_may_take_no_files(world_in: WorldIn) -> None:
    """A limit of 0 refuses every file; one that no machine could hold is refused with the pack."""
    policy = read_pack(data_dir() / "policies")[1]
    assert parse_pack(policy.replace("file_mb = 10", "file_mb = 0")).records.file_limit == 0
    with pytest.raises(BadInput, match="file_mb"):
        parse_pack(policy.replace("file_mb = 10", "file_mb = 101"))
    assert parse_pack(policy.replace("file_mb = 10\n", "")).records.file_limit == LIMIT


FIRST = {
    "schema": 1,
    "of": "5f0c7a1e9b3d4c2f",
    "class": "manager_hr",
    "name": "letter.pdf",
    "size": 48213,
    "digest": "ab" * 32,
    "by": "9d1f9d1f9d1f9d1f",
    "role": "hr",
    "media": "application/pdf",
    "kind": "signature",
    "occurred_on": "2026-03-02",
    "entry": "0123456789abcdef",
    "note": "Signed by both.",
    "late": False,
    "proof": "scan",
    "corrections": [
        {
            "field": "name",
            "was": "leter.pdf",
            "at": "2026-03-03T10:00:00Z",
            "by": "9d1f9d1f9d1f9d1f",
            "reason": "typo",
        }
    ],
    "struck": {"at": "2026-03-04T10:00:00Z", "by": "9d1f9d1f9d1f9d1f", "reason": "another case"},
}
"""A document as the first version wrote it."""


def test_the_first_form_on_disk_stays_readable() -> None:
    """What is on people's disks is for ever: it decodes strictly, and reads back as it was written."""
    check_document("files", FIRST)
    short = {name: FIRST[name] for name in ("of", "class", "name", "size", "digest", "by", "role")}
    record = decode("files", short)
    assert (record.kind, record.media, record.entry, record.occurred_on) == ("other", "", "", None)


# -- names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("letter.pdf", "letter.pdf"),
        ("a/b\\c.pdf", "a-b-c.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        (".bashrc", "bashrc"),
        ("-rf.txt", "rf.txt"),
        ("a\x1b]0;owned\x07b\n.pdf", "ab .pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("n" * 300 + ".pdf", "n" * 115 + "….pdf"),
        ("x." + "y" * 300, "x." + "y" * 117 + "…"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    """What could hide, climb out of a folder, turn a line around or be an option is taken out of a name."""
    assert clean_name(given) == kept


@pytest.mark.parametrize("given", ["", "  ", "...", "\x07", "/", "-"])
def test_a_name_of_nothing_is_refused(given: str) -> None:
    """Where nothing is left, another name is asked for."""
    with pytest.raises(BadInput, match="name"):
        clean_name(given)


@given(st.text(max_size=400))
def test_any_name_is_a_name_in_any_folder(given: str) -> None:
    """Whatever comes in: one component of a path, short enough, visible, and cleaning it again changes nothing."""
    try:
        name = clean_name(given)
    except BadInput:
        return
    assert Path(name).name == name
    assert len(name) <= LONGEST
    assert len(name.encode()) <= 255
    assert name[0] not in ".-"
    assert clean_line(name) == name
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("size", "told"),
    [(1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (48_400, "48 kB"), (999_500, "1 MB"), (2_440_000, "2.4 MB")],
)
def test_sizes_read_well(size: int, told: str) -> None:
    """Three digits and a unit of a thousand or a million bytes."""
    assert told_size(size) == told
