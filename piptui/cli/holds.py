"""Legal holds as lines."""

from piptui.desk.api import HoldLine


def hold_line(one: HoldLine) -> str:
    """A hold as a case or a person shows it."""
    kept = "kept for a matter of another case" if one.comparator else one.reason
    custodian = f", custodian {one.custodian}" if one.custodian else ""
    return f"legal hold since {one.since} by {one.who}{custodian}: {kept}"


def hold_text(hold: HoldLine) -> str:
    """A legal hold in a sentence, with how it is lifted."""
    on = f"Case {hold.case} is" if hold.case else "The person is"
    keeps = f"; custodian {hold.custodian}" if hold.custodian else ""
    return f"{on} under a legal hold since {hold.since} by {hold.who}{keeps}. To lift it: {hold.lift}."
