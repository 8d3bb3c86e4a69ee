"""A site with the page shapes of our first users' five portals, whose furniture moves at every request.

    with Portals(texts) as portals:      # texts: five lists of paragraphs
        ... portals.sources_yaml() ...
        portals.texts[3][0] = "edited"
        portals.broken.add("/essay/28_2.html")     # answers 500 from now on

The shapes, in order: a long essay in three parts (`<p>`), an essay with a next-article link (`<br>`), a report site in
GBK with comments and PDF-like blanks (`<div>`), the same site in UTF-8 (`<p>`), a news portal (`<p>` in nested boxes).
Written apart from the extractor and its fixtures, so that both cannot share a mistake.
"""

# ruff: noqa: E501 (the pages are easier to compare with what a browser shows when their lines are not broken)

import random
from collections.abc import Callable
from html import escape
from types import TracebackType
from typing import Self

from tests.support.http_server import Exchange, HttpServer, reply

WORDS = [
    "新能源汽车",
    "秋季特惠",
    "旅游攻略",
    "健身课程",
    "理财讲座",
    "装修指南",
    "考研资料",
    "手机测评",
    "菜谱大全",
    "星座运势",
]


class Portals:
    """Five pages (one of them in three parts) behind one real server."""

    def __init__(self, texts: list[list[str]], titles: list[str] | None = None) -> None:
        self.texts = texts
        self.titles = titles or [f"云溪市2026年政府工作报告之{n}" for n in range(1, 6)]
        self.broken: set[str] = set()
        self.rounds = 0
        self.server = HttpServer()
        shapes: dict[str, Callable[[], str]] = {
            "/essay/28.html": lambda: self._essay(1),
            "/essay/28_2.html": lambda: self._essay(2),
            "/essay/28_3.html": lambda: self._essay(3),
            "/wenmi/6644.html": self._next,
            "/baogao/huadong/8519.html": lambda: self._cms(2, "div"),
            "/baogao/huadong/4967.html": lambda: self._cms(3, "p"),
            "/news/show/66bc0d85.html": self._news,
        }
        for path, shape in shapes.items():
            self.server.routes[path] = self._route(path, shape)
        self.pages = [path for path in shapes if "_" not in path]

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.__exit__(kind, error, trace)

    def sources_yaml(self, channels: str = "", alert: str = "") -> str:
        entries = "".join(
            f'  - {{id: portal-{n}, title: "{self.titles[n - 1]}", url: "{self.server.url(path)}"}}\n'
            for n, path in enumerate(self.pages, 1)
        )
        return (
            f"defaults: {{every: 6h, delay: 0s, alert: [{alert}]}}\n"
            f"network: {{allow_private: true}}\n{channels}sources:\n{entries}"
        )

    def _route(self, path: str, shape: Callable[[], str]) -> Callable[[Exchange], object]:
        encoding = "gbk" if "8519" in path else "utf-8"

        async def answer(exchange: Exchange) -> None:
            self.rounds += 1
            if path in self.broken:
                await exchange.send(reply(b"oops", 500, {"Connection": "close"}))
                return
            content = shape().encode(encoding, "xmlcharrefreplace")
            headers = {"Content-Type": "text/html", "Connection": "close", "X-Visit": str(self.rounds)}
            await exchange.send(reply(content, 200, headers))

        return answer

    # --- furniture that moves

    @property
    def _dice(self) -> random.Random:
        return random.Random(self.rounds)

    def _links(self, count: int, salt: int = 0) -> str:
        dice = random.Random(self.rounds * 31 + salt)
        return "".join(
            f'<li><a href="/x/{dice.randrange(10**6)}.html">{dice.choice(WORDS)}{dice.choice(WORDS)}</a></li>'
            for _ in range(count)
        )

    def _advert(self, salt: int = 0) -> str:
        dice = random.Random(self.rounds * 17 + salt)
        word = dice.choice(WORDS)
        return f'<div id="a{dice.randrange(10**6)}"><a href="/go/{dice.randrange(10**6)}"><img src="/{word}.png" alt="{word}"></a></div>'

    def _comments(self) -> str:
        dice = self._dice
        return "".join(
            f"<div class='c'><b>网友{dice.randrange(10**4)}</b>：<p>今年{dice.choice(WORDS)}能增长{dice.randrange(3, 9)}%左右吗？</p></div>"
            for _ in range(dice.randrange(0, 4))
        )

    # --- the shapes

    def _essay(self, part: int) -> str:
        text, third = self.texts[0], -(-len(self.texts[0]) // 3)
        body = "".join(f"<p>　　{escape(line)}</p>\n" for line in text[(part - 1) * third : part * third])
        title = escape(f"{self.titles[0]}(第{part}/3页)")
        address = lambda n: f"/essay/28{'' if n == 1 else f'_{n}'}.html"  # noqa: E731 (used in one line below)
        numbers = "".join(f'<a href="{address(n)}">{n}</a>' if n != part else f"<b>{n}</b>" for n in (1, 2, 3))
        before = f'<a href="{address(part - 1)}">上一页</a>' if part > 1 else ""
        after = f'<a href="{address(part + 1)}">下一页</a>' if part < 3 else ""
        return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} - 素材网</title>
