"""What an import would change: each row matched with a person on record, or new."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from piptui.people.columns import KEY_FIELDS
from piptui.people.directory import Directory, values_of
from piptui.people.found import Import, ImportPlan, Refusal, Row
from piptui.people.managers import find_circles, resolve_managers
from piptui.people.merge import merge
from piptui.people.names import comparable
from piptui.people.records import Person

_FAR_AHEAD: Final = dt.timedelta(days=366)


def plan_import(
    existing: Mapping[str, Person], found: Import, *, new_id: Callable[[], str], today: dt.date
) -> ImportPlan:
    """Say which persons `found` would add and change; pure but for the ids that `new_id` makes.

    `existing` is the directory on record by id. A row meets its person by the file's key; failing that, by
    number, login or e-mail address, where exactly one person without such a key has the same. A second import
    updates and never deletes; rows that meet the same person are refused together. `today` (civil date) is
    used only to remark on hire dates more than a year ahead.
    """
    return _Planning(existing, found, new_id, today).plan()


class _Planning:
    def __init__(
        self, existing: Mapping[str, Person], found: Import, new_id: Callable[[], str], today: dt.date
    ) -> None:
        self.existing, self.found, self.new_id, self.today = existing, found, new_id, today
        self.directory = Directory(existing, dict.fromkeys((*KEY_FIELDS, "name", found.kind)))
        self.refused: list[Refusal] = list(found.refused)
        self.notes: list[tuple[int, str]] = []

    def plan(self) -> ImportPlan:
        rows = self._match_all()
        logins = self._free_logins(rows)
        after = dict(self.existing)
        for id_, row in rows:
            after[id_], why = merge(self.existing.get(id_), row, self.found.kind, login=logins.get(row.line, ""))
            if why:
                self._note(row, f"days of employment stay as they were: {why}")
            elif row.hired_on and row.hired_on > self.today + _FAR_AHEAD:
                self._note(row, f"hired on {row.hired_on}, more than a year ahead; look whether that is right")
        persons, notes = resolve_managers(after, rows)
        self.notes += notes
        after.update(persons)
        changed = {id_: person for id_, person in persons.items() if self.existing.get(id_) != person}
        return ImportPlan(
            adds=tuple((id_, person) for id_, person in changed.items() if id_ not in self.existing),
            updates=tuple((id_, person) for id_, person in changed.items() if id_ in self.existing),
            unchanged=len(persons) - len(changed),
            refused=tuple(sorted(self.refused, key=lambda refusal: refusal.line)),
            notes=(*self.found.notes, *self._sentences(), *_circles(after, dict(rows))),
        )

    def _match_all(self) -> list[tuple[str, Row]]:
        """Each row that can be taken, with the id of its person; the others are refused."""
        matched = [(row, self._match(row)) for row in self.found.rows]
        lines: dict[str, list[int]] = {}
        for row, id_ in matched:
            if id_:
                lines.setdefault(id_, []).append(row.line)
        taken: list[tuple[str, Row]] = []
        for row, id_ in matched:
            if id_ is None:
                continue
            if len(lines.get(id_, ())) > 1:
                others = ", ".join(str(line) for line in lines[id_] if line != row.line)
                self._refuse(row, f"this is {self.existing[id_].name} on record, and so is line {others}")
            elif id_:
                taken.append((id_, row))
            elif row.values.get("name"):
                taken.append((self.new_id(), row))
            else:
                self._refuse(row, "new, and the file has no name")
        return taken

    def _match(self, row: Row) -> str | None:
        """The id of the row's person, "" for a new one, None where the row had to be refused."""
        kind = self.found.kind
        ids = self.directory.with_key(kind, row.key)
        if len(ids) > 1:
            self._refuse(row, f'{self.found.key} "{row.key[:40]}" stands for {len(ids)} persons on record')
            return None
        if ids:
            return ids[0]
        alike = {
            id_: field
            for field in KEY_FIELDS
            if field != kind
            for id_ in self.directory.with_key(field, row.values.get(field, ""))
            if not values_of(self.existing[id_], kind)
        }
        if len(alike) > 1:
            self._note(row, f"has the e-mail address, login or number of {len(alike)} persons; added as a new one")
        return next(iter(alike)) if len(alike) == 1 else ""

    def _free_logins(self, rows: list[tuple[str, Row]]) -> dict[int, str]:
        """Logins by line. A login opens the record to one person: nobody gets one that is, or may be, another's."""
        wanted = Counter(comparable("login", row.values.get("login", "")) for _, row in rows)
        free: dict[int, str] = {}
        for id_, row in rows:
            login = row.values.get("login", "")
            owners = self.directory.with_key("login", login)
            if login and (owners == (id_,) or (not owners and wanted[comparable("login", login)] == 1)):
                free[row.line] = login
            elif login:
                whose = f"belongs to {self.existing[owners[0]].name}" if owners else "stands on several rows"
                self._note(row, f'login "{login[:40]}" {whose}; not given to {row.values.get("name", "this person")}')
        return free

    def _refuse(self, row: Row, why: str) -> None:
        self.refused.append(Refusal(row.line, why))

    def _note(self, row: Row, text: str) -> None:
        self.notes.append((row.line, text))

    def _sentences(self) -> tuple[str, ...]:
        return tuple(f"Line {line}: {text}." for line, text in sorted(self.notes))


def _circles(persons: Mapping[str, Person], rows: Mapping[str, Row]) -> tuple[str, ...]:
    notes = []
    for circle in find_circles(persons, rows):
        names = " → ".join(persons[id_].name for id_ in (*circle, circle[0]))
        lines = ", ".join(str(rows[id_].line) for id_ in circle if id_ in rows)
        where = f" (lines {lines})" if lines else ""
        notes.append(f"Managers in a circle: {names}{where}. Correct it in the HR system and import again.")
    return tuple(notes)
