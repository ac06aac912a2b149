"""What others committed meanwhile, as far as the actor may see it: a hidden note must not betray itself here."""

from piptui.cases.words import Class
from piptui.desk.api import News, NewsLine
from piptui.desk.past import REDACT
from piptui.desk.session import Session
from piptui.errors import NotFound
from piptui.store import Commit

MOST = 200
"""Commits that are looked at one by one; after more than that, everything shown is read again anyway."""


def watch(session: Session, since: int | None) -> News:
    """See `api.Desk.watch`."""
    seq, _ = session.store.head()
    if since is None or since >= seq:
        return News(seq=seq)
    name = session.directory().name
    found = [
        NewsLine(seq=commit.seq, case=case, who=name(commit.actor), removed=ids if commit.act == REDACT else ())
        for commit in session.store.changes(since)[-MOST:]
        for case, ids in _concerned(session, commit).items()
    ]
    return News(seq=seq, lines=tuple(found))


def _concerned(session: Session, commit: Commit) -> dict[str, tuple[str, ...]]:
    """The numbers of the cases in which the actor sees something of this commit, "" where they see a person or a note
    about one; with the ids of what they see."""
    from piptui.desk.persons import notes_about  # a start shows no notebook

    seen: dict[str, tuple[str, ...]] = {}
    for (table, key), owner in zip(commit.keys, commit.owners, strict=True):
        if table == "people":
            shown, number = session.directory_open(), ""
        elif table == "notebook":
            shown, number = any(one.id == key for one in notes_about(session, owner)), ""
        else:
            case = key if table == "cases" else owner
            number = _number(session, table, key, case) if case else ""
            shown = bool(number)
        if shown:
            seen[number] = (*seen.get(number, ()), key)
    return seen


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
