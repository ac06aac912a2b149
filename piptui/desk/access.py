"""Who is at the desk: which cases they may know of, which classes they read, in which role they act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from piptui.cases.parties import holds
from piptui.cases.records import Party
from piptui.cases.words import EVERYTHING, SEES, Class, Role, words
from piptui.errors import BadInput, Denied
from piptui.text import sentence_list

if TYPE_CHECKING:
    from piptui.cases.acts.base import Act


class Access(msgspec.Struct, frozen=True):
    """What one actor may do and see in one store.

    In a personal store the owner reads everything and chooses the role at the act; a chosen role narrows both.
    In a team store roles come from the case's parties and the person's dated roles; a chosen role must be one
    of them.
    """

    personal: bool
    person: str
    chosen: Role | None = None
    dated: frozenset[Role] = frozenset()

    def roles(self, parties: Iterable[Party], today: dt.date) -> frozenset[Role]:
        """The roles this actor has in a case. The employee of a plan is nothing else in it, not even HR."""
        own: frozenset[Role] = frozenset(
            party.role for party in parties if party.person == self.person and holds(party, today)
        )
        mine: frozenset[Role] = frozenset({"employee"}) if "employee" in own else own | self.dated
        if self.chosen is None:
            return mine
        return frozenset({self.chosen}) if self.personal or self.chosen in mine else frozenset()

    def classes(self, parties: Iterable[Party], today: dt.date, *, issued: bool) -> frozenset[Class]:
        """The classes this actor reads in a case; none: the case does not exist for them. Before the plan is
        issued, the employee knows nothing of it."""
        if self.personal and self.chosen is None:
            return EVERYTHING
        mine = self.roles(parties, today) - (frozenset() if issued else frozenset({"employee"}))
        return frozenset[Class]().union(*(SEES[role] for role in mine))

    def role_for(self, act: Act, parties: Iterable[Party], today: dt.date, data: Mapping[str, Any]) -> Role:
        """The role in which an act is done. Raises Denied naming the roles that may."""
        mine = self.roles(parties, today)
        fit = [role for role in act.roles if role in mine]
        if not fit and self.personal and self.chosen is None:
            fit = list(act.roles)
        wanted = _class_meant(data, today)
        able = [role for role in fit if wanted in SEES[role]] if wanted else fit
        if able or fit:
            return (able or fit)[0]
        who = sentence_list([words(role) for role in act.roles])
        raise Denied(f"{act.title}: only {who} may. You act as {self.described(mine)}.")

    def described(self, roles: Iterable[Role]) -> str:
        """The actor's roles in words."""
        return sentence_list([words(role) for role in sorted(roles)]) or words(self.chosen or "nobody in this case")


def _class_meant(data: Mapping[str, Any], today: dt.date) -> Class | None:
    """The class that an input names, as typed; None where it names none, or one that does not exist."""
    from piptui.cases.typed import Reading, value  # a start does no act

    try:
        meant: Class | None = value(Class, data.get("cls"), Reading(today=today), "cls")
    except BadInput:
        return None
    return meant
