"""What a row says, laid over what the record has: added to and corrected, never erased."""

import datetime as dt

import msgspec

from piptui.people.found import Row
from piptui.people.names import comparable
from piptui.people.records import Person, Spell

_PLAIN = ("number", "email", "title", "department", "location", "status")


def merge(old: Person | None, row: Row, kind: str, *, login: str) -> tuple[Person, str]:
    """Give the person after `row`, and why its days were not taken ("" if they were).

    `kind` is what the file's key is called; `login` is the row's login, blank where it may not be taken. The
    manager stays as it was: it can only be found once all rows are known. Roles are not an import's business.
    A blank cell changes nothing.
    """
    values = row.values
    before = old or Person(name=values.get("name", ""))
    spells, why = merge_spells(before.spells, row.hired_on, row.left_on)
    person = msgspec.structs.replace(
        before,
        **{field: values[field] for field in _PLAIN if field in values},
        **_names(before, row),
        logins=_logins(before.logins, login),
        spells=spells,
        keys={**before.keys, **_keys(row, kind, login)},
    )
    return person, why


def merge_spells(
    spells: tuple[Spell, ...], hired_on: dt.date | None, left_on: dt.date | None
) -> tuple[tuple[Spell, ...], str]:
    """Give the spells of employment after a row's days, and why these were not taken ("" if they were).

    A hire date after the last spell's end begins a new spell; another one corrects the last spell; one that
    began an earlier spell changes nothing. A leaving date ends the last spell.
    """
    if not hired_on and not left_on:
        return spells, ""
    if not spells:
        return (Spell(hired_on=hired_on, left_on=left_on),), ""
    *earlier, last = spells
    if hired_on and last.left_on and hired_on > last.left_on:
        return (*spells, Spell(hired_on=hired_on, left_on=left_on)), ""
    if hired_on and hired_on in [spell.hired_on for spell in earlier]:
        hired_on = None
    new = Spell(hired_on=hired_on or last.hired_on, left_on=left_on or last.left_on)
    if new.hired_on and new.left_on and new.left_on < new.hired_on:
        return spells, f"leaving on {new.left_on} is before the hire date on record, {new.hired_on}"
    if earlier and new.hired_on and earlier[-1].left_on and new.hired_on <= earlier[-1].left_on:
        return spells, f"hire date {new.hired_on} lies in an earlier spell, which ended on {earlier[-1].left_on}"
    return (*earlier, new), ""


def _names(before: Person, row: Row) -> dict[str, str]:
    """The name fields to change; a new whole name without its parts leaves no stale parts behind."""
    names: dict[str, str] = {field: row.values[field] for field in ("name", "given", "family") if field in row.values}
    if names.get("name", before.name) != before.name and len(names) == 1:
        names.update(given="", family="")
    return names


def _logins(logins: tuple[str, ...], login: str) -> tuple[str, ...]:
    known = {comparable("login", one) for one in logins}
    return logins if not login or comparable("login", login) in known else (*logins, login)


def _keys(row: Row, kind: str, login: str) -> dict[str, str]:
    keys = {field: row.values.get(field, "") for field in ("number", "email")}
    keys["login"] = login
    keys.setdefault(kind, row.values.get("name", row.key) if kind == "name" else row.key)
    return {key: value if key == "name" else comparable(key, value) for key, value in keys.items() if value}
