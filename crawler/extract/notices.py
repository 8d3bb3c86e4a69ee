"""What pages tell of themselves at a body's edges: how good their text is, who runs them, who wrote it.

Such lines may be marked up as the body is; they are short, label what they are or have several words of their own.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from crawler.extract.outline import Outline

_LONGEST = 140
_EDGE = 8
"""So many lines at each edge may be such notices."""
_LEAST = 3
"""So many times the notices' size is a body; of less it may be all there is."""
_LABEL = (
    r"(?:(?:友情|温馨|特别|重要|郑重|风险|安全|阅读|下载|版权|免责|网站|本站|使用|编者|转载)?"
    r"(?:提示|提醒|说明|声明|注意|注|须知|按))"
)
_PAGE = re.compile(
    r"[本该此]文(?:章|档|稿|本)?(?!明|化|件)|[本该此](?:站|网(?!络)|页|帖|稿|信息|资料|平台|公众号|栏目)|网上|网页|网站|网友|转载|原文|文档|文本|小编|下载|预览|发布(?:者|超过|已)|"
    r"(?:作者|个人)(?:观点|立场)|版本|内容(?:仅|可能|由|来)"
)
_CARE = re.compile(
    r"为准|仅供|供参考|[不概]?负责|责任|甄别|核[实对查]|过时|失效|过期|有误|误差|错误|错乱|乱码|遗漏|缺失|不代表|不构成|不保证|删除|侵权|授权|未经|谨慎|整理|节选|摘编|非官方|无关|更正"
)
_LABELLED = re.compile(rf"[【\[(（※*◎●■▲\s]{{0,3}}{_LABEL}[】\])）]?\s?[:：]")
_OPENS = re.compile(r"[(（【※*]?(?:以[上下](?:内容|信息|为|文)|[本该此](?:文(?!件|明|化)|网页|页面|稿|帖|信息|资料))")
_PORTRAIT = re.compile(
    r"[【\[(（]?(?:作者|编辑|译者|博主|小编|主播|撰文|撰稿人?|专栏|[^\W\d]{1,10}(?:网|报|站|台|社|文库|文档|论坛|平台|客户端|之家|头条|传媒|融媒|范文|政务|热线))"
    r"(?:简介|介绍|档案|名片)[】\])）]?\s?[:：]?|(?:功能|账号|帐号|公众号|栏目)介绍\s?[:：]?|(?:作者|文|撰文)\s?[:：/|丨]"
)
_TRADE = re.compile(
    r"门户网站|(?:公众号|自媒体|专栏|新媒体)|评论员|撰稿|[范美]文|文库|文档|(?:资讯|内容|公文|资料|写作)(?:平台|分享|服务|网站|门户|创作)|(?:新闻|综合性?|信息|媒体|写作|资料)(?:类)?(?:网站|平台|门户)|"
    r"媒体人|作家|讲师|博主|专栏作者|创作者|爱好者|资深|笔杆子|网站"
)
_WHO = re.compile(
    r"是一[家个名位]|主[管办]|成立于|创[办立建]于|创刊|专注|致力|供职|任职|就职|现[任居为]|毕业|著有|曾任|多年|从事|宗旨|旨在|窗口|收录|汇集|拥有|关注|分享|欢迎|擅长|研究|权威|服务|便民|解读|业务|负责人|原创|有温度|[地网]址|邮箱"
)
"""What such portraits say of whom they portray."""
_IS = re.compile(
    r"(?:是|为)[^，。]{0,30}(?:网站|平台|门户|媒体|社区|公众号|爱好者|作家|撰稿人|博主)|(?:供职|任职|就职)于|评论员"
)
"""They say what it is."""


def notices(outline: Outline, chosen: Sequence[int]) -> set[int]:
    """Of a body's lines those at its edges that tell of the page, if they are little beside the rest."""
    found = set(chain(_at(outline, chosen), _at(outline, reversed(chosen))))
    if not found:
        return found
    size = sum(outline.sizes[i] for i in found)
    whole = sum(outline.prose_sizes[i] for i in chosen if i not in found)
    return found if _LEAST * size <= whole else set()


def _at(outline: Outline, lines: Iterable[int]) -> Iterable[int]:
    """Those before the first paragraph that is none."""
    for index in islice(lines, _EDGE):
        if outline.lines[index].data:
            return
        if tells_of_page(outline.texts[index]):
            yield index
        elif outline.prose[index]:
            return


def tells_of_page(text: str) -> bool:
    """Whether a line is a notice of the page, or a portrait of who made it."""
    return len(text) <= _LONGEST and (_is_notice(text) or _is_portrait(text))


def _is_notice(text: str) -> bool:
    if _CARE.search(text) is None:
        return False
    return _OPENS.match(text) is not None or (_LABELLED.match(text) is not None and _PAGE.search(text) is not None)


def _is_portrait(text: str) -> bool:
    labelled = _PORTRAIT.match(text) is not None
    if not labelled and _IS.search(text) is None:
        return False
    trade = {match[0] for match in _TRADE.finditer(text)}
    who = {match[0] for match in _WHO.finditer(text)}
    if labelled:
        return bool(who) and (bool(trade) or "简介" in text[:16] or "介绍" in text[:16])
    return bool(trade) and len(trade) + len(who) > 2
