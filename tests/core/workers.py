"""What other processes do in the tests of conflicts: `python -m tests.core.workers ACT FOLDER …`."""

import sys
from pathlib import Path

from piptui.desk import Actor, open_desk
from piptui.desk.desk import LocalDesk
from piptui.errors import PiptuiError

EDITS = 40


def edit(desk: LocalDesk, goal: str) -> None:
    """Change one goal many times."""
    for number in range(1, EDITS + 1):
        item = {"statement": f"{goal} edit {number}"}
        desk.do("put", "0001", {"collection": "goals", "id": goal, "item": item})


def main(act: str, folder: str, what: str) -> None:
    """Wait for the starting sign, then do it; the answer goes to the standard output."""
    desk = open_desk(Path(folder), Actor("hana", role="hr"), zone="UTC")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    try:
        if act == "edit":
            edit(desk, what)
            sys.stdout.write("done\n")
        else:
            sys.stdout.write(f"{desk.new({'employee': what}).case}\n")
    except PiptuiError as error:
        sys.stdout.write(f"{type(error).__name__}: {error}\n")
    desk.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
