"""The person behind a login: founded with the store, or noted at the first act in a personal store."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from piptui.dates import utc_now
from piptui.desk.session import Session
from piptui.documents import check_document, encode
from piptui.errors import Denied
from piptui.people.records import DatedRole, Person
from piptui.store import Change, create_store, open_store
from piptui.store.disk import barred
from piptui.store.files import Place


def init_store(
    where: str | Path,
    *,
    kind: str = "personal",
    login: str,
    name: str = "",
    new_id: Callable[[], str],
    clock: Callable[[], dt.datetime] | None = None,
    zone: str = "",
    network: Callable[[], bool] | None = None,
) -> str:
    """Make a store whose first person is its founder; in a team store the founder has the HR role. `zone` is the
    IANA zone in which its days are read, "" for the machine's. `network`: see `open_store`. Returns the founder's
    person id. Raises Refused where the folder holds something else, or lies where no team store should."""
    barred(Place(where), kind, network)
    now = clock or utc_now
    create_store(Path(where), kind=kind, clock=clock, zone=zone)  # type: ignore[arg-type]  # the store checks it
    roles = (DatedRole(role="hr", since=now().date()),) if kind == "team" else ()
    founder = Person(name=name or login, logins=(login,), roles=roles, keys={"login": login.casefold()})
    key = new_id()
    with open_store(where, clock=clock, network=network) as store:
        document = encode(founder)
        check_document("people", document)
        store.commit(
            [Change("people", key, document, f"{founder.name} founded this store.")],
            expect={},
            actor=key,
            act="init",
            meta={"login": login, "role": "hr"},
        )
    return key


def ensure_person(session: Session) -> str:
    """The actor's person id; in a personal store an unknown login becomes a person at its first act.

    Raises Denied in a team store, where people are let in by HR.
    """
    known = session.person()
    if known:
        return known
    login = session.actor.login
    if not session.personal:
        raise Denied(f"This team store does not know the login {login!r}. HR can let you in.")
    key = session.new_id()
    document = encode(Person(name=login, logins=(login,), keys={"login": login.casefold()}))
    session.store.commit(
        [Change("people", key, document, f"{login} used this store for the first time.")],
        expect={},
        actor=key,
        act="init",
        meta={"login": login},
    )
    return key
