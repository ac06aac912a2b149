"""Arguments taken out of the list of processes, which everybody on the machine can read."""

import sys
from pathlib import Path
from typing import Final

_FIRST: Final = 45
"""Where the bounds of the arguments stand in /proc/self/stat, counted behind the name of the program (proc(5))."""


def hide_arguments() -> bool:
    """Blank the arguments of this process but for the program and the command, where the system lets us (Linux);
    whether it did. They may hold names and texts; Python has its own copy of them by now."""
    try:
        fields = Path("/proc/self/stat").read_bytes().rpartition(b")")[2].split()
        start, end = int(fields[_FIRST]), int(fields[_FIRST + 1])
        if not 0 < start < end:
            return False
        with Path("/proc/self/mem").open("r+b", buffering=0) as memory:
            memory.seek(start)
            words = memory.read(end - start).split(b"\0")
            # What stands before our own arguments, and the first of these if it is the name of a command.
            kept = len(sys.orig_argv) - len(sys.argv) + 1
            kept += len(sys.argv) > 1 and sys.argv[1].isalpha()
            shown = sum(len(word) + 1 for word in words[:kept])
            if shown < end - start:
                memory.seek(start + shown)
                memory.write(b" " * (end - start - shown - 1) + b"\0")
    except (OSError, ValueError, IndexError):
        return False
    return True
