"""Days as Chinese pages write them: 2024-01-23, 2024年1月23日, 01-23 2024, 二〇二四年一月二十三日, /2024/0123/."""

import re
from collections.abc import Iterator
from datetime import date

from crawler.numerals import parse_numeral

YEARS = range(1990, 2100)
"""No page is older; a later day is a slip."""
_FIGURES = {figure: str(number) for number, figure in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_SPELT = "一二三四五六七八九"
_WRITTEN = re.compile(rf"([〇○零{_SPELT}]{{4}})年(?:([{_SPELT}十]{{1,2}})月)?(?:([{_SPELT}十]{{1,3}})日)?")
_DAY = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})(?:\s?[-－/／.．年]\s?|\s)(?P<month>\d{1,2})\s?[-－/／.．月]\s?(?P<day>\d{1,2})(?!\d)"
    r"|(?P<month2>\d{1,2})[-/](?P<day2>\d{1,2})\s{1,3}(?P<year2>\d{4})(?!\d))"
)
MAY_DATE = re.compile(rf"\d{{4}}|[〇○零{_SPELT}]{{4}}年")
"""A text without a year in four figures, or spelt, names no day."""
_COMPACT = re.compile(r"(?<!\d)(?P<year>\d{4})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=\d{6}$|\D|$)")
_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:[-/_]?(?P<month>0[1-9]|1[0-2])[-/_]?(?P<day>0[1-9]|[12]\d|3[01])"
    r"|(?P<sign>[-/])(?P<month2>\d{1,2})(?P=sign)(?P<day2>\d{1,2})(?=/))(?!\d)"
)


def in_figures(text: str) -> str:
    """The text with the years, months and days it spells in Chinese numerals in figures: 2024年1月23日."""
    return _WRITTEN.sub(_figures, text)


def _figures(match: re.Match[str]) -> str:
    year = "".join(_FIGURES[figure] for figure in match[1])
    rest = ((match[2], "月"), (match[3], "日"))
    return f"{year}年" + "".join(f"{parse_numeral(number)}{unit}" for number, unit in rest if number)


def days(text: str) -> Iterator[tuple[date, re.Match[str]]]:
    """The days a text of the page names, each with where it stands."""
    yield from _read(_DAY, text)


def stamped(text: str) -> date | None:
    """The day a stamp names, also without signs between: 20240123101200."""
    return next((day for form in (_DAY, _COMPACT) for day, _ in _read(form, text)), None)


def addressed(url: str) -> date | None:
    """The day an address holds: /2024/0123/, /t20240123_, /2024-01/23/, /2024/1/23/."""
    return next((day for day, _ in _read(_IN_ADDRESS, url)), None)


def _read(form: re.Pattern[str], text: str) -> Iterator[tuple[date, re.Match[str]]]:
    for match in form.finditer(text):
        said = match.groupdict()
        year, month, day = (int(said[name] or said.get(f"{name}2") or 0) for name in ("year", "month", "day"))
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found.year in YEARS:
            yield found, match
