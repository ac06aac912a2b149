"""What is removed from the record for good, what keeps it from being removed, and what is due to be."""

import datetime as dt
from typing import Literal

from piptui.cases.words import Class
from piptui.desk.api.base import Plain


class Target(Plain, frozen=True):
    """What is to be removed: a whole case; with `entry` one document of it (an id or its beginning, w3, v1, draft,
    header), with `fields` only parts of that; or a `person` with everything that the record holds about them, and
    with `entry` one note of their notebook.

    `everywhere`: the person's name goes from what the record says of others, too. `only` narrows a case to one kind.
    `rule` names the rule of a policy pack by which it is removed, "" for none.
    """

    case: str = ""
    entry: str = ""
    fields: tuple[str, ...] = ()
    person: str = ""
    everywhere: bool = False
    only: Literal["", "working_papers", "medical", "files"] = ""
    rule: str = ""


class RemovalLine(Plain, frozen=True):
    """One document whose texts would be removed: what it is, its day, who wrote it first; `texts` are its versions
    in the record, `commits` in how many commits they stand; `file` and `size` name attached bytes that go, too."""

    table: str
    id: str
    case: str
    what: str
    on: dt.date | None
    who: str
    cls: Class
    texts: int
    commits: int
    file: str = ""
    size: int = 0
    begins: str = ""
    """The first words of what it says now, for those who may read it."""
    at: dt.datetime | None = None
    """When it was first recorded."""
    words: tuple[str, ...] = ()
    """Of a document of others: the names of the person that it holds, or what may be one."""


class HoldLine(Plain, frozen=True):
    """A legal hold: on which case ("" for a person's), since when, who put it on and answers for it, and how it is
    lifted. `comparator`: the case is kept for a matter that is another's."""

    id: str
    case: str
    since: dt.date
    who: str
    custodian: str
    reason: str
    lift: str
    told: str
    """All of that in a sentence."""
    comparator: bool = False
    person: str = ""
    """The id of the person, where it is a person's."""


class Removal(Plain, frozen=True):
    """What a redaction would remove, as far as the actor may see it. `what` names it without personal data; `texts`,
    `commits` and `files` count. `elsewhere` are documents of others that name the person, or of the case that say the
    same, `perhaps` those in which a part of the person's name stands alone, which stay anyway; `stays` are sentences
    on what remains, `holds` what forbids it. `names` are the words that were looked for; `head` is where the record
    stood."""

    what: str
    lines: tuple[RemovalLine, ...]
    texts: int
    commits: int
    files: int
    head: int
    case: str = ""
    person: str = ""
    cases: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    elsewhere: tuple[RemovalLine, ...] = ()
    perhaps: tuple[RemovalLine, ...] = ()
    stays: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """What goes besides and is not listed, in sentences."""
    empty: tuple[str, ...] = ()
    """Of parts of a document those that are empty now: what goes is what earlier versions of it said."""
    shown: str = ""
    """What it is, by name and number of the person where it is one: for the list alone."""
    holds: tuple[HoldLine, ...] = ()


class Redacted(Plain, frozen=True):
    """What was removed: the commit that says so, and how much."""

    seq: int
    sentence: str
    texts: int
    files: int
    case: str = ""
    person: str = ""


class RedactionLine(Plain, frozen=True):
    """Something that was removed earlier: when, by whom, why, how much; `what` is a document, a case, a person,
    working_papers, or a note of the notebook. `case` "" where it was of none."""

    seq: int
    at: dt.datetime
    who: str
    what: str
    case: str
    reason: str
    texts: int
    files: int
    rule: str = ""


class RetentionLine(Plain, frozen=True):
    """Something that may be removed by a rule of the policy pack: since which day it may go, counted from
    `anchored_on` (`anchor` says what that day is), and the legal holds that forbid it. A note of the notebook has no
    case: it is the `entry` (id) of a `person` (id), called by `employee` as all are."""

    case: str
    employee: str
    result: str
    rule: str
    what: Literal["case", "working_papers", "medical", "files", "notebook"]
    anchor: str
    anchored_on: dt.date
    due_on: dt.date
    policy: str
    holds: tuple[HoldLine, ...] = ()
    person: str = ""
    entry: str = ""


class RuleLine(Plain, frozen=True):
    """A rule of retention as the pack in force says it: what of which endings is kept for `period` `unit` after the
    day `anchor`. Without endings it is the one for notes of the notebook."""

    name: str
    what: str
    period: int
    unit: str
    anchor: str = ""
    results: tuple[str, ...] = ()


class Retention(Plain, frozen=True):
    """What may be removed as of `today`; `kept` counts ended cases of which nothing may, `unruled` cases without a
    rule, `kept_notes` the notes of the notebook that may not, of those that the actor may read. `next_on` is the
    first day on which more is due: `next_what` of `next_case`, or a note about `next_person` (id), called
    `next_employee`."""

    today: dt.date
    policy: str
    lines: tuple[RetentionLine, ...] = ()
    kept: int = 0
    unruled: int = 0
    rules: tuple[RuleLine, ...] = ()
    next_on: dt.date | None = None
    next_case: str = ""
    next_what: Literal["", "case", "working_papers", "medical", "files", "notebook"] = ""
    next_person: str = ""
    next_employee: str = ""
    kept_notes: int = 0
