"""A plan that passes every check, to be copied and spoilt."""

import copy
from typing import Any

_PLAN: dict[str, Any] = {
    "category": "skill",
    "role_summary": "Sells to existing customers; reports to the sales lead.",
    "job_description": "Account executive, version 3",
    "context": "Second quarter in a row below the standard.",
    "root_cause": "Few calls, and those late in the month.",
    "days": 60,
    "schedule": {"weekday": "tue", "time": "10:00", "minutes": 30},
    "employee_view": "Agrees with the figures; asks for training.",
    "standards": [{"statement": "50 calls a day", "reference": "Scorecard", "edition": "2026"}],
    "gaps": [
        {"statement": "20 calls a day", "standard": "s1", "impact": "The team carries the rest."},
        {"statement": "CRM notes are missing", "standard": "s1", "impact": "Colleagues call twice."},
        {"statement": "Quotes go out late", "standard": "s1", "impact": "Customers buy elsewhere."},
    ],
    "evidence": [
        {
            "gap": "a1",
            "statement": "20 calls a day",
            "on": "2026-02-20",
            "source": "crm",
            "value": "20",
            "expected": "50",
        },
        {"gap": "a2", "statement": "12 visits without notes", "since": "2026-01-01", "until": "2026-02-20"},
        {"gap": "a3", "statement": "Four complaints", "on": "2026-02-13", "source": "customer_complaint"},
    ],
    "goals": [
        {
            "statement": "50 calls a day",
            "metric": "calls",
            "unit": "a day",
            "baseline": "20",
            "target": "50",
            "achievable": "Pat makes 55 with the same list.",
            "relevant": "Calls are how the role sells.",
            "due": "week 8",
            "gap": "a1",
            "standard": "s1",
            "proof": "CRM report",
        },
        {
            "statement": "Notes on every visit",
            "kind": "qualitative",
            "criterion": "a note on each of ten visits drawn by lot",
            "achievable": "A note takes two minutes.",
            "relevant": "Colleagues rely on the notes.",
            "due": "day 45",
            "gap": "a2",
            "standard": "s1",
            "proof": "sample",
        },
    ],
    "milestones": [
        {"goal": "g1", "statement": "30 calls", "first_week": 1, "week": 3, "target": "30"},
        {"goal": "g1", "statement": "40 calls", "first_week": 4, "week": 6, "target": "40"},
        {"goal": "g2", "statement": "Notes on most visits", "first_week": 7, "week": 9},
    ],
    "support": [
        {"statement": "Two days of training", "kind": "training", "provider": "Maria Lopez", "due": "week 2"}
    ],
    "thresholds": [
        {"result": "successful", "criterion": "both goals met"},
        {"result": "unsuccessful", "criterion": "neither goal met"},
    ],
    "links": [{"name": "Dashboard", "location": "https://crm.example.org/dana"}],
}


def plan(**more: Any) -> dict[str, Any]:
    """A fresh copy of the plan, with other fields where given; None leaves one out."""
    whole = copy.deepcopy(_PLAN) | more
    return {name: value for name, value in whole.items() if value is not None}
