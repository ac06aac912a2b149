"""The plan as sections of fields: which section shows what, and a record's values as they would be typed.

Labels, kinds and choices come from the plan's own types; only what a type cannot say is written here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal, get_args, get_origin

from piptui.cases.acts.editing import DRAFT_FIELDS
from piptui.cases.parties import named_last
from piptui.cases.plan import (
    COLLECTIONS,
    Evidence,
    Goal,
    Items,
    Milestone,
    PlanText,
    Record,
    Schedule,
    Threshold,
    When,
)
from piptui.cases.records import Case, Draft, Party
from piptui.cases.typed import bare_type, described, field_types
from piptui.cases.words import Role, words
from piptui.desk.api import CaseSheet
from screens.labels import label as named_input
from screens.widgets.fields import Kind, Spec

PARTIES: Final[dict[str, Role]] = {
    "manager": "manager",
    "second_manager": "second_manager",
    "hr_partner": "hr",
    "legal_reviewer": "legal",
}
"""Fields of the case that name somebody -> who that is to the case."""


@dataclass(frozen=True)
class Section:
    """A part of the plan: single fields (`fields`) or a collection of items (`collection`), with the word for
    one of them."""

    id: str
    title: str
    fields: tuple[str, ...] = ()
    collection: str = ""
    one: str = ""


SECTIONS: Final[tuple[Section, ...]] = (
    Section("role", "Role", ("role_summary", "job_description")),
    Section("context", "Context", ("context",)),
    Section("standards", "Standards", collection="standards", one="standard"),
    Section("gaps", "Gaps", collection="gaps", one="gap"),
    Section("evidence", "Evidence", collection="evidence", one="fact"),
    Section("root_cause", "Root cause", ("root_cause",)),
    Section("goals", "Goals", collection="goals", one="goal"),
    Section("milestones", "Milestones", collection="milestones", one="milestone"),
    Section("support", "Support", collection="support", one="promise"),
    Section("schedule", "Check-ins", tuple(f"schedule.{name}" for name in Schedule.__struct_fields__)),
    Section("thresholds", "Thresholds", collection="thresholds", one="threshold"),
    Section("links", "Links", collection="links", one="link"),
    Section("length", "Length", ("category", "days", "days_reason", "start")),
    Section("consequences", "Consequences", ("statement", "consequences")),
    Section("employee_view", "Employee's view", ("employee_view", "employee_view_absence")),
    Section("people", "People", (*PARTIES, "legal_review", "zone", "language")),
)
"""In the order in which a plan is written."""

LABELS: Final[dict[str, str]] = {
    "role_summary": "Role",
    "job_description": "Description",
    "root_cause": "Root cause",
    "days_reason": "Why this long",
    "start": "Starts",
    "employee_view": "Their view",
    "employee_view_absence": "Why missing",
    "consequences": "Consequences",
    "first_week": "From week",
    "week": "By week",
    "on": "Day",
    "since": "From",
    "until": "To",
    "value": "Measured",
    "baseline": "From",
    "target": "Target",
    "direction": "Better is",
    "due": "Due",
    "proof": "Proof",
    "provider": "Given by",
    "achievable": "Reachable",
    "relevant": "Matters",
    "location": "Where",
    "format": "Read together",
    "minutes": "Minutes",
    "metric": "Measure",
}
"""Labels that are not the field's name with a capital."""

FIRST_LABELS: Final[dict[str, str]] = {
    "standards": "Standard",
    "gaps": "Gap",
    "evidence": "Fact",
    "goals": "Goal",
    "milestones": "Milestone",
    "support": "Promise",
}
"""What the `statement` of a collection is called."""

ABOUT: Final[dict[str, str]] = {
    "cadence": "how often you meet",
    "weekday": "the day on which you meet",
    "time": "when, in the zone below, such as 10:00",
    "zone": "zone of that time, such as Europe/Berlin",
    "minutes": "how long it takes",
    "manager": "who runs the plan",
    "second_manager": "the manager's manager",
    "hr_partner": "who accompanies it in HR",
    "legal_reviewer": "who reviews it for legal, where that is required",
    "legal_review": "is a legal review required?",
    "language": "the language of the case, such as en",
    "place": "room, link or channel",
    "format": "what is read together, with which tools",
}
"""Sentences for fields whose type carries none."""

ORDER: Final[dict[type[Record], tuple[str, ...]]] = {
    Evidence: ("statement", "on", "since", "until", "source", "reference", "unit", "value", "expected", "benchmark"),
    Goal: (
        *("statement", "kind", "metric", "unit", "baseline", "target", "direction", "criterion", "due", "gap"),
        *("standard", "proof", "achievable", "relevant"),
    ),
    Milestone: ("statement", "goal", "week", "first_week", "target"),
    Threshold: ("criterion", "result", "consequence"),
}
"""What is asked first, where it is not the order of the record: what, how measured, by when, where it belongs."""
ABSENT: Final[dict[str, frozenset[str]]] = {
    "numeric": frozenset({"criterion"}),
    "qualitative": frozenset({"metric", "unit", "baseline", "target", "direction"}),
}
"""Kind of a goal -> what it does not ask for."""
PROSE: Final = frozenset({"statement", "impact", "criterion", "consequence", "achievable", "relevant", "proof"})
LONG: Final = frozenset({"context", "role_summary", "root_cause", "consequences", "employee_view", "format"})
REFERENCES: Final = {"gap": "gaps", "standard": "standards", "goal": "goals"}
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def section_of(where: str) -> str:
    """The section that shows a place such as "goals.g2.due" or "days"; "" where none does."""
    head = where.split(".", 1)[0]
    for section in SECTIONS:
        if head in (section.collection, section.id) or where in section.fields or head in section.fields:
            return section.id
    return ""


