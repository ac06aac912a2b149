"""A person as the record keeps them.

Ids are random and opaque: a name, an HR number or an e-mail address never becomes one. External keys are
data, so that a second import finds the person again whatever else has changed.
"""

import datetime as dt
from typing import Literal

import msgspec

DatedRoleName = Literal["hr", "legal"]


class DatedRole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A role that holds for every case: HR or legal, from a day on, until a day (inclusive) or open."""

    role: DatedRoleName
    since: dt.date
    until: dt.date | None = None


class Spell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One spell of employment; a rehire is a second one. Civil dates as the HR system gave them."""

    hired_on: dt.date | None = None
    left_on: dt.date | None = None


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person of the directory (S002, S003).

    `keys` holds the external keys by kind ("number", "email", "login", "name"): what an import matches by.
    `manager` is the id of another person. `status` is the HR system's own word, kept as it came.
    `zone` is the IANA zone of the workplace, "" where it was not said.
    `cls` is "manager_hr": the directory is not for the employee role.
    """

    schema: int = 1
    of: str = ""
    cls: Literal["manager_hr"] = msgspec.field(name="class", default="manager_hr")
    name: str
    given: str = ""
    family: str = ""
    number: str = ""
    email: str = ""
    logins: tuple[str, ...] = ()
    title: str = ""
    department: str = ""
    location: str = ""
    manager: str | None = None
    status: str = ""
    spells: tuple[Spell, ...] = ()
    roles: tuple[DatedRole, ...] = ()
    keys: dict[str, str] = {}
    zone: str = ""
