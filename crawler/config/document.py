"""The text of a YAML file -> a tree of `Node`, or faults. Ring 1; the only importer of yaml.

The tree is built from parser events here rather than by `yaml.compose`: scalars follow YAML 1.2 (`yes`, `on`, `1:30`
and `2024-01-01` are texts), duplicate keys are seen, and aliases, tags and deep nesting are refused before they cost
anything.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import yaml

from crawler.config.environment import complaints, fill
from crawler.config.node import Faults, Node, clean, shown

MAX_BYTES = 10_000_000
MAX_DEPTH = 12

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_TEXT = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,30}")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]{1,30}|[0-9]{1,30}(?:\.[0-9]{0,30})?)(?:[eE][-+]?[0-9]{1,3})?")


def read_document(text: str | bytes, environment: Mapping[str, str], faults: Faults) -> Node:
    """The one document of the file; where it cannot be read at all, an empty node and one fault that says why."""
    nothing = Node(line=1, path="", value=None)
    decoded = _decode(text, faults)
    if decoded is None:
        return nothing
    try:
        return _Composer(yaml.parse(decoded, Loader=_LOADER), environment, faults).document()
    except _RefusedError as error:
        faults.add_line(error.line, str(error))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.add_line(line, f"this is not valid YAML here: {error.problem or error.context}")
    except yaml.YAMLError:  # the reader's: _decode has refused what it is known to refuse
        faults.add_line(1, "this is not a YAML file")
    return nothing


def _decode(text: str | bytes, faults: Faults) -> str | None:
    if len(text) > MAX_BYTES:
        faults.add_line(1, f"the file is larger than {MAX_BYTES // 1_000_000} MB: split the sources over several files")
        return None
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            faults.add_line(line, "the file is not UTF-8 on this line: save it with the encoding UTF-8")
            return None
    if odd := _NOT_TEXT.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        faults.add_line(line, f"this is not a text file: it contains the character U+{ord(odd.group()):04X}")
        return None
    return text


class _RefusedError(Exception):
    """YAML that this program does not take."""

    def __init__(self, event: yaml.Event, problem: str) -> None:
        super().__init__(problem)
        self.line = _line(event)


class _Composer:
    """Builds the tree from parser events, which are read one by one: a bomb is refused before it is unpacked."""

    def __init__(self, events: Iterator[yaml.Event], environment: Mapping[str, str], faults: Faults) -> None:
        self._events = events
        self._environment = environment
        self._faults = faults

    def document(self) -> Node:
        next(self._events)  # the stream's start
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return Node(line=1, path="", value=None)
        root = self._node(next(self._events), "", 1, 0)
        next(self._events)  # the document's end
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise _RefusedError(event, "a second document starts; one file holds one document")
        return root

    def _node(self, event: yaml.Event, path: str, line: int, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise _RefusedError(event, f"values are nested more than {MAX_DEPTH} deep")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            raise _RefusedError(event, "tags (!name) are not supported; put a text in quotes")
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event, path, line)
            case yaml.SequenceStartEvent():
                return Node(line=line, path=path, value=self._list(path, depth))
            case yaml.MappingStartEvent():
                return Node(line=line, path=path, value=self._mapping(path, depth))
        alias = Node(line=line, path=path, value=None)
        self._faults.add(alias, "aliases (*name) are not supported: write the value out, or use defaults")
        return replace(alias, faulty=True)

    def _scalar(self, event: yaml.ScalarEvent, path: str, line: int) -> Node:
        text: str = event.value
        if "${" not in text:
            resolved = resolve(text) if event.implicit[0] else text
            return Node(line=line, path=path, value=resolved, written=text)
        node = Node(line=line, path=path, value=text, written=text)
        wrong = complaints(text, self._environment)
        for complaint in wrong:
            self._faults.add(node, complaint)
        if wrong:
            return replace(node, value=None, faulty=True)
        return replace(node, value=fill(text, self._environment), environment=self._environment)

    def _list(self, path: str, depth: int) -> list[Node]:
        elements: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            elements.append(self._node(event, f"{path}[{len(elements)}]", _line(event), depth + 1))
        return elements

    def _mapping(self, path: str, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise _RefusedError(event, "a key must be a plain text")
            key: str = event.value
            below = f"{path}.{clean(key)}" if path else clean(key)
            node = self._node(next(self._events), below, _line(event), depth + 1)
            if key in entries:
                self._faults.add(node, f"the key {shown(key)} stands here twice, first in line {entries[key].line}")
            else:
                entries[key] = node
        return entries


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def resolve(text: str) -> str | int | bool | Decimal | None:
    """A plain scalar's value after the core schema of YAML 1.2 (decimal numbers only)."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