def raw(value: object) -> str:
    """A value as somebody would type it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return format(value, "f")
        case dt.date():
            return value.isoformat()
        case When(week=int() as week):
            return f"week {week}"
        case When(day=int() as day):
            return f"day {day}"
        case When(on=on):
            return raw(on)
        case _:
            return str(value)


def values_of(section: Section, text: PlanText, item: str = "") -> dict[str, str]:
    """What the fields of a section (or of one of its items) begin with."""
    if section.collection:
        record: Record = items_of(text, section.collection).get(item) or COLLECTIONS[section.collection][1]()
        return {name: raw(getattr(record, name)) for name in shown_fields(type(record))}
    return {name: raw(at(text, name)) for name in section.fields}


def header_data(sheet: CaseSheet) -> dict[str, Any]:
    """The fields of the case that the editor shows, as plain data; people by their ids."""
    header = sheet.header
    people = {name: party.person if (party := party_of(header, name)) else None for name in PARTIES}
    return people | {"legal_review": sheet.legal_review, "zone": header.zone, "language": header.language}


def header_values(sheet: CaseSheet) -> dict[str, str]:
    """The same as it would be typed; people by their names."""
    people = {name: party.name for name in PARTIES if (party := party_of(sheet.header, name))}
    return {name: raw(value) for name, value in header_data(sheet).items()} | dict.fromkeys(PARTIES, "") | people


def party_of(header: Case, name: str) -> Party | None:
    """Who holds a part of the case, as it stands."""
    return named_last(header.parties, PARTIES[name])


def suggested(section: Section, text: PlanText) -> dict[str, str]:
    """What a new item begins with: it belongs to what the item before it belongs to, or to the only one there is."""
    found: dict[str, str] = {}
    for name in REFERENCES if section.collection else ():
        if name not in COLLECTIONS[section.collection][1].__struct_fields__:
            continue
        options = list(items_of(text, REFERENCES[name]))
        before = [getattr(item, name) for item in items_of(text, section.collection).values()]
        if before and before[-1] in options:
            found[name] = before[-1]
        elif len(options) == 1:
            found[name] = options[0]
    return found


def items_of(text: PlanText, collection: str) -> dict[str, Any]:
    """The items of a collection by id, in order."""
    items: Items[Any] = getattr(text, collection)
    return dict(items.listed())


def at(text: PlanText, name: str) -> object:
    """The value of a single field, such as "context" or "schedule.time"."""
    value: object = text
    for part in name.split("."):
        value = getattr(value, part)
    return value


def shown_fields(record: type[Record]) -> tuple[str, ...]:
    """The fields that a person types: what `issue` fills is left out."""
    hidden = {"on"} if "week" in record.__struct_fields__ else set()
    first = ORDER.get(record, ())
    rest = (name for name in record.__struct_fields__ if name not in first)
    return tuple(name for name in (*first, *rest) if name not in hidden)


def specs(section: Section, text: PlanText, values: Mapping[str, str]) -> tuple[Spec, ...]:
    """The fields of a section, beginning with `values`."""
    if section.collection:
        record: type[Any] = COLLECTIONS[section.collection][1]
        names = shown_fields(record)
    else:
        record, names = Case if section.id == "people" else PlanText, section.fields
    return tuple(_spec(section, record, name, text, values.get(name, "")) for name in names)


def _spec(section: Section, record: type[Any], name: str, text: PlanText, value: str) -> Spec:
    last = name.rsplit(".", 1)[-1]
    owner: type[Record] = Schedule if name.startswith("schedule.") else Draft if name in DRAFT_FIELDS else record
    if last in PARTIES:
        return Spec(name=name, label=named_input(name), about=ABOUT[name], text=value)
    about = described(owner, last) or ABOUT.get(last, "")
    kind, choices = _kind(section, last, bare_type(field_types(owner)[last]), text)
    optional = last in REFERENCES or last in ("category", "weekday")
    if value and kind == "choice" and value not in dict(choices):
        choices = (*choices, (value, value))
    label = LABELS.get(last) or named_input(last)
    if last == "statement":
        label = FIRST_LABELS.get(section.collection, "Statement")
    return Spec(name=name, label=label, kind=kind, about=about, choices=choices, text=value, empty=optional)


def _kind(section: Section, name: str, plain: Any, text: PlanText) -> tuple[Kind, tuple[tuple[str, str], ...]]:
    if name == "weekday":
        return "choice", tuple((str(n), day) for n, day in enumerate(WEEKDAYS, 1))
    if section.collection and name in REFERENCES:
        return "choice", tuple((key, named(key, item)) for key, item in items_of(text, REFERENCES[name]).items())
    if get_origin(plain) is Literal:
        return "choice", tuple((str(key), words(str(key))) for key in get_args(plain))
    kinds: dict[Any, Kind] = {bool: "yes/no", Decimal: "number", int: "number", When: "when", dt.date: "date"}
    if plain in kinds:
        return kinds[plain], ()
    if name == "time":
        return "time", ()
    if name in LONG or (name == "statement" and not section.collection):
        return "long", ()
    return ("prose" if name in PROSE else "line"), ()


def named(key: str, item: Any) -> str:
    """An item in a few words: its id and how it begins."""
    words_of_it = getattr(item, "statement", "") or getattr(item, "name", "") or getattr(item, "criterion", "")
    return f"{key} {words_of_it}".strip()
