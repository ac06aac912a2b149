"""Every error that piptui raises on purpose.

    PiptuiError
    ├── Refused     a rule says no (exit 1)
    ├── Denied      this role may not do that (exit 1)
    ├── NotFound    there is no such thing, or you may not know of it (exit 2)
    ├── BadInput    what was typed cannot be read (exit 2)
    ├── Busy        another process holds the store: try again (exit 3)
    ├── Full        the disk, a quota or a limit is full: nothing was written (exit 3)
    ├── Corrupt     the record is damaged (exit 4)
    └── Conflict    changed by someone else since it was read (exit 5)

A message is one or two sentences for a person: what, where, what to do next. It never quotes text of a case
that its reader may not see.
"""

from typing import Any


class PiptuiError(Exception):
    """Above all of them; `exit_code` is what the command line ends with."""

    exit_code = 70

    def __str__(self) -> str:
        # KeyError would quote the sentence; every error here reads as it was written.
        return str(self.args[0]) if self.args else ""


class Refused(PiptuiError):
    """A rule says no; the message names the rule's reason. `reasons` lists them where there are several."""

    exit_code = 1

    def __init__(self, message: str, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.reasons = reasons


class Denied(PiptuiError):
    """This role may not do that; the message names the roles that may."""

    exit_code = 1


class NotFound(PiptuiError, KeyError):
    """No such thing, or one that this role may not know of: both answer alike."""

    exit_code = 2


class BadInput(PiptuiError, ValueError):
    """What was typed cannot be read; the message quotes it and says what would be accepted."""

    exit_code = 2


class Busy(PiptuiError):
    """Another process holds the store; the message names the holder. Trying again is safe."""

    exit_code = 3


class Full(PiptuiError):
    """No room: disk, quota or file-size limit. Nothing of the commit was written."""

    exit_code = 3


class Unreachable(PiptuiError):
    """The disk under the store fails or does not answer; the message says what is known of what was asked."""

    exit_code = 3


class Corrupt(PiptuiError):
    """The record is damaged; `report` says where, what it means and what still reads."""

    exit_code = 4

    def __init__(self, message: str, report: Any = None) -> None:
        super().__init__(message)
        self.report = report


class Conflict(PiptuiError):
    """Somebody changed it since it was read.

    `theirs` is the item as it stands, `yours` what was about to be saved, `before` the item as it was read:
    plain data, already limited to what the reader may see. Nothing typed is lost: `yours` holds it.
    """

    exit_code = 5

    def __init__(self, message: str, *, theirs: Any = None, yours: Any = None, before: Any = None) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours
        self.before = before
