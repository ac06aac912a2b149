"""Who a person is: added by hand, details changed, logins replaced. An import stays the normal way (S002, S003)."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from piptui.cases.acts.base import Change, Input
from piptui.cases.plan import about
from piptui.dates import zone_name
from piptui.errors import BadInput, Refused
from piptui.people.acts.base import PersonAct, PersonContext, PersonFile, PersonWritten
from piptui.people.directory import values_of
from piptui.people.managers import find_circles
from piptui.people.names import comparable, is_name
from piptui.people.records import Person, Spell
from piptui.text import sentence_list


class AddPerson(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who is not in the directory yet, and in no export."""

    name: Annotated[str, about("the name as it shall be printed")]
    number: Annotated[str, about("the number in the HR system")] = ""
    email: Annotated[str, about("the e-mail address at work")] = ""
    login: Annotated[str, about("the login on this machine, which opens the record to them")] = ""
    title: Annotated[str, about("the job title")] = ""
    department: Annotated[str, about("the department")] = ""
    location: Annotated[str, about("the place of work")] = ""
    zone: Annotated[str, about("the time zone of the place of work, such as Europe/Berlin")] = ""
    hired_on: Annotated[dt.date | None, about("the first day of the employment")] = None
    manager: Annotated[str, about("whom they report to: name, number, e-mail or id")] = ""


