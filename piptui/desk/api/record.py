"""The record: history, versions, packets, and whether it is whole."""

import datetime as dt
from typing import Literal

from piptui.cases.plan import PlanText
from piptui.cases.records import Plan
from piptui.desk.api.base import Plain


class HistoryLine(Plain, frozen=True):
    """One line of a case's history; the sentence is the one stored at commit and never changes."""

    seq: int
    at: dt.datetime
    who: str
    role: str
    act: str
    sentence: str
    reason: str = ""
    table: str = ""
    id: str = ""
    removed: bool = False
    """Whether what was recorded then was removed; the sentence says when, by whom and why."""


class Version(Plain, frozen=True):
    """An issued version of a plan, or the draft as it stood at a commit."""

    plan: Plan | None = None
    draft: PlanText | None = None
    seq: int = 0
    digest: str = ""


class Packet(Plain, frozen=True):
    """A printed document: Markdown text and a file name that holds no personal data."""

    case: str
    audience: str
    name: str
    text: str


class Problem(Plain, frozen=True):
    """Something `verify` found: where (commit, 0 for none; file and line), what, what it means in plain words, and
    what to do next; `kind` is a word for programs: "text", "back" …"""

    seq: int
    place: str
    what: str
    means: str = ""
    next: str = ""
    kind: str = ""


class WitnessLine(Plain, frozen=True):
    """What a witness says of the record: that commit `seq` had this hash, noted at an instant (UTC). `source` is
    "own" for what this login saw from this machine, "given" for what was named; `agrees` that the chain of lines is
    still so, `texts` that no text up to there was changed by hand either, `typed` that it came as SEQ:HASH, without
    the id of a record."""

    seq: int
    hash: str
    at: dt.datetime | None
    source: Literal["own", "given"]
    agrees: bool
    texts: bool = True
    typed: bool = False


class VerifyReport(Plain, frozen=True):
    """The state of the record. `head_seq` and `head_hash` are what a witness would note, `broken` is the first line
    of the journal with which something is wrong, `raw` lists commits written past the acts, `flaws` counts attached
    files whose bytes are not as they were attached. `astray` says that this login saw another record here before."""

    ok: bool
    commits: int
    head_seq: int
    head_hash: str
    store: str = ""
    broken: Problem | None = None
    problems: tuple[Problem, ...] = ()
    witnesses: tuple[WitnessLine, ...] = ()
    raw: tuple[int, ...] = ()
    redactions: int = 0
    notices: tuple[str, ...] = ()
    flaws: int = 0
    astray: bool = False
    kind: str = ""


class BackupMade(Plain, frozen=True):
    """A backup that was written: the file, its size in bytes, and the state of the record in it. `problems` are
    attached files that are missing or changed in the record, and so in it."""

    file: str
    size: int
    head_seq: int
    head_hash: str
    problems: tuple[Problem, ...] = ()


class Further(Plain, frozen=True):
    """That a record went further than a backup of it: up to commit `seq`, as this login saw it at an instant (UTC) in
    a place, or as it lies there (`lies`), with so many `removals` since (None: not known)."""

    place: str
    seq: int
    at: dt.datetime
    lies: bool = False
    removals: int | None = None


class Restored(Plain, frozen=True):
    """The record of a backup that was restored: what the check found, the instant of its last commit (UTC), how many
    removals it holds, and where it is known to have gone further: what was removed since is in this one again."""

    report: VerifyReport
    at: dt.datetime | None = None
    removals: int = 0
    further: tuple[Further, ...] = ()


class ExportMade(Plain, frozen=True):
    """An export that was written: the folder, the state of the record in it, how many cases, people and attached
    files there are. `whole` says that nothing was left out; otherwise it is what the actor may see, and `reader`
    says as whom. `missing` are attached files whose bytes are missing or changed in the record."""

    folder: str
    head_seq: int
    head_hash: str
    cases: int
    people: int
    files: int
    whole: bool
    reader: str
    missing: tuple[str, ...] = ()


class HealthLine(Plain, frozen=True):
    """Something that the doctor looked at: in order, worth a look, or bad; `cure` says what mends it."""

    level: Literal["ok", "look", "bad"]
    what: str
    told: str
    cure: str = ""
