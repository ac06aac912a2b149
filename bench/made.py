"""Invented cases of about 18 documents and 11 KB each, the same for every store that is measured."""

import random
from collections.abc import Iterator
from typing import Any

Made = tuple[str, str, dict[str, Any]]
NEEDLE = "Quarterly zeppelin"
_WORDS = (  # noqa: SIM905 - easier to read than a list
    "customer report deadline weekly review quality calls target evidence agreed missed improved response error "
    "training support manager progress follow plan meeting metric result example feedback résumé schedule"
).split()


def case_id(number: int) -> str:
    """The id of a case."""
    return f"{number:08x}{number * 2654435761 % (1 << 32):08x}"


def documents(number: int) -> Iterator[Made]:
    """All documents of one case, its `cases` document first."""
    chance, case = random.Random(number), case_id(number)
    person = f"p{case}"
    yield "cases", case, _case(chance, number, person)
    yield "people", person, {"class": "shared", "name": f"Person {number}", "email": f"p{number}@example.org"}
    yield "keys", f"case.{number:04d}", {"class": "shared", "of": case}
    yield "plans", f"v{case}", {"of": case, "class": "shared", "goals": _goals(chance), "text": _text(chance, 200)}
    for index in range(6):
        yield "checkins", f"k{index}{case}", _checkin(chance, case, index)
    for index in range(8):
        text = _text(chance, 40) + (f" {NEEDLE}." if number % 100 == 7 and index == 3 else "")
        cls = "shared" if index % 2 else "manager_hr"
        note = {"of": case, "class": cls, "kind": "note", "text": text, "on": _day(index)}
        yield "entries", f"e{index}{case}", note


def _case(chance: random.Random, number: int, person: str) -> dict[str, Any]:
    parties = [
        {"role": role, "person": f"{role}{chance.randrange(500)}", "name": f"Name {chance.randrange(500)}"}
        for role in ("manager", "second_manager", "hr")
    ]
    return {"of": person, "class": "shared", "number": f"{number:04d}", "start": _day(0), "parties": parties}


def _goals(chance: random.Random) -> dict[str, Any]:
    values = {n: {"metric": _text(chance, 4), "due": _day(n * 9), "target": chance.randrange(99)} for n in range(4)}
    return {f"g{n}": value for n, value in values.items()}


def _checkin(chance: random.Random, case: str, index: int) -> dict[str, Any]:
    values = {f"g{n}": chance.randrange(100) for n in range(4)}
    return {"of": case, "class": "shared", "on": _day(index * 7), "values": values, "topics": _text(chance, 65)}


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))


def _day(number: int) -> str:
    return f"2026-{3 + number // 28:02d}-{1 + number % 28:02d}"


def facts(documents: list[tuple[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """The row of a case from (table, document), its `cases` document among them: about 1 KB."""
    case = next(document for table, document in documents if table == "cases")
    plans = [document for table, document in documents if table == "plans"]
    held = sorted(document["on"] for table, document in documents if table == "checkins")
    goals = plans[-1]["goals"] if plans else {}
    shared = {
        "number": case["number"],
        "start": case["start"],
        "parties": case["parties"],
        "held": held,
        "goals": [{"id": name, "due": goal["due"], "about": goal["metric"]} for name, goal in goals.items()],
    }
    notes = sum(document["class"] == "manager_hr" for _, document in documents)
    return {"shared": shared, "manager_hr": {"notes": notes}}
