"""Promise or result: the status of a mention, and the words it rests on.

Ring 1. Evidence in the guide's order: the section a sentence stands in, time words in its own clause, aspect and verbs.
A text without sections (a page of a paginated report, a fragment) is judged by the sum of what its sentences say.
"""

import re
from collections.abc import Sequence

from crawler.model import value
from crawler.targets.reading import Sentence
from crawler.targets.years import PLAN, PLANS, YEAR

PAST, FUTURE, NOTES, UNKNOWN = "past", "future", "notes", ""
HEADING = 45
"""A heading is at most so long, in characters."""

RESULT = 1.5
"""From this score on the wording of a sentence without a section is that of a result: one odd number is not enough."""

_PAST_SECTION = re.compile(
    r"工作回顾|过去一年|过去的一年|过去五年|过去的五年|五年来|一年来|本届政府|回顾(?:过去|20|\"?十)|(?:去年|上年)工作|工作(?:总结|完成情况)|主要成绩|取得.{0,12}成就|发展成就|"
    r"完成情况|(?:这|近)五年|时期.{0,8}(?:回顾|成就)|计划执行情况"
)
_FUTURE_SECTION = re.compile(
    r"总体要求|预期目标|主要目标|新的?一年|目标任务|奋斗目标|发展目标|工作(?:的?安排|任务|部署|思路|重点|打算|建议)|重点(?:工作|任务)|今年.{0,12}工作|民生实事|惠民实事|实事项目|为民办实事|主要考虑|政策取向|下一步|今后五年|未来五年|下一年|主要任务|"
    r"做好.{0,12}工作|重点抓好|重点做好|着力抓好|政府工作的"
)
_NOTES_SECTION = re.compile(r"名词解释|名词注释|名词说明|术语解释|有关用语说明|注释|附注|相关名词")
_PAST_START = re.compile(
    rf"(?:各位代表[!,:])?(?:过去一年|过去的一年|过去五年|刚刚过去的|一年来|五年来|这五年|回顾过去|{YEAR}年,?(?:是|面对|我们))"
)
_TOP_MARK = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十][章部]|附件?")
_AHEAD = re.compile(rf'"?({PLAN})"?(?:计划|规划)?(?:时期|期间)|今后五年|未来五年')
_HEAD_MARK = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十]{1,3}[)]|第[一二三四五六七八九十][章部]"
)

