"""When people change: a part passes on for good, or somebody stands in for a while (S003, S004)."""

import datetime as dt
from typing import Annotated, Literal

import msgspec

from piptui.cases.acts.base import Act, Change, Context, Input, Person, Written
from piptui.cases.entries import Handover
from piptui.cases.file import CaseFile
from piptui.cases.parties import PART_WORDS, deputies, handed_over, named_last, principal
from piptui.cases.plan import about
from piptui.cases.records import Case, Party
from piptui.cases.words import STAGES, Role, Stage
from piptui.errors import BadInput, Refused
from piptui.text import sentence_list

Part = Literal["manager", "second_manager", "hr", "legal"]
"""The parts that can pass from one person to another. The employee's cannot."""


class Reassign(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody else takes over a part in the case, for good."""

    role: Annotated[Part, about("which part passes on")]
    person: Annotated[str, about("who takes it over: HR number, e-mail or name")]
    since: Annotated[dt.date | None, about("the first day of it; left out: today")] = None
    reason: Annotated[str, about("why it changes; managers, HR and legal read it")]


class Delegate(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody stands in for a while, beside who holds the part."""

    role: Annotated[Part, about("which part")]
    person: Annotated[str, about("who stands in: HR number, e-mail or name")]
    since: Annotated[dt.date | None, about("the first day of it; left out: today")] = None
    until: Annotated[dt.date, about("the last day of it; it ends by itself")]
    reason: Annotated[str, about("why; managers, HR and legal read it")] = ""


class EndDelegation(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who stands in stops earlier than planned."""

    role: Annotated[Part, about("which part")]
    person: Annotated[str, about("who stands in, where there are several")] = ""
    until: Annotated[dt.date | None, about("the last day of it, yesterday at the earliest; left out: today")] = None
    reason: Annotated[str, about("why; managers, HR and legal read it")] = ""


def may_name(role: Role, ctx: Context) -> None:
    """Refuse where a team store leaves it to HR to name somebody for a part."""
    if role in ("hr", "legal") and ctx.role != "hr" and not ctx.confidential:
        # In a team store a login's part in a case is what lets it approve: nobody names their own reviewer.
        raise Refused(f"In a team store HR names the {PART_WORDS[role]}: ask HR to do it.")


def somebody(header: Case, role: Role, given: str, ctx: Context) -> Person:
    """The person meant for a part. Raises Refused for the employee, who can have no second part."""
    person = ctx.person(given)
    if person.id == header.of:
        raise Refused(f"{person.name} is the employee of this plan and cannot be its {PART_WORDS[role]}.")
    return person


def reassign(file: CaseFile, data: Reassign, ctx: Context) -> Written:
    """End the old interval on the day before and begin the new one; both stay in the header."""
    role, header = data.role, file.header
    _may_pass_on(file, role, ctx)
    person = somebody(header, role, data.person, ctx)
    since = data.since or ctx.today
    _near(since, ctx)
    held = file.party(role, ctx.today)
    if held is not None and since < held.since:
        raise Refused(f"{held.name} has been the {PART_WORDS[role]} since {held.since}, not earlier.")
    last = named_last(header.parties, role)
    if last is not None and last.person == person.id and last.since <= since:
        raise Refused(f"{person.name} is the {PART_WORDS[role]} already.")
    before = principal(header.parties, role, since) or held
    parties = handed_over(header.parties, role, since, person.id, person.name)
    stays = before is not None and before.person == person.id
    instead = f", in place of {before.name}" if before and not stays else ""
    sentence = f"{ctx.name} made {person.name} the {PART_WORDS[role]} from {since} on{instead}."
    if stays:
        sentence = f"{ctx.name} took a planned change back: {person.name} stays the {PART_WORDS[role]}."
    entry = _handover(file, role, person.name, since, data.reason, ctx)
    if before and not stays:
        entry = msgspec.structs.replace(entry, instead_of=before.name)
    return _written(file, parties, entry, sentence, ctx)


def delegate(file: CaseFile, data: Delegate, ctx: Context) -> Written:
    """Add an interval beside that of who holds the part; it ends by itself."""
    role, parties = data.role, file.header.parties
    _may_pass_on(file, role, ctx)
    person = somebody(file.header, role, data.person, ctx)
    since, until = data.since or ctx.today, data.until
    if until < since:
        raise Refused(f"The last day ({until}) lies before the first ({since}).")
    _near(since, ctx)
    held = principal(parties, role, since)
    if held is None:
        raise Refused(f"Nobody is the {PART_WORDS[role]} on {since}, so nobody can stand in: reassign the part.")
    if held.person == person.id:
        raise Refused(f"{person.name} is the {PART_WORDS[role]}, and cannot stand in for themselves.")
    if held.until is not None and until > held.until:
        raise Refused(f"{held.name} is the {PART_WORDS[role]} until {held.until}: nobody stands in for longer.")
    for one in parties:
        same = one.role == role and one.person == person.id and one.deputy_for
        if same and one.until is not None and one.since <= until and since <= one.until:
            raise Refused(f"{person.name} stands in from {one.since} to {one.until} already: begin after that.")
    acting = Party(role=role, person=person.id, name=person.name, since=since, until=until, deputy_for=held.person)
    what = f"{person.name} to stand in for {held.name} as {PART_WORDS[role]}"
    sentence = f"{ctx.name} named {what}, {since} to {until}."
    entry = _handover(file, role, person.name, since, data.reason, ctx)
    entry = msgspec.structs.replace(entry, until=until, stands_in_for=held.name)
    return _written(file, (*parties, acting), entry, sentence, ctx)


def end_delegation(file: CaseFile, data: EndDelegation, ctx: Context) -> Written:
    """Bring the end of a delegation forward; one that never began leaves no interval."""
    role, parties = data.role, file.header.parties
    _may_pass_on(file, role, ctx)
    ahead = [one for one in parties if one.role == role and one.deputy_for and (one.until or ctx.today) >= ctx.today]
    wanted = ctx.person(data.person).id if data.person.strip() else ""
    found = [one for one in ahead if wanted in ("", one.person)]
    if not found:
        raise Refused(f"Nobody stands in for the {PART_WORDS[role]}" + (" under that name." if ahead else "."))
    names = list(dict.fromkeys(one.name for one in found))
    if len(names) > 1:
        raise BadInput(f"{sentence_list(names)} stand in: say in person who stops.")
    acting = min(found, key=lambda one: one.since)
    last = data.until or ctx.today
    if last < ctx.today - dt.timedelta(days=1) or acting.until is None or last >= acting.until:
        raise Refused(f"The last day lies between yesterday and the planned end ({acting.until}).")
    ended = msgspec.structs.replace(acting, until=last)
    left = tuple(ended if one is acting else one for one in parties)
    whom = next((one.name for one in parties if one.person == acting.deputy_for), "")
    sentence = f"{ctx.name} ended the standing in of {acting.name} for {whom} as {PART_WORDS[role]} on {last}."
    if last < acting.since:
        left = tuple(one for one in left if one is not ended)
        sentence = f"{ctx.name} took back that {acting.name} stands in for {whom} as {PART_WORDS[role]}."
    entry = _handover(file, role, acting.name, acting.since, data.reason, ctx)
    entry = msgspec.structs.replace(entry, until=last, stands_in_for=whom)
    return _written(file, left, entry, sentence, ctx)


def _may_pass_on(file: CaseFile, role: Role, ctx: Context) -> None:
    may_name(role, ctx)
    held = file.party(ctx.role, ctx.today)
    acting = deputies(file.header.parties, ctx.role, ctx.today)
    if ctx.confidential or ctx.role == "hr" or (held is not None and held.person == ctx.actor):
        return
    if any(one.person == ctx.actor for one in acting):
        # What was lent for a while is not passed on, nor kept for good.
        whom = held.name if held else "who holds the part"
        raise Refused(f"You stand in as {PART_WORDS[ctx.role]}. {whom} or HR says who has which part.")


def _near(since: dt.date, ctx: Context) -> None:
    days = ctx.policy.records.party_days
    if abs((since - ctx.today).days) > days:
        raise Refused(f"{since} is more than {days} days away: a part passes on within {days} days of today.")


def _handover(file: CaseFile, role: Role, name: str, since: dt.date, reason: str, ctx: Context) -> Handover:
    return Handover(
        of=file.id,
        cls="manager_hr",
        occurred_on=ctx.today,
        by=ctx.actor,
        role=ctx.role,
        text=reason,
        part=role,
        name=name,
        since=since,
        on_behalf=ctx.on_behalf,
        proof=ctx.proof,
    )


def _written(file: CaseFile, parties: tuple[Party, ...], entry: Handover, sentence: str, ctx: Context) -> Written:
    # The header is shared with the employee, and why somebody is away is not: the reason is an entry of its own.
    key = ctx.new_id()
    header = msgspec.structs.replace(file.header, parties=parties)
    changes = (Change("cases", file.id, header, sentence), Change("entries", key, entry, sentence))
    return Written(changes, sentence, item=key)


_OPEN: tuple[Stage, ...] = tuple(stage for stage in STAGES if stage != "closed")
_NAMERS: tuple[Role, ...] = ("hr", "manager", "second_manager")

ACTS = (
    Act("reassign", "Pass a part on for good", _OPEN, _NAMERS, Reassign, reassign, "header", past_dates=False),
    Act(
        "delegate",
        "Let somebody stand in",
        _OPEN,
        _NAMERS,
        Delegate,
        delegate,
        "header",
        past_dates=False,
    ),
    Act(
        "end_delegation",
        "End a delegation",
        _OPEN,
        _NAMERS,
        EndDelegation,
        end_delegation,
        "header",
        past_dates=False,
    ),
)
