"""The language in which cases are found: words, `field:value`, comparisons, `not`, `or`.

    stage:active,issued manager:"kim lee" due<7d -is:paused sales

All terms must match; `or` separates groups of which one must. docs/finding.md is the whole of it.
"""

from piptui.desk.query.parse import Query, parse
from piptui.desk.query.sorting import SORTS, sort_key

__all__ = ["SORTS", "Query", "parse", "sort_key"]
