"""What the screens are compared with: the smallest Textual app, and a plain list in curses.

`python -m bench.floor label` · `python -m bench.floor list FILE`: `q` ends both.
"""

import curses
import sys
from pathlib import Path


def label() -> None:
    """One line of text in Textual, and nothing else."""
    from textual.app import App, ComposeResult
    from textual.widgets import Label

    class Smallest(App[None]):
        BINDINGS = [("q", "quit", "Quit")]

        def compose(self) -> ComposeResult:
            yield Label("floor is ready")

    Smallest().run(mouse=False)


def listed(path: Path) -> None:
    """The lines of a file, with a cursor, paging, and a filter that narrows with every letter after `/`."""
    rows = path.read_text(encoding="utf-8").splitlines()
    curses.wrapper(_list, rows)


def _list(screen: "curses.window", rows: list[str]) -> None:
    curses.curs_set(0)
    shown, at, top, typed, typing = rows, 0, 0, "", False
    while True:
        height, width = screen.getmaxyx()
        page = height - 2
        top = min(max(top, at - page + 1), at)
        screen.erase()
        screen.addnstr(0, 0, f"floor is ready  {len(shown)} of {len(rows)}  /{typed}", width - 1)
        for line, row in enumerate(shown[top : top + page]):
            screen.addnstr(line + 1, 0, row, width - 1, curses.A_REVERSE if top + line == at else 0)
        screen.refresh()
        key = screen.getch()
        if typing and 32 < key < 127:
            typed += chr(key)
            shown, at, top = [row for row in rows if typed in row.lower()], 0, 0
        elif key == ord("/"):
            typing = True
        elif key == ord("q"):
            return
        else:
            step = {curses.KEY_DOWN: 1, curses.KEY_UP: -1, curses.KEY_NPAGE: page, curses.KEY_PPAGE: -page}.get(
                key, 0
            )
            at = max(0, min(at + step, len(shown) - 1))


if __name__ == "__main__":
    if sys.argv[1:2] == ["label"]:
        label()
    else:
        listed(Path(sys.argv[2]))
