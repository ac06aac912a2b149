"""Legal holds: while one stands, nothing of the case may be removed; anything may be added (S117)."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from piptui.cases.acts.base import Act, Change, Context, Input, Written
from piptui.cases.file import CaseFile, Held
from piptui.cases.plan import about
from piptui.cases.records import Hold, Strike
from piptui.cases.words import STAGES
from piptui.errors import BadInput, NotFound, Refused
from piptui.text import sentence_list


class PutHold(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Keep everything: a claim, a charge or a lawsuit is there or to be expected."""

    reason: Annotated[str, about("why everything has to be kept; managers, HR and legal read it")]
    custodian: Annotated[str, about("who answers for the hold: name or office")] = ""
    comparators: Annotated[tuple[str, ...], about("numbers of other cases that are kept for this one")] = ()


class LiftHold(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The hold ends, also for the cases that were put under it for comparison: rules of retention apply again."""

    reason: Annotated[str, about("why nothing has to be kept any more")]
    hold: Annotated[str, about("the id of the hold or its beginning, where there are several")] = ""
    comparators: Annotated[
        bool, about("lift it for the cases that were kept for this one, too: yes, unless you say no")
    ] = True


def put_hold(file: CaseFile, data: PutHold, ctx: Context) -> Written:
    """Put the case under a hold, and the comparators' cases with it: those do not say for which matter."""
    key, matter = ctx.new_id(), ctx.new_id()
    hold = Hold(
        of=file.id,
        cls="manager_hr",
        matter=matter,
        custodian=data.custodian,
        text=data.reason,
        since=ctx.today,
        by=ctx.actor,
        role=ctx.role,
    )
    sentence = f"{ctx.name} put the case under a legal hold."
    changes = [Change("holds", key, hold, sentence, data.reason)]
    told = f"{ctx.name} put the case under a legal hold, for a matter of another case."
    for case in dict.fromkeys(ctx.case_id(number) for number in data.comparators):
        if case == file.id:
            raise BadInput("comparators: this is the case itself. Name others, or leave it out.")
        other = msgspec.structs.replace(hold, of=case, text="", comparator=True)
        changes.append(Change("holds", ctx.new_id(), other, told))
    others = ctx.numbers(dict.fromkeys(map(ctx.case_id, data.comparators)))
    told = f"{_cases(others)} {'are' if others[1:] else 'is'} kept with it." if others else ""
    return Written(tuple(changes), sentence, item=key, told=told)


def _cases(numbers: tuple[str, ...]) -> str:
    return f"{'The cases' if numbers[1:] else 'Case'} {sentence_list(numbers)}"


def no_hold(file: CaseFile, _: Context) -> str:
    """Why there is nothing to lift, "" where there is."""
    return "" if any_standing(file.holds) else "There is no legal hold on this case."


def lift_hold(file: CaseFile, data: LiftHold, ctx: Context) -> Written:
    """Lift a hold, and by default that of the comparators of the same matter."""
    held = the_hold(file.holds, data.hold)
    lifted = Strike(at=ctx.now, by=ctx.actor, reason=data.reason)
    sentence = f"{ctx.name} lifted the legal hold."
    changes = [Change("holds", held.id, msgspec.structs.replace(held.record, lifted=lifted), sentence, data.reason)]
    known: dict[tuple[str, str], int] = {}
    others: tuple[Held[Hold], ...] = ()
    if not held.record.comparator:
        matter = ctx.matter(held.record.matter)
        others = tuple(one for one in matter if one.id != held.id and one.record.lifted is None)
    for one in others if data.comparators else ():
        neutral = msgspec.structs.replace(lifted, reason="the matter of another case is over")
        changes.append(Change("holds", one.id, msgspec.structs.replace(one.record, lifted=neutral), sentence))
        known["holds", one.id] = one.seq
    told = ""
    if numbers := ctx.numbers(one.record.of for one in others):
        what = "under it no more, either" if data.comparators else "still kept for it (comparators)"
        told = f"{_cases(numbers)} {'are' if numbers[1:] else 'is'} {what}."
    # Not stored: what a case says is read by its manager, who knows nothing of other cases.
    return Written(tuple(changes), sentence, item=held.id, known=known, told=told)


def any_standing(holds: Iterable[Held[Hold]]) -> bool:
    """Whether one of these holds was not lifted."""
    return any(one.record.lifted is None for one in holds)


def the_hold(holds: Iterable[Held[Hold]], wanted: str) -> Held[Hold]:
    """The hold meant, of those that stand. Raises Refused where there is none, NotFound, BadInput."""
    standing = [one for one in holds if one.record.lifted is None]
    if not standing:
        raise Refused("There is no legal hold here.")
    key = wanted.strip().casefold()
    found = [one for one in standing if not key or one.id == key or (len(key) >= 4 and one.id.startswith(key))]
    if len(found) == 1:
        return found[0]
    ids = ", ".join(one.id for one in standing)
    if found:
        raise BadInput(f"hold: there are {len(found)} legal holds. Say which: {ids}.")
    raise NotFound(f"There is no legal hold {wanted!r} here. Those that stand: {ids}.")


ACTS = (
    Act("hold", "Put the case under a legal hold", STAGES, ("hr", "legal"), PutHold, put_hold, "nothing"),
    Act("lift_hold", "Lift the legal hold", STAGES, ("hr", "legal"), LiftHold, lift_hold, "nothing", against=no_hold),
)
