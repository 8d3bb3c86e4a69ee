"""Figures of an extractor over pages as they are and over the same pages with furniture.

An extractor is known here by its outputs alone: bodies(pages) -> one text a page; so that ours and those in a process
of their own are measured alike.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from bench.furniture import Block, Book, furnish
from bench.places import BEFORE, BEHIND, INSIDE, Marked, mark_places, squeeze
from bench.samples import Sample, Score

SCENES = {"behind": (BEHIND,), "before": (BEFORE,), "inside": (INSIDE,), "all": (BEFORE, INSIDE, BEHIND)}
DRAWS = 3
_SHORTEST = 4  # characters of a text that is looked for in an output


class Page(NamedTuple):
    """What an extractor is given: a page of a sample, as saved ("" is its scene) or furnished."""

    sample: Sample
    scene: str
    html: str
    blocks: tuple[Block, ...] = ()


class Result(NamedTuple):
    """A page, the body found, its score."""

    page: Page
    body: str
    score: Score


class Summary(NamedTuple):
    """Means and shares over results, as ../shared/pages/score.py has them."""

    pages: int
    precision: float
    recall: float
    f1: float
    clean: float
    leak: float
    lost: float
    failed: float


class Leak(NamedTuple):
    """A block whose text stands in a body, and the first such text."""

    result: Result
    block: Block
    text: str


def pages_of(samples: Sequence[Sample], book: Book, draws: int = DRAWS) -> tuple[list[Page], list[str]]:
    """The pages as saved and furnished, and the ids of those whose body was not found in their markup."""
    pages, missed = [], []
    for sample in samples:
        pages.append(Page(sample, "", sample.html))
        marked = mark_places(sample.html, sample.gold)
        if marked is None:
            missed.append(sample.id)
        else:
            pages += _furnished(sample, marked, book, draws)
    return pages, missed


def _furnished(sample: Sample, marked: Marked, book: Book, draws: int) -> Iterator[Page]:
    standing = {spot.place for spot in marked.spots}
    for scene, places in SCENES.items():
        for draw in range(draws if standing.issuperset(places) else 0):
            made = furnish(marked, book, random.Random(f"{sample.id} {scene} {draw}"), places)
            yield Page(sample, scene, made.html, made.blocks)


def judge(pages: Iterable[Page], bodies: Iterable[str]) -> list[Result]:
    """Pages with the bodies found in them, scored."""
    return [Result(page, body, page.sample.score(body)) for page, body in zip(pages, bodies, strict=True)]


def summarise(results: Iterable[Result]) -> Summary:
    """Means and shares."""
    scores = [result.score for result in results]

    def mean(value: Callable[[Score], float]) -> float:
        return sum(map(value, scores)) / max(1, len(scores))

    return Summary(
        pages=len(scores),
        precision=mean(lambda score: score.precision),
        recall=mean(lambda score: score.recall),
        f1=mean(lambda score: score.f1),
        clean=mean(lambda score: score.f1 >= 0.98),
        leak=mean(lambda score: score.precision < 0.95),
        lost=mean(lambda score: score.recall < 0.95),
        failed=mean(lambda score: score.f1 < 0.5),
    )


def stable(results: Iterable[Result], scenes: Iterable[str]) -> float:
    """The share of pages whose body is the same, character for character, as saved and in all draws of the scenes."""
    bodies: dict[str, set[str]] = defaultdict(set)
    drawn = set()
    wanted = {"", *scenes}
    for result in results:
        if result.page.scene in wanted:
            bodies[result.page.sample.id].add(result.body)
        if result.page.scene in wanted - {""}:
            drawn.add(result.page.sample.id)
    return sum(len(bodies[name]) == 1 for name in drawn) / max(1, len(drawn))


def leaks(results: Sequence[Result]) -> list[Leak]:
    """The blocks of which something stands in the body found, though it stands neither in the gold nor in the body
    found in the page as saved."""
    plain = {result.page.sample.id: squeeze(result.body) for result in results if not result.page.scene}
    found = []
    for result in results:
        known = plain[result.page.sample.id] + squeeze("".join(result.page.sample.gold))
        body = squeeze(result.body)
        for block in result.page.blocks:
            text = next((text for text in block.texts if _leaked(squeeze(text), body, known)), None)
            if text is not None:
                found.append(Leak(result, block, text))
    return found


def _leaked(text: str, body: str, known: str) -> bool:
    return len(text) >= _SHORTEST and text in body and text not in known


def by_kind(results: Sequence[Result]) -> dict[str, dict[str, tuple[int, int]]]:
    """Kind to place to (blocks leaked, blocks put in)."""
    table: dict[str, dict[str, tuple[int, int]]] = defaultdict(lambda: defaultdict(lambda: (0, 0)))
    leaked = {(id(leak.result), id(leak.block)) for leak in leaks(results)}
    for result in results:
        for block in result.page.blocks:
            bad, all_ = table[block.kind][block.place]
            table[block.kind][block.place] = (bad + ((id(result), id(block)) in leaked), all_ + 1)
    return table
