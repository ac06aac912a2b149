"""Legal holds as lines."""

from piptui.desk.api import HoldLine


def hold_line(one: HoldLine) -> str:
    """A hold as a case or a person shows it."""
    kept = "kept for a matter of another case" if one.comparator else one.reason
    custodian = f", custodian {one.custodian}" if one.custodian else ""
    return f"legal hold since {one.since} by {one.who}{custodian}: {kept}"
