"""Title, publication date, region and year of a report, from what stands at the head of its page.

`year` is the year whose targets a report sets. A year named with the report ('2024年政府工作报告') is that year, the
latest where there are two ('2022年计划执行情况与2023年计划草案'). Otherwise it is the year in which the report was
given ('(2023年2月1日)'), or the next one from November on, when counties hold their congresses early. A publication
date counts only for what calls itself a work report.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from crawler.extract.page import Page
from crawler.text import fold

_TITLE_NAMES = ("articletitle", "og:title", "twitter:title", "title")
_DATE_NAMES = (
    "pubdate", "publishdate", "publish_date", "publish-date", "article:published_time", "og:published_time",
    "datepublished", "publishedtime", "firstpublishedtime", "og:release_date", "dc.date", "dc.date.issued",
    "createdate", "create_date", "date",
)  # fmt: skip
_SITE = re.compile(
    r"网|站|门户|频道|新闻|首页|政府$|日报|晚报|报社|资讯|在线|论坛|博客|社区|平台|公众号|中心$|[a-z0-9-]+\.(?:com|cn|net|org|gov)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[_|｜»]+\s*|\s+[-–—]{1,2}\s+|\s*(?<![-–—])[-–—]{1,2}(?![-–—])\s*(?=[^-–—_|｜]*$)")
_PART = re.compile(
    r"\s*[(（\[【]?\s*第?\s*\d{1,4}\s*/\s*(?:共\s*)?\d{1,4}\s*页?\s*[)）\]】]?\s*$|\s*[(（_-]?\s*第\s*\d{1,4}\s*页\s*[)）]?\s*$"
    r"|\s*[(（]\d{1,3}[)）]$"
)

_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_LABELLED = re.compile(
    r"(?:发布|发表|发文|刊发|公开|上传|录入|添加|更新|编辑|日|时)(?:布|表)?(?:时间|日期|间|期|于)[:：]?\D{0,3}?(?=(?:19|20)\d{2}[-/.年])"
)
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)")

_LEVEL = "自治区|自治州|自治县|特别行政区|新区|省|市|县|区|旗|盟|州"
_NAME = rf"(?:[一-龥]{{1,7}}?(?:{_LEVEL}))"
_REPORT = (
    r"(?:人民政府|政府|人大|国民经济|工作报告|关于|第?[一二三四五六七八九十\d]{1,4}届|人民代表大会|(?:19|20)\d{2}年)"
)
_REGION = re.compile(rf"({_NAME}{{1,3}})(?=(?:\d{{4}}年)?{_REPORT})")
_LEAD = re.compile(r"^(?:[年月日在的据讯和与及向对为由是]|政协|关于|中共)+")
_NO_NAME = re.compile(rf"^(?:全|本|我|各|该|两|等|每|县级|地级|省级|市级|区级|(?:{_LEVEL})+$)")

_REPORT_YEAR = re.compile(r"((?:19|20)\d{2})年(?!\d{1,2}月)")
_AIMS = re.compile(
    r"((?:19|20)\d{2})年(?:度)?(?:的)?(?:政府|全市|全县|全区|全省|我市|我县|我区|我省|经济社会发展|国民经济和社会发展|市政府|县政府)?(?:的)?"
    r"(?:工作|主要|发展|经济)?(?:总体|预期|工作)?(?:的)?(?:总体要求|预期目标|主要目标|目标任务|工作安排|重点工作|工作任务|计划草案|工作建议)"
)
_WORK_REPORT = re.compile(r"工作报告|计划(?:草案|执行)|目标任务|总体要求|工作要点")
_LONGEST_TITLE = 200
_LONGEST_SHOWN = 120
"""A line above the body that repeats the window's title is no longer."""
_NEAR = 60
"""A title stands at most so many lines above its body."""
_HEAD = 6
"""So many paragraphs at the start of a body may say where and when a report was given."""


def without_part(title: str) -> str:
    """A title without the number of its part: '…-24篇(第28/145页)' -> '…-24篇'."""
    return _PART.sub("", title).strip()


