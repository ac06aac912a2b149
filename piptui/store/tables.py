"""A table as TinyDB sees it: documents parsed only when they are asked for."""

from collections.abc import Callable, ItemsView, Iterator, Mapping, MutableMapping
from typing import Any

import msgspec

from piptui.errors import Refused

from .entry import Entry
from .table import Table


class Lazy(Mapping[str, dict[str, Any]]):
    """The documents of a table as they stood at one moment, each parsed when it is asked for."""

    def __init__(self, entries: Table) -> None:
        self._entries = entries

    def __getitem__(self, name: str) -> dict[str, Any]:
        body = self._entries[name].body
        if body is None:
            raise KeyError(name)
        document: dict[str, Any] = msgspec.json.decode(body)
        return document

    def __iter__(self) -> Iterator[str]:
        if self._entries.whole():
            return iter(self._entries)
        return (name for name, entry in self._entries.items() if entry.body is not None)

    def __len__(self) -> int:
        return len(self._entries) if self._entries.whole() else sum(1 for _ in self)

    def items(self) -> ItemsView[str, dict[str, Any]]:
        """As of a dict; documents one behind the other are read faster than one by one."""
        return _Items(self)

    def pairs(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every id with its document."""
        for name, entry in self._entries.items():
            if entry.body is not None:
                yield name, msgspec.json.decode(entry.body)


class _Items(ItemsView[str, dict[str, Any]]):
    def __init__(self, lazy: Lazy) -> None:
        super().__init__(lazy)
        self._lazy = lazy

    def __iter__(self) -> Iterator[tuple[str, dict[str, Any]]]:
        return self._lazy.pairs()


class Draft(MutableMapping[Any, dict[str, Any]]):
    """A table under an update: documents are parsed when touched, and only the touched ones are compared."""

    def __init__(self, entries: Mapping[str, Entry], id_class: Callable[[str], Any]) -> None:
        self._entries = entries
        self._id = id_class
        self._touched: dict[Any, dict[str, Any]] = {}
        self._new: dict[Any, None] = {}
        self._gone: set[Any] = set()
        self.top = 0

    def __getitem__(self, given: Any) -> dict[str, Any]:
        doc_id = self._id(str(given))
        if doc_id in self._touched:
            return self._touched[doc_id]
        if doc_id in self._gone:
            raise KeyError(doc_id)
        body = self._entries[str(doc_id)].body
        if body is None:
            raise Refused(f"The text of document {doc_id} was removed: it cannot be changed, only replaced.")
        return self._touched.setdefault(doc_id, msgspec.json.decode(body))

    def __setitem__(self, given: Any, document: dict[str, Any]) -> None:
        doc_id = self._id(str(given))
        if doc_id not in self:
            self._new[doc_id] = None
        self._touched[doc_id] = document
        if isinstance(doc_id, int):
            self.top = max(self.top, doc_id)

    def __delitem__(self, given: Any) -> None:
        doc_id = self._id(str(given))
        if doc_id not in self:
            raise KeyError(doc_id)
        self._touched.pop(doc_id, None)
        if doc_id in self._new:
            del self._new[doc_id]
        else:
            self._gone.add(doc_id)

    def __contains__(self, given: object) -> bool:
        doc_id = self._id(str(given))
        return doc_id in self._new or (doc_id not in self._gone and str(doc_id) in self._entries)

    def __iter__(self) -> Iterator[Any]:
        kept = (doc_id for doc_id in map(self._id, self._entries) if doc_id not in self._gone)
        return iter([*kept, *self._new])

    def __len__(self) -> int:
        return len(self._entries) - len(self._gone) + len(self._new)

    def result(self) -> dict[str, dict[str, Any] | None]:
        """What may have changed: documents by id, None for those that went."""
        gone: dict[str, dict[str, Any] | None] = {str(doc_id): None for doc_id in self._gone}
        return gone | {str(doc_id): document for doc_id, document in self._touched.items()}
