"""Reading the whole record again and naming everything that is wrong, instead of stopping at the first."""

import os
import stat
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import Final, cast

from piptui.errors import Corrupt

from .api import Flaw, Key, Problem, ProblemKind, Report
from .attached import LEFT, TABLE, Attached, decoded, names_bytes
from .base import Base
from .behind import acknowledged, listed_behind, misplaced
from .compare import agrees
from .derived import damaged
from .entry import UNKNOWN, Outcome, Spot, outcome
from .files import START, Head, Place, open_regular, pread_head, unread
from .line import BadLine, Header, Line, Touch, is_blank, read_line, read_payload, read_time, sha
from .pages import BadSnapshot
from .scan import Raw, read_lines
from .shelf import Shelf

_NO_FILE: Final = "no file lies there, but something else: take it away"

RAW = "raw"
_LOOKS = 4
_LOOK_SECONDS = 0.02
_START_AT = datetime.min.replace(tzinfo=UTC)


def verify_store(
    where: str | Path, witness: tuple[int, str] | None = None, *, anchors: Sequence[tuple[int, str]] = ()
) -> Report:
    """Check the record in `where` from the first byte to the acknowledged end; needs no lock and no open store.

    `witness` is a (seq, hash) that somebody noted earlier, and so is each of `anchors`; hashes may be cut short.
    Raises NotFound where there is no record, Corrupt where store.json is damaged, Denied where a file of it may not
    be read.
    """
    place = Place(where)
    place.read_info()
    check = _Check(place)
    try:
        check.run()
        return check.report(witness, anchors)
    except OSError as error:
        raise unread(error, place.path) from error


