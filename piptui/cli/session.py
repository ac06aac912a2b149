"""What one call of the command line knows: store, role, form of output, and the doors it may open."""

import os
import pwd
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from piptui.cases.words import Proof, Role
from piptui.config import Settings, load
from piptui.desk.api import Actor, Anchor, Desk, HealthLine, Restored, VerifyReport
from piptui.errors import NotFound, Refused
from piptui.paths import default_store, views_dir
from piptui.text import clean_line
from piptui.views import View, Views


def at_terminal() -> bool:
    """Whether somebody can be asked: input and messages both are a terminal's."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def login() -> str:
    """The login of this process by its user id; a variable of the environment could say anything."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def full_name() -> str:
    """The name that the system keeps for this user, "" where it keeps none."""
    try:
        return clean_line(pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0])
    except KeyError:
        return ""


Tour = Literal["", "offered", "on"]
"""Whether the screens have a guided tour: no, for whoever asks for it, or from the start."""


class Screens(Protocol):
    """Runs the screens over a desk until the user leaves; gives the exit code. `lasting`: the store will be opened
    again, so that what is typed and not saved waits for that."""

    def __call__(self, desk: Desk, tour: Tour = "", /, *, lasting: bool = True) -> int:
        """Run them."""
        ...


class Doors(msgspec.Struct, frozen=True):
    """What the command line may open, put in by `piptui.__main__`: it knows no store and no screen itself.

    `found` makes a store: where, kind, the owner's name, the owner's login, time zone. `demo` makes one with the
    demo organisation: where, login. `restore` makes the store of a backup: the file, where.
    `health` tells how a store is, and `check` whether its record is whole, even of one that cannot be opened: where,
    what witnesses noted, and whether damaged files may be named to whoever owns the store.
    """

    open_desk: Callable[[Path, Actor], Desk]
    found: Callable[[Path, str, str, str, str], None]
    run_screens: Screens
    demo: Callable[[Path, str], None]
    restore: Callable[[Path, Path], Restored]
    health: Callable[[Path], tuple[HealthLine, ...]]
    check: Callable[[Path, Sequence[Anchor], bool], VerifyReport]
    at_terminal: Callable[[], bool] = at_terminal
    login: Callable[[], str] = login


class Session(msgspec.Struct):
    """One call: its options, and the desk once it is open."""

    doors: Doors
    store: Path | None = None
    role: Role | None = None
    as_json: bool = False
    on_behalf: str | None = None
    proof: Proof | None = None
    _desk: Desk | None = None
    _config: Settings | None = None
    _told: tuple[str, ...] = ()

    def where(self) -> Path:
        """The store that was named, or the default one."""
        if self.store is None and self.config().store:
            return Path(self.config().store).expanduser()
        return self.store or default_store()

    def config(self) -> Settings:
        """The settings as they hold here. Raises BadInput naming file and line of one that cannot be used."""
        if self._config is None:
            self._config = load().settings
        return self._config

    def desk(self, *, warn: bool = True) -> Desk:
        """The desk, opened at first use; what somebody should know of the record (rolled back, rewritten, read-only,
        bytes set aside) is told on standard error, unless `warn` says that it will be told otherwise. Raises what
        opening raises."""
        if self._desk is None:
            role = self.role or self.config().role
            actor = Actor(self.doors.login(), role, self.on_behalf, self.proof)
            self._desk = self.doors.open_desk(self.where(), actor)
            self._told = tuple(self._desk.warning().splitlines()) if warn else ()
            for line in self._told:
                sys.stderr.write(f"piptui: {line}\n")
        return self._desk

    def was_told(self, error: Exception) -> bool:
        """Whether an error says, to a person, what was said of the record before: once is enough."""
        return str(error) in self._told and isinstance(error, Refused) and not (self.as_json or error.reasons)

    def views(self) -> Views:
        """The saved views at this store."""
        return Views(views_dir(), self.desk().me().store)

    def view(self, number: int) -> View:
        """The view on a number. Raises NotFound where none is kept."""
        found = self.views().get(number)
        if found is None:
            raise NotFound(f"No view is kept on {number}. Next: piptui views {number} QUERY")
        return found

    def close(self) -> None:
        """Let go of the desk, if one was opened."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None
