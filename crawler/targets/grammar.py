"""From the quantities of one sentence to mentions: which indicator each measures, and as what kind of quantity.

Ring 1. Clauses are read from left to right; what a clause leaves unsaid (ellipsis, 其中, shared verbs) is taken from
what was said before it in the same sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import crawler.targets.coordination as coordination
import crawler.targets.phrases as phrases
from crawler.model import value
from crawler.targets.attributes import attribute
from crawler.targets.indicators import CANONICAL, key_of
from crawler.targets.kinds import kind_of, normalised
from crawler.targets.phrases import Phrase
from crawler.targets.quantities import Quantity
from crawler.targets.reading import Sentence
from crawler.targets.units import is_counted
from crawler.targets.words import ATTRIBUTES, HEADS, KEPT, word_at
from crawler.targets.years import YEAR

_CLAUSE = re.compile(r"[,;:。!?]|(?<=同步|水平|增速)、")
_LIST_MARK = re.compile(r"[(]?[一二三四五六七八九十\d]{1,3}[)、.](?!\d)")
_RANK = re.compile("(?:世界|国家|区域|乡镇|街道|行业|部|省|市|州|区|县|乡|镇|村)级")
_GROWTH_OF_ALL = re.compile("的?(?:预期)?(?:经济)?(?:增长|增速)(?:预期)?(?:目标|速度)?(?=[,;:。、与是为]|$)")
"""Growth of nothing named is the economy's (5%左右的|增长目标)."""
_TIME = re.compile(rf"[一二三四]季度|[上下]半年|前三季度|全年|今年|明年|{YEAR}年")
_SAID_OF_NOUN = re.compile(r"[\u4e00-\u9fff]{1,8}")
_MEASURED = re.compile(r"\d+(?:\.\d+)?[万亿]?[\u4e00-\u9fff]+$")
_KNOWN = frozenset(CANONICAL.values())
_FOOTNOTE = re.compile(r"(?:[①-⑳]+|\[\d{1,3}\]|(?<=[\u4e00-\u9fff”])\d{1,2})$")
"""The mark of a note, glued to the word before it."""
_OF = re.compile("的(?![有是为])")
"""80%以上|的企业: what the share is of stands behind it."""
_ROW = re.compile(r"\d{1,3}(?=[\u4e00-\u9fff\"])")
_SIZES = frozenset(("全长", "总长", "路线全长", "占地", "占地面积", "建筑面积", "总建筑面积"))
"""Said of nothing but the project they stand beside: how large it is."""
MAX_INDICATOR = 60


@value
class Mention:
    """A quantity with what it measures, before its period and status are known."""

    quantity: Quantity
    indicator: str
    kind: str
    rule: str
    told: int | None = None
    """Where in the sentence its period is told, if not before the number."""
    optional: str = ""
    """Why it may not count (a project's attribute, a baseline); empty: it does."""


@dataclass
class _State:
    """What has been said so far in the sentence."""

    sentence: Sentence
    clause: int = 0
    cursor: int = 0
    indicator: str = ""
    parent: str = ""
    verb: str = ""
    names: list[str] = field(default_factory=list)
    """Of the last list of subjects with values of their own: a second list of values is theirs too (从…提高到…)."""
    last: Quantity | None = None
    mentions: list[Mention] = field(default_factory=list)


def mentions(sentence: Sentence, found: list[Quantity]) -> list[Mention]:
    """The mentions of a sentence, in order; a number with 均/各 or 分别 gives one per subject."""
    state = _State(sentence, cursor=_list_mark(sentence, found[0].start if found else 0))
    index = 0
    while index < len(found):
        item = found[index]
        limit = _limit(sentence, found, index)
        _enter_clause(state, item)
        phrase = phrases.before(sentence.text, state.cursor, item.left)
        run = coordination.values(sentence.text, found, index) if phrase.respectively or state.names else []
        if len(run) > 1 and (phrase.respectively or (phrase.start == phrase.end and len(run) == len(state.names))):
            state.mentions.extend(_respectively(state, phrase, run))
            index += len(run)
            state.cursor, state.last = run[-1].right, run[-1]
            continue
        _one(state, phrase, item, _right(sentence.text, found, index, limit))
        index += 1
    return _with_shared_nouns(state.mentions)


