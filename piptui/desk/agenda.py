"""What is due: from the facts of the cases to things to do, by the day and by whose move it is."""

import datetime as dt

from piptui.cases.parties import deputy_names, names_on
from piptui.desk.api import DueLine
from piptui.desk.listing import dues
from piptui.desk.session import Session
from piptui.text import fold


def due(session: Session, days: int, who: str) -> tuple[DueLine, ...]:
    """See `api.Desk.due`."""
    wanted = fold(who)
    found = []
    for _, facts, stage in session.rows():
        shared = facts.shared
        today = session.today(shared.zone)
        names = names_on(shared.parties, today)
        both = (*names.items(), *deputy_names(shared.parties, today).items())
        if wanted and not any(wanted in fold(name) for role, name in both if role != "employee"):
            continue
        for one in dues(session, facts, stage):
            ahead = (one.on - today).days if one.on else 0
            if ahead <= days:
                found.append(
                    DueLine(
                        case=shared.number,
                        employee=names.get("employee", ""),
                        on=one.on,
                        what=one.what,
                        detail=one.detail,
                        overdue=max(-ahead, 0),
                        who=names.get(one.role, ""),
                    )
                )
    return tuple(sorted(found, key=lambda line: (line.on or dt.date.min, line.case, line.what)))
