"""Entries are corrected in the open: `correct` keeps the old text behind the new one, `strike` crosses out."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, get_origin

import msgspec

from piptui.cases.acts.base import Act, Change, Context, Input, Written, before_adoption, late
from piptui.cases.acts.launching import check_witness
from piptui.cases.acts.running import OWN_WORDS, TEXTS, first_day
from piptui.cases.attached import clean_name, media_of
from piptui.cases.entries import (
    Acknowledgement,
    Assessment,
    Decision,
    Delivery,
    EntryBase,
    EvidenceEntry,
    Launch,
    Refusal,
    ReviewOpened,
    Withdrawal,
    kind_of,
)
from piptui.cases.file import CaseFile, Held
from piptui.cases.plan import about
from piptui.cases.records import ActionItem, Case, CheckIn, Correction, FileRecord, GoalValue, Strike
from piptui.cases.typed import Reading, bare_type, build, field_types, value
from piptui.cases.words import STAGES, Role, words
from piptui.dates import in_zone
from piptui.errors import BadInput, NotFound, Refused

FIXED = frozenset(
    {
        *("schema", "of", "cls", "by", "role", "version", "on_behalf", "late", "goal", "support", "act", "round"),
        *("taken_over", "noted_as", "noted_at", "removed"),
        *("result", "next_action", "cause"),
        *("part", "name", "since", "until", "instead_of", "stands_in_for"),
    }
)
"""What an entry is about, and what a stage or the outcome rests on: another entry says otherwise, no correction."""
STANDING = frozenset(
    {"decision", "withdrawal", "launch", "review_opened", "submission", "return", "findings", "handover"}
)
"""Kinds that a stage or the header rests on: they can be corrected, not struck."""


TAKEN = (CheckIn, Acknowledgement, Refusal, Delivery)
"""What is taken over with a plan from paper, where it tells of a day before that."""

REVIEWS = frozenset({"submission", "return", "approval", "findings"})
"""Kinds that say what one person did in a review: nobody else mends them."""


Mended = CheckIn | EntryBase | FileRecord
"""What can be corrected and struck."""

AnyHeld = Held[CheckIn] | Held[EntryBase] | Held[FileRecord]

FILE_PARTS = ("note", "name", "kind", "occurred_on")
"""What can be corrected of a file: what is said of it, never its bytes."""


class Correct(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put right what an entry, a check-in or a file says; what it said before stays readable."""

    entry: Annotated[str, about("the id of an entry or a file, or its beginning; or a check-in such as w3")]
    value: Annotated[str, about("what it should say")]
    reason: Annotated[str, about("why it is corrected")]
    field: Annotated[str, about("which part: text, occurred_on, helped, values.g1 …")] = ""


