"""What stands before or after a number, taken apart: indicator, verb that belongs to it, predicate.

Ring 1. Works on offsets into one sentence, so that the indicator can be quoted as written.
"""

import re

from crawler.model import value
from crawler.targets.words import CHANGES, GENERIC, KEPT, NO_HEADS, OBJECT_VERBS, STATES, word_at, word_before
from crawler.targets.years import PLAN, YEAR

_TAILS = STATES | CHANGES.keys()
_LONG_KEPT = frozenset(word for word in KEPT if len(word) > 2)
_TIME = re.compile(
    rf'(?:到|至|在)?(?:{YEAR}年?(?:底|末)?(?:前)?|"?(?:十[一二三四五]五|{PLAN})"?(?:计划|规划)?(?:时期|期间|期末|末)?|'
    r"(?:今后|未来|过去|前)[一二三四五两]年|[一二三四]季度|上半年|下半年|前三季度|"
    r"今年|明年|去年|上年|年底|年末|年内|全年|\d{1,2}月底?(?:前)?),?"
)
_TIME_TAIL = re.compile(
    rf'(?:[一二三四]季度|上半年|下半年|前三季度|[比较]?{YEAR}年(?:底|末|同期|实绩)?|年底|年内|在?{YEAR}年的?基础上|[比较]"?{PLAN}"?(?:时期|期间|期末|末))$'
)
_CUT = re.compile(r"(?:力争|确保|促使|推动|带动|促进|实现|完成(?!率|额|情况)|争取|累计|全年|力促|预计|目标[是为])")
_LIST_VERB = re.compile(
    r"[、和]((?:" + "|".join(sorted(KEPT, key=len, reverse=True)) + "|完成|实现|建成|培育|实施|打造|创建|开展|建设))"
)
_RIGHT_END = re.compile(
    r'\([^()]{0,20}\)|[,;:。、!?]|(?:开展|提供|引入|实施(?!方案|主体)|设置|完成|(?<![发到抵通])达到?|免费|全部|全面|实现|进入|通过|投入|开工|落户|纳入|均|分别|得到|建成|投用|显著|明显|"?走出去"?|的规模|迈进|落地见效|超过?|突破|以及|列入|获批|入选|受益)'
)
_NOUN = re.compile(r'(?!等(?!级))[\u4e00-\u9fff"A-Za-z]|\dA?[A-Z]|\d{1,2}(?:-\d{1,2})?(?:周?岁|月龄)')
_FROM_TAIL = re.compile(
    rf"(?:从|由)(?:{YEAR}年的?)?$|(?:{YEAR}年的)$|"
    r"(?:稳居|跃居|位居|位列|居|(?<![班系序陈行])列|(?<![提上跃])升至|[提上跃]升至(?=[全世中东西长各地城])|进入|保持|从|由)(?:全国|全省|全球|世界|中部|西部|东部|长三角|各省区|全市|地区)?(?:各省区|地区|城市)?$"
)
_INNER_TIME = re.compile(r"[一二三四]季度|上半年|下半年|前三季度")
_SPEEDS = frozenset(("增速", "增幅", "涨幅", "增长率")) & CHANGES.keys()
"""Of what they name a number is the change, though it is reached."""
_MEMBER = re.compile(r"、(?!创)(?:(?!了|全覆盖|均|分别|达到|超过)[\u4e00-\u9fff\"“”]){2,20}(?=[,;:。、!?]|$)")
"""A further member of a list of nouns, up to the mark after it."""
_PLANNED = re.compile("(?<=收入|支出|投资|赤字|债券|产值|产量|规模)(?:预算)?(?:计划|安排)$")
"""What a plan does with an amount (财政收入|安排), no part of its name."""
_DOING = (GENERIC | KEPT) - NO_HEADS
_AND = re.compile("和(?!美)")
_EACH = ("均", "都", "各", "双双")
_AIM = re.compile("(?:年度|预期|增长|发展|工作)*(?:目标|要求|水平)(?=[,;:。、与和是为]|$)")
"""45万人以上的|目标: no noun of what is counted."""
LONGEST_NOUN = 40
_PLACED = re.compile(r"(?:免费)?(引入|设置|建设|配置|安装|配备|开设|设立|提供|开展|实施)([^,;:。、]{2,12})")


@value
class Phrase:
    """The words that lead to a number; offsets into the sentence."""

    start: int
    end: int
    """The indicator as written lies between, its own verb included; empty: the number's noun is elsewhere."""
    verb: str = ""
    """The verb at its head that is part of it (新增, 引进)."""
    change: str = ""
    """growth, decline, increment or decrement, as the predicate says; empty: none."""
    tail: str = ""
    """A verb with the object after the number (建设|100个公园)."""
    among: bool = False
    respectively: bool = False
    each: bool = False
    reached: bool = False
    """A predicate stands between noun and number (达到, 提高到)."""
    owner: tuple[int, int] = (0, 0)
    """Offsets of the noun before a verb of doing (教育工程|完成投资): it owns an indicator that says nothing alone."""


