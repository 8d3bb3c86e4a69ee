"""What ours finds in a folder of reports: counts by status and kind, and a sample for a person to judge.

A rejected number is a mention that is no target (achievement, optional) or a number that is no mention at all (names,
ordinals, ages); years and days of the calendar are left out of the sample, and counted.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.tables import table
from crawler.model import Target
from crawler.targets import find_targets

STATUSES = ("target", "achievement", "optional")
_CALENDAR = re.compile(
    r"(?:19|20)\d\d(?:(?:-|—|~|至|到)(?:19|20)?\d\d)?年|(?<!\d)\d{1,2}月(?:\d{1,2}日)?(?!底?前)|(?<!\d)\d{1,2}日"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|百分之[零一二三四五六七八九十百点]+")
_ENDS = "。！？\n"


class Number(NamedTuple):
    """A number with what was made of it; `target` is None where it was no mention."""

    report: str
    text: str
    sentence: str
    target: Target | None


class Census(NamedTuple):
    """All mentions and all other numbers of the reports, and how many years and days there are beside them."""

    reports: int
    mentions: list[Number]
    others: list[Number]
    calendar: int


def report(folder: Path, sample: int = 0, seed: int = 1) -> str:
    """The counts and, if wanted, the sample, in Markdown."""
    census = count([(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.txt"))])
    head = (
        f"{census.reports} reports, {len(census.mentions)} mentions; beside them {len(census.others)} numbers that are "
    )
    head += f"no mention and {census.calendar} years and days of the calendar\n"
    return "\n".join([head, _table(census), *(_sample(census, sample, seed) if sample else ())])


def count(texts: Sequence[tuple[str, str]]) -> Census:
    """Everything in texts of reports, given with their names, of which a year in the name is the report's."""
    mentions, others, calendar = [], [], 0
    for name, text in texts:
        year = re.search(r"20\d\d", name)
        targets = find_targets(text, int(year[0]) if year else None)
        mentions += [Number(name, target.text, target.sentence, target) for target in targets]
        taken = sorted((target.start, target.end) for target in targets)
        days = _free(_CALENDAR, text, taken)
        calendar += len(days)
        free = _free(_NUMBER, text, sorted([*taken, *days]))
        others += [Number(name, text[start:end], _sentence(text, start, end), None) for start, end in free]
    return Census(len(texts), mentions, others, calendar)


def _free(pattern: re.Pattern[str], text: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the pattern stands outside the stretches taken."""
    held = {place for start, end in taken for place in range(start, end)}
    return [match.span() for match in pattern.finditer(text) if held.isdisjoint(range(*match.span()))]


def _sentence(text: str, start: int, end: int) -> str:
    begin = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    ends = [place for mark in _ENDS if (place := text.find(mark, end)) >= 0]
    return text[begin : min(ends, default=len(text) - 1) + 1].strip()


def _table(census: Census) -> str:
    counts = Counter((number.target.kind, number.target.status) for number in census.mentions if number.target)
    kinds = sorted({kind for kind, _ in counts}, key=lambda kind: -sum(counts[kind, status] for status in STATUSES))
    rows = [_counts(kind, [counts[kind, status] for status in STATUSES]) for kind in kinds]
    sums = [sum(counts[kind, status] for kind in kinds) for status in STATUSES]
    return table(("kind", *STATUSES, "all"), [*rows, _counts("all", sums)])


def _counts(name: str, numbers: Sequence[int]) -> tuple[str, ...]:
    return name, *map(str, numbers), str(sum(numbers))


def _sample(census: Census, size: int, seed: int) -> Iterator[str]:
    """So many targets and so many rejected numbers, each drawn evenly from all there are."""
    targets = [number for number in census.mentions if number.target and number.target.status == "target"]
    rejected = [number for number in census.mentions if number.target and number.target.status != "target"]
    rejected += census.others
    draw = random.Random(seed)
    for title, numbers in (("targets", targets), ("rejected numbers", rejected)):
        drawn = draw.sample(numbers, min(size, len(numbers)))
        yield f"{len(drawn)} of {len(numbers)} {title}, seed {seed}\n"
        yield from (_shown(place, number) for place, number in enumerate(drawn, 1))


def _shown(place: int, number: Number) -> str:
    made = number.target
    fields = "no mention"
    if made:
        value = f"{made.relation} {made.low or ''}..{made.high or ''} {made.unit}"
        fields = f"{made.status} · {made.kind} · {made.indicator} [{made.key}] · {value} · {made.period} · {made.rule}"
    return f"{place}. {number.report} · {number.text} · {fields}\n   {number.sentence}\n"
