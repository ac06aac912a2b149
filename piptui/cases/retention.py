"""How long things are kept: from a rule of the policy pack and the days of a case to the day on which it may go.

Pure; what is due is listed by the desk, and removed by a person.
"""

import datetime as dt
from calendar import monthrange
from typing import NamedTuple

from piptui.cases.terms import KeepRule, Policy, Retained, RetentionRule


class Days(NamedTuple):
    """The days that periods count from, civil dates; None where there is none (yet)."""

    closed: dt.date | None
    period_end: dt.date | None
    left: dt.date | None


class Due(NamedTuple):
    """A rule as it fits a case: from which day it counts, and the first day on which what it speaks of may go."""

    rule: RetentionRule
    anchored_on: dt.date
    on: dt.date


def due(policy: Policy, result: str, what: Retained, days: Days) -> Due | None:
    """What a policy says of an ended case; None where no rule is for it, or its day has not come to count from."""
    rule = next((one for one in policy.retention if one.what == what and result in one.results), None)
    if rule is None:
        return None
    anchored = {"closed": days.closed, "period_end": days.period_end or days.closed, "left": days.left}[rule.anchor]
    return Due(rule, anchored, first_day(anchored, rule)) if anchored is not None else None


def first_day(anchored: dt.date, rule: KeepRule) -> dt.date:
    """The first day after the whole period."""
    if rule.unit == "days":
        last = anchored + dt.timedelta(days=rule.period)
    else:
        last = _months_later(anchored, rule.period * (12 if rule.unit == "years" else 1))
    return last + dt.timedelta(days=1)


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
