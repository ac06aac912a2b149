"""How fast the screens are, in a real terminal of 80x24: `python -m bench.screens --sizes 300,3000,30000`.

Starts and keys are measured from outside, by what reaches the terminal; the kinds take turns, and medians count.
Prints a Markdown table: milliseconds, bytes and memory, and how many times as much as the floor. Run it alone on a
quiet machine: single figures mean little, ratios of one run something.
"""

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

import pyte

from bench.organisation import make

DOWN, PAGE = b"\x1bOB", b"\x1b[6~"
QUIET = 0.12
"""Seconds of silence after which a screen is taken to be whole."""


class Seen:
    """A program in a terminal: what it shows, and when what it sent last arrived."""

    def __init__(self, command: Sequence[str], **env: str) -> None:
        self.screen = pyte.Screen(80, 24)
        self.screen.write_process_input = lambda data: os.write(self._fd, data.encode())  # type: ignore[method-assign]
        self._stream = pyte.ByteStream(self.screen)
        self.sent = 0
        self.began = monotonic()
        settings = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **env}
        settings.pop("PYTHONDONTWRITEBYTECODE", None)
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.execve(command[0], list(command), settings)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return False
        self.sent += len(data)
        self._stream.feed(data)
        return bool(data)

    def until(self, words: str) -> float:
        """Milliseconds since the start, or the last key, until the screen shows these words."""
        end = monotonic() + 60
        while words not in "\n".join(self.screen.display):
            if monotonic() > end:
                raise TimeoutError(f"{words!r} never came")
            self._read(0.05)
        return (monotonic() - self.began) * 1000

    def settle(self) -> None:
        """Wait until nothing more comes."""
        while self._read(QUIET):
            pass

    def press(self, keys: bytes, quiet: float = QUIET) -> tuple[float, float]:
        """Milliseconds until the last of what a key brings, and its bytes; its end are `quiet` seconds without."""
        before, self.began = self.sent, monotonic()
        os.write(self._fd, keys)
        last = self.began
        wait = 1.0
        while self._read(wait):
            last, wait = monotonic(), quiet
        return (last - self.began) * 1000, float(self.sent - before)

    def memory(self) -> float:
        """Resident memory in MB."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    def end(self) -> None:
        """End the program, whatever it does."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)


def keys(seen: Seen, into: Callable[[str, tuple[float, float]], None], filter_key: bytes) -> None:
    """Down inside the screen, over its edge, a page, and three letters of a filter: the first makes what the others
    are asked of, and is drawn in two steps."""
    for _ in range(5):
        into("down in view", seen.press(DOWN))
    for _ in range(25):
        seen.press(DOWN)
    for _ in range(12):
        into("down at the edge", seen.press(DOWN))
    for _ in range(5):
        into("page", seen.press(PAGE))
    seen.press(filter_key)
    into("first filter letter", seen.press(b"d", 1.0))
    for letter in (b"a", b"n"):
        into("filter letter", seen.press(letter))


def measure(store: Path, rows: Path, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Everything for one size: kind → measure → values."""
    python = sys.executable
    piptui = str(Path(python).with_name("piptui"))
    found: dict[str, dict[str, list[float]]] = {}

    def note(kind: str, name: str, value: float) -> None:
        found.setdefault(kind, {}).setdefault(name, []).append(value)

    def pair(kind: str) -> Callable[[str, tuple[float, float]], None]:
        def put(name: str, both: tuple[float, float]) -> None:
            note(kind, f"{name}, ms", both[0])
            note(kind, f"{name}, bytes", both[1])

        return put

    for _ in range(rounds):
        floor = Seen([python, "-m", "bench.floor", "label"])
        note("label", "start, ms", floor.until("floor is ready"))
        floor.settle()
        note("label", "memory, MB", floor.memory())
        floor.end()
        ours = Seen([piptui, "--store", str(store)])
        note("piptui", "start, ms", ours.until(" open"))
        ours.settle()
        note("piptui", "memory, MB", ours.memory())
        ours.press(b"2")
        ours.settle()
        keys(ours, pair("piptui"), b"/")
        ours.end()
        plain = Seen([python, "-m", "bench.floor", "list", str(rows)])
        note("curses", "start, ms", plain.until("floor is ready"))
        plain.settle()
        keys(plain, pair("curses"), b"/")
        plain.end()
    return found


def table(size: int, found: dict[str, dict[str, list[float]]]) -> str:
    """Medians, and the ratio to the floor: the label app for start and memory, curses for keys."""
    lines = [f"\n| {size} cases | piptui | floor | ratio |", "|---|---|---|---|"]
    for name, values in found["piptui"].items():
        floor = "label" if name in ("start, ms", "memory, MB") else "curses"
        ours, theirs = statistics.median(values), statistics.median(found[floor][name])
        lines.append(f"| {name} | {ours:.1f} | {theirs:.1f} ({floor}) | {ours / theirs:.2f} |")
    return "\n".join(lines)


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="300,3000", help="numbers of cases, separated by commas")
    parser.add_argument("--open", type=float, default=0.1, dest="share", help="share of open cases")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", help="a folder that keeps the stores; those in it already are used")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, given.sizes.split(",")):
            base = Path(given.keep or folder)
            store, rows = base / f"screens-{size}-{given.share}", base / f"rows-{size}.txt"
            if not store.exists():
                make(store, size, open_share=given.share)
                # Opened once, as any store is that was filled: what is derived is made then.
                warm = Seen([str(Path(sys.executable).with_name("piptui")), "--store", str(store)])
                warm.until(" open")
                for _ in range(40):
                    warm.settle()
                warm.end()
            lines = (f"{number:05d}  Dana Okafor  Sales quota  active" for number in range(size))
            rows.write_text("\n".join(lines), encoding="utf-8")
            print(table(size, measure(store, rows, given.rounds)), flush=True)


if __name__ == "__main__":
    main()