def _list_mark(sentence: Sentence, first: int) -> int:
    """Where a sentence begins after its number in a list, or in the first column of a table (8 污水集中收集率)."""
    mark = _LIST_MARK.match(sentence.text) or _ROW.match(sentence.text)
    if mark is None or mark.end() > first:
        return 0
    end = mark.end()
    apart = end < len(sentence.offsets) and sentence.offsets[end] - sentence.offsets[end - 1] > 1
    return end if apart or mark.re is _LIST_MARK else 0


def _with_shared_nouns(found: list[Mention]) -> list[Mention]:
    """5个国家级、30个省级|重点学科: the members of a list of ranks share the noun of the last."""
    noun = ""
    for index in reversed(range(len(found))):
        mention = found[index]
        if mention.rule != "object" or not (rank := _RANK.search(mention.indicator)):
            noun = ""
        elif rank.end() < len(mention.indicator):
            noun = mention.indicator[rank.end() :]
        elif noun:
            found[index] = replace(mention, indicator=mention.indicator + noun)
    return found


def _limit(sentence: Sentence, found: list[Quantity], index: int) -> int:
    """How far the noun after a number can reach: to the next number that is no threshold in it (50个|亿元以上项目)."""
    following = index + 1
    if following < len(found) and _is_threshold(sentence.text, found[index], found[following]):
        following += 1
    return found[following].left if following < len(found) else len(sentence.text)


def _is_threshold(text: str, item: Quantity, following: Quantity) -> bool:
    """The second number belongs to the noun of the first: 50个|亿元以上项目, 9个|人口20万以上的县."""
    if following.form not in ("bare", "level", "plain"):
        return False
    if following.left <= item.right:
        return True
    said = _SAID_OF_NOUN.fullmatch(text, item.right, following.left) is not None
    return said and is_counted(item.unit) and text.startswith("的", following.right)


def _right(text: str, found: list[Quantity], index: int, limit: int) -> tuple[int, int]:
    """The noun after a number; 千亿级、万亿级|产业集群 share the one after the last."""
    item = found[index]
    if item.form in ("level", "bare"):
        run = coordination.values(text, found, index)
        if len(run) > 1 and all(each.form in ("level", "bare") for each in run):
            item, limit = run[-1], len(text)
    return phrases.after(text, item.right, limit, single=item.form == "level")


def _enter_clause(state: _State, item: Quantity) -> None:
    """Move to the clause the number stands in, if the last number was in another."""
    text, begin = state.sentence.text, state.cursor
    for match in _CLAUSE.finditer(text, state.cursor, item.left):
        if not _inside_brackets(text, state.cursor, match.start()):
            begin = match.end()
    if begin != state.cursor:
        state.clause, state.cursor, state.verb, state.names = begin, begin, "", []


def _inside_brackets(text: str, start: int, end: int) -> bool:
    return text.count("(", start, end) > text.count(")", start, end)


def _one(state: _State, phrase: Phrase, item: Quantity, right: tuple[int, int]) -> None:
    text = state.sentence.text
    why = "attribute" if state.cursor > item.start else attribute(text, item, right)
    if why == "attribute":
        state.mentions.append(_mention(item, _raw(state, *right), "level", "attribute", why))
        return
    if why == "baseline":
        phrase, right = _before_from(text, phrase), (item.right, item.right)
    name, rule = _indicator(state, phrase, item, right)
    kind = _kind_of_last(state, name) if rule == "inherited" and item.unit == "%" else ""
    kind = kind or kind_of(item, phrase, name)
    if not name and item.unit == "%" and _GROWTH_OF_ALL.match(text, item.right):
        name, kind = "经济增长", "growth"
    why = why or ("attribute" if name in _SIZES else _unnamed(name, kind))
    for each in coordination.subjects(name) if (phrase.each or item.form == "fold") and rule != "object" else [name]:
        each = coordination.without_change(each, kind)
        state.mentions.append(_mention(normalised(item, kind), each, kind, rule, why))
    if why not in ("list head", "attribute"):
        _remember(state, phrase, name, rule, item)
    shared = right[0] > item.right + 1
    state.cursor = right[1] if rule == "object" and not shared else item.right


