"""Notes about a person before there is a case, and their mending in the open (S028, S029, S03A, S03B)."""

import datetime as dt
from typing import Annotated, Literal

import msgspec

from piptui.cases.acts.base import Change, Input
from piptui.cases.file import Held
from piptui.cases.notebook import NotebookClass, NotebookKind, PersonNote, find_note
from piptui.cases.plan import about
from piptui.cases.records import Correction, Strike
from piptui.cases.typed import Reading, field_types, value
from piptui.cases.words import SEES, words
from piptui.errors import BadInput, Denied, Refused
from piptui.people.acts.base import PersonAct, PersonContext, PersonFile, PersonWritten

Part = Literal["text", "topic", "next_step", "occurred_on", "kind"]


class NotePerson(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something about a person to be kept: a coaching talk, feedback, recognition, an expectation, a concern."""

    text: Annotated[str, about("what was said and done, in facts")]
    kind: Annotated[NotebookKind, about("what it is")] = "note"
    topic: Annotated[str, about("what it was about, in a few words")] = ""
    next_step: Annotated[str, about("the next step that was agreed")] = ""
    occurred_on: Annotated[dt.date | None, about("the day it happened; left out: today")] = None
    cls: Annotated[NotebookClass, about("who may read it")] = "manager_hr"


class CorrectNote(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put right what a note says; what it said before stays readable."""

    entry: Annotated[str, about("the id of a note, or its beginning")]
    value: Annotated[str, about("what it should say")]
    reason: Annotated[str, about("why it is corrected")]
    field: Annotated[Part, about("which part")] = "text"


class StrikeNote(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cross out a note; it stays readable."""

    entry: Annotated[str, about("the id of a note, or its beginning")]
    reason: Annotated[str, about("why it does not count")]


def note(file: PersonFile, data: NotePerson, ctx: PersonContext) -> PersonWritten:
    """Keep a note, with who leads the person today."""
    if data.cls not in SEES[ctx.role]:
        mine = ", ".join(words(cls) for cls in ("shared", "manager_hr", "manager_own") if cls in SEES[ctx.role])
        raise Denied(f"As {words(ctx.role)} you cannot read {words(data.cls)}. You can write: {mine}.")
    day = data.occurred_on or ctx.today
    if day > ctx.today:
        raise Refused(f"occurred_on: {day} lies ahead. A note tells of what happened, until today ({ctx.today}).")
    person = file.known
    record = PersonNote(
        of=file.id,
        cls=data.cls,
        occurred_on=day,
        by=ctx.actor,
        role=ctx.role,
        kind=data.kind,
        topic=data.topic,
        text=data.text,
        next_step=data.next_step,
        manager=person.manager or "",
    )
    key = ctx.new_id()
    sentence = f"{ctx.name} noted something about {person.name}: {_label(record)}."
    return PersonWritten((Change("notebook", key, record, sentence),), sentence, file.id, item=key)


def correct(file: PersonFile, data: CorrectNote, ctx: PersonContext) -> PersonWritten:
    """Write the new text and keep the old one behind it, with who, when and why."""
    held = _mine(file, data.entry, ctx)
    record, name = held.record, data.field
    how = Reading(today=ctx.today, past=True, order=ctx.order)
    new = value(field_types(PersonNote)[name], data.value, how, "value")
    if new in (None, "") and name in ("text", "occurred_on", "kind"):
        raise BadInput("value is missing: say what it should say.")
    if name == "occurred_on" and new > ctx.today:
        raise Refused(f"value: {new} lies ahead. A note tells of what happened, until today ({ctx.today}).")
    was = getattr(record, name)
    if new == was:
        raise BadInput(f"{name} says that already: nothing to correct.")
    behind = Correction(field=name, was=str(was), at=ctx.now, by=ctx.actor, reason=data.reason)
    changed = msgspec.structs.replace(record, **{name: new}, corrections=(*record.corrections, behind))
    sentence = f"{ctx.name} corrected {name} of the {_label(record)} about {file.known.name}."
    return PersonWritten((Change("notebook", held.id, changed, sentence, data.reason),), sentence, file.id, held.id)


def strike(file: PersonFile, data: StrikeNote, ctx: PersonContext) -> PersonWritten:
    """Cross out, with the reason. An entry that was made from it stays: it is struck in its case."""
    held = _mine(file, data.entry, ctx)
    struck = msgspec.structs.replace(held.record, struck=Strike(at=ctx.now, by=ctx.actor, reason=data.reason))
    sentence = f"{ctx.name} struck the {_label(held.record)} about {file.known.name}."
    return PersonWritten((Change("notebook", held.id, struck, sentence, data.reason),), sentence, file.id, held.id)


def _mine(file: PersonFile, wanted: str, ctx: PersonContext) -> Held[PersonNote]:
    """A note that this actor may mend: who wrote it, or HR."""
    held = find_note(file.notes, wanted)
    if held.record.removed is not None:
        raise Refused("What this note said was removed from the record: there is nothing left to mend.")
    if held.record.struck is not None:
        raise Refused("This is struck already, and stays as it is.")
    if held.record.by != ctx.actor and ctx.role != "hr":
        raise Refused("Only who wrote it, or HR, can correct or strike this note. To answer it, add a note.")
    return held


def _label(record: PersonNote) -> str:
    kind = "note" if record.kind == "note" else f"note ({words(record.kind)})"
    return f"{kind} of {record.occurred_on}"


def no_note(file: PersonFile, _: dt.date) -> str:
    """Why there is nothing to mend, "" where there is."""
    return "" if any(one.record.struck is None for one in file.notes) else "There is no note to mend."


ACTS = (
    PersonAct("note", "Note something about a person", ("manager", "hr"), NotePerson, note, "nothing"),
    PersonAct(
        "correct", "Correct a note, in the open", ("manager", "hr"), CorrectNote, correct, "nothing", against=no_note
    ),
    PersonAct(
        "strike", "Strike a note, in the open", ("manager", "hr"), StrikeNote, strike, "nothing", against=no_note
    ),
)
