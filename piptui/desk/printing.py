"""What is printed of a case: packets for an audience, and the sheet to sign. Never more than both sides may read."""

from collections.abc import Callable
from typing import Any, Final

from piptui.cases.file import CaseFile
from piptui.cases.records import Case, Ref
from piptui.cases.words import SEES, Class, words
from piptui.desk import api, listing
from piptui.desk.holds import standing
from piptui.desk.past import case_history
from piptui.desk.session import Session
from piptui.desk.sheet import sheet
from piptui.errors import Denied, NotFound, Refused
from piptui.packets.markdown import packet_markdown
from piptui.packets.sign_off import sign_off_markdown

AUDIENCES: Final[dict[str, Any]] = {"employee": "employee", "manager": "manager", "hr": "hr", "counsel": "legal"}
"""Audience of a packet -> role whose classes it may hold."""

SIGN_OFF: Final = "sign_off"
"""Instead of an audience: the sheet that employee and manager sign."""

_SHARED: Final[frozenset[Class]] = frozenset({"shared"})
_NEXT: Final = {
    "draft": "Next the draft is submitted for review (submit), then approved and issued.",
    "in_review": "Next the plan is approved (approve), then issued.",
    "approved": "Next the plan is issued, with the day of the launch meeting (issue).",
}


def packet(
    session: Session, case: str, audience: str, anchor: Callable[[], api.Anchor], printed_by: str
) -> api.Packet:
    """See `api.Desk.packet`. The head is read last, so that it covers all that is printed."""
    if audience != SIGN_OFF and audience not in AUDIENCES:
        raise NotFound(f"There is no audience {audience!r}: employee, manager, hr or counsel; or {SIGN_OFF}.")
    whole, _, classes = session.open_case(case)
    today = session.today(whole.header.zone)
    if audience == SIGN_OFF:
        signed = _to_sign(session, whole)
        page = _page(session, whole, classes & _SHARED)
        assert page.plan is not None  # noqa: S101  plans are shared: where there is something to sign, all see it
        text = sign_off_markdown(page, page.plan, signed, head=anchor(), printed_on=today, printed_by=printed_by)
    else:
        role = AUDIENCES[audience]
        if role == "employee" and not whole.header.version:
            raise Denied("The employee's packet exists from the day of issue on.")
        both = classes & SEES[role]
        page, lines = _page(session, whole, both), case_history(session, whole.id, both)
        text = packet_markdown(page, lines, audience, head=anchor(), printed_on=today, printed_by=printed_by)
    name = f"case-{page.line.case}-{audience.replace('_', '-')}.md"
    return api.Packet(case=page.line.case, audience=audience, name=name, text=text)


def _page(session: Session, whole: CaseFile, both: frozenset[Class]) -> api.CaseSheet:
    """The sheet in these classes, which the actor and the audience may read."""
    stage = session.stage(whole)
    line = listing.case_line(session, whole.id, session.facts(whole.id, both), stage)
    holds = standing(session, (whole.id, whole.header.of)) if "manager_hr" in both else ()
    today = session.today(whole.header.zone)
    return sheet(whole.visible_to(both), line, stage, today, session.directory().name, holds=holds)


def _to_sign(session: Session, whole: CaseFile) -> Ref:
    """The document that is signed: the plan in force, or the decision. Raises Refused where there is nothing to
    sign."""
    header = whole.header
    missing = _missing(header, whole, session.stage(whole))
    plan = whole.plan
    if missing or plan is None:
        raise Refused(f"There is nothing to sign in case {header.number}: {missing}")
    return _decision(whole, header) if header.outcome else plan.ref("plans")


def _missing(header: Case, whole: CaseFile, stage: str) -> str:
    ended = header.withdrawn or header.discarded
    if header.removed is not None or (whole.plan and whole.plan.record.removed is not None):
        return "the text of the plan was removed from the record. The history says when, by whom and why."
    if ended is not None:
        how = "withdrawn" if header.withdrawn else "discarded"
        return f"it was {how} on {ended.on}, without an outcome. The reason stands in its packet."
    if whole.plan is None:
        return f"no plan was issued yet; the stage is {words(stage)}. {_NEXT.get(stage, '')}".rstrip()
    return ""


def _decision(whole: CaseFile, header: Case) -> Ref:
    """The decision as it stands; of an outcome without one, the header that holds it."""
    entry = header.outcome.entry if header.outcome else ""
    held = next((one for one in whole.entries if one.id == entry and one.record.cls == "shared"), None)
    return held.ref("entries") if held else whole.case.ref("cases")
