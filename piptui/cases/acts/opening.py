"""Opening a case: the header, a draft with the policy's texts in it, and the keys that must be unique."""

from typing import Annotated

from piptui.cases.acts.base import Act, Change, Context, Input, Written
from piptui.cases.file import CaseFile
from piptui.cases.plan import Days, PlanText, Schedule, about
from piptui.cases.records import Case, Draft, Party
from piptui.cases.terms import Policy
from piptui.cases.words import Category
from piptui.errors import Refused


class New(Input, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Open a case for an employee."""

    employee: Annotated[str, about("whom the plan is for: HR number, e-mail or name")]
    manager: Annotated[str, about("who runs the plan; left out: the employee's manager")] = ""
    second_manager: Annotated[str, about("the manager's manager")] = ""
    hr_partner: Annotated[str, about("who looks after it in HR")] = ""
    legal_reviewer: Annotated[str, about("who reviews it for legal, if anybody")] = ""
    category: Annotated[Category | None, about("kind of shortfall; suggests the length")] = None
    days: Annotated[Days | None, about("length in calendar days; left out: as the category suggests")] = None
    zone: Annotated[str, about("time zone of the workplace, such as Europe/Berlin")] = ""
    language: Annotated[str, about("language of the case")] = "en"
    legal_review: Annotated[bool, about("is legal review required?")] = False
    like: Annotated[
        str, about("a case whose plan it begins like: standards, goals, support; nothing of the person")
    ] = ""


def opened(
    data: New, parties: tuple[Party, ...], zone: str, number: str, ctx: Context, text: PlanText | None = None
) -> tuple[str, Written]:
    """The case's id and what opening it writes. `parties` are resolved already; the employee comes first. `text` is
    how the draft begins, if not as the policy suggests."""
    employee = parties[0]
    for party in parties[1:]:
        if party.person == employee.person:
            raise Refused(f"{employee.name} is the employee of this plan and cannot be a second party to it.")
    key = ctx.new_id()
    sentence = f"{ctx.name} opened case {number} for {employee.name}."
    header = Case(
        of=employee.person,
        number=number,
        opened_on=ctx.today,
        parties=parties,
        zone=zone,
        language=data.language,
        policy=ctx.policy.digest,
    )
    draft = Draft(
        of=key,
        cls="manager_hr",
        version=1,
        legal_review=data.legal_review,
        text=text or first_text(data, zone, ctx.policy),
    )
    return key, Written(
        (Change("cases", key, header, sentence), Change("drafts", ctx.new_id(), draft)), sentence, key
    )


def first_text(data: New, zone: str, policy: Policy) -> PlanText:
    """The draft as it begins: what the policy suggests, open to change."""
    days = data.days or (policy.period.suggested.get(data.category) if data.category else None)
    schedule = Schedule(cadence=policy.check_ins.cadence, minutes=policy.check_ins.minutes, zone=zone)
    return PlanText(
        category=data.category,
        days=days,
        schedule=schedule,
        statement=policy.texts.statement,
        consequences=policy.texts.consequences,
    )


def _never(file: CaseFile, data: New, ctx: Context) -> Written:
    raise Refused("A case is opened once.")


NEW = Act("new", "Open a case", (), ("hr", "manager", "second_manager"), New, _never)
"""Not in the registry of what may happen to a case: before it there is none. Same shape, so that roles, inputs
and help are drawn from one place."""
