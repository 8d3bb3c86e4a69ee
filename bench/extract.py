"""Measures body extraction: quality, quality with furniture put in, stability, speed; ours alone or beside its peers.

usage: python -m bench.extract [--peers] [-v]      from the project's root

Pages: ../shared/pages where it is (its scorer too), else tests/pages. Tables in Markdown on stdout, progress on stderr.
--peers installs those of peers-requirements.txt into an environment of their own first. -v lists every page, worst
first, and every block of furniture that stands in a body of ours.
"""

import sys
import time
from collections.abc import Callable, Iterable, Sequence

from selectolax.lexbor import LexborHTMLParser

from bench.measure import SCENES, Page, Result, by_kind, judge, leaks, pages_of, stable, summarise
from bench.places import BEFORE, BEHIND, INSIDE
from bench.samples import own_samples, shared_samples
from crawler.extract import extract

ROUNDS = 3
OURS = "ours"


def main(arguments: Sequence[str]) -> int:
    """Print the tables."""
    samples = shared_samples() or own_samples()
    pages, missed = pages_of(samples)
    _tell(f"{len(samples)} pages, {len(pages) - len(samples)} furnished")
    bodies = [extract(page.html, page.sample.url).body for page in pages]
    results = {OURS: judge(pages, bodies)}
    print(f"{len(samples)} pages; no furniture in {len(missed)} (body not found in the markup): {', '.join(missed)}\n")
    _print_quality(results)
    _print_furnished(results)
    _print_kinds(results[OURS])
    _print_speed({OURS: _speed([page for page in pages if not page.scene])})
    _print_worst(results[OURS], None if "-v" in arguments else 10)
    if "-v" in arguments:
        _print_leaks(results[OURS])
    return 0


def _print_quality(results: dict[str, list[Result]]) -> None:
    rows = []
    for name, some in results.items():
        saved = [result for result in some if not result.page.scene]
        for label, group in (("all", saved), ("gov", [r for r in saved if r.page.sample.genre == "gov"])):
            rows.append((name, label, *_figures(group)))
    _table(("pages as saved", "", "n", "P", "R", "F1", "clean", "leak", "lost", "failed"), rows)


def _print_furnished(results: dict[str, list[Result]]) -> None:
    rows = []
    for name, some in results.items():
        for scene in SCENES:
            group = [result for result in some if result.page.scene == scene]
            rows.append((name, scene, *_figures(group), _share(stable(some, [scene]))))
        drawn = [result for result in some if result.page.scene]
        rows.append((name, "together", *_figures(drawn), _share(stable(some, SCENES))))
    _table(("with furniture", "where", "n", "P", "R", "F1", "clean", "leak", "lost", "failed", "same body"), rows)


def _figures(results: Iterable[Result]) -> tuple[str, ...]:
    pages, precision, recall, f1, *shares = summarise(results)
    return str(pages), f"{precision:.4f}", f"{recall:.4f}", f"{f1:.4f}", *map(_share, shares)


def _print_kinds(results: Sequence[Result]) -> None:
    rows = []
    for kind, places in sorted(by_kind(results).items(), key=lambda item: -_leaking(item[1].values())):
        cells = [_cell(*places[place]) for place in (BEFORE, INSIDE, BEHIND)]
        rows.append((kind, *cells, f"{_leaking(places.values()):.3f}"))
    _table(("kind: leaked / put in", BEFORE, INSIDE, BEHIND, "share"), rows)


def _cell(leaked: int, all_: int) -> str:
    return f"{leaked} / {all_}" if all_ else ""


def _leaking(counts: Iterable[tuple[int, int]]) -> float:
    leaked, all_ = map(sum, zip(*counts, strict=True))
    return leaked / max(1, all_)


def _speed(pages: Sequence[Page]) -> tuple[float, float]:
    """Seconds of the parse alone and of extraction, over all pages."""
    texts = [page.html for page in pages]
    return _best(LexborHTMLParser, texts), _best(extract, texts)


def _best(job: Callable[[str], object], texts: list[str]) -> float:
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in texts:
            job(text)
        rounds.append(time.perf_counter() - start)
    return min(rounds)


def _print_speed(seconds: dict[str, tuple[float, float]]) -> None:
    rows = [(name, f"{theirs / parse:.1f} x") for name, (parse, theirs) in seconds.items()]
    _table(("speed", "time against the Lexbor parse alone"), rows)


def _print_worst(results: Sequence[Result], count: int | None) -> None:
    saved = sorted((r for r in results if not r.page.scene), key=lambda result: result.score.f1)
    rows = [(r.page.sample.id, *(f"{figure:.3f}" for figure in r.score)) for r in saved[:count]]
    _table(("worst pages", "P", "R", "F1"), rows)


def _print_leaks(results: Sequence[Result]) -> None:
    found = sorted(leaks(results), key=lambda leak: (leak.block.kind, leak.block.place))
    rows = [
        (f"{leak.block.kind} {leak.block.place}", leak.result.page.sample.id, leak.text, leak.block.html[:300])
        for leak in found
    ]
    _table(("leak", "page", "text", "block"), rows)


def _share(value: float) -> str:
    return f"{value:.3f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(cell.replace("|", "¦").replace("\n", " ") for cell in row) + " |")
    print()


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
