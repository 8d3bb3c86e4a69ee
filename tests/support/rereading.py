"""What tests of rereading share: other rules from now on, and documents of several parts."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

import crawler.discover
import crawler.reread
from crawler.extract import extract, extract_with_imprint
from crawler.model import Article
from storage import queries
from storage.store import Store
from tests.support.web import URL

SECOND = URL.replace(".html", "_2.html")


def improve(monkeypatch: pytest.MonkeyPatch, better: Callable[[Article], Article]) -> None:
    """Let every reading of bytes from now on be another one."""

    def read(*arguments: object) -> Article:
        return better(extract(*arguments))

    def read_with_imprint(*arguments: Any) -> tuple[Article, str]:
        article, known = extract_with_imprint(*arguments)
        return better(article), known

    for room in (crawler.discover, crawler.reread):
        monkeypatch.setattr(room, "extract", read)
    monkeypatch.setattr(crawler.discover, "extract_with_imprint", read_with_imprint)


def part_of(number: int, paragraphs: Sequence[str], name: str = "yunxi") -> bytes:
    """One of two parts, each leading to the other."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    pager = "".join(f'<a href="{name}{suffix}.html">{n}</a>' for n, suffix in ((1, ""), (2, "_2")) if n != number)
    return f"<h1>云溪市2026年政府工作报告</h1><div>{body}</div><p>{pager}</p>".encode()


def notes(store: Store, page: int = 1) -> list[str | None]:
    """What the history says of each version."""
    return [line.note for line in queries.versions(store, page)]
