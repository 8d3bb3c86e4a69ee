"""When a page was published: by its metadata, by what stands between its title and its body, by its address.

Days that mean something else are many: when the report was given (in brackets, or beside a congress), today's on the
masthead, those of a hot list, the copyright's. So a day is believed where a label says what it is, or where it stands
below the title in the form of a stamp.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from crawler.extract.dates import MAY_DATE, addressed, days, in_figures, stamped
from crawler.extract.page import Line, Page
from crawler.text import fold

_NAMES = (
    "pubdate", "publishdate", "publish_date", "publish-date", "article:published_time", "og:published_time",
    "datepublished", "publishedtime", "firstpublishedtime", "og:release_date", "og:pubdate", "releasedate", "pub_date",
    "weibo: article:create_at", "bytedance:published_time", "dc.date.issued", "dcterms.issued", "dc.date",
    "createdate", "create_date", "date",
)  # fmt: skip
_PUBLISHED = re.compile(
    r"(?:发布|发表|发文|发稿|刊发|刊登|公开|公布|上网|上传|录入|添加|推送)(?:日期|时间|于|日)?[\s:：】\]]{0,4}$|(?:^|[^新文效止行废议开])(?:日期|时间)\s{0,3}[:：]\s{0,3}$"
)
_CELL = re.compile(r".{0,8}(?:日\s?期|时\s?间)[:：]?|.{1,8}[:：]")
"""A cell that says what the next one holds."""
_UPDATED = re.compile(r"(?:更新|修改|编辑)(?:日期|时间|于)?[\s:：】\]]{0,4}$|(?:^|\s)(?:日期|时间)[】\]]?\s{0,3}$")
_TODAY = re.compile(r"[今本]日|今天|星期|周[一二三四五六日]|农历|天气|欢迎|版权|copyright|©|备案|截至", re.IGNORECASE)
_GIVEN = re.compile(r"^[(（【\[](?!.*\d[:：]\d\d)|会议|大会|届|通过$")
_CREDITS = re.compile(r"\d{1,2}[:：]\d{2}|来源|作者|编辑|字号|记者|发布")
_LONGEST, _LONGEST_STAMP = 150, 90
_STAMP = re.compile(r"(?:https?://\S{1,60})?\s?\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s?\d{1,2}:\d{2}")
"""Even as a link, day and time are that of the page."""
_ROW = re.compile(r"[|·]|https?:")
_SHORTEST_HEADLINE = 8
_SHORTEST_TITLE = 4
_NEAR = 60
_ABOVE = 6
"""A label stands at most so many lines above the title."""
_BELOW = 12
"""A stamp is one of so many lines between title and body."""


class _Said(NamedTuple):
    """A day that a line names."""

    day: date
    before: str
    """What stands before it in its line."""


_Dated = dict[int, list[_Said]]
"""Lines that name days, by number, and these."""


def find_published(page: Page, above: Sequence[str], url: str) -> date | None:
    """The day of publication; `above` are the lines before the body, nearest last."""
    named = next(filter(None, (stamped(page.meta[name]) for name in _NAMES if page.meta.get(name))), None)
    if named:
        return named
    lines = [line for line in page.lines[: len(above)][-_NEAR:] if len(line.text) <= _LONGEST]
    dated: _Dated = {
        index: said for index, line in enumerate(lines) if MAY_DATE.search(line.text) and (said := _said(line))
    }
    if not dated:
        return addressed(url)
    title = _title_line(page, lines)
    labels = (_labelled(lines, max(0, title - _ABOVE), dated, label) for label in (_PUBLISHED, _UPDATED))
    return next(filter(None, labels), None) or _unlabelled(page, lines, dated, title) or addressed(url)


def _said(line: Line) -> list[_Said]:
    """The days a line names."""
    figures = in_figures(line.text)
    return [_Said(day, figures[: match.start()]) for day, match in days(figures)]


def _labelled(lines: Sequence[Line], first: int, dated: _Dated, label: re.Pattern[str]) -> date | None:
    """The day behind a label, in the same line or in the next (cell); the nearest to the body, from a line on."""
    for index in (index for index in reversed(dated) if index >= first):
        cell = lines[index - 1].text if index > first and _CELL.fullmatch(lines[index - 1].text) else ""
        for day, before in dated[index]:
            if label.search((before or cell)[-20:]) and not _linked(lines[index]):
                return day
    return None


def _unlabelled(page: Page, lines: Sequence[Line], dated: _Dated, title: int) -> date | None:
    """A day without a label: of the lines below the title, one that is no link and stands behind none."""
    report = "报告" in page.meta.get("<title>", "") + "".join(page.headings)
    for index in (index for index in reversed(dated) if len(lines[index].text) <= _LONGEST_STAMP):
        before = lines[max(title + 1, index - 2) : index]
        if index > title and index >= len(lines) - _BELOW and _is_stamp(lines[index], before, report=report):
            return dated[index][0].day
    return None


def _is_stamp(line: Line, before: Sequence[Line], *, report: bool) -> bool:
    """Whether a line with a day is the page's; `before` are the two lines above it."""
    if _linked(line) or _GIVEN.search(line.text) or _TODAY.search(line.text):
        return False
    if _CREDITS.search(line.text):
        return True
    spoken = report and "年" in line.text  # when the report was given
    return not spoken and not any(map(_is_headline, before))


def _title_line(page: Page, lines: Sequence[Line]) -> int:
    """Which line repeats a heading or the window's title; the last before the stamps' place where none does."""
    window, headings = fold(page.meta.get("<title>", "")), [fold(text) for text in page.headings]
    for index in reversed(range(len(lines))):
        text = fold(lines[index].text)
        if len(text) >= _SHORTEST_TITLE and (text in window or any(each.startswith(text) for each in headings)):
            return index
    return max(0, len(lines) - 4) - 1


def _linked(line: Line) -> bool:
    """Whether a line is a link, but for the day beside it."""
    day = next((len(match[0]) for _, match in days(line.text)), 0)
    return line.linked > 0 and line.linked * 2 >= len(line.text) - day and not _STAMP.match(line.text)


def _is_headline(line: Line) -> bool:
    """Whether a line is a link to another article, not a row of buttons."""
    return len(line.text) >= _SHORTEST_HEADLINE and _linked(line) and not _ROW.search(line.text)
