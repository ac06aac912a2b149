"""Legal holds at the desk: what is under one, and the sentence that refuses to remove it."""

import shlex
from collections.abc import Iterable

from piptui.cases.file import Held
from piptui.cases.records import Hold
from piptui.desk.api import HoldLine
from piptui.desk.reading import held
from piptui.desk.session import Session
from piptui.documents import decode
from piptui.errors import BadInput, NotFound, Refused


def standing(session: Session, owners: Iterable[str]) -> tuple[HoldLine, ...]:
    """The holds on these cases and persons (ids) that nobody has lifted, oldest first."""
    return tuple(_line(session, key, hold) for key, hold in _held(session) if hold.of in {*owners})


def of_matter(session: Session, matter: str) -> tuple[Held[Hold], ...]:
    """Every hold of one matter, on whatever case or person."""
    found = [held("holds", key, document, rev) for key, document, rev in session.store.list("holds")]
    return tuple(one for one in found if one.record.matter == matter)


def on_person(session: Session, key: str) -> tuple[Held[Hold], ...]:
    """The holds on a person, lifted ones too."""
    return tuple(held("holds", one, document, rev) for one, document, rev in session.store.list("holds", of=key))


def _held(session: Session) -> list[tuple[str, Hold]]:
    """Every hold that stands. There are few: they are read whole."""
    found: list[tuple[str, Hold]] = [(key, decode("holds", one)) for key, one, _ in session.store.list("holds")]
    return [(key, hold) for key, hold in found if hold.lifted is None]


def _line(session: Session, key: str, hold: Hold) -> HoldLine:
    name = session.directory().name
    try:
        number = str(session.store.get("cases", hold.of)[0]["number"])
    except NotFound:
        number = ""
    who = "" if number else _pastable(session, hold.of)
    lift = f"piptui do {number} lift_hold" if number else f"piptui do --person {who} lift_hold"
    lift += " --set reason=…"
    on = f"Case {number} is" if number else f"{session.directory().named(hold.of, 'The person')} is"
    keeps = f"; custodian {hold.custodian}" if hold.custodian else ""
    return HoldLine(
        id=key,
        case=number,
        since=hold.since,
        who=name(hold.by),
        custodian=hold.custodian,
        reason=hold.text,
        lift=lift,
        told=f"{on} under a legal hold since {hold.since} by {name(hold.by)}{keeps}. To lift it: {lift}.",
        comparator=hold.comparator,
        person="" if number else hold.of,
    )


def _pastable(session: Session, key: str) -> str:
    """What a command takes for a person: the number, if it means nobody else."""
    known = session.directory().get(key)
    number = known.number if known is not None else ""
    try:
        return shlex.quote(number) if number and session.directory().resolve(number) == key else key
    except (NotFound, BadInput):
        return key


def refuse_held(holds: Iterable[HoldLine]) -> None:
    """Raise Refused, naming each hold, unless there is none."""
    if reasons := tuple(one.told for one in holds):
        raise Refused("A legal hold forbids to remove this: nothing was removed.", reasons)
