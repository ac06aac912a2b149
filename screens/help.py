"""Help: what every key does on the page that was left, drawn from the registry of actions."""

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from piptui.cases.words import words
from piptui.desk.api import Me
from piptui.text import fit, wrap
from screens.actions import Action, key_word
from screens.base import Page
from screens.widgets.reader import Line, Reader

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("What is this?", "the first line, left"),
    ("Who am I, and what day is it?", "the first line, right"),
    ("What needs me?", "what is marked ! comes first"),
    ("What can I do here?", "the last line; all of it below; x lists the acts on a case, with reasons"),
    (
        "How do I get back?",
        "q or Esc, always one level; a form that you open again has what you typed",
    ),
    (
        "How is something removed?",
        "D strikes it in the open; for good it goes by piptui redact, on the command line",
    ),
)


def whose_role(me: Me) -> str:
    """In which role somebody reads and acts."""
    if me.kind == "team":
        part = f"as {words(me.role)}" if me.role else "as what you are to each case"
        return f"In this team store you read and act {part}."
    if me.role is None:
        return (
            "In a personal store the owner reads everything, and does each act in the role that fits it. "
            "piptui --as ROLE narrows both to one role."
        )
    role = words(me.role)
    return f"You chose {role}: you read and do what {role} may. Without --as the owner reads everything."


def help_lines(actions: Sequence[Action], width: int, me: Me, *, masked: bool = False) -> list[Line]:
    """Keys and sentences, then the questions that every screen answers, and in whose role one acts. First of all,
    whether names are `masked`."""
    told = "names masked (F4): employees are drawn as initials, their numbers and e-mails as dots"
    lines = [*(Line(part) for part in wrap(told, width)), Line()] if masked else []
    lines.append(Line("Keys here", "bold"))
    seen: set[str] = set()
    for action in actions:
        if action.id in seen:
            continue
        seen.add(action.id)
        keys = ", ".join(key_word(key) for key in action.keys)
        first, *rest = wrap(action.sentence, max(width - 18, 20))
        lines += [Line(f"{fit(keys, 16)}  {first}"), *(Line(" " * 18 + part) for part in rest)]
    lines += [Line(), Line("Where to look", "bold")]
    for question, answer in QUESTIONS:
        first, *rest = wrap(answer, max(width - 32, 20))
        lines += [Line(f"{fit(question, 30)}  {first}"), *(Line(" " * 32 + part) for part in rest)]
    lines += [Line(), Line("In whose role", "bold")]
    return [*lines, *(Line(part) for part in wrap(whose_role(me), width))]


class HelpPage(Page):
    """What the keys do, for one page."""

    HINTS = ("list.page_down",)

    def __init__(self, about: str, actions: Sequence[Action]) -> None:
        super().__init__()
        self._about = about
        self._actions = actions

    def heading(self) -> str:
        """What this is."""
        return f"Help · {self._about}"

    def hint_word(self, action: Action) -> str:
        """The same key closes it."""
        return "close" if action.id == "page.help" else super().hint_word(action)

    def body(self) -> Iterable[Widget]:
        """The text."""
        yield Reader(id="help")

    def on_mount(self) -> None:
        """Show it."""
        reader = self.query_one("#help", Reader)
        me = self.app.me()
        reader.show(lambda width: help_lines(self._actions, width, me, masked=self.app.masked))
        self.main = reader
        reader.focus()

    def verb_help(self) -> None:
        """The same key closes it."""
        self.verb_back()
