"""The portal's own look, the books of false pages, and what stands on the wire for each of them."""

# ruff: noqa: E501 (pages and texts are easier to read with their lines unbroken)

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from crawler.model import value
from tests.support.http_server import reply

BOOKS = Path(__file__).parents[2] / "pages" / "doubts"

NAV = """<div class="top"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/zwfw/">政务服务</a><a href="/hdjl/">互动交流</a>
<a href="/zjwm/">走进我们</a></div><div class="crumb">您所在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt;
<a href="/zwgk/gzbg/">政府工作报告</a></div>"""
NEWS = "".join(
    f'<li><a href="/art/{n}.html">{text}</a><span>2026-01-{n:02d}</span></li>'
    for n, text in enumerate(
        (
            "市领导督导春运安全生产工作",
            "我市召开一季度经济运行调度会",
            "全市义务植树活动今日启动",
            "关于做好低温雨雪天气防范应对的通知",
            "市图书馆延长寒假开放时间",
            "城区三条公交线路优化调整",
            "首届轴承产业对接大会签约二十八个项目",
            "我市两个村入选省级传统村落名录",
            "市场监管局开展节前食品抽检",
            "市直机关举办健步走活动",
            "一图读懂住房公积金新政策",
            "市残联开展送温暖活动",
        ),
        1,
    )
)
FOOT = """<div class="foot">主办单位：市人民政府办公室　网站标识码：9900000001　<a href="/about/">关于我们</a> <a href="/map/">网站地图</a>
<p>联系电话：0999-12345678</p></div>"""


@value
class FalsePage:
    """One way in which a portal shows something other than the report."""

    name: str
    wire: str
    """The page, with `{{ID}}` where each answer has a number of its own."""
    status: int = 200
    encoding: str = "utf-8"
    self_telling: bool = True
    """Someone who never saw the report knows it for what it is: it is no first version either."""
    headers: Mapping[str, str]

    def answer(self, visit: int) -> bytes:
        """The bytes on the wire for one visit."""
        body = self.wire.replace("{{ID}}", f"{visit * 2654435761 % 2**32:08x}").encode(self.encoding)
        headers = {"Content-Type": f"text/html; charset={self.encoding}", "Connection": "close", **self.headers}
        return reply(body, self.status, headers)


def page(title: str, paragraphs: list[str], extra: str = "") -> str:
    """An article of the portal."""
    body = "".join(f"<p>　　{escape(line)}</p>\n" for line in paragraphs)
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{escape(title)}_云溪政府网</title></head><body>{NAV}
<div class="main"><h1>{escape(title)}</h1><div class="info">发布时间：2026-01-20　来源：市政府办公室　【字体：大 中 小】</div>
<div class="content" id="zoom">{body}</div>{extra}</div>
<div class="side"><h3>相关新闻</h3><ul>{NEWS}</ul></div>{FOOT}</body></html>"""


def book(name: str) -> list[FalsePage]:
    """The false pages of a book: `### name | option …`, then the page as served."""
    return list(_entries((BOOKS / f"{name}.txt").read_text(encoding="utf-8")))


def _entries(text: str) -> Iterator[FalsePage]:
    for entry in text.split("\n### ")[1:]:
        head, _, body = entry.partition("\n")
        name, *options = (each.strip() for each in head.split("|"))
        given = dict(option.split("=", 1) for option in options if "=" in option)
        wire = body.rstrip("\n").replace("{{NAV}}", NAV).replace("{{NEWS}}", NEWS).replace("{{FOOT}}", FOOT)
        yield FalsePage(
            name=name,
            wire=wire,
            status=int(given.pop("status", "200")),
            encoding=given.pop("encoding", "utf-8"),
            self_telling="known" not in options,
            headers=given,
        )
