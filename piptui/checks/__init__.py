"""Named checks on plans and records, and the gate of each act.

A check looks at a case and says what is missing or doubtful, where, and how to mend it. `block` stops the act;
`warn` is shown, and recorded word for word where the act goes on. `piptui.checks.gate` holds the gates; it knows
every act, so whoever only reads findings does not load it.
"""

from piptui.checks.base import Check, Finding

__all__ = ["Check", "Finding"]