def before(text: str, start: int, end: int) -> Phrase:
    """Take apart what stands between the last number (or the clause's start) and this one."""
    begin = _cut(text, start, end)
    among = any(text.startswith("其中", place) for place in (start, start + 1, begin))
    whole = word_before(text, begin, end, _LONG_KEPT)
    last, change, predicates = (end, "", []) if whole else _predicates(text, begin, end)
    tail = word_before(text, begin, last, OBJECT_VERBS)
    if text[begin:last].endswith("经济") and text.startswith("总量", last):
        last += 2
    head, verb = _heads(text, begin, last)
    added = next((word for word in predicates if CHANGES.get(word) == "increment"), "")
    if added and head >= last:
        verb, tail = added, added
    elif not change and verb in ("新增", "净增", "增加", "新增盘活", "新增投放"):
        change = "increment"
    owner = (_heads(text, start, begin)[0], _predicates(text, start, begin)[0]) if begin > start else (0, 0)
    return Phrase(
        start=head, end=last, verb=verb, change=change, tail=tail, among=among, owner=owner,
        respectively="分别" in "".join(predicates), reached=bool(predicates),
        each=any(word.startswith(_EACH) for word in predicates),
    )  # fmt: skip


def _cut(text: str, start: int, end: int) -> int:
    """Where the phrase really begins: after the last verb of doing, or with a list member that has its own verb."""
    begin = start
    for match in _LIST_VERB.finditer(text, start, end) if "分别" not in text[max(start, end - 12) : end] else ():
        head, verb = _heads(text, begin, match.start())
        if not verb or head + len(verb) < match.start():  # 新建、改扩建|学校 is one noun with two verbs
            begin = match.start(1)
    for match in _CUT.finditer(text, begin, end):
        if match.end() < end - 1 and _NOUN.match(text, match.end()):
            begin = match.end()
    return begin


def _predicates(text: str, begin: int, end: int) -> tuple[int, str, list[str]]:
    """Drop predicates and adverbs from the right; what they say of the number."""
    change = ""
    found: list[str] = []
    while end > begin:
        time = _TIME_TAIL.search(text, max(begin, end - 12), end) or _FROM_TAIL.search(text, max(begin, end - 10), end)
        if time:
            end = time.start()
            continue
        word = word_before(text, begin, end, _TAILS)
        if not word or (word[0] == "均" and text[end - len(word) - 1] in "人户日月"):
            break
        reached = any(known[-1] in "到至在" or known in ("达", "达到", "为") for known in found)
        if word in _SPEEDS or (word in CHANGES and not reached):
            change = change or CHANGES[word]
        found.append(word)
        end -= len(word)
    planned = _PLANNED.search(text, begin, end)
    return planned.start() if planned else end, change, found


def _heads(text: str, begin: int, end: int) -> tuple[int, str]:
    """Drop verbs of doing from the left, keep the verb that belongs to the indicator."""
    while begin < end:
        time = _TIME.match(text, begin, end)
        if time:
            begin = time.end()
            continue
        kept = word_at(text, begin, KEPT)
        word = word_at(text, begin, GENERIC)
        if kept and len(kept) >= len(word):
            return begin, kept
        if not word or word_at(text, begin, NO_HEADS):
            break
        begin += len(word)
    return begin, ""


def after(text: str, start: int, limit: int, *, single: bool = False) -> tuple[int, int]:
    """The noun after a number (改造|2000户|农房): its offsets, empty if there is none; `single` stops at 和."""
    start += text.startswith("的", start, limit)
    if start >= limit or not _NOUN.match(text, start) or _AIM.match(text, start):
        return start, start
    ends = (found.start() for found in _RIGHT_END.finditer(text, start, limit) if found[0][0] != "(")
    end = next(ends, limit)
    if text.startswith("、", end):
        end = _list_end(text, end, limit)
    if single or end == limit < len(text):
        joined = _AND.search(text, start + 1, end)
        end = joined.start() if joined else end
    end = start + len(text[start:end].rstrip("和及与并以"))
    return (start, end) if end - start <= LONGEST_NOUN else (start, start)


def _list_end(text: str, end: int, limit: int) -> int:
    """Where a list ends whose members have no number or verb of their own: 40个|机关、企业附属空间|开放."""
    while member := _MEMBER.match(text, end, limit):
        if member.end() == limit < len(text) or word_at(text, end + 1, _DOING):
            break
        cut = _RIGHT_END.search(text, end + 1, limit)
        end = cut.start() if cut else member.end()
    return end


def speed_at(text: str, begin: int) -> str:
    """增速 or its like where a compared series is named by it."""
    return next((word for word in ("增速", "增幅", "涨幅", "增长率") if text.startswith(word, begin)), "")


def placed(text: str, raw: str, right: tuple[int, int]) -> str:
    """What is done to the noun after a number: 为80个|小区|引入物业服务 -> 引入物业服务小区."""
    found = _PLACED.match(text, right[1])
    noun = raw[slice(*right)]
    if found is None:
        return noun
    done = raw[found.start(2) : found.end(2)]
    return noun + done if found[1] in ("提供", "开展", "实施") else found[1] + done + noun


def without_time(name: str) -> str:
    """项目一季度开工率 -> 项目开工率."""
    return _INNER_TIME.sub("", name) or name
