"""What is attached: each file with what is needed to tell whether a copy is the one on record (S120)."""

from piptui.cases.attached import told_kind, whole_size
from piptui.cases.words import words
from piptui.desk.api import CaseSheet
from piptui.packets.pieces import Paper, day, moment


def write_files(paper: Paper, sheet: CaseSheet) -> None:
    """Every file that the audience may see, in the order in which they were attached; nothing where there are none.

    `sha256sum FILE` gives the digest of a copy.
    """
    if not sheet.files:
        return
    paper.heading(2, "Attached files")
    for one in sheet.files:
        paper.heading(3, f"File {one.id}{', late' * one.late}")
        limited = "" if one.cls == "shared" else f" Class: {words(one.cls)}."
        role = f" ({words(one.role)})" if one.role else ""
        paper.say(f"Attached {moment(one.recorded_at)} by {one.who}{role}.{limited}")
        if one.removed:
            paper.text(one.removed, "File")
        paper.facts(
            (
                ("Name", one.name),
                ("What it is", told_kind(one.kind)),
                ("Day of the document", day(one.occurred_on)),
                ("Size", whole_size(one.size)),
                ("SHA-256", one.digest or "its content was removed from the record"),
                *one.details,
            )
        )
        paper.quote(one.note, "Note")
        for earlier in one.was:
            paper.quote(earlier, "Corrected; before")
        if one.struck:
            paper.say("Crossed out.")
            paper.text(one.struck, "Reason")
