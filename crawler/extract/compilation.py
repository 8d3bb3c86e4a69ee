"""Splits a document that holds many reports ('市2023年政府工作报告-24篇') into its reports.

Ring 1; pure, linear in the text. A document is cut at the headings above text, then what does not begin a report of its
own is put back: a report is new if it is numbered on, if it opens ('各位代表：现在，我代表…') where the one before has
opened already, or if its heading names another place and its chapters do not go on where the last ones stopped. A
report's own title repeated, a table of contents, titles in sentences and annexes therefore split nothing. What stands
before the first heading of a part seen alone is a report of unknown heading, unless it is an editor's foreword.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.extract.headings import Line, other_place, read_line, same_place, without_number
from crawler.extract.meta import find_region, find_year
from crawler.model import value
from crawler.text import fold

MAX_REPORTS = 1_000
"""No compilation has so many; the rest of a text stays with the last one."""
_NEAR = 12
"""Within so many paragraphs of its heading a report opens."""
_FOREWORD = 2_000
"""No foreword is longer, in characters."""
_TAIL = 1_000
"""From this length on what stands before the first heading is a report's, whatever it looks like."""
_LEAD = 60
"""In so many paragraphs a report says where and for which year it was given."""
_GAP = 6
"""Lines of one heading stand at most so far apart."""
_MANY = re.compile(r"(?<![第\d])(?:\d{1,3}|[二三四五六七八九十]{1,3}|[几多两])篇|汇编|合集|合辑|选编|集锦|范文")
_ANNOUNCES = re.compile(r"(?:以下|如下|全文|整理|供大家|小编|目录)")


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


@value
class _Section:
    """A stretch from one heading to the next; after merging, a report."""

    start: int = 0
    end: int = 0
    heading: int | None = None
    """The line that names it best."""
    head: int = 0
    """Behind its first text: heading, dateline and opening stand before."""
    lead: Line = Line(kind="other")
    """What its heading, dateline and opening say together."""
    titled: bool = False
    """Number and title stand in one line: '第3篇：市2023年政府工作报告'."""
    opened: bool = False
    numbered: bool = False
    """The heading's number counts reports."""
    first_chapter: tuple[int, int] = (0, 0)
    last_chapters: tuple[int, int] = (0, 0)
    """Numbers of the last chapters of both levels; a new chapter counts its sections anew."""
    size: int = 0
    """Characters of text, openings left out."""


def find_reports(title: str, paragraphs: Sequence[str]) -> tuple[Report, ...]:
    """The reports of a document with that title, in order; none where the document is one report."""
    lines = [read_line(paragraph) for paragraph in paragraphs]
    many = _MANY.search(fold(title)) is not None
    cuts = list(_cuts(lines))
    sections = [_section(lines, start, end) for start, end in zip(cuts, [*cuts[1:], len(lines)], strict=True)]
    found = _merged(sections, paragraphs, _titled(title, many=many), many=many)
    if len(found) < 2:
        return ()
    year = find_year(title, (), None)
    return _told_apart([_report(section, paragraphs, year) for section in found])


# --- where text is headed --------------------------------------------------------------------------------------------


def _cuts(lines: Sequence[Line]) -> Iterator[int]:
    """Where sections begin: at headings with text below, and where a report opens without any."""
    yield 0
    headings: list[int] = []
    texts = 0
    for index, line in enumerate(lines):
        if line.kind == "heading":
            headings.append(index)
        elif line.kind == "text":
            start = _first_of(headings, lines, index) if headings else 0
            if not headings and line.opens and texts:
                start = _salutation(lines, index)
            if start > 0:
                yield start
                texts = 0
            headings = []
            texts += 1


