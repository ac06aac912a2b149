"""The stage of a case is derived from facts; no act sets it (design: stages are derived)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

import msgspec

from piptui.cases.records import Case
from piptui.cases.words import Role, Stage

if TYPE_CHECKING:
    from piptui.cases.file import CaseFile

PHASES: dict[Stage, str] = {
    "draft": "step 3 of 7: draft the plan",
    "in_review": "step 4 of 7: review",
    "approved": "step 5 of 7: meet and launch",
    "issued": "step 5 of 7: acknowledgement",
    "active": "step 6 of 7: monitor and coach",
    "final_review": "step 7 of 7: evaluate and decide",
    "closed": "closed",
}
"""The step of the process in which a case stands (S127, S128)."""


class Standing(msgspec.Struct, frozen=True):
    """The few facts that a stage follows from. `ended` is a result, "withdrawn", "discarded" or "removed"."""

    version: int = 0
    submitted: bool = False
    approved_by: frozenset[Role] = frozenset()
    answered: bool = False
    review_opened: bool = False
    ended: str = ""


def standing(file: CaseFile) -> Standing:
    """The facts of a whole case, all classes included."""
    return Standing(
        version=file.header.version,
        submitted=file.submitted(),
        approved_by=file.approved_by(),
        answered=file.answered() is not None,
        review_opened=file.header.review_opened_on is not None,
        ended=ending(file),
    )


def ending(file: CaseFile) -> str:
    """How the case ended, "" while it is open."""
    header = file.header
    if header.removed is not None:
        return "removed"
    if header.outcome is not None:
        return header.outcome.result
    if header.withdrawn is not None:
        return "withdrawn"
    return "discarded" if header.discarded is not None else ""


def ended_on(header: Case) -> dt.date | None:
    """The day on which the case ended, None while it is open."""
    if header.outcome is not None:
        return header.outcome.decided_on
    ended = header.withdrawn or header.discarded
    if header.removed is not None:
        return header.removed.at.date()
    return ended.on if ended else None


def stage_of(facts: Standing, needed: Collection[Role]) -> Stage:
    """The stage, given the approvals that the policy asks for."""
    if facts.ended:
        return "closed"
    if facts.version:
        if facts.review_opened:
            return "final_review"
        return "active" if facts.answered else "issued"
    if not facts.submitted:
        return "draft"
    return "approved" if facts.approved_by.issuperset(needed) else "in_review"
