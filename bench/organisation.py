"""Stores of any size with cases as the program itself writes them: those of the demo, copied under new ids.

`python -m bench.organisation WHERE CASES [--open SHARE]` makes one. Copies keep their dates and texts; each has an
employee of its own, so names, numbers and ids differ as they do in life.
"""

import argparse
import copy
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from piptui.desk.demo import make_demo
from piptui.desk.rows import STILL_OPEN, VERSION, fold
from piptui.store import Change, Store, create_store, open_store

BATCH = 100
GIVEN = ("Ada", "Bo", "Chidi", "Dana", "Elif", "Femi", "Goran", "Hana", "Ines", "Jun", "Kofi", "Lea", "Miro", "Nia")
FAMILY = (
    "Abara",
    "Brandt",
    "Cohen",
    "Dubois",
    "Eriksen",
    "Fofana",
    "Garcia",
    "Horvat",
    "Ito",
    "Jansen",
    "Kaya",
    "Li",
)


def make(where: Path, cases: int, *, open_share: float = 0.1, login: str = "root", seed: int = 7) -> None:
    """Make a personal store of `login` with so many cases, of which a share is open."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        make_demo(Path(folder) / "demo", login=login)
        with open_store(Path(folder) / "demo", readonly=True) as demo:
            kinds = _kinds(demo)
            people = [(key, document) for key, document, _ in demo.list("people")]
            policies = [(key, document) for key, document, _ in demo.list("policies")]
            zone = str(demo.info.get("zone", ""))
    create_store(where, zone=zone)
    with open_store(where, row=fold, row_version=f"desk {VERSION}", row_first=STILL_OPEN) as store:
        first = [Change("people", key, document) for key, document in people]
        first += [Change("policies", key, document) for key, document in policies]
        store.commit(first, expect={}, actor=people[0][0], act="import")
        for start in range(0, cases, BATCH):
            changes: list[Change] = []
            for number in range(start + 1, min(start + BATCH, cases) + 1):
                kind = "open" if chance.random() < open_share else "closed"
                changes += _copied(chance.choice(kinds[kind]), number, chance)
            store.commit(changes, expect={}, actor=people[0][0], act="new")


def _kinds(demo: Store) -> dict[str, list[list[tuple[str, str, dict[str, Any]]]]]:
    """The demo's cases whole, by whether they are open."""
    found: dict[str, list[list[tuple[str, str, dict[str, Any]]]]] = {"open": [], "closed": []}
    for key, header, _ in demo.list("cases"):
        ended = any(name in header for name in ("outcome", "withdrawn", "discarded"))
        whole = [
            ("cases", key, header),
            *((table, id_, document) for table, id_, document, _ in demo.case_documents(key)),
        ]
        found["closed" if ended else "open"].append(whole)
    return found


def _copied(whole: list[tuple[str, str, dict[str, Any]]], number: int, chance: random.Random) -> Iterator[Change]:
    """A case once more, of somebody else and under ids of its own."""
    ids = {id_: f"{chance.getrandbits(64):016x}" for _, id_, _ in whole}
    old = whole[0][2]["of"]
    ids[old] = f"{chance.getrandbits(64):016x}"
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    yield Change("people", ids[old], _person(name, number))
    for table, id_, document in whole:
        if table == "keys":
            continue
        changed = _renamed(copy.deepcopy(document), ids)
        if table == "cases":
            changed["number"] = f"{number:04d}"
            changed["parties"] = [
                {**party, "name": name} if party["role"] == "employee" else party for party in changed["parties"]
            ]
        yield Change(table, ids[id_], changed)
    yield Change("keys", f"case.{number:04d}", {"schema": 1, "of": ids[whole[0][1]], "class": "manager_hr"})


def _person(name: str, number: int) -> dict[str, Any]:
    from piptui.documents import encode
    from piptui.people.records import Person

    return encode(Person(name=name, number=f"E{number}", keys={"number": f"e{number}"}))


def _renamed(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, list):
        return [_renamed(part, ids) for part in value]
    if isinstance(value, dict):
        return {key: _renamed(part, ids) for key, part in value.items()}
    return value


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("where", type=Path)
    parser.add_argument("cases", type=int)
    parser.add_argument("--open", type=float, default=0.1, dest="share")
    given = parser.parse_args()
    make(given.where, given.cases, open_share=given.share)
