"""Checks on the plan text: what has to be filled before it can be reviewed and issued (S045-S05C, S070-S078)."""

from collections.abc import Iterator
from typing import Any

from piptui.cases.acts.base import Context
from piptui.cases.file import CaseFile
from piptui.cases.plan import Goal, PlanText, When
from piptui.cases.words import words
from piptui.checks.base import Place


def text_of(file: CaseFile) -> PlanText:
    """The text under review, else the one in force."""
    working = file.working
    return working.record.text if working else file.text or PlanText()


def sections(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """The sections that a reader needs (S050-S059)."""
    text = text_of(file)
    wanted = {
        "job_description": "Name the job description that the plan rests on.",
        "context": "Say what the performance history of the last months is.",
        "root_cause": "Say what causes the gap, as far as is known.",
        "consequences": "Say what may follow if the goals are not met.",
    }
    for name, cure in wanted.items():
        if not getattr(text, name).strip():
            yield name, cure
    if text.category is None:
        yield "category", "Choose the kind of shortfall: it suggests the length of the plan."
    if not text.days:
        yield "days", "Say how many days the plan lasts: 30, 60, 90 or your own number."


def length(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """A length other than the suggested one needs a reason (S062)."""
    text = text_of(file)
    if not text.days or text.category is None or text.days_reason.strip():
        return
    suggested = ctx.policy.period.suggested.get(text.category)
    if suggested is not None and text.days != suggested:
        kind = words(text.category)
        yield "days_reason", f"{suggested} days are usual for {kind}; this plan takes {text.days}. Say why."


def standards(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Expectations with their reference (S051, S052)."""
    text = text_of(file)
    if not text.standards.items:
        yield "standards", "Add the standard that the role has to meet, with the policy or scorecard that says so."
    for key, standard in text.standards.listed():
        if not standard.statement.strip():
            yield f"standards.{key}.statement", f"{key}: say what is expected."
        if not standard.reference.strip():
            yield f"standards.{key}.reference", f"{key}: name the policy, SLA or scorecard that says so."


def gaps(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Each gap falls short of a named standard and rests on evidence (S048, S049, S053)."""
    text = text_of(file)
    if not text.gaps.items:
        yield "gaps", "Add what falls short: at least one gap."
    proven = {evidence.gap for evidence in text.evidence.items.values()}
    for key, gap in text.gaps.listed():
        if not gap.statement.strip():
            yield f"gaps.{key}.statement", f"{key}: say what was observed, in facts and figures."
        if gap.standard not in text.standards.items:
            yield f"gaps.{key}.standard", f"{key}: which standard does it fall short of?"
        if not gap.impact.strip():
            yield f"gaps.{key}.impact", f"{key}: say what it means for the team or the customers."
        if key not in proven:
            yield f"gaps.{key}.evidence", f"{key}: add evidence for it, with date and source."


def evidence(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Evidence is dated, sourced and belongs to a gap (S040)."""
    for key, item in text_of(file).evidence.listed():
        if not item.statement.strip():
            yield f"evidence.{key}.statement", f"{key}: say what happened or what was measured."
        if item.gap not in text_of(file).gaps.items:
            yield f"evidence.{key}.gap", f"{key}: which gap does it support?"
        if item.on is None and item.since is None and item.until is None:
            yield f"evidence.{key}.on", f"{key}: give its day, or the period it covers."
        if item.since and item.until and item.until < item.since:
            yield f"evidence.{key}.until", f"{key}: the period ends before it begins."
        last = item.until or item.on or item.since
        if last is not None and last > ctx.today:
            yield f"evidence.{key}.on", f"{key}: it lies ahead. Evidence tells of what has happened."


def goals(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Each goal is SMART, field by field, and linked (S070-S072, S077)."""
    text = text_of(file)
    if not text.goals.items:
        yield "goals", "Add at least one goal."
    for key, goal in text.goals.listed():
        for name, cure in _goal(goal):
            yield f"goals.{key}.{name}", f"{key}: {cure}"
        if goal.gap not in text.gaps.items:
            yield f"goals.{key}.gap", f"{key}: which gap does it close?"
        if goal.standard not in text.standards.items:
            yield f"goals.{key}.standard", f"{key}: which standard does it serve?"
        if problem := _beyond(goal.due, text.days):
            yield f"goals.{key}.due", f"{key}: {problem}"


def _goal(goal: Goal) -> Iterator[Place]:
    if not goal.statement.strip():
        yield "statement", "say what is to be reached."
    if goal.kind == "qualitative":
        if not goal.criterion.strip():
            yield "criterion", "say how one will see that it is met."
    else:
        if not goal.metric.strip():
            yield "metric", "say what is counted."
        if goal.target is None:
            yield "target", "give the value to be reached."
        if goal.baseline is None:
            yield "baseline", "give the value it starts from."
        elif goal.target is not None and _backwards(goal):
            yield "direction", f"{goal.baseline} to {goal.target} is not {goal.direction}: mend one of the three."
    if goal.due is None:
        yield "due", "say by when."
    if not goal.proof.strip():
        yield "proof", "say what will show it."


def _backwards(goal: Goal) -> bool:
    if goal.baseline is None or goal.target is None:
        return False
    return goal.target < goal.baseline if goal.direction == "higher" else goal.target > goal.baseline


def _beyond(due: When | None, days: int | None) -> str:
    if due is None or not days:
        return ""
    weeks = -(-days // 7)
    if due.week is not None and due.week > weeks:
        return f"week {due.week} lies beyond the {days} days of the plan."
    if due.day is not None and due.day > days:
        return f"day {due.day} lies beyond the {days} days of the plan."
    return ""


def milestones(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Milestones belong to a goal and lie within the period (S063)."""
    text = text_of(file)
    for key, step in text.milestones.listed():
        if step.goal not in text.goals.items:
            yield f"milestones.{key}.goal", f"{key}: which goal does it lead to?"
        if step.week is None and step.on is None:
            yield f"milestones.{key}.week", f"{key}: by which week is it due?"
        if step.first_week and step.week and step.first_week > step.week:
            yield f"milestones.{key}.first_week", f"{key}: the range ends before it begins."
        if step.week and (problem := _beyond(When(week=step.week), text.days)):
            yield f"milestones.{key}.week", f"{key}: {problem}"


def support(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """The employer promises something, and says who gives it (S006, S056)."""
    text = text_of(file)
    if not text.support.items:
        yield "support", "Add what the employer will do to help: training, coaching, tools."
    for key, item in text.support.listed():
        if not item.statement.strip():
            yield f"support.{key}.statement", f"{key}: say what is given, and how much of it."
        if not item.provider.strip():
            yield f"support.{key}.provider", f"{key}: say who gives it, by name."
        if problem := _beyond(item.due, text.days):
            yield f"support.{key}.due", f"{key}: {problem}"


def schedule(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """The recurring check-in has a weekday (S058, S100)."""
    if text_of(file).schedule.weekday is None:
        yield "schedule.weekday", "Choose the day of the week for the check-ins."


def thresholds(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """The plan says beforehand what a result will mean (S114)."""
    text = text_of(file)
    if not text.thresholds.items:
        yield "thresholds", "Say what has to be reached for which result."
    for key, item in text.thresholds.listed():
        if not item.criterion.strip():
            yield f"thresholds.{key}.criterion", f"{key}: say what has to be reached."


def few_gaps(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Three to five gaps read best (S044)."""
    count = len(text_of(file).gaps.items)
    low, high = ctx.policy.plan.fewest_gaps, ctx.policy.plan.most_gaps
    if count and not low <= count <= high:
        told = f"{count} gap{'s' if count > 1 else ''}"
        yield "gaps", f"{told}; {low} to {high} are usual. More dilute a plan, fewer may belong to one talk."


def empty_weeks(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Each check-in has something to review (S075)."""
    text = text_of(file)
    if not text.days or not text.milestones.items:
        return
    covered: set[int] = set()
    for step in text.milestones.items.values():
        if step.week:
            covered.update(range(step.first_week or step.week, step.week + 1))
    missing = [str(week) for week in range(1, -(-text.days // 7) + 1) if week not in covered]
    if missing:
        yield "milestones", f"No milestone in week {', '.join(missing)}: what will the check-in review?"


def no_milestones(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """A plan without milestones has nothing to review until its end (S075)."""
    if not text_of(file).milestones.items:
        yield "milestones", "No milestones yet: weekly steps give each check-in something to review."


def old_evidence(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Evidence older than the policy's window (S041), or than the history of performance (S042)."""
    limit, history = ctx.policy.plan.evidence_days, ctx.policy.plan.history_days
    for key, item in text_of(file).evidence.listed():
        last = item.until or item.on or item.since
        if last is not None and (ctx.today - last).days > history:
            yield f"evidence.{key}.on", f"{key} is older than {history} days: history reaches no further back."
        elif last is not None and (ctx.today - last).days > limit:
            yield f"evidence.{key}.on", f"{key} is older than {limit} days: say why it still counts, or leave it out."


def meeting_length(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Check-ins of 30 to 45 minutes (S102)."""
    minutes, terms = text_of(file).schedule.minutes, ctx.policy.check_ins
    if minutes is not None and not terms.shortest <= minutes <= terms.longest:
        usual = f"{terms.shortest} to {terms.longest}"
        yield "schedule.minutes", f"{minutes} minutes; {usual} are usual for a check-in."


def usual_length(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """30, 60 or 90 days are usual (S060)."""
    days, usual = text_of(file).days, ctx.policy.period.usual_days
    if days and days not in usual:
        yield "days", f"{days} days; {', '.join(str(one) for one in usual)} are usual."


def smart_words(file: CaseFile, data: Any, ctx: Context) -> Iterator[Place]:
    """Achievable and relevant are said, not assumed (S070)."""
    for key, goal in text_of(file).goals.listed():
        if not goal.achievable.strip():
            yield f"goals.{key}.achievable", f"{key}: say why it can be reached."
        if not goal.relevant.strip():
            yield f"goals.{key}.relevant", f"{key}: say why it matters to the role."
