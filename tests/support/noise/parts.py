"""Articles of several parts: the addresses of the parts, and the pagers that lead through them."""

from collections.abc import Callable, Sequence

from crawler.model import value


@value
class Part:
    """Where a page stands in its article."""

    number: int
    """From 1 on."""
    urls: tuple[str, ...]
    """Of all parts."""
    style: str = "empire"

    @property
    def markup(self) -> str:
        """The pager."""
        return STYLES[self.style](self.number, [url[url.index("/", len("http://")) :] for url in self.urls])


def addresses(url: str, count: int, style: str) -> tuple[str, ...]:
    """Those of so many parts of an article at `url`, which ends with .html."""
    stem, start = url.removesuffix(".html"), 1 if style == "trs" else 2
    numbers = range(start, start + count - 1)
    return (url, *(f"{url}?page={n}" if style == "query" else f"{stem}_{n}.html" for n in numbers))


def _numbers(at: int, urls: Sequence[str], here: str, other: str = '<a href="{url}">{n}</a>') -> list[str]:
    return [(here if n == at else other).format(n=n, url=url) for n, url in enumerate(urls, 1)]


def _empire(at: int, urls: Sequence[str]) -> str:
    first = f'<a href="{urls[0]}">首页</a>&nbsp;<a href="{urls[at - 2]}">上一页</a>&nbsp;' if at > 1 else ""
    last = f'&nbsp;<a href="{urls[at]}">下一页</a>&nbsp;<a href="{urls[-1]}">尾页</a>' if at < len(urls) else ""
    numbers = "&nbsp;".join(_numbers(at, urls, "<b>{n}</b>"))
    told = f'<a title="Page">&nbsp;<b>{at}</b>/<b>{len(urls)}</b></a> '
    return f'<p align="center" class="pageLink">{told}{first}{numbers}{last}</p>'


def _dede(at: int, urls: Sequence[str]) -> str:
    before = urls[at - 2] if at > 1 else "#"
    behind = urls[at] if at < len(urls) else "#"
    here, other = "<li class='thisclass'><a href='#'>{n}</a></li>", "<li><a href='{url}'>{n}</a></li>"
    items = f"<li><a>共{len(urls)}页: </a></li><li><a href='{before}'>上一页</a></li>"
    items += "".join(_numbers(at, urls, here, other)) + f"<li><a href='{behind}'>下一页</a></li>"
    return f'<div class="dede_pages"><ul class="pagelist">{items}</ul></div>'


def _query(at: int, urls: Sequence[str]) -> str:
    before, behind = urls[max(at - 2, 0)], urls[min(at, len(urls) - 1)]
    numbers = " ".join(_numbers(at, urls, "<span>{n}</span>"))
    ends = '<a class="a1" href="{}">{}</a>'
    return f'<div id="pages">{ends.format(before, "上一页")} {numbers} {ends.format(behind, "下一页")}</div>'


def _words(at: int, urls: Sequence[str]) -> str:
    """Two links that say only where they lead, the line that tells the part between them."""
    before = f'<a href="{urls[at - 2]}">上一页</a>' if at > 1 else "上一页"
    behind = f'<a href="{urls[at]}">下一页</a>' if at < len(urls) else "下一页"
    return f'<div class="page">{before} 第{at}页/共{len(urls)}页 {behind}</div>'


def _trs(at: int, urls: Sequence[str]) -> str:
    name = urls[0].rpartition("/")[2].removesuffix(".html")
    return f'<div class="fy"><script>createPageHTML({len(urls)}, {at - 1}, "{name}", "html");</script></div>'


STYLES: dict[str, Callable[[int, Sequence[str]], str]] = {
    "empire": _empire,
    "dede": _dede,
    "query": _query,
    "words": _words,
    "trs": _trs,
}
"""What systems write, by name; {url} of the first part is the article's own."""