def _first_of(headings: Sequence[int], lines: Sequence[Line], text: int) -> int:
    """Where the heading right above a text begins; the lines before it are a table of contents."""
    first = headings[-1]
    number = lines[first].number
    place = next((line.place for line in lines[first : text + 1] if line.place), "")
    for index in reversed(headings[:-1]):
        line = lines[index]
        belongs = line.named or line.counted or (first - index == 1 and line.place)
        recounted = line.number is not None and number is not None
        if first - index > _GAP or not belongs or recounted or other_place(line.place, place):
            break
        first, place = index, place or line.place
        number = line.number if number is None else number
    return first


def _salutation(lines: Sequence[Line], opening: int) -> int:
    """The first line of an opening without a heading: the dateline or the salutation above it."""
    above = range(opening - 1, max(-1, opening - 5), -1)
    start = opening
    for index in above:
        if lines[index].kind != "other" or lines[index].chapter[1]:
            break
        if lines[index].salutes or lines[index].dated:
            start = index
    return start


def _section(lines: Sequence[Line], start: int, end: int) -> _Section:
    here = lines[start:end]
    first_text = next((n for n, line in enumerate(here) if line.kind == "text"), len(here))
    head = here[:first_text]
    headings = [n for n, line in enumerate(head) if line.kind == "heading"]
    best = max(headings, key=lambda n: (head[n].named, bool(head[n].place), head[n].counted, -n), default=None)
    told = [*([head[best]] if best is not None else ()), *head, *here[first_text : first_text + _NEAR]]
    return _Section(
        start=start,
        end=end,
        heading=None if best is None else start + best,
        lead=_lead(head, told),
        titled=any(line.counted and line.named for line in head),
        opened=_opened(head, here[first_text : first_text + _NEAR]),
        head=start + first_text + 1,
        first_chapter=next((line.chapter for line in here if line.chapter[1]), (0, 0)),
        last_chapters=_last_chapters(here),
        size=sum(line.size for line in here if not line.opens),
    )


def _opened(head: Sequence[Line], texts: Sequence[Line]) -> bool:
    """Whether a report is opened: by the formula, or by a salutation and words about a report."""
    saluted = any(line.salutes for line in head) and texts[:1] and texts[0].reports
    return bool(saluted) or any(line.opens for line in texts)


def _lead(head: Sequence[Line], told: Sequence[Line]) -> Line:
    return Line(
        kind="heading" if any(line.kind == "heading" for line in head) else "other",
        named=any(line.named for line in head),
        counted=any(line.counted for line in head),
        number=next((line.number for line in head if line.number is not None), None),
        place=next((line.place for line in told if line.place), ""),
        year=next((line.year for line in told if line.year), None),
        dated=any(line.dated for line in head),
    )


def _last_chapters(lines: Sequence[Line]) -> tuple[int, int]:
    chapters = [line.chapter for line in lines if line.chapter[1]]
    first = next((n for n in reversed(range(len(chapters))) if chapters[n][0] == 1), -1)
    below = [number for _, number in chapters[first + 1 :]]
    return (chapters[first][1] if first >= 0 else 0), (below[-1] if below else 0)


# --- what begins a report --------------------------------------------------------------------------------------------


def _titled(title: str, *, many: bool) -> _Section:
    """The report that the document's own title names, before any of it was read."""
    line = read_line(title)
    named = line.kind == "heading" and line.named and not many
    return _Section(lead=line if named else Line(kind="other"))


def _merged(sections: Sequence[_Section], paragraphs: Sequence[str], whole: _Section, *, many: bool) -> list[_Section]:
    """The reports: each section begins one, or goes on with the one before."""
    if len(sections) > 1 and not _is_report(sections[0], paragraphs):
        sections = sections[1:]
    first = sections[0]
    counting = _counts(first, whole, many=many)
    found = [replace(_joined(replace(whole, start=first.start), first), numbered=counting)]
    for section in sections[1:]:
        if len(found) < MAX_REPORTS and _begins(section, found[-1], many=many):
            found.append(replace(section, numbered=_counts(section, found[-1], many=many)))
        else:
            found[-1] = _joined(found[-1], section)
    return found


