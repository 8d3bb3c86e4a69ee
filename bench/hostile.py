"""Pages made to be slow to read, by name: functions of a size; at 4 they have 5 MB or 100,000 elements."""

from collections.abc import Callable, Iterator

SENTENCE = "今年要做好八个方面工作,确保完成全年目标任务,让群众得到实惠。"
BODY = tuple(f"第{number}项。{SENTENCE}" for number in "一二三四五六")
"""The text of each page, behind what is slow."""

Shape = Callable[[float], str]

_ELEMENTS = 25_000
_CHARACTERS = 1_250_000


def _repeated(piece: str) -> Shape:
    """So many times that a page of the size 1 has a quarter of 5 MB."""
    return lambda size: _page(piece * int(size * _CHARACTERS / len(piece)))


def _counted(piece: str) -> Shape:
    """25,000 times in a page of the size 1; `#` becomes the number."""
    return lambda size: _page("".join(piece.replace("#", str(number)) for number in range(int(size * _ELEMENTS))))


def _nested(tags: str) -> Shape:
    """25,000 elements within one another in a page of the size 1."""
    names = tags.split()

    def make(size: float) -> str:
        depth = int(size * _ELEMENTS / len(names))
        ends = "".join(f"</{name}>" for name in reversed(names))
        return _page("".join(f"<{name}>" for name in names) * depth + SENTENCE + ends * depth)

    return make


def _page(slow: str) -> str:
    body = "".join(f"<p>{text}</p>" for text in BODY)
    return f"<!DOCTYPE html><title>样本报告</title><body>{slow}<div>{body}</div></body>"


def _attributes(size: float) -> str:
    names: Iterator[str] = (f"a{number}=1" for number in range(int(size * _CHARACTERS / 9)))
    return _page(f"<p {' '.join(names)}>{SENTENCE}</p>")


SHAPES: dict[str, Shape] = {
    "prose": _repeated(f"<p>{SENTENCE * 5}</p>\n"),
    "prose in one line": _repeated(SENTENCE),
    "prose between line breaks": _repeated(f"{SENTENCE * 3}<br>"),
    "links": _repeated("<li><a href='/baogao/1024.html'>关于做好工作的通知</a></li>\n"),
    "links in one line": _repeated("<a href='/baogao/1024.html'>通知</a> "),
    "rows of a table": _repeated("<tr><td>生产总值</td><td>增长6%</td><td>增长6.1%</td></tr>"),
    "rows in a table": lambda size: _page(f"<table>{'<tr><td>产值<td>6%' * int(size * _ELEMENTS / 3)}</table>"),
    "numbers": _repeated("<p>1</p>"),
    "short labels": _repeated("<p>阅读(12) 评论</p>"),
    "remarks": _repeated("<p>云溪网友 2024-01-22 10:11</p><p>顶一个,写得好,希望早点办成这件事。</p>"),
    "headings of lists": _repeated("<h3>相关阅读</h3><p>一</p>"),
    "lists with a summary": _repeated(
        "<div><h3>相关阅读</h3><a href=/1>云溪市召开项目推进会</a><p>记者获悉,今年以来全市重点项目建设加快。</p></div>"
    ),
    "headings of remarks": _repeated("<div><h3>评论</h3><p>好</p></div>"),
    "main headings": _repeated("<h1>云溪市政府工作报告</h1>"),
    "attributes of one element": _attributes,
    "attributes of many elements": _repeated("<p class=a id=b title=c align=left data-x='1' data-y='2'>一</p>"),
    "one long attribute": lambda size: _page(f"<img src='data:{'x' * int(size * _CHARACTERS)}'>"),
    "attributes of the body": _counted("<body a#=1>"),
    "hidden elements": _repeated("<p style='display: none'>一</p>"),
    "comments": _repeated("<!-- x --><p>一</p>"),
    "open comments": _repeated("<!--"),
    "entities": _repeated("&nbsp;&#12288;&amp;&lt;p&gt;"),
    "scripts": _repeated("<script>document.write('<p>x</p>')</script>"),
    "open scripts": _repeated("<script>"),
    "left angle brackets": _repeated("<"),
    "unclosed tags": _repeated("<div class=x"),
    "unclosed formatting": _counted("<p><b class=c#>一"),
    "closed formatting": _counted("<p><b class=c#>一</b></p>"),
    "stray ends": _repeated("</p></div></b>"),
    "crossed ends": _counted("<div><b></div></b>"),
    "links left open": _counted("<a href=/#><div>一"),
    "line breaks": _counted("<br>"),
    "options of a list": lambda size: _page(f"<select>{'<option>甲</option>' * int(size * _ELEMENTS)}</select>"),
    "pagers": _counted("<a href='1024_#.html'>#</a>"),
    "line breaks in spans": lambda size: _page("<span>一<br>" * int(size * _ELEMENTS)),
    "frames": _repeated("<iframe src='/baogao/1.html'></iframe>"),
    "documents": _counted("<object data='#.pdf'></object>"),
    "documents in scripts": _repeated("<script>var f = '/files/1.pdf'</script>"),
    "parameters": _counted("<a href='?a.pdf&p=#&p=#&p=#&p=#'>1</a>"),
    "dates": _repeated("<p>2024-01-02</p>"),
    "many blanks": _repeated("一 \n"),
    "many short lines": _repeated("<p>一"),
    **{f"siblings: {tag}": _counted(f"<{tag}>一</{tag}>") for tag in ("div", "span", "font", "b", "li", "td", "tr")},
    **{
        f"nested: {tags}": _nested(tags)
        for tags in ("div", "span", "font", "b", "a", "section", "ul li", "table tr td", "div p", "div b", "dl dd",
                     "svg g", "template", "form div", "select option", "custom-element", "button", "pre", "h1 div")
    },
}  # fmt: skip


def _behind(shape: Shape) -> Shape:
    """The same with its body before what is slow, marked up alike and as one with it."""

    def make(size: float) -> str:
        slow, _, body = shape(size).partition("<body>")[2].rpartition("<div><p>")
        paragraphs = body.partition("</div>")[0]
        return f"<!DOCTYPE html><title>样本报告</title><body><p>{paragraphs}{slow}</body>"

    return make


BEHIND: dict[str, Shape] = {name: _behind(shape) for name, shape in SHAPES.items()}
