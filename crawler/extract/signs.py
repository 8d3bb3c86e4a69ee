"""What tells furniture beside its words: links that lead on, fields to fill in, images a line belongs to.

A report's paragraphs hold hardly any of them; where they do, the sentence goes on around a link, and an image stands
between paragraphs. Everything here looks at one line as the reader of pages gave it.
"""

import re

from crawler.extract.page import Line
from crawler.extract.phrases import Kind

_CLOSED = ("。", "！", "？", "；", "!", "?", ";", "”", "》")
_CALLS = re.compile(
    r"[【\[(+]*(?:点[击此我]|戳|查看|展开|显示|阅读|看[全更详原看]|了解|更多|全[文部]|详[情细]|立[即刻]|马上|赶紧|免费|我要|快[来去]|进[入群店]|打开|开[启通]"
    r"|去(?:登|看|购|抢|下载|领|逛|设置|开)|关注|订阅|下载|登[录陆]|注册|申请|报名|购买|选购|抢|领取?|咨询|联系[我卖客商]|安[装卓]|扫码?|加[入群]|试[用读听]|换一"
    r"|继续|返回|收[起藏]|复制|举报|反馈|分享|播放|预约|测[测一]|投[稿票]|提交|续费|充值|支付|解锁|剩余)[^。]{0,6}|[^。]{0,6}[>»›]+"
    r"|[^。]{0,4}(?:全文|更多|详情|原文|下载|试用|app)"
)
"""What a link says that calls one elsewhere."""
_LONGEST_CALL = 8
_LABEL = re.compile(r"[【\[「]?[^\W\d]{2,8}[】\]」]?[:：|丨]|【[^\W\d]{2,8}】")
_OF_TEXT = re.compile(r"[【\[]?附|.{0,4}(?:网址|网站|邮箱|平台|电话|文件|依据)")
"""Labels of what a text itself refers to."""
_SHORTEST_NAME, _LONG_NAME = 6, 10
_LONGEST_ASKED = 60


def by_signs(line: Line) -> Kind | None:
    """What kind of furniture a line is by what stands in it or right behind it; None: none, or words are to tell."""
    if line.data:
        return None
    if is_asked(line):
        return Kind.WIDGET
    return led_to(line) if line.links else None


def led_to(line: Line) -> Kind | None:
    """What kind of furniture a line is by where its links stand; None: none."""
    text = line.text.replace(" ", "")
    start, end = line.links[0]
    if _is_name(line, text, start, end) and _LABEL.fullmatch(text[:start]) and not _OF_TEXT.match(text):
        return Kind.TEASER
    start, end = line.links[-1]
    if end == len(text) and 0 < end - start <= _LONGEST_CALL and not text[:start].endswith(_CLOSED):
        return Kind.TEASER if _CALLS.fullmatch(text[start:].lower()) else None
    return None


def _is_name(line: Line, text: str, start: int, end: int) -> bool:
    """Whether what is linked can be another article's name: it is long, or no word goes on behind it."""
    if end - start >= _LONG_NAME:
        return True
    parted = end == len(text) or not text[end].isalnum() or any(end == at for at, _ in line.links)
    return parted and end - start >= _SHORTEST_NAME


def is_asked(line: Line) -> bool:
    """Whether a line stands beside a field that it asks to fill in."""
    return line.asks and len(line.text) <= _LONGEST_ASKED and not line.text.endswith("。")


_CREDITED = re.compile(
    r".{0,30}[\u4e00-\u9fff]{2,4}\s?/?摄[)）]?|[^。；]{0,24}[(（]?(?:图源|图[据自]|供图|图/)[:：\s]?[^。，]{1,16}[)）]?"
    r"|[(（]?(?:图片|照片|视频|本文图|题图|头图|配图).{0,4}(?:由|均?为|取自|源于|截[图自]).{1,20}(?:提供|网络|资料)?[)）]?"
    r"|(?:图片|照片|视频|插图|题图|封面|图表)(?:来源|提供|拍摄|摄影|作者)[:：].{1,24}|[△▲↑].{4,36}(?:摄影?|供图|摄影报道)"
    r"|(?!图).{0,20}(?:资料图片?|网络(?:配图|图片?)|示意图|效果图|截图|长图)[)）】]?|(?:组图|图集|视频|动图|高清图|多图)[:：].{4,60}"
)
"""Whose picture it is, or what kind of picture."""
_OF_PICTURES = re.compile("[图摄照视]")
"""One of them stands in each such line; few others need a closer look."""
_PICTURED = re.compile(
    r"(?!图[\d为]|.*(?:[:：]\d|来源))(?:.*(?:(?<![蓝版宏企力意试地供])图(?![书强谋])|扫|码$|二维码|小程序|公众号|客户端|^[^，。：]{2,8}(?:[日晚时早快]报|(?:新闻|资讯|公文|范文|政务|信息|文秘|材料)网|传媒|头条|论坛|文库|之家)$|[微抖快].{0,2}[信博号]|APP|app)|[△▲↑↓◆])"
)
"""What names a picture, or what its code is for."""
_LONGEST_CREDIT, _LONGEST_CAPTION = 40, 24


def is_caption(text: str) -> bool:
    """Whether a line beside an image names it."""
    return len(text) <= _LONGEST_CAPTION and not text.endswith(_CLOSED) and _PICTURED.match(text) is not None


def is_credited(text: str) -> bool:
    """Whether a line says whose a picture is."""
    return len(text) <= _LONGEST_CREDIT and _OF_PICTURES.search(text) is not None and bool(_CREDITED.fullmatch(text))