def _is_report(head: _Section, paragraphs: Sequence[str]) -> bool:
    """Whether what stands before the first heading is (the end of) a report, not the words of an editor."""
    if head.heading is not None or head.opened or not head.size:
        return head.size > 0 or head.opened
    text = [paragraph.rstrip() for paragraph in paragraphs[head.start : head.end] if paragraph.strip()]
    announced = any(_ANNOUNCES.search(paragraph[:200]) for paragraph in text[:5])
    ends = text[-1].endswith(("!", "！")) or head.first_chapter != (0, 0)
    return head.size >= _FOREWORD or (not announced and (ends or head.size >= _TAIL))


def _begins(section: _Section, report: _Section, *, many: bool) -> bool:
    """Whether a section begins a report of its own."""
    ours, theirs = section.lead, report.lead
    same = bool(ours.place and theirs.place) and same_place(ours.place, theirs.place)
    if not section.size or (same and ours.year in (None, theirs.year)):
        return False
    if _counts(section, report, many=many):
        return True
    another = other_place(ours.place, theirs.place)
    if section.opened:
        return report.opened or another or report.size >= _FOREWORD or report.heading is None
    if report.numbered or not ours.named:
        return ours.dated and another
    return bool(ours.place) and not _goes_on(section, report) and _starts_anew(section, report, many=many)


def _starts_anew(section: _Section, report: _Section, *, many: bool) -> bool:
    """Whether a place's title without number and opening heads a report rather than a passage of one."""
    headless = report.heading is None and not report.lead.place and report.first_chapter != (1, 1)
    restarts = section.first_chapter == (1, 1) and (report.last_chapters[0] > 1 or headless)
    if many or section.lead.dated or restarts:
        return True
    without_chapters = report.first_chapter[1] > 0 and not section.first_chapter[1]
    return other_place(section.lead.place, report.lead.place) and not without_chapters


def _goes_on(section: _Section, report: _Section) -> bool:
    """Whether the first chapter below a heading is the one after the last above it, or a section of that."""
    level, number = section.first_chapter
    if level == 2 and number == 1:
        return report.last_chapters[0] > 0 == report.last_chapters[1]
    return number > 1 and report.last_chapters[level - 1] in (number - 1, 0)


def _counts(section: _Section, report: _Section, *, many: bool) -> bool:
    """Whether the heading's number is the next in a count of reports."""
    lead, before = section.lead, report.lead.number if report.numbered else None
    if lead.number is None or (before is not None and lead.number <= before):
        return False
    if lead.counted:
        return many or section.opened or lead.dated or bool(lead.place) or section.titled
    return lead.named and (many or bool(lead.place) or section.opened)


def _joined(report: _Section, section: _Section) -> _Section:
    """A report that goes on in a section; what it says of itself first counts."""
    fresh = not report.size and report.heading is None
    lead = section.lead if fresh and section.heading is not None else report.lead
    place, year = report.lead.place or section.lead.place, report.lead.year or section.lead.year
    chapters = (
        section.last_chapters
        if section.last_chapters[0]
        else (report.last_chapters[0], section.last_chapters[1] or report.last_chapters[1])
    )
    return replace(
        section,
        start=report.start,
        heading=section.heading if fresh else report.heading,
        head=section.head if fresh else report.head,
        lead=replace(lead, place=lead.place or place, year=lead.year or year),
        opened=report.opened or section.opened,
        first_chapter=report.first_chapter if report.first_chapter[1] else section.first_chapter,
        last_chapters=chapters,
        size=report.size + section.size,
        numbered=report.numbered,
    )


# --- what a report is called -----------------------------------------------------------------------------------------


def place_and_year(title: str) -> tuple[str, int | None]:
    """Region and year of a report, read from a title of ours (`Report.title`)."""
    return find_region(title, ()), find_year(title, (), None)


def _report(section: _Section, paragraphs: Sequence[str], year: int | None) -> Report:
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
