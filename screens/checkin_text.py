"""Next actions as people write them: "Dana: rework the script, by fri"."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_WHO = re.compile(r"^([^:,;]{1,60}?)\s*:\s+(?=\S)")
_DUE = re.compile(r"[,;]?\s+(?:by|until|due)\s+([^,;]+?)\s*\.?$", re.IGNORECASE)


@dataclass(frozen=True)
class NextAction:
    """Who does what by when, each as typed; `who` and `due` may be missing."""

    who: str
    text: str
    due: str

    def data(self) -> dict[str, str]:
        """As the desk takes it."""
        return {"who": self.who, "text": self.text, "due": self.due}


def read_actions(text: str, dated: Callable[[str], bool]) -> tuple[NextAction, ...]:
    """One action a line; empty lines and list signs do not count. `dated` says what can be read as a day."""
    lines = (re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", line).strip() for line in text.split("\n"))
    return tuple(read_action(line, dated) for line in lines if line)


def read_action(line: str, dated: Callable[[str], bool]) -> NextAction:
    """The name before a colon, the day after "by" at the end; what is neither stays in the text."""
    who = due = ""
    if found := _WHO.match(line):
        who, line = found[1].strip(), line[found.end() :]
    if (found := _DUE.search(line)) and dated(found[1].strip()):
        due, line = found[1].strip(), line[: found.start()].rstrip(" ,;")
    return NextAction(who=who, text=line.strip(), due=due)


def people(text: str) -> list[str]:
    """Names parted by commas, semicolons or line ends."""
    return [name for part in re.split(r"[,;\n]", text) if (name := part.strip())]


def rows(text: str) -> dict[str, str]:
    """ "key: value" lines as a table; a line without a colon belongs to the value above it."""
    found: dict[str, str] = {}
    last = ""
    for line in filter(str.strip, text.split("\n")):
        key, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[\w. -]{1,40}", key.strip()):
            last = key.strip()
            found[last] = value.strip()
        elif last:
            found[last] = f"{found[last]}\n{line.strip()}"
    return found


def as_rows(pairs: Iterable[tuple[str, str]]) -> str:
    """The same back: one line a pair."""
    return "\n".join(f"{key}: {value}" for key, value in pairs)
