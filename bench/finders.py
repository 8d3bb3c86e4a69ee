"""Finders of targets side by side: ours, peers from PyPI in a process of their own, and two regular expressions.

A finder is known here by its outputs alone: texts -> a list of mentions for each, in the words of the scorer. Peers and
the plain expressions tell no status, so each of their mentions counts as a target: that is what they offer.
"""

import re
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from bench import finder_worker, peers
from crawler.model import Target
from crawler.targets import find_targets
from crawler.targets.quantities import quantities
from crawler.targets.reading import sentences

REQUIREMENTS = Path(__file__).with_name("finders-requirements.txt")
_WORKER = Path(__file__).with_name("finder_worker.py")
_ROUNDS = 3
_FIELDS = ("start", "end", "text", "indicator", "kind", "relation", "unit", "period", "status", "sentence", "rule")

Mention = dict[str, Any]


class Text(NamedTuple):
    """A text of a report for a year."""

    name: str
    text: str
    year: int


class Finder(NamedTuple):
    """What a finder made of texts; `alone`: what it reads in spans without context; `offers`: the fields it gives."""

    name: str
    version: str
    mentions: list[list[Mention]]
    alone: list[list[Mention]]
    seconds: float
    offers: frozenset[str]
    errors: int = 0


def ours(texts: Sequence[Text], spans: Sequence[str]) -> Finder:
    """Targets with all their fields; for spans alone the reader of quantities below, which knows no indicator."""
    every = frozenset(("value", "unit", "relation", "kind", "indicator", "period", "status"))
    found, seconds = _timed(lambda text: [_row(target) for target in find_targets(text.text, text.year)], texts)
    return Finder("ours", version("report-crawler"), found, [_numbers(span) for span in spans], seconds, every)


def _row(target: Target) -> Mention:
    return _bounds(target.low, target.high) | {name: getattr(target, name) for name in _FIELDS}


def _numbers(span: str) -> list[Mention]:
    found = [item for sentence in sentences(span) for item in quantities(sentence)]
    return [{"start": item.start, "end": item.end, "unit": item.unit} | _bounds(item.low, item.high) for item in found]


def _bounds(low: Decimal | None, high: Decimal | None) -> Mention:
    return {"low": "" if low is None else str(low), "high": "" if high is None else str(high)}


_NUMBER = r"(?P<number>\d+(?:\.\d+)?)(?:(?:-|—|~|至|到)(?P<upper>\d+(?:\.\d+)?))?"
_SCALE = r"(?:万亿|千亿|百亿|亿|千万|百万|万)"
_WORDS = "个百分点|平方米|立方米|平方公里|公里|千瓦时|千瓦|吨标准煤|公顷|小时|分钟|人次|美元|元/月|%|‰"
_MEASURE = rf"(?:{_WORDS}|[^\W\da-zA-Z_年月日号届第])"
_UNIT = rf"(?P<unit>{_SCALE}?{_MEASURE})"
_PLAIN = re.compile(_NUMBER + _UNIT)
_VERBS = (
    "预期增长|增长|提高|提升|下降|降低|减少|新增|增加|净增|达到|达|完成|实现|建设|建成|新建|改造|改建|控制在|稳定在|保持在|力争|确保|"
    "培育|引进|实施|推进|推动|打造|开展|培训|新建|新认定|新引进|发展|落实|争取|突破|超过|超"
)
_CUED = re.compile(
    rf"(?P<subject>[^\s\d，。；、：,;:！？]{{0,25}}?)(?P<verb>{_VERBS})(?P<object>[^\s\d，。；、：,;:！？]{{0,25}}?)"
    rf"(?P<before>不低于|不少于|不超过|不高于|超过|突破|高于|约|超|近)?{_NUMBER}{_UNIT}(?P<after>以上|左右|以内|以下)?"
)
_RELATIONS = {
    "at_least": ("不低于", "不少于", "以上"),
    "more_than": ("超过", "突破", "高于", "超"),
    "at_most": ("不超过", "不高于", "以内", "以下"),
    "about": ("约", "近", "左右"),
}
_KINDS = {
    "增长": "growth",
    "下降": "decline",
    "降低": "decline",
    "减少": "decrement",
    "新增": "increment",
    "增加": "increment",
}


