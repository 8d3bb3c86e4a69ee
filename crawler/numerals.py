"""Numerals as written in reports, as exact decimals: 1,299 · 2.9 · 三十五 · 两百 · 3千 · 数十.

Ring 1; no I/O; the one reader of Chinese numerals. Expects text in half-width forms (`crawler.text.half_width`).
"""

import re
from decimal import Decimal

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "": Decimal(1)}
"""Scales that stay in the unit (2700亿元 is 2700 of 亿元)."""

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}(?![\d,])|\d{1,15}(?:\.\d{1,6})?)(?![\d.]\d)(?:[十百千](?![瓦米克伏帕分]))?"
_PAIR = re.compile("([一二两三四五六七八])([二三四五六七八九])([十百千]?)")
_PLAIN = "[零〇一二两三四五六七八九十百千几数]{1,9}"
_COMPOUND = rf"{_PLAIN}(?:万{_PLAIN}(?=亿)|亿{_PLAIN}(?=万)|万{_PLAIN}(?![万亿瓦米克伏帕]))"
CHINESE = rf"(?:{_COMPOUND}|{_PLAIN}(?:点[零〇一二三四五六七八九]{{1,4}})?)"
"""With 万 or 亿 only within: 六亿七千|万吨, 二万八千|亿元, 四万五千|人."""


def parse_numeral(word: str) -> Decimal | None:
    """The value of one numeral, 万 or 亿 only within it; None if it is none. `数十` gives its round number."""
    word = word.replace(",", "").lstrip("数几")
    if not word:
        return None
    tail = TENS.get(word[-1])
    if tail and word[0].isdigit():
        return Decimal(word[:-1]) * tail
    if word[0].isdigit():
        return Decimal(word)
    above, within, below = word.partition("亿" if "亿" in word else "万")
    if within:
        many, few = parse_numeral(above), parse_numeral(below)
        return None if many is None or few is None else many * 10_000 + few
    whole, _, fraction = word.partition("点")
    return _chinese(whole, fraction)


def between_numerals(word: str) -> tuple[Decimal, Decimal] | None:
    """The two numbers that 七八, 两三百 or 三五千 lies between; None for every other numeral."""
    pair = _PAIR.fullmatch(word)
    if pair is None:
        return None
    few, many, place = DIGITS[pair[1]], DIGITS[pair[2]], TENS.get(pair[3], 1)
    return (Decimal(few * place), Decimal(many * place)) if many == few + 1 or (few, many) == (3, 5) else None


def _chinese(whole: str, fraction: str) -> Decimal | None:
    if not set(whole) <= TENS.keys() | DIGITS.keys():
        return None
    total = int(_digits(whole)) if len(whole) > 1 and set(whole) <= DIGITS.keys() else _by_place(whole)
    return Decimal(f"{total}.{_digits(fraction)}") if fraction else Decimal(total)


def _digits(word: str) -> str:
    return "".join(str(DIGITS[char]) for char in word)


def _by_place(word: str) -> int:
    total, digit = 0, 0
    for char in word:
        if char in TENS:
            total, digit = total + max(digit, 1) * TENS[char], 0
        else:
            digit = DIGITS[char]
    return total + digit
