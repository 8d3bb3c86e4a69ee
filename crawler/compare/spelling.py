"""What a passage says, however its numbers are written and its signs are set. Ring 1; pure.

百分之六 · 6% · ６．０％       one number
3万人 · 30000人 · 三万人       one number
5%—6% · 5-6% · 百分之五至六    one range
一、 · （一） · 1.             one mark of a list
"""

import re
from decimal import Decimal

from crawler.numerals import SCALES, parse_numeral
from crawler.text import fold

_NOTE = re.compile(r"[①-⑳⟨⟩]|[\[［〔【]\s*[\d０-９]{1,3}\s*[\]］〕】]")
"""Marks of footnotes, which portals keep or drop, and our own signs."""
_RUN = "[零〇一二两三四五六七八九十百千万亿]"
_NUMBER = re.compile(
    r"(?:(?P<of>[百千])分之)?(?P<minus>(?<=[一-龥])-(?=\d))?(?:"
    r"(?P<arabic>(?:\d{1,3}(?:,\d{3}){1,4}(?![\d,])|\d{1,15})(?:\.\d{1,9})?)(?P<scale>万亿|[千百]?[亿万]|)"
    rf"|(?P<chinese>{_RUN}{{1,20}})(?:点(?P<rest>[零〇一二三四五六七八九]{{1,9}}))?)"
)
_DIGIT = "[一二两三四五六七八九]"
_PLACES = rf"(?:{_DIGIT}千)?零?(?:{_DIGIT}百)?零?(?:{_DIGIT}?十)?{_DIGIT}?"
_WHOLE = re.compile(
    rf"(?:(?P<trillions>{_PLACES})万亿|(?P<亿>{_PLACES})亿)?(?:零?(?P<万>{_PLACES})万)?零?(?P<one>{_PLACES})"
)
_YEAR = re.compile("[零〇一二三四五六七八九]{4}")
_PARTS = (("trillions", "万亿"), ("亿", "亿"), ("万", "万"), ("one", ""))
_HUNDREDS = {"千": 1000, "百": 100}
_SHARES = {"百": "%", "千": "‰"}
_RANGE = re.compile(r"(⟨[^⟩]*⟩)([%‰]?)[-~至到]+(⟨[^⟩]*⟩)([%‰]?)")
_SILENT = re.compile(r"⟨[^⟩]*⟩|[^\w%‰]|_")
_TOKEN = re.compile(r"⟨[^⟩]*⟩[%‰]?|[A-Za-z]+|.", re.DOTALL)


def said(text: str) -> tuple[str, ...]:
    """The words of a text as it would be read aloud: numbers as ⟨exact decimals⟩, every other sign left out."""
    numbered = _NUMBER.sub(_number, fold(_NOTE.sub("", text)))
    ranged = _RANGE.sub(lambda found: f"{found[1]}{found[3]}{found[4] or found[2]}", numbered)
    heard = _SILENT.sub(lambda sign: sign[0] if len(sign[0]) > 1 else "", ranged)
    return tuple(_TOKEN.findall(heard))


def _number(found: re.Match[str]) -> str:
    """One numeral as its value; a run of Chinese ones that is no number (十四五) stays as it is."""
    if found["arabic"]:
        number: Decimal | None = _arabic(found["arabic"], found["scale"])
    else:
        number = _chinese(found["chinese"], found["rest"] or "")
    if number is None:
        return found[0]
    return f"⟨{found['minus'] or ''}{_plain(number)}⟩{_SHARES.get(found['of'], '')}"


def _arabic(digits: str, scale: str) -> Decimal:
    factor = _HUNDREDS.get(scale[:1], 1)
    return Decimal(digits.replace(",", "")) * factor * SCALES[scale.lstrip("千百")]


def _chinese(word: str, rest: str) -> Decimal | None:
    """The value of a numeral in Chinese; digits one after another are a number only as a year is written."""
    if _YEAR.fullmatch(word):
        return parse_numeral(word) if not rest else None
    places = _WHOLE.fullmatch(word)
    if not places or not (any(places.groups()) or rest):
        return None
    parts = [(parse_numeral(places[name] or "") or 0) * SCALES[scale] for name, scale in _PARTS]
    return sum(parts, parse_numeral(f"零点{rest}") or Decimal(0) if rest else Decimal(0))


def _plain(number: Decimal) -> str:
    """Without an exponent, and without noughts behind the point."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
