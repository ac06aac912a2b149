"""What is left of an error of the program: a private log that holds nothing of a case."""

import os
import traceback
from pathlib import Path
from typing import Final

CRASHED: Final = 70
"""The exit code after an error of the program itself."""


def write_crash_log(folder: Path | None, error: Exception) -> str:
    """Log where an error came from, with mode 0600; gives the sentence that says so, also where it cannot be."""
    if folder is None:
        return "What was saved is safe."
    # Frames only: messages and values may hold text of a case.
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    path = folder / f"crash-{os.getpid()}.log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(f"{type(error).__name__}\n{frames}\n")
    except OSError:
        return "What was saved is safe; no log could be written."
    return f"What was saved is safe. The log is in {path}"
