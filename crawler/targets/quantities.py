"""The quantities of one sentence: numeral, unit and bound words; ranges joined, names that look like numbers left out.

Ring 1. A quantity knows nothing yet of what it measures: `crawler.targets.grammar` adds that.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import crawler.targets.names as names
from crawler.model import value
from crawler.numerals import ARABIC, CHINESE, between_numerals, parse_numeral
from crawler.targets.reading import Sentence
from crawler.targets.units import POINTS, RANKS, TIMES, UNIT_PATTERN, scale_of

NUMBER = rf"(?P<number>{ARABIC}|{CHINESE})?(?P<many>[余多])?(?P<scale>万亿|亿|万)?(?P<over>[余多])?(?P<level>元?级)?"
_QUANTITY = re.compile(
    rf"""(?=[\d零〇一二两三四五六七八九十百千几数万亿翻过半第首前])(?<![\d.A-Za-z])(?:
    (?P<ratio>(?P<below>[二三四五六七八九十]{{1,2}})分之(?P<above>[一二三四五六七八九]))
  | (?P<slash>\d/\d)(?![\d/])
  | (?P<tenths>[\d一二两三四五六七八九](?:\.\d)?)成(?P<part>[一二三四五六七八九半])?
      (?![为立功就果员长本品立效交绩熟都套人])
  | (?P<digits>两位数)
  | 翻(?P<folds>[一两二三])?番
  | (?P<half>过半|一半|半数)
  | 第(?P<rank>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?P<place>位|名)?
  | (?P<top>首位)
  | 前(?P<first>\d{{1,3}}|[一二三四五六七八九十百]{{1,2}})(?P<among>位|名|强|%)?
  | (?P<percent>[百千]分之(?P<hundredths>{CHINESE}|\d{{1,4}}(?:\.\d+)?)
      (?:[到至~—-]+(?!百分)(?P<upper>{CHINESE})(?![\d年月日个万亿倍成]))?)
  | (?=[\d零〇一二两三四五六七八九十百千几数万亿]){NUMBER}(?P<unit>{UNIT_PATTERN})?(?:\(套\)|\(间\))?
    )""",
    re.VERBOSE,
)
_BEFORE = {
    "at_least": ("≥", "不低于", "不少于", "至少", "不小于", "不得低于", "不得少于", "最低", "大于等于"),
    "more_than": (">", "超过", "突破", "高于", "大于", "超", "逾", "跨越", "跨过", "破"),
    "at_most": (
        "≤",
        "不超过",
        "不高于",
        "不大于",
        "不多于",
        "控制在",
        "不得超过",
        "最多",
        "压减到",
        "控制到",
        "不突破",
    ),
    "less_than": ("<", "低于", "不到", "小于", "少于", "不足"),
    "about": ("大约", "接近", "将近", "约", "近"),
}
_AFTER = {
    "at_least": ("及以上", "以上", "+"),
    "at_most": ("以内", "之内", "及以下", "以下"),
    "about": ("左右", "上下"),
    "more_than": ("多", "余"),
}
_LEFT = sorted(((word, name) for name, words in _BEFORE.items() for word in words), key=lambda pair: -len(pair[0]))
_RIGHT = [(word, name) for name, words in _AFTER.items() for word in words]
_AT_LEAST_DO = re.compile(
    "(?:至少|不少于|不低于)(?:新建|建成|建设|完成|打造|培育|新增|引进|落地|开展|组织|实施|改造|创建)$"
)
_COMPARED = re.compile(r"(?:高于|快于|高出|低于|优于|好于|领先)[^,;:。、\d]{1,16}$")
_WHO = re.compile(r"(?:责任|牵头|配合|主办|承办|协办|协同|主责|实施)(?:单位|部门|领导|人):[^;。)]*")
"""Who does it, in a list of tasks: no quantity of theirs is promised (5个开发区管委会)."""
_CONNECTOR = re.compile(r"(?:[-~至到]|--|—)")


@value
class Quantity:
    """One number with its unit and bound; offsets are into the sentence's `text`."""

    start: int
    end: int
    left: int
    """Where the bound words before it begin (`start` without any)."""
    right: int
    """Where the bound words after it end."""
    low: Decimal | None
    high: Decimal | None
    unit: str
    relation: str = "eq"
    form: str = "plain"
    """plain, share (一半), digits (两位数), fold (翻番), rank, level (千亿级), words (Chinese), bare (no numeral)."""

    @property
    def amount(self) -> Decimal | None:
        """Its number, on whichever side it stands; of a range the lower one."""
        return self.high if self.low is None else self.low

    @property
    def bounded(self) -> bool:
        """It has bound words of its own."""
        return self.right > self.end or self.left < self.start


