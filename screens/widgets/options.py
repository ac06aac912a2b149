"""A list of things to choose from."""

from collections.abc import Callable
from dataclasses import dataclass

from screens.widgets.lines import Column, Lines


@dataclass(frozen=True)
class Option:
    """One line to choose: what it is, what is said beside it, and what happens. `dim` marks the impossible."""

    key: str
    text: str
    beside: str
    chosen: Callable[[], None]
    dim: bool = False


def option_lines(id: str, *columns: Column) -> Lines[Option]:  # noqa: A002
    """A list of options in these columns: what it is, and what is said beside it."""
    return Lines(
        (Column("", 1), *columns),
        lambda option: ("-" if option.dim else " ", option.text, option.beside),
        lambda option: option.key,
        dim=lambda option: option.dim,
        titles=False,
        id=id,
    )
