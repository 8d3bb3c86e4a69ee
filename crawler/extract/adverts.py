"""What offers, labels of adverts and links out of the text say: what tells pieces of a line, and lines among others."""

import re

from crawler.extract.phrases import CALL, states
from crawler.extract.plain import plain, remembered
from crawler.text import fold

_HINT = re.compile(r"返回|广|推|赞|码|载|端|程序|微信|关注|点击|a[DdPp]|A[DdPp]")
_ADVERT = re.compile(
    r"[\[【(]?(?:广告|推广|赞助商?|ad)[\]】)]?(?::.{0,60})?"
    r"|[\[【(](?:广告|推广|赞助商?|ad)[\]】)].{0,60}",
)
_ONWARD = re.compile(r"[>»›]*返回.{0,10}(?:[首主]页|列表|顶部|目录|频道)[>»›]*")
"""A link out of the text."""
_ELSEWHERE = re.compile(
    r"[\[【(]?(?:点[击此我]|立[即刻]|马上|免费|去|前往|我要|在线)?(?:查看|了解|获取|领取|报名|购买|抢购|选购|咨询|预约|试看|观看|收看|下载)"
    r"(?:一下)?(?:全文|详[情细]|更多|原文|大图|视频|链接|资料|直播|活动)?[\])】>»›]*"
    r"|(?:点[击此我]|戳|去)(?:这里|此处|我|了解|进入|直达|围观|看看|逛逛|瞧瞧)[>»›]*|[\[【(](?:详[情细]|全文|更多|链接|图集|视频|查看|点击)[\])】]|[领抢]?红包"
    r"|(?:限时|限量|新人|新客|专享|独家|满减|特价|超值)?(?:优惠|特惠|特价|折扣|秒杀|抢购|免费|福利|促销|团购)(?:活动|价|券|码)?[>»›]*"
)
"""What a link amid a sentence says that offers something or calls one elsewhere, and nothing of the sentence."""
_LONGEST_ADVERT, _LONGEST_OFFER, _LONGEST_CALL = 80, 40, 12
_OFFER = re.compile(
    r"\d万?(?:元|块|折)(?:起|[/!]|包|拿|抢|购|送|秒)|买.{0,6}[送赠]|[仅只]需|只要|立[减省]|限时|特[价惠]|抢购|秒杀|包邮|抽奖|到手价"
)


def is_advert(text: str, *, link: bool) -> bool:
    """Whether a piece of text inside a paragraph is an advert by its own label, or a link that calls one elsewhere."""
    if len(text) > _LONGEST_ADVERT or (not link and "一" <= text[:1] <= "龥" and text[0] not in "广推赞"):
        return False
    return _HINT.search(text) is not None and _advertises(text, link=link)


@remembered
def _advertises(text: str, *, link: bool) -> bool:
    piece = fold(text).lower()
    if _ADVERT.fullmatch(piece) is not None:
        return True
    if link and _ONWARD.fullmatch(piece) is not None:
        return True
    return link and CALL.fullmatch(piece) is not None and not states(text)


def leads_elsewhere(text: str) -> bool:
    """Whether a link amid a sentence says nothing of it: an offer, or a call to look somewhere else."""
    return len(text) <= _LONGEST_CALL and _ELSEWHERE.fullmatch(plain(text)) is not None


def is_offer(text: str) -> bool:
    """Whether a short line offers something for a price; reports hardly have such lines, and not set apart."""
    return len(text) <= _LONGEST_OFFER and _offers(text)


@remembered
def _offers(text: str) -> bool:
    if text.endswith("。") or not any(map(str.isdigit, text)):
        return False
    return _OFFER.search(plain(text)) is not None and not states(text)