class ChangePerson(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Other details; what is left out stays, an empty text empties. Open cases keep the names that they have."""

    name: Annotated[str | None, about("the name as it shall be printed")] = None
    number: Annotated[str | None, about("the number in the HR system")] = None
    email: Annotated[str | None, about("the e-mail address at work")] = None
    title: Annotated[str | None, about("the job title")] = None
    department: Annotated[str | None, about("the department")] = None
    location: Annotated[str | None, about("the place of work")] = None
    zone: Annotated[str | None, about("the time zone of the place of work, such as Europe/Berlin")] = None
    hired_on: Annotated[dt.date | None, about("the first day of the present employment")] = None
    manager: Annotated[str | None, about("whom they report to: name, number, e-mail or id")] = None


class SetLogins(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The logins of a person, all of them: what is not named is taken away."""

    logins: Annotated[tuple[str, ...], about("the logins on this machine, which open the record to them")] = ()
    none: Annotated[bool, about("take every login away: the record is closed to them")] = False


KEYS = ("number", "email", "login")
"""What must not be two persons'."""


def add_person(file: PersonFile, data: AddPerson, ctx: PersonContext) -> PersonWritten:
    """A new person; who has the same number, e-mail or login is named instead."""
    if not is_name(data.name):
        raise BadInput(f"name: {data.name!r} is no name.")
    people = ctx.people()
    logins = (data.login,) if data.login else ()
    key = ctx.new_id()
    for kind, value in (("number", data.number), ("email", data.email), ("login", data.login)):
        _free(people, key, kind, value)
    person = Person(
        name=data.name,
        number=data.number,
        email=data.email,
        logins=logins,
        title=data.title,
        department=data.department,
        location=data.location,
        zone=zone_name(data.zone) if data.zone else "",
        manager=ctx.resolve(data.manager) if data.manager else None,
        spells=(Spell(hired_on=data.hired_on),) if data.hired_on else (),
        keys=_keys({}, {"number": data.number, "email": data.email, "login": data.login}),
    )
    same = [one for one in people.values() if comparable("name", one.name) == comparable("name", data.name)]
    doubts = tuple(
        f"There is a {one.name} already ({one.number or 'no number'}): is this another one?" for one in same
    )
    doubts += _odd(data.email)
    sentence = f"{ctx.name} added {person.name}."
    return PersonWritten((Change("people", key, person, sentence),), sentence, key, doubts=doubts)


def change_person(file: PersonFile, data: ChangePerson, ctx: PersonContext) -> PersonWritten:
    """Write what is said; the sentence names what changed."""
    before = file.known
    said = {name: value for name in data.__struct_fields__ if (value := getattr(data, name)) is not None}
    if not said:
        raise BadInput(f"Nothing is said: give at least one of {', '.join(data.__struct_fields__)}.")
    changed: dict[str, Any] = {name: said[name] for name in ("title", "department", "location") if name in said}
    if "name" in said:
        changed |= _named(before, said["name"])
    for kind in ("number", "email"):
        if kind in said:
            _free(ctx.people(), file.id, kind, said[kind])
            changed[kind] = said[kind]
            changed["keys"] = _keys(changed.get("keys", before.keys), {kind: said[kind]})
    if "zone" in said:
        changed["zone"] = zone_name(said["zone"]) if said["zone"] else ""
    if "manager" in said:
        changed["manager"] = ctx.resolve(said["manager"]) if said["manager"] else None
    if "hired_on" in said:
        changed["spells"] = _hired(before, said["hired_on"])
    after = msgspec.structs.replace(before, **changed)
    if after == before:
        raise BadInput(f"{before.name} stands so already: nothing to change.")
    if after.manager and after.manager != before.manager:
        _no_circle(file.id, after, ctx.people())
    what = sentence_list([_word(name) for name in said if _differs(before, after, name)])
    sentence = f"{ctx.name} changed {what} of {before.name}."
    doubts = _odd(said.get("email", ""))
    return PersonWritten((Change("people", file.id, after, sentence),), sentence, file.id, doubts=doubts)


def _odd(email: str) -> tuple[str, ...]:
    here, _, there = email.partition("@")
    if not email or (here and there and " " not in email and "@" not in there):
        return ()
    return (f"{email} does not look like an e-mail address: is it right?",)


def set_logins(file: PersonFile, data: SetLogins, ctx: PersonContext) -> PersonWritten:
    """Replace the logins. Nobody gets another's, and a team store keeps somebody of HR who can open it."""
    before = file.known
    if bool(data.logins) == data.none:
        raise BadInput("logins is missing: say which, or none=yes to take every login away.")
    for login in data.logins:
        if len(login.split()) != 1:
            raise BadInput(f"logins: {login!r} is no login: it is one word, as `id -un` says it.")
        _free(ctx.people(), file.id, "login", login)
    if not ctx.personal:
        if not data.logins:
            other_hr(file.id, ctx, f"Without a login {before.name} cannot open this store")
        if file.id == ctx.actor and ctx.login not in data.logins:
            # A slip of the pen would shut everybody out: nobody could set it right.
            other_hr(file.id, ctx, f"Without {ctx.login}, by which you are here, this store may be closed to you")
    first = data.logins[0] if data.logins else ""
    after = msgspec.structs.replace(before, logins=data.logins, keys=_keys(before.keys, {"login": first}))
    if after == before:
        raise BadInput(f"{before.name} has these logins already: nothing to change.")
    told = sentence_list(data.logins) if data.logins else "none"
    sentence = f"{ctx.name} set the logins of {before.name}: {told}."
    return PersonWritten((Change("people", file.id, after, sentence),), sentence, file.id)


def other_hr(but: str, ctx: PersonContext, why: str) -> None:
    """Raise Refused where nobody but `but` has the HR role until further notice and a login: nobody could let anybody
    in any more."""

    def has_it(person: Person, *, for_good: bool) -> bool:
        held = any(
            one.role == "hr"
            and one.since <= ctx.today
            and (one.until is None or (one.until > ctx.today and not for_good))
            for one in person.roles
        )
        return held and bool(person.logins)

    people = ctx.people()
    others = (one for key, one in people.items() if key != but)
    if (
        but in people
        and has_it(people[but], for_good=False)
        and not any(has_it(one, for_good=True) for one in others)
    ):
        raise Refused(
            f"{why}, and nobody else has the HR role until further notice and a login. "
            "Give the role to somebody else first."
        )


def _named(before: Person, name: str) -> dict[str, str]:
    if not is_name(name):
        raise BadInput(f"name: {name!r} is no name.")
    # The parts of another name would be stale.
    return {"name": name} if name == before.name else {"name": name, "given": "", "family": ""}


def _hired(before: Person, day: dt.date) -> tuple[Spell, ...]:
    """The last spell with another first day."""
    if not before.spells:
        return (Spell(hired_on=day),)
    *earlier, last = before.spells
    if last.left_on and day > last.left_on:
        raise Refused(f"hired_on: {before.name} left on {last.left_on}. Who came back was rehired: use that act.")
    if earlier and earlier[-1].left_on and day <= earlier[-1].left_on:
        raise Refused(f"hired_on: the employment before ended on {earlier[-1].left_on}.")
    return (*earlier, msgspec.structs.replace(last, hired_on=day))


def _free(people: Mapping[str, Person], key: str, kind: str, value: str) -> None:
    """Raise Refused where a number, an e-mail address or a login is somebody else's."""
    wanted = comparable(kind, value)
    owner = next(
        (one for id_, one in people.items() if value and id_ != key and wanted in values_of(one, kind)), None
    )
    if owner is not None:
        word = "e-mail" if kind == "email" else kind
        raise Refused(f"{kind}: the {word} {value} is {owner.name}'s. Change theirs first, or leave it out.")


def _keys(before: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """What an import matches by, with these values; an empty one goes."""
    both = {**before, **{kind: comparable(kind, value) for kind, value in new.items()}}
    return {kind: value for kind, value in both.items() if value}


def _no_circle(key: str, after: Person, people: Mapping[str, Person]) -> None:
    everybody = {**people, key: after}
    for circle in find_circles(everybody, [key]):
        names = " → ".join(everybody[id_].name for id_ in (*circle, circle[0]))
        raise Refused(f"manager: people would report in a circle: {names}.")


def _differs(before: Person, after: Person, name: str) -> bool:
    field = "spells" if name == "hired_on" else name
    return bool(getattr(before, field) != getattr(after, field))


_WORDS = {"email": "e-mail", "hired_on": "the first day of employment", "zone": "time zone"}


def _word(name: str) -> str:
    return _WORDS.get(name, name)


ACTS = (
    PersonAct("add_person", "Add a person", ("hr",), AddPerson, add_person, "nothing", adds=True),
    PersonAct("change_person", "Change a person's details", ("hr",), ChangePerson, change_person),
    PersonAct("set_logins", "Set the logins of a person", ("hr",), SetLogins, set_logins),
)
