"""A table as TinyDB sees it: documents parsed only when they are asked for."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

import msgspec

from piptui.errors import Refused

from .state import Entry


class Lazy(Mapping[str, dict[str, Any]]):
    """The documents of a table as they stood at one moment, each parsed when it is asked for."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._bodies = {name: entry.body for name, entry in entries.items() if entry.body is not None}

    def __getitem__(self, name: str) -> dict[str, Any]:
        document: dict[str, Any] = msgspec.json.decode(self._bodies[name])
        return document

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)


class Draft(MutableMapping[Any, dict[str, Any]]):
    """A table under an update: documents are parsed when touched, and only the touched ones are compared."""

    def __init__(self, entries: Mapping[str, Entry], id_class: Callable[[str], Any]) -> None:
        self._entries = entries
        self._id = id_class
        self._ids: dict[Any, None] = {id_class(name): None for name in entries}
        self._touched: dict[Any, dict[str, Any]] = {}
        self.top = 0

    def __getitem__(self, given: Any) -> dict[str, Any]:
        doc_id = self._id(str(given))
        if doc_id not in self._ids:
            raise KeyError(doc_id)
        if doc_id not in self._touched:
            body = self._entries[str(doc_id)].body
            if body is None:
                raise Refused(f"The text of document {doc_id} was removed: it cannot be changed, only replaced.")
            self._touched[doc_id] = msgspec.json.decode(body)
        return self._touched[doc_id]

    def __setitem__(self, given: Any, document: dict[str, Any]) -> None:
        doc_id = self._id(str(given))
        self._ids[doc_id] = None
        self._touched[doc_id] = document
        if isinstance(doc_id, int):
            self.top = max(self.top, doc_id)

    def __delitem__(self, given: Any) -> None:
        doc_id = self._id(str(given))
        del self._ids[doc_id]
        self._touched.pop(doc_id, None)

    def __contains__(self, given: object) -> bool:
        return self._id(str(given)) in self._ids

    def __iter__(self) -> Iterator[Any]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def result(self) -> dict[str, dict[str, Any] | None]:
        """What may have changed: documents by id, None for those that went."""
        kept = {str(doc_id) for doc_id in self._ids}
        gone: dict[str, dict[str, Any] | None] = {name: None for name in self._entries if name not in kept}
        return gone | {str(doc_id): document for doc_id, document in self._touched.items()}
