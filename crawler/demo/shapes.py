"""The pages of four kinds of portal around one report: an essay site, a news portal, a government portal, a gazette.

Ring 3 by its templates. Report and number of the request in, HTML out; `tick` moves all that is not the report.
"""

from collections.abc import Iterable, Mapping
from html import escape

from crawler.demo.noise import advert, clock, comments, counter, related
from crawler.demo.pages import fill
from crawler.demo.reports import Report


def essay(report: Report, part: int, tick: int, addresses: tuple[str, ...]) -> str:
    """One part (from 1) of a report on an essay site, an advert in the middle of it; `addresses` are all parts'."""
    share = -(-len(report.paragraphs) // len(addresses))
    shown = report.paragraphs[(part - 1) * share : part * share]
    length = sum(map(len, report.paragraphs))
    return _page(
        "essay",
        tick,
        title=escape(report.title),
        part=part,
        parts=len(addresses),
        length=length,
        minutes=length // 300 + 1,
        before=_paragraphs(shown[: share // 2]),
        after=_paragraphs(shown[share // 2 :]),
        pager=_pager(part, addresses),
        newer=related(tick)[1],
        older=related(tick)[2],
        gift=counter(tick, 221000),
    )


def news(report: Report, tick: int) -> str:
    """A report on a news portal: breadcrumb, share and favourite counters, a disclaimer."""
    return _page(
        "news",
        tick,
        title=escape(report.title),
        paragraphs=_paragraphs(report.paragraphs),
        degrees=tick % 15,
        shared=counter(tick, 300),
        liked=counter(tick, 88),
    )


def government(report: Report, tick: int) -> str:
    """A report on a government portal of the older kind: tables for its frame, below it a box of readers' comments."""
    said = comments(tick)
    return _page(
        "government",
        tick,
        title=escape(report.title),
        paragraphs=_paragraphs(report.paragraphs, indent="&nbsp;&nbsp;&nbsp;&nbsp;"),
        online=counter(tick, 20),
        number=len(said),
        comments="".join(f"<li><b>{name}</b>：{remark} <i>顶({counter(tick, 3)})</i></li>" for name, remark in said),
    )


def listing(titles: Mapping[str, str], tick: int) -> str:
    """The list of reports (title by address) on a gazette's site."""
    items = (f'<li><a href="{url}">{escape(title)}</a><span>2026-01-30</span></li>' for url, title in titles.items())
    return _page("listing", tick, items="".join(items), number=len(titles))


def gazette(report: Report, tick: int) -> str:
    """A listed report: one block, its paragraphs parted by line breaks."""
    text = "<br><br>\n".join(f"　　{escape(line)}" for line in report.paragraphs)
    return _page("gazette", tick, title=escape(report.title), text=text, shared=counter(tick, 40))


def _page(name: str, tick: int, **values: object) -> str:
    links = "".join(f'<li><a href="/more/{title}">{title}</a></li>' for title in related(tick))
    noise = {"tick": tick, "advert": advert(tick), "clock": clock(tick), "counter": counter(tick)}
    return fill(name, **noise, related=f"<ul>{links}</ul>", **values)


def _pager(part: int, addresses: tuple[str, ...]) -> str:
    numbers = [
        f"<b>{number}</b>" if number == part else f'<a href="{address}">{number}</a>'
        for number, address in enumerate(addresses, 1)
    ]
    before = [f'<a href="{addresses[part - 2]}">上一页</a>'] if part > 1 else []
    after = [f'<a href="{addresses[part]}">下一页</a>'] if part < len(addresses) else []
    return " ".join([*before, *numbers, *after])


def _paragraphs(texts: Iterable[str], indent: str = "") -> str:
    return "\n".join(f"<p>{indent}{escape(text)}</p>" for text in texts)
