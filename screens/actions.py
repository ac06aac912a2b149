"""Everything that a key can do, as data: bindings, footers, help, palette and documentation are drawn from here.

A page names the actions it answers; `Page.action_verb` finds the method `verb_…` named after the last part of
the id. A verb that is not possible now stays bound and says why: a key that Textual disables would fall through
to whatever is bound behind it.
"""

import re
from collections.abc import Iterable

import msgspec
from textual.binding import Binding


class Action(msgspec.Struct, frozen=True):
    """One thing that keys can do.

    `keys` are Textual key names, the first one is shown in footers; `sentence` explains it in help; `short` is
    the word in the footer. `urgent` keys win over a text field's own meaning of the key.
    """

    id: str
    keys: tuple[str, ...]
    sentence: str
    short: str
    urgent: bool = False


_KEY_WORDS = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "space": "Space",
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "full_stop": ".",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "backspace": "Backspace",
    "delete": "Delete",
    "insert": "Insert",
    "minus": "-",
    "plus": "+",
    "comma": ",",
    "semicolon": ";",
}


def key_word(key: str) -> str:
    """The name of a key as a footer prints it: "Esc", "F8", "ctrl+s", "/"."""
    if key in _KEY_WORDS:
        return _KEY_WORDS[key]
    return key.upper() if key[0] == "f" and key[1:].isdigit() else key


_TOLD = re.compile(r"[!-~]|f\d+|(?:ctrl|alt|shift)\+[\w+]+")


def is_told(key: str) -> bool:
    """Whether a key has a name that a person would know it by."""
    return key in _KEY_WORDS or _TOLD.fullmatch(key) is not None


def types_a_character(key: str) -> bool:
    """Whether a text field would take this key for itself."""
    return len(key) == 1 or key in {"space", "slash", "colon", "question_mark", "full_stop"}


def bindings(actions: Iterable[Action]) -> list[Binding]:
    """The Textual bindings of some actions; each calls `action_verb` with the action's id."""
    return [
        Binding(key, f"verb('{action.id}')", action.short, show=False, priority=action.urgent)
        for action in actions
        for key in action.keys
    ]


PAGE_ACTIONS: tuple[Action, ...] = (
    Action("page.help", ("question_mark", "f1"), "Show what every key does here", "help"),
    Action("page.palette", ("colon", "ctrl+p"), "Type a few letters of what to do, or of a case", "commands"),
    Action("page.find", ("f",), "Find a text anywhere in the cases", "find text"),
    Action("page.acts", ("x",), "List all acts on this case, with the reason where one is not possible", "acts"),
    Action("page.redraw", ("ctrl+l",), "Draw the screen again", "redraw"),
    Action("page.cover", ("f3",), "Cover the screen from who passes by; Enter shows it again", "cover"),
    Action("page.mask", ("f4",), "Employees as initials, without number and e-mail, or in full", "mask names"),
    Action(
        "page.pause",
        ("ctrl+z",),
        "To the shell, fg there comes back; in a text: undo, and ctrl+y brings it back",
        "pause",
    ),
    Action("page.back", ("q",), "Go back one level; on the first screen, leave piptui", "back"),
    Action("page.escape", ("escape",), "Go back one level; never leaves piptui", "back"),
    Action("app.stop", ("ctrl+c",), "Pressed twice: leave piptui (or copy what is selected)", "quit", urgent=True),
    Action("app.quit", ("ctrl+q",), "Leave piptui", "quit", urgent=True),
)
"""What every page answers."""

TOUR_ACTIONS: tuple[Action, ...] = (
    Action("tour.next", ("f9",), "In the demo: begin the tour, and on it pass over a step", "next"),
    Action("tour.back", ("f7",), "In the demo: back to the step before", "before"),
    Action("tour.end", ("f6",), "In the demo: end the tour", "end"),
)
LIST_ACTIONS: tuple[Action, ...] = (
    Action("list.down", ("j", "down"), "One row down", "down"),
    Action("list.up", ("k", "up"), "One row up", "up"),
    Action("list.page_down", ("pagedown", "ctrl+f"), "One page down", "page down"),
    Action("list.page_up", ("pageup",), "One page up", "page up"),
    Action("list.half_down", ("ctrl+d",), "Half a page down", "half down"),
    Action("list.half_up", ("ctrl+u",), "Half a page up", "half up"),
    Action("list.first", ("g", "home"), "To the first row", "first"),
    Action("list.last", ("G", "end"), "To the last row", "last"),
    Action("list.choose", ("enter",), "Open what the cursor is on", "open"),
)
"""What every list and every long text answers."""

TODAY_ACTIONS: tuple[Action, ...] = (
    Action("today.today", ("1",), "Today: what needs you", "today"),
    Action("today.cases", ("2",), "All cases", "cases"),
    Action("today.people", ("3",), "The people", "people"),
    Action("today.check_in", ("c",), "Record the check-in under the cursor", "check-in"),
    Action("today.settle", ("a",), "Do what is due under the cursor", "do it"),
    Action("today.whose", ("w",), "Change whose: mine, what my reports owe, everybody's", "whose"),
    Action("today.filter", ("slash",), "Find a case, as you type", "find"),
    Action("today.new", ("n",), "Open a new case", "new"),
    Action("today.import", ("i",), "Bring people in from a CSV file of the HR system", "import"),
    Action("today.reload", ("r",), "Read the list again", "reload"),
)
"""What Today answers."""

