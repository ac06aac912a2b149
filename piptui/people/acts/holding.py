"""A legal hold on a person: the directory's entry, the notebook and every case of theirs, later ones too."""

import datetime as dt
from typing import Annotated

import msgspec

from piptui.cases.acts.base import Change, Input
from piptui.cases.acts.holding import any_standing, the_hold
from piptui.cases.plan import about
from piptui.cases.records import Hold, Strike
from piptui.people.acts.base import PersonAct, PersonContext, PersonFile, PersonWritten


class HoldPerson(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Keep everything about a person: a claim, a charge or a lawsuit is there or to be expected."""

    reason: Annotated[str, about("why everything has to be kept; managers, HR and legal read it")]
    custodian: Annotated[str, about("who answers for the hold: name or office")] = ""


class LiftPersonHold(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The hold on the person ends; one on a case of theirs stays."""

    reason: Annotated[str, about("why nothing has to be kept any more")]
    hold: Annotated[str, about("the id of the hold or its beginning, where there are several")] = ""


def hold(file: PersonFile, data: HoldPerson, ctx: PersonContext) -> PersonWritten:
    """Put the person under a hold."""
    key = ctx.new_id()
    record = Hold(
        of=file.id,
        cls="manager_hr",
        matter=ctx.new_id(),
        custodian=data.custodian,
        text=data.reason,
        since=ctx.today,
        by=ctx.actor,
        role=ctx.role,
    )
    sentence = f"{ctx.name} put {file.known.name} under a legal hold."
    return PersonWritten((Change("holds", key, record, sentence, data.reason),), sentence, file.id, item=key)


def no_hold(file: PersonFile, _: dt.date) -> str:
    """Why there is nothing to lift, "" where there is."""
    return "" if any_standing(file.holds) else f"{file.known.name} is under no legal hold."


def lift_hold(file: PersonFile, data: LiftPersonHold, ctx: PersonContext) -> PersonWritten:
    """Lift it."""
    held = the_hold(file.holds, data.hold)
    lifted = Strike(at=ctx.now, by=ctx.actor, reason=data.reason)
    sentence = f"{ctx.name} lifted the legal hold on {file.known.name}."
    change = Change("holds", held.id, msgspec.structs.replace(held.record, lifted=lifted), sentence, data.reason)
    return PersonWritten((change,), sentence, file.id, item=held.id)


ACTS = (
    PersonAct("hold", "Put the person under a legal hold", ("hr", "legal"), HoldPerson, hold, "nothing"),
    PersonAct(
        "lift_hold", "Lift the legal hold", ("hr", "legal"), LiftPersonHold, lift_hold, "nothing", against=no_hold
    ),
)
