"""What a store offers: the interface and the plain values that pass through it.

Nothing here knows how a record is kept. A document is a plain JSON object; the store reads two of its fields by
convention, both optional texts: `of` (the case or person it belongs to) and `class` (who may see it).
"""

from __future__ import annotations

from collections.abc import Callable, Container, ItemsView, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Protocol, Self

import msgspec

if TYPE_CHECKING:
    from piptui.naming import Lookout  # a start looks for nobody

    from .presence import Presence

Document = dict[str, Any]
"""A plain JSON object: text keys; text, whole and finite numbers, booleans, lists, objects; null where free."""

Key = tuple[str, str]
"""(table, id)."""

Clock = Callable[[], datetime]
"""Returns the present instant, with a zone."""


class Unchecked(Enum):
    """The type of `ANY`."""

    ANY = "any"


ANY: Final = Unchecked.ANY
"""In `expect`: this key may stand at any seq, or not exist at all."""

Expected = int | Unchecked


class Change(NamedTuple):
    """One document as it shall stand after the commit; `document` None deletes it. A plain tuple will do."""

    table: str
    id: str
    document: Mapping[str, Any] | None
    sentence: str = ""
    reason: str = ""


class Rev(msgspec.Struct, frozen=True):
    """Where a document stands.

    `seq` is the commit that last changed it, `at` (UTC) and `actor` (a person id) are of that commit,
    `created_at` (UTC) is when it was created, a re-creation after a delete counting anew. `digest` is the
    payload hash (64 hex digits) in the chained header of commit `seq`.
    """

    seq: int
    at: datetime
    actor: str
    created_at: datetime
    digest: str


Held = tuple[str, str, Document, Rev]
"""(table, id, document, rev)."""

Facts = dict[str, dict[str, Any]]
"""Facts of one case, by visibility class."""

Row = Callable[[list[Held]], Facts]
"""A pure function from the documents of one case (its `cases` document first) to its facts, without today."""


class Record(msgspec.Struct, frozen=True):
    """One line of a document's history.

    `cls` is the document's class at that change ("" where it cannot be known any more); `by` holds what the
    commit said about the actor beside the role (login, on whose behalf, proof). Where `redacted`, the text was
    removed: sentence, reason and `by` are empty.
    """

    seq: int
    at: datetime
    actor: str
    role: str
    act: str
    table: str
    id: str
    of: str
    cls: str
    sentence: str
    reason: str
    by: dict[str, Any]
    deleted: bool
    redacted: bool
    digest: str
    token: str | None = None
    place: int = 0
    """The number of this change in its commit, from 0: with `seq` it names the text for a redaction."""


class Said(NamedTuple):
    """What one change of a document holds of it: the whole of it, or the merge patch from the one before; nothing
    where it was deleted. `sentence` and `reason` are those of the change."""

    seq: int
    place: int
    content: Document
    sentence: str
    reason: str


class Mention(NamedTuple):
    """A text of the record in which somebody is named: commit and place, and whose it is; `words` name them for sure
    (a login also where it is who wrote it), `perhaps` may mean somebody else."""

    seq: int
    place: int
    key: Key
    of: str
    words: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()


class Commit(msgspec.Struct, frozen=True):
    """One commit by its chained header alone: who did what to which keys, without any text.

    `owners` holds the `of` of each key, in the same order; `redacts` lists the (seq, change) it removes.
    """

    seq: int
    at: datetime
    actor: str
    role: str
    act: str
    keys: tuple[Key, ...]
    owners: tuple[str, ...]
    client: str
    hash: str
    token: str | None = None
    redacts: tuple[tuple[int, int], ...] = ()


OfLines = Literal["line", "chain", "time", "missing", "text", "blank", "redacts", "change", "payload"]
ProblemKind = OfLines | Literal["head", "snapshot", "back", "rewritten"]
"""What a problem is about, for whoever says what it means: a line that is not as it was written, or does not follow
the one before; bytes or segments that are missing; a text changed, or blanked without a redaction; a change that
does not fit the documents before it; and what is no line of the journal: head, snapshot, a witness that saw more,
or something else."""


class Problem(msgspec.Struct, frozen=True):
    """Something wrong in the journal: at commit `seq` (0 where unknown), segment and line (from 1, 0 for none)."""

    seq: int
    segment: int
    line: int
    what: str
    kind: ProblemKind | None = None


class Flaw(msgspec.Struct, frozen=True):
    """Attached bytes that are not as their document says, or are still there although it was removed: the id of
    the document in the table `files`, what it is of, its last commit, what is wrong ("are missing"), and as far as
    could be read the name of the file and the number of the case."""

    id: str
    of: str
    seq: int
    what: str
    name: str = ""
    number: str = ""


