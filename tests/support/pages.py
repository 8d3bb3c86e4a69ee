"""Report pages as portals serve them: a body that stays, and furniture that moves with every request.

    noisy_page("news", title, paragraphs, noise_seed) -> bytes

`shape` is the portal's page shape (SHAPES), `layout` how it marks paragraphs (LAYOUTS). Title, paragraphs, shape and
layout make the body; `noise_seed` alone makes the rest: adverts (between paragraphs and inside them), counters, hot
lists, sidebars, comments (also longer than the body, also about targets), tokens, attribute values. Two pages that
differ in `noise_seed` only must give the same body. All names and sentences here are made up.
"""

import random
from collections.abc import Callable, Sequence
from html import escape

SHAPES = ("essay", "essay_next", "cms", "cms_gbk", "news", "gov")
LAYOUTS = ("p", "br", "div", "table", "nested")
ENCODINGS = {"cms_gbk": "gbk"}

_ADVERTS = (
    '<div class="{k}"><a href="/go/{n}"><img src="/ad/{n}.gif" alt="advert"></a></div>',
    '<div id="{k}"><a href="https://ads.example/{n}">限时优惠第{n}期,资料大礼包免费领</a></div>',
    '<script>show("{k}", {n});</script>',
    "<p><span>广告</span></p>",
    '<ins class="{k}"><a href="https://ads.example/x?{n}">打开客户端,阅读体验更佳</a></ins>',
    '<div><img src="/qr/{n}.png"><span>扫码下载APP,随时随地看报告</span></div>',
    '<center><a href="/vip/{n}">开通会员,海量范文随心看</a></center>',
)
_INLINE_ADVERTS = (
    "<span>【广告】会员特惠{n}折</span>",
    '<a href="/go/{n}" target="_blank"></a>',
    "<em>[推广]</em>",
    "<script>inline({n})</script>",
    '<span style="display:none">隐藏水印{n}</span>',
    '<ins class="{k}"></ins>',
)
_HEADLINES = (
    "云溪市召开重点项目推进会", "青岚县一季度经济开门红", "关于做好防汛工作的通知", "霞浦湾文旅节下月举行",
    "市领导调研企业",
    "2022年云溪市政府工作报告", "县委十四届六次全会召开", "金秋招聘会即将启动", "大桥主体工程合龙", "全市教育大会召开",
)  # fmt: skip
_COMMENTS = (
    "今年地区生产总值增长{n}%的目标,我看有点高了,固定资产投资增长1{n}%更难。",
    "希望把老旧小区改造{n}00户的承诺兑现,我们这栋楼等了好几年,每次都说明年。",
    "报告写得不错,城镇调查失业率控制在{n}%以内,说到做到就好,支持。",
    "什么时候修通云溪到青岚的快速路?每天堵{n}个小时,上班真的太难了,盼回复。",
)


def noisy_page(
    shape: str,
    title: str,
    paragraphs: Sequence[str],
    noise_seed: int,
    *,
    layout: str = "p",
    pager: tuple[int, Sequence[str]] | None = None,
    url: str = "/baogao/1024.html",
) -> bytes:
    """The page in its portal's encoding (GBK for cms_gbk, else UTF-8).

    `pager` is the number of this part (from 1) and the addresses of all parts; its number stands in the title line too.
    """
    noise = _Noise(noise_seed)
    shown = title if pager is None else f"{title}(第{pager[0]}/{len(pager[1])}页)"
    body = _LAYOUTS[layout](noise, paragraphs)
    content = _SHAPES[shape](noise, shown, body, _pager(noise, pager), url)
    encoding = ENCODINGS.get(shape, "utf-8")
    return _document(noise, shown, content, encoding).encode(encoding, "xmlcharrefreplace")


