"""What others committed meanwhile, as far as the actor may see it: a hidden note must not betray itself here."""

from collections.abc import Iterator
from contextlib import suppress

from piptui.cases.records import Redaction
from piptui.cases.words import Class
from piptui.desk.api import News, NewsLine
from piptui.desk.session import Session
from piptui.documents import decode
from piptui.errors import NotFound
from piptui.store import Commit, Key

MOST = 200
"""Commits that are looked at one by one; after more than that, everything shown is read again anyway."""


def watch(session: Session, since: int | None) -> News:
    """See `api.Desk.watch`."""
    seq, _ = session.store.head()
    if since is None or since >= seq:
        return News(seq=seq)
    name = session.directory().name
    found = [
        NewsLine(seq=commit.seq, case=case, who=name(commit.actor), removed=removed)
        for commit in session.store.changes(since)[-MOST:]
        for case, removed in _concerned(session, commit)
    ]
    return News(seq=seq, lines=tuple(found))


def _concerned(session: Session, commit: Commit) -> Iterator[tuple[str, tuple[Key, ...]]]:
    """The numbers of the cases in which the actor sees something of this commit; "" where they see a person,
    or a note about one. With each, the documents that they see and out of which it removed texts."""
    from piptui.desk.persons import notes_about  # a start shows no notebook

    removes = _removes(session, commit)
    seen: dict[str, str] = {}
    removed: dict[str, list[Key]] = {}
    for (table, key), owner in zip(commit.keys, commit.owners, strict=True):
        case = "" if table in ("people", "notebook") else key if table == "cases" else owner
        if table == "people":
            number = "" if session.directory_open() else None
        elif table == "notebook":
            number = "" if any(one.id == key for one in notes_about(session, owner)) else None
        elif not case or (case in seen and not removes):
            continue
        else:
            number = _number(session, table, key, case) or None
        if number is None:
            continue
        seen.setdefault(case, number)
        if removes and table != "redactions":
            removed.setdefault(case, []).append((table, key))
    for case, number in seen.items():
        yield number, tuple(removed.get(case, ()))


def _removes(session: Session, commit: Commit) -> bool:
    """Whether texts were removed on request. Working papers that are erased when a plan is issued were nobody's
    wish: what is half typed on them stays its writer's."""
    if not commit.redacts:
        return False
    for table, key in commit.keys:
        if table == "redactions":
            with suppress(KeyError):
                record: Redaction = decode("redactions", session.store.get(table, key)[0])
                return record.what != "working_papers"
    return True


def _number(session: Session, table: str, key: str, case: str) -> str:
    """The number of a case, "" where the actor may not see it, or not this document of it."""
    try:
        facts, _ = session.row(case)
    except NotFound:
        return ""
    shared = facts.shared
    classes = session.classes(shared.parties, shared.zone, shared.version)
    return shared.number if _class(session, table, key) in classes else ""


def _class(session: Session, table: str, key: str) -> Class | str:
    past = session.store.history(table, key)
    return past[-1].cls if past else ""
