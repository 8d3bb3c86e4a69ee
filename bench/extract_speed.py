"""Measures what extraction costs: time against the bare parse, memory over many pages, growth on hostile pages.

usage: python -m bench.extract_speed [ratio|memory|hostile]...      from the project's root; all three by default

`ratio`: the time of `extract` over all pages as a multiple of what the Lexbor parser alone needs for the same texts,
best of several rounds in turn, one thread. `memory`: the peak of resident memory after a warm-up and after 10,000 pages
more. `hostile`: seconds for pages and documents made to be slow, at a size and at four times that size (5 MB, or
100,000 elements): linear growth is a ratio of about 4. Pages are those of ../shared/pages, else the fixtures under
tests/pages.
"""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from selectolax.lexbor import LexborHTMLParser

from bench.hostile import SHAPES
from bench.hostile_documents import DOCUMENTS
from crawler.charset import decode
from crawler.errors import UsageError
from crawler.extract import extract

ROOT = Path(__file__).resolve().parents[1]
SAVED, FIXTURES = ROOT.parent / "shared" / "pages" / "html", ROOT / "tests" / "pages"
URL = "http://portal.example/baogao/1024.html"
ROUNDS = 9
Content = TypeVar("Content")
WARM_UP, EXTRACTIONS = 1_000, 10_000


def main(arguments: list[str]) -> int:
    """Print the figures asked for."""
    measures: dict[str, Callable[[], None]] = {"ratio": ratio, "memory": memory, "hostile": hostile}
    unknown = set(arguments) - set(measures)
    if unknown:
        print(f"no such measure: {', '.join(sorted(unknown))}; there are {', '.join(measures)}")
        return 2
    for name in arguments or measures:
        measures[name]()
    return 0


def ratio() -> None:
    """Time of the extraction of a page, against its parse."""
    texts = [decode(content)[0] for content in _pages()]
    rounds = [(_seconds(LexborHTMLParser, texts), _seconds(_extract, texts)) for _ in range(ROUNDS)]
    parse, ours = (min(times) for times in zip(*rounds, strict=True))
    pages = len(texts)
    print(f"{pages} pages: parse {1000 * parse / pages:.2f} ms, extract {1000 * ours / pages:.2f} ms a page:", end=" ")
    print(f"{ours / parse:.1f} x the parse")


def memory() -> None:
    """Growth of the peak of resident memory, after a warm-up."""
    contents = _pages()
    _repeat(contents, WARM_UP)
    before = _peak()
    _repeat(contents, EXTRACTIONS)
    print(f"peak memory {before:.1f} MiB after {WARM_UP} pages, {_peak():.1f} MiB after {EXTRACTIONS} more")


def hostile() -> None:
    """Seconds a hostile page or document takes, and how they grow with its size; in brackets for what is refused."""
    print(f"{'page or document':36} {'1 x, s':>8} {'4 x, s':>8} {'4 x, MB':>8} {'growth':>7}")
    for name, make in {**SHAPES, **DOCUMENTS}.items():
        small, large = make(1), make(4)
        times = [min(_seconds(_extract, [content]) for _ in range(2)) for content in (small, large)]
        growth = f"{times[1] / times[0]:7.1f}" if _is_read(large) else f"({times[1] / times[0]:.1f})"
        print(f"{name:36} {times[0]:8.2f} {times[1]:8.2f} {len(large) / 1e6:8.1f} {growth:>7}", flush=True)


def _pages() -> list[bytes]:
    files = sorted(SAVED.glob("*.html")) or sorted(FIXTURES.glob("*/*/page.html"))
    return [file.read_bytes() for file in files]


def _extract(content: str | bytes) -> object:
    try:
        return extract(content, URL)
    except UsageError:
        return None


def _is_read(content: str | bytes) -> bool:
    return _extract(content) is not None


def _seconds(job: Callable[[Content], object], texts: Sequence[Content]) -> float:
    start = time.perf_counter()
    for text in texts:
        job(text)
    return time.perf_counter() - start


def _repeat(contents: list[bytes], times: int) -> None:
    for number in range(times):
        extract(contents[number % len(contents)], URL)


def _peak() -> float:
    """Of resident memory, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