_FORWARD = re.compile(
    rf"力争|确保(?!了)|努力|计划|拟|将(?!近|军)|预期(?!性)|目标(?:是|为|设定)|今年|明年|今后|未来(?:[一二三五几]年)|到{YEAR}年|力求|要(?=[^素求点件])|年底前|月底前|再(?=[增新建引培改])|力促|有望"
)
_AGAINST_PLAN = (
    rf"完成(?:全年|年度)?(?:计划|目标|任务)数?的\d|提前达到|截至(?:目前|\d{{1,2}}月|{YEAR}年)"
    r"|(?:比|超出?|高于|低于|好于|优于|快于)(?:考核|年度|年初|年初预期|预期|全年|年度计划|规划|计划)(?:目标|要求|任务)?(?=[高低快慢多少\d,;。]|$)"
)
"""A result beside what was planned."""
_BESIDE_PLAN = re.compile(_AGAINST_PLAN)
_COMMITS = re.compile("力争|确保(?!了)|努力|争取|要(?=[^素求点件])")
_NEITHER = re.compile(
    rf"[由从](?:去年|上年|{YEAR}年)(?:底|末)?的?[^,;。]{{0,14}}?"
    r"(?=提高|提升|增加|下降|降低|降至|降到|减至|压减|压缩|增至|缩短|缩小|扩大|升至|升到|增加到|上升|减少)|(?<=人)口?拥有|[比较](?:去年|上年|前年)"
)
"""What says nothing of the status: a baseline (由去年的41%|提升至46%), and 拥有 in 每千人口拥有."""
_DONE = re.compile(
    r"已(?!知)|荣获|获批|(?<![为受])了(?!解)|居全国|居全省|位居|位列|跃居|跃升|升至|拥有|现有|目前|去年|(?<![比较])上年|前年|历史(?:性|新高|最)|创.{0,4}新高|超额完成|提前完成|圆满|首次|再创|过去|如期实现|(?:全部|全面)兑现|"
    rf"{_AGAINST_PLAN}|连续\d+[年个]|连续[一二三四五六七八九十]+年|累计(?:建成|完成|实现|新增|创建)|从第|从全"
)
_STRONG_DONE = re.compile(
    rf"{_AGAINST_PLAN}|如期实现|(?:全部|全面)兑现|(?:确保|办成|做到)了|[仍尚]有|共有(?=[^,;。]{{0,16}}\d)|已(?:经|有|建|达|完|成|实|累|开)|去年|上年(?!增)|前年|过去|拥有(?=\d)(?!\d+岁)|现有|目前|居全国第|位居|位列全|超额完成|提前完成|荣获|历史性|(?<=[成立现到加放动展过入])了"
)
_MOOD_DONE = re.compile(
    r"(?:显著|明显|持续|不断|稳步|大幅|有效|全面|加速|进一步|更加|更趋|加快)(?:提升|增强|改善|壮大|巩固|提高|优化|扩大|激发|显现|形成|涌现|完善|集聚|蓄积|深化|推开|下降|回升|强劲|凸显|好转|协调|构建)(?=[,;。:、]|$)|"
    r"建成(?:投用|投产|通车|运营)|投入(?:运营|使用|商业)|顺利|成功|竞相|预计全|得到|取得|完工|通水|通航|通车|落地见效|实现历史|新突破|落户|开工建设[。,;]|全部开工|受益|惠及"
)
_MOOD_FORWARD = re.compile(
    r"以上|左右|以内|(?:^|[,;、:])(?:深入|积极|大力|加快|扎实|全力|持续|深化|推进|推动|实施|开展|支持|完善|健全|加强|强化|统筹|落实|探索|发挥|启动|争取|打造|培育|优化|建设|抓好|聚焦|着眼|全面|坚持|提升|争创|促进|鼓励|引导)(?![^,;。]{0,40}(?:显著|明显|不断|了|取得))"
)
_EXACT = re.compile(
    r"(?<![\d.])(?:\d{1,4}\.\d{1,2}|\d{2,5}[1-9])(?=[%万亿个家项件套户台条人公亩吨美元])(?:万亿|[万亿%])?[^\d,;。、]{0,2}(?!以上|左右|以内)(?<!以)(?<!左)"
)
_RESULTS = re.compile(r"取得.{0,8}(?:进展|成效|突破|成果|成绩)|迈出.{0,6}步伐|再上.{0,6}台阶|交出.{0,10}答卷")
_TARGETS_ARE = re.compile(
    r"(?:主要)?预期目标(?:是|为|:|设定)|今年.{0,20}(?:目标是|要(?:重点|着力)|工作总体要求)|目标任务(?:是|为|:)"
)
_LOOKS_BACK = re.compile("回顾|完成情况")
_COMMITTED = ("力争", "确保", "今年", "明年", "预期", "今后")
_YEAR = re.compile(rf"(?<![比较])({YEAR})年")


@value
class Place:
    """Where a sentence stands: its section and the words that say so."""

    section: str
    evidence: str


def places(sentences: Sequence[Sentence], year: int | None) -> list[Place]:
    """The section of each sentence; sentences before the first heading, or without any, are judged together."""
    found, current = [], Place(section=UNKNOWN, evidence="")
    for sentence in sentences:
        current = _next_place(sentence, current, year)
        found.append(current)
    lean = _lean([sentence.text for sentence, place in zip(sentences, found, strict=True) if not place.section])
    return [
        place if place.section else _judged(sentence, lean) for sentence, place in zip(sentences, found, strict=True)
    ]


def _next_place(sentence: Sentence, current: Place, year: int | None) -> Place:
    text = sentence.text
    opening = text[:70]
    if _is_heading(sentence):
        return _heading(text, current, year)
    if _TARGETS_ARE.search(opening):
        return Place(section=FUTURE, evidence="预期目标")
    if current.section == PAST and sentence.first and _plans_ahead(opening[:30], year):
        return Place(section=FUTURE, evidence=opening[:8])
    if current.section in (UNKNOWN, NOTES) and _PAST_START.match(text) and not _future_year(opening, year):
        return Place(section=PAST, evidence=opening[:8])
    return current


def _is_heading(sentence: Sentence) -> bool:
    """A short line of its own, with a heading's mark or without a sentence's end."""
    short = sentence.first and len(sentence.text) <= HEADING
    return short and (_HEAD_MARK.match(sentence.text) is not None or sentence.text[-1] not in "。;,、")


