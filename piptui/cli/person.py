"""A person as plain lines: what `piptui person` prints."""

import datetime as dt
from collections.abc import Iterable

from piptui.cases.words import words
from piptui.cli.holds import hold_line
from piptui.cli.output import paragraph, table
from piptui.dates import show_date
from piptui.desk.api import NoteLine, PersonSheet, RoleLine, SpellLine


def person_lines(sheet: PersonSheet, today: dt.date) -> list[str]:
    """The person from name to last note. `today` is the reader's civil date."""
    line = sheet.line
    facts = (
        (f"number {line.number}" if line.number else "no number"),
        line.title,
        line.department,
        sheet.location,
        sheet.zone,
    )
    lines = [f"{line.name} · {' · '.join(fact for fact in facts if fact)}"]
    more = (
        f"reports to {line.manager}" if line.manager else "reports to nobody on record",
        line.email,
        f"logins: {', '.join(sheet.logins)}" if sheet.logins else "no login",
    )
    lines.append("; ".join(fact for fact in more if fact))
    if sheet.own:
        lines.append("Your own page: it shows what is shared with you.")
    lines += [hold_line(one) for one in sheet.holds]
    lines += _section(
        "Employment", [spell_text(one, today) for one in sheet.spells], "No days of employment on record."
    )
    lines += _section("Roles for every case", [role_text(one, today) for one in sheet.roles], "None.")
    cases = [
        (one.case, f"closed: {words(one.result)}" if one.result else words(one.stage), one.about)
        for one in sheet.cases
    ]
    lines += _section(
        "Cases",
        table(cases),
        f"No case about them that you may see. Next: piptui new --employee {line.number or 'NAME'}",
    )
    if sheet.handles:
        handled = [(one.case, words(one.stage), one.employee, one.about) for one in sheet.handles]
        lines += _section("Has a part in", table(handled), "")
    notes = [part for one in sheet.notes for part in _note(one, today)]
    empty = f"Nothing that you may read. Next: piptui do --person {line.number or 'NAME'} note --set text=…"
    return [*lines, *_section("Notebook", notes, "Nothing is shared with you." if sheet.own else empty)]


def spell_text(one: SpellLine, today: dt.date) -> str:
    """A spell of employment in words."""
    since = f"hired on {show_date(one.hired_on, today)}" if one.hired_on else "day of hiring not on record"
    if one.left_on is None:
        return since
    return f"{since}, {'left' if one.left_on <= today else 'leaves'} on {show_date(one.left_on, today)}"


def role_text(one: RoleLine, today: dt.date) -> str:
    """A dated role in words."""
    until = f" until {show_date(one.until, today)}" if one.until else ""
    state = "" if one.holds else ", over" if one.until and one.until < today else ", not yet"
    return f"{words(one.role)} from {show_date(one.since, today)}{until}{state}"


def _section(title: str, body: Iterable[str], empty: str) -> list[str]:
    return ["", title, *("  " + one for one in list(body) or [empty])]


def _note(one: NoteLine, today: dt.date) -> list[str]:
    kind = words(one.kind) + (f": {one.topic}" if one.topic else "")
    struck = " (struck)" if one.struck else ""
    lines = [f"{show_date(one.occurred_on, today)} {kind}{struck} [{one.id[:8]}]"]
    lines += paragraph(one.removed, "  ") if one.removed else []
    lines += paragraph(one.text, "  ")
    if one.next_step:
        lines += paragraph(f"agreed next step: {one.next_step}", "  ")
    written = f"written {one.recorded_at:%Y-%m-%d} by {one.who} ({words(one.role)}); {words(one.cls)}"
    brought = f"; in case {', '.join(one.cases)}" if one.cases else ""
    lines.append(f"  {written}{brought}")
    lines += [part for was in one.was for part in paragraph(was, "  ")]
    return lines + (paragraph(f"struck: {one.struck}", "  ") if one.struck else [])
