"""What the desk offers, as plain data: screens and the command line know this package and no store.

Everything here can be encoded to JSON and decoded again; the test suite runs the desk once more behind such a
loopback, so that a desk in another process needs no other interface. Import from here, not from the modules.
"""

from piptui.anchor import Anchor
from piptui.desk.api.acts import ActLine, Done, InputLine, Preview
from piptui.desk.api.agenda import Agenda, DueLine, Group
from piptui.desk.api.base import Actor, Me, Plain
from piptui.desk.api.cases import (
    ActionLine,
    CaseLine,
    CaseList,
    CaseSheet,
    CheckInLine,
    EarlierCase,
    EntryLine,
    Fetched,
    FileLine,
    GoalLine,
    GoalValueLine,
    Hit,
    MilestoneLine,
    SlotLine,
    SupportLine,
)
from piptui.desk.api.door import Desk
from piptui.desk.api.people import (
    ImportReport,
    NoteLine,
    PersonLine,
    PersonSheet,
    RefusedRow,
    RoleLine,
    SpellLine,
)
from piptui.desk.api.record import (
    BackupMade,
    ExportMade,
    HealthLine,
    HistoryLine,
    Packet,
    Problem,
    VerifyReport,
    Version,
    WitnessLine,
)
from piptui.desk.api.removal import (
    HoldLine,
    Redacted,
    RedactionLine,
    Removal,
    RemovalLine,
    Retention,
    RetentionLine,
    RuleLine,
    Target,
)
from piptui.desk.api.watching import News, NewsLine, PresenceLine

__all__ = [
    "ActLine",
    "ActionLine",
    "Actor",
    "Agenda",
    "Anchor",
    "BackupMade",
    "CaseLine",
    "CaseList",
    "CaseSheet",
    "CheckInLine",
    "Desk",
    "Done",
    "DueLine",
    "EarlierCase",
    "EntryLine",
    "ExportMade",
    "Fetched",
    "FileLine",
    "GoalLine",
    "GoalValueLine",
    "Group",
    "HealthLine",
    "HistoryLine",
    "Hit",
    "HoldLine",
    "ImportReport",
    "InputLine",
    "Me",
    "MilestoneLine",
    "News",
    "NewsLine",
    "NoteLine",
    "Packet",
    "PersonLine",
    "PersonSheet",
    "Plain",
    "PresenceLine",
    "Preview",
    "Problem",
    "Redacted",
    "RedactionLine",
    "RefusedRow",
    "Removal",
    "RemovalLine",
    "Retention",
    "RetentionLine",
    "RoleLine",
    "RuleLine",
    "SlotLine",
    "SpellLine",
    "SupportLine",
    "Target",
    "VerifyReport",
    "Version",
    "WitnessLine",
]
