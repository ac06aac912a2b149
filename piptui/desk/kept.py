"""All cases as lines, kept for a filter that asks with every letter: made once, after a commit only where it was."""

from collections.abc import Callable, Mapping

from piptui.desk.api import CaseLine


class KeptLines:
    """Lines as they stand, with the texts that words are looked for in and the orders that were asked for."""

    def __init__(self, lines: list[CaseLine], texts: dict[str, str] | None = None) -> None:
        self.lines = lines
        self._texts = texts or {}
        self._orders: dict[str, list[CaseLine]] = {}

    def text(self) -> Callable[[CaseLine], str]:
        """Gives what words of a query are looked for in, folded."""
        from piptui.desk.query.terms import whole_text

        known = self._texts

        def read(line: CaseLine) -> str:
            found = known.get(line.id)
            if found is None:
                found = known[line.id] = whole_text(line)
            return found

        return read

    def in_order(self, sort: str) -> list[CaseLine]:
        """All lines in an order. Raises BadInput for one that there is not."""
        if sort not in self._orders:
            from piptui.desk.query import sort_key

            key, backwards = sort_key(sort)
            self._orders[sort] = sorted(self.lines, key=key, reverse=backwards)
        return self._orders[sort]

    def with_changes(self, changed: Mapping[str, CaseLine | None]) -> "KeptLines":
        """The same with these cases as they are now; None: gone, or not to be seen any more."""
        rest = [line for line in self.lines if line.id not in changed]
        texts = {key: text for key, text in self._texts.items() if key not in changed}
        return KeptLines([*rest, *(line for line in changed.values() if line is not None)], texts)
