"""From an error to a sentence on standard error and an exit code. Nothing typed is lost, nothing is given away.

No click here: the screens end through the same door.
"""

import errno
import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from piptui import __version__
from piptui.cli.output import to_json
from piptui.errors import BadInput, Conflict, Full, PiptuiError, Refused, Unreachable
from piptui.paths import state_dir
from piptui.text import clean

FAULT = 70
INTERRUPTED = 130
BROKEN_PIPE = 141
"""What a shell reports for a program whose reader went away: 128 + SIGPIPE."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_DISK = {errno.EIO, errno.EREMOTEIO, errno.ESTALE, errno.ENODEV, errno.ETIMEDOUT}


def report(error: Exception, *, as_json: bool = False, log_dir: Path | None = None) -> int:
    """Say on standard error what went wrong, and give the exit code. `log_dir` is where a fault of ours is
    logged, by default the state directory."""
    known = _known(error)
    if known is None:
        return _fault(error, log_dir)
    if as_json:
        sys.stderr.write(to_json(_as_data(known)) + "\n")
    else:
        sys.stderr.write("\n".join(_as_lines(known)) + "\n")
    return known.exit_code


def _known(error: Exception) -> PiptuiError | None:
    """Ours, or what the operating system says about a file that somebody named."""
    if isinstance(error, PiptuiError):
        return error
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return Full(f"There is no room left: {error.strerror}. Nothing was recorded; make room and try again.")
    if isinstance(error, OSError) and error.errno in _NO_DISK:
        where = f"The disk of {error.filename}" if error.filename else "A disk"
        return Unreachable(
            f"{where} fails or does not answer ({error.strerror}). Look whether it is there, try again."
        )
    if isinstance(error, OSError) and error.filename:
        return BadInput(f"{error.filename}: {error.strerror}. Check the name and who may use it.")
    return None


def _as_data(error: PiptuiError) -> dict[str, Any]:
    data: dict[str, Any] = {"error": type(error).__name__.lower(), "message": str(error)}
    if isinstance(error, Refused) and error.reasons:
        data["reasons"] = list(error.reasons)
    if isinstance(error, Conflict):
        data |= {"before": error.before, "theirs": error.theirs, "yours": error.yours}
    return data


def _as_lines(error: PiptuiError) -> list[str]:
    lines = [f"piptui: {clean(str(error), limit=None)}"]
    if isinstance(error, Refused):
        lines += [f"  - {clean(reason, limit=None)}" for reason in error.reasons]
    if isinstance(error, Conflict):
        for label, item in (("before", error.before), ("theirs", error.theirs), ("yours", error.yours)):
            if item is not None:
                lines += [f"{label}:", to_json(item, indent=2)]
    return lines


def _fault(error: Exception, log_dir: Path | None) -> int:
    """Log where it happened, without messages and variables: they could quote a case."""
    try:
        where = f"Where it happened, without any case text: {_log(error, log_dir or state_dir())}"
    except OSError:
        where = "It could not be logged"
    sys.stderr.write(f"piptui: a fault of piptui itself ({type(error).__name__}). {where}.\n")
    return FAULT


def _log(error: BaseException, folder: Path) -> Path:
    now = datetime.now(UTC)
    path = folder / f"fault-{now:%Y%m%dT%H%M%S}-{os.getpid()}.log"
    lines = [f"{now.isoformat()} piptui {__version__} Python {platform.python_version()} {platform.platform()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines += [f"  {one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(seen.__traceback__)]
        seen = seen.__cause__ or seen.__context__
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def hush(stream: TextIO | None = None) -> None:
    """After the reader of our output (`stream`: by default standard output) went away: let the rest, and the
    interpreter's last flush, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, (stream or sys.stdout).fileno())
    except (OSError, ValueError):
        if stream is None or stream is sys.stdout:
            sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    finally:
        os.close(nowhere)