class Report(msgspec.Struct, frozen=True):
    """What `verify` found.

    `ok` means: no problem, no flaw and no unfinished redaction. `flaws` are attached bytes that are not as they
    should be, `loose` names in `files/` that no document has: what a killed attach left, harmless. `raw` lists the
    commits written past the acts, `redactions` counts removed payloads, `unfinished` names (seq, change) listed as
    removed whose text is still there, `torn` the files with bytes set aside, `beyond` the bytes behind the
    acknowledged end (a commit under way, or a torn one that the next writer settles). `derived` says which files in
    `snapshot/` are damaged: nothing of them is served, and the next writer makes them anew. `witness` is None unless
    one was given; `astray` are those of further ones that the record does not hold.
    """

    ok: bool
    commits: int
    head_seq: int
    head_hash: str
    problems: list[Problem] = []
    raw: list[int] = []
    redactions: int = 0
    unfinished: list[tuple[int, int]] = []
    torn: list[str] = []
    beyond: int = 0
    witness: bool | None = None
    flaws: list[Flaw] = []
    loose: list[str] = []
    derived: list[str] = []
    astray: list[tuple[int, str]] = []


class Backup(msgspec.Struct, frozen=True):
    """What was backed up: the state of the record (seq and hash of its last commit), and the bytes of the file.
    `flaws` are attached bytes that are missing or changed: missing ones are not in it, changed ones as they are."""

    seq: int
    hash: str
    size: int
    flaws: list[Flaw] = []


# The interface has a method called `list`, so the lists it returns have names.
Listed = list[tuple[str, Document, Rev]]
Helds = list[Held]
Keys = list[Key]
Records = list[Record]
Texts = list[tuple[str, bytes]]
Mentions = list[Mention]
Saids = list[Said]
Commits = list[Commit]


class Rows(Protocol):
    """One row of facts per case: a mapping, whose rows can also be had as the JSON texts that they are kept in."""

    def __getitem__(self, case: str) -> Facts: ...

    def __iter__(self) -> Iterator[str]: ...

    def __len__(self) -> int: ...

    def get(self, case: str) -> Facts | None:
        """The row of a case, None where there is none."""

    def items(self) -> ItemsView[str, Facts]:
        """Every case with its row."""

    def text(self, case: str) -> bytes | None:
        """The JSON text of the row of a case, None where there is none."""

    def having(self, mark: bytes) -> list[tuple[str, bytes]]:
        """Every case in whose row these bytes stand, with the JSON text of the row; the others cost next to
        nothing."""
        ...

    def texts(self) -> Iterator[tuple[str, bytes]]:
        """Every case with the JSON text of its row."""


