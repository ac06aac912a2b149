"""What is wrong with a record, in plain words: what it means, and what to do next."""

from typing import Final

_BACK: Final = (
    "Copy the folder of the store away and let nobody write; ask who may write these files. Then restore the newest "
    "backup beside it (piptui restore FILE DIR): docs/damaged.md of piptui says step by step how to compare, how to "
    "mend what the backup still has, and how to read what was saved since."
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
    "blank": (
        "A text was blanked, and no redaction says who removed it and why; or the end of the record, in which that "
        "stood, was cut off.",
        _BACK,
    ),
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
    "back.given": (
        "Saves that somebody noted are not there: an older copy was put in place, or the end was cut off.",
        "If a backup was restored on purpose, that is the reason: what was noted of saves after it counts no more: "
        "note a new line (piptui anchor). If not: " + _BACK,
    ),
    "rewritten": (
        "The history is not the one that was seen: it was written anew from some commit on, with all its hashes.",
        "If two copies of one record were worked on, that is the reason: find out which one counts. If not: " + _BACK,
    ),
    "other": (
        "The record in this folder is not the one that was there: it has another id and its own history.",
        "If you replaced it on purpose: piptui verify --accept. If not: " + _BACK,
    ),
    "stranger": (
        "What was noted is of another record than the one in this folder; that alone says nothing about this one.",
        "See whether this is the store that you mean (piptui anchor prints the id of a record) and name the right "
        "one with --store, or look for what was noted of this one. If the record that was noted should be here, this "
        "one was put in its place: ask who may write these files, and bring it back from a backup.",
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
