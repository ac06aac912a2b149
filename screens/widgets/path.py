"""A path to type: Tab completes the names of files and folders, as a shell does."""

from collections.abc import Callable

from piptui.carrying import completed
from screens.widgets import completing
from screens.widgets.fields import Field, Spec

SAYS_WHERE = "Tab completes names, ~ is home"


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
        self._asked = completing.Asked()

    def complete(self) -> bool:
        """Type what the path can only go on with, or tell what is possible; whether Tab is used up by that."""
        typed = self.text
        longer, names = completed(typed)
        if longer != typed:
            self.put(longer)
        if self._asked.tells(typed, longer, names):
            self._tell(completing.told(names))
            return True
        return longer != typed

    def enter(self) -> None:
        """Enter takes the path as it is."""
        self.screen.focus_next()
