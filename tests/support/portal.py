"""A host whose pages share what it says of itself, in words that no phrase list knows."""

from collections.abc import Iterable
from datetime import timedelta

from crawler.checks import Outcome, Result
from crawler.model import Source
from storage import queries
from storage.store import Store
from tests.support.values import source
from tests.support.web import Web

ABOUT = (
    "晴川文库收录各地公文，由一群热爱公文的编辑共同整理，每天都有新的内容等着大家来发现。",
    "晴川文库陪伴写作者走过了十个春秋，未来还将继续前行。",
)
CITIES = ("云溪市", "河川市", "石桥县", "柳湾区")


def report(city: str, growth: str = "6%") -> tuple[str, ...]:
    return (
        "各位代表：",
        f"{city}坚持稳中求进，扩大内需，{city}的产业一年比一年兴旺，群众的日子一年比一年红火。",
        f"{city}新的一年发展的主要预期目标是：地区生产总值增长{growth}左右，粮食产量稳定在30万吨以上。",
        "以上报告，请予审议。",
    )


def portal_page(city: str, growth: str = "6%", about: tuple[str, ...] = ABOUT) -> bytes:
    """A page whose site speaks of itself right behind the body."""
    body, box = ("".join(f"<p>{text}</p>" for text in texts) for texts in (report(city, growth), about))
    return f"<div><h1>{city}2026年政府工作报告</h1><div>{body}</div><section>{box}</section></div>".encode()


def watched(web: Web, pages: Iterable[bytes], **fields: object) -> list[Source]:
    """Pages of one host, each a source."""
    sources = []
    for number, content in enumerate(pages, 1):
        url = f"https://www.example.org/{number}.html"
        web.put(url, content)
        sources.append(source(id=f"s{number}", url=url, delay=timedelta(0), **fields))
    return sources


def portal(web: Web, **fields: object) -> list[Source]:
    """Four pages of the portal."""
    return watched(web, map(portal_page, CITIES), **fields)


def bodies(store: Store) -> list[str]:
    return [queries.show(store, page).body for page in range(1, len(CITIES) + 1)]


def outcomes(results: list[Result]) -> set[Outcome]:
    return {result.outcome for result in results}
