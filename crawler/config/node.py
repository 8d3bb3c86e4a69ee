"""One value of the file with the place it stands at, and the list of what is wrong with the file. Ring 1."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple, Union

from crawler.model import value

SHOWN = 60
"""Characters of a found value that are shown."""


@value
class Node:
    """A value as parsed; every value of a mapping stands at the line of its key."""

    line: int
    """Line in the file, from 1."""
    path: str
    """Key path from the top: `sources[3].watch.targets[0]` (counted from 0); empty for the whole file."""
    value: Union[str, int, bool, Decimal, list["Node"], dict[str, "Node"], None]  # noqa: UP007 (forward references)
    """Texts with ${VARIABLES} already filled in."""
    written: str = ""
    """A scalar as it stands in the file: what a fault may show."""
    environment: Mapping[str, str] | None = None
    """Where variables were filled in: the environment they came from."""
    faulty: bool = False
    """Already complained of, and without a value: nothing more is said about it."""

    def items(self) -> dict[str, "Node"]:
        """The entries of a mapping that are set: `key:` and `key: null` are the same as leaving the key out."""
        entries = self.value if isinstance(self.value, dict) else {}
        return {key: node for key, node in entries.items() if node.value is not None or node.faulty}

    def elements(self) -> list["Node"]:
        """The elements of a list, none for anything else."""
        return self.value if isinstance(self.value, list) else []


class Fault(NamedTuple):
    """One thing wrong with the file; faults sort by line."""

    line: int
    path: str
    text: str


class Faults:
    """All that is wrong with the file, collected so that it can be told at once."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def __bool__(self) -> bool:
        return bool(self.found)

    def add(self, node: Node, text: str) -> None:
        """Complain about a value."""
        if not node.faulty:
            self.found.append(Fault(node.line, node.path, text))

    def add_line(self, line: int, text: str) -> None:
        """Complain about the file as such."""
        self.found.append(Fault(line, "", text))

    def lines(self, name: str, root: Node) -> tuple[str, ...]:
        """One line of text for each fault, in the order of the file called `name`; sources are told by their id."""
        labels = {source.path: _label(source) for source in root.items().get("sources", root).elements()}
        return tuple(_line(name, fault, labels) for fault in self._in_order())

    def places(self) -> tuple[tuple[str, str], ...]:
        """Key path and text of each fault, in the order of `lines`."""
        return tuple((fault.path, fault.text) for fault in self._in_order())

    def _in_order(self) -> list[Fault]:
        return sorted(self.found, key=lambda fault: fault.line)


def shown(text: str) -> str:
    """A text from the file in quotes: on one line, shortened, without user and password of an address."""
    start, end = text.find("//"), text.rfind("@")
    if 0 <= start < end:
        text = f"{text[: start + 2]}***{text[end:]}"
    return f'"{clean(text)}"'


def clean(text: str) -> str:
    """The text shortened and with everything that does not print escaped."""
    cut = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    if cut.isprintable():
        return cut
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut)


def _label(source: Node) -> str:
    identity = source.items().get("id")
    return f" ({clean(identity.written)})" if identity and isinstance(identity.value, str) else ""


def _line(name: str, fault: Fault, labels: Mapping[str, str]) -> str:
    source = fault.path.partition("]")[0] + "]"
    place = f" {fault.path}{labels.get(source, '')}:" if fault.path else ""
    return f"{name}:{fault.line}:{place} {fault.text}"
