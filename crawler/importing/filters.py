"""Filters of urlwatch and webchanges jobs -> which elements to read and which to drop. Ring 1.

A chain of filters is a program; ours is one selector. Taken over is the one filter that chooses elements; what only
formats text is done here anyway; all else is told.
"""

from collections.abc import Iterator, Mapping

from crawler.config.foreign import Foreign
from crawler.config.node import clean
from crawler.importing.texts import as_text, texts
from crawler.model import value

_SIMPLE = {"element-by-id": ("id", "#"), "element-by-class": ("class", "."), "element-by-tag": ("tag", "")}
_DONE_ANYWAY = frozenset(
    (
        *("html2text", "beautify", "strip", "striplines", "strip_each_line", "strip_empty_lines", "absolute_links"),
        *("pretty-xml", "format-xml", "pdf2text", "pypdf"),
    )
)
"""Pages and documents are read as text, and white space never counts."""
_NARROWING = ("skip", "maxitems", "namespaces")


@value
class Chosen:
    """What filters come to."""

    select: str = ""
    drop: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def chosen(filters: Foreign) -> Chosen:
    """The selectors of a chain of filters."""
    select, drop, lost = "", [], []
    for kind, options in _steps(filters):
        found = _selector(kind, options)
        if found and not select:
            select = found
            drop += texts(options.get("exclude")) if isinstance(options, Mapping) else []
        elif kind not in _DONE_ANYWAY:
            lost.append(f"filter {clean(kind)}: {_why(kind, found)}")
    return Chosen(select=select, drop=tuple(drop), lost=tuple(lost))


def _why(kind: str, found: str) -> str:
    """Why a filter is not taken over."""
    if found:
        return "a second selector within the first"
    if kind == "xpath":
        return "only CSS selectors are taken"
    if kind == "css" or kind in _SIMPLE:
        return "it takes some of the elements only, which no selector says"
    return "the whole text of the page is compared"


def _steps(filters: Foreign) -> Iterator[tuple[str, Foreign]]:
    """Each filter's name and options; urlwatch once wrote them as 'css:div.text,html2text'."""
    if isinstance(filters, str):
        for step in filters.split(","):
            kind, _, option = step.strip().partition(":")
            yield kind, option
    for step in filters if isinstance(filters, list) else []:
        if isinstance(step, dict) and step:
            yield next(iter(step.items()))
        elif isinstance(step, str):
            yield step, None


def _selector(kind: str, options: Foreign) -> str:
    """The CSS selector a filter stands for, or nothing."""
    if kind == "css":
        return _option(options, "selector")
    if kind in _SIMPLE:
        key, sign = _SIMPLE[kind]
        name = _option(options, key)
        return f"{sign}{name}" if name and not set(name) & set(" .#,>+~:[]()\"'\\") else ""
    return ""


def _option(options: Foreign, key: str) -> str:
    if not isinstance(options, dict):
        return as_text(options)
    narrowed = any(options.get(name) for name in _NARROWING) or options.get("method") == "xml"
    return "" if narrowed else as_text(options.get(key))
