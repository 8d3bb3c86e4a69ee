"""Numbers that are no quantities: names and slogans, ordinals, dates, ages, idioms, document numbers, conversions.

Ring 1. Rules about the language; nothing here knows a particular slogan.
"""

import re

from crawler.targets.units import TIMES
from crawler.targets.years import PLAN

_AFTER_NAME = re.compile(
    r"(?:号线|号[^召]|国道|省道|县道|高速|届|次(?:全|会议|代表|党代|常委)|中全会|[A-Za-z](?!以上)|[+×]|月(?!底)|日(?!均)|岁|周岁|周年|点[\u4e00-\u9fff]|字|个一|"
    r"年(?:级|代|来|度|期|前|后|间|底|初|末)|天[\d一-龥]{0,1}小时|[xX]\d|级(?:以|甲|医|景|公|及|$)|类(?:资|地|水|行)|型(?!号)|维|线城|期(?:工|项|建|改)|个百分点的)"
)
_AFTER_UNIT = re.compile(r"部[门委分署队件]|天候|[^%元][+×周届]|项目(?!标)|时(?:热线|在线|值守|值班|不打烊|自助)")
_BEFORE_NAME = re.compile(
    r"(?:[A-Za-z.]|每|[+×]|第|十[一二三四五六七八九]?五|[〔\[]|历[经时]|近几|星|世界|时隔|上下|不[一二三]|超低|零|[一二三四五六七八九十](?:是|要))$"
)
_OF_PAGE = re.compile(r"-\d+篇|\d+个字|阅读[^,;。\d]{0,4}\d+分钟")
"""What a site says of the page itself (市2031年政府工作报告-24篇, 共2万个字, 预计阅读时长9分钟)."""
_PLAN = re.compile(PLAN)
_CIRCLE = re.compile(r"[\u4e00-\u9fff\"]{0,10}?圈")
_ALL_DAY = re.compile(r"(?:[至到在为过超]|[^到]达)$")
"""Before 24小时 where it is reached, not the whole day."""
_SCORED = re.compile(
    r"(?:指数|得分|评分|分值|收入比)(?:[^,;:。、\d]{0,4}(?:达到?|为|在|到|至|超过|突破|不低于|控制在|高于))?(?:不低于|超过)?$"
)
_SCORE_END = re.compile("分?(?:及?以上|左右|以内|以下|[,;。、]|$)")
_LIST_MARK = re.compile(r"[一二三四五六七八九十\d]{1,3}(?:[、.．)](?!\d)|是(?![一二三四五六七八九十\d]))")
_YEAR = re.compile(r"(?:19|20)\d\d(?:-|~|至|—)?(?:(?:19|20)\d\d)?年?")
_QUOTE = re.compile(r"[“‘《〝”’》〞\"＂]")
LONGEST_SLOGAN = 22
LIFE = 14
_LIFE = re.compile("寿命|年限")
"""Years are a quantity where they are of life or schooling, named so many characters before at most."""
_SMALL = frozenset("一二两三四五六七八九十几")
_CLASSIFIERS = frozenset("个项条类种批次期支座处家所组对套级点门片块本件部位名张")
_BUILT = re.compile(
    r"(?:新增|建成|新建|开工|新开工|建设|打造|培育|创建|引进|实施|完成|投用|创成|组建|设立|改造|超|达|至少|突破)$"
)
_RANK_BEFORE = re.compile(
    r"(?:居|列|至|到|升|跃|排名?|全国|全省|全市|世界|全球|中部|西部|东部|地区|长三角|进入|保持|位|省|市)$"
)
_BOUND = re.compile(r"(?:超过?|突破|达到?|逾|近|约|不低于|不少于|过|上|迈上|跨过|跨越|迈入|迈进|站上|新增|减少|增加)$")
_BOUND_AFTER = ("以上", "左右", "以内", "以下")


def quoted(raw: str) -> set[int]:
    """The offsets inside short quotations (slogans, names of programmes); straight quotation marks pair in order."""
    inside: set[int] = set()
    opened = -1
    for mark in _QUOTE.finditer(raw):
        index, char = mark.start(), mark[0]
        if char in "“‘《〝" or (char in '"＂' and opened < 0):
            opened = index
        elif opened >= 0:
            if index - opened <= LONGEST_SLOGAN:
                inside.update(range(opened, index))
            opened = -1
    return inside


