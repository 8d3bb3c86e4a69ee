"""Every quantity of a text with what it measures, when, and whether it is promised or achieved.

Ring 1. `find_targets` returns mentions of every status (target, achievement, optional): an analyst wants to see what
was taken for an achievement, and a caller who wants promises filters by `status == "target"`. Rules only: the same text
gives the same mentions, and `Target.rule` names the rule and the words the status rests on.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import crawler.targets.phrases as phrases
from crawler.model import Target, value
from crawler.targets.grammar import Mention, mentions
from crawler.targets.indicators import key_of
from crawler.targets.periods import Deadline, Span, clause_end, deadlines, period_of, planned, plans, span_to
from crawler.targets.quantities import Quantity, quantities
from crawler.targets.reading import Sentence, sentences
from crawler.targets.relative import comparisons
from crawler.targets.scope import scope_of
from crawler.targets.status import Place, places, status_of
from crawler.targets.years import YEAR

MAX_MENTIONS = 20_000
"""No report has so many; what comes after them is not read."""
REACH = 120
"""Words that say when are looked for in so many characters before and after a number, within its clause."""
_YEAR_OF_REPORT = re.compile(
    rf"(?<![到至])({YEAR})年(?:经济社会发展|国民经济)?[^。,、到至\n]{{0,10}}?(?:预期目标|目标任务|总体要求|工作(?:安排|任务|建议|部署|思路)|政府工作报告|重点工作|政府工作|民生实事)"
)
_YEAR_SPOKEN = re.compile(rf"({YEAR})年\d{{1,2}}月\d{{1,2}}日在")
_YEAR_BEFORE = re.compile(rf"({YEAR})年[^。,、\n]{{0,8}}工作?回顾")
_WHEN = re.compile(rf"(?<![^,;:。(])(?:去年|上年|前年|今年|明年|过去[一五]年|{YEAR}年),$")
"""A clause that says only when belongs to the next."""
_YEARLY = re.compile("年均|平均每年|每年平均")
_ANY_NUMBER = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千万亿半同均高低快超优好领首番]")


@value
class _Setting:
    """What a sentence's surroundings say of its numbers."""

    place: Place
    year: int | None
    """The report's."""
    plan: Span | None
    """First and last year of the plan that the passage is about."""


def find_targets(text: str, year: int | None = None) -> list[Target]:
    """The quantities of a report, in order of their offsets into the text as given.

    `year` is the year the report is for; without it the text is asked, and if it does not say, periods stay empty.
    """
    read = list(sentences(text))
    year = year or _year_of("\n".join([sentence.text for sentence in read]))
    judged = zip(read, places(read, year), plans(read, year), strict=True)
    found = (
        target
        for sentence, place, plan in judged
        for target in _targets(sentence, _Setting(place=place, year=year, plan=plan))
    )
    return sorted(islice(found, MAX_MENTIONS), key=lambda target: (target.start, target.end))


def _year_of(text: str) -> int | None:
    """The year most often named as the one to plan for, or as the one before it that is looked back on."""
    planned = Counter(int(year) for year in _YEAR_OF_REPORT.findall(text))
    reviewed = Counter(int(year) + 1 for year in _YEAR_BEFORE.findall(text))
    spoken = Counter(int(year) for year in _YEAR_SPOKEN.findall(text[:1_000]))
    best = (planned + reviewed + spoken).most_common(1)
    return best[0][0] if best else None


def _targets(sentence: Sentence, setting: _Setting) -> Iterator[Target]:
    if not _ANY_NUMBER.search(sentence.text):
        return
    told = mentions(sentence, quantities(sentence))
    for mention in told:
        yield _target(sentence, mention, setting)
    for comparison in comparisons(sentence):
        around = _around(sentence.text, comparison.start, comparison.end)
        status, evidence = status_of(around, setting.place, setting.year)
        for name in comparison.indicators:
            yield _build(
                sentence,
                comparison.start,
                comparison.end,
                indicator=name,
                kind="relative",
                relation="outpace",
                status=status,
                period=_period(sentence.text, comparison.start, setting, status, ("relative", name)),
                rule=f"comparison; {evidence}",
            )
    yield from _deadlines(sentence, [each.quantity for each in told if each.optional != "attribute"], setting)


