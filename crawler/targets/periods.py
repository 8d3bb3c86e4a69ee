"""When: the period a number is for, and deadlines (10月底前全部开工) as mentions of their own.

Ring 1. Periods are written 2025, 2021-2025, 2025-10, 2025Q1, 2025H1.
"""

import re
from collections.abc import Iterable, Iterator

from crawler.model import value
from crawler.targets.reading import Sentence
from crawler.targets.years import PLAN, PLAN_NAME, PLANS, YEAR

_PERIOD = re.compile(
    rf"""(?=[\d一二三四五六七八九十上下前第今未明全本"])(?:(?P<years>{YEAR})年?[-~至到](?P<until>{YEAR})年
    |(?<![比较由从])(?P<year>{YEAR})年(?!增长|的?基础|基数|同期)(?:(?P<quarter>[一二三四])季度|(?P<half>上半年))?
    |(?P<q>[一二三四])季度|(?P<h1>上半年)|(?P<h2>下半年)|(?P<three>前三季度)
    |(?<![比较])(?<![比较]")"?(?P<plan>{PLAN})"?(?:计划|规划)?(?:时期|期间|期末|末)|第(?P<order>[六七八九十])个五年计划
    |(?:今后|未来)(?P<span>[三五])年|(?P<next>明年)|(?P<this>今年|全年)|(?P<century>本世纪末)
    |(?P<month>1[0-2]|[1-9])月(?:底|末|\d{{1,2}}日)?之?前)""",
    re.VERBOSE,
)
_HOLDS_ON = ("years", "year", "plan", "order", "span", "next", "this", "century")
"""Periods that hold for the clauses after theirs, if they open one."""
_OPENS = re.compile(r'(?:^|[,;:。(])(?:力争|争取|确保|预计|力求|其中)?(?:到|至|在)?"?$')
REACH = 240
"""A period holds for so many characters within its sentence."""
OPENING = 30
"""Words that say what a line is about stand among so many of its first characters."""
SUBJECT = 14
"""What a paragraph is about stands among so many."""
_PLAN_AHEAD = re.compile(
    rf'(?<![与和把同])(?<![与和把同]")({PLAN_NAME})|(?P<next>今后五年|未来五年)|《[^》]{{0,30}}纲要[^》]{{0,8}}》'
)
_THIS_YEAR = re.compile(rf"今年|({YEAR})年")
_TOP_MARK = re.compile("[一二三四五六七八九十]{1,3}、")
_QUARTERS = {"一": "Q1", "二": "Q2", "三": "Q3", "四": "Q4"}
_DEADLINE = re.compile(
    rf"(?=[\d年底])(?:(?P<year>{YEAR})年)?(?:(?P<month>1[0-2]|[1-9])月(?:(?P<day>[12]\d|3[01]|[1-9])日|底|份|末|初|中旬)?|(?P<end>年底|底))(?=前|之前)"
)
_CLAUSE_END = re.compile(r"[,;。:!?]")


Span = tuple[int, int]
"""A first and a last year."""


@value
class Deadline:
    """A calendar date by which something is to be done; offsets into the sentence."""

    start: int
    end: int
    date: str
    """2025-10 or 2025-10-15; empty: the year is not known."""
    after: int
    """Where the words begin that say what is to be done."""


def plans(sentences: Iterable[Sentence], year: int | None) -> Iterator[Span | None]:
    """For each sentence the years of the plan it tells of: from a line about one to a line about a year."""
    current = None
    for sentence in sentences:
        if sentence.first and year:
            current = _plan_told(sentence.text, year, current)
        yield current


