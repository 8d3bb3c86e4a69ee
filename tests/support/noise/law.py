"""The law: what comes out of a page is the report, whatever the noise. Breaches are shrunk and told for people."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from crawler.charset import decode
from crawler.model import Article
from tests.support.noise.pages import Page, page

_SHOWN = 60
_LONGEST_ADDED = 800
_LOOKED_INTO = 20
"""Failing draws that are shrunk for a message."""
_NUMBERED = re.compile(r":\d+$")


def breaches(drawn: Page) -> dict[str, str]:
    """What of a page's article is not as it should be: field -> in which way."""
    article, body = drawn.article, drawn.body
    wanted = {
        "title": body.title,
        "published": drawn.published,
        "region": body.region,
        "year": body.year,
        "pager": drawn.pager,
    }
    found = {
        name: f"{getattr(article, name)!r}, not {value!r}"
        for name, value in wanted.items()
        if getattr(article, name) != value
    }
    if article.paragraphs != body.paragraphs:
        found["body"] = _difference(article, body.paragraphs)
    return found


def _difference(article: Article, gold: tuple[str, ...]) -> str:
    extra = _short(text for text in article.paragraphs if text not in gold)
    lost = _short(text for text in gold if text not in article.paragraphs)
    return f"extra {extra}, lost {lost}" if extra or lost else "another order or number of the same paragraphs"


def _short(texts: Iterable[str]) -> list[str]:
    return [text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…" for text in texts][:5]


def shrink(number: int) -> Page:
    """The page of a failing draw with as few pieces of its noise as keep one of its breaches."""
    smallest = page(number)
    fields = set(breaches(smallest))
    size = len(smallest.items)
    while size:
        start = 0
        while start < len(smallest.items):
            items = smallest.items
            smaller = page(number, frozenset(items[:start] + items[start + size :]))
            kept = fields & set(breaches(smaller))
            if kept:
                smallest, fields = smaller, kept
            else:
                start += size
        size //= 2
    return smallest


def told(number: int) -> str:
    """A failing draw in a few lines: what is needed to see it, what goes wrong, what the noise adds to the page."""
    smallest = shrink(number)
    lines = [
        f"draw {number}: {smallest.body.name} as {smallest.shape}",
        f"  see it by page({number}, frozenset({smallest.items}))",
        *(f"  {field}: {way}" for field, way in breaches(smallest).items()),
    ]
    added = _added(_lines(page(number, frozenset())), _lines(smallest))
    return "\n".join([*lines, f"  added: {added[:_LONGEST_ADDED]}"])


def causes(numbers: Iterable[int]) -> dict[tuple[str, ...], list[int]]:
    """Failing draws by what goes wrong in them and the kinds of noise it takes, the commonest first."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in numbers:
        smallest = shrink(number)
        kinds = (_NUMBERED.sub("", item) for item in smallest.items)
        found[tuple(sorted({*breaches(smallest), *kinds}))].append(number)
    return dict(sorted(found.items(), key=lambda each: -len(each[1])))


def summary(numbers: Sequence[int]) -> str:
    """Some failing draws with different causes."""
    found = causes(numbers[:_LOOKED_INTO]).values()
    return "".join(f"\n\n{told(draws[0])}" for draws in list(found)[:3])


def _lines(drawn: Page) -> list[str]:
    return decode(drawn.content, drawn.content_type)[0].replace("><", ">\n<").splitlines()


def _added(quiet: list[str], noisy: list[str]) -> str:
    known = set(quiet)
    return "".join(line.strip() for line in noisy if line not in known)