def every_number(texts: Sequence[Text], spans: Sequence[str]) -> Finder:
    """Every Arabic number that has a unit behind it: what a reader in a hurry would write."""
    return _expression("every number with a unit", _PLAIN, texts, spans, frozenset(("value", "unit")))


def cued_numbers(texts: Sequence[Text], spans: Sequence[str]) -> Finder:
    """Noun, verb, noun, bound, number, unit, bound: the kind of expression that is passed on; this one is our own."""
    offers = frozenset(("value", "unit", "relation", "kind", "indicator"))
    return _expression("noun, verb, number", _CUED, texts, spans, offers)


def _expression(
    name: str, pattern: re.Pattern[str], texts: Sequence[Text], spans: Sequence[str], offers: frozenset[str]
) -> Finder:
    found, seconds = _timed(lambda text: [_match(match) for match in pattern.finditer(text.text)], texts)
    alone = [[_match(match) for match in _PLAIN.finditer(span)] for span in spans]
    return Finder(name, "", found, alone, seconds, offers)


def _match(match: re.Match[str]) -> Mention:
    said = match.groupdict()
    low, high, unit = said["number"], said["upper"] or said["number"], said["unit"]
    verb = (said.get("verb") or "").removeprefix("预期")
    words = {verb, said.get("before"), said.get("after")} - {None}
    relation = next((name for name, cues in _RELATIONS.items() if words.intersection(cues)), "eq")
    relation = "range" if low != high else "at_most" if verb == "控制在" and relation == "eq" else relation
    if verb:
        low, high = "" if relation == "at_most" else low, "" if relation in ("at_least", "more_than") else high
    kind = _KINDS.get(verb, "rate" if unit == "%" else "level")
    place = {"start": match.start("number"), "end": match.end("unit"), "text": match[0]}
    return (
        place
        | {"low": low, "high": high, "unit": unit, "relation": relation, "kind": kind}
        | {"indicator": said.get("object") or said.get("subject") or ""}
    )


def _timed(find: Callable[[Text], list[Mention]], texts: Sequence[Text]) -> tuple[list[list[Mention]], float]:
    rounds = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        found = [find(text) for text in texts]
        rounds.append(time.perf_counter() - begun)
    return found, min(rounds)


_OFFERS = {"jionlp": frozenset(("value", "unit", "relation"))}


def peer(environment: peers.Environment, name: str, texts: Sequence[Text], spans: Sequence[str]) -> Finder:
    """A peer from PyPI; raises `peers.UnavailableError` with the reason."""
    package = finder_worker.PEERS[name].package
    year = texts[0].year if texts else 2000
    rows = [{"text": text.text, "year": text.year, "timed": True} for text in texts]
    rows += [{"text": span, "year": year, "timed": False} for span in spans]
    *answers, last = peers.ask(environment, package, (str(_WORKER), name, str(_ROUNDS)), rows)
    found = [answer["mentions"] for answer in answers]
    errors = sum(bool(answer["error"]) for answer in answers)
    offers = _OFFERS.get(name, frozenset(("value", "unit")))
    return Finder(name, last["version"], found[: len(texts)], found[len(texts) :], last["seconds"], offers, errors)


def all_finders(
    texts: Sequence[Text], spans: Sequence[str], environment: peers.Environment | None
) -> tuple[list[Finder], list[tuple[str, str]]]:
    """Ours, the expressions and, with an environment, the peers; and those that could not be run, with the reason."""
    found, absent = [ours(texts, spans), every_number(texts, spans), cued_numbers(texts, spans)], []
    if environment is None:
        return found, []
    for name in finder_worker.PEERS:
        try:
            found.append(peer(environment, name, texts, spans))
        except peers.UnavailableError as reason:
            absent.append((name, str(reason)))
    return found, absent
