"""Parts in a case as dated intervals: who holds one, who stands in for a while, and how one passes on.

Whoever holds a part for good is its principal; `Party.deputy_for` marks somebody who stands in and names for whom.
A deputy has the part's access and duties beside the principal, who is named first everywhere.
"""

import datetime as dt
from collections.abc import Iterable

import msgspec

from piptui.cases.records import Party
from piptui.cases.words import Role
from piptui.dates import show_date

PART_WORDS: dict[Role, str] = {
    "employee": "employee",
    "manager": "manager",
    "second_manager": "second manager",
    "hr": "HR partner",
    "legal": "legal reviewer",
}
"""What a part in a case is called; the order in which parts are told."""


def holds(party: Party, on: dt.date) -> bool:
    """Whether the interval of a party contains the day."""
    return party.since <= on and (party.until is None or on <= party.until)


def principal(parties: Iterable[Party], role: Role, on: dt.date) -> Party | None:
    """Who holds a part on a day, deputies aside; of two, as a change of zone may leave on one day, who was named
    last."""
    held = [one for one in parties if one.role == role and not one.deputy_for and holds(one, on)]
    return held[-1] if held else None


def deputies(parties: Iterable[Party], role: Role, on: dt.date) -> tuple[Party, ...]:
    """Who stands in for the holder of a part on a day."""
    return tuple(one for one in parties if one.role == role and one.deputy_for and holds(one, on))


def holders(parties: Iterable[Party], role: Role, on: dt.date) -> frozenset[str]:
    """The person ids of all who have a part on a day, deputies included."""
    return frozenset(one.person for one in parties if one.role == role and holds(one, on))


def named_last(parties: Iterable[Party], role: Role) -> Party | None:
    """Who is to have a part from now on or from a day still to come, without an end."""
    held = [one for one in parties if one.role == role and not one.deputy_for and one.until is None]
    return held[-1] if held else None


def names_on(parties: Iterable[Party], on: dt.date) -> dict[Role, str]:
    """The name of each part's principal on a day."""
    return {one.role: one.name for one in parties if not one.deputy_for and holds(one, on)}


def deputy_names(parties: Iterable[Party], on: dt.date) -> dict[Role, str]:
    """The names of those who stand in on a day, by part."""
    found: dict[Role, list[str]] = {}
    for one in parties:
        if one.deputy_for and holds(one, on):
            found.setdefault(one.role, []).append(one.name)
    return {role: ", ".join(names) for role, names in found.items()}


def handed_over(
    parties: Iterable[Party], role: Role, since: dt.date, person: str = "", name: str = ""
) -> tuple[Party, ...]:
    """The parties with somebody (`person`, or nobody) in a part from a day on.

    Who held it keeps the interval up to the day before; whoever stood in for them does so no longer; an interval
    that would hold on no day is dropped, and so is a change planned for later.
    """
    before = since - dt.timedelta(days=1)
    kept = []
    for one in parties:
        if one.role == role and (one.until is None or one.until >= since):
            if one.since > before:
                continue
            one = msgspec.structs.replace(one, until=before)
        kept.append(one)
    if not person:
        return tuple(kept)
    for at, one in enumerate(kept):
        if (one.role, one.person, one.until, one.deputy_for) == (role, person, before, ""):
            kept[at] = msgspec.structs.replace(one, until=None)
            return tuple(kept)
    return (*kept, Party(role=role, person=person, name=name, since=since))


def part_text(parties: Iterable[Party], role: Role, today: dt.date) -> str:
    """Who holds a part, as a sheet says it: "Kim Lee, until Fri 4 Dec Noor Haddad stands in"; "" for nobody.
    Changes that are still to come are told, too."""
    own = [one for one in parties if one.role == role and (one.until is None or one.until >= today)]
    told = []
    for one in sorted(own, key=lambda one: (bool(one.deputy_for), one.since)):
        ahead = one.since > today
        if one.deputy_for and one.until is not None:
            first = f"from {show_date(one.since, today)} " if ahead else ""
            told.append(f"{first}until {show_date(one.until, today)} {one.name} stands in")
        else:
            told.append(f"from {show_date(one.since, today)} {one.name}" if ahead else one.name)
    return ", ".join(told)
