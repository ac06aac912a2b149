"""Entries are corrected in the open: `correct` keeps the old text behind the new one, `strike` crosses out."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

import msgspec

from piptui.cases.acts.base import Act, Change, Context, Input, Written
from piptui.cases.acts.running import OWN_WORDS, TEXTS
from piptui.cases.entries import Decision, EntryBase, Launch, ReviewOpened, Withdrawal, kind_of
from piptui.cases.file import CaseFile, Held
from piptui.cases.plan import about
from piptui.cases.records import Case, CheckIn, Correction, GoalValue, Strike
from piptui.cases.typed import Reading, bare_type, build, field_types, value
from piptui.cases.words import STAGES, Role, words
from piptui.errors import BadInput, NotFound, Refused

FIXED = frozenset(
    {
        *("schema", "of", "cls", "by", "role", "version", "on_behalf", "late", "goal", "support", "act"),
        *("result", "next_action", "cause"),
    }
)
"""What an entry is about, and what a stage or the outcome rests on: another entry says otherwise, no correction."""
STANDING = frozenset({"decision", "withdrawal", "launch", "review_opened", "submission", "return", "findings"})
"""Kinds that a stage or the header rests on: they can be corrected, not struck."""


class Correct(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put right what an entry or a check-in says; what it said before stays readable."""

    entry: Annotated[str, about("the entry's id or its beginning, or a check-in such as w3")]
    value: Annotated[str, about("what it should say")]
    reason: Annotated[str, about("why it is corrected")]
    field: Annotated[str, about("which part: text, occurred_on, helped, values.g1 …")] = ""


