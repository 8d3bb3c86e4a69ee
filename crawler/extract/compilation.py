"""Splits a document that holds many reports ('市2023年政府工作报告-24篇') into its reports.

Ring 1; pure, linear in the text. A document is cut at the headings above text, then what does not begin a report of its
own is put back: a report is new if it is numbered on, if it opens ('各位代表：现在，我代表…') where the one before has
opened already, or if its heading names another place and its chapters do not go on where the last ones stopped. A
report's own title repeated, a table of contents, titles in sentences and annexes therefore split nothing. What stands
before the first heading of a part seen alone is a report of unknown heading, unless it is an editor's foreword.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.headings import Line, other_place, read_line, same_place, without_number
from crawler.extract.meta import find_region, find_year
from crawler.extract.sections import Section, joined, sections_of
from crawler.model import value
from crawler.text import fold

MAX_REPORTS = 1_000
"""No compilation has so many; the rest of a text stays with the last one."""
_FOREWORD = 2_000
"""No foreword is longer, in characters."""
_TAIL = 1_000
"""From this length on what stands before the first heading is a report's, whatever it looks like."""
_LEAD = 60
"""In so many paragraphs a report says where and for which year it was given."""
_MANY = re.compile(
    r"(?<![第\d])(?:\d{1,3}|[二三四五六七八九十百]{1,5}|[几多两])篇(?!文章)|汇编|合集|合辑|选编|集锦|范文"
)
_CLOSES = re.compile(r"(?:各位代表|让我们|奋斗|努力|前进).*[!！]$")
_SAID = 300
"""In so many characters an editor announces reports, and a report comes to its end."""
_ANNOUNCES = re.compile(r"小编|供大家|供您|整理的|以下[是为]|如下[:：]|全文(?:如|刊|发)|^目\s*录")


@value
class Report:
    """One report of a compilation."""

    title: str
    """Names the report by itself, place and year included where the text tells them; empty: its heading is unknown."""
    region: str
    """As `Article.region`."""
    year: int | None
    start: int
    """Of its first paragraph, the heading."""
    end: int
    """Behind its last paragraph."""


def find_reports(title: str, paragraphs: Sequence[str]) -> tuple[Report, ...]:
    """The reports of a document with that title, in order; none where the document is one report."""
    lines = [read_line(paragraph) for paragraph in paragraphs]
    many = _MANY.search(fold(title)) is not None
    found = _merged(sections_of(lines), paragraphs, _titled(title, many=many), many=many)
    if len(found) < 2:
        return ()
    year = find_year(title, (), None)
    return _told_apart([_report(section, paragraphs, year) for section in found])


# --- what begins a report --------------------------------------------------------------------------------------------


def _titled(title: str, *, many: bool) -> Section:
    """The report that the document's own title names, before any of it was read."""
    line = read_line(title)
    named = line.kind == "heading" and line.named and not many
    return Section(lead=line if named else Line(kind="other"))


def _merged(sections: Sequence[Section], paragraphs: Sequence[str], whole: Section, *, many: bool) -> list[Section]:
    """The reports: each section begins one, or goes on with the one before."""
    if len(sections) > 1 and not _is_report(sections[0], paragraphs):
        sections = sections[1:]
    first = sections[0]
    counting = _counts(first, whole, many=many)
    found = [replace(joined(replace(whole, start=first.start), first), numbered=counting)]
    for section in sections[1:]:
        if len(found) < MAX_REPORTS and _begins(section, found[-1], many=many):
            found.append(replace(section, numbered=_counts(section, found[-1], many=many)))
        else:
            found[-1] = joined(found[-1], section)
    return found


def _is_report(head: Section, paragraphs: Sequence[str]) -> bool:
    """Whether what stands before the first heading is (the end of) a report, not the words of an editor."""
    if head.heading is not None or head.opened or not head.size:
        return head.size > 0 or head.opened
    text = "\n".join(paragraphs[head.start : head.end]).strip()
    if _ANNOUNCES.search(text[:_SAID]):
        return head.size >= _FOREWORD
    ends = head.first_chapter != (0, 0) or _CLOSES.search(text[-_SAID:]) is not None
    return ends or head.size >= _TAIL


