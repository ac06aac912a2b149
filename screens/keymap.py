"""Keys that somebody set for themselves: checked before anything is drawn, and put where every page finds them.

Pages take their keys from the tuples in `screens.actions` and `screens.form_actions` when they are imported, and so
do footers, help and palette. So keys are changed there, before the first page is imported: `apply` belongs to the
start.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import Final

from msgspec.structs import replace

from piptui.errors import BadInput
from piptui.text import nearest
from screens import actions, form_actions
from screens.actions import Action, types_a_character

Keys = Mapping[str, str | Sequence[str]]

_EVERYWHERE: Final = ("PAGE_ACTIONS", "TOUR_ACTIONS")
PAGES: Final[dict[str, tuple[str, ...]]] = {
    "Today": (*_EVERYWHERE, "LIST_ACTIONS", "TODAY_ACTIONS"),
    "the list of cases": (*_EVERYWHERE, "LIST_ACTIONS", "CASES_ACTIONS"),
    "the people": (*_EVERYWHERE, "LIST_ACTIONS", "PEOPLE_ACTIONS"),
    "a person": (*_EVERYWHERE, "LIST_ACTIONS", "PERSON_ACTIONS"),
    "a case": (*_EVERYWHERE, "LIST_ACTIONS", "CASE_ACTIONS"),
    "the views": (*_EVERYWHERE, "LIST_ACTIONS", "VIEWS_ACTIONS"),
    "a text to read": (*_EVERYWHERE, "LIST_ACTIONS", "PAGER_ACTIONS"),
    "the outcome review": (*_EVERYWHERE, "REVIEW_ACTIONS"),
    "a form": (*_EVERYWHERE, "SAVE_ACTIONS"),
    "the plan editor": (*_EVERYWHERE, "SAVE_ACTIONS", "PLAN_ACTIONS"),
    "a check-in": (*_EVERYWHERE, "SAVE_ACTIONS", "CHECKIN_ACTIONS"),
    "the import": (*_EVERYWHERE, "SAVE_ACTIONS", "IMPORT_ACTIONS"),
    "the columns of an import": (*_EVERYWHERE, "LIST_ACTIONS", "COLUMN_ACTIONS"),
}
"""Which keys meet on a page: there no two actions may have the same."""

TYPED: Final = frozenset({"tour", "form", "plan", "checkin", "import", "pick"})
"""Groups of actions that answer while the cursor is in a text field: a letter there is a letter."""

NAMED: Final = frozenset(
    {
        *("enter", "escape", "tab", "space", "up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *("insert", "delete", "backspace", "slash", "colon", "question_mark", "full_stop", "comma", "semicolon"),
        *("plus", "minus"),
    }
)
_KEY: Final = re.compile(r"[A-Za-z0-9]|f(?:[1-9]|1[0-2])|ctrl\+[a-z]|shift\+(?:tab|up|down|left|right)")
DEAD: Final = {
    "ctrl+h": "backspace",
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+j": "enter on some terminals",
}
"""Keys that a terminal sends as something else."""
_OURS: Final = frozenset({"ctrl+j"})
"""Dead keys that the program itself uses beside a living one."""


def _groups() -> dict[str, tuple[Action, ...]]:
    found: dict[str, tuple[Action, ...]] = {}
    for module in (actions, form_actions):
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, tuple) and value and isinstance(value[0], Action):
                found[name] = value
    return found


def apply(keys: Keys) -> None:
    """Give actions other keys. Raises BadInput for an action or key that does not exist, for a key that a terminal
    cannot send, for a letter where one types, and for two actions with one key on a page."""
    if not keys:
        return
    changed = _checked(keys)
    for module in (actions, form_actions):
        _replace(module, changed)
    _clashes(changed)


def _checked(keys: Keys) -> dict[str, tuple[str, ...]]:
    known = {action.id: action for group in _groups().values() for action in group}
    changed: dict[str, tuple[str, ...]] = {}
    for name, given in keys.items():
        if name not in known or name.startswith("kind."):
            hint = nearest(name, list(known))
            more = f"Did you mean {hint}?" if hint else "docs/keys.md names them all."
            raise BadInput(f"[keys]: there is no action {name!r}. {more}")
        wanted = (given,) if isinstance(given, str) else tuple(given)
        if not wanted:
            raise BadInput(f"[keys]: {name} would have no key. Give it one, or leave the line out.")
        for key in wanted:
            _check(name, key)
        changed[name] = wanted
    return changed


def _check(name: str, key: str) -> None:
    if key in DEAD and key not in _OURS:
        raise BadInput(f"[keys]: {name} cannot be {key}: terminals send it as {DEAD[key]}.")
    if not _KEY.fullmatch(key) and key not in NAMED:
        hint = nearest(key, [*NAMED, "ctrl+a", "f1", "shift+tab"])
        raise BadInput(f"[keys]: {name}: there is no key {key!r}." + (f" Did you mean {hint}?" if hint else ""))
    if name.partition(".")[0] in TYPED and types_a_character(key):
        raise BadInput(f"[keys]: {name} works while one types, where {key} is a character. Take ctrl+… or F1 to F12.")


def _replace(module: ModuleType, changed: Mapping[str, tuple[str, ...]]) -> None:
    for name, group in _groups().items():
        if name in vars(module):
            setattr(module, name, tuple(replace(one, keys=changed.get(one.id, one.keys)) for one in group))


def _clashes(changed: Iterable[str]) -> None:
    groups = _groups()
    for page, names in PAGES.items():
        taken: dict[str, str] = {}
        for action in (one for name in names for one in groups[name]):
            for key in action.keys:
                other = taken.setdefault(key, action.id)
                if other != action.id and {other, action.id} & set(changed):
                    raise BadInput(f"[keys]: {key} is both {other} and {action.id} on {page}. Give one another key.")
