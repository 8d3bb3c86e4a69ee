"""What search finds is what a plain look through all texts finds, whatever was edited and indexed when."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.search import parse_query
from crawler.search.units import pieces, says, seen
from storage.search import finding, indexing
from storage.search.finding import Where, search
from storage.store import Store
from tests.support.store import changed, document, duplicate, opened, source, watch

PARAGRAPH = st.text(st.sampled_from("粮食就业增长6.5% aＧ，"), max_size=12)
TEXT = st.lists(PARAGRAPH, min_size=1, max_size=3).map("\n".join)
QUERY = st.text(st.sampled_from('粮食就业增长6.5% aＧ，"'), min_size=1, max_size=5)
REGIONS = ("河川市", "云溪县")
Page = tuple[str, list[str]]
"""The region, and the texts of all versions."""
PAGES = st.lists(st.tuples(st.sampled_from(REGIONS), st.lists(TEXT, min_size=1, max_size=6)), min_size=1, max_size=3)


def write(store: Store, pages: list[Page], *, at_once: bool) -> None:
    """Store all versions; index them amid it, or at the end."""
    sources = [source(f"s{number}", title="") for number in range(len(pages))]
    for due, (region, texts) in zip(watch(store, *sources), pages, strict=True):
        now = due
        for text in texts:
            store.record(changed(now, read=document(text, title="", region=region)))
            now = store.due_page(due.page, due.source)
            if at_once:
                indexing.work_off(store)
    while indexing.work_off(store):
        pass


def matching(words: tuple[str, ...], texts: list[str]) -> set[int]:
    """The versions that say all words."""
    return {
        number
        for number, text in enumerate(texts, 1)
        if all(any(says(word, seen(piece)) for piece in pieces("", text)) for word in words)
    }


def found(store: Store, query: str, where: Where, limit: int) -> list[tuple[int, int]]:
    """All pages with the version shown, portion by portion."""
    every: list[tuple[int, int]] = []
    after = None
    while True:
        part = search(store, parse_query(query), where, after=after, limit=limit)
        every += [(each.page, each.version) for each in part.found]
        after = part.after
        if after is None:
            return every


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pages=PAGES,
    queries=st.lists(QUERY, min_size=1, max_size=8),
    at_once=st.booleans(),
    portion=st.integers(1, 4),
    limit=st.integers(1, 3),
    region=st.sampled_from((None, *REGIONS)),
)
def test_what_is_found_is_what_a_plain_look_finds(
    fresh: Path, pages: list[Page], queries: list[str], at_once: bool, portion: int, limit: int, region: str | None
) -> None:
    with (
        TemporaryDirectory() as folder,
        patch.object(indexing, "PORTION", portion),
        patch.object(finding, "MOST_READ", limit + 1),
    ):
        duplicate(fresh, Path(folder) / "crawler.db")
        with opened(Path(folder) / "crawler.db") as store:
            write(store, pages, at_once=at_once)
            for query in queries:
                words = parse_query(query).words
                wanted = {
                    number: (matching(words, texts), len(texts))
                    for number, (place, texts) in enumerate(pages, 1)
                    if words and region in (None, place)
                }
                newest = found(store, query, Where(region=region), limit)
                assert newest == sorted(
                    ((page, last) for page, (hits, last) in wanted.items() if last in hits), reverse=True
                )
                ever = found(store, query, Where(region=region, any_version=True), limit)
                assert [page for page, _ in ever] == sorted(
                    (page for page, (hits, _) in wanted.items() if hits), reverse=True
                )
                assert all(version in wanted[page][0] for page, version in ever)
                assert all(version == wanted[page][1] for page, version in ever if wanted[page][1] in wanted[page][0])
