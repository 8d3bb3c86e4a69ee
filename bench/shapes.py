"""Shapes of report pages on a made-up government portal: what stands still, what moves at every request, the encoding.

    shape = SHAPES["table"]
    page = shape.page(title, paragraphs)      # what of a page stands still
    shape.drawn(page, dice)                   # the bytes of one answer

About 61 KB of HTML, of which the body of some 4,000 characters is 12 KB in UTF-8. The templates lie in portal/; their
slots: {{title}} {{body}}, {{label}} of the encoding, {{links:N}} of the menu, {{script}}; and drawn at every request:
{{hot:N}} links {{number}} {{day}} {{token}}.
"""

import random
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from typing import NamedTuple

from bench.made_up import place

SIZE = 61_000
"""Bytes of an answer, about; what is missing is filled up with script."""
CHARACTERS = 4_000
"""Of a body, about."""
_POOL = 1_000
"""Entries of hot lists, from which each request draws its own."""
_FOLDER = Path(__file__).with_name("portal")
_SLOT = re.compile(r"\{\{(\w+)(?::(\d+))?\}\}")
_EVENTS = (
    *("召开安全生产工作会议", "举办春季招聘会", "启动防汛应急演练", "开展文明交通宣传", "新增两条公交线路"),
    *("发布高温预警", "举行全民健身运动会", "公示拟录用人员名单", "征集群众意见建议", "开放市民文化中心"),
)
_COLUMNS = ("领导之窗", "政务公开", "办事服务", "互动交流", "数据开放", "专题专栏", "人事信息", "财政资金", "应急管理")
_LIST = '<li><a href="{href}" title="{title}">{title}</a></li>'
_ROW = '<tr><td height="22">·<a href="{href}" target="_blank">{title}</a></td></tr>'

Draw = Callable[[random.Random], bytes]
Piece = bytes | str | Draw
"""What stands; the name of a page's own; what each request draws."""


class Page(NamedTuple):
    """What of a page stands still, encoded."""

    title: bytes
    body: bytes


class Shape:
    """One system of pages, as its template and these settings have it."""

    def __init__(
        self,
        template: str,
        paragraph: str,
        selector: str,
        exclude: str = "",
        *,
        encoding: str = "utf-8",
        label: str = "utf-8",
        header: str = "text/html; charset=utf-8",
        entry: str = _LIST,
    ) -> None:
        self._file, self._paragraph, self._label, self._entry = _FOLDER / template, paragraph, label, entry
        self.encoding = encoding
        self.header = header
        """Content-Type of the answers."""
        self.selector, self.exclude = selector, exclude
        """Which element holds the body, and what in it is none: what a person would write for a monitor."""

    def page(self, title: str, paragraphs: Sequence[str]) -> Page:
        """What of a page stands still."""
        body = "\n".join(self._paragraph.format(escape(line, quote=False)) for line in paragraphs)
        return Page(self._bytes(title), self._bytes(body))

    def drawn(self, page: Page, dice: random.Random) -> bytes:
        """One answer."""
        return _joined(self._pieces, page, dice)

    @cached_property
    def _pieces(self) -> list[Piece]:
        """The template, with everything in it that all pages share."""
        template = self._file.read_text("utf-8")
        body = CHARACTERS * (3 if self.encoding == "utf-8" else 2)
        bare = _joined(self._compiled(template, ""), Page(b"", b" " * body), random.Random(1))
        return self._compiled(template, _script(SIZE - len(bare)))

    def _compiled(self, template: str, script: str) -> list[Piece]:
        pieces: list[Piece] = []
        end = 0
        template = template.replace("{{script}}", script)
        for slot in _SLOT.finditer(template):
            pieces += [self._bytes(template[end : slot.start()]), self._slot(slot[1], int(slot[2] or 0))]
            end = slot.end()
        return [*pieces, self._bytes(template[end:])]

    def _slot(self, name: str, many: int) -> Piece:
        match name:
            case "title" | "body":
                return name
            case "label":
                return self._label.encode()
            case "links":
                return b"\n".join(self._entries("/columns", _COLUMNS, many))
            case "hot":
                pool = self._entries("/news", _EVENTS, _POOL)
                return lambda dice: b"\n".join(dice.sample(pool, many))
        return _DRAWS[name]

    def _entries(self, folder: str, words: Sequence[str], many: int) -> list[bytes]:
        dice = random.Random(folder)
        rows = ((f"{folder}/{dice.randrange(10**6)}.html", place(dice) + dice.choice(words)) for _ in range(many))
        return [self._bytes(self._entry.format(href=href, title=title)) for href, title in rows]

    def _bytes(self, text: str) -> bytes:
        return text.encode(self.encoding, "xmlcharrefreplace")


def _joined(pieces: Sequence[Piece], page: Page, dice: random.Random) -> bytes:
    own = page._asdict()
    return b"".join(
        piece if isinstance(piece, bytes) else own[piece] if isinstance(piece, str) else piece(dice) for piece in pieces
    )


def _script(size: int) -> str:
    """A script of about so many characters, as portals bear it in every page."""
    dice = random.Random(size)
    lines: list[str] = []
    while size > 0:
        lines.append(f'conf["m{len(lines)}"]={{id:{dice.randrange(10**6)},path:"/u/js/{dice.getrandbits(48):x}.js"}};')
        size -= len(lines[-1]) + 1
    return "<script>var conf={};\n" + "\n".join(lines) + "</script>"


_DRAWS: dict[str, Draw] = {
    "number": lambda dice: b"%d" % dice.randrange(10**6),
    "token": lambda dice: b"%032x" % dice.getrandbits(128),
    "day": lambda dice: b"2026-%02d-%02d %02d:00" % (dice.randint(1, 12), dice.randint(1, 28), dice.randrange(24)),
}
_SPANS = '<p style="text-indent:2em"><span style="font-size:16px">{}</span></p>'
_GBK = {"encoding": "gbk", "label": "gb2312"}
SHAPES: dict[str, Shape] = {
    "trs": Shape("trs.html", '<p align="justify">　　{}</p>', "div.TRS_Editor"),
    "hanweb": Shape("hanweb.html", _SPANS, "div#zoom", "div.bdsharebuttonbox"),
    "table": Shape(
        "table.html", "&nbsp; &nbsp; {}<br>", "td.content", header="text/html; charset=gbk", entry=_ROW, **_GBK
    ),
    "unlabelled": Shape("board.html", "<div>　　{}</div>", "div.content", "div.like", header="text/html", **_GBK),
    "mislabelled": Shape("trs.html", "<p>　　{}</p>", "div.TRS_Editor", label="gb2312", header="text/html"),
    "news": Shape("news.html", "<p>{}</p>", "section.text"),
}
"""Of `unlabelled` the page alone says that it is GBK; `mislabelled` is UTF-8 and calls itself GB2312."""
