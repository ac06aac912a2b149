"""The reader of another kind, docs/read_record.py, as the tests call it."""

import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from .samples import ROOT

SCRIPT = ROOT / "docs/read_record.py"
_CODE = compile(SCRIPT.read_bytes(), SCRIPT, "exec")


class Read(NamedTuple):
    """What it said: the documents by (table, id), or what is broken first."""

    documents: dict[tuple[str, str], Any]
    broken: str


def read(where: Path, *witness: object) -> Read:
    """Run the script on a record, in this process: what it says of it."""
    before, out = sys.argv, StringIO()
    sys.argv = [str(SCRIPT), str(where), *map(str, witness)]
    try:
        with redirect_stdout(out):
            exec(_CODE, {"__name__": "__main__"})
    except SystemExit as end:
        return Read({}, str(end.code))
    except (ValueError, KeyError, TypeError, OSError) as error:
        return Read({}, repr(error))
    finally:
        sys.argv = before
    lines = (json.loads(line) for line in out.getvalue().splitlines() if line)
    return Read({(table, name): document for table, name, document in lines}, "")
