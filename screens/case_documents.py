"""The files of a case, as lines: what each is, how big, who attached it, and who can read it."""

from piptui.cases.attached import told_kind, told_size
from piptui.cases.words import readers, words
from piptui.dates import show_date
from piptui.desk.api import CaseSheet, FileLine
from screens.case_file import Where, labelled, told_was
from screens.figures import stamp
from screens.widgets.reader import Line


def documents(sheet: CaseSheet, where: Where, width: int) -> list[Line]:
    """Every file in the order in which they were attached; corrections and strikes stay visible."""
    if not sheet.files:
        return [
            Line("No files yet."),
            Line("  a   attaches a letter, a scan, a certificate: from this machine, byte for byte"),
        ]
    lines: list[Line] = []
    for one in sheet.files:
        lines += [*_file(one, where, width), Line()]
    return lines


def _file(one: FileLine, where: Where, width: int) -> list[Line]:
    marks = ", came late" * one.late + ", corrected" * bool(one.was) + ", struck" * bool(one.struck)
    of = f" of {show_date(one.occurred_on, where.today)}" if one.occurred_on else ""
    size = told_size(one.size) if one.digest else "content removed from the record"
    kind = told_kind(one.kind)
    lines = [Line(f"{one.name or 'A file'}  {kind}{of}, {size}{marks}", "bold", one.id)]
    role = f" ({words(one.role)})" if one.role else ""
    at = stamp(one.recorded_at, where.zone, where.today)
    lines += labelled("", f"attached {at} by {one.who}{role}", width, style="dim")
    lines += labelled("", f"{words(one.cls)}: read by {readers(one.cls)}", width, style="dim")
    lines += labelled("File", one.removed, width, style="dim")
    lines += labelled("", one.note, width, style="dim" if one.struck else "")
    for was in one.was:
        lines += told_was(was, width)
    for name, value in one.details:
        lines += labelled(name[:1].upper() + name[1:], value, width)
    return [*lines, *labelled("Struck", one.struck, width, style="bold")]
