"""The closed vocabularies of the record, with the words a person reads.

The keys are part of the file format: retired, never renamed. The texts may improve at any time.
"""

from typing import Literal, get_args

Role = Literal["employee", "manager", "second_manager", "hr", "legal"]
"""Who somebody is to a case. Audiences of packets are the same roles."""

Class = Literal["shared", "employee_own", "manager_own", "manager_hr", "hr_only", "medical", "privileged"]
"""Who may read a document: a set of roles, not a rung on a ladder."""

Category = Literal["attendance", "behaviour", "skill", "quality", "sales", "technical", "other"]
"""What kind of shortfall the plan is about (S010); the policy pack suggests a length for each."""

Source = Literal[
    "dashboard",
    "attendance_log",
    "customer_complaint",
    "quality_metric",
    "qa_score",
    "crm",
    "chat",
    "meeting_notes",
    "efficiency",
    "accuracy",
    "absenteeism",
    "appraisal",
    "work_sample",
    "expectation_communicated",
    "other",
]
"""Where evidence comes from (S043)."""

SupportKind = Literal[
    "training",
    "coaching",
    "mentorship",
    "tools",
    "shadowing",
    "sop",
    "workflow",
    "workload",
    "check_ins",
    "development",
    "other",
]
"""What kind of help the employer promises (S078)."""

Direction = Literal["higher", "lower"]
GoalKind = Literal["numeric", "qualitative"]
Cadence = Literal["weekly", "biweekly"]
Verdict = Literal["met", "partly", "not_met", "not_assessed"]
Result = Literal["successful", "partial", "unsuccessful"]
NextAction = Literal[
    "regular_management",
    "role_adjustment",
    "reassignment",
    "demotion",
    "further_discipline",
    "termination",
]
"""What follows the outcome (S111-S113)."""

WithdrawReason = Literal["resignation", "transfer", "career_step", "plan_no_longer_needed", "other"]
"""Why a case closes without a verdict (S11D)."""

MissCause = Literal["employee_absent", "manager_missed", "agreed_move", "public_holiday", "other"]
Proof = Literal["present", "paper", "email", "scan"]
"""How somebody else's act reached the one who typed it."""

FileKind = Literal["letter", "signature", "evidence", "certificate", "job_description", "other"]
"""What an attached file is."""

Anchor = Literal["closed", "period_end", "left"]
"""From which day a period of retention counts."""

Stage = Literal["draft", "in_review", "approved", "issued", "active", "final_review", "closed"]

WORDS: dict[str, str] = {
    "manager_hr": "manager and HR",
    "employee_own": "employee's own",
    "manager_own": "manager's own",
    "hr_only": "HR only",
    "second_manager": "second manager",
    "hr": "HR",
    "legal": "legal reviewer",
    "sign_off": "signing",
    "in_review": "in review",
    "final_review": "final review",
    "not_met": "not met",
    "partly": "partly met",
    "not_assessed": "not assessed",
    "skill": "moderate skill gap",
    "sales": "complex sales underperformance",
    "technical": "major technical deficiency",
    "behaviour": "minor behaviour",
    "regular_management": "back to regular performance management",
    "role_adjustment": "adjust the role",
    "further_discipline": "further disciplinary action",
    "career_step": "another career step",
    "plan_no_longer_needed": "plan no longer needed",
    "employee_absent": "the employee was absent",
    "manager_missed": "the manager missed it",
    "agreed_move": "moved by agreement",
    "public_holiday": "public holiday",
    "customer_complaint": "customer complaint",
    "attendance_log": "attendance log",
    "quality_metric": "quality metric",
    "qa_score": "QA score",
    "crm": "CRM export",
    "chat": "chat history",
    "meeting_notes": "meeting notes",
    "absenteeism": "absenteeism rate",
    "work_sample": "work sample",
    "expectation_communicated": "expectation communicated",
    "sop": "updated SOP",
    "workflow": "clearer workflow",
    "workload": "adjusted workload",
    "check_ins": "regular check-ins",
    "email": "e-mail",
    "signature": "scan of a signature",
    "medical": "medical",
    "closed": "closed",
    "period_end": "end of the plan's period",
    "left": "last day of employment",
}


def words(key: str) -> str:
    """The words a person reads for a key of the vocabularies; the key itself where it is plain English."""
    return WORDS.get(key, key.replace("_", " "))


ROLES: tuple[Role, ...] = get_args(Role)
CLASSES: tuple[Class, ...] = get_args(Class)
STAGES: tuple[Stage, ...] = get_args(Stage)

SEES: dict[Role, frozenset[Class]] = {
    "employee": frozenset({"shared", "employee_own"}),
    "manager": frozenset({"shared", "manager_own", "manager_hr"}),
    "second_manager": frozenset({"shared", "manager_hr"}),
    "hr": frozenset({"shared", "manager_hr", "hr_only", "medical", "privileged"}),
    "legal": frozenset({"shared", "manager_hr", "hr_only", "privileged"}),
}
"""The visibility table: the one place that says which role reads which class."""

EVERYTHING: frozenset[Class] = frozenset(CLASSES)
"""What the owner of a personal store reads while no role is chosen."""


CONFIDENTIAL: frozenset[Class] = frozenset({"hr_only", "medical", "privileged"})
"""What a store must not hold whose files every member can read."""


def readers(cls: Class) -> str:
    """Who can read a class, as words to show beside a field: "manager, second manager, HR, legal reviewer"."""
    return ", ".join(words(role) for role in ROLES if cls in SEES[role])
