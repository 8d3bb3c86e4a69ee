"""Targets relative to another series: 与经济增长同步, 高于全省平均水平, 高于城镇1.5个百分点.

Ring 1.
"""

import re

from crawler.model import value
from crawler.targets import coordination, phrases
from crawler.targets.reading import Sentence

_SYNC = re.compile(
    r"(?P<subject>[^,;:。]{2,60}?)(?:增长|增速)?(?:均|都|保持)?(?:与|和|同)(?P<other>[^,;:。与]{2,16}?)(?:保持)?(?:基本)?(?P<span>同步)(?!推进|实施|建设|规划|开展)"
)
_OVER = re.compile(
    r"(?P<subject>[^,;:。]{2,60}?)(?:普遍|均|都|继续|保持|要|力争|持续|明显|分别)*"
    r"(?P<span>(?:高于|快于|不低于|优于|好于|超过|高出|领先)(?:全国|全省|全市|国家|省|面上|经济|GDP|地区生产总值|城镇|各项|平均|同期|世界|居民)[^,;:。、\d]{0,14}?(?:平均水平|平均增速|平均|水平|增速|增长|步伐|速度|面上))"
)
_SPEEDS = ("增速", "增幅", "涨幅", "增长率")
_HINT = ("同步", "高于", "快于", "不低于", "优于", "好于", "超过", "高出", "领先")


@value
class Comparison:
    """A comparison without a number: offsets into the sentence, one indicator per series."""

    start: int
    end: int
    indicators: tuple[str, ...]


def comparisons(sentence: Sentence) -> list[Comparison]:
    """The comparisons of a sentence with another series, those with a number of their own left out."""
    text = sentence.text
    if not any(word in text for word in _HINT):
        return []
    found = []
    for pattern in (_SYNC, _OVER):
        for match in pattern.finditer(text):
            if text[match.end("span") : match.end("span") + 1].isdigit():
                continue
            phrase = phrases.before(text, match.start("subject"), match.end("subject"))
            sync = pattern is _SYNC
            kept = "" if sync else next((word for word in _SPEEDS if text.startswith(word, phrase.end)), "")
            name = sentence.raw[phrase.start : phrase.end + len(kept)]
            if name:
                series = tuple(_series(name, sync=sync))
                found.append(Comparison(start=match.start("span"), end=match.end("span"), indicators=series))
    return sorted(found, key=lambda item: item.start)


def _series(name: str, *, sync: bool) -> list[str]:
    names = coordination.subjects(name)
    return [coordination.without_change(each, "growth") for each in names] if sync else names
