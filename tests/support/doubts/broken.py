"""False pages that come of the report itself: cut short, replaced by something else of the site, or led elsewhere."""

from collections.abc import Callable, Mapping

from tests.support.doubts import texts
from tests.support.doubts.site import page
from tests.support.http_server import Exchange, Route, redirect, reply

TITLE = "{}2026年政府工作报告"

Broken = Callable[[str], Route]
"""What is served of the report of a place."""


def article(place: str) -> str:
    """The true page."""
    return page(TITLE.format(place), texts.report(place))


def served(html: str | bytes, **headers: str) -> bytes:
    content = html.encode() if isinstance(html, str) else html
    shown = {name.replace("_", "-"): text for name, text in headers.items()}
    return reply(content, headers={"Content-Type": "text/html; charset=utf-8", "Connection": "close", **shown})


def _cut_behind(words: str, behind: int = 0) -> Broken:
    """The true page's bytes up to these words, with a length that fits."""

    def cut(place: str) -> Route:
        html = article(place).encode()
        return served(html[: html.index(words.encode()) + len(words.encode()) + behind])

    return cut


def _cut_short_of_its_length(place: str) -> Route:
    html = article(place).encode()
    return served(html[: len(html) // 2], Content_Length=str(len(html)))


def _cut_chunks(place: str) -> Route:
    html = article(place).encode()

    async def answer(exchange: Exchange) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
        await exchange.send(head + f"{len(html):x}\r\n".encode() + html[: len(html) // 2])

    return answer


def _cut_by_the_site(characters: int) -> Broken:
    """The site's own page around a text that its database cut."""

    def cut(place: str) -> Route:
        text = "\n".join(texts.report(place))[:characters]
        return served(page(TITLE.format(place), text.split("\n")))

    return cut


def _of(title: str, paragraphs: Callable[[str], list[str]]) -> Broken:
    return lambda place: served(page(title.format(place), paragraphs(place)))


def _mojibake(place: str) -> Route:
    return served(article(place).encode().decode("latin-1").encode())


def _without_every_other(place: str) -> Route:
    """A failing template leaves most of the text out."""
    return served(page(TITLE.format(place), texts.report(place)[::9]))


BROKEN: Mapping[str, Broken] = {
    "cut in the head": _cut_behind("<meta charset"),
    "cut right behind the head": _cut_behind("</h1>"),
    "cut in the first third": _cut_behind("轴承产业集群入选"),
    "cut within a sentence": _cut_behind("主要预期目标是：地区生产总值"),
    "cut within a character": _cut_behind("安排市级重点项目", 1),
    "cut before the last paragraph": _cut_behind("满意率不低于97%。</p>"),
    "cut behind a paragraph in the middle": _cut_behind("公共预算收入完成41.3亿元。</p>"),
    "cut within a tag": _cut_behind("三、今年重点任务</"),
    "fewer bytes than promised": _cut_short_of_its_length,
    "a chunked answer breaks off": _cut_chunks,
    "cut by the site at 1,000 characters": _cut_by_the_site(1000),
    "cut by the site at 300 characters": _cut_by_the_site(300),
    "a news article of the site": _of("第十二届山货节开幕", lambda _: texts.news()),
    "a news article under the report's title": _of(TITLE, lambda _: texts.news()),
    "last year's report": _of("{}2025年政府工作报告", texts.next_report),
    "another place's report": _of("霞浦岛2026年政府工作报告", lambda _: texts.other_report("霞浦岛")),
    "the English version": _of("Report on the Work of the Government", texts.english),
    "an appendix in its place": _of("2026年政府工作报告名词解释", lambda _: texts.appendix()),
    "characters decoded twice": _mojibake,
    "most paragraphs left out": _without_every_other,
    "an empty answer": lambda _: served(""),
    "nothing but blanks": lambda _: served("\n \n"),
    "redirected to the home page": lambda _: redirect("/"),
    "redirected for good to the home page": lambda _: redirect("/index.html", 301),
    "redirected to the column": lambda _: redirect("/zwgk/gzbg/"),
    "redirected to the login": lambda _: redirect("/sso/login?service=art"),
}
