"""What an act on a person is: data and a pure function, as the acts on a case are."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from piptui.cases.acts.base import Change, Input
from piptui.cases.file import Held
from piptui.cases.notebook import PersonNote
from piptui.cases.records import Document, Hold
from piptui.cases.words import Role
from piptui.people.records import Person


@dataclass(frozen=True)
class PersonFile:
    """A person as they were read, with the notes that the actor may read. `id` is "" and `person` None for somebody
    who is not in the directory yet; `seq` is the commit that last changed the person."""

    id: str = ""
    person: Person | None = None
    seq: int = 0
    notes: tuple[Held[PersonNote], ...] = ()
    holds: tuple[Held[Hold], ...] = ()
    """The legal holds on the person, lifted ones too."""

    @property
    def known(self) -> Person:
        """The person. Only acts on somebody who is in the directory ask."""
        assert self.person is not None  # noqa: S101 - the desk resolved them
        return self.person

    def documents(self) -> Iterator[tuple[str, Held[Document]]]:
        """The notes with their table."""
        return (("notebook", one) for one in self.notes)

    @property
    def revision(self) -> int:
        """The highest seq among person and notes."""
        return max((self.seq, *(one.seq for one in self.notes)))


@dataclass(frozen=True)
class PersonContext:
    """Who acts and when. `now` is UTC, `today` the civil date of the store's zone; `resolve` finds somebody by id,
    number, e-mail or name, or raises BadInput or NotFound; `people` are all persons by id; `zone` gives the name of a
    time zone as the database spells it. `order` is how dates of digits alone are read, `login` the one by which
    the actor is here."""

    now: dt.datetime
    today: dt.date
    actor: str
    name: str
    role: Role
    new_id: Callable[[], str]
    resolve: Callable[[str], str]
    people: Callable[[], Mapping[str, Person]]
    order: Literal["mdy", "dmy", "ymd"] = "mdy"
    personal: bool = True
    login: str = ""


@dataclass(frozen=True)
class PersonWritten:
    """What an act on a person writes: one commit and its main sentence. `person` is the id of the person, `item` that
    of a new note; `doubts` are said, and stop nothing."""

    changes: tuple[Change, ...]
    sentence: str
    person: str
    item: str = ""
    doubts: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class PersonAct:
    """One thing that may happen to a person of the directory. `touches` says what a reader must have seen as it
    stands: the person, or nothing for an act that only appends. `past_dates`: whether dates typed without a year lie
    behind us."""

    name: str
    title: str
    roles: tuple[Role, ...]
    inputs: type[Input]
    run: Callable[[PersonFile, Any, PersonContext], PersonWritten]
    touches: Literal["person", "nothing"] = "person"
    past_dates: bool = True
    adds: bool = False
    """Whether it is done on nobody yet."""
    against: Callable[[PersonFile, dt.date], str] | None = None
    """Why it is not possible on this day, whatever its input, though the role allows it; "" where it is."""
