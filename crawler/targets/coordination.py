"""Lists: subjects that share a head, values that share a bound, and the pairs of 分别.

Ring 1.
"""

import re
from dataclasses import replace

from crawler.numerals import SCALES
from crawler.targets.quantities import Quantity
from crawler.targets.units import scale_of
from crawler.targets.words import KEPT, METRICS, word_at

_SPLIT = re.compile(r"、|以及|(?<![饱总温])和(?![美谐平睦])|(?<!参)与(?!率)|(?<![普以])及(?![率格时其以])")
_METRIC = re.compile("|".join(sorted(METRICS, key=len, reverse=True)))
_HEAD_WORDS = re.compile(
    r"(?:居民|耕种收|综合|人均|年均|规上|规模以上|总|收盘|贷款|参保|入学|增加值|研发|工业|平均|单位)+$"
)
MOST = 30
"""No list of values is longer."""
_COUNTED_LIST = re.compile(r"([^、和]{1,8}(?:[、和][^、和]{1,8})+?)[两三四五六七八九十]大?个?((?<=[大个]).{2,20})")
"""沿江、沿海两大|城镇带生产总值: each member has what follows their number."""
_CHANGE_TAIL = re.compile(r"(?:年均)?(?:增长|增速|增幅|涨幅|上涨|增长率|增长速度|年均)$|(?:降幅|下降)$")


def values(text: str, found: list[Quantity], index: int) -> list[Quantity]:
    """The run of numbers from `index` on with nothing but list marks between them."""
    run = [found[index]]
    for item in found[index + 1 : index + MOST]:
        gap = text[run[-1].right : item.left]
        if not gap or not re.fullmatch(r"[、和及与]|以及|,", gap):
            break
        run.append(item)
    return run


def parted(name: str, values: int) -> str:
    """城乡低保标准 of two values speaks of town and country."""
    if values != 2 or not name.startswith("城乡") or _SPLIT.search(name):
        return name
    town = "城市" if name.startswith("城乡低保") else "城镇"
    return f"{town}、农村{name[2:]}" if name.endswith(METRICS) else f"{town}{name[2:]}、农村{name[2:]}"


def subjects(name: str) -> list[str]:
    """The members of a list of subjects, each with the head (or the qualifier) they share."""
    name = re.sub("^城乡居民", "城镇、农村居民", name)
    if counted := _COUNTED_LIST.fullmatch(name):
        return [part + counted[2] for part in re.split("、|和", counted[1])]
    parts = [part for part in _SPLIT.split(_protected(name)) if part]
    if len(parts) < 2:
        return [name]
    parts = [part.replace("\0", "、").replace("\1", "和") for part in parts]
    head = _shared_head(parts)
    verb = word_at(parts[0], 0, KEPT)
    whole = [part if part.endswith(head) or _METRIC.search(part[-4:]) else part + head for part in parts]
    return [part if not verb or part.startswith(verb) else verb + part for part in whole]


def _protected(name: str) -> str:
    """The name with list marks inside brackets and quotations hidden."""
    return re.sub(
        r"[(（“\"][^()（）“”\"]{0,30}[)）”\"]", lambda match: match[0].replace("、", "\0").replace("和", "\1"), name
    )


def _shared_head(parts: list[str]) -> str:
    """What the last member holds for all: the words from its first measure word on (家电、新能源汽车|零售额)."""
    last = parts[-1]
    found = _METRIC.search(last)
    if found is None or found.start() == 0 or all(_METRIC.search(part) for part in parts[:-1]):
        tail = next((word for word in ("增速", "比例", "项目", "参保", "编制") if last.endswith(word)), "")
        return "" if all(part.endswith(tail) for part in parts) else tail
    before = _HEAD_WORDS.search(last[: found.start()])
    return last[before.start() if before and before.start() else found.start() :]


def share_bound(run: list[Quantity]) -> list[Quantity]:
    """A bare list takes the bound of its last member, or of its first if that one stands before the list.

    It takes the unit of its last member too (减少10.6万、3.8万平方公里).
    """
    unit = scale_of(run[-1].unit)[1]
    run = [replace(item, unit=item.unit + unit) if item.unit in SCALES else item for item in run]
    earlier_bare = not any(item.bounded for item in run[:-1])
    last, first = run[-1], run[0]
    if last.bounded and earlier_bare and last.right > last.end:
        return [_bounded_like(item, last) for item in run]
    if first.left < first.start and not any(item.bounded for item in run[1:]):
        return [_bounded_like(item, first) for item in run]
    return run


def _bounded_like(item: Quantity, model: Quantity) -> Quantity:
    amount = item.low if item.low is not None else item.high
    upper, lower = model.low is None, model.high is None
    return replace(item, relation=model.relation, low=None if upper else amount, high=None if lower else amount)


def without_change(name: str, kind: str) -> str:
    """居民消费价格涨幅 -> 居民消费价格, for a growth; the economy's growth stays as it is called."""
    if kind not in ("growth", "decline"):
        return name
    short = _CHANGE_TAIL.sub("", name)
    return "经济增长" if short == "经济" else short or name
