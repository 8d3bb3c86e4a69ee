"""The numbers of Word's lists, which stand in no text: '一、', '（一）', '1.2', '①'."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_SPELT, _WIDE = str.maketrans("0123456789", "〇一二三四五六七八九"), str.maketrans("0123456789", "０１２３４５６７８９")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_DEEPEST = 9
_LARGEST = 9_999
_LONGEST = 60
"""Characters of a label; a file may ask for a million at each of a million items."""


class Level(NamedTuple):
    """How one level of a list is numbered."""

    style: str = "decimal"
    text: str = "%1."
    start: int = 1
    legal: bool = False
    """The numbers of the levels above are shown in Arabic numerals."""


class Lists(NamedTuple):
    """What numbering.xml and styles.xml say."""

    levels: Mapping[str, Mapping[int, Level]]
    """By abstract list and depth."""
    lists: Mapping[str, tuple[str, Mapping[int, int]]]
    """By list: its abstract list, and at which number its levels begin anew."""
    styles: Mapping[str, tuple[str, int]]
    """By style of paragraph: list and depth."""


def local(tag: str) -> str:
    """The name of an element or attribute without its prefix: which namespace that means differs from file to file."""
    return tag.rpartition(":")[2]


def value_of(element: ET.Element | None, name: str = "val") -> str | None:
    """An attribute whatever its namespace; None where element or attribute is missing."""
    if element is None:
        return None
    return next((text for key, text in element.attrib.items() if local(key) == name), None)


def child(element: ET.Element | None, *names: str) -> ET.Element | None:
    """The first child of each name in turn."""
    for name in names:
        element = None if element is None else next((each for each in element if local(each.tag) == name), None)
    return element


def read_lists(numbering: ET.Element | None, styles: ET.Element | None) -> Lists:
    """The lists of a document; each part may be missing."""
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, tuple[str, Mapping[int, int]]] = {}
    for element in numbering if numbering is not None else ():
        if local(element.tag) == "abstractNum":
            levels[value_of(element, "abstractNumId") or ""] = dict(_levels(element))
        elif local(element.tag) == "num":
            abstract = value_of(child(element, "abstractNumId")) or ""
            lists[value_of(element, "numId") or ""] = (abstract, dict(_restarts(element)))
    return Lists(levels, lists, dict(_styles(styles)) if styles is not None else {})


def _levels(abstract: ET.Element) -> Iterator[tuple[int, Level]]:
    for element in abstract:
        if local(element.tag) == "lvl":
            yield (
                number_of(value_of(element, "ilvl")),
                Level(
                    value_of(child(element, "numFmt")) or "decimal",
                    value_of(child(element, "lvlText")) or "",
                    number_of(value_of(child(element, "start")), 1),
                    child(element, "isLgl") is not None,
                ),
            )


def _restarts(numbered: ET.Element) -> Iterator[tuple[int, int]]:
    for element in numbered:
        start = value_of(child(element, "startOverride"))
        if local(element.tag) == "lvlOverride" and start is not None:
            yield number_of(value_of(element, "ilvl")), number_of(start, 1)


def _styles(styles: ET.Element) -> Iterator[tuple[str, tuple[str, int]]]:
    for style in styles:
        numbered = child(style, "pPr", "numPr")
        if local(style.tag) == "style" and numbered is not None and (name := value_of(style, "styleId")):
            yield name, (value_of(child(numbered, "numId")) or "", number_of(value_of(child(numbered, "ilvl"))))


def number_of(text: str | None, otherwise: int = 0) -> int:
    """A small number as written, or what holds otherwise."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 5 else otherwise


class Counter:
    """Counts a document's list items from its first to its last."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()

    def label(self, properties: ET.Element | None) -> str:
        """The number before a paragraph with these properties; empty: it has none, or a mere dot."""
        style = value_of(child(properties, "pStyle")) or ""
        name, depth = self._lists.styles.get(style, ("", 0))
        numbered = child(properties, "numPr")
        name = value_of(child(numbered, "numId")) or name
        return self.number(name, number_of(value_of(child(numbered, "ilvl")), depth))

    def number(self, name: str, depth: int) -> str:
        """The number of the next item of a list; empty: there is no such list, or it has mere dots."""
        depth = min(depth, _DEEPEST - 1)
        abstract, restarts = self._lists.lists.get(name, ("", {}))
        levels = self._lists.levels.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self._counts[abstract]
        if name not in self._begun:
            self._begun.add(name)
            for at, start in restarts.items():
                counts[at] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        return _label(levels, counts, depth)


def _label(levels: Mapping[int, Level], counts: Mapping[int, int], depth: int) -> str:
    level = levels[depth]
    if level.style in ("bullet", "none"):
        return ""
    text = level.text[:_LONGEST]
    for at in range(depth + 1):
        shown = levels.get(at, Level())
        style = "decimal" if level.legal else shown.style
        text = text.replace(f"%{at + 1}", _number(counts.get(at, shown.start), style))
    return text[:_LONGEST]


def _number(number: int, style: str) -> str:
    if not 0 < number <= _LARGEST:
        return str(number)
    return _STYLES.get(style, str)(number)


def _chinese(number: int) -> str:
    """一, 十, 二十一, 一百零五."""
    text, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + sign
        zero = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    pairs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
    for worth, sign in (*pairs, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += sign * (number // worth)
        number %= worth
    return text


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, _LONGEST)


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else f"({number})"


def _ring(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _legal(number: int) -> str:
    signs = str.maketrans(_DIGITS + "十百千", _LEGAL + "拾佰仟")
    return ("一" * (10 <= number < 20) + _chinese(number)).translate(signs)


_STYLES: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _chinese),
    **dict.fromkeys(("taiwaneseCountingThousand", "koreanDigital2", "japaneseDigitalTenThousand"), _chinese),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital"), lambda number: str(number).translate(_SPELT)),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional"), _legal),
    "ideographTraditional": _ring(_STEMS),
    "ideographZodiac": _ring(_BRANCHES),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "decimalZero": lambda number: f"{number:02}",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalEnclosedParen": lambda number: chr(ord("⑴") + number - 1) if number <= 20 else f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
}
