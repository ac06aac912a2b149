"""The gate of each act: which checks it has to pass."""

from typing import Any

from piptui.cases.acts.base import Context
from piptui.cases.file import CaseFile
from piptui.checks import plan, record
from piptui.checks.base import Check, Finding

COMPLETE: tuple[Check, ...] = (
    Check("plan.sections", "block", plan.sections),
    Check("plan.length", "block", plan.length),
    Check("plan.standards", "block", plan.standards),
    Check("plan.gaps", "block", plan.gaps),
    Check("plan.evidence", "block", plan.evidence),
    Check("plan.goals", "block", plan.goals),
    Check("plan.milestones", "block", plan.milestones),
    Check("plan.support", "block", plan.support),
    Check("plan.schedule", "block", plan.schedule),
    Check("plan.thresholds", "block", plan.thresholds),
)
WORTH_A_LOOK: tuple[Check, ...] = (
    Check("plan.number_of_gaps", "warn", plan.few_gaps),
    Check("plan.no_milestones", "warn", plan.no_milestones),
    Check("plan.empty_weeks", "warn", plan.empty_weeks),
    Check("plan.old_evidence", "warn", plan.old_evidence),
    Check("plan.usual_length", "warn", plan.usual_length),
    Check("plan.smart_words", "warn", plan.smart_words),
    Check("plan.meeting_length", "warn", plan.meeting_length),
)
AS_DELIVERED: tuple[Check, ...] = tuple(
    Check(check.name, "warn", check.run) for check in (*COMPLETE, *WORTH_A_LOOK) if check.name != "plan.old_evidence"
)
"""What a plan on paper lacks cannot be mended any more: it is said, and kept."""
GATES: dict[str, tuple[Check, ...]] = {
    "submit": (*COMPLETE, *WORTH_A_LOOK, Check("case.no_surprise", "warn", record.no_surprise)),
    "approve": (*COMPLETE, Check("case.legal", "block", record.legal), *WORTH_A_LOOK),
    "issue": (
        *COMPLETE,
        Check("case.parties", "block", record.parties),
        Check("case.employee_view", "block", record.employee_view),
        Check("launch.meeting", "block", record.launch),
        Check("plan.due_dates", "block", record.due_dates),
        Check("launch.copy", "warn", record.copy_given),
        Check("case.no_surprise", "warn", record.no_surprise),
        *WORTH_A_LOOK,
    ),
    **dict.fromkeys(("reassign", "delegate", "end_delegation"), (Check("case.approvals", "warn", record.approvals),)),
    "adopt": (
        Check("adopt.text", "block", record.on_paper),
        Check("case.parties", "block", record.parties),
        Check("adopt.dates", "warn", record.paper_dates),
        Check("case.employee_view", "warn", record.employee_view),
        *AS_DELIVERED,
    ),
    "acknowledge": (Check("acknowledgement.proof", "warn", record.proof),),
    "log_check_in": (Check("check_in.slot", "warn", record.far_check_in),),
    "open_review": (Check("review.early", "warn", record.early_review),),
    "decide": (
        Check("outcome.verdicts", "block", record.verdicts),
        Check("outcome.support", "block", record.kept_support),
        Check("outcome.check_ins", "block", record.kept_check_ins),
        Check("outcome.missed", "warn", record.missed),
        Check("outcome.odd", "warn", record.odd_outcome),
    ),
}
"""Act -> its checks. An act that is not named here has no gate beyond its own rules."""


def gate(act: str, file: CaseFile, data: Any, ctx: Context) -> tuple[Finding, ...]:
    """What the checks of an act find, blocking ones first."""
    found = [
        Finding(check=check.name, severity=check.severity, where=where, text=text)
        for check in GATES.get(act, ())
        for where, text in check.run(file, data, ctx)
    ]
    return tuple(sorted(found, key=lambda one: one.severity != "block"))
