"""What is wrong with a record, in plain words: what it means, and what to do next."""

from typing import Final

_BACK: Final = (
    "Copy the folder of the store away and let nobody write. Restore the newest backup beside it (piptui restore "
    "FILE DIR) and compare; ask who may write these files."
)
MEANINGS: Final[dict[str, tuple[str, str]]] = {
    "line": ("This line is not as it was written: it was edited, or the disk changed it.", _BACK),
    "chain": (
        "A line was removed, added or exchanged before this one, or the line before was written anew.",
        _BACK,
    ),
    "time": ("Lines stand in another order than they were written in, or a time was edited.", _BACK),
    "missing": (
        "Saves that were acknowledged are not there any more: cut off, or a file is gone.",
        _BACK,
    ),
    "text": ("The text of this save is not the one that was saved: it was edited, or the disk changed it.", _BACK),
    "blank": ("A text was blanked, and no redaction says who removed it and why.", _BACK),
    "redacts": (
        "A redaction names a text that was never there: a line before it is missing.",
        _BACK,
    ),
    "change": ("This save was made on another state of its document: a line before it is missing.", _BACK),
    "payload": ("The hashes are right, but the text is none that piptui writes: another program wrote it.", _BACK),
    "head": (
        "The note of how far the record goes is gone; the lines themselves are compared all the same. Without it, "
        "and without a witness, nobody can tell whether the end was cut off.",
        "Compare with a witness (--witness); then save anything, which makes it anew.",
    ),
    "snapshot": (
        "A derived file says something else than the record: what is shown may be wrong, the record is not.",
        "Delete the folder snapshot in the store; it is made anew from the record.",
    ),
    "back": (
        "Saves that somebody saw are not there any more: an older copy was put in place, or the end was cut off. "
        "Texts that were removed since are in an older copy again, and have to be removed again.",
        "If a backup was restored on purpose, that is the reason: piptui verify --accept. If not: " + _BACK,
    ),
    "rewritten": (
        "The history is not the one that was seen: it was written anew from some commit on, with all its hashes.",
        "If two copies of one record were worked on, that is the reason: find out which one counts. If not: " + _BACK,
    ),
    "other": (
        "The record in this folder is not the one that was there: it has another id and its own history.",
        "If you replaced it on purpose: piptui verify --accept. If not: " + _BACK,
    ),
    "file": (
        "An attached file is missing, or not as it was attached; the record itself is not touched by that.",
        "Bring it back from a backup, under the same name into files/ of the store.",
    ),
    "unfinished": (
        "A text that was removed from the record is still on the disk: the removal was interrupted.",
        "Open the store with piptui as somebody who may write it, which finishes the removal.",
    ),
}
"""Kind of problem -> what it means, and the next step."""
