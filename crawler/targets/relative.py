"""Targets relative to another series: 与经济增长同步, 高于全省平均水平.

Ring 1. A comparison with a number of its own (高于城镇1.5个百分点) is a quantity (`crawler.targets.quantities`).
"""

import re

import crawler.targets.coordination as coordination
import crawler.targets.phrases as phrases
from crawler.model import value
from crawler.targets.reading import Sentence

_SYNC = re.compile(r"(?:基本)?(?P<span>同步)(?!推进|实施|建设|规划|开展|提升|跟进|谋划|部署)")
_OVER = re.compile(
    r"(?P<span>(?:高于|快于|不低于|优于|好于|超过|高出|领先)(?:"
    r"(?:全国|全省|全市|国家|省|面上|经济|GDP|地区生产总值|城镇|各项|平均|同期|世界|居民)"
    r"[^,;:。、\d]{0,14}?(?>平均水平|平均增速|平均|水平|增速|增长|步伐|速度|面上)"
    r"|[^,;:。、\d]{2,12}?(?:增速|增幅|增长速度)|(?:(?:城镇|农村)(?:常住)?居民(?:收入)?|全国|全省|全市)(?=[,;。、]|$)))(?!\d)"
    r"|(?<=[持定处]在)(?P<above>(?:全国|全省|全市|国家|世界|同期)[^,;:。、\d]{0,8}?(?:平均水平|平均增速|平均|水平)(?:以上|之上))"
)
_CLAUSE = re.compile(r"[,;:。]")
_AGAIN = re.compile(r"[、,]?(?:和|并|且|也|同时|又|、)*$")
"""Between two comparisons of one series."""
_TO_OTHER = re.compile(r"(?:增长|增速)?(?:均|都|保持|要|继续)*$")
_EARLIER = re.compile(r"(?:普遍|均|都|继续|保持在?|稳定在|处在|要|力争|持续|明显|分别)+$")
REACH = 60
"""The compared series are looked for in so many characters before the comparison."""


@value
class Comparison:
    """A comparison without a number: offsets into the sentence, one indicator per series."""

    start: int
    end: int
    indicators: tuple[str, ...]


def comparisons(sentence: Sentence) -> list[Comparison]:
    """The comparisons of a sentence with another series, in order."""
    found: list[Comparison] = []
    for pattern in (_SYNC, _OVER):
        begin = 0
        series: tuple[str, ...] = ()
        for match in pattern.finditer(sentence.text):
            if not (series and _AGAIN.fullmatch(sentence.text, begin, match.start())):
                series = _series(sentence, max(begin, match.start() - REACH), match.start(), sync=pattern is _SYNC)
            begin = match.end()
            if series:
                group = match.lastgroup or "span"
                found.append(Comparison(start=match.start(group), end=match.end(group), indicators=series))
    return sorted(found, key=lambda item: item.start)


def _series(sentence: Sentence, begin: int, end: int, *, sync: bool) -> tuple[str, ...]:
    """The series compared: what stands in the clause before the comparison (before 与经济增长, for 同步)."""
    text = sentence.text
    begin = max([begin, *(found.end() for found in _CLAUSE.finditer(text, begin, end))])
    end = _joint(text, begin, end) if sync else end
    found = (_TO_OTHER if sync else _EARLIER).search(text, begin, end)
    phrase = phrases.before(text, begin, found.start() if found else end)
    kept = "" if sync else phrases.speed_at(text, phrase.end)
    name = sentence.raw[phrase.start : phrase.end + len(kept)]
    if len(name) < 2:
        return ()
    names = coordination.subjects(name)
    return tuple(coordination.without_change(each, "growth") if sync else each for each in names)


def _joint(text: str, begin: int, end: int) -> int:
    """Where the series ends that keeps step (居民收入|与经济增长同步); `begin` if no other one is named."""
    joints = (text.rfind(word, begin, end - 1) for word in "与同和")
    return next((at for at in joints if at > begin and "、" not in text[at:end]), begin)