def _plan_told(line: str, year: int, current: Span | None) -> Span | None:
    """A short line may name its plan anywhere, a paragraph only where it opens, and no longer after a year."""
    reach = OPENING if len(line) <= OPENING and line[-1] != "。" else SUBJECT
    ahead = [plan for found in _PLAN_AHEAD.finditer(line, 0, reach) if (plan := _span(found, year))[1] > year]
    this = _THIS_YEAR.search(line, 0, OPENING)
    if ahead and not (this and this.start() < SUBJECT // 2):
        return ahead[-1]
    return None if (this and this[1] in (None, str(year))) or _TOP_MARK.match(line) else current


def _span(found: re.Match[str], year: int) -> Span:
    if found[1]:
        return PLANS[found[1]]
    first_year = any(year == plan[0] for plan in PLANS.values())
    return (year, year + 4) if found["next"] or first_year else (year, year)


def planned(plan: Span, kind: str, indicator: str) -> str:
    """The period of a number of a plan that names none: its years for changes and what is held, else its last year."""
    held = kind in ("growth", "decline", "increment", "decrement", "relative") or "失业率" in indicator
    return f"{plan[0]}-{plan[1]}" if held else str(plan[1])


def span_to(period: str, year: int) -> str:
    """The years of an average to be reached by a year ahead: those of the plan that ends then, or from this one on."""
    if not period.isdigit() or int(period) <= year:
        return period
    first = next((plan[0] for plan in PLANS.values() if plan[1] == int(period)), year)
    return f"{first}-{period}"


def period_of(text: str, clause: int, position: int, year: int | None, default: str) -> str:
    """The period of a number: named in its clause before it, or by a clause that opened with it; else `default`."""
    found = next(reversed(list(_PERIOD.finditer(text, clause, position))), None) or _held(text, clause)
    return _written(found, year) or default if found and found["this"] != "今年" else default


def _held(text: str, clause: int) -> re.Match[str] | None:
    """The period that opened a clause before and still holds."""
    held = None
    for found in _PERIOD.finditer(text, max(0, clause - REACH), clause):
        opens = _OPENS.search(text, max(0, found.start() - 5), found.start()) is not None
        if opens and any(found[name] for name in _HOLDS_ON) and not (found["quarter"] or found["half"]):
            held = found
    return held


def _written(found: re.Match[str], year: int | None) -> str:
    if found["years"]:
        return f"{found['years']}-{found['until']}"
    if found["plan"] or found["order"]:
        first, last = PLANS[found["plan"] or found["order"].replace("十", "") + "五"]
        return f"{first}-{last}"
    named = int(found["year"]) if found["year"] else year
    return _in_year(found, named) if named is not None else ""


def _in_year(found: re.Match[str], named: int) -> str:
    """A span from a year on, a part of it, or the year that is meant."""
    if found["span"]:
        return f"{named}-{named + (4 if found['span'] == '五' else 2)}"
    if found["month"]:
        return f"{named}-{int(found['month']):02d}"
    parts = {"half": "H1", "h1": "H1", "h2": "H2", "three": "Q1-Q3"}
    part = next((written for name, written in parts.items() if found[name]), "")
    quarter = _QUARTERS.get(found["quarter"] or found["q"], "")
    century = -(-named // 100) * 100 if found["century"] else named
    return f"{century + bool(found['next'])}{quarter or part}"


def deadlines(sentence: Sentence, year: int | None) -> Iterator[Deadline]:
    """The deadlines of a sentence."""
    text = sentence.text
    for match in _DEADLINE.finditer(text):
        if text[match.start() - 1 : match.start()].isdigit() or (match["end"] == "底" and not match["year"]):
            continue
        after = match.end() + (2 if text.startswith("之前", match.end()) else 1)
        yield Deadline(start=match.start(), end=match.end(), date=_date(match, year), after=after)


def _date(match: re.Match[str], year: int | None) -> str:
    named = match["year"] or year
    if not named:
        return ""
    month = 12 if match["end"] else int(match["month"])
    day = f"-{int(match['day']):02d}" if match["day"] else ""
    return f"{named}-{month:02d}{day}"


def clause_end(text: str, position: int) -> int:
    """Where the clause that holds `position` ends."""
    found = _CLAUSE_END.search(text, position)
    return found.start() if found else len(text)
