"""Named checks on plans and records, and the gate of each act.

A check looks at a case and says what is missing or doubtful, where, and how to mend it. `block` stops the act;
`warn` is shown, and recorded word for word where the act goes on.
"""

from piptui.checks.base import Check, Finding
from piptui.checks.gate import gate

__all__ = ["Check", "Finding", "gate"]
