"""Working papers at issue: where the policy says so, what was typed before a plan was issued is removed for good.

It is a commit of its own, behind the one that issues: the plan is issued whatever becomes of it. What is left over,
by a kill or by a legal hold, goes with the next act on the case, or is listed as due.
"""

from piptui.cases.file import CaseFile
from piptui.cases.words import Role
from piptui.desk.holds import standing
from piptui.desk.pieces import Wanted
from piptui.desk.redacting import written
from piptui.desk.removal_kinds import working_papers
from piptui.desk.session import Session


def erases(session: Session, whole: CaseFile) -> bool:
    """Whether the policy of a case erases working papers."""
    return session.policy(whole.header.policy).records.erase_working_papers


def erase(session: Session, key: str, role: Role) -> bool:
    """Remove the drafts of an issued case that the policy erases, unless a legal hold keeps them; whether any went.
    Raises what the store raises."""
    with session.store.exclusive():
        whole = session.whole(key)
        header = whole.header
        if not header.version or standing(session, (key, header.of)):
            return False
        pieces = tuple(working_papers(session, whole))
        if not pieces:
            return False
        policy = session.policy(header.policy)
        wanted = Wanted(
            kind="working_papers",
            what=f"working papers of case {header.number}",
            role=role,
            of=key,
            pieces=pieces,
            owners=(key, header.of),
            names=(),
            case=header.number,
        )
        reason = f"The policy {policy.name} {policy.edition} erases working papers at issue."
        written(session, wanted, reason, "erase_working_papers", f"The draft of version {header.version} was erased.")
        return True