class _Noise:
    """Dice for one request."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def number(self, low: int = 1, high: int = 9999) -> int:
        return self.dice.randint(low, high)

    def token(self) -> str:
        return f"k{self.dice.randrange(16**8):08x}"

    def maybe(self, text: str, chance: float = 0.6) -> str:
        return text if self.dice.random() < chance else ""

    def fill(self, template: str) -> str:
        return template.replace("{k}", self.token()).replace("{n}", str(self.number(1, 9)))

    def advert(self) -> str:
        return self.maybe(self.fill(self.dice.choice(_ADVERTS)), 0.5)

    def inline(self, text: str) -> str:
        """A paragraph's text, sometimes with an advert inside, at a place that moves."""
        if len(text) < 60 or self.dice.random() < 0.8:
            return escape(text)
        at = self.dice.randrange(20, len(text) - 20)
        return escape(text[:at]) + self.fill(self.dice.choice(_INLINE_ADVERTS)) + escape(text[at:])

    def links(self, low: int = 3, high: int = 12) -> list[str]:
        count = self.number(low, high)
        return [f'<a href="/baogao/{self.number()}.html">{self.dice.choice(_HEADLINES)}</a>' for _ in range(count)]

    def list_of(self, heading: str, low: int = 3, high: int = 12) -> str:
        """A list of other articles; its length moves."""
        items = "".join(
            f"<li>{self.maybe(f'<em>{i}</em>')}{link}</li>" for i, link in enumerate(self.links(low, high), 1)
        )
        return f'<div class="{self.token()}"><h3>{heading}</h3><ul>{items}</ul></div>'

    def comments(self, heading: str) -> str:
        """A comment box; often empty, sometimes longer than the body."""
        count = self.dice.choice((0, 0, 2, 6, 40))
        items = "".join(
            f'<div class="{self.token()}"><div><span>网友{self.number()}</span> '
            f"<span>2024-0{self.number(1, 9)}-1{self.number(0, 9)}"
            f" 1{self.number(0, 9)}:2{self.number(0, 9)}</span></div><p>{self.fill(self.dice.choice(_COMMENTS))}</p>"
            f"<div><a>顶({self.number()})</a> <a href='#'>回复</a></div></div>"
            for _ in range(count)
        )
        return f'<div id="{self.token()}"><h4>{heading}</h4>{items}</div>'


# --- layouts ---------------------------------------------------------------------------------------------------------


def _p(noise: _Noise, paragraphs: Sequence[str]) -> str:
    return "\n".join(f"<p>{noise.inline(text)}</p>{noise.advert()}" for text in paragraphs)


def _br(noise: _Noise, paragraphs: Sequence[str]) -> str:
    return "".join(
        f"\n　　{noise.inline(text)}<br />{noise.dice.choice(('', '<br>'))}{noise.advert()}" for text in paragraphs
    )


def _div(noise: _Noise, paragraphs: Sequence[str]) -> str:
    return "".join(f"<div>{noise.inline(text)}</div>{noise.advert()}" for text in paragraphs)


def _table(noise: _Noise, paragraphs: Sequence[str]) -> str:
    """Laid out by tables, as old portals are."""
    body = "".join(f"<p>　　{noise.inline(text)}{noise.advert()}" for text in paragraphs)
    side = "".join(f"<tr><td>·{link}</td></tr>" for link in noise.links())
    return (
        f'<table width="98%"><tr><td width="180" valign="top"><table>{side}</table></td>'
        f'<td valign="top"><table><tr><td height="24"></td></tr><tr><td>{body}</td></tr></table></td></tr></table>'
    )


