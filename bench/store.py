"""How fast the store is beside TinyDB as it comes and SQLite: `python -m bench.store --sizes 300,3000 --rounds 3`.

Every measurement runs in a process of its own, the kinds take turns, and the median counts. Prints a Markdown table.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.kinds import KINDS, Kind
from bench.made import NEEDLE, case_id, documents

OPERATIONS = ("open and rows", "get", "save", "find", "verify")
SLOW = 3000
"""From so many cases on, TinyDB gets one round: a save alone takes a second."""


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="300,3000", help="numbers of cases, separated by commas")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--keep", help="a folder that keeps the stores; those in it already are used")
    parser.add_argument("--one", nargs=4, metavar=("KIND", "OPERATION", "PATH", "CASES"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        kind, operation, path, cases = given.one
        print(json.dumps(measure(KINDS[kind](Path(path)), operation, int(cases))))
        return
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, given.sizes.split(",")):
            compare(Path(given.keep or folder), size, given.kinds.split(","), given.rounds)


def compare(folder: Path, cases: int, kinds: list[str], rounds: int) -> None:
    """Measure all kinds at one size."""
    where = {kind: folder / f"{kind}-{cases}" for kind in kinds}
    for kind, path in where.items():
        marker = path.with_suffix(".done")
        if not marker.exists():
            began = time.perf_counter()
            KINDS[kind](path).fill(cases)
            marker.touch()
            print(f"made {kind} with {cases} cases in {time.perf_counter() - began:.1f} s", file=sys.stderr)
    found: dict[tuple[str, str], list[dict[str, float]]] = {}
    for number in range(rounds):
        for operation in OPERATIONS:
            for kind, path in where.items():
                if kind == "tinydb" and cases >= SLOW and number:
                    continue
                command = [sys.executable, "-m", "bench.store", "--one", kind, operation, str(path), str(cases)]
                text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                found.setdefault((kind, operation), []).append(json.loads(text))
    print(table(cases, kinds, found))


def table(cases: int, kinds: list[str], found: dict[tuple[str, str], list[dict[str, float]]]) -> str:
    """Medians, and how many times as long as the first kind the others take."""
    lines = [f"\n| {cases} cases | {' | '.join(kinds)} |", "|---" * (len(kinds) + 1) + "|"]
    for operation in OPERATIONS:
        lines.append(_line(f"{operation}, ms", [_median(found, kind, operation, "ms") for kind in kinds]))
    lines.append(
        _line("RSS behind open and rows, MB", [_median(found, kind, OPERATIONS[0], "rss") for kind in kinds])
    )
    return "\n".join(lines)


def _median(found: dict[tuple[str, str], list[dict[str, float]]], kind: str, operation: str, what: str) -> float:
    return statistics.median(each[what] for each in found[kind, operation])


def _line(name: str, values: list[float]) -> str:
    cells = [f"{value:.3g}" if value < 100 else f"{value:.0f}" for value in values]
    rest = [
        f"{cell} ({value / values[0]:.2g}×)" if values[0] and value else cell
        for cell, value in zip(cells[1:], values[1:], strict=True)
    ]
    return f"| {name} | {' | '.join([cells[0], *rest])} |"


def measure(store: Kind, operation: str, cases: int) -> dict[str, float]:
    """One operation, in this process; milliseconds a time, and the resident memory behind it in MB."""
    began = time.perf_counter()
    store.open()
    if operation == "open and rows":
        assert store.rows() == cases
        took = time.perf_counter() - began
    elif operation == "get":
        took = _repeated(lambda number: store.get("checkins", f"k2{case_id(number * 7919 % cases)}"), 40)
    elif operation == "save":
        took = _repeated(lambda number: _save(store, number * 7919 % cases), 20)
    else:
        began = time.perf_counter()
        store.find(NEEDLE) if operation == "find" else store.verify()
        took = time.perf_counter() - began
    resident = _rss()
    store.close()
    return {"ms": took * 1000, "rss": resident}


def _repeated(work: Any, times: int) -> float:
    """The median of several turns, fewer where each takes long."""
    spent: list[float] = []
    for number in range(times):
        began = time.perf_counter()
        work(number)
        spent.append(time.perf_counter() - began)
        if sum(spent) > 2:
            break
    return statistics.median(spent)


def _save(store: Kind, number: int) -> None:
    table, name, document = next(doc for doc in documents(number) if doc[0] == "checkins")
    store.save(table, name, {**document, "edited": time.perf_counter_ns()})


def _rss() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
