"""Reports that nobody ever gave, as their pages would print them: for databases of any size.

Places and projects are drawn from 80 characters, so that texts share the genre's words and little else. Goals and
results stand a sentence each in lines of their own, and only there are figures: so the targets of a text are those of
its lines.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from crawler.model import Target, TargetDiff
from crawler.targets import compare_targets, find_targets

_SIGNS = (
    "清沅云岭石溪白松桐陵青浦长兰桥金水安和永宁南康新丰平江城临武昌德怀义远通海盐泉湖沙坪阳朔"
    "柳林梅黄麻梓枫楚湘淮漳汾渭泾洛澜鹤鹿雁凤麒龙虎牛马羊玉银铜铁锦绣彩虹星辰晨曦"
)  # fmt: skip
_GOALS = (
    ("今年地区生产总值预期增长{}%左右。", 30, 90, 10),
    ("一般公共预算收入增长{}%以上。", 10, 120, 10),
    ("固定资产投资增长{}%。", 20, 150, 10),
    ("社会消费品零售总额增长{}%左右。", 30, 110, 10),
    ("规模以上工业增加值增长{}%以上。", 30, 130, 10),
    ("进出口总额增长{}%。", 10, 200, 10),
    ("居民人均可支配收入增长{}%左右。", 40, 95, 10),
    ("城镇新增就业{}万人以上。", 5, 180, 10),
    ("城镇调查失业率控制在{}%以内。", 40, 60, 10),
    ("粮食产量稳定在{}万吨以上。", 20, 900, 1),
    ("新建高标准农田{}万亩。", 2, 60, 1),
    ("新增科技型中小企业{}家。", 10, 400, 1),
    ("民间投资增长{}%以上。", 10, 150, 10),
    ("改造老旧小区{}个。", 3, 120, 1),
    ("实际使用外资增长{}%。", 10, 150, 10),
    ("单位地区生产总值能耗下降{}%左右。", 10, 45, 10),
)
"""A sentence, the least and the largest value, and what it is divided by."""
_VERBS = (
    *("加快推进", "扎实做好", "全面实施", "深入开展", "大力支持"),
    *("统筹安排", "积极争取", "持续优化", "有序启动", "高质量完成"),
)
_THINGS = (
    *("前期工作", "配套设施建设", "数字化改造", "环境综合整治", "招商引资", "人才引进", "公共服务提升", "防灾减灾工程"),
    *("生态修复", "农旅融合", "产业链延伸", "技术攻关", "品牌培育", "管网更新", "智慧管理", "便民服务"),
    *("安全生产治理", "运营机制改革", "绿色转型", "成果转化"),
)
_SITES = (
    *("产业园", "大桥", "水库", "中学", "人民医院", "公路", "工业集聚区"),
    *("湿地公园", "物流港", "文化中心", "变电站", "灌区", "古镇", "开发区"),
)
_ENDS = (
    "，让群众得到更多实惠。",
    "，力争年内见到实效。",
    "，进一步增强发展后劲。",
    "，守牢安全底线。",
    "，努力走在全省前列。",
)
_LENGTH = 180
"""Characters of a paragraph, about."""


class Report(NamedTuple):
    """A report; `lines` of the text, of which those from `goals` on, so many, are a goal each."""

    region: str
    year: int
    lines: tuple[str, ...]
    goals: tuple[int, int]

    @property
    def title(self) -> str:
        """As a portal calls it."""
        return f"{self.region}{self.year}年政府工作报告"

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.lines)


class Edited(NamedTuple):
    """A report after one edit, and what became of its targets."""

    report: Report
    targets: TargetDiff


def place(dice: random.Random) -> str:
    """A county or a city."""
    return "".join(dice.sample(_SIGNS, 2)) + dice.choice("市县县区")


def report(dice: random.Random, region: str, year: int, characters: int) -> Report:
    """A report of about so many characters."""
    head = [f"——{year}年1月在{region}人民代表大会会议上", "各位代表：", f"一、{year - 1}年工作回顾"]
    results = [f"{year - 1}年，{_goal(dice, form)}" for form in dice.sample(_GOALS, dice.randint(3, 8))]
    goals = [_goal(dice, form) for form in dice.sample(_GOALS, dice.randint(8, len(_GOALS)))]
    before = [*head, *results, f"二、{year}年主要预期目标"]
    behind = ["三、重点工作"]
    while sum(map(len, behind)) < characters - sum(map(len, (*before, *goals))):
        behind.append(_paragraph(dice))
    lines = (*before, *goals, *behind, "各位代表！让我们同心同德、真抓实干！")
    return Report(region, year, lines, (len(before), len(goals)))


def edited(dice: random.Random, old: Report) -> Edited:
    """The report after an edit such as editors make: a figure, a sentence, a goal put in or taken out."""
    first, many = old.goals
    kind = dice.choices(("figure", "words", "put in", "taken out"), (60, 25, 8, 7 if many > 1 else 0))[0]
    at = first + dice.randrange(many)
    if kind == "words":
        at = dice.randrange(first + many + 1, len(old.lines) - 1)
        return _with(old, at, at + 1, (_paragraph(dice),), many)
    if kind == "taken out":
        return _with(old, at, at + 1, (), many - 1)
    if kind == "put in":
        return _with(old, at, at, (_goal(dice, dice.choice(_GOALS)),), many + 1)
    form = next(form for form in _GOALS if _fits(form[0], old.lines[at]))
    return _with(old, at, at + 1, (_goal(dice, form),), many)


def targets_of(text: Report) -> tuple[Target, ...]:
    """What `find_targets` finds, line by line (what it finds in a line it is asked once)."""
    found: list[Target] = []
    start = 0
    for line in text.lines:
        found += (_moved(target, start) for target in _found(line, text.year))
        start += len(line) + 1
    return tuple(found)


def _with(old: Report, start: int, end: int, lines: Sequence[str], goals: int) -> Edited:
    new = old._replace(lines=(*old.lines[:start], *lines, *old.lines[end:]), goals=(old.goals[0], goals))
    offset = sum(len(line) + 1 for line in old.lines[:start])
    before, after = (
        [_moved(target, offset) for line in part for target in _found(line, old.year)]
        for part in (old.lines[start:end], lines)
    )
    return Edited(new, compare_targets(before, after))


@lru_cache(maxsize=100_000)
def _found(line: str, year: int) -> tuple[Target, ...]:
    return tuple(find_targets(line, year)) if any(sign.isdigit() for sign in line) else ()


def _moved(target: Target, by: int) -> Target:
    return replace(target, start=target.start + by, end=target.end + by, sent_start=target.sent_start + by)


def _goal(dice: random.Random, form: tuple[str, int, int, int]) -> str:
    sentence, least, most, parts = form
    return sentence.format(f"{dice.randint(least, most) / parts:g}")


def _fits(sentence: str, line: str) -> bool:
    before, _, behind = sentence.partition("{}")
    return line.startswith(before) and line.endswith(behind)


def _paragraph(dice: random.Random) -> str:
    said = ""
    while len(said) < _LENGTH:
        name = "".join(dice.choices(_SIGNS, k=2)) + dice.choice(_SITES)
        said += f"{dice.choice(_VERBS)}{name}{dice.choice(_THINGS)}、{dice.choice(_THINGS)}{dice.choice(_ENDS)}"
    return said
