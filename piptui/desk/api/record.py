"""The record: history, versions, packets, and whether it is whole."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal

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
    """Something `verify` found: where and what it means."""

    seq: int
    place: str
    what: str


class VerifyReport(Plain, frozen=True):
    """The state of the record. `head` is what a witness would note: seq and hash."""

    ok: bool
    commits: int
    head_seq: int
    head_hash: str
    problems: tuple[Problem, ...] = ()
    raw: tuple[int, ...] = ()
    redactions: int = 0
    notices: tuple[str, ...] = ()


def unnamed(flaw: Any) -> Problem:
    """What is wrong with an attached file, to those who may not know which one it is."""
    return Problem(seq=0, place="attached files", what=f"the bytes of a file {flaw.what}")


def report_of(found: Any, *notices: str, tell: Callable[[Any], Problem] = unnamed) -> VerifyReport:
    """The report of a store, as plain data; one that came with `Corrupt`, too. `tell` names an attached file."""
    torn = [f"set aside: {name}" for name in found.torn]
    cut = sum(name.endswith(".new") for name in found.loose)
    if cut:
        what = (
            "an attach is under way, or was cut off" if cut == 1 else f"{cut} attaches are under way, or were cut off"
        )
        torn.append(f"files/: {what}; what that leaves is harmless, and the next attach removes it")
    others = [name for name in found.loose if not name.endswith(".new") and f"{name}.new" not in found.loose]
    if others:
        names = ", ".join(others[:4]) + (" …" if len(others) > 4 else "")
        torn.append(f"files/: no document names {names}; that is harmless, and may be moved away")
    return VerifyReport(
        ok=found.ok,
        commits=found.commits,
        head_seq=found.head_seq,
        head_hash=found.head_hash,
        problems=tuple(
            Problem(seq=one.seq, place=f"segment {one.segment}, line {one.line}", what=one.what)
            for one in found.problems
        )
        + tuple(tell(flaw) for flaw in found.flaws),
        raw=tuple(found.raw),
        redactions=found.redactions,
        notices=tuple(part for part in (*notices, *torn) if part),
    )


class BackupMade(Plain, frozen=True):
    """A backup that was written: the file, its size in bytes, and the state of the record in it."""

    file: str
    size: int
    head_seq: int
    head_hash: str


class HealthLine(Plain, frozen=True):
    """Something that the doctor looked at: in order, worth a look, or bad; `cure` says what mends it."""

    level: Literal["ok", "look", "bad"]
    what: str
    told: str
    cure: str = ""
