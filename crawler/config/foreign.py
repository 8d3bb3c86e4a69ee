"""YAML files of other programs as plain values, so that their jobs can be imported. Ring 1.

Read event by event like our own files, and as little trusted: no tag makes an object, texts stay texts (a number or a
date too), aliases share one value, and what would grow out of bounds is refused. Booleans are those of YAML 1.1, which
these programs read.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from crawler.errors import UsageError
from crawler.model import value

MAX_DEPTH = 30
MAX_MERGED = 100_000
"""Keys that `<<` copies, all in all."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {
    **dict.fromkeys(("", "~", "null")),
    **dict.fromkeys(("true", "yes", "on"), True),
    **dict.fromkeys(("false", "no", "off"), False),
}

Foreign = Any
"""dict with text keys, list, str, bool or None."""


@value
class Document:
    """One of the documents of a file."""

    line: int
    """From 1."""
    data: Foreign


def read_documents(text: str) -> list[Document]:
    """The documents that are not empty; UsageError with the line where the file cannot be read."""
    try:
        return list(_Reader(yaml.parse(text, Loader=_LOADER)).documents())
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"line {line}: this is not valid YAML: {error.problem or error.context}") from None
    except yaml.YAMLError:
        raise UsageError("this is not a YAML file") from None


class _Reader:
    """Builds plain values from parser events."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._anchors: dict[str, Foreign] = {}
        self._merged = 0

    def documents(self) -> Iterator[Document]:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._anchors = {}
                first = next(self._events)
                data = self._value(first, 0)
                if data is not None:
                    yield Document(line=_line(first), data=data)

    def _value(self, event: Any, depth: int) -> Foreign:  # noqa: ANN401 (PyYAML's events)
        if depth > MAX_DEPTH:
            raise UsageError(f"line {_line(event)}: values are nested more than {MAX_DEPTH} deep")
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise UsageError(f"line {_line(event)}: an alias refers to nothing, or to itself")
            return self._anchors[event.anchor]
        made: Foreign
        if isinstance(event, yaml.ScalarEvent):
            made = _WORDS.get(event.value.lower(), event.value) if event.implicit[0] else event.value
        elif isinstance(event, yaml.SequenceStartEvent):
            made = self._list(depth)
        else:
            made = self._mapping(depth)
        if event.anchor:
            self._anchors[event.anchor] = made
        return made

    def _list(self, depth: int) -> list[Foreign]:
        made: list[Foreign] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            made.append(self._value(event, depth + 1))
        return made

    def _mapping(self, depth: int) -> dict[str, Foreign]:
        own: dict[str, Foreign] = {}
        inherited: dict[str, Foreign] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise UsageError(f"line {_line(event)}: a key must be a plain text")
            item = self._value(next(self._events), depth + 1)
            if event.value == "<<":
                self._merge(inherited, item, _line(event))
            else:
                own[event.value] = item
        return inherited | own if inherited else own

    def _merge(self, into: dict[str, Foreign], item: Foreign, line: int) -> None:
        for mapping in reversed(item if isinstance(item, list) else [item]):
            if isinstance(mapping, dict):
                self._merged += len(mapping)
                if self._merged > MAX_MERGED:
                    raise UsageError(f"line {line}: the aliases of this file stand for too much")
                into.update(mapping)


def _line(event: Any) -> int:  # noqa: ANN401 (as above)
    line: int = event.start_mark.line + 1
    return line
