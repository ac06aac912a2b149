"""Roles for every case, from a day, until a day: HR and legal. In a team store they let people in."""

import datetime as dt
from typing import Annotated

import msgspec

from piptui.cases.acts.base import Change, Input
from piptui.cases.plan import about
from piptui.cases.words import words
from piptui.errors import Refused
from piptui.people.acts.base import PersonAct, PersonContext, PersonFile, PersonWritten
from piptui.people.acts.record import other_hr
from piptui.people.records import DatedRole, DatedRoleName


class GiveRole(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A role for every case."""

    role: Annotated[DatedRoleName, about("which role")]
    since: Annotated[dt.date | None, about("from which day on; left out: today")] = None
    until: Annotated[dt.date | None, about("the last day; left out: until further notice")] = None


class EndRole(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A role ends; what was done in it stays."""

    role: Annotated[DatedRoleName, about("which role")]
    until: Annotated[dt.date | None, about("the last day; left out: yesterday, so that it ends at once")] = None


def give_role(file: PersonFile, data: GiveRole, ctx: PersonContext) -> PersonWritten:
    """Add the interval. In a team store nobody gives a role to themselves."""
    person, since = file.known, data.since or ctx.today
    if not ctx.personal and file.id == ctx.actor:
        raise Refused("A role is given by somebody else who has the HR role, not by oneself.")
    if data.until is not None and data.until < since:
        raise Refused(f"until: {data.until} is before the first day, {since}.")
    for held in person.roles:
        overlaps = held.role == data.role and (data.until is None or held.since <= data.until)
        if overlaps and (held.until is None or held.until >= since):
            raise Refused(f"{person.name} has the role {words(data.role)} {_span(held)} already. End that one first.")
    new = DatedRole(role=data.role, since=since, until=data.until)
    after = msgspec.structs.replace(person, roles=(*person.roles, new))
    sentence = f"{ctx.name} gave {person.name} the role {words(data.role)} {_span(new)}."
    hint = "" if person.logins or ctx.personal else f"{person.name} has no login yet: set_logins lets them in."
    return PersonWritten(
        (Change("people", file.id, after, sentence),), sentence, file.id, doubts=(hint,) if hint else ()
    )


def end_role(file: PersonFile, data: EndRole, ctx: PersonContext) -> PersonWritten:
    """End the interval that runs, or take back one that has not begun. Days that are over are not rewritten."""
    person = file.known
    yesterday = ctx.today - dt.timedelta(days=1)
    last = data.until or yesterday
    if last < yesterday:
        raise Refused(f"until: what was done in the role stands. The last day is {yesterday} or later.")
    open_ones = [
        one for one in person.roles if one.role == data.role and (one.until is None or one.until > yesterday)
    ]
    if not open_ones:
        raise Refused(f"{person.name} does not have the role {words(data.role)}.")
    ends = open_ones[0]
    if data.role == "hr" and not ctx.personal:
        other_hr(file.id, ctx, f"{person.name} would not be HR any more")
    # One that began today is over at once only if it goes altogether; the journal keeps that it was there.
    kept = () if ends.since > last else (msgspec.structs.replace(ends, until=last),)
    after = msgspec.structs.replace(
        person, roles=tuple(new for one in person.roles for new in (kept if one is ends else (one,)))
    )
    told = f"ended the role {words(data.role)} of {person.name} with {last}"
    sentence = f"{ctx.name} {told if kept else f'took the role {words(data.role)} back from {person.name}'}."
    return PersonWritten((Change("people", file.id, after, sentence),), sentence, file.id)


def _span(one: DatedRole) -> str:
    return f"from {one.since}" + (f" until {one.until}" if one.until else " on")


def no_role(file: PersonFile, today: dt.date) -> str:
    """Why there is no role to end, "" where there is one."""
    has = any(one.until is None or one.until >= today for one in file.known.roles)
    return "" if has else f"{file.known.name} has no role for every case."


ACTS = (
    PersonAct("give_role", "Give a role for every case", ("hr",), GiveRole, give_role, past_dates=False),
    PersonAct("end_role", "End a role for every case", ("hr",), EndRole, end_role, past_dates=False, against=no_role),
)
