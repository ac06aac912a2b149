"""What was removed from the record leaves the running screens, too: kept texts, open forms, what was copied."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from piptui.beside import PLAN, Sought, goes
from piptui.desk.api import NewsLine
from piptui.drafts import Draft
from piptui.errors import NotFound, PiptuiError
from screens.base import Page
from screens.forms import FormPage
from screens.plan_record import still_reads
from screens.presence import in_person

if TYPE_CHECKING:
    from screens.app import PiptuiApp

_OF_PLAN: Final = {"drafts", "plans", "cases"}
_WENT: Final = "What was typed there and not saved went with it."
_KEPT: Final = "What you typed there is kept: look whether it says the same."
_TYPED: Final = "What you had typed for it and not saved went, too."


def forget_removed(app: "PiptuiApp", lines: Sequence[NewsLine]) -> None:
    """Texts were removed elsewhere: forget what was typed on them, and close what shows them."""
    lines = [line for line in lines if line.removed]
    if not lines:
        return
    app.forget_copied()
    lost = app.kept.take_away(lambda draft: any(_concerns(app, draft, line) for line in lines))
    who = in_person(lines[-1].who, app.me().name)
    told = f"{who} removed texts from the record for good."
    pages = _to_close(app, lambda page: page.goes_with({line.case for line in lines}))
    for page in pages:
        more = ""
        if isinstance(page, FormPage):
            key = page.key()
            more = _WENT if key in lost else _KEPT if key in app.kept else ""
        page.gone = (f"{told} The page that showed them is closed.", *([more] if more else []))
    if pages:
        app.close_gone()
    elif isinstance(app.screen, Page) and app.screen.concerns({line.case for line in lines}):
        # What stood here, such as the step that would be undone, may quote the words.
        app.screen.say(told, _TYPED if lost else "")


def close_unseen(app: "PiptuiApp", case: str) -> None:
    """A case is shown to this login no more: removed whole, or somebody else's by now. What was typed for it and is
    still on the disk stays there, since that is nobody else's."""
    app.kept.take_away(lambda draft: False)
    pages = _to_close(app, lambda page: page.case == case and page.goes_with({case}))
    for page in pages:
        page.gone = (f"Case {case} is not to be seen here any more: what showed it is closed.",)
    app.close_gone()


def _to_close(app: "PiptuiApp", goes: Callable[[Page], bool]) -> list[Page]:
    """The lowest page that cannot show anew what is left, and all above it; the first page of all stays."""
    stack = app.screen_stack
    first = next((at for at, page in enumerate(stack) if at and isinstance(page, Page) and goes(page)), len(stack))
    return [page for page in stack[first:] if isinstance(page, Page)]


def _concerns(app: "PiptuiApp", draft: Draft, line: NewsLine) -> bool:
    """Whether a draft was typed on what was removed; one of a plan is, where its place says something else now."""
    if not draft.case or draft.case != line.case:
        return False
    try:
        sheet = app.desk.view(line.case)
    except NotFound:
        return True
    except PiptuiError:
        return False
    ids = [key for _, key in line.removed]
    slots = [(line.case, one.record.slot) for one in sheet.check_ins if one.id in ids]
    if goes(draft, Sought(whole={line.case} if sheet.removed else (), ids=ids, slots=slots)):
        return True
    if draft.form != PLAN or draft.base is None or not {table for table, _ in line.removed} & _OF_PLAN:
        return False
    return not still_reads(sheet, draft.item, draft.base)