<script>var visit={self.rounds};</script></head><body><div class="head"><a href="/">素材网</a> —— 专注公文写作范文</div>
<ul class="nav">{self._links(8)}</ul><div class="main"><div class="left"><h1>{title}</h1>
<div class="info">admin 分享 时间: <a href="javascript:;">加入收藏</a> 共计{self._dice.randrange(10**6)}个字,预计阅读时长{self._dice.randrange(10**4)}分钟。</div>
{self._advert(1)}<div class="content">{body}{self._advert(2)}</div><div class="pages">{before}{numbers}{after}</div>
<div class="tool"><span>{self._dice.randrange(10**6)}</span><a href="#">领取福利</a><p>微信扫码领取福利</p><p>微信扫码分享</p></div>
<div class="rel"><h3>相关推荐</h3><ul>{self._links(12, 3)}</ul></div></div>
<div class="right"><h3>热门文章</h3><ul>{self._links(10, 4)}</ul></div></div><div class="foot">Copyright 素材网 版权所有</div></body></html>"""

    def _next(self) -> str:
        lines = [escape(line) for line in self.texts[1]]
        middle = len(lines) // 2
        body = "<br>\n".join(lines[:middle]) + f"<br>{self._advert(5)}\n" + "<br>\n".join(lines[middle:])
        return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{escape(self.titles[1])}_文秘网</title></head>
<body><table><tr><td>{self._links(6, 6)}</td></tr></table><div id="wrap"><h1>{escape(self.titles[1])}</h1>
<div>来源：网络 阅读：{self._dice.randrange(10**5)}次</div><div id="zoom">{body}</div>
<div>下一篇:<a href="/wenmi/{self._dice.randrange(10**4)}.html">区{self._dice.choice(WORDS)}报告-{self._dice.randrange(99)}篇</a></div>
<div><b>猜你喜欢</b><ul>{self._links(9, 7)}</ul></div></div><div>{self._advert(8)}</div></body></html>"""

    def _cms(self, number: int, tag: str) -> str:
        lines = self.texts[number]
        body = "".join(
            f"<{tag}>　　{escape(line)}</{tag}>\n{self._advert(9) if i == 3 else ''}" for i, line in enumerate(lines)
        )
        path = self.pages[number]
        return f"""<!DOCTYPE html><html><head><meta charset="{"gb2312" if number == 2 else "utf-8"}"><title>{escape(self.titles[number])} - 博览网</title></head><body>
<div class="m">导航菜单<ul>{self._links(15, 10)}</ul></div><div class="article"><h1>{escape(self.titles[number])}</h1>
<div class="show_text">{body}</div><p>本文仅代表作者观点，不代表本站立场。凡注明为本网原创作品的，未经许可，不得转载；源于网络的作品，若对您造成了侵权，请联系本站，我们会第一时间予以处理。</p>
<p>本文地址：<a href="{path}">{path}</a></p><div class="prev"><a href="/baogao/{self._dice.randrange(999)}.html">上一篇：{self._dice.choice(WORDS)}</a></div></div>
<div class="pl"><h3>留言与评论(共有 <b>{self._dice.randrange(99)}</b> 条评论)</h3>{self._comments()}<form>验证码:<input name="key"><input type="submit" value="提交"></form></div>
<div class="side"><h3>最新报告</h3><ul>{self._links(20, 11)}</ul></div></body></html>"""

    def _news(self) -> str:
        body = "".join(f"<section><p><span>{escape(line)}</span></p></section>\n" for line in self.texts[4])
        return f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(self.titles[4])}-长三角新闻</title></head><body><header>{self._advert(12)}</header>
<nav>首页&gt;地方频道&gt;<a href="/d">云溪</a>&gt;要闻</nav><main><article><h1>{escape(self.titles[4])}</h1><div class="meta">2026-01-0{self._dice.randrange(1, 9)}</div>
<div class="text"><div>{body}</div></div><p>声明：本媒体部分图片、文章来源于网络，版权归原作者所有，如有侵权，请联系删除：025-0000{self._dice.randrange(9999)}。</p>
<div class="bar"><i>{self._dice.randrange(9999)}</i><span>收藏</span><span>分享</span></div></article><aside><h4>24小时热榜</h4><ol>{self._links(10, 13)}</ol></aside></main>
<footer>互联网新闻信息服务许可证 © {2000 + self._dice.randrange(30)}</footer></body></html>"""