def _kind_of_last(state: _State, name: str) -> str:
    """增长5%左右、力争达到6%: what is said again of one indicator is of the same kind."""
    last = state.mentions[-1] if state.mentions else None
    growing = last is not None and last.kind in ("growth", "decline") and last.indicator == name
    return last.kind if last and growing else ""


def _unnamed(name: str, kind: str) -> str:
    return "no indicator" if kind == "level" and not name else ""


def _before_from(text: str, phrase: Phrase) -> Phrase:
    """起征点从月销售额|10万元提高到: the indicator ends before 从."""
    origin = max(text.rfind(word, phrase.start, phrase.end) for word in "从由")
    return replace(phrase, end=origin) if origin > phrase.start else phrase


def _mention(item: Quantity, name: str, kind: str, rule: str, why: str) -> Mention:
    return Mention(quantity=item, indicator=name[:MAX_INDICATOR], kind=kind, rule=rule, optional=why)


def _remember(state: _State, phrase: Phrase, name: str, rule: str, item: Quantity) -> None:
    if rule != "among" and name:
        state.parent = name
    if name:
        state.indicator = name
    if phrase.verb or phrase.tail in KEPT:
        state.verb = phrase.verb or phrase.tail
    elif rule != "list":
        state.verb = ""
    state.last = item


def _raw(state: _State, start: int, end: int) -> str:
    name = state.sentence.raw[start:end].strip("、,;:，；：的|｜") if end > start else ""
    name = _FOOTNOTE.sub("", name)
    return name if name.endswith(("惠及", "普及", "涉及", "参与")) else name.rstrip("和及与")


def _indicator(state: _State, phrase: Phrase, item: Quantity, right: tuple[int, int]) -> tuple[str, str]:
    """What the number measures, and by which rule we know."""
    noun = phrases.without_time(_raw(state, phrase.start, phrase.end))
    if noun in ("人均", "户均"):
        return noun + (state.indicator or _from_clause_before(state)).removeprefix(noun), "attribute of"
    if item.relation == "outpace":
        noun += phrases.speed_at(state.sentence.text, phrase.end)
    verbs = phrase.verb != "" and not _without_verb(state.sentence.text[phrase.start : phrase.end])
    bare = verbs or noun in ("", phrase.tail)
    if right[1] > right[0] and item.form == "level" and not (bare or phrase.tail):
        return noun + _raw(state, *right), "object"
    shared = bare and item.unit == "%" and item.form != "digits" and _OF.match(state.sentence.text, item.right)
    if right[1] > right[0] and (shared or _takes_object(phrase, item, bare=bare)):
        return _object(state, phrase, item, right, bare=bare), "object"
    if phrase.among:
        return "·".join(filter(None, (state.parent, noun))), "among"
    if not bare:
        return _named(state, phrase, noun)
    return _inherited(state, phrase, noun)


def _object(state: _State, phrase: Phrase, item: Quantity, right: tuple[int, int], *, bare: bool) -> str:
    """The noun after the number, with the verb before it or the one a list shares."""
    text, thing = state.sentence.text, _raw(state, *right)
    if text[item.left - 1] in "为在对给":
        thing = phrases.placed(text, state.sentence.raw, right)
    if phrase.tail in KEPT:
        return phrase.tail + thing
    listed = bare and text.startswith("、", state.cursor)
    verbs = _raw(state, phrase.start, phrase.end) if bare and phrase.verb else ""
    return (verbs or (state.verb if listed else "")) + thing


def _inherited(state: _State, phrase: Phrase, noun: str) -> tuple[str, str]:
    """The indicator of a number that names none: its clause's owner, or what was said before."""
    owner = "" if noun else _raw(state, *phrase.owner)
    if owner:
        return owner, "owner"
    if noun and phrase.verb and phrase.change != "growth":
        return _with_verb(state, phrase), "inherited"
    name = state.indicator or _from_clause_before(state)
    summed = "累计" in state.sentence.text[state.cursor : phrase.end + len("累计")]
    return (_without_verb(name) if summed and phrase.reached else name), "inherited"


