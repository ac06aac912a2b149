"""Persons of the directory, and how HR exports reach it.

The readers are imported when they are first asked for: screens need persons from the start, but no CSV.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from piptui.people.found import Import, ImportPlan, Refusal, Repeat, Row
    from piptui.people.plan import plan_import
    from piptui.people.reading import read_people
else:
    _HOME = {"plan_import": "plan", "read_people": "reading"}

    def __getattr__(name):
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOME.get(name, 'found')}"), name)


__all__ = ["Import", "ImportPlan", "Refusal", "Repeat", "Row", "plan_import", "read_people"]
