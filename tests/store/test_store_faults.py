"""Crashes, full disks and damage: nothing acknowledged is lost, nothing wrong is served, nothing is silent."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from piptui.errors import Busy, Corrupt, Full, PiptuiError
from piptui.store import Report, lock, open_store, verify_store
from piptui.store.files import Head, write_head
from piptui.store.line import Header, Touch, sha, sum_of, write_line
from piptui.store.state import State

from .samples import lines, make, put, said, say, segment, start


def filled(where: Path, commits: int = 3) -> bytes:
    """A small store, closed; the bytes of its journal."""
    with make(where) as store:
        for number in range(commits):
            put(store, "entries", "e1", {"n": number, "t": "x" * 60})
    return segment(where).read_bytes()


def cut_unacknowledged(where: Path, data: bytes, end: int) -> None:
    """As if the writer of the last line had died when `end` bytes of `data` were on the disk."""
    head = data.rindex(b"\n", 0, -1) + 1
    shutil.copytree(where, where.with_name("copy"), dirs_exist_ok=True)
    with make(where.with_name("before")) as store:
        for number in range(data.count(b"\n") - 1):
            put(store, "entries", "e1", {"n": number, "t": "x" * 60})
    assert segment(where.with_name("before")).read_bytes() == data[:head]
    (where / "head").write_bytes((where.with_name("before") / "head").read_bytes())
    segment(where).write_bytes(data[:end])


@pytest.mark.parametrize("step", [19, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def test_a_line_cut_at_any_byte_is_set_aside(tmp_path: Path, step: int) -> None:
    """An unacknowledged line that is not whole is kept in a file of its own, reported, and the store goes on."""
    where = tmp_path / "s"
    data = filled(where)
    last = data.rindex(b"\n", 0, -1) + 1
    cut_unacknowledged(where, data, last)
    head = (where / "head").read_bytes()
    ends = range(last + 1, len(data), step)
    for end in ends:
        segment(where).write_bytes(data[:end])
        (where / "head").write_bytes(head)
        with open_store(where, readonly=True) as reader:
            assert reader.get("entries", "e1")[0]["n"] == 1
        with make(where) as store:
            assert "set aside" in store.notice
            assert store.get("entries", "e1")[1].seq == 2
        (torn,) = where.glob("torn-*.bin")
        assert torn.read_bytes() == data[last:end]
        assert torn.stat().st_mode & 0o777 == 0o600
        assert verify_store(where).torn == [torn.name]
        torn.unlink()
        assert segment(where).read_bytes() == data[:last]
    say(f"last line, not acknowledged, cut at each of {len(ends)} bytes: 0 lost, all set aside")


@pytest.mark.parametrize(
    ("fill", "step"),
    [(b"\0", 17), pytest.param(b"\0", 1, marks=pytest.mark.slow), (b" ", 17), (b"\n", 17), (b"\xff", 17)],
)
def test_a_line_filled_with_zeros_is_set_aside(tmp_path: Path, fill: bytes, step: int) -> None:
    """A file whose length reached the disk before its content is torn, too, from any byte on."""
    where = tmp_path / "s"
    data = filled(where)
    last = data.rindex(b"\n", 0, -1) + 1
    cut_unacknowledged(where, data, last)
    head = (where / "head").read_bytes()
    # Blanks and line feeds at the very end are an end, or make one.
    ends = range(last, len(data) - (1 if fill == b"\n" else 0), step)
    for end in ends:
        segment(where).write_bytes(data[:end] + fill * (len(data) - end))
        (where / "head").write_bytes(head)
        with make(where) as store:
            assert store.get("entries", "e1")[1].seq == 2
            assert put(store, "entries", "e2", {}) == 3
        assert verify_store(where).ok
        for torn in where.glob("torn-*.bin"):
            torn.unlink()
    say(f"last line, not acknowledged, filled with {fill!r} from each of {len(ends)} bytes: 0 lost, all set aside")


def test_a_whole_line_behind_the_head_is_kept(tmp_path: Path) -> None:
    """After a power cut `head` may be older than the journal: what is whole was perhaps acknowledged."""
    where = tmp_path / "s"
    data = filled(where)
    cut_unacknowledged(where, data, len(data))
    with open_store(where, readonly=True) as reader, make(where) as store:
        assert store.notice == ""
        assert store.get("entries", "e1")[1].seq == 3
        assert reader.get("entries", "e1")[1].seq == 3
    assert verify_store(where).beyond == 0


def test_a_whole_line_is_kept_and_the_torn_one_behind_it_set_aside(tmp_path: Path) -> None:
    """Recovery goes as far as whole lines go."""
    where = tmp_path / "s"
    data = filled(where)
    cut_unacknowledged(where, data, len(data))
    with segment(where).open("ab") as file:
        file.write(b'{"seq":4,"at')
    assert verify_store(where).beyond > 0
    with make(where) as store:
        assert store.head()[0] == 3
        assert "12 bytes behind commit 3" in store.notice


def test_bad_bytes_before_a_whole_line_are_damage(tmp_path: Path) -> None:
    """A tear is at the end: anything else behind the head is not thrown away but refused."""
    where = tmp_path / "s"
    data = filled(where)
    head_before = data.rindex(b"\n", 0, -1) + 1
    cut_unacknowledged(where, data, len(data))
    segment(where).write_bytes(data[:head_before] + b"garbage\n" + data[head_before:])
    with pytest.raises(Corrupt):
        make(where)
    assert list(where.glob("torn-*")) == []


def test_a_missing_or_damaged_head_is_made_anew(tmp_path: Path) -> None:
    """The journal alone is enough; readers manage without, a writer writes it again and says so."""
    where = tmp_path / "s"
    filled(where)
    for damage in (None, b"", b"nonsense", bytes(123)):
        (where / "head").unlink()
        if damage is not None:
            (where / "head").write_bytes(damage)
        with open_store(where, readonly=True) as reader:
            assert reader.get("entries", "e1")[1].seq == 3
            assert not reader.verify().ok
            with make(where) as store:
                assert "head was missing or damaged" in store.notice
                seq = put(store, "entries", "e2", {})
                assert reader.head()[0] == seq
            put_back = verify_store(where)
            assert put_back.ok
            with make(where) as store:
                put(store, "entries", "e2", None)
        segment(where).write_bytes(b"".join(segment(where).read_bytes().splitlines(keepends=True)[:3]))
        (where / "head").unlink()
        (where / "head").write_bytes(b"")


def test_a_head_that_vanishes_under_an_open_store(tmp_path: Path) -> None:
    """Writers and readers notice that the file they hold is not the one that others read."""
    where = tmp_path / "s"
    with make(where) as one, make(where) as two:
        put(one, "entries", "e1", {})
        (where / "head").unlink()
        put(two, "entries", "e2", {})
        assert one.get("entries", "e2")[1].seq == 2
        put(one, "entries", "e3", {})
        assert two.head()[0] == 3
    assert verify_store(where).ok


@pytest.mark.parametrize("step", [29, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def test_acknowledged_bytes_that_are_missing_are_damage(tmp_path: Path, step: int) -> None:
    """A line that `head` knows cannot be torn: cut or filled with zeros from any byte, the store is refused with
    place, cure and report, and left as it is."""
    where = tmp_path / "s"
    data = filled(where)
    last = data.rindex(b"\n", 0, -1) + 1
    spoiled = [data[:end] + tail for end in range(last, len(data), step) for tail in (b"", bytes(len(data) - end))]
    for each in (b"", data[: last - 5], *spoiled):
        segment(where).write_bytes(each)
        for readonly in (True, False):
            with pytest.raises(Corrupt, match=r"at commit [123], segment 1(, line [1-9])?: .*backup") as caught:
                open_store(where, readonly=readonly)
            assert isinstance(caught.value.report, Report)
            assert not caught.value.report.ok
        assert segment(where).read_bytes() == each
    say(f"last line, acknowledged, cut or filled with zeros: {len(spoiled)} of {len(spoiled)} refused")


def test_a_missing_segment_is_damage(tmp_path: Path) -> None:
    """It is named in the report."""
    where = tmp_path / "s"
    filled(where)
    segment(where).unlink()
    with pytest.raises(Corrupt):
        make(where)
    assert "missing" in verify_store(where).problems[0].what


def test_damage_under_an_open_store_is_not_served(tmp_path: Path) -> None:
    """History and earlier versions are read from the disk again, and checked again."""
    where = tmp_path / "s"
    with make(where) as store:
        put(store, "entries", "e1", {"t": "concern"})
        put(store, "entries", "e1", {"t": "other"})
        data = segment(where).read_bytes()
        segment(where).write_bytes(data.replace(b"concern", b"nothing"))
        with pytest.raises(Corrupt):
            store.get("entries", "e1", at=1)
        with pytest.raises(Corrupt):
            store.history("entries", "e1")
        segment(where).write_bytes(data.replace(b'"act":"put"', b'"act":"cut"'))
        with pytest.raises(Corrupt):
            store.changes(0)


@pytest.mark.parametrize("how", ["delete", "swap", "repeat", "edit"])
def test_lines_cannot_be_moved_about(tmp_path: Path, how: str) -> None:
    """Deleting, swapping, repeating or editing a line breaks the chain, even with head made anew."""
    where = tmp_path / "s"
    filled(where, 4)
    rows = segment(where).read_bytes().splitlines(keepends=True)
    if how == "delete":
        del rows[1]
    elif how == "swap":
        rows[1], rows[2] = rows[2], rows[1]
    elif how == "repeat":
        rows.insert(1, rows[1])
    else:
        rows[1] = rows[1].replace(b"p1", b"p2")
    segment(where).write_bytes(b"".join(rows))
    (where / "head").unlink()
    report = verify_store(where)
    assert [problem for problem in report.problems if problem.line]
    with pytest.raises(Corrupt):
        make(where)


def forged(where: Path, **fields: Any) -> None:
    """Add a line whose hashes are right to the journal; `payload` its text, the other fields go into the header."""
    header, digest, *_ = lines(where)[-1]
    text = fields.pop("payload", b'{"salt":"5","del":true}')
    touch = Touch(t="entries", id=fields.pop("id", "e1"), prev=fields.pop("last", header["seq"]), sha=sha(text))
    values = {**header, "seq": header["seq"] + 1, "prev": digest, "ch": (touch,), **fields}
    line, new = write_line(Header(**values), [text])
    with segment(where).open("ab") as file:
        file.write(line)
    (where / "head").write_bytes(write_head(Head(values["seq"], 1, segment(where).stat().st_size, new)))


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"seq": 7}, "does not follow"),
        ({"prev": "0" * 64}, "does not follow"),
        ({"at": "2026-03-02T08:00:00.000000Z"}, "time is before"),
        ({"at": "2026-03-02T18:00:00+05:00"}, "not in UTC"),
        ({"at": "yesterday"}, "cannot be read"),
        ({"last": 1}, "does not name the change before it"),
        ({"id": "e9"}, "does not name the change before it"),
        ({"payload": b"[]"}, "payload cannot be read"),
        ({"payload": b"{}"}, "payload cannot be read"),
        ({"payload": b'{"salt":"5"}'}, "not one of"),
        ({"payload": b'{"salt":"5","doc":{},"del":true}'}, "not one of"),
        ({"payload": b'{"salt":"5","doc":{},"sum":"00"}'}, "check sum"),
        ({"payload": b'{"salt":"5","patch":{"n":true},"sum":"00"}'}, "check sum"),
        ({"payload": b'{"salt":"5","doc":[],"sum":"%s"}' % sum_of(b"[]").encode()}, "not an object"),
        ({"payload": b'{"salt":"5","patch":{},"sum":"00"}', "id": "e9", "last": 0}, "does not exist"),
    ],
)
def test_right_hashes_do_not_excuse_wrong_content(tmp_path: Path, fields: dict[str, Any], what: str) -> None:
    """Order, time, pointers, payloads and check sums are watched beside the hashes."""
    where = tmp_path / "s"
    filled(where)
    forged(where, **fields)
    assert [problem for problem in verify_store(where).problems if what in problem.what]
    with pytest.raises(Corrupt):
        open_store(where)


def test_a_line_of_another_program_that_keeps_the_rules_is_read(tmp_path: Path) -> None:
    """Other spellings of JSON and members of later versions do no harm."""
    where = tmp_path / "s"
    filled(where)
    total = sum_of(b'{"a":[1,"\xc3\xa9"],"b":{}}')
    text = b'{ "salt" : "5", "doc" : {"b": {}, "a": [1, "\\u00e9"]}, "sum": "%s", "later": [1] }' % total.encode()
    forged(where, payload=text)
    with make(where) as store:
        assert store.get("entries", "e1")[0] == {"a": [1, "é"], "b": {}}
        put(store, "entries", "e1", {})
    assert verify_store(where).ok


def test_a_witness_notices_a_record_that_was_rolled_back(tmp_path: Path) -> None:
    """Cutting off the end together with head is consistent in itself; one who saw more knows better."""
    where = tmp_path / "s"
    with make(where) as store:
        heads = []
        for number in range(3):
            put(store, "entries", "e1", {"n": number})
            heads.append(store.head())
        assert [store.verify(head).witness for head in [(0, "0" * 64), *heads]] == [True] * 4
        assert store.verify().witness is None
    rows = segment(where).read_bytes().splitlines(keepends=True)
    segment(where).write_bytes(b"".join(rows[:2]))
    (where / "head").unlink()
    with make(where) as store:
        assert store.verify().ok
        report = store.verify(heads[2])
        assert (report.ok, report.witness) == (False, False)
        assert "rolled back" in report.problems[0].what
        put(store, "entries", "e1", {"n": 9})
        assert store.verify(heads[1]).ok
        assert "rewritten" in store.verify(heads[2]).problems[0].what


def test_an_open_store_notices_that_the_files_were_rolled_back(tmp_path: Path) -> None:
    """A backup copied over a running store is not mistaken for it."""
    where = tmp_path / "s"
    filled(where)
    shutil.copytree(where, tmp_path / "backup")
    with make(where) as store:
        put(store, "entries", "e2", {})
        for name in ("head", "journal/000001.jsonl"):
            (where / name).write_bytes((tmp_path / "backup" / name).read_bytes())
        with pytest.raises(Corrupt, match="went back"):
            store.head()


def test_no_room_loses_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    """At a file-size limit the save fails as Full, half a line is cut off again, and readers go on."""
    where = tmp_path / "s"
    make(where).close()
    done, head, listed = map(int, said(start("write_until_full", str(where), "5000")).split())
    assert done == head == listed > 2
    assert verify_store(where).ok
    assert verify_store(where).beyond == 0
    with make(where) as store:
        assert store.notice == ""
        assert put(store, "entries", "more", {}) == done + 1


@pytest.mark.parametrize(
    ("call", "number", "error"),
    [("fdatasync", errno.EIO, PiptuiError), ("fdatasync", errno.EDQUOT, Full), ("pwrite", errno.ENOSPC, Full)],
)
def test_a_failing_disk_fails_the_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, error: type[PiptuiError]
) -> None:
    """The error reaches the caller, no one ever sees the commit, and the next one works."""
    where = tmp_path / "s"
    with make(where) as store, make(where) as other:
        put(store, "entries", "e1", {})
        before = segment(where).read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(os, call, _failing_once(getattr(os, call), number, skip=1 if call == "pwrite" else 0))
            with pytest.raises(error, match="Nothing was saved") as told:
                put(store, "entries", "e2", {"t": "ghost"})
            assert told.value.exit_code == 3, "a store that is full or cannot be reached"
        assert segment(where).read_bytes() == before
        assert other.find("ghost") == store.find("ghost") == []
        assert put(store, "entries", "e2", {}) == 2
    assert verify_store(where).ok


def test_a_disk_that_does_not_answer_is_told_to_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else than an error of the store reaches whoever reads, and the next reading works."""
    with make(tmp_path / "s") as store:
        put(store, "entries", "e1", {"n": 1})
        put(store, "entries", "e1", {"n": 2})
        for skip in (0, 1):
            with monkeypatch.context() as patch:
                patch.setattr(os, "pread", _failing_once(os.pread, errno.EIO, skip=skip))
                with pytest.raises(PiptuiError, match="cannot be read") as told:
                    store.history("entries", "e1")
                assert told.value.exit_code == 3
            assert len(store.history("entries", "e1")) == 2


