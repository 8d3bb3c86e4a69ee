"""The text of a YAML file -> where each of its values stands, so that one can be edited and all else left. Ring 1.

The tree is as `crawler.config.document` reads it, but without checks of what the values mean and without the
environment: `${NAME}` stays as it is. Positions count characters from the start of the text.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml

from crawler.config.document import MAX_DEPTH, resolve
from crawler.errors import UsageError
from crawler.model import value

Data = Any
"""A value in plain types: dict, list, str, int, Decimal, bool or None."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ANCHOR = re.compile(r"&\S+[ \t]+")


@value
class Place:
    """A value and where it stands."""

    start: int
    end: int
    """After its last character: no comment, no line break."""
    flow: bool
    """Written with brackets or as a scalar, so not spread over indented lines."""
    style: str = ""
    """Of a scalar: `"`, `'`, `|`, `>`, or empty for a plain one."""
    scalar: str | int | bool | Decimal | None = None
    entries: "tuple[Entry, ...] | None" = None
    """Of a list or a mapping; None for a scalar."""
    keyed: bool = False
    """It is a mapping."""

    def entry(self, key: str) -> "Entry | None":
        """What stands under a key of a mapping."""
        return next((entry for entry in self.entries or () if self.keyed and entry.key == key), None)

    def data(self) -> Data:
        """The value in plain types."""
        if self.entries is None:
            return self.scalar
        if self.keyed:
            return {entry.key: entry.place.data() for entry in self.entries}
        return [entry.place.data() for entry in self.entries]


@value
class Entry:
    """An element of a list, or a key of a mapping with its value."""

    start: int
    """Of the key; of the dash; of the element between brackets."""
    key: str
    """Empty in a list."""
    key_end: int
    place: Place


def locate(text: str, name: str) -> Place | None:
    """The file's value; None where there is nothing but comments. UsageError where it is no YAML that is taken."""
    try:
        return _Finder(text, name).document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{name}:{line}: this is not valid YAML here: {error.problem or error.context}") from None
    except yaml.YAMLError:
        raise UsageError(f"{name}: this is not a YAML file") from None


class _Finder:
    """Builds the tree from parser events, as `document` does."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Place | None:
        next(self._events)  # the stream's start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        found = self._place(next(self._events), 0)
        next(self._events)  # the document's end
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._refused(event, "a second document starts; one file holds one document")
        return found

    def _place(self, event: Any, depth: int) -> Place:  # noqa: ANN401 (PyYAML's events)
        if depth > MAX_DEPTH:
            raise self._refused(event, f"values are nested more than {MAX_DEPTH} deep")
        if isinstance(event, yaml.AliasEvent) or event.tag is not None:
            raise self._refused(event, "aliases and tags are not supported")
        return self._scalar(event) if isinstance(event, yaml.ScalarEvent) else self._collection(event, depth)

    def _collection(self, event: Any, depth: int) -> Place:  # noqa: ANN401 (as above)
        keyed = isinstance(event, yaml.MappingStartEvent)
        entries: list[Entry] = []
        after = _start(event)
        inner: Any
        while not isinstance(inner := next(self._events), yaml.CollectionEndEvent):
            entries.append(self._pair(inner, depth) if keyed else self._element(event, inner, after, depth))
            after = entries[-1].place.end
        end = _end(inner) if event.flow_style else after
        start = self._past_anchor(event)
        return Place(start=start, end=end, flow=event.flow_style, entries=tuple(entries), keyed=keyed)

    def _pair(self, key: Any, depth: int) -> Entry:  # noqa: ANN401 (as above)
        if not isinstance(key, yaml.ScalarEvent):
            raise self._refused(key, "a key must be a plain text")
        place = self._place(next(self._events), depth + 1)
        return Entry(start=_start(key), key=key.value, key_end=_end(key), place=place)

    def _element(self, listed: Any, event: Any, after: int, depth: int) -> Entry:  # noqa: ANN401 (as above)
        """The next element of a list; the dashes of a block list stand below each other."""
        start = _start(event)
        if not listed.flow_style:
            first = listed.start_mark
            below = re.compile(rf"[\r\n] {{{first.column}}}-").search(self._text, after, start)
            start = below.end() - 1 if below and after > first.index else first.index
        return Entry(start=start, key="", key_end=start, place=self._place(event, depth + 1))

    def _scalar(self, event: Any) -> Place:  # noqa: ANN401 (as above)
        start, style = self._past_anchor(event), event.style or ""
        end = _end(event)
        if style in ("|", ">"):
            end = start + len(self._text[start:end].rstrip())
        read = resolve(event.value) if event.implicit[0] else event.value
        return Place(start=start, end=end, flow=True, style=style, scalar=read)

    def _past_anchor(self, event: Any) -> int:  # noqa: ANN401 (as above)
        """Where a value begins after its anchor, which stays."""
        start: int = _start(event)
        anchor = _ANCHOR.match(self._text, start) if event.anchor else None
        return anchor.end() if anchor else start

    def _refused(self, event: Any, problem: str) -> UsageError:  # noqa: ANN401 (as above)
        return UsageError(f"{self._name}:{event.start_mark.line + 1}: {problem}")


def _start(event: Any) -> int:  # noqa: ANN401 (PyYAML's events)
    index: int = event.start_mark.index
    return index


def _end(event: Any) -> int:  # noqa: ANN401 (as above)
    index: int = event.end_mark.index
    return index
