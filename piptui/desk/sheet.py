"""From the visible part of a case to the sheet that screens, packets and `show` read."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Literal, get_origin

from piptui.cases.entries import (
    Acknowledgement,
    Approval,
    EntryBase,
    GoalVerdict,
    Override,
    Refusal,
    Return,
    Submission,
    kind_of,
)
from piptui.cases.file import CaseFile, Held
from piptui.cases.plan import Milestone
from piptui.cases.progress import Progress, goal_progress, goal_state, reached, should_be, slot_state
from piptui.cases.records import CheckIn, Correction, FileRecord, Strike
from piptui.cases.stages import PHASES
from piptui.cases.typed import bare_type, field_types
from piptui.cases.words import Stage, words
from piptui.dates import week_of
from piptui.desk import api
from piptui.desk.past import shown, told_removal

Names = Callable[[str], str]
"""Person id -> the name to show."""

PLAIN = frozenset({*EntryBase.__struct_fields__, "ref", "header", "round"})
"""Fields of entries that are shown in places of their own."""


def sheet(
    file: CaseFile,
    line: api.CaseLine,
    stage: Stage,
    today: dt.date,
    names: Names,
    earlier: tuple[api.EarlierCase, ...] = (),
    file_limit: int = 0,
    holds: tuple[api.HoldLine, ...] = (),
) -> api.CaseSheet:
    """Everything of one case, derived parts included. `file` holds only what the actor may see, as `earlier` does.
    Where a text was removed from the plan or the header, that is said in its place: a blank would be a false word."""
    file = _marked(file)
    working = file.working
    progress = goal_progress(file)
    gone = file.header.removed is not None
    belonging = _belonging(file)
    return api.CaseSheet(
        line=line,
        header=file.header,
        stage=stage,
        phase=PHASES[stage],
        names={} if gone else _names(file, names),
        draft=working.record.text if working else None,
        draft_version=working.record.version if working else None,
        draft_state=_draft_state(file, stage),
        legal_review=working.record.legal_review if working else False,
        plan=file.plan.record if file.plan else None,
        plan_state=_plan_state(file),
        goals=tuple(_goal(file, one, today) for one in progress),
        milestones=_milestones(file, progress, today),
        slots=_slots(file, today),
        support=_support(file, today),
        actions=_actions(file, today),
        check_ins=tuple(
            api.CheckInLine(
                id=held.id,
                record=held.record,
                who=names(held.record.by),
                recorded_at=held.created_at,
                seq=held.seq,
                files=belonging.get(held.id, ()),
                removed=told_removal(held.record, names),
            )
            for held in sorted(file.check_ins, key=lambda one: (_day(one.record), one.created_at))
        ),
        # Of a case that was removed whole the history alone tells what there was.
        entries=()
        if gone
        else tuple(entry_line(one, names, belonging.get(one.id, ())) for one in _by_day(file.entries)),
        files=() if gone else tuple(file_line(file, held, names) for held in file.files),
        file_limit=file_limit,
        suggestion=_suggestion(progress),
        earlier=earlier,
        holds=holds,
        removed=told_removal(file.header, names) if gone else "",
        plan_removed=told_removal(file.plan.record, names) if file.plan else "",
        header_removed="" if gone else told_removal(file.header, names),
        revision=file.revision,
    )


def _marked(file: CaseFile) -> CaseFile:
    return replace(
        file,
        case=replace(file.case, record=shown(file.header)),
        plans=tuple(replace(held, record=shown(held.record)) for held in file.plans),
    )


def _names(file: CaseFile, names: Names) -> dict[str, str]:
    """The names behind every id that these documents show."""
    found = {party.person: party.name for party in file.header.parties}
    for _, held in file.documents():
        record = held.record
        if isinstance(record, CheckIn | EntryBase | FileRecord):
            said = [record.by, record.on_behalf, *(one.by for one in record.corrections)]
            said.append(record.struck.by if record.struck else None)
            found |= {one: names(one) for one in said if one and one not in found}
    return found


def _day(record: CheckIn) -> dt.date:
    return record.occurred_on or record.planned or dt.date.min


def _by_day(entries: tuple[Held[EntryBase], ...]) -> list[Held[EntryBase]]:
    return sorted(entries, key=lambda one: (one.record.occurred_on, one.created_at, one.id))


def _belonging(file: CaseFile) -> dict[str, tuple[str, ...]]:
    """The files that belong to an entry or a check-in, by its id, without struck ones."""
    found: dict[str, tuple[str, ...]] = {}
    for held in file.files:
        if held.record.entry and held.record.struck is None:
            found[held.record.entry] = (*found.get(held.record.entry, ()), held.record.name)
    return found


def entry_line(held: Held[EntryBase], names: Names, files: tuple[str, ...] = ()) -> api.EntryLine:
    """An entry with its labelled details, earlier texts, strike, and the names of the files that belong to it."""
    record = held.record
    details = [
        (words(name), _told(name, kind, getattr(record, name)))
        for name, kind in field_types(type(record)).items()
        if name not in PLAIN and getattr(record, name) not in (None, "", ())
    ]
    if isinstance(record, Submission | Return | Approval):
        details.append(("text", f"draft as of commit {record.ref.seq}, {record.ref.digest[:16]}"))
    elif isinstance(record, Acknowledgement | Refusal):
        plan = f"plan as of commit {record.ref.seq}, {record.ref.digest[:16]}" if record.ref.digest else "the paper"
        details.append(("text", plan))
    if record.on_behalf:
        details.append(("recorded for", names(record.on_behalf)))
    if record.proof:
        details.append(("proof", words(record.proof)))
    if record.noted_at:
        details.append(("noted", f"in the notebook on {record.noted_at:%Y-%m-%d}"))
    if files:
        details.append(("attached", "; ".join(files)))
    return api.EntryLine(
        id=held.id,
        kind=kind_of(record),
        cls=record.cls,
        occurred_on=record.occurred_on,
        recorded_at=held.created_at,
        who=names(record.by),
        role=record.role,
        text=record.text,
        details=tuple(details),
        late=record.late,
        taken_over=record.taken_over,
        was=earlier_texts(record.corrections, names),
        struck=told_strike(record.struck, names),
        seq=held.seq,
        removed=told_removal(record, names),
    )


def earlier_texts(corrections: tuple[Correction, ...], names: Names) -> tuple[str, ...]:
    """Earlier texts behind corrections, with who, when and why."""
    return tuple(
        f"{one.field} was: {one.was} (corrected {one.at:%Y-%m-%d} by {names(one.by)}: {one.reason})"
        if one.reason
        else f"{one.field} was: (removed) (corrected {one.at:%Y-%m-%d} by {names(one.by)})"
        for one in corrections
    )


def told_strike(strike: Strike | None, names: Names) -> str:
    """Why something was struck, by whom and when; empty where it was not."""
    return f"{strike.reason or '(removed)'} ({names(strike.by)}, {strike.at:%Y-%m-%d})" if strike else ""


def file_line(file: CaseFile, held: Held[FileRecord], names: Names) -> api.FileLine:
    """A file with its labelled details. What it belongs to is told only if `file`, which the reader sees, has it."""
    record = held.record
    belongs = {one.id: f"check-in {one.record.slot}" for one in file.check_ins}
    belongs |= {one.id: f"{words(kind_of(one.record))} of {one.record.occurred_on}" for one in file.entries}
    details = [("belongs to", belongs[record.entry])] if record.entry in belongs else []
    if record.on_behalf:
        details.append(("attached for", names(record.on_behalf)))
    if record.proof:
        details.append(("proof", words(record.proof)))
    return api.FileLine(
        id=held.id,
        name=record.name,
        kind=record.kind,
        cls=record.cls,
        size=record.size,
        media=record.media,
        digest=record.digest,
        recorded_at=held.created_at,
        who=names(record.by),
        role=record.role,
        occurred_on=record.occurred_on,
        note=record.note,
        entry=record.entry if record.entry in belongs else "",
        details=tuple(details),
        late=record.late,
        was=earlier_texts(record.corrections, names),
        struck=told_strike(record.struck, names),
        seq=held.seq,
        removed=told_removal(record, names),
    )


KEYS = frozenset({"result", "next_action", "cause", "act"})
"""Fields of plain text that hold a key of the vocabularies."""


def _told(name: str, kind: object, value: object) -> str:
    """A detail as a person reads it: keys of the vocabularies in words, what somebody typed as it was typed."""
    if isinstance(value, str) and name not in KEYS and get_origin(bare_type(kind)) is not Literal:
        return value
    return _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{key} {_shown(one)}" for key, one in value.items())
    if isinstance(value, GoalVerdict):
        parts = (words(value.verdict), number(value.value), value.shown_by, value.text)
        return ", ".join(part for part in parts if part)
    if isinstance(value, tuple):
        return "; ".join(one.finding if isinstance(one, Override) else str(one) for one in value)
    return words(value) if isinstance(value, str) else str(value)


def _draft_state(file: CaseFile, stage: Stage) -> str:
    if file.working is None:
        return ""
    rounds = file.rounds()
    if stage == "draft" and rounds:
        return "returned"
    return words(stage) if stage in ("in_review", "approved") else "draft"


def _plan_state(file: CaseFile) -> str:
    if file.plan is None:
        return ""
    answer = file.answered()
    if answer is None:
        return "issued"
    return "acknowledged" if kind_of(answer.record) == "acknowledgement" else "refused"


def _goal(file: CaseFile, one: Progress, today: dt.date) -> api.GoalLine:
    plan = file.plan
    assert plan is not None  # noqa: S101  progress exists only for an issued plan
    goal, text = one.goal, plan.record.text
    notes = [value.note for _, value in one.values if value.note]
    return api.GoalLine(
        id=one.id,
        statement=goal.statement,
        kind=goal.kind,
        metric=goal.metric,
        unit=goal.unit,
        criterion=goal.criterion,
        direction=goal.direction,
        baseline=goal.baseline,
        target=goal.target,
        due=one.due,
        proof=goal.proof,
        values=tuple(
            api.GoalValueLine(slot=record.slot, on=record.occurred_on, value=value.value, note=value.note)
            for record, value in one.values
        ),
        last=one.last,
        last_note=notes[-1] if notes else "",
        should_be=should_be(text, one.id, plan.record.start, today),
        state=goal_state(text, one, plan.record.start, today),
        verdict=one.verdict.verdict if one.verdict else "",
        verdict_value=one.verdict.value if one.verdict else None,
        verdict_text=one.verdict.text if one.verdict else "",
        shown_by=one.verdict.shown_by if one.verdict else "",
    )


def _milestones(file: CaseFile, progress: tuple[Progress, ...], today: dt.date) -> tuple[api.MilestoneLine, ...]:
    if file.text is None:
        return ()
    by_goal = {one.id: one for one in progress}
    return tuple(
        api.MilestoneLine(
            id=key,
            goal=step.goal,
            statement=step.statement,
            week=step.week,
            on=step.on,
            target=step.target,
            reached=_reached(step, by_goal.get(step.goal), today),
        )
        for key, step in file.text.milestones.listed()
    )


def _reached(step: Milestone, one: Progress | None, today: dt.date) -> bool | None:
    if one is None or step.target is None or step.on is None:
        return None
    in_time = [value.value for record, value in one.values if record.occurred_on and record.occurred_on <= step.on]
    if any(reached(one.goal, value, step.target) for value in in_time):
        return True
    return False if step.on < today and any(value is not None for value in in_time) else None


def _slots(file: CaseFile, today: dt.date) -> tuple[api.SlotLine, ...]:
    if file.plan is None:
        return ()
    plan, logged = file.plan.record, file.logged()
    found = []
    for slot in plan.slots:
        held = logged.get(slot.id)
        state = slot_state(held.record if held else None, slot.on, today)
        if slot.kind == "final_review" and file.header.review_opened_on:
            state = "held"
        found.append(
            api.SlotLine(
                id=slot.id,
                week=week_of(plan.start, slot.on),
                on=slot.on,
                at=slot.at,
                kind=slot.kind,
                state=state,
                checkin=held.id if held else "",
            )
        )
    planned = {slot.id for slot in plan.slots}
    extra = [
        api.SlotLine(
            id=key,
            week=week_of(plan.start, day) if (day := held.record.occurred_on) else 0,
            on=held.record.occurred_on,
            kind="extra",
            state="held",
            checkin=held.id,
        )
        for key, held in logged.items()
        if key not in planned
    ]
    return tuple(sorted((*found, *extra), key=lambda line: (line.on or dt.date.max, line.kind == "final_review")))


def _support(file: CaseFile, today: dt.date) -> tuple[api.SupportLine, ...]:
    if file.plan is None:
        return ()
    given = file.deliveries()
    found = []
    for key, item in file.plan.record.text.support.listed():
        held = given.get(key, [])
        whole = next((one.record for one in held if one.record.complete), None)
        last = whole or (held[-1].record if held else None)
        due = item.due.on if item.due else None
        late = due is not None and due < today
        state = "given" if whole else "partly" if last else "late" if late else "open"
        found.append(
            api.SupportLine(
                id=key,
                statement=item.statement,
                kind=item.kind,
                provider=item.provider,
                due=due,
                state=state,  # type: ignore[arg-type]  # mypy joins the conditional's literals to str
                given_on=last.occurred_on if last else None,
                shown_by=last.shown_by if last else "",
            )
        )
    return tuple(found)


def _actions(file: CaseFile, today: dt.date) -> tuple[api.ActionLine, ...]:
    still = file.open_actions()
    held = [one.record for one in file.check_ins if one.record.held and one.record.struck is None]
    return tuple(
        api.ActionLine(
            ref=f"{record.slot}/{number}",
            who=action.who,
            text=action.text,
            due=action.due,
            open=f"{record.slot}/{number}" in still,
            late=f"{record.slot}/{number}" in still and action.due is not None and action.due < today,
        )
        for record in sorted(held, key=_day)
        for number, action in record.actions.items()
    )


def _suggestion(progress: tuple[Progress, ...]) -> str:
    given = [one.verdict.verdict for one in progress if one.verdict]
    if not given:
        return ""
    counts = [f"{given.count(kind)} {words(kind)}" for kind in ("met", "partly", "not_met", "not_assessed")]
    told = ", ".join(one for one in counts if not one.startswith("0 "))
    return f"Of {len(progress)} goal{'s' if len(progress) > 1 else ''}: {told}."


def number(value: Decimal | None) -> str:
    """A number to read, without an exponent; "" for none."""
    return "" if value is None else f"{value:f}"
