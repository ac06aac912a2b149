"""The plan as places to step through: what each line of the outline says, and where the findings are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from piptui.cases.plan import COLLECTIONS, PlanText
from piptui.checks.base import Finding
from screens.labels import in_words
from screens.plan_fields import SECTIONS, Section, items_of, section_of, shown_fields

BY_THEMSELVES: Final = frozenset({"no", "weekly"})
"""Values that stand there without anybody having said them."""

Position = tuple[int, int, int]
"""Section, item and field, each counted in the order of the plan; -1 for none in particular."""


@dataclass(frozen=True)
class Place:
    """Where the editor stands: a section, and an item of it ("" for a new one, or where there are none)."""

    section: Section
    item: str = ""

    @property
    def name(self) -> str:
        """As findings name it: "goals.g2", "goals", "context"."""
        return f"{self.section.collection}.{self.item}" if self.item else self.section.collection or self.section.id

    def holds(self, finding: Finding) -> bool:
        """Whether a finding is about this place."""
        if self.item and finding.where.startswith(f"{self.section.collection}."):
            return finding.where == self.name or finding.where.startswith(f"{self.name}.")
        return section_of(finding.where) == self.section.id


def places(text: PlanText, now: Place) -> list[Place]:
    """Everything that can be stepped through, in order; a new item stands behind the others while it is open."""
    found: list[Place] = []
    for section in SECTIONS:
        items = keys_of(text, section)
        found += [Place(section, item) for item in items] or [Place(section)]
        if items and now == Place(section):
            found.append(now)
    return found


def place_named(name: str, text: PlanText) -> Place | None:
    """The place of a name as kept text has it; None where it is gone."""
    head, _, item = name.partition(".")
    section = next((one for one in SECTIONS if head in (one.collection, one.id) and head), None)
    if section is None or (item and item not in keys_of(text, section)):
        return None
    return Place(section, item)


def keys_of(text: PlanText, section: Section) -> list[str]:
    """The ids of a section's items, in order; none where it is no list."""
    return list(items_of(text, section.collection)) if section.collection else []


# -- what is printed ---------------------------------------------------------------------------------------


def outline(
    text: PlanText, now: Place, findings: Sequence[Finding], said: Mapping[str, Mapping[str, str]], unsaved: set[str]
) -> list[str]:
    """One line for each section: the cursor, what the checks say or whether it is filled, how many items. `said`
    are the texts of single fields by section; `unsaved` the sections with text that is kept and not saved."""
    lines = []
    for section in SECTIONS:
        found = [one for one in findings if section_of(one.where) == section.id]
        count = len(keys_of(text, section))
        filled = count or any(one not in BY_THEMSELVES for one in said.get(section.id, {}).values() if one)
        sign = "!" if any(one.severity == "block" for one in found) else "?" if found else "✓" if filled else " "
        cursor = ">" if section == now.section else " "
        lines.append(f"{cursor}{sign} {section.title:<15}{count or '':>2}{'~' if section.id in unsaved else ' '}")
    return lines


def place_line(text: PlanText, now: Place) -> str:
    """The line above the fields: "Goal 2 of 4 · g2"."""
    section, items = now.section, keys_of(text, now.section)
    if not section.collection:
        return f" {section.title}"
    if now.item not in items:
        return f" New {section.one}" + (f", beside {len(items)}" if items else ": none yet")
    return f" {section.one.capitalize()} {items.index(now.item) + 1} of {len(items)} · {now.item}"


def finding_lines(findings: Sequence[Finding], now: Place) -> list[str]:
    """What is found at this place, and how much is found elsewhere."""
    own = [one for one in findings if now.holds(one)]
    lines = [f"{'!' if one.severity == 'block' else '?'} {in_words(one.text)}" for one in own]
    if more := len(findings) - len(own):
        lines.append(f"  {more} {'more ' if own else ''}elsewhere: F8 goes to the next")
    return lines


# -- where the findings are --------------------------------------------------------------------------------


def names_of(section: Section) -> Sequence[str]:
    """The names of a section's fields, in order."""
    return shown_fields(COLLECTIONS[section.collection][1]) if section.collection else section.fields


def position(where: str, text: PlanText) -> Position:
    """Where a finding is."""
    number = next((n for n, one in enumerate(SECTIONS) if one.id == section_of(where)), 0)
    section, parts = SECTIONS[number], where.split(".")
    items, names = keys_of(text, section), list(names_of(section))
    item = next((items.index(part) for part in parts[1:] if part in items), -1)
    field = next((names.index(name) for name in (where, parts[-1]) if name in names), -1)
    return number, item, field


def next_finding(findings: Sequence[Finding], here: Position, text: PlanText) -> tuple[Place, str] | None:
    """The place and the field of the first finding behind the cursor, from the top where there is none."""
    found = sorted(position(one.where, text) for one in findings)
    if not found:
        return None
    number, item, field = next((one for one in found if one > here), found[0])
    section = SECTIONS[number]
    items = keys_of(text, section)
    key = items[item] if item >= 0 else next(iter(items), "")
    return Place(section, key), names_of(section)[field] if field >= 0 else ""


LATER: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("employee_view", "employee_view_absence"), "record the employee's view, or say why it is missing."),
    (("manager",), "name the manager."),
    (("hr_partner",), "name the HR partner."),
)
"""Fields of which one has to be filled before the plan is issued, and what to do about them."""


def later(values: Mapping[str, str]) -> Iterable[Finding]:
    """What the gate of `issue` will ask for. An edit after the approval would void it, so it is said early."""
    for names, cure in LATER:
        if not any(values.get(name) for name in names):
            yield Finding(check="later", severity="warn", where=names[0], text=f"Before the plan is issued: {cure}")
