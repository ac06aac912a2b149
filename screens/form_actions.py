"""What keys do in forms, in the plan editor, in a check-in and in the outcome review."""

from typing import Final

from screens.actions import Action

SAVE_ACTIONS: Final[tuple[Action, ...]] = (
    Action("form.save", ("ctrl+s",), "Save what is typed", "save"),
    Action("form.next", ("tab",), "To the next field; Enter does the same where it is no part of the text", "next"),
    Action("form.previous", ("shift+tab",), "To the field before", "previous"),
    Action("form.finding", ("f8",), "To the next place that something is to be said about", "next finding"),
    Action("form.drop", ("ctrl+x",), "Throw away what is typed here and not saved; pressed twice", "throw away"),
    Action("form.go", ("enter",), "Do it, where there is nothing to type", "do it"),
)
"""What every form answers."""

FIELD_KINDS: Final[tuple[Action, ...]] = (
    Action("kind.line", ("a text",), "Type; Home and End, ctrl+u empties it to the left", ""),
    Action("kind.long", ("a long text",), "Enter starts a new line; Up and Down leave it at its first and last", ""),
    Action("kind.undo", ("in a text",), "ctrl+z takes back what was typed or pasted last, ctrl+y brings it back", ""),
    Action("kind.choice", ("< a choice >",), "Left, Right or Space turn it, letters pick, Backspace empties it", ""),
    Action("kind.date", ("a date",), "17 Nov, fri, yesterday, -3d, 2026-11-17; what was read stands beside it", ""),
    Action("kind.number", ("a number",), "44, 4.5, 1,200 or 40 %; typing replaces what is there", ""),
    Action("kind.person", ("a person",), "Type part of the name; Up and Down choose, Enter takes", ""),
    Action("kind.path", ("a path",), "Tab completes names of files and folders; ~ is your home directory", ""),
    Action("kind.tick", ("[ ] a box",), "Space or x ticks it", ""),
)
"""What the kinds of fields take, told in help beside the keys: nothing that a key is bound to."""

CONFLICT_ACTIONS: Final[tuple[Action, ...]] = (
    Action("conflict.theirs", ("t",), "Take their text in this row", "take theirs"),
    Action("conflict.mine", ("m",), "Keep your text in this row", "keep mine"),
    Action("conflict.both", ("e",), "Take both texts of this row into the form, and edit them there", "edit both"),
    Action("conflict.save", ("enter", "ctrl+s"), "Save the result: in each row the text marked *", "save"),
    Action("conflict.down", ("j", "down"), "One row down", "down"),
    Action("conflict.up", ("k", "up"), "One row up", "up"),
)
"""What the page answers on which two texts stand side by side."""

FORM_ACTIONS: Final = (*SAVE_ACTIONS, *CONFLICT_ACTIONS)

PLAN_ACTIONS: Final[tuple[Action, ...]] = (
    Action("plan.new", ("ctrl+n",), "Add an item to this list of the plan", "new"),
    Action("plan.remove", ("ctrl+d",), "Remove this item; pressed twice", "remove"),
    Action("plan.forward", ("pagedown", "ctrl+j"), "To the next item or section; what is typed here is saved", "on"),
    Action("plan.backward", ("pageup", "ctrl+k"), "To the item or section before; what is typed is saved", "back up"),
)
"""What the plan editor answers, beside what every form does."""

CHECKIN_ACTIONS: Final[tuple[Action, ...]] = (
    Action("checkin.missed", ("f2",), "It was not held: say who missed it and why", "it was missed"),
    Action("checkin.note", ("f5",), "Somebody else recorded it meanwhile: make a note of your text", "to a note"),
)
"""What a check-in answers, beside what every form does."""

LEFT_ACTIONS: Final[tuple[Action, ...]] = (
    Action("left.note", ("n", "f5"), "Put the text on file as a note", "to a note"),
    Action("left.copy", ("y",), "Copy the text", "copy"),
    Action("left.drop", ("ctrl+x",), "Throw the text away; pressed twice", "throw away"),
)
"""What the page answers that shows a kept text whose form does not open any more."""

IMPORT_ACTIONS: Final[tuple[Action, ...]] = (
    Action("import.further", ("pagedown",), "Further down in what was found in the file", "further down"),
    Action("import.columns", ("f2",), "Say what each column means, and which one tells people apart", "columns"),
    Action("import.nearer", ("pageup",), "Back up in what was found in the file", "back up"),
)
"""What the import answers, beside what every form does."""

COLUMN_ACTIONS: Final[tuple[Action, ...]] = (
    Action("columns.key", ("t",), "Tell people apart by the column under the cursor, or as guessed", "the key"),
    Action("columns.nothing", ("u",), "Do not use the column under the cursor", "use not"),
    Action("columns.guess", ("r",), "As it was guessed again", "as guessed"),
)
"""What the columns of an import answer, beside moving."""

REVIEW_ACTIONS: Final[tuple[Action, ...]] = (
    Action("review.verdict", ("v", "enter"), "Give the goal under the cursor its verdict", "verdict"),
    Action("review.decide", ("d",), "Decide the outcome, or see what is missing before you can", "decide"),
    Action("review.open", ("o",), "Open the final review", "open the review"),
    Action("review.down", ("j", "down"), "One goal down", "down"),
    Action("review.up", ("k", "up"), "One goal up", "up"),
)
"""What the outcome review answers."""