def _begins(section: Section, report: Section, *, many: bool) -> bool:
    """Whether a section begins a report of its own."""
    if not section.size or _repeats(section.lead, report.lead):
        return False
    if _counts(section, report, many=many):
        return True
    another = other_place(section.lead.place, report.lead.place)
    if section.opened:
        return any((another, report.opened, report.heading is None, report.size >= _FOREWORD))
    if report.numbered or not section.lead.named:
        return another and section.lead.dated
    return bool(section.lead.place) and not _goes_on(section, report) and _starts_anew(section, report, many=many)


def _repeats(lead: Line, before: Line) -> bool:
    """Whether a heading says place and year of the report it stands in."""
    known = bool(lead.place and before.place)
    return known and same_place(lead.place, before.place) and lead.year in (None, before.year)


def _starts_anew(section: Section, report: Section, *, many: bool) -> bool:
    """Whether a place's title without number and opening heads a report rather than a passage of one."""
    headless = report.heading is None and not report.lead.place and report.first_chapter != (1, 1)
    restarts = section.first_chapter == (1, 1) and (report.last_chapters[0] > 1 or headless)
    if many or section.lead.dated or restarts:
        return True
    without_chapters = report.first_chapter[1] > 0 and not section.first_chapter[1]
    return other_place(section.lead.place, report.lead.place) and not without_chapters


def _goes_on(section: Section, report: Section) -> bool:
    """Whether the first chapter below a heading is the one after the last above it, or a section of that."""
    level, number = section.first_chapter
    if level == 2 and number == 1:
        return report.last_chapters[0] > 0 == report.last_chapters[1]
    return number > 1 and report.last_chapters[level - 1] in (number - 1, 0)


def _counts(section: Section, report: Section, *, many: bool) -> bool:
    """Whether the heading's number is the next in a count of reports."""
    lead, last = section.lead, report.lead.number if report.numbered else 0
    if (lead.number or 0) <= (last or 0):
        return False
    sure = any((many, section.opened, lead.place))
    return any((sure, lead.dated, section.titled)) if lead.counted else sure and lead.named


# --- what a report is called -----------------------------------------------------------------------------------------


def place_and_year(title: str) -> tuple[str, int | None]:
    """Region and year of a report, read from a title of ours (`Report.title`)."""
    return find_region(title, ()), find_year(title, (), None)


def _report(section: Section, paragraphs: Sequence[str], year: int | None) -> Report:
    own = [text for text in paragraphs[section.start : section.end][:_LEAD] if text.strip()]
    if section.heading is None and not section.opened:
        aims = find_year("", own, None) or year
        return Report(title="", region="", year=aims, start=section.start, end=section.end)
    heading = without_number(" ".join(paragraphs[section.heading].split())) if section.heading is not None else ""
    head = [text for text in paragraphs[section.start : section.head] if text.strip()]
    region = find_region(heading, ()) or find_region(f"{section.lead.place}政府", ()) or find_region("", head)
    named = find_year(heading, own, None) or year
    return Report(title=_name(heading, region, named), region=region, year=named, start=section.start, end=section.end)


def _name(heading: str, region: str, year: int | None) -> str:
    """The heading, if it tells place and year; else they are put into words as headings do."""
    if heading and place_and_year(heading) == (region, year):
        return heading
    return f"{region}{f'{year}年' if year else ''}政府工作报告"


def _told_apart(reports: Sequence[Report]) -> tuple[Report, ...]:
    """The reports, those of one name counted from the second on."""
    seen: dict[str, int] = {}
    result = []
    for report in reports:
        count = seen[report.title] = seen.get(report.title, 0) + 1
        result.append(replace(report, title=f"{report.title}（{count}）") if count > 1 else report)
    return tuple(result)
