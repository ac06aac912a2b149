"""A record whose last commit lies ahead of the clock: somebody's clock was wrong, or this one is."""

import datetime as dt
from typing import Final

from piptui.store import Store

SLACK: Final = dt.timedelta(minutes=5)
"""By so much clocks may differ without anybody being told."""


def told_ahead(store: Store, now: dt.datetime) -> str:
    """That the instants of new commits are not the present, in sentences; "" where they are."""
    seq, _ = store.head()
    last = store.changes(seq - 1, 1)[0].at if seq else now
    if last - now <= SLACK:
        return ""
    return (
        f"The last commit ({seq}) says {last:%Y-%m-%d %H:%M} UTC, which lies ahead: this machine's clock says "
        f"{now:%Y-%m-%d %H:%M}. No commit is stamped earlier than the one before it, so until then all say that "
        "instant. See which clock is wrong; if it was the other one, say the day in what you record."
    )