class StrikeOut(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cross out an entry, a check-in or a file; it stays readable."""

    entry: Annotated[str, about("the id of an entry or a file, or its beginning; or a check-in such as w3")]
    reason: Annotated[str, about("why it does not count")]


def correct(file: CaseFile, data: Correct, ctx: Context) -> Written:
    """Write the new text and keep the old one behind it, with who, when and why."""
    table, held = find_entry(file, data.entry)
    record = held.record
    _may_mend(file, record, ctx)
    held_one = isinstance(record, CheckIn) and record.held
    name = data.field or ("" if held_one else "text" if table == "entries" else "note")
    if not name:
        raise BadInput(f"field is missing: say which part of the check-in: {', '.join(_correctable(file, record))}.")
    changed, before = _changed(file, record, name, data.value, ctx)
    if changed == record:
        raise BadInput(f"{name} says that already: nothing to correct.")
    if name == "occurred_on":
        changed = _dated(file, held, changed, ctx)
    if isinstance(changed, Launch):
        _copied(changed, ctx)
    if isinstance(changed, Refusal) and name == "witness":
        check_witness(file, changed.witness, "" if record.by != ctx.actor else ctx.name)
    behind = Correction(field=name, was=before, at=ctx.now, by=ctx.actor, reason=data.reason)
    changed = msgspec.structs.replace(changed, corrections=(*record.corrections, behind))
    sentence = f"{ctx.name} corrected {name} of {_label(record)}."
    changes = [Change(table, held.id, changed, sentence, data.reason)]
    header = _header_with(file.header, held.id, changed)
    if header != file.header:
        changes.append(Change("cases", file.id, header, sentence, data.reason))
    return Written(tuple(changes), sentence, item=held.id)


def _dated(file: CaseFile, held: AnyHeld, record: Mended, ctx: Context) -> Mended:
    """The record with its new day: within the bounds of the act that wrote it, and late or not by the day on which
    it was recorded."""
    day = record.occurred_on
    if isinstance(record, FileRecord):
        if day is not None and day > ctx.today:
            raise Refused(f"The day must lie before or on today ({ctx.today}).")
        return record
    header = file.header
    since: dict[type, dt.date | None] = {
        CheckIn: header.start,
        Acknowledgement: header.delivered_on,
        Refusal: header.delivered_on,
        Delivery: first_day(file),
        ReviewOpened: header.start,
        Assessment: header.review_opened_on,
        Decision: header.review_opened_on,
        Withdrawal: header.start,
    }
    first = since.get(type(record))
    last, until = ctx.today, "today"
    if isinstance(record, ReviewOpened) and header.outcome is not None:
        last, until = header.outcome.decided_on, "the decision"
    if day is None or day > last or (first is not None and day < first):
        raise Refused(f"The day must lie {f'between {first} and' if first else 'before or on'} {until} ({last}).")
    recorded = in_zone(held.created_at, header.zone).date()
    after = _after_review(file, held)
    taken = before_adoption(file, day) and not after if isinstance(record, TAKEN) else record.taken_over
    return msgspec.structs.replace(record, late=not taken and (late(day, ctx, recorded) or after), taken_over=taken)


def _copied(record: Launch, ctx: Context) -> None:
    # The same bounds as at the issue: a copy was given after the delivery, or not yet.
    given, first = record.copy_given_on, record.occurred_on
    if given is not None and not first <= given <= ctx.today:
        raise Refused(f"The copy was given between the delivery ({first}) and today ({ctx.today}), or not yet.")


def _after_review(file: CaseFile, held: AnyHeld) -> bool:
    opened = file.of_kind(ReviewOpened)
    record = held.record
    if not isinstance(record, CheckIn | EvidenceEntry) or not opened:
        return False
    # Where a clock ran ahead once, what follows has one instant: then it is late as the act found it.
    same = held.created_at == opened[0].created_at
    return held.created_at > opened[0].created_at or (same and record.late)


def _header_with(header: Case, key: str, record: Mended) -> Case:
    """The header says the same as the entry that it rests on."""
    if isinstance(record, Decision) and header.outcome is not None and header.outcome.entry == key:
        outcome = msgspec.structs.replace(
            header.outcome, reason=record.text, decider=record.decider, decided_on=record.occurred_on
        )
        return msgspec.structs.replace(header, outcome=outcome)
    if isinstance(record, Withdrawal) and header.withdrawn is not None and header.withdrawn.entry == key:
        ended = msgspec.structs.replace(header.withdrawn, reason=record.text, on=record.occurred_on)
        return msgspec.structs.replace(header, withdrawn=ended)
    if isinstance(record, ReviewOpened) and record.version == header.version:
        return msgspec.structs.replace(header, review_opened_on=record.occurred_on)
    return header


def _changed(file: CaseFile, record: Mended, name: str, given: str, ctx: Context) -> tuple[Mended, str]:
    how = Reading(today=ctx.today, past=True, order=ctx.order)
    if isinstance(record, CheckIn) and name.startswith("values."):
        return _value_changed(file, record, name, given, how)
    if isinstance(record, CheckIn) and name.startswith("actions."):
        return _action_changed(record, name, given, how)
    allowed = _correctable(file, record)
    if name not in allowed:
        raise BadInput(f"{name!r} cannot be corrected. What can: {', '.join(allowed)}.")
    new_value = value(field_types(type(record))[name], given, how, name)
    if isinstance(record, FileRecord) and name == "name":
        called = clean_name(given)
        return msgspec.structs.replace(record, name=called, media=media_of(called)), record.name
    return msgspec.structs.replace(record, **{name: new_value}), _as_text(getattr(record, name))


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _value_changed(
    file: CaseFile, record: CheckIn, name: str, given: str, how: Reading
) -> tuple[CheckIn | EntryBase, str]:
    """A check-in with another number ("values.g1") or other words ("values.g1.note") for a goal."""
    goal, _, part = name.removeprefix("values.").partition(".")
    part = part or "value"
    known = file.text.goals.items if file.text else {}
    if not record.held or goal not in known or part not in GoalValue.__struct_fields__:
        raise BadInput(f"{name!r} cannot be corrected. What can: {', '.join(_correctable(file, record))}.")
    old = record.values.get(goal, GoalValue())
    new = build(GoalValue, {part: given}, how, base=old)
    return msgspec.structs.replace(record, values={**record.values, goal: new}), _as_text(getattr(old, part))


def _action_changed(record: CheckIn, name: str, given: str, how: Reading) -> tuple[CheckIn | EntryBase, str]:
    """A check-in with another word on what was agreed: "actions.1.who", "actions.1.due"."""
    number, _, part = name.removeprefix("actions.").partition(".")
    part = part or "text"
    old = record.actions.get(number)
    if old is None or part not in ActionItem.__struct_fields__:
        known = ", ".join(f"actions.{one}" for one in record.actions) or "none"
        raise BadInput(f"{name!r} cannot be corrected. Actions of this check-in: {known}; parts: who, text, due.")
    new = build(ActionItem, {part: given}, how, base=old)
    return msgspec.structs.replace(record, actions={**record.actions, number: new}), _as_text(getattr(old, part))


def _correctable(file: CaseFile, record: Mended) -> list[str]:
    if isinstance(record, FileRecord):
        return [*FILE_PARTS]
    if isinstance(record, CheckIn):
        if not record.held:
            return ["note", "cause"]
        inner = [*(f"values.{goal}" for goal in record.values), *(f"actions.{one}" for one in record.actions)]
        return [*TEXTS, "occurred_on", "attendees", *inner]
    # The dates of an issued plan rest on the day of its launch, an outcome on its verdicts.
    fixed = {*FIXED, *(("occurred_on",) if isinstance(record, Launch) else ())}
    if isinstance(record, Assessment) and file.header.outcome is not None:
        fixed.add("verdict")
    kinds = {name: bare_type(kind) for name, kind in field_types(type(record)).items()}
    return [name for name, kind in kinds.items() if name not in fixed and _plain(kind)]


def _plain(kind: object) -> bool:
    """Whether a correction can say it in one text: words, a number, a day, yes or no, a choice, a list of words."""
    return kind in (str, Decimal, dt.date, bool) or get_origin(kind) is Literal or kind == tuple[str, ...]


def strike(file: CaseFile, data: StrikeOut, ctx: Context) -> Written:
    """Cross out, with the reason; a struck check-in frees its slot."""
    table, held = find_entry(file, data.entry)
    record = held.record
    _may_mend(file, record, ctx)
    if isinstance(record, EntryBase):
        kind = kind_of(record)
        if kind in STANDING or (kind == "approval" and file.header.version):
            raise Refused(f"The case rests on this {words(kind)}: it can be corrected, not struck.")
        if file.header.outcome is not None and kind in ("assessment", "acknowledgement", "refusal", "delivery"):
            raise Refused(f"The outcome rests on this {words(kind)}: it can be corrected, not struck.")
    struck = msgspec.structs.replace(record, struck=Strike(at=ctx.now, by=ctx.actor, reason=data.reason))
    sentence = f"{ctx.name} struck {_label(record)}."
    return Written((Change(table, held.id, struck, sentence, data.reason),), sentence, item=held.id)


def find_entry(file: CaseFile, wanted: str) -> tuple[str, AnyHeld]:
    """An entry or a file by id or its beginning, a check-in by slot. A hidden one answers like a missing one."""
    key = wanted.strip().casefold()
    for check_in in file.check_ins:
        if check_in.id == key or (check_in.record.slot == key and check_in.record.struck is None):
            return "checkins", check_in
    both: list[tuple[str, AnyHeld]] = [*(("entries", one) for one in file.entries)]
    both += [("files", one) for one in file.files]
    found = [one for one in both if one[1].id == key or (len(key) >= 4 and one[1].id.startswith(key))]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInput(f"{wanted!r} is the beginning of {len(found)} entries: give more of the id.")
    raise NotFound(f"There is no entry {wanted!r} in this case. `piptui show` lists them with their ids.")


def _may_mend(file: CaseFile, record: Mended, ctx: Context) -> None:
    """Whose words may be mended by whom: the employee's by the employee or by who typed them in; a step of a review
    by who took it; everything else by who recorded it, or by HR."""
    if record.removed is not None:
        raise Refused("What this said was removed from the record: there is nothing left to mend.")
    if record.struck is not None:
        raise Refused("This is struck already, and stays as it is.")
    said_by_employee = record.role == "employee" or record.on_behalf == file.header.of
    own = isinstance(record, EntryBase) and kind_of(record) in OWN_WORDS
    if ctx.role == "employee":
        if not said_by_employee:
            raise Refused("You can mend what you said yourself. To answer this entry, add a comment or a rebuttal.")
    elif (said_by_employee or own) and (record.role == "employee" or record.by != ctx.actor):
        raise Refused("These are the employee's own words: only the employee, or who typed them in, can mend them.")
    elif record.by != ctx.actor and (
        ctx.role != "hr" or (isinstance(record, EntryBase) and kind_of(record) in REVIEWS)
    ):
        who = "Only who recorded it" if ctx.role == "hr" else "Only who recorded it, or HR,"
        raise Refused(f"{who} can correct or strike this {_label(record)}. To answer it, add a note.")


def _label(record: Mended) -> str:
    if isinstance(record, FileRecord):
        return f"file {record.name}"
    if isinstance(record, CheckIn):
        return f"check-in {record.slot}"
    return f"{words(kind_of(record))} of {record.occurred_on}"


MENDERS: tuple[Role, ...] = ("manager", "hr", "second_manager", "legal", "employee")
"""Who may mend what they recorded, in the order in which a role is chosen for whoever has not chosen."""

ACTS = (
    Act("correct", "Correct an entry, in the open", STAGES, MENDERS, Correct, correct, "nothing"),
    Act("strike", "Strike an entry, in the open", STAGES, MENDERS, StrikeOut, strike, "nothing"),
)
