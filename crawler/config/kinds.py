"""What a key may hold, as values that read a `Node` and complain: the small schema language of `crawler.config.keys`.

Ring 1. `read` gives plain values (dictionaries hold only the keys that are set and right); what is wrong goes to
`Faults`.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar

from crawler.config.node import Faults, Node, clean, shown
from crawler.model import value

T = TypeVar("T")

Schema = dict[str, Any]
"""JSON Schema, as far as it can say what is taken."""


class MismatchError(Exception):
    """A scalar is not what its key takes."""

    def __init__(self, expected: str, why: str = "") -> None:
        super().__init__(expected)
        self.expected = expected
        """What is expected: 'a duration such as 6h'."""
        self.why = why
        """What exactly is wrong, without quoting the value."""


@value
class Reader(Generic[T]):
    """A function that reads a scalar, with the JSON Schema of what it takes (`crawler.config.schema`)."""

    read: Callable[[Node], T]
    schema: Schema

    def __call__(self, node: Node) -> T:
        """The value, or MismatchError."""
        return self.read(node)


def takes(schema: Schema) -> Callable[[Callable[[Node], T]], Reader[T]]:
    """Say beside a function what it takes."""
    return lambda read: Reader(read=read, schema=schema)


def written_as(pattern: str, **more: Any) -> Schema:  # noqa: ANN401 (keywords of JSON Schema)
    """A text of this form, or one with a variable of the environment in it, which may become anything."""
    return {"type": "string", "pattern": rf"{pattern}|\$\{{", **more}


class Kind(Protocol):
    """What a key may hold."""

    def read(self, node: Node, faults: Faults) -> object:
        """The value in plain types, or None after complaining."""


@value
class Scalar:
    """A single value."""

    parse: Reader[Any]
    """Makes the value or raises MismatchError."""
    secret: bool = False
    """What was found is never shown."""

    def read(self, node: Node, faults: Faults) -> object:
        """The parsed value."""
        try:
            return self.parse(node)
        except MismatchError as error:
            why = f" ({error.why})" if error.why else ""
            faults.add(node, f"expected {error.expected}, found {found(node, secret=self.secret)}{why}")
            return None


@value
class Section:
    """A mapping with known keys."""

    keys: Mapping[str, Kind]
    required: tuple[str, ...] = ()

    def read(self, node: Node, faults: Faults) -> dict[str, Any]:
        """What each key holds, by key."""
        if not isinstance(node.value, dict):
            faults.add(node, f"expected keys and values ({', '.join(self.keys)}), found {found(node, secret=True)}")
            return {}
        items = node.items()
        for key, entry in node.value.items():
            if key not in self.keys:
                faults.add(entry, f"unknown key{suggestion(key, tuple(self.keys))}")
        for key in self.required:
            if key not in items:
                faults.add(node, f'the key "{key}" is missing')
        read = {key: self.keys[key].read(item, faults) for key, item in items.items() if key in self.keys}
        return {key: result for key, result in read.items() if result is not None}


@value
class ListOf:
    """A list whose elements are all of one kind and differ."""

    kind: Kind
    what: str
    """For the complaint: 'a list of channel names such as [desk]'."""
    required: bool = False
    """It must not be empty."""

    def read(self, node: Node, faults: Faults) -> tuple[Any, ...]:
        """The elements in order."""
        if not isinstance(node.value, list):
            faults.add(node, f"expected {self.what}, found {found(node)}")
            return ()
        if self.required and not node.value:
            faults.add(node, f"expected {self.what}, found an empty list")
        seen: dict[str, Node] = {}
        for element in node.value:
            if isinstance(element.value, str) and seen.setdefault(element.value, element) is not element:
                faults.add(element, f"{shown(element.written)} stands in the list twice")
        return tuple(self.kind.read(element, faults) for element in node.value)


@value
class Named:
    """A mapping from names of the user's choice to values of one kind."""

    name: Reader[Any]
    """Raises MismatchError for a name that will not do."""
    kind: Kind

    def read(self, node: Node, faults: Faults) -> dict[str, Any]:
        """What each name stands for."""
        if not isinstance(node.value, dict):
            faults.add(node, f"expected names, each with keys and values, found {found(node, secret=True)}")
            return {}
        for key, entry in node.value.items():
            Scalar(parse=self.name).read(Node(line=entry.line, path=entry.path, value=key, written=key), faults)
        return {key: self.kind.read(entry, faults) for key, entry in node.value.items()}


@value
class Variants:
    """A mapping whose key `type` says which keys it takes."""

    sections: Mapping[str, Section]

    def read(self, node: Node, faults: Faults) -> dict[str, Any]:
        """What each key holds, `type` among them."""
        kinds = ", ".join(self.sections)
        tag = node.items().get("type")
        if not isinstance(node.value, dict):
            faults.add(node, f"expected keys and values (type: one of {kinds}), found {found(node, secret=True)}")
        elif tag is None:
            faults.add(node, f'the key "type" is missing; expected one of {kinds}')
        elif not isinstance(tag.value, str) or tag.value not in self.sections:
            faults.add(tag, f"expected one of {kinds}, found {found(tag)}")
        else:
            return self.sections[tag.value].read(node, faults)
        return {}


def found(node: Node, *, secret: bool = False) -> str:
    """A value as a fault names it: as it stands in the file, never as the environment fills it in."""
    match node.value:
        case None:
            return "nothing"
        case list():
            return "a list"
        case dict():
            return "keys and values"
        case _ if secret:
            return "a text that is not shown here" if isinstance(node.value, str) else "a single value"
        case bool() | int() | Decimal():
            return clean(node.written)
        case _:
            return shown(node.written) + (" (filled in from the environment)" if node.environment is not None else "")


@lru_cache(maxsize=1000)
def suggestion(word: str, known: tuple[str, ...]) -> str:
    """`; did you mean "every"?` where a known word is near, else all of them."""
    near = [(_distance(word.lower(), other.lower()), other) for other in known if abs(len(word) - len(other)) <= 2]
    distance, best = min(near, default=(len(word), ""))
    if distance <= max(1, min(2, len(word) // 3)):
        return f'; did you mean "{best}"?'
    return f"; known here: {', '.join(clean(other) for other in known)}" if known else ""


def _distance(one: str, other: str) -> int:
    """How many letters to put in, leave out, replace or swap with a neighbour to turn one word into the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        last, before, row = before, row, [i + 1]
        for j, wanted in enumerate(other):
            cost = min(before[j + 1] + 1, row[j] + 1, before[j] + (letter != wanted))
            if i and j and letter == other[j - 1] and one[i - 1] == wanted:
                cost = min(cost, last[j - 1] + 1)
            row.append(cost)
    return row[-1]