def _failing_once(real: Callable[..., object], number: int, *, skip: int) -> Callable[..., object]:
    """A system call that fails at one call (the lock's text comes before the line)."""
    calls = iter(range(1_000_000))

    def call(*arguments: object) -> object:
        if next(calls) == skip:
            raise OSError(number, os.strerror(number))
        return real(*arguments)

    return call


def test_an_interrupted_save_leaves_no_ghost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of a save cuts it off like any error."""
    where = tmp_path / "s"

    def interrupted(fd: int) -> None:
        monkeypatch.undo()
        raise KeyboardInterrupt

    with make(where) as store:
        monkeypatch.setattr(os, "fdatasync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            put(store, "entries", "e1", {})
        assert segment(where).read_bytes() == b""
        assert put(store, "entries", "e2", {}) == 1


def test_a_killed_writer_frees_the_lock(tmp_path: Path) -> None:
    """The kernel lets go of what a dead process held."""
    where = tmp_path / "s"
    with make(where) as store:
        holder = start("hold", str(where))
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
        holder.communicate()
        assert put(store, "entries", "e1", {}) == 1


def test_a_replaced_lock_file_does_not_let_two_writers_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that holds the old file takes the new one instead."""
    where = tmp_path / "s"
    monkeypatch.setattr(lock, "BUSY_SECONDS", 0.02)
    with make(where) as one, make(where) as two:
        put(one, "entries", "e1", {})
        (where / "lock").unlink()
        with two.exclusive(), pytest.raises(Busy):
            put(one, "entries", "e2", {})
        assert put(one, "entries", "e3", {}) == 2