CASES_ACTIONS: tuple[Action, ...] = (
    Action("cases.filter", ("slash",), "Show only the cases that match, as you type", "find"),
    Action("cases.new", ("n",), "Open a new case", "new"),
    Action("cases.check_in", ("c",), "Record the check-in that is due in this case", "check-in"),
    Action("cases.import", ("i",), "Bring people in from a CSV file of the HR system", "import"),
    Action("cases.copy", ("y",), "Copy the case's number", "copy"),
    Action("cases.reload", ("r",), "Read the list again", "reload"),
    Action(
        "cases.sort",
        ("s",),
        "Sort by the next of: employee, what is next, end, opened, stage, manager, number",
        "sort",
    ),
    Action("cases.mark", ("space",), "Mark the case under the cursor, or take its mark away", "mark"),
    Action("cases.mark_all", ("m",), "Mark all that are shown, or none; x then acts on the marked ones", "mark all"),
    Action("cases.turn", ("S",), "Sort the other way round", "turn round"),
    Action("cases.views", ("v",), "The views on 1 to 9; keep there what the list shows now", "views"),
    Action("cases.view_1", ("1",), "View 1: open cases, until you keep another", "view 1"),
    Action("cases.view_2", ("2",), "View 2: cases that need somebody, until you keep another", "view 2"),
    Action("cases.view_3", ("3",), "View 3: in review, plan or outcome, until you keep another", "view 3"),
    Action("cases.view_4", ("4",), "View 4: closed cases, until you keep another", "view 4"),
    *(
        Action(f"cases.view_{number}", (str(number),), f"View {number}: what you keep there", f"view {number}")
        for number in range(5, 10)
    ),
    Action("cases.view_0", ("0",), "All cases, those that need somebody first", "all cases"),
)
"""What the list of cases answers."""

VIEWS_ACTIONS: tuple[Action, ...] = (
    Action("views.keep", ("s",), "Keep under this number what the list shows now", "keep here"),
    Action("views.remove", ("D",), "Remove what you kept under this number", "remove"),
)
"""What the saved views answer."""

PEOPLE_ACTIONS: tuple[Action, ...] = (
    Action("people.filter", ("slash",), "Show only the people who match, as you type", "find"),
    Action("people.new", ("n",), "Open a case for the person under the cursor", "new case"),
    Action("people.add", ("a",), "Add a person by hand", "add a person"),
    Action("people.import", ("i",), "Bring people in from a CSV file of the HR system", "import"),
    Action("people.reload", ("r",), "Read the list again", "reload"),
)
"""What the list of people answers."""

PERSON_ACTIONS: tuple[Action, ...] = (
    Action("person.new", ("n",), "Open a case for this person", "new case"),
    Action("person.note", ("a",), "Add a note: coaching, feedback, recognition, a concern", "add a note"),
    Action("person.change", ("e",), "Change the person's details", "details"),
    Action("person.correct", ("K",), "Correct the note under the cursor, in the open", "correct"),
    Action("person.strike", ("D",), "Strike the note under the cursor, in the open", "strike"),
    Action("person.reload", ("r",), "Read the person again", "reload"),
)
"""What a person answers, beside moving; `x` lists every act on them."""

CASE_ACTIONS: tuple[Action, ...] = (
    Action("case.tab_1", ("1",), "Overview: weeks, goals, promises, what needs you", "overview"),
    Action("case.tab_2", ("2",), "The whole plan: the draft, or the version in force", "plan"),
    Action("case.tab_3", ("3",), "The check-ins that were held or missed", "check-ins"),
    Action("case.tab_4", ("4",), "Evidence, notes and everything else on file", "evidence"),
    Action("case.tab_5", ("5",), "The files that are attached: letters, scans, certificates", "documents"),
    Action("case.tab_6", ("6",), "What happened, by whom and when", "history"),
    Action("case.next_tab", ("tab", "right"), "To the next tab", "next tab"),
    Action("case.previous_tab", ("shift+tab", "left"), "To the previous tab", "previous tab"),
    Action("case.check_in", ("c",), "Record the check-in that is due", "check-in"),
    Action("case.edit", ("e",), "Write the plan", "edit plan"),
    Action("case.outcome", ("o",), "Review the outcome: verdicts and decision", "outcome"),
    Action("case.note", ("n",), "Put a note, evidence or a talk on file", "note"),
    Action(
        "case.attach",
        ("a",),
        "Attach a file: a letter, a scan; to the entry under the cursor, if there is one",
        "attach a file",
    ),
    Action("case.packet", ("p",), "Print the documents for one audience", "packet"),
    Action("case.correct", ("K",), "Correct the entry or file under the cursor, in the open", "correct"),
    Action("case.strike", ("D",), "Strike the entry or file under the cursor, in the open", "strike"),
    Action("case.undo", ("u",), "Undo your last step here, in the open; pressed twice", "undo"),
    Action("case.copy", ("y",), "Copy the number, or the sentence, entry or file id under the cursor", "copy"),
    Action("case.reload", ("r",), "Read the case again", "reload"),
)
"""What a case answers. Correcting is a capital `K`, as striking is a capital `D`: `k` moves up everywhere."""

PICK_ACTIONS: tuple[Action, ...] = (
    Action("pick.choose", ("enter",), "Take what the cursor is on", "take"),
    Action("pick.down", ("down",), "One row down", "down"),
    Action("pick.up", ("up",), "One row up", "up"),
)
"""What a list with a typed filter above it answers: letters belong to the filter."""

PAGER_ACTIONS: tuple[Action, ...] = (
    Action("pager.save", ("s", "ctrl+s"), "Save this text to a file that only you can read", "save to a file"),
    Action("pager.copy", ("y",), "Copy the line that fetches what was saved; before that, the text", "copy"),
)
"""What a long text to read answers, beside moving."""