class StrikeOut(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cross out an entry or a check-in; it stays readable."""

    entry: Annotated[str, about("the entry's id or its beginning, or a check-in such as w3")]
    reason: Annotated[str, about("why it does not count")]


def correct(file: CaseFile, data: Correct, ctx: Context) -> Written:
    """Write the new text and keep the old one behind it, with who, when and why."""
    table, held = find_entry(file, data.entry)
    record = held.record
    _may_mend(file, record, ctx)
    name = data.field or ("note" if table == "checkins" else "text")
    changed, before = _changed(file, record, name, data.value, ctx)
    if changed == record:
        raise BadInput(f"{name} says that already: nothing to correct.")
    behind = Correction(field=name, was=before, at=ctx.now, by=ctx.actor, reason=data.reason)
    changed = msgspec.structs.replace(changed, corrections=(*record.corrections, behind))
    sentence = f"{ctx.name} corrected {name} of {_label(record)}."
    changes = [Change(table, held.id, changed, sentence, data.reason)]
    header = _header_with(file.header, changed)
    if header != file.header:
        changes.append(Change("cases", file.id, header, sentence, data.reason))
    return Written(tuple(changes), sentence, item=held.id)


def _header_with(header: Case, record: CheckIn | EntryBase) -> Case:
    """The header says the same as the entry that it rests on."""
    if isinstance(record, Decision) and header.outcome is not None:
        outcome = msgspec.structs.replace(
            header.outcome, reason=record.text, decider=record.decider, decided_on=record.occurred_on
        )
        return msgspec.structs.replace(header, outcome=outcome)
    if isinstance(record, Withdrawal) and header.withdrawn is not None:
        ended = msgspec.structs.replace(header.withdrawn, reason=record.text, on=record.occurred_on)
        return msgspec.structs.replace(header, withdrawn=ended)
    if isinstance(record, ReviewOpened):
        return msgspec.structs.replace(header, review_opened_on=record.occurred_on)
    return header


def _changed(
    file: CaseFile, record: CheckIn | EntryBase, name: str, given: str, ctx: Context
) -> tuple[CheckIn | EntryBase, str]:
    how = Reading(today=ctx.today, past=True)
    if isinstance(record, CheckIn) and name.startswith("values."):
        return _value_changed(file, record, name, given, how)
    kinds = field_types(type(record))
    allowed = _correctable(record)
    if name not in allowed:
        raise BadInput(f"{name!r} cannot be corrected. What can: {', '.join(allowed)}.")
    old_value = getattr(record, name)
    new_value = value(kinds[name], given, how, name)
    if isinstance(new_value, dt.date) and new_value > ctx.today:
        raise Refused(f"{new_value} lies ahead. An entry tells of something that has happened.")
    return msgspec.structs.replace(record, **{name: new_value}), "" if old_value is None else str(old_value)


def _value_changed(
    file: CaseFile, record: CheckIn, name: str, given: str, how: Reading
) -> tuple[CheckIn | EntryBase, str]:
    """A check-in with another number ("values.g1") or other words ("values.g1.note") for a goal."""
    goal, _, part = name.removeprefix("values.").partition(".")
    part = part or "value"
    known = file.text.goals.items if file.text else {}
    if not record.held or goal not in known or part not in GoalValue.__struct_fields__:
        raise BadInput(f"{name!r} cannot be corrected. What can: {', '.join(_correctable(record))}.")
    old = record.values.get(goal, GoalValue())
    new = build(GoalValue, {part: given}, how, base=old)
    before = getattr(old, part)
    return msgspec.structs.replace(record, values={**record.values, goal: new}), "" if before is None else str(before)


def _correctable(record: CheckIn | EntryBase) -> list[str]:
    if isinstance(record, CheckIn):
        return [*TEXTS, "occurred_on", *(f"values.{goal}" for goal in record.values)] if record.held else ["note"]
    # The dates of an issued plan rest on the day of its launch.
    fixed = FIXED | {"occurred_on"} if isinstance(record, Launch) else FIXED
    plain = (str, Decimal, dt.date)
    kinds = field_types(type(record))
    return [name for name, kind in kinds.items() if name not in fixed and bare_type(kind) in plain]


def strike(file: CaseFile, data: StrikeOut, ctx: Context) -> Written:
    """Cross out, with the reason; a struck check-in frees its slot."""
    table, held = find_entry(file, data.entry)
    record = held.record
    _may_mend(file, record, ctx)
    if isinstance(record, EntryBase):
        kind = kind_of(record)
        if kind in STANDING or (kind == "approval" and file.header.version):
            raise Refused(f"The case rests on this {words(kind)}: it can be corrected, not struck.")
        if file.header.outcome is not None and kind == "assessment":
            raise Refused("The outcome rests on this verdict: it can be corrected, not struck.")
    struck = msgspec.structs.replace(record, struck=Strike(at=ctx.now, by=ctx.actor, reason=data.reason))
    sentence = f"{ctx.name} struck {_label(record)}."
    return Written((Change(table, held.id, struck, sentence, data.reason),), sentence, item=held.id)


def find_entry(file: CaseFile, wanted: str) -> tuple[str, Held[CheckIn] | Held[EntryBase]]:
    """An entry by id or its beginning, a check-in by slot. A hidden one answers like a missing one."""
    key = wanted.strip().casefold()
    for check_in in file.check_ins:
        if check_in.id == key or (check_in.record.slot == key and check_in.record.struck is None):
            return "checkins", check_in
    found = [held for held in file.entries if held.id == key or (len(key) >= 4 and held.id.startswith(key))]
    if len(found) == 1:
        return "entries", found[0]
    if found:
        raise BadInput(f"{wanted!r} is the beginning of {len(found)} entries: give more of the id.")
    raise NotFound(f"There is no entry {wanted!r} in this case. `piptui show` lists them with their ids.")


def _may_mend(file: CaseFile, record: CheckIn | EntryBase, ctx: Context) -> None:
    if record.struck is not None:
        raise Refused("This is struck already, and stays as it is.")
    if ctx.role == "employee":
        if record.role != "employee" and record.on_behalf != file.header.of:
            raise Refused("You can mend what you said yourself. To answer this entry, add a comment or a rebuttal.")
        return
    if not isinstance(record, EntryBase) or kind_of(record) not in OWN_WORDS:
        return
    if record.role == "employee" or record.by != ctx.actor:
        raise Refused("These are the employee's own words: only the employee, or who typed them in, can mend them.")


def _label(record: CheckIn | EntryBase) -> str:
    if isinstance(record, CheckIn):
        return f"check-in {record.slot}"
    return f"{words(kind_of(record))} of {record.occurred_on}"


_MENDERS: tuple[Role, ...] = ("manager", "hr", "second_manager", "legal", "employee")

ACTS = (
    Act("correct", "Correct an entry, in the open", STAGES, _MENDERS, Correct, correct, "nothing"),
    Act("strike", "Strike an entry, in the open", STAGES, _MENDERS, StrikeOut, strike, "nothing"),
)