def _period(text: str, at: int, setting: _Setting, status: str, what: tuple[str, str], told: int | None = None) -> str:
    """The period of a number, told before `told` or else before the number at `at`; `what` is its kind and indicator.

    Where none is told it is the plan's that the passage is about, or the report's year; a result's is the year before.
    """
    year = setting.year - 1 if setting.year and status == "achievement" else setting.year
    default = str(year) if year else ""
    if setting.plan and status == "target":
        default = planned(setting.plan, *what)
    period = period_of(text, _clause(text, at), at if told is None else told, year, default)
    yearly = status == "target" and _YEARLY.search(text, max(0, at - 8), at) is not None
    return span_to(period, setting.year) if yearly and setting.year else period


def _clause(text: str, position: int) -> int:
    """Where the clause of a position begins, not looking further back than `REACH`."""
    reach = max(0, position - REACH)
    start = max(reach, max(text.rfind(mark, reach, position) for mark in ",;:。") + 1)
    said = _WHEN.search(text, max(0, start - 9), start)
    return said.start() if said else start


def _around(text: str, start: int, end: int) -> str:
    """The clause of a number."""
    return text[_clause(text, start) : min(clause_end(text, end), end + REACH)]


def _target(sentence: Sentence, mention: Mention, setting: _Setting) -> Target:
    text, item = sentence.text, mention.quantity
    status, evidence = status_of(_around(text, item.left, item.right), setting.place, setting.year)
    if mention.optional:
        status, evidence = "optional", mention.optional
    what = (mention.kind, mention.indicator)
    return _build(
        sentence,
        item.start,
        item.end,
        item,
        indicator=mention.indicator,
        kind=mention.kind,
        relation=item.relation,
        status=status,
        period=_period(text, item.left, setting, status, what, mention.told),
        rule=f"{mention.rule}; {evidence}",
    )


def _deadlines(sentence: Sentence, numbers: list[Quantity], setting: _Setting) -> Iterator[Target]:
    found = list(deadlines(sentence, setting.year))
    limits = [each.start for each in found[1:]] + [len(sentence.text)]
    for deadline, limit in zip(found, limits, strict=False):
        end = min(clause_end(sentence.text, deadline.after), limit)
        if any(deadline.start < item.start < end for item in numbers):
            continue
        name = _done_by(sentence, deadline, end)
        around = _around(sentence.text, deadline.start, deadline.after)
        status, evidence = status_of(around, setting.place, setting.year)
        if not name or deadline.date == f"{setting.year}-12":
            status = "optional" if status == "target" else status
        yield _build(
            sentence,
            deadline.start,
            deadline.end,
            indicator=name,
            kind="deadline",
            relation="at_most",
            unit="date",
            status=status,
            period=deadline.date,
            rule=f"deadline; {evidence}",
        )


def _done_by(sentence: Sentence, deadline: Deadline, end: int) -> str:
    before = phrases.before(sentence.text, _clause(sentence.text, deadline.start), deadline.start)
    done = sentence.raw[deadline.after : end].removeprefix("全部").removeprefix("实现").removeprefix("完成")
    return (sentence.raw[before.start : before.end] + done).strip("、（）()")


def _build(sentence: Sentence, start: int, end: int, number: Quantity | None = None, **said: str) -> Target:
    """A mention at a stretch of the sentence; `said` has the textual fields of `Target`."""
    first, last = sentence.origin(start, end)
    return Target(
        start=first,
        end=last,
        text=sentence.raw[start:end],
        sent_start=sentence.start,
        sentence=sentence.raw,
        low=number.low if number else None,
        high=number.high if number else None,
        key=key_of(said["indicator"]),
        scope=scope_of(sentence.text, start, said["indicator"]),
        **({"unit": number.unit if number else ""} | said),
    )