def _plans_ahead(text: str, year: int | None) -> bool:
    """It speaks of a plan period that ends after the report's year."""
    found = _AHEAD.search(text)
    return found is not None and (found[1] is None or (year is not None and PLANS[found[1]][1] > year))


def _heading(text: str, current: Place, year: int | None) -> Place:
    """A section's heading decides for what follows; the heading of a subsection only where no section is known."""
    if _NOTES_SECTION.search(text) and len(text) < 20:
        return Place(section=NOTES, evidence=text)
    if current.section in (PAST, FUTURE) and _is_subheading(text):
        return current
    past = _looks_back(text, year)
    if past:
        return Place(section=PAST, evidence=past)
    future = _FUTURE_SECTION.search(text)
    if future:
        return Place(section=FUTURE, evidence=future[0])
    ahead = _plans_ahead(text, year) or _future_year(text, year)
    return Place(section=FUTURE, evidence=text[:12]) if ahead and _TOP_MARK.match(text) else current


def _is_subheading(text: str) -> bool:
    return _HEAD_MARK.match(text) is not None and not _TOP_MARK.match(text)


def _looks_back(text: str, year: int | None) -> str:
    """The words by which a heading looks back, or an empty string."""
    past, future, named = _PAST_SECTION.search(text), _FUTURE_SECTION.search(text), _last_year(text)
    if past and (future is None or past.start() < future.start() or _LOOKS_BACK.search(text)):
        return past[0]
    return f"{named}年" if year and 0 < named < year and "报告" not in text else ""


def _last_year(text: str) -> int:
    """The latest year a text names; 0: none."""
    return max(map(int, _YEAR.findall(text)), default=0)


def _future_year(text: str, year: int | None) -> bool:
    return year is not None and _last_year(text) >= year


def _margin(text: str) -> int:
    """How much more a sentence sounds like a result than like a promise."""
    text = _NEITHER.sub("", text)
    past = (
        2 * len(_DONE.findall(text))
        + len(_MOOD_DONE.findall(text))
        + len(_EXACT.findall(text))
        + 3 * len(_RESULTS.findall(text))
    )
    text = _BESIDE_PLAN.sub("", text)
    return past - 2 * len(_FORWARD.findall(text)) - len(_MOOD_FORWARD.findall(text))


def _lean(texts: Sequence[str]) -> float:
    """From -4 (all promise) to 4 (all result)."""
    margins = [max(-4, min(4, _margin(text))) for text in texts]
    weight = sum(abs(margin) for margin in margins) + 3
    return 4 * (sum(margins) - 1) / weight


def _judged(sentence: Sentence, lean: float) -> Place:
    score = max(-4, min(4, _margin(sentence.text))) + 1.5 * lean
    return Place(section=PAST if score > RESULT else FUTURE, evidence=f"wording {score:+.1f}")


def status_of(clause: str, place: Place, year: int | None) -> tuple[str, str]:
    """target or achievement, and the evidence; `clause` is what stands around the number up to its end."""
    if place.section == NOTES:
        return "optional", f"glossary {place.evidence}"
    clause = _NEITHER.sub("", clause)
    beside = _BESIDE_PLAN.search(clause)
    if beside and not _COMMITS.search(clause):
        return "achievement", beside[0]
    named = _last_year(clause)
    if year and 0 < named < year and "基础" not in clause:
        return "achievement", f"{named}年"
    return _in_plan(clause, place) if place.section == FUTURE else _in_review(clause, place, year)


def _in_plan(clause: str, place: Place) -> tuple[str, str]:
    """A plan promises, unless a clause says it is done and says nothing of what is to come."""
    forward, done = _words_of(_FORWARD, clause), _words_of(_STRONG_DONE, clause)
    return ("achievement", done) if done and not forward else ("target", forward or place.evidence)


def _in_review(clause: str, place: Place, year: int | None) -> tuple[str, str]:
    """A review reports, unless a clause commits itself or names a year ahead and nothing in it is done."""
    forward = _words_of(_FORWARD, clause)
    ahead = forward in _COMMITTED or _future_year(clause, year)
    if ahead and not _words_of(_STRONG_DONE, clause):
        return "target", forward or f"{_last_year(clause)}年"
    return "achievement", place.evidence


def _words_of(pattern: re.Pattern[str], clause: str) -> str:
    """The words by which a clause says it, or an empty string."""
    found = pattern.search(clause)
    return found[0] if found else ""