def quantities(sentence: Sentence) -> list[Quantity]:
    """The quantities of a sentence in order, ranges as one, names left out."""
    text = sentence.text
    quotations = names.quoted(sentence.raw)
    who = [found.span() for found in _WHO.finditer(text)]
    found = []
    for match in _QUANTITY.finditer(text):
        if match.end() == match.start() or any(start <= match.start() < end for start, end in who):
            continue
        if names.is_name(text, match, quotations):
            continue
        quantity = _read(match)
        if quantity is not None:
            found.append(quantity)
    joined = _ranges(text, found)
    return [_bound(text, item) for item in joined if item.unit or names.is_score(text, item.start, item.end)]


def _read(match: re.Match[str]) -> Quantity | None:
    if match["number"] is None and match["scale"] is None:
        return _special(match)
    number, scale, unit, level = (match[name] or "" for name in ("number", "scale", "unit", "level"))
    amount = parse_numeral(number) if number else Decimal(1)
    if amount is None:
        return None
    if level:
        return _quantity(match, amount, scale + level[:-1], "at_least", "level")
    if not (number or unit):
        return None
    if between := between_numerals(number):
        return replace(_quantity(match, between[0], scale + unit, form="words"), high=between[1], relation="range")
    return _quantity(match, amount, scale + unit, _vague(match, number), _form(number))


def _form(number: str) -> str:
    if not number:
        return "bare"
    return "plain" if number[0].isdigit() else "words"


def _vague(match: re.Match[str], number: str) -> str:
    """The bound inside a numeral: 200余家, 8000多户, 数十家."""
    if match["many"] or match["over"]:
        return "more_than"
    return "at_least" if number.startswith(("数", "几")) else "eq"


def _quantity(match: re.Match[str], amount: Decimal, unit: str, relation: str = "eq", form: str = "plain") -> Quantity:
    start, end = match.start(), match.end()
    low, high = _sides(relation, amount)
    return Quantity(
        start=start, end=end, left=start, right=end, low=low, high=high, unit=unit, relation=relation, form=form
    )


def _special(match: re.Match[str]) -> Quantity | None:
    """Shares, folds and ranks: numbers that are words of their own."""
    if match["digits"]:
        return _quantity(match, Decimal(10), "%", "at_least", "digits")
    if match["percent"]:
        percent = parse_numeral(match["hundredths"])
        upper = parse_numeral(match["upper"]) if match["upper"] else None
        if percent is None:
            return None
        read = _quantity(match, percent, "‰" if match[0].startswith("千") else "%")
        return read if upper is None else replace(read, high=upper, relation="range")
    if match["half"]:
        return _quantity(match, Decimal(50), "%", "more_than" if match["half"] == "过半" else "eq", "share")
    share = _share(match)
    return _place_or_fold(match) if share is None else _quantity(match, share, "%", form="share")


def _share(match: re.Match[str]) -> Decimal | None:
    """三分之一, 1/4 and 八成 in per cent; None: it is none of them, or nothing is divided by nothing."""
    if match["tenths"]:
        part = Decimal(5) if match["part"] == "半" else parse_numeral(match["part"] or "") or Decimal(0)
        return (parse_numeral(match["tenths"]) or Decimal(0)) * 10 + part
    parts = (match["above"], match["below"]) if match["ratio"] else (match["slash"] or "0/0").split("/")
    above, below = (parse_numeral(part) for part in parts)
    if not above or not below:
        return None
    exact = above * 100 / below
    return exact if exact == exact.to_integral_value() else exact.quantize(Decimal("0.01"))


