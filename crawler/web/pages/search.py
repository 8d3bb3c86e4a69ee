"""Full-text search over all versions: words in, pages out, each with the places that say them."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from crawler.search import Snippet, parse_query
from crawler.search.query import LONGEST
from crawler.web.asked import number_of, office_of, text_of
from crawler.web.locale import marked
from crawler.web.refused import Refused
from crawler.web.rendering import page
from storage.cards import places
from storage.search.finding import Findings, Where, search
from storage.search.indexing import waiting
from storage.watched import source_states

router = APIRouter()

VERSIONS = ("newest", "all")


@router.get("/search")
def found(request: Request) -> Response:
    """The pages that say all words, a portion at a time."""
    store = office_of(request).store
    asked = text_of(request, "q") or ""
    if len(asked) > LONGEST:
        raise Refused(400, marked("%(name)s: longer than %(most)s characters"), name="q", most=LONGEST)
    query, where, after = parse_query(asked), _where(request), text_of(request, "after")
    findings = search(store, query, where, after=after) if query else Findings(found=(), after=None)
    regions, years = places(store)
    shown: dict[str, Any] = {
        "asked": asked,
        "words": query.words,
        "lines": [{"of": each, "snippets": [*map(_stretches, each.snippets)]} for each in findings.found],
        "beginning": after is None,
        "following": findings.after,
        "waiting": waiting(store),
        "any_version": where.any_version,
        "regions": regions,
        "years": years,
        "sources": [each.source for each in source_states(store)],
        "longest": LONGEST,
    }
    return page(request, "search.html", shown)


def _where(request: Request) -> Where:
    versions = text_of(request, "versions") or VERSIONS[0]
    if versions not in VERSIONS:
        raise Refused(400, marked("%(name)s: not one of %(known)s"), name="versions", known=", ".join(VERSIONS))
    return Where(
        source=text_of(request, "source"),
        region=text_of(request, "region"),
        year=number_of(request, "year"),
        any_version=versions == "all",
    )


def _stretches(snippet: Snippet) -> Iterator[tuple[bool, str]]:
    """The snippet in stretches, each a hit or not; what is cut off is said."""
    yield False, "…" if snippet.cut_before else ""
    at = 0
    for start, end in snippet.hits:
        yield False, snippet.text[at:start]
        yield True, snippet.text[start:end]
        at = end
    yield False, snippet.text[at:]
    yield False, "…" if snippet.cut_after else ""
