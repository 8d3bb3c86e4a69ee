"""Of which part of the region a number is said, where its indicator does not say so itself.

Ring 1; pure. 中心城区新增停车位5万个 and 北山高新区提质提效，亩均税收达到35万元 speak of a part. A number without such
words is of the whole region, and its scope is empty, whether 全市 is written or not. What stands inside the indicator
(规上, 制造业) stays there: two keys, not two scopes. Only a place that opens a clause as its subject counts.
"""

import re

from crawler.targets.words import GENERIC, KEPT, OBJECT_VERBS, word_at

REACH = 120
"""The words are looked for so many characters before the number, within its part of the sentence."""
_PLACES = "高新区|开发区|经开区|新区|合作区|自贸区|试验区|先行区|新城区"
_PLACE = re.compile(
    rf"中心城区|主城区|老城区|各(?:乡镇|[市县区州]{{1,2}})(?:\([^()]{{1,4}}\))?|[\u4e00-\u9fff]{{2,8}}?(?:{_PLACES})"
)
_NO_SUBJECT = re.compile("[和与及或等的、,建发改内外以中达有增总]|累计|突破")
_OTHER_VERBS = ("出台", "着眼", "对接", "依托", "全")
_WHOLE = ("全市", "全省", "全县", "全区", "全国", "全州")
_VERBS = GENERIC | KEPT | OBJECT_VERBS


def scope_of(text: str, position: int, indicator: str) -> str:
    """The part of the region of the number at an offset into a half-width sentence; else empty."""
    start = max(text.rfind(mark, 0, position) for mark in ";:。") + 1
    for clause in _clauses(text, start, position):
        if text.startswith(_WHOLE, clause):
            break
        scope = _subject(text, clause, position)
        if scope:
            return "" if scope in indicator else scope
    return ""


def _clauses(text: str, start: int, position: int) -> list[int]:
    """Where the clauses up to a position begin, the nearest first, not further back than `REACH`."""
    reach = max(start, position - REACH)
    begins = [index + 1 for index in range(reach, position) if text[index] == ","]
    return [*reversed(begins), *([start] if reach == start else [])]


def _subject(text: str, begin: int, end: int) -> str:
    named = _PLACE.match(text, begin, end)
    name = named[0] if named else ""
    if not named or name.startswith(_OTHER_VERBS) or (name[:1] != "各" and word_at(name, 0, _VERBS)):
        return ""
    return "" if _NO_SUBJECT.match(text, named.end()) else name
