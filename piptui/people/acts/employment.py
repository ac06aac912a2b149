"""Employment ends and begins again. Open cases of who left are told on Today (see decision 5)."""

import datetime as dt
from typing import Annotated

import msgspec

from piptui.cases.acts.base import Change, Input
from piptui.cases.plan import about
from piptui.errors import Refused
from piptui.people.acts.base import PersonAct, PersonContext, PersonFile, PersonWritten
from piptui.people.merge import merge_spells


class Left(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The employment ended, or is going to."""

    left_on: Annotated[dt.date, about("the last day of the employment")]


class Rehired(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who left came back."""

    hired_on: Annotated[dt.date, about("the first day of the new employment")]


def left(file: PersonFile, data: Left, ctx: PersonContext) -> PersonWritten:
    """End the last spell; said once more, it corrects the day."""
    person = file.known
    spells, why = merge_spells(person.spells, None, data.left_on)
    if why:
        raise Refused(f"left_on: {why}.")
    if spells == person.spells:
        raise Refused(f"{person.name} left on {data.left_on} by the record already.")
    verb = "leaves" if data.left_on > ctx.today else "left"
    sentence = f"{ctx.name} recorded that {person.name} {verb} on {data.left_on}."
    return _spells(file, spells, sentence)


def not_left(file: PersonFile, _: dt.date) -> str:
    """Why nobody can be hired again who is here, "" for who has left."""
    last = file.known.spells[-1] if file.known.spells else None
    return f"{file.known.name} has not left by the record." if last is None or last.left_on is None else ""


def rehired(file: PersonFile, data: Rehired, ctx: PersonContext) -> PersonWritten:
    """Begin a second spell after the last one's end."""
    person = file.known
    last = person.spells[-1] if person.spells else None
    if last is None or last.left_on is None:
        raise Refused(f"{person.name} has not left by the record. Who left first is recorded by the act left.")
    if data.hired_on <= last.left_on:
        raise Refused(f"hired_on: the employment before ended on {last.left_on}; the new one begins later.")
    spells, why = merge_spells(person.spells, data.hired_on, None)
    if why:
        raise Refused(f"hired_on: {why}.")
    return _spells(file, spells, f"{ctx.name} recorded that {person.name} was hired again on {data.hired_on}.")


def _spells(file: PersonFile, spells: tuple[object, ...], sentence: str) -> PersonWritten:
    after = msgspec.structs.replace(file.known, spells=spells)
    return PersonWritten((Change("people", file.id, after, sentence),), sentence, file.id)


ACTS = (
    PersonAct("left", "Record that somebody left", ("hr",), Left, left),
    PersonAct("rehired", "Record that somebody was hired again", ("hr",), Rehired, rehired, against=not_left),
)
