"""Any page: its body says what a browser shows, in the same order, and nothing else; every reader of pages agrees."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.charset import decode
from crawler.extract import explain, extract, list_links, surroundings_of
from crawler.extract.cells import CELLS
from crawler.extract.documents import media_type_of
from crawler.extract.documents.kinds import unreadable
from crawler.extract.normalize import normalize
from crawler.model import Article
from crawler.text import fold

URL = "http://www.example.org/baogao/2031/t20310115_1024.html"
LABEL = "text/html"
PIECES = (
    "<p>今年要做好八个方面工作，完成投资12亿元以上，确保年底前见到成效。</p>", "<p>全区生产总值增长6%左右。</p>",
    "<script>暗渠密匣</script>", "<style>暗渠密匣</style>", "<div hidden>暗渠密匣</div>", "<!-- 暗渠密匣 -->",
    "<p style='display:none'>暗渠密匣</p>", "<template>暗渠密匣</template>", "<noscript>暗渠密匣</noscript>",
    "<title>青禾县政府工作报告</title>", "<h1>2031年青禾县人民政府工作报告</h1>", "<div>", "</div>", "<p>", "</p>",
    "<br>", "<table><tr><td>", "</td><td>", "</td></tr></table>", "<ul><li>", "</li></ul>", "<a href='/x.html'>",
    "</a>", "<a href=t20310115_1024_2.html>下一页</a>", "<span>", "</span>", "<pre>", "</pre>", "<nav>", "<footer>",
    "<svg>", "<select><option value=/a>", "<textarea>", "<form>", "<input type=text>", "<img alt=图 src=x.png>",
    "<base href=//b>", "<meta name=PubDate content='2031-01-15'>", "<h2>相关阅读</h2>", "<p>责任编辑：某某</p>",
    "发布时间：2031-01-15 来源：", "<ruby>字<rp>(</rp><rt>zi</rt></ruby>", "<font>", "</font>", "<b>", "</b>",
    "<iframe src=a.pdf>", "&nbsp;", "&#0;", "附件：<a href=baogao.docx>青禾县政府工作报告.docx</a>", "打印 关闭",
    "\n", "\u3000\u3000", "<![CDATA[", "<plaintext>", "<center>", "<li>", "<a name=1>", "各位代表：", "谢谢大家！",
    "评论", "扫一扫在手机打开当前页", "（一）", "一、",
)  # fmt: skip
_UNSEEN = frozenset((
    "script", "style", "noscript", "template", "iframe", "svg", "math", "object", "audio", "video", "canvas",
    "noframes", "noembed", "datalist", "rp", "head", "title", "map",
))  # fmt: skip


def check(data: bytes) -> None:
    """The whole input is the page; an image or the like never gets here."""
    if unreadable(data):
        return
    article = extract(data, URL, LABEL)
    assert article == extract(data, URL, LABEL), "the same page was read otherwise"
    _is_in_form(article)
    _links_lead_somewhere(data)
    if media_type_of(data, LABEL) == "text/html":
        _is_shown(data, article)
        _is_accounted_for(data)
    surroundings_of(data, LABEL)


def _is_in_form(article: Article) -> None:
    for paragraph in (*article.paragraphs, article.title):
        assert normalize(paragraph) == paragraph, f"not normal: {paragraph!r}"
    assert article.body.splitlines() == [*article.paragraphs], "a paragraph of no line, or of several"


def _is_shown(data: bytes, article: Article) -> None:
    """Whether the body can be made from the shown text by leaving characters out: whatever is hidden cannot."""
    markup = decode(data, LABEL)[0]
    said = fold("".join(article.paragraphs).replace(CELLS.strip(), ""))
    rest = iter(fold("".join(_seen(LexborHTMLParser(markup, scripting=True).root)).replace(CELLS.strip(), "")))
    lost = next((said[place : place + 40] for place, sign in enumerate(said) if sign not in rest), "")
    assert not lost, f"no browser shows this here: {lost!r}"


def _seen(root: LexborNode | None) -> Iterator[str]:
    """The texts under a node that a browser shows."""
    left = [root]
    while left:
        node = left.pop()
        if node is None:
            continue
        left.append(node.next)
        if node.is_text_node:
            yield node.text_content or ""
        elif node.tag not in _UNSEEN and not _is_hidden(node):
            left.append(node.first_child)


def _is_hidden(node: LexborNode) -> bool:
    said = node.attributes if node.is_element_node else {}
    return "hidden" in said or "display:none" in re.sub(r"[ \t\r\n\f]", "", (said.get("style") or "").lower())


def _is_accounted_for(data: bytes) -> None:
    assert all(dropped.text and dropped.reason for dropped in explain(data, LABEL))


def _links_lead_somewhere(data: bytes) -> None:
    for address, text in list_links(data, URL, LABEL):
        assert urlsplit(address).scheme in ("http", "https"), address
        assert "#" not in address, address
        assert normalize(text) == text, text
