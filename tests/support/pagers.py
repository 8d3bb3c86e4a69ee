"""The pagers of tests/pages/pagers (its README says how they are written), as values."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from crawler.model import Pager

FOLDER = Path(__file__).parents[1] / "pages" / "pagers"
_RANGE = re.compile(r"(.*)\{(\d+)-(\d+)\}(.*)")
_PLACE = re.compile(r"part (\S+) of (\S+), next (\S+)")


@dataclass(frozen=True)
class Case:
    name: str
    url: str
    markup: str
    pager: Pager | None

    def __str__(self) -> str:
        return self.name


def load() -> list[Case]:
    """Every case, in the order of files and lines."""
    return [_case(block) for path in sorted(FOLDER.glob("*.txt")) for block in _blocks(path.read_text("utf-8"))]


def _blocks(text: str) -> list[str]:
    return [block.strip() for block in re.split(r"^## ", text, flags=re.MULTILINE) if block.strip()]


def _case(block: str) -> Case:
    name, url, told, rest = block.split("\n", 3)
    if told == "none":
        return Case(name, url, rest, None)
    urls, _, markup = rest.partition("\n")
    place = _PLACE.fullmatch(told)
    assert place, f"{name}: {told!r}"
    assert urls.startswith("urls "), f"{name}: {urls!r}"
    return Case(
        name,
        url,
        markup,
        Pager(
            part=_number(place[1]),
            parts=_number(place[2]),
            next=None if place[3] == "-" else urljoin(url, place[3]),
            urls=tuple(urljoin(url, each) for pattern in urls.split()[1:] for each in _expanded(pattern)),
        ),
    )


def _number(text: str) -> int | None:
    return None if text == "?" else int(text)


def _expanded(pattern: str) -> list[str]:
    found = _RANGE.fullmatch(pattern)
    if found is None:
        return [pattern]
    first, last = int(found[2]), int(found[3])
    numbers = range(first, last + 1) if first <= last else range(first, last - 1, -1)
    return [f"{found[1]}{number}{found[4]}" for number in numbers]