def is_name(text: str, match: re.Match[str], quotations: set[int]) -> bool:
    """Whether the number matched is (part of) something other than a quantity."""
    if match.start() in quotations or (match.start() == 0 and _LIST_MARK.match(text)):
        return True
    if any(match[name] for name in ("rank", "top", "first")):
        return _no_rank(text, match)
    if match["number"] is None and match["scale"] is None:
        return match["unit"] is not None or match["level"] is not None
    return _not_counted(text, match)


def _no_rank(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 2]
    if match["first"]:
        following = match["among"] or after[:2] in ("", "行列") or after[:1] in (",", ";", "、", "。", "列")
        return not following or bool(re.match(r"[年月天]|个月|季", after))
    if match["place"] == "名" or after[:1] in tuple("次批届轮期产个书家条部大线任方梯课时年季种颗座"):
        return True
    return not _RANK_BEFORE.search(before) or after[:1] not in ("", ",", ";", "、", "。", ")", "的")


def _not_counted(text: str, match: re.Match[str]) -> bool:
    number, unit = match["number"] or "", match["unit"] or ""
    before = text[max(0, match.start() - 4) : match.start()]
    if number == "零" or _BEFORE_NAME.search(before) or _names_something(text, match, unit):
        return True
    if unit in ("岁", "年") and not _YEAR.fullmatch(match[0]) and _of_life(text, match.start()):
        return False
    if unit == "岁":
        return True
    if _of_page(text, match) or _PLAN.match(text, match.start()) or _no_measure(text, match, number, unit):
        return True
    if unit == "年":
        return bool(_YEAR.fullmatch(match[0])) or not number.isdigit() or int(number) > 100
    return _bare_figure(text, match) if number[:1].isdigit() else _words(text, match, before, unit)


def _of_life(text: str, start: int) -> bool:
    return _LIFE.search(text, max(0, start - LIFE), start) is not None


def _of_page(text: str, match: re.Match[str]) -> bool:
    found = _OF_PAGE.search(text, max(0, match.start() - 8), match.end() + 1)
    return found is not None and found.start() <= match.start() < found.end()


def _no_measure(text: str, match: re.Match[str], number: str, unit: str) -> bool:
    """1小时|通勤圈, 24小时|开放, 240小时|过境免签, 三|里|屯, 四|方."""
    if text.startswith(("免签", "过境免签"), match.end()):
        return True
    if unit in ("小时", "分钟"):
        around_the_clock = number == "24" and not _ALL_DAY.search(text, 0, match.start())
        return around_the_clock or _CIRCLE.match(text, match.end()) is not None
    return (unit == "里" and not number[:1].isdigit()) or (unit == "方" and not match["scale"])


def _names_something(text: str, match: re.Match[str], unit: str) -> bool:
    """What follows makes a name of it: 15|号线, 5|G, 6部|门."""
    if not unit:
        return _AFTER_NAME.match(text, match.end("number")) is not None if match["number"] else False
    return _AFTER_UNIT.match(text, match.end("unit") - 1) is not None


def _bare_figure(text: str, match: re.Match[str]) -> bool:
    """An Arabic numeral: without unit and scale only the first number of a range can be a quantity."""
    if match["unit"] or match["scale"] or match["level"]:
        return bool(re.match(r"[A-Za-z]", match["unit"] or "")) and text[match.end() : match.end() + 1].isalnum()
    if is_score(text, match.start(), match.end()):
        return False
    return text[match.end() : match.end() + 1] not in ("-", "~", "至", "到") or bool(_YEAR.match(match[0]))


def is_score(text: str, start: int, end: int) -> bool:
    """营商环境指数达到|92: the one thing counted without a unit."""
    said = _SCORED.search(text, max(0, start - 16), start) is not None
    return said and _SCORE_END.match(text, end) is not None


def _words(text: str, match: re.Match[str], before: str, unit: str) -> bool:
    """A numeral in Chinese: small ones with a general classifier count the list they head, or are idioms."""
    number, scale = match["number"], match["scale"]
    if match["level"] or not (unit or scale):
        return not scale and not text.startswith(("至百", "到百"), match.end())
    bounded = any((_BOUND.search(before), match["many"], match["over"], text.startswith(_BOUND_AFTER, match.end())))
    if number and unit:
        return not scale and _idle(number, unit, before, bounded=bounded)
    return not (bounded and (number or unit))


def _idle(number: str, unit: str, before: str, *, bounded: bool) -> bool:
    """一个平台, 三项改革, 百家企业: no quantity, unless it is said to be built, or how far it is reached."""
    if number in ("百", "千"):
        return not bounded
    if unit == TIMES:
        return False
    if number == "一" or unit in ("级", "次"):
        return number in _SMALL
    return number in _SMALL and unit in _CLASSIFIERS and not _BUILT.search(before)
