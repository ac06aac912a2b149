"""From the documents of a case to its row of facts: done once per commit, by class and without today."""

from typing import Any

import msgspec

from piptui.cases.file import CaseFile
from piptui.cases.progress import goal_progress
from piptui.cases.stages import ended_on, ending, standing
from piptui.cases.words import CLASSES, words
from piptui.dates import in_zone
from piptui.desk.reading import Found, case_file
from piptui.desk.rows import ActionFact, GoalFact, SharedFacts, SlotFact, SupportFact, WorkingFacts
from piptui.errors import PiptuiError


def folded(documents: list[Found]) -> dict[str, dict[str, Any]]:
    """The row of a case: class -> its facts as plain data, each read from documents of that class alone."""
    key = documents[0][1]
    try:
        file = case_file(key, documents)
    except (PiptuiError, IndexError):
        return {"unreadable": {"case": key}}
    row: dict[str, dict[str, Any]] = {}
    for cls in CLASSES:
        part = file.visible_to(frozenset({cls}))
        seqs = [held.seq for _, held in part.documents() if held.record.cls == cls]
        if seqs:
            row[cls] = {"revision": max(seqs)}
    row["shared"]["facts"] = msgspec.to_builtins(_shared(file.visible_to(frozenset({"shared"}))))
    if "manager_hr" in row:
        # The draft's state follows from documents of this class and shared ones; who reads it reads both.
        part = file.visible_to(frozenset({"shared", "manager_hr"}))
        row["manager_hr"]["facts"] = msgspec.to_builtins(_working(part))
    return row


def _shared(file: CaseFile) -> SharedFacts:
    header, text = file.header, file.plan.record.text if file.plan else None
    logged, given = file.logged(), file.deliveries()
    slots = file.plan.record.slots if file.plan else ()
    progress = goal_progress(file) if text else ()
    return SharedFacts(
        number=header.number,
        of=header.of,
        zone=header.zone,
        policy=header.policy,
        opened_on=header.opened_on,
        parties=header.parties,
        version=header.version,
        start=header.start,
        end=header.end,
        delivered_on=header.delivered_on,
        review_opened_on=header.review_opened_on,
        ended=ending(file),
        ended_on=ended_on(header),
        answered=standing(file).answered,
        about=_about(file),
        goals=tuple(GoalFact(one.id, one.due, one.met) for one in progress),
        open_slots=tuple(
            SlotFact(slot.id, slot.on, slot.at, slot.kind)
            for slot in slots
            if slot.id not in logged and not (slot.kind == "final_review" and header.review_opened_on)
        ),
        open_support=tuple(
            SupportFact(key, item.due.on, item.statement)
            for key, item in (text.support.listed() if text else ())
            if item.due and item.due.on and not any(one.record.complete for one in given.get(key, []))
        ),
        open_actions=tuple(
            ActionFact(ref, action.who, action.text, action.due)
            for ref, (record, number) in file.open_actions().items()
            if record.version == header.version and (action := record.actions[number]).due
        ),
        slot_zone=text.schedule.zone if text else "",
    )


def _working(file: CaseFile) -> WorkingFacts:
    draft = file.working
    if draft is None:
        goals = set(file.plan.record.text.goals.items) if file.plan else set()
        return WorkingFacts(unassessed=len(goals - set(file.assessments())))
    rounds = file.rounds()
    return WorkingFacts(
        version=draft.record.version,
        days=draft.record.text.days,
        goals=len(draft.record.text.goals.items),
        about=_about(file),
        submitted=file.submitted(),
        submitted_on=rounds[-1].record.occurred_on if rounds else None,
        approved_by=tuple(sorted(file.approved_by())),
        returned=bool(rounds) and not file.submitted(),
        legal_review=draft.record.legal_review,
        changed_on=in_zone(draft.changed_at, file.header.zone).date(),
    )


def _about(file: CaseFile) -> str:
    text = file.text
    if text is None:
        return ""
    metric = next((goal.metric for _, goal in text.goals.listed() if goal.metric), "")
    return metric or (words(text.category) if text.category else "")