class _Check:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.problems: list[Problem] = []
        self.seq, self.hash, self.at = START.seq, START.hash, _START_AT
        self.commits = 0
        self.lines = 0
        self.beyond = 0
        self.raw: list[int] = []
        self.hashes: dict[int, str] = {}
        self.spots: dict[int, Spot] = {}
        self.documents: dict[Key, Outcome] = {}
        self.last: dict[Key, int] = {}
        self.listed: set[tuple[int, int]] = set()
        self.removed: dict[tuple[int, int], Problem] = {}
        self.changed: dict[tuple[int, int], Problem] = {}
        self.intact: set[tuple[int, int]] = set()
        self.snapshot = self._newest()
        self.attached: dict[tuple[int, int], Touch] = {}
        self.flaws: list[Flaw] = []
        self.loose: list[str] = []

    def run(self) -> None:
        head = self._head()
        self._read(START, head)
        self._files()
        while head is not None and self._is_open():
            again = acknowledged(self.place)
            if again is None or again.seq <= head.seq:
                break
            # What was removed meanwhile is listed behind the end that was known.
            self._read(head, again)
            self._files()
            head = again
        if head is not None and not self.removed.keys() | self.changed.keys() <= self.listed:
            self.listed |= listed_behind(self.place, head, self.at) & (self.removed.keys() | self.changed.keys())
        self._end(head)
        if self.snapshot is not None:
            self.snapshot.close()

    def _read(self, since: Head, head: Head | None) -> None:
        """The journal from one acknowledged end to another; to where it stops if there is none."""
        last = head.segment if head is not None else self._segments()
        self.beyond = 0
        for number in range(since.segment, max(last, 1) + 1):
            start = since.end if number == since.segment else 0
            end = head.end if head is not None and number == head.segment else None
            self._segment(number, start, end)
        for number in range(last + 1, self._segments() + 1):
            self.beyond += self._size(number)
        self._blanked()

    def _is_open(self) -> bool:
        """Whether anything was found that a redaction under way may explain."""
        unread = self.removed.keys() | self.changed.keys()
        return bool(unread - self.listed or self._unfinished() or self.flaws)

    def _unfinished(self) -> set[tuple[int, int]]:
        return self.listed & (self.intact | self.changed.keys())

    def _blanked(self) -> None:
        """Look again at removed texts that were still there: a writer may have been about to blank them."""
        for _ in range(_LOOKS):
            for seq, index in sorted(self._unfinished()):
                if is_blank(self._payload(seq, index)):
                    self.intact.discard((seq, index))
                    self.changed.pop((seq, index), None)
                    self.removed[seq, index] = Problem(seq, self.spots[seq].segment, 0, "")
            if not self._unfinished():
                return
            sleep(_LOOK_SECONDS)

    def _payload(self, seq: int, index: int) -> bytes:
        spot = self.spots[seq]
        fd = open_regular(self.place.segment(spot.segment))
        try:
            return read_line(os.pread(fd, spot.size, spot.offset)).payloads[index]
        except BadLine:
            return b""
        finally:
            os.close(fd)

    def _end(self, head: Head | None) -> None:
        if head is not None and (head.seq, head.hash) != (self.seq, self.hash):
            what = f"head names commit {head.seq}, the journal ends with {self.seq}"
            self._problem(head.seq, head.segment, 0, what, "missing" if self.seq < head.seq else "chain")
        elif head is not None and self.beyond:
            wrong = misplaced(self.place, head, self.at, self.lines)
            self.problems += [] if wrong is None else [wrong]
        unread = self.removed | self.changed
        self.problems += [problem for spot, problem in sorted(unread.items()) if spot not in self.listed]

    def _newest(self) -> Base | None:
        """The snapshot that an opener would use, as far as it can tell from the snapshot alone."""
        shelf = Shelf(self.place, "")
        for number in shelf.numbers():
            try:
                return shelf.load(number)
            except (BadSnapshot, OSError):
                continue
        return None

    def _compare(self) -> None:
        """Whether the snapshot says what the journal says at this commit.

        One that is merely damaged is no problem: nothing of it is ever served.
        """
        base = self.snapshot
        if base is None or (base.tip.seq, base.tip.hash) != (self.seq, self.hash):
            return
        try:
            right = agrees(base, self.last, self.documents)
        except BadSnapshot:
            return
        if not right:
            what = f"snapshot {base.number} says something else than the journal: delete the folder snapshot"
            self._problem(self.seq, 0, 0, what, "snapshot")

    def _segments(self) -> int:
        number = 0
        while self.place.segment(number + 1).exists():
            number += 1
        return number

    def _head(self) -> Head | None:
        try:
            fd = os.open(self.place.head, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            self._problem(0, 0, 0, "head is missing: the next writer makes it anew from the journal", "head")
            return None
        try:
            _, head = pread_head(fd)
        finally:
            os.close(fd)
        if head is None:
            self._problem(0, 0, 0, "head is damaged: the next writer makes it anew from the journal", "head")
        return head

    def _size(self, number: int) -> int:
        """The bytes of a segment that lies beyond the head."""
        found = self.place.segment(number).stat()
        if not stat.S_ISREG(found.st_mode):
            self._problem(self.seq + 1, number, 0, _NO_FILE, "missing")
            return 0
        return found.st_size

    def _segment(self, number: int, start: int, end: int | None) -> None:
        try:
            fd = open_regular(self.place.segment(number))
        except (FileNotFoundError, Corrupt) as error:
            what = _NO_FILE if isinstance(error, Corrupt) else "the segment is missing"
            self._problem(self.seq + 1, number, 0, what, "missing")
            return
        try:
            size = os.fstat(fd).st_size
            until = size if end is None else min(size, end)
            self.beyond += size - until
            self.lines = self.lines if start else 0
            for raw in read_lines(fd, start, until):
                self.lines += 1
                self._line(number, self.lines, raw)
            if end is not None and size < end:
                what = f"{end - size} acknowledged bytes are missing at its end"
                self._problem(self.seq + 1, number, self.lines + 1, what, "missing")
        finally:
            os.close(fd)

    def _line(self, segment: int, number: int, raw: Raw) -> None:
        try:
            line = read_line(raw.text)
        except BadLine as error:
            self._problem(self.seq + 1, segment, number, str(error), "line")
            return
        header = line.header
        if header.prev != self.hash or header.seq != self.seq + 1:
            what = f"it does not follow commit {self.seq}, the line before it"
            self._problem(header.seq, segment, number, what, "chain")
        try:
            at = read_time(header.at)
        except BadLine as error:
            self._problem(header.seq, segment, number, str(error), "time")
            at = self.at
        if at < self.at:
            self._problem(header.seq, segment, number, "its time is before that of the line before it", "time")
        self.seq, self.hash, self.at = header.seq, line.hash, max(at, self.at)
        self.hashes[header.seq] = line.hash
        self.spots[header.seq] = Spot(segment, raw.offset, len(raw.text))
        self.commits += 1
        if header.act == RAW:
            self.raw.append(header.seq)
        self._targets(header, segment, number)
        self._payloads(line, segment, number)
        self._compare()

    def _targets(self, header: Header, segment: int, number: int) -> None:
        for seq, index in header.redacts:
            known = any((seq, index) in spots for spots in (self.intact, self.removed, self.changed))
            if seq >= header.seq or not known:
                what = f"it removes change {index} of commit {seq}: there is none"
                self._problem(header.seq, segment, number, what, "redacts")
            self.listed.add((seq, index))

    def _payloads(self, line: Line, segment: int, number: int) -> None:
        header = line.header
        for index, (touch, payload) in enumerate(zip(header.ch, line.payloads, strict=True)):
            key, spot = (touch.t, touch.id), (header.seq, index)
            if touch.prev != self.last.get(key, 0):
                what = f"change {index} does not name the change before it"
                self._problem(header.seq, segment, number, what, "change")
            self.last[key] = header.seq
            if touch.t == TABLE:
                self.attached[spot] = touch
            if sha(payload) != touch.sha:
                self._unreadable(spot, payload, Problem(header.seq, segment, number, self._whose(touch)))
                self.documents[key] = UNKNOWN
                continue
            self.intact.add(spot)
            try:
                self.documents[key] = outcome(self.documents.get(key), read_payload(payload))
            except BadLine as error:
                self._problem(header.seq, segment, number, str(error), "payload")
                self.documents[key] = UNKNOWN

    def _whose(self, touch: Touch) -> str:
        """Which kind of document a change is of, and of which case, as far as that can still be read."""
        of = touch.id if touch.t == "cases" else touch.of
        case = f", of case {number}" if (number := self._number(of)) else ""
        return f" (in the table {touch.t}{case})"

    def _number(self, case: str) -> str:
        header = self.documents.get(("cases", case))
        number = (decoded(header) or {}).get("number") if isinstance(header, bytes) else None
        return number if isinstance(number, str) else ""

    def _unreadable(self, spot: tuple[int, int], payload: bytes, where: Problem) -> None:
        blank = is_blank(payload)
        what = "was removed, and no redaction lists it" if blank else "was changed"
        told, kind = f"the text of change {spot[1]} {what}{where.what}", "blank" if blank else "text"
        found = Problem(where.seq, where.segment, where.line, told, cast("ProblemKind", kind))
        (self.removed if blank else self.changed)[spot] = found

    def _files(self) -> None:
        """Whether attached bytes are as their documents say, and what else lies beside them."""
        attached = Attached(self.place, "")
        touches = {touch.id: touch for touch in self.attached.values()}
        redacted = {touch.id for spot, touch in self.attached.items() if spot in self.listed}
        there = attached.names()
        self.flaws, self.loose = [], []
        for name in dict.fromkeys([*touches, *there]):
            result = self.documents.get((TABLE, name))
            document = decoded(result) if isinstance(result, bytes) else None
            if document is not None and names_bytes(document):
                what = attached.flaw(name, document)
            elif name not in there or (result is UNKNOWN and name not in redacted):
                continue
            elif name in redacted:
                what = LEFT
            else:
                self.loose.append(name)
                continue
            if what:
                of, told = touches[name].of, str((document or {}).get("name", ""))
                self.flaws.append(Flaw(name, of, self.last[TABLE, name], what, told, self._number(of)))

    def _problem(self, seq: int, segment: int, line: int, what: str, kind: ProblemKind) -> None:
        self.problems.append(Problem(seq, segment, line, what, kind))

    def report(self, witness: tuple[int, str] | None, anchors: Sequence[tuple[int, str]]) -> Report:
        unfinished = sorted(self._unfinished())
        agrees = None if witness is None else self._agrees(witness)
        astray = [anchor for anchor in anchors if not self._agrees(anchor)]
        return Report(
            ok=not self.problems and not unfinished and not self.flaws,
            commits=self.commits,
            head_seq=self.seq,
            head_hash=self.hash,
            problems=sorted(self.problems, key=lambda p: (p.segment, p.line)),
            raw=self.raw,
            redactions=len(self.listed & set(self.removed)),
            unfinished=unfinished,
            torn=self.place.torn(),
            derived=[*damaged(Shelf(self.place, ""))],
            beyond=self.beyond,
            witness=agrees,
            flaws=self.flaws,
            loose=self.loose,
            astray=astray,
        )

    def _agrees(self, witness: tuple[int, str]) -> bool:
        seq, digest = witness
        if seq == 0 or (seq in self.hashes and self.hashes[seq].startswith(digest)):
            return True
        if seq > self.seq:
            what = f"rolled back: commit {seq} was seen before, the journal ends with {self.seq}"
            self._problem(seq, 0, 0, what, "back")
        else:
            what = f"rewritten: commit {seq} is not the one that was seen before"
            self._problem(seq, 0, 0, what, "rewritten")
        return False