def _place_or_fold(match: re.Match[str]) -> Quantity | None:
    if match[0].startswith("翻"):
        folds = {"两": 2, "二": 2, "三": 3}.get(match["folds"] or "一", 1)
        return _quantity(match, Decimal(2**folds), TIMES, form="fold")
    if match["top"]:
        return _quantity(match, Decimal(1), "位", form="rank")
    word = match["rank"] or match["first"]
    place = parse_numeral(word) if word else None
    if place is None:
        return None
    if match["first"]:
        unit = match["among"] if match["among"] in ("%", "强") else "位"
        shifted = _quantity(match, place, unit, "at_most", "rank")
        return replace(shifted, start=match.start() + 1)
    return _quantity(match, place, "位", form="rank")


def _ranges(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Two numbers with only a dash or 到/至 between them are one range; the first takes scale and unit of the last."""
    index = 0
    while index < len(found):
        item = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        gap = text[item.end : following.start] if following else ""
        if following and 1 <= len(gap) <= 2 and _CONNECTOR.fullmatch(gap) and _fits(text, item, following):
            item = _joined(item, following)
            index += 1
        yield item
        index += 1


def _fits(text: str, first: Quantity, last: Quantity) -> bool:
    baseline = text[max(0, first.start - 1) : first.start] in ("从", "由")
    if baseline or first.low is None or last.low is None or RANKS & {first.unit, last.unit}:
        return False
    if not last.unit:
        return not first.unit
    return first.unit in ("", last.unit) or last.unit.endswith(first.unit) or len(first.unit) == 1


def _joined(first: Quantity, last: Quantity) -> Quantity:
    low, factor = first.low, Decimal(1)
    if low is not None and first.unit and first.unit != last.unit:
        factor = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}.get(first.unit[0], Decimal(1))
        against = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}.get(last.unit[0], Decimal(1))
        low = low * factor / against
    scale, upper = scale_of(last.unit)[0], last.low or last.high
    if low is not None and upper is not None and not first.unit and low > upper and scale > 1:
        low /= scale  # 8000到1万: each has its own scale
    return replace(last, start=first.start, left=first.left, low=low, high=last.low or last.high, relation="range")


def _bound(text: str, item: Quantity) -> Quantity:
    """The quantity with its bound: the word nearest the number wins, the one after it if both touch it."""
    after, upward = next((pair for pair in _RIGHT if text.startswith(pair[0], item.end)), ("", ""))
    if item.form == "rank" or item.relation == "range":
        return item
    if item.unit in POINTS:
        compared = _COMPARED.search(text, max(0, item.start - 22), item.start)
        if compared:
            return _moved(item, compared.start(), item.end + len(after), "outpace")
    before, downward = _left_bound(text, item.start)
    least = "at_least" if _AT_LEAST_DO.search(text, max(0, item.start - 8), item.start) else ""
    relation = upward or downward or least or item.relation
    if downward == "at_most" and upward != "about":
        relation = "at_most"
    return _moved(item, item.start - len(before), item.end + len(after), relation)


def _left_bound(text: str, start: int) -> tuple[str, str]:
    """The bound word before a number and its relation; 最近, 接近 and 突破 are words of their own."""
    window = text[max(0, start - 4) : start]
    word, relation = next((pair for pair in _LEFT if window.endswith(pair[0])), ("", ""))
    if len(word) == 1 and word in "近破超" and window[-2:-1] and window[-2:-1] in "最接突打附邻":
        return "", ""
    return word, relation


def _moved(item: Quantity, left: int, right: int, relation: str) -> Quantity:
    low, high = _sides(relation, item.amount)
    return replace(item, left=left, right=right, relation=relation, low=low, high=high)


def _sides(relation: str, amount: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    if relation in ("at_least", "more_than", "outpace"):
        return amount, None
    if relation in ("at_most", "less_than"):
        return None, amount
    return amount, amount