class Store(Protocol):
    """The record. Every reading method first catches up with what others have committed; none waits for writers.

    All may raise `Corrupt` (with a `Report`) where the record is damaged.
    """

    @property
    def readonly(self) -> bool:
        """Whether commits are refused here."""

    @property
    def notice(self) -> str:
        """What a person should know about this store (why it is read-only, what was set aside), or ""."""

    @property
    def info(self) -> dict[str, Any]:
        """The content of store.json: `store` (its id), `kind`, `format`, `created` and what else it holds."""

    def get(self, table: str, id: str, *, at: int | None = None) -> tuple[Document, Rev]:  # noqa: A002 - public name
        """A private copy of the document, now or as of commit `at`.

        Raises NotFound (a KeyError) where there is none, or where its text was removed.
        """

    def list(self, table: str, *, of: str | None = None) -> Listed:
        """The current documents of a table in order of creation; or those of one case or person, in the order in
        which they came to belong to it."""

    def texts(self, table: str, *parts: bytes) -> Texts:
        """As `list`, but each document as its JSON text, and of these, if there are `parts`, only those that hold
        one of them: for whoever needs few of many."""

    def case_documents(self, of: str) -> Helds:
        """All current documents, of any table, whose `of` is this one."""

    def ever(self, of: str) -> Keys:
        """All keys that ever had this `of`, deleted ones too, in order of first appearance."""

    def rows(self) -> Rows:
        """One row of facts per case, as they stand now; each is decoded when it is asked for.

        The facts may be shared with the store: read them, never change them.

        Raises PiptuiError where the store was opened without a row function.
        """

    def prepare_rows(self, most: int) -> int:
        """Do at most so many pieces of what `rows` would have to do, one for each owner that a commit touched, and
        tell how many are left: for whoever wants to say how far it is. Raises as `rows` does."""

    def find(self, text: str, *, kinds: Container[str] = ()) -> Keys:
        """Current documents with this text in a text value, whatever its case or Unicode spelling.

        Values of the key `kind` are names for the program and no text; inside a document those in `kinds` count,
        with blanks for their underscores.
        """

    def done(self, token: str) -> int | None:
        """The seq of the commit that carried this token, None where there is none yet."""

    def exclusive(self) -> AbstractContextManager[object]:
        """Be the only writer for a while: what is read inside stands until the end; commits inside go through.

        Raises Busy naming the holder, Refused where the store is read-only.
        """

    def commit(
        self,
        changes: Sequence[Change | tuple[Any, ...]],
        *,
        expect: Mapping[Key, Expected],
        actor: str,
        act: str,
        token: str | None = None,
        meta: Mapping[str, Any] | None = None,
    ) -> int:
        """Write all changes or none, durably, and return the seq of the commit.

        `expect` maps each key to the seq that was read (0: must not exist; a key left out: the same); further
        keys in it are checked, too. `meta["role"]` goes into the chained header, all else in `meta` into each
        payload. A `token` seen before returns the seq of its first commit and writes nothing.
        Raises Conflict, BadInput, Busy, Full, Refused (read-only): nothing was written then.
        """

    def keeping(self, id: str, data: bytes) -> AbstractContextManager[None]:  # noqa: A002 - public name
        """Write the bytes that the document `id` of the table `files` is going to name, durably; commit it inside.
        Its `digest` is their sha256 in hex, its `size` their number. Without such a commit they go again.

        Raises Full, BadInput (there are some of that name, or it is no name), Refused (read-only).
        """

    def content(self, id: str) -> bytes:  # noqa: A002 - public name
        """The bytes that the document `id` of the table `files` names, compared with its digest.

        Raises NotFound where it names none, Corrupt where they are missing or changed.
        """

    def history(self, table: str, id: str) -> Records:  # noqa: A002 - public name
        """Every change of one document, oldest first; empty where it never existed."""

    def said(self, table: str, id: str) -> Saids:  # noqa: A002 - public name
        """What each change of a document holds of it, oldest first, but for those whose text was removed."""

    def changes(self, since: int, most: int | None = None) -> Commits:
        """Commits after `since`, oldest first: all of them, or the first few."""
        ...

    def wait(self, timeout: float) -> int:
        """Wait up to `timeout` seconds for a commit that the last `wait` did not report; the seq of the head."""

    def redact(
        self,
        targets: Sequence[tuple[int, int]],
        changes: Sequence[Change | tuple[Any, ...]],
        *,
        expect: Mapping[Key, Expected],
        actor: str,
        meta: Mapping[str, Any] | None = None,
        words: Sequence[str] = (),
    ) -> int:
        """Remove the texts of `targets`, each (seq, place), for good; the seq of the commit that lists them.

        `changes` say what each of their documents shall be now, None for a tombstone. Bytes that were set aside and
        hold one of `words` go first. Raises BadInput where a document is not among `changes`, and what `commit` does.
        """

    def mentions(
        self, look: Lookout, logins: Sequence[str] = (), skip: Mapping[str, Container[str]] | None = None
    ) -> Mentions:
        """Every text of the whole record, past ones too, in which somebody is named, or that was written under one of
        `logins`; what was removed is passed over, and so is, for a table of `skip`, what stands under one of its
        keys. Reads the journal from end to end."""

    def verify(self, witness: tuple[int, str] | None = None, *, anchors: Sequence[tuple[int, str]] = ()) -> Report:
        """Read the whole record again from the disk and check it; `witness` is a (seq, hash) seen earlier, and so
        is each of `anchors`, whose hashes may be cut short."""

    def holds(self, seq: int, digest: str) -> bool:
        """Whether commit `seq` of this record has this hash, or one that begins so; reads one line of the journal.
        Commit 0 is the beginning, which every record has."""

    def backup(self, target: Path) -> Backup:
        """Write the whole record, as it stands at one commit, into a new file (mode 0600), whole or not at all.

        Raises Refused where the file exists or would lie in the record, Full, Denied, Corrupt, Busy.
        """

    def presence(self) -> Presence:
        """Who has something open in this store, beside the record."""

    def head(self) -> tuple[int, str]:
        """The seq of the last commit and its hash; (0, 64 zeros) for an empty record."""

    def close(self) -> None:
        """Release the files. Closing twice is fine."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
