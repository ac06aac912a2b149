"""What a writer finds when it takes the lock: bytes of one that died, a missing head, an unfinished redaction."""

import os
from datetime import UTC
from threading import RLock

from piptui.errors import Unreachable

from .api import Clock
from .attached import TABLE, Attached, decoded, names_bytes
from .files import sync_folder
from .handles import Handles, explain, write_all
from .journal import Journal
from .line import Touch, is_blank
from .pages import BadSnapshot
from .scan import Damaged
from .shelf import Shelf


class Recovery:
    """Puts a journal in order; `notice` tells a person what was found."""

    def __init__(
        self, journal: Journal, handles: Handles, reading: RLock, clock: Clock, shelf: Shelf, attached: Attached
    ) -> None:
        self.notice = ""
        self._attached = attached
        self._shelf = shelf
        self._journal = journal
        self._handles = handles
        self._reading = reading
        self._clock = clock

    def settle(self) -> None:
        """Catch up; put in order what lies behind the acknowledged end. Only under the lock; raises Corrupt."""
        journal = self._journal
        with self._reading:
            if journal.moved():
                journal.reopen()
            journal.refresh()
            try:
                journal.state.healed(self._recover_if_needed)
            except Damaged as damage:
                raise journal.corrupt(damage) from None
            except OSError as error:
                raise explain(error, journal.place.path) from error
        self.finish_redactions()

    def _recover_if_needed(self) -> None:
        try:
            if not self._journal.is_current() or self._journal.beyond():
                self._check_end()
                self._recover()
        except Damaged:
            if self._journal.state.base is None:
                raise
            raise BadSnapshot("the journal does not go on from it") from None

    def _check_end(self) -> None:
        """Raise Damaged, Corrupt unless the last line that was read still ends where it did.

        An editor may have made the journal shorter or longer in place: then what lies behind the end that is known
        is not what a dead writer left, and must not be cut off.
        """
        journal, end = self._journal, self._journal.state.end
        if journal.size(end.segment) < end.end:
            raise Damaged(end.seq, end.segment, 0, "acknowledged bytes are missing at its end")
        if end.seq:
            journal.line(end.seq)

    def finish_redactions(self) -> None:
        """Blank every listed text that is not blank yet; what is listed is removed even if a writer died."""
        journal = self._journal
        if journal.unfinished:
            # Before the blanks: whoever dies in between leaves a mark that there is something to do.
            self._shelf.forget(journal.state.redactor or journal.state.end.seq)
        for target in sorted(journal.unfinished):
            try:
                self._blank(*target)
            except OSError as error:
                raise Unreachable(
                    f"A text that was removed still lies in {journal.place.path} ({error.strerror}). "
                    "The next save tries again to overwrite it."
                ) from error
            journal.unfinished.discard(target)

    def _blank(self, seq: int, index: int) -> None:
        line, spot = self._journal.state.healed(lambda: (self._journal.line(seq), self._journal.state.spot(seq)))
        if is_blank(line.payloads[index]):
            return
        # Before the blank: whoever dies in between leaves a mark that there is something to do.
        self._erase(line.header.ch[index])
        behind = sum(len(payload) + 1 for payload in line.payloads[index:])
        fd = self._handles.segment(spot.segment)
        write_all(fd, b" " * len(line.payloads[index]), spot.offset + spot.size - behind)
        os.fdatasync(fd)

    def _erase(self, touch: Touch) -> None:
        """The attached bytes go with the text of their document, unless what stands now still names them."""
        if touch.t == TABLE:
            state = self._journal.state
            entry = state.healed(lambda: state.entry((touch.t, touch.id)))
            if entry is None or not names_bytes(decoded(entry.body)):
                self._attached.erase(touch.id)

    def _recover(self) -> None:
        """Keep whole lines behind the acknowledged end, set other bytes aside, and write `head` anew."""
        journal = self._journal
        before = journal.state.end
        if not journal.is_current():
            self.notice = "The file head was missing or damaged; it was made anew from the journal."
        journal.take_tail()
        end = journal.state.end
        for number in range(before.segment, end.segment + 1):
            os.fdatasync(self._handles.segment(number))
        if journal.beyond():
            self._set_aside()
        self._handles.put_head(end, durable=True)
        journal.refresh()

    def _set_aside(self) -> None:
        journal = self._journal
        end, last = journal.state.end, journal.last_segment()
        starts = {number: end.end if number == end.segment else 0 for number in range(end.segment, last + 1)}
        torn = b"".join(_read_from(self._handles.segment(number), start) for number, start in starts.items())
        stamp = f"{self._clock().astimezone(UTC):%Y%m%dT%H%M%S}-{os.urandom(4).hex()}"
        path = journal.place.path / f"torn-{stamp}.bin"
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.fchmod(fd, 0o600)
            write_all(fd, torn, 0)
            os.fsync(fd)
        except BaseException:
            # Nothing is cut off then, and whoever comes next sets it aside whole.
            path.unlink(missing_ok=True)
            raise
        finally:
            os.close(fd)
        sync_folder(path.parent)
        for number, start in starts.items():
            os.ftruncate(self._handles.segment(number), start)
            os.fdatasync(self._handles.segment(number))
        self.notice += " " * bool(self.notice) + (
            f"A save that was cut off before it was acknowledged ({len(torn)} bytes behind commit {end.seq}) "
            f"was set aside in {path}. Nothing acknowledged is missing."
        )


def _read_from(fd: int, start: int) -> bytes:
    return os.pread(fd, os.fstat(fd).st_size - start, start)
