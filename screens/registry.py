"""Every action of every page by its id: what help, tests and documentation are drawn from."""

from screens.actions import (
    CASE_ACTIONS,
    CASES_ACTIONS,
    LIST_ACTIONS,
    PAGE_ACTIONS,
    PAGER_ACTIONS,
    PEOPLE_ACTIONS,
    PERSON_ACTIONS,
    PICK_ACTIONS,
    TODAY_ACTIONS,
    TOUR_ACTIONS,
    VIEWS_ACTIONS,
    Action,
)
from screens.form_actions import (
    CHECKIN_ACTIONS,
    COLUMN_ACTIONS,
    FORM_ACTIONS,
    IMPORT_ACTIONS,
    LEFT_ACTIONS,
    PLAN_ACTIONS,
    REVIEW_ACTIONS,
)

GROUPS: tuple[tuple[Action, ...], ...] = (
    *(
        PAGE_ACTIONS,
        TOUR_ACTIONS,
        LIST_ACTIONS,
        TODAY_ACTIONS,
        CASES_ACTIONS,
        VIEWS_ACTIONS,
        PEOPLE_ACTIONS,
        PERSON_ACTIONS,
        CASE_ACTIONS,
        PICK_ACTIONS,
        PAGER_ACTIONS,
    ),
    *(FORM_ACTIONS, PLAN_ACTIONS, CHECKIN_ACTIONS, LEFT_ACTIONS, IMPORT_ACTIONS, COLUMN_ACTIONS, REVIEW_ACTIONS),
)


def registry() -> dict[str, Action]:
    """Every action by its id."""
    return {action.id: action for group in GROUPS for action in group}
