"""Names of persons: put together from columns, turned round, compared."""

import re
from collections.abc import Mapping

_BLANKS = re.compile(r"\s+")
# "Lee, Jr." is not somebody called Jr. Lee.
_SUFFIXES = re.compile(r"[js]r|i{2,3}|iv|phd|md|esq|[bm]sc|mba|cpa|dds")


def turn_round(name: str) -> tuple[str, str]:
    """Split "Last, First" into (given, family); both blank where the name is not written like that."""
    family, comma, given = name.partition(",")
    family, given = family.strip(), given.strip()
    suffix = _SUFFIXES.fullmatch(given.replace(".", "").casefold())
    if not comma or not family or not given or "," in given or suffix:
        return "", ""
    return given, family


def name_of(values: Mapping[str, str]) -> tuple[str, str, str]:
    """Give (name, given, family) from the fields of the same names, of which any may be missing.

    "Last, First" becomes "First Last". Without a whole name, it is put together from the parts.
    """
    given, family = values.get("given", ""), values.get("family", "")
    whole = values.get("name", "")
    first, last = turn_round(whole)
    if first:
        return f"{first} {last}", given or first, family or last
    return whole or f"{given} {family}".strip(), given, family


def is_name(text: str) -> bool:
    """Whether anybody could be called so: it holds a letter."""
    return any(char.isalpha() for char in text)


def comparable(kind: str, value: str) -> str:
    """Give the form under which two keys of a kind ("email", "login", "name", …) are the same.

    Addresses, logins and names are compared without case, names in either order; numbers as written.
    """
    if kind == "name":
        given, family = turn_round(value)
        value = f"{given} {family}" if given else value
    return _BLANKS.sub(" ", value.casefold()).strip() if kind in ("email", "login", "name") else value
