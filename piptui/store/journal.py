"""Reading the journal: from the last byte read up to the one that `head` acknowledges, never further.

No lock is needed: acknowledged bytes do not change, except that a redaction overwrites payloads by blanks, which
the commit that lists them explains.
"""

import os
from collections.abc import Callable, Iterable, Iterator

from piptui.errors import Corrupt, Denied, PiptuiError

from .api import Key
from .behind import listed_behind
from .entry import UNKNOWN, Outcome, Spot, before, is_made_by, outcome
from .files import HEAD_BYTES, START, Head, Place, is_other, open_regular, pread_head, unread
from .found import FoundChanges
from .line import BadLine, Header, Line, is_blank, read_line, read_payload, read_time, sha
from .pages import BadSnapshot
from .scan import CHANGED, Damaged, Raw, check_chain, is_whole, read_lines
from .shelf import Shelf
from .start import Start
from .state import Standing, State


class Journal:
    """The files of a store open for reading, and the state they give."""

    def __init__(self, place: Place, report: Callable[[], object], shelf: Shelf) -> None:
        self.place = place
        self.state = State()
        self.state.heal = self.heal
        self.start = Start(self, shelf)
        self._report = report
        self.found = FoundChanges()
        self.unfinished: set[tuple[int, int]] = set()
        self._unread: dict[tuple[int, int], Damaged] = {}
        self._blank: set[tuple[int, int]] = set()
        self._segment_fds: dict[int, int] = {}
        self._head_fd = -1
        self._head_raw: bytes | None = None

    def refresh(self) -> None:
        """Catch up with the acknowledged end; raises Corrupt. Where nothing changed: one small read."""
        if self.is_current():
            return
        try:
            while True:
                try:
                    self._catch_up()
                    return
                except BadSnapshot as damage:
                    self.drop(damage)
                except Damaged:
                    # A snapshot that is wrong in itself must not make a journal look damaged that is not.
                    if self.state.base is None:
                        raise
                    self.drop(BadSnapshot("the journal does not go on from it"))
        except Damaged as damage:
            raise self.corrupt(damage) from None
        except OSError as error:
            raise unread(error, self.place.path) from error
        except PiptuiError:
            raise
        except BaseException:
            # Interrupted, perhaps in the middle of a line: half of it must not count as read.
            self.reopen()
            raise

    def drop(self, damage: BadSnapshot) -> None:
        """Do without the snapshot that the state was built on: the next reading begins again."""
        self.start.leave(damage, self.state)
        self._begin()

    def again(self) -> None:
        """Begin again at the newest snapshot; raises Corrupt."""
        base = self.state.base
        self.start.know(self.state)
        self._begin()
        self.refresh()
        if base is not None:
            base.close()

    def _begin(self) -> None:
        self.state.restart()
        self.found.clear()
        self.unfinished.clear()
        self._unread.clear()
        self._blank.clear()
        self._head_raw = None

    def heal(self, damage: BadSnapshot) -> None:
        """Build the state again without the snapshot that turned out to be damaged; raises Corrupt."""
        self.drop(damage)
        self.refresh()

    def is_current(self) -> bool:
        """Whether `head` says what it said at the last reading, and still is the file that others write."""
        fd = self._head_fd
        return fd >= 0 and os.pread(fd, HEAD_BYTES + 1, 0) == self._head_raw and not self._head_is_gone()

    def _head_is_gone(self) -> bool:
        return os.fstat(self._head_fd).st_nlink == 0 or is_other(self._head_fd, self.place.head)

    def moved(self) -> bool:
        """Whether other files lie where those were that are open here: the record was put back from a copy, or an
        editor has saved over it. What is written to the old ones, nobody would ever find."""
        if self._head_fd >= 0 and is_other(self._head_fd, self.place.head):
            return True
        return any(is_other(fd, self.place.segment(number)) for number, fd in self._segment_fds.items())

    def reopen(self) -> None:
        """Let go of all files and begin again; what was known of the record is not forgotten."""
        base = self.state.base
        self.start.know(self.state)
        self._begin()
        self._close_head()
        self._close_segments()
        if base is not None:
            base.close()

    def written(self, raw: bytes) -> None:
        """A writer of this process has put `raw` into `head` and told the state."""
        self._head_raw = raw

    def corrupt(self, damage: Damaged) -> Corrupt:
        """The error for a person, with a full report."""
        import shlex  # most records are in order

        verify = f"piptui verify --store {shlex.quote(str(self.place.path.absolute()))}"
        return Corrupt(
            f"The record in {self.place.path} is damaged at {damage}. Nothing more is written to it. Keep the files "
            f"as they are. Next: {verify}, which says what is wrong and how a backup mends it.",
            self._report(),
        )

    def read_head(self) -> tuple[bytes, Head | None]:
        """The acknowledged end as it stands on the disk; None where there is none or it is damaged."""
        if self._head_fd < 0 or self._head_is_gone():
            self._close_head()
            try:
                self._head_fd = os.open(self.place.head, os.O_RDONLY | os.O_CLOEXEC)
            except FileNotFoundError:
                return b"", None
        return pread_head(self._head_fd)

    def _catch_up(self) -> None:
        if self.moved():
            self.reopen()
        while True:
            raw, head = self.read_head()
            if self.state.end == START:
                self.unfinished.update(self.start.adopt(self.state, head))
            if head is None:
                self._without_head()
                return
            self.read_to(head)
            if not self._unread:
                self._head_raw = raw
                return
            # A payload that cannot be read may have been blanked by a redaction acknowledged since.
            again, _ = self.read_head()
            if again == raw:
                self._read_behind(head)
                self._head_raw = raw
                return

    def _read_behind(self, head: Head) -> None:
        """Explain blanks by commits that nobody has acknowledged yet; raises Damaged where none lists them."""
        listed = listed_behind(self.place, head, self.state.at)
        damage = next((self._unread[spot] for spot in sorted(self._unread.keys() - listed)), None)
        if damage is not None:
            raise damage
        self.state.redacted.update(self._unread)
        self._unread.clear()

    def read_to(self, head: Head) -> None:
        """Take in all lines up to an acknowledged end; raises Damaged."""
        state = self.state
        known = max(state.end.seq, self.start.known_seq)
        if (head.seq, head.hash) != (state.end.seq, state.end.hash) and (
            head.seq <= state.end.seq or head.seq < known
        ):
            raise Damaged(head.seq, head.segment, 0, f"it went back from commit {known}: files were replaced")
        while state.end != head:
            before = state.end
            segment, start = self._next_start(head.segment)
            end = head.end if segment == head.segment else self.size(segment)
            for raw in read_lines(self.segment_fd(segment), start, end):
                self.take(segment, raw)
            if state.end == before:
                break
        if state.end != head:
            raise Damaged(
                head.seq, head.segment, 0, f"the journal ends with commit {state.end.seq}, acknowledged is {head.seq}"
            )
        if not self.start.is_known(state):
            raise Damaged(known, head.segment, 0, "it is not the commit that was read before: files were replaced")

    def _next_start(self, last: int) -> tuple[int, int]:
        end = self.state.end
        if end.segment < last and end.end >= self.size(end.segment):
            return end.segment + 1, 0
        return end.segment, end.end

    def take(self, segment: int, raw: Raw, *, whole: bool = False) -> None:
        """Take in one line; raises Damaged where it is not the next one.

        `whole`: a changed payload is not left for a later redaction to explain.
        """
        state = self.state
        number = state.line + 1 if segment == state.end.segment else 1
        try:
            line = read_line(raw.text)
            check_chain(line, state.end, state.at)
            if whole and not is_whole(raw.text):
                raise BadLine(CHANGED[False])
            outcomes = self._outcomes(line, segment, number)
        except BadLine as error:
            raise Damaged(state.end.seq + 1, segment, number, str(error)) from None
        spot = Spot(segment, raw.offset, len(raw.text))
        state.follow(line.header, line.hash, read_time(line.header.at), outcomes, spot)
        for target in line.header.redacts:
            self._unread.pop(target, None)
            if target not in self._blank:
                self.unfinished.add(target)

    def _outcomes(self, line: Line, segment: int, number: int) -> list[Outcome]:
        header = line.header
        results: list[Outcome] = []
        for index, (touch, payload) in enumerate(zip(header.ch, line.payloads, strict=True)):
            last, entry = self.state.standing((touch.t, touch.id))
            if touch.prev != last:
                raise BadLine("a change does not name the change before it")
            if sha(payload) == touch.sha:
                results.append(outcome(before(entry), read_payload(payload)))
                continue
            if is_blank(payload):
                self._blank.add((header.seq, index))
            what = CHANGED[is_blank(payload)]
            self._unread[header.seq, index] = Damaged(header.seq, segment, number, what)
            results.append(UNKNOWN)
        return results

    def _without_head(self) -> None:
        """No head: all whole lines count, up to bytes that end the journal."""
        self.take_tail()
        self._head_raw = None

    def take_tail(self) -> None:
        """Take in whole lines behind the end, up to where the journal ends or is torn; raises Damaged.

        Bad bytes with a whole line behind them are damage; bad bytes at the very end are a tear.
        """
        last = self.last_segment()
        for segment in range(self.state.end.segment, last + 1):
            start = self._start_in(segment)
            try:
                for raw in read_lines(self.segment_fd(segment), start, self.size(segment)):
                    self.take(segment, raw, whole=True)
            except Damaged:
                if self._whole_line_from(segment, self._start_in(segment), last):
                    raise
                break
        if self._unread:
            raise next(iter(self._unread.values()))

    def _start_in(self, segment: int) -> int:
        return self.state.end.end if segment == self.state.end.segment else 0

    def _whole_line_from(self, segment: int, offset: int, last: int) -> bool:
        for number in range(segment, last + 1):
            start = offset if number == segment else 0
            if any(is_whole(raw.text) for raw in read_lines(self.segment_fd(number), start, self.size(number))):
                return True
        return False

    def beyond(self) -> int:
        """How many bytes lie behind the end of what was taken in."""
        end = self.state.end
        extra = self.size(end.segment) - end.end
        return extra + sum(self.size(number) for number in range(end.segment + 1, self.last_segment() + 1))

    def line(self, seq: int) -> Line:
        """The line of a commit, read from the disk again; raises Corrupt, BadSnapshot."""
        spot = self.state.spot(seq)
        try:
            line = read_line(os.pread(self.segment_fd(spot.segment), spot.size, spot.offset))
            if line.header.seq != seq or not line.hash.startswith(self.state.chained(seq).hex()):
                raise BadLine("another commit stands in its place")
        except BadLine as error:
            raise self.corrupt(Damaged(seq, spot.segment, 0, str(error))) from None
        except Damaged as damage:
            raise self.corrupt(damage) from None
        return line

    def is_blanked(self, seq: int, place: int) -> bool:
        """Whether nothing is left of a payload; reads the disk. Raises Corrupt, BadSnapshot."""
        return is_blank(self.line(seq).payloads[place])

    def confirmed(self, keys: Iterable[Key]) -> dict[Key, Standing]:
        """How keys stand, by the journal's own word: what is written next must not rest on a snapshot alone.

        Raises BadSnapshot, Corrupt.
        """
        found = {key: self.state.standing(key) for key in keys}
        derived = [key for key in found if found[key][0] and not self.state.is_own(key)]
        for seq in {found[key][0] for key in derived}:
            line = self.line(seq)
            payloads = dict(zip(((touch.t, touch.id) for touch in line.header.ch), line.payloads, strict=True))
            for key in derived:
                if found[key][0] == seq and not is_made_by(found[key][1], payloads.get(key, b"")):
                    raise BadSnapshot(f"the journal says something else in commit {seq}")
        return found

    def headers(self, since: int) -> Iterator[tuple[Header, str]]:
        """Header and hash of each commit after `since`, as far as the state goes; raises Corrupt."""
        for seq in range(max(since, 0) + 1, self.state.end.seq + 1):
            line = self.line(seq)
            yield line.header, line.hash

    def segment_fd(self, number: int) -> int:
        """A segment open for reading; raises Damaged where it is missing."""
        fd = self._segment_fds.get(number)
        if fd is None:
            try:
                fd = open_regular(self.place.segment(number))
            except FileNotFoundError:
                raise Damaged(self.state.end.seq + 1, number, 0, "the segment is missing") from None
            except PermissionError:
                raise Denied(f"You may not read {self.place.segment(number)}.") from None
            self._segment_fds[number] = fd
        return fd

    def size(self, number: int) -> int:
        """The length of a segment in bytes."""
        return os.fstat(self.segment_fd(number)).st_size

    def last_segment(self) -> int:
        """The number of the last segment there is."""
        number = self.state.end.segment
        while self.place.segment(number + 1).exists():
            number += 1
        return number

    def _close_head(self) -> None:
        if self._head_fd >= 0:
            os.close(self._head_fd)
        self._head_fd, self._head_raw = -1, None

    def close(self) -> None:
        """Close all files."""
        self._close_head()
        if self.state.base is not None:
            self.state.base.close()
        self._close_segments()

    def _close_segments(self) -> None:
        for fd in self._segment_fds.values():
            os.close(fd)
        self._segment_fds.clear()
