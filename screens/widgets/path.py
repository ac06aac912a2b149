"""A path to type: Tab completes the names of files and folders, as a shell does."""

from collections.abc import Callable

from piptui.carrying import completed
from piptui.text import clean_line
from screens.widgets.fields import Field, Spec

SAYS_WHERE = "Tab completes names, ~ is home"
MOST = 12
"""Names that are told; more than these are counted."""


class PathField(Field):
    """A line that holds a path. The page passes Tab to `complete` first, and goes on where that had nothing to do;
    what was completed is typed for the page, too."""

    def __init__(
        self,
        spec: Spec,
        tell: Callable[[str], None],
        *,
        label_width: int,
        explain: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(spec, label_width=label_width, explain=explain)
        self._tell = tell
        self._asked = ""

    def complete(self) -> bool:
        """Type what the path can only go on with, or tell what is possible; whether Tab is used up by that. The same
        question is not answered twice, so that Tab always gets on."""
        typed = self.text
        longer, names = completed(typed)
        if longer != typed:
            self.put(longer)
        asked, self._asked = self._asked, longer
        if len(names) > 1 and (longer != typed or asked != typed):
            told = (clean_line(name, limit=None) for name in names[:MOST])
            self._tell("  ".join(told) + (f"  … {len(names)} in all" if len(names) > MOST else ""))
            return True
        return longer != typed

    def enter(self) -> None:
        """Enter takes the path as it is."""
        self.screen.focus_next()
