"""How a store is, for `piptui doctor`: it needs no desk, since it has to work where none can be opened."""

from pathlib import Path

from piptui.desk.api import HealthLine
from piptui.store.health import examine


def health(where: Path) -> tuple[HealthLine, ...]:
    """Everything that was looked at in a store, in order; nothing is raised and nothing changed."""
    return tuple(HealthLine(level=one.level, what=one.what, told=one.told, cure=one.cure) for one in examine(where))
