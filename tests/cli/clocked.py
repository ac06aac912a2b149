"""The command line over real desks and a clock that the test sets."""

import datetime as dt
from itertools import count
from pathlib import Path

from piptui.cli.session import Doors
from piptui.desk import Actor, Desk, check, health, init_store, open_desk, restore
from piptui.desk.demo import make_demo


class Clock:
    """Says the same instant until it is set."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        """The instant."""
        return self.now


def doors(clock: Clock, *, login: str = "noor", witnesses: Path | None = None) -> Doors:
    """Doors to real stores at the clock's time; ids are counted, so that output is the same every time. `witnesses`
    is the folder of what was seen of them."""
    numbers = count(1)

    def new_id() -> str:
        return f"a{next(numbers):015x}"

    def opened(where: Path, actor: Actor) -> Desk:
        return open_desk(where, actor, clock=clock, zone="UTC", new_id=new_id, witnesses=witnesses)

    def found(where: Path, kind: str, name: str, login: str, zone: str) -> None:
        init_store(where, kind=kind, login=login, name=name, new_id=new_id, clock=clock)

    return Doors(
        open_desk=opened,
        found=found,
        run_screens=lambda _desk, _tour="", lasting=True: 0,
        demo=lambda where, owner: make_demo(where, login=owner, now=clock.now),
        restore=lambda source, where: restore(source, where, witnesses),
        health=lambda where: health(where, witnesses),
        check=lambda where, given, named: check(where, given, witnesses, named=named),
        login=lambda: login,
    )