def _with_verb(state: _State, phrase: Phrase) -> str:
    """新开工…50万平方米、新竣工30万平方米: the noun is inherited, the verb is not."""
    return phrase.verb + _without_verb(state.indicator or _from_clause_before(state))


def _without_verb(name: str) -> str:
    """Without the verbs at its head (新建和改造|高标准农田)."""
    verb = word_at(name, 0, KEPT)
    if not verb or verb == "落地":
        return name
    rest = name[len(verb) :]
    return _without_verb(rest[1:]) if rest.startswith(("、", "和")) else rest


def _named(state: _State, phrase: Phrase, noun: str) -> tuple[str, str]:
    if noun in ATTRIBUTES and not (noun == "投资" and phrase.change):
        return _owned(_owner(state, phrase), noun), "attribute of"
    listed = state.verb and state.sentence.text.startswith(("、", "和"), state.cursor)
    if listed and not (phrase.verb or phrase.change or phrase.reached):
        return state.verb + noun, "list"
    return noun, "subject"


def _owner(state: _State, phrase: Phrase) -> str:
    """Whose attribute a number tells: the noun before the verb of doing, else what was named before."""
    return _raw(state, *phrase.owner) or _without_verb(state.indicator) or _from_clause_before(state)


def _owned(owner: str, noun: str) -> str:
    """Whose an attribute is: 重大项目建设 + 年度投资 -> 重大项目年度投资, 贷款余额 + 增速 -> 贷款余额增速."""
    if noun in ("投资", "收入", "贷款") and key_of(owner) in _KNOWN:
        return noun
    if owner.endswith((noun, "率")):
        return owner if owner.endswith(noun) else noun
    if noun not in ("增速", "增幅", "占比", "比重"):
        owner = next((owner.removesuffix(head) for head in HEADS if owner.endswith(head)), owner)
    return owner + noun.removeprefix("完成")


def _takes_object(phrase: Phrase, item: Quantity, *, bare: bool) -> bool:
    if item.unit == "%" or item.form in ("rank", "digits", "fold", "share"):
        return False
    if is_counted(item.unit):
        return bare or phrase.tail != "" or not phrase.reached or item.right == item.end
    return bare or phrase.tail != ""


def _from_clause_before(state: _State) -> str:
    """The noun of the clause before (打好低效用地整治攻坚战,全年完成3.6万亩)."""
    text, end = state.sentence.text, max(state.clause - 1, 0)
    start = max(text.rfind(mark, max(0, end - 41), end) for mark in ",;:。") + 1
    if end <= start or end - start > 40:
        return ""
    phrase = phrases.before(text, start, end)
    return "" if _MEASURED.search(text, start, end) else _raw(state, phrase.start, phrase.end)


def _respectively(state: _State, phrase: Phrase, run: list[Quantity]) -> Iterator[Mention]:
    """n subjects and n values in order; a bare list shares the bound of its last member."""
    name = _raw(state, phrase.start, phrase.end) or state.indicator
    names = coordination.subjects(coordination.parted(name, len(run))) if phrase.respectively else state.names
    spare, times = len(run) - len(names), _times(state, phrase, len(run))
    if spare > 0 and times:
        names = [name] * len(run)
    elif spare > 0:
        names = [""] * spare + names
    elif spare < 0:
        names = names[-len(run) :]
    whens: list[int | None] = [*times] or [None] * len(run)
    state.names = names
    baseline = attribute(state.sentence.text, run[-1], (run[-1].right, run[-1].right)) == "baseline"
    for each, item, told in zip(names, coordination.share_bound(run), whens, strict=True):
        kind = kind_of(item, phrase, each)
        why = "baseline" if baseline else "" if each else "unpaired"
        mention = _mention(normalised(item, kind), coordination.without_change(each, kind), kind, "respectively", why)
        yield replace(mention, told=told)
    state.indicator, state.parent, state.verb = name, name, phrase.verb


def _times(state: _State, phrase: Phrase, wanted: int) -> list[int]:
    """Where the periods end that share a subject (一季度、二季度|开工率分别…), one for each value."""
    ends = [found.end() for found in _TIME.finditer(state.sentence.text, state.cursor, phrase.end)]
    return ends[-wanted:] if len(ends) >= wanted else []