@pytest.mark.parametrize("who", ["writer", "reader"])
def test_an_interrupt_in_the_middle_of_a_line_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """Ctrl-C while a commit of two is taken in, by who wrote it or who reads it: it counts whole at the next look."""
    where = tmp_path / "s"
    take, calls = State._take, []

    def interrupted(*args: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        take(*args)

    def two() -> int:
        return store.commit([("entries", "e1", {}), ("entries", "e2", {})], expect={}, actor="p1", act="put")

    with make(where) as store, make(where) as other:
        put(store, "entries", "e0", {})
        other.get("entries", "e0")
        if who == "reader":
            two()
        looked = two if who == "writer" else other.head
        monkeypatch.setattr(State, "_take", interrupted)
        with pytest.raises(KeyboardInterrupt):
            looked()
        for one in (store, other):
            assert [name for name, _, _ in one.list("entries")] == ["e0", "e1", "e2"]
        put(store, "entries", "e3", {})
        assert other.get("entries", "e3")[1].seq == 3


def put_back(where: Path) -> None:
    """As whoever moves a record away and puts a copy of it in its place."""
    where.rename(where.with_name("away"))
    shutil.copytree(where.with_name("away"), where)


def saved_over(where: Path) -> None:
    """As an editor that writes a new file and renames it: the same bytes in another file."""
    fresh = where / "fresh"
    fresh.write_bytes(segment(where).read_bytes())
    fresh.rename(segment(where))


@pytest.mark.parametrize("replace", [put_back, saved_over])
def test_a_save_goes_where_the_record_lies_now(tmp_path: Path, replace: Callable[[Path], None]) -> None:
    """Files that were replaced under an open store: what it acknowledges is in the new ones, for all to see."""
    where = tmp_path / "s"
    with make(where) as store, make(where) as reader:
        put(store, "entries", "e1", {"n": 1})
        reader.get("entries", "e1")
        replace(where)
        assert put(store, "entries", "e2", {"n": 2}) == 2
        assert reader.get("entries", "e2")[0] == {"n": 2}
        with open_store(where, readonly=True) as fresh:
            assert fresh.get("entries", "e2")[0] == {"n": 2}
    assert verify_store(where).ok


def test_a_replaced_record_of_less_is_refused(tmp_path: Path) -> None:
    """An older copy put in place of what this store has read: it says so, and writes to neither."""
    where = tmp_path / "s"
    with make(where) as store:
        put(store, "entries", "e1", {"n": 1})
        shutil.copytree(where, tmp_path / "old")
        put(store, "entries", "e1", {"n": 2})
        where.rename(tmp_path / "away")
        (tmp_path / "old").rename(where)
        with pytest.raises(Corrupt, match="went back"):
            put(store, "entries", "e2", {})
        with pytest.raises(Corrupt, match="went back"):
            store.get("entries", "e1")
    assert verify_store(where).head_seq == 1
    assert verify_store(tmp_path / "away").head_seq == 2


def test_a_text_changed_in_a_file_put_in_place_is_told_before_a_save(tmp_path: Path) -> None:
    """Nothing is written behind a line that an editor has changed under an open store."""
    where = tmp_path / "s"
    with make(where) as store:
        put(store, "entries", "e1", {"t": "measured"})
        fresh = where / "fresh"
        fresh.write_bytes(segment(where).read_bytes().replace(b"measured", b"invented"))
        fresh.rename(segment(where))
        with pytest.raises(Corrupt, match="line 1"):
            put(store, "entries", "e2", {})
    assert segment(where).read_bytes().count(b"\n") == 1


@pytest.mark.parametrize("now", [b"me", b"measured again", b""], ids=["shorter", "longer", "gone"])
def test_a_journal_edited_in_place_is_told_before_a_save(tmp_path: Path, now: bytes) -> None:
    """Lines that are not where they were under an open store: damage, and nothing of them is cut off or added."""
    where = tmp_path / "s"
    with make(where) as store:
        put(store, "entries", "e1", {"t": "measured"})
        put(store, "entries", "e2", {"t": "last"})
        edited = segment(where).read_bytes().replace(b"measured", now) if now else b""
        segment(where).write_bytes(edited)
        with pytest.raises(Corrupt):
            put(store, "entries", "e3", {})
    assert segment(where).read_bytes() == edited
    assert [*where.glob("torn-*")] == []


@pytest.mark.parametrize("extra", ["last", "first", "torn and last"])
def test_a_whole_line_behind_the_end_that_does_not_follow_is_told(tmp_path: Path, extra: str) -> None:
    """`verify` names it, with its place: no writer leaves one, and every writer refuses the record for it."""
    where = tmp_path / "s"
    data = filled(where)
    first, _, last = data.splitlines(keepends=True)
    tail = {"last": last, "first": first, "torn and last": last[:50] + b"\n" + last}[extra]
    segment(where).write_bytes(data + tail)
    report = verify_store(where)
    assert not report.ok
    assert [(one.seq, one.segment, one.line) for one in report.problems] == [(4, 1, 4)]
    with pytest.raises(Corrupt):
        make(where)


def test_lines_that_follow_behind_an_old_head_are_in_order(tmp_path: Path) -> None:
    """What was perhaps acknowledged before a power cut, and a save under way, are no damage."""
    where = tmp_path / "s"
    data = filled(where)
    cut_unacknowledged(where, data, len(data))
    segment(where).write_bytes(data + data[:70])
    report = verify_store(where)
    assert report.ok
    assert report.beyond > 70


def test_no_file_stays_open(tmp_path: Path) -> None:
    """Opening that fails, and closing, leave no file descriptor behind."""
    where = tmp_path / "s"
    data = filled(where)
    before = len([*Path("/proc/self/fd").iterdir()])
    with make(where) as store:
        put(store, "entries", "e2", {})
    segment(where).write_bytes(data[:-9])
    with pytest.raises(Corrupt):
        make(where)
    assert len([*Path("/proc/self/fd").iterdir()]) == before