def _nested(noise: _Noise, paragraphs: Sequence[str]) -> str:
    """Sections of some paragraphs each, with spans inside."""
    sections, size = [], max(1, len(paragraphs) // 3)
    for start in range(0, len(paragraphs), size):
        inner = "".join(f"<p><span>{noise.inline(text)}</span></p>" for text in paragraphs[start : start + size])
        sections.append(f"<section><section>{inner}</section></section>{noise.advert()}")
    return "".join(sections)


_LAYOUTS: dict[str, Callable[[_Noise, Sequence[str]], str]] = {
    "p": _p, "br": _br, "div": _div, "table": _table, "nested": _nested,
}  # fmt: skip


# --- pieces of pages -------------------------------------------------------------------------------------------------


def _document(noise: _Noise, title: str, content: str, encoding: str) -> str:
    charset = f'<meta charset="{encoding}">' if encoding == "utf-8" else (
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    )  # fmt: skip
    return (
        f"<!DOCTYPE html><html><head>{charset}<title>{escape(title)}_公文样本网</title>"
        f"<style>.{noise.token()}{{color:red}}</style></head><body class='{noise.token()}'>{content}"
        f"<script>var t='{noise.token()}';</script></body></html>"
    )


def _pager(noise: _Noise, pager: tuple[int, Sequence[str]] | None) -> str:
    """A list of numbers with previous and next, the present one unlinked."""
    if pager is None:
        return ""
    part, addresses = pager
    links = [f"<b>{n}</b>" if n == part else f'<a href="{a}">{n}</a>' for n, a in enumerate(addresses, 1)]
    if part > 1:
        links.insert(0, f'<a href="{addresses[part - 2]}">上一页</a>')
    if part < len(addresses):
        links.append(f'<a href="{addresses[part]}">下一页</a>')
    return f'<div class="{noise.token()}">{" ".join(links)}</div>'


def _nav(noise: _Noise) -> str:
    names = ("首页", "党建范文", "讲话稿", "工作报告", "心得体会", "公文写作")
    items = "".join(f"<li><a href=/c{i}/>{name}</a></li>" for i, name in enumerate(names))
    return f'<div class="{noise.token()}"><ul>{items}</ul></div>'


def _footer(noise: _Noise) -> str:
    return (
        f"<div class={noise.token()}><p>Copyright © 2020-2024 公文样本网 版权所有 样ICP备2020"
        f"{noise.number(1000, 9999)}号</p>"
        f"<p><a href='/about'>关于我们</a> <a href='/law'>法律声明</a> 今日访问:{noise.number()}</p></div>"
    )


def _side(noise: _Noise) -> str:
    """A sidebar, sometimes longer than the body."""
    lists = [noise.list_of(heading, 5, 40) for heading in ("热门排行", "推荐阅读", "最新发布")]
    return f"<div class='{noise.token()}'>{''.join(lists[: noise.number(0, 3)])}</div>"


# --- shapes ----------------------------------------------------------------------------------------------------------


def _essay(noise: _Noise, title: str, body: str, pager: str, url: str) -> str:
    return (
        f"<div><a href='/'>YANGBEN.EXAMPLE</a> —— 专注公文写作样本</div>{_nav(noise)}"
        f"<div class='wrap'><div class='main'><h1>{escape(title)}</h1>"
        f"<div>admin <a href='#'>分享</a> 时间: <a href='#'>加入收藏</a> 共计{noise.number(1000, 99999)}个字,"
        f"预计阅读时长{noise.number(10, 99)}分钟。</div>{noise.advert()}"
        f"<div class='text'>{body}</div>{noise.advert()}{pager}"
        f"<div><span>{noise.number(1000, 999999)}</span><div>领取福利</div><div><img src='/q.png'>"
        f"<p>微信扫码领取福利</p></div>"
        f"<div><img src='/w.png'><p>微信扫码分享</p></div></div>{noise.maybe(noise.list_of('相关文章'))}</div>"
        f"{_side(noise)}</div>{_footer(noise)}"
    )


def _essay_next(noise: _Noise, title: str, body: str, pager: str, url: str) -> str:
    other = noise.dice.choice(_HEADLINES)
    before = noise.maybe(f"<p>上一篇:<a href='/a/{noise.number()}.html'>{noise.dice.choice(_HEADLINES)}</a></p>")
    return (
        f"{_nav(noise)}{noise.maybe(noise.list_of('猜你喜欢'))}<div><h1>{escape(title)}</h1>{body}{pager}{before}"
        f"<p>下一篇:<a href='/a/{noise.number()}.html'>{other}</a></p>{noise.advert()}</div>{_side(noise)}"
        f"{_footer(noise)}"
    )


def _cms(noise: _Noise, title: str, body: str, pager: str, url: str) -> str:
    return (
        f"<div><div>导航菜单</div>{_nav(noise)}</div><div><div><h1>{escape(title)}</h1>"
        f"{noise.maybe(f'<div>时间:2023-03-0{noise.number(1, 9)} 阅读:{noise.number()}</div>')}"
        f"<div>{body}</div>{pager}<div>"
        f"<p>本文只是作者个人观点,与本站立场无关。 凡标明样本网原创的作品,未经授权请勿转载;"
        "公报、报告类资料未必完整,请以政府官网公布的版本为准;若有侵权,请联系本站删除。</p></div>"
        f"<div>本文地址:{escape(url)}</div>{noise.maybe(_neighbours(noise))}{noise.comments('留言与评论(共有 条评论)')}"
        "<form action='/e/pl/'><div><textarea name='saytext'></textarea></div><div>验证码:<input name='key'>"
        f"<img src='/e/code?{noise.number()}'><input type='submit' value='提交'></div></form></div>"
        f"{_side(noise)}</div>{_footer(noise)}"
    )


def _news(noise: _Noise, title: str, body: str, pager: str, url: str) -> str:
    return (
        f"<div><a href='/yx'>云溪</a></div>{_nav(noise)}<div><a href='/'>首页</a>&gt;<a href='/d'>地方频道"
        f"</a>&gt;<a href='/y'>云溪</a>"
        f"&gt;<a href='/y/n'>要闻</a></div>{noise.maybe(noise.list_of('热点推荐'))}<div class='l'><h1>"
        f"{escape(title)}</h1>"
        f"<div>2024-02-0{noise.number(1, 9)} 1{noise.number(0, 9)}:30 来源:云溪发布 编辑:小样 浏览:"
        f"{noise.number()}</div>"
        f"<article>{body}</article>{pager}<p>声明:本平台部分图文转自网络,著作权属于原作者,若侵权请联系删除:"
        f"010-8470{noise.number(1000, 9999)},广告合作:010-8470{noise.number(1000, 9999)}。</p>"
        f"<div><span>{noise.number()}</span><span></span></div><div>收藏</div><div>分享</div>"
        f"{noise.maybe(noise.list_of('相关推荐'))}{noise.maybe(noise.comments('网友评论'))}</div>"
        f"{_side(noise)}{_footer(noise)}"
    )


def _gov(noise: _Noise, title: str, body: str, pager: str, url: str) -> str:
    return (
        f"{_nav(noise)}<div>当前位置:<a href='/'>首页</a> &gt; <a href='/xx'>信息公开</a> &gt; 政府工作报告</div>"
        "<table><tr><td>索引号:</td><td>00213/2024-00016</td><td>发布机构:</td><td>云溪市人民政府办公室</td>"
        "</tr></table>"
        f"<div><h1>{escape(title)}</h1><div>发布日期:2024-02-08 10:20 浏览次数:<span>{noise.number()}"
        f"</span> 字号:[<a>大</a> <a>中</a>"
        f" <a>小</a>] <a>打印</a></div><div>{body}</div>{pager}<div>扫一扫在手机打开当前页</div>"
        f"<div>【打印本页】 【关闭窗口】</div>"
        f"{_neighbours(noise)}{noise.maybe(noise.list_of('相关链接'))}</div>"
        f"<div>主办:云溪市人民政府办公室 网站标识码:1234567{noise.number(100, 999)}</div>{_footer(noise)}"
    )


def _neighbours(noise: _Noise) -> str:
    one, two = noise.links(2, 2)
    return f"<ul><li>上一篇:{one}</li><li>下一篇:{noise.dice.choice((two, '没有了'))}</li></ul>"


_SHAPES: dict[str, Callable[[_Noise, str, str, str, str], str]] = {
    "essay": _essay, "essay_next": _essay_next, "cms": _cms, "cms_gbk": _cms, "news": _news, "gov": _gov,
}  # fmt: skip
