"""Acts as data: their inputs, whether they are possible, what they would do and did."""

from piptui.cases.words import Role, Stage
from piptui.checks.base import Finding
from piptui.desk.api.base import Plain


class InputLine(Plain, frozen=True):
    """One input of an act: `type` is text, long text, date, time, number, whole number, yes/no, choice, list,
    table, item or file (bytes; in JSON base64); `choices` are keys of the vocabulary; `default` is what is used when
    it is left out. `parts` are the fields of what a list, table or item holds; `of` names the collection where they
    differ by it."""

    name: str
    type: str
    required: bool
    about: str
    choices: tuple[str, ...] = ()
    default: str = ""
    parts: "tuple[InputLine, ...]" = ()
    of: str = ""


class ActLine(Plain, frozen=True):
    """An act, and for a given case or person whether it is possible now; if not, `reason` says why in one sentence.
    Acts on a person have no stage (`when`)."""

    act: str
    title: str
    when: tuple[Stage, ...]
    roles: tuple[Role, ...]
    inputs: tuple[InputLine, ...]
    possible: bool = True
    reason: str = ""
    past_dates: bool = True
    """Whether dates typed without a year lie behind us."""


class Preview(Plain, frozen=True):
    """What an act would do: its sentences, the gate's findings, and who will be able to read what it writes. `told`
    is said to who does it, and not recorded."""

    sentences: tuple[str, ...]
    findings: tuple[Finding, ...]
    readers: str
    told: str = ""


class Done(Plain, frozen=True):
    """An act that is in the record. `revision` is the case's new revision as the actor may see it; `item` the
    short id of a new plan item or the id of a new entry. An act on a person has no case: `person` is their id."""

    case: str
    act: str
    seq: int
    revision: int
    sentence: str
    item: str = ""
    findings: tuple[Finding, ...] = ()
    person: str = ""