def find_title(page: Page, above: Sequence[str] = ()) -> str:
    """The title; `above` are the lines before the body, nearest last, for pages whose title is no heading."""
    window = page.meta.get("<title>", "")
    named = list(filter(None, (page.meta.get(name) for name in _TITLE_NAMES)))
    whole = "\n".join(fold(text) for text in (window, *named))
    headings = [without_part(text) for text in page.headings if 2 <= len(text) <= _LONGEST_TITLE]
    if headings:
        return max([text for text in headings if fold(text) in whole] or headings, key=len)
    shown = [line for line in above[-_NEAR:] if 6 <= len(line) <= _LONGEST_SHOWN and fold(line) in whole]
    return without_part(max(shown[-5:], key=len) if shown else without_site([*named, window][0]))


def below_title(title: str, above: Sequence[str]) -> tuple[str, ...]:
    """The lines between the title and the body, which often say where and when a report was given."""
    wanted = fold(title)
    if wanted:
        for index in reversed(range(len(above))[-_NEAR:]):
            if wanted in fold(above[index][:_LONGEST_TITLE]):
                return tuple(above[index + 1 :][:_HEAD])
    return ()


def without_site(title: str) -> str:
    """A window title without the name of its site: '平湖市政府工作报告_博县网' -> '平湖市政府工作报告'."""
    pieces = [piece for piece in _SEPARATOR.split(title) if piece]
    if len(pieces) < 2:
        return title.strip()
    if "_" in title or "|" in title or "｜" in title or not _SITE.search(pieces[-1]):
        return (pieces[0] if "_" in title or "|" in title or "｜" in title else title).strip()
    return title[: title.rindex(pieces[-1])].rstrip(" -–—»")


def title_forms(page: Page) -> frozenset[str]:
    """Folded texts by which the page repeats its title above the body."""
    window = page.meta.get("<title>", "")
    texts = [window, without_site(window), *page.headings, *(page.meta.get(name, "") for name in _TITLE_NAMES)]
    texts += _SEPARATOR.split(window)
    return frozenset(fold(form) for text in texts for form in (text, without_part(text)) if 4 <= len(text) <= 500)


def find_published(page: Page, above: Sequence[str], url: str) -> date | None:
    """When the page was published: by its metadata, the lines above its body, its address."""
    named = [page.meta.get(name, "") for name in _DATE_NAMES]
    short = [line for line in above if len(line) <= 150]
    stamps = [line for line in reversed(short[-12:]) if len(line) <= 90 and not line.startswith("(")]
    return (
        _first_date(_DATE, named)
        or _first_date(_URL_DATE, named)
        or _labelled_date(short)
        or _first_date(_DATE, stamps)
        or _first_date(_URL_DATE, [url])
    )


def _first_date(pattern: re.Pattern[str], texts: Iterable[str]) -> date | None:
    return next(filter(None, (_date(pattern.search(text)) for text in texts)), None)


def _labelled_date(lines: Iterable[str]) -> date | None:
    for line in lines:
        label = _LABELLED.search(line)
        found = _date(_DATE.search(line, label.end())) if label else None
        if found:
            return found
    return None


def _date(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def find_region(title: str, paragraphs: Sequence[str]) -> str:
    """The place whose government reports, as the title or the first lines write it; empty where they do not."""
    short = [paragraph for paragraph in paragraphs[:_HEAD] if len(paragraph) <= 80]
    for text in (title, *short):
        for match in _REGION.finditer(fold(text[:200])):
            name = _LEAD.sub("", match[1])
            if not _NO_NAME.match(name) and len(name) > 1:
                return name
    return ""


def find_year(title: str, paragraphs: Sequence[str], published: date | None) -> int | None:
    """The year whose targets the report sets (see above)."""
    head = [paragraph[:200] for paragraph in paragraphs[:_HEAD]]
    named = [int(match[1]) for match in _REPORT_YEAR.finditer(fold(title))]
    if named:
        return max(named)
    given = _given((title, *(text for text in head if len(text) <= 80)))
    if given:
        return given
    for text in paragraphs[:60]:
        aims = _AIMS.search(fold(text[:200]))
        if aims:
            return int(aims[1])
    return _year_of(published) if published and _WORK_REPORT.search(title) else None


def _given(texts: Iterable[str]) -> int | None:
    """The year of a report given on the first date in the texts."""
    for text in texts:
        found = _date(_DATE.search(fold(text)))
        if found:
            return _year_of(found)
    return None


def _year_of(given: date) -> int:
    return given.year + (given.month >= 11)
