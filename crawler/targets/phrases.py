"""What stands before or after a number, taken apart: indicator, verb that belongs to it, predicate.

Ring 1. Works on offsets into one sentence, so that the indicator can be quoted as written.
"""

import re

from crawler.model import value
from crawler.targets.words import CHANGES, GENERIC, KEPT, OBJECT_VERBS, STATES

_CHANGE_WORDS = tuple(sorted(CHANGES, key=lambda word: -len(word)))
_TAILS = tuple(sorted({*STATES, *_CHANGE_WORDS}, key=lambda word: -len(word)))
_TIME = re.compile(
    r'(?:到|至|在)?(?:20\d\d年?(?:底|末)?(?:前)?|"?十[一二三四五]五"?(?:时期|期间|末)?|(?:今后|未来|过去|前)[一二三四五两]年|[一二三四]季度|上半年|下半年|前三季度|'
    r"今年|明年|去年|上年|当年|年底|年末|年内|全年|\d{1,2}月底?(?:前)?),?"
)
_TIME_TAIL = re.compile(r"(?:[一二三四]季度|上半年|下半年|前三季度|20\d\d年(?:底|末)?|年底|年内)$")
_CUT = re.compile(
    r"(?:力争|确保|促使|推动|带动|促进|实现|完成(?!率|额|情况)|争取|累计|全年|力促|使得?|预计|新增(?=.{2}))"
)
_LIST_VERB = re.compile(
    r"[、和]((?:" + "|".join(map(re.escape, KEPT)) + "|完成|实现|建成|培育|实施|打造|创建|开展|建设))"
)
_RIGHT_END = re.compile(
    r'[,;:。、!?]|(?:开展|提供|引入|实施(?!方案|主体)|设置|完成|达到?|全部|全面|实现|进入|通过|投入|开工|落户|纳入|均|分别|得到|建成|投用|显著|明显|"?走出去"?|的规模|落地见效|超过?|突破|以及|列入|获批|入选|受益)'
)
_NOUN = re.compile(r'[\u4e00-\u9fff"(A-Za-z]')
_QUOTES = str.maketrans("", "", "")


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


def before(text: str, start: int, end: int) -> Phrase:
    """Take apart what stands between the last number (or the clause's start) and this one."""
    begin = _cut(text, start, end)
    among = text.startswith("其中", begin) or text.startswith("其中", start + 1) or text.startswith("其中", start)
    last, change, predicates = _predicates(text, begin, end)
    tail = next((word for word in _ends(text, begin, last) if word in OBJECT_VERBS), "")
    begin, verb = _heads(text, begin, last)
    flags = "".join(predicates)
    if begin < last and not change and verb in ("新增", "净增", "增加", "新增盘活", "新增投放"):
        change = "increment"
    return Phrase(
        start=begin, end=last, verb=verb, change=change, tail=tail, among=among,
        respectively="分别" in flags, each=any(word[0] in "均都各" or word == "双双" for word in predicates), reached=bool(predicates),
    )  # fmt: skip


def _cut(text: str, start: int, end: int) -> int:
    """Where the phrase really begins: after the last verb of doing, or after a list whose next member has its own verb."""
    begin = start
    for match in _LIST_VERB.finditer(text, start, end):
        begin = match.start(1)
    for match in _CUT.finditer(text, begin, end):
        if match.end() < end - 1 and _NOUN.match(text, match.end()):
            begin = match.start() if match[0] == "新增" else match.end()
    return begin


def _predicates(text: str, begin: int, end: int) -> tuple[int, str, list[str]]:
    """Drop predicates and adverbs from the right; what they say of the number."""
    change, found = "", []
    while end > begin:
        time = _TIME_TAIL.search(text, max(begin, end - 8), end)
        if time:
            end = time.start()
            continue
        word = next((word for word in _TAILS if text.endswith(word, begin, end)), "")
        if not word:
            break
        if word in CHANGES and not any(known[-1] in "到至在" or known in ("达", "达到", "为") for known in found):
            change = change or CHANGES[word]
        found.append(word)
        end -= len(word)
    return end, change, found


def _ends(text: str, begin: int, end: int) -> list[str]:
    return [text[end - size : end] for size in (5, 4, 3, 2, 1) if end - size >= begin]


def _heads(text: str, begin: int, end: int) -> tuple[int, str]:
    """Drop verbs of doing from the left, keep the verb that belongs to the indicator."""
    while begin < end:
        time = _TIME.match(text, begin, end)
        if time:
            begin = time.end()
            continue
        kept = next((word for word in KEPT if text.startswith(word, begin)), "")
        word = next((word for word in GENERIC if text.startswith(word, begin)), "")
        if kept and len(kept) >= len(word):
            return begin, kept
        if not word or (
            len(word) == 1
            and begin + 1 < end
            and text[begin : begin + 2]
            in (
                "对外",
                "对非",
                "和美",
                "与会",
                "以色",
                "在校",
                "在库",
                "在建",
                "以工",
                "就业",
                "从业",
                "到位",
                "共同",
                "共享",
                "等级",
                "由贸",
                "将军",
                "要素",
                "及时",
                "均衡",
                "都市",
                "对口",
                "再生",
                "至少",
                "为民",
            )
        ):
            break
        begin += len(word)
    return begin, ""


def after(text: str, start: int, limit: int) -> tuple[int, int]:
    """The noun after a number (改造|2000户|农房): its offsets, empty if there is none."""
    if start < limit and text[start] == "的":
        start += 1
    if start >= limit or not _NOUN.match(text, start):
        return start, start
    found = _RIGHT_END.search(text, start, limit)
    end = found.start() if found else limit
    while end > start and text[end - 1] in "和及与并以":
        end -= 1
    return (start, end) if end - start <= 40 else (start, start)
