"""A text cut into sections at whatever may head or open a report; `compilation` decides which of them are reports.

Ring 1; pure. A section begins at a heading with text below it (of several in a row at the last, the others are a table
of contents), and at an opening without heading. Everything a decision needs stands in its value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.extract.headings import Line, other_place
from crawler.model import value

_NEAR = 12
"""Within so many paragraphs of its heading a report opens."""
_GAP = 6
"""Lines of one heading stand at most so far apart."""


@value
class Section:
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


def sections_of(lines: Sequence[Line]) -> list[Section]:
    """All of a text, cut where a report may begin; at least one section."""
    cuts = list(_cuts(lines))
    return [_section(lines, start, end) for start, end in zip(cuts, [*cuts[1:], len(lines)], strict=True)]


def joined(report: Section, section: Section) -> Section:
    """A report that goes on in a section; what it says of itself first counts."""
    fresh = not report.size and report.heading is None
    lead = section.lead if fresh and section.heading is not None else report.lead
    return replace(
        section,
        start=report.start,
        heading=section.heading if fresh else report.heading,
        head=section.head if fresh else report.head,
        lead=_filled(lead, report.lead, section.lead),
        opened=report.opened or section.opened,
        first_chapter=report.first_chapter if report.first_chapter[1] else section.first_chapter,
        last_chapters=_following(report.last_chapters, section.last_chapters),
        size=report.size + section.size,
        numbered=report.numbered,
    )


def _filled(lead: Line, *others: Line) -> Line:
    """What a report says of itself, place and year from wherever they are said first."""
    said = (lead, *others)
    return replace(
        lead,
        place=next((line.place for line in said if line.place), ""),
        year=next((line.year for line in said if line.year), None),
    )


def _following(before: tuple[int, int], chapters: tuple[int, int]) -> tuple[int, int]:
    """The last chapters of a text that goes on."""
    return chapters if chapters[0] else (before[0], chapters[1] or before[1])


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
    known = replace(lines[first], place=next((line.place for line in lines[first : text + 1] if line.place), ""))
    for index in reversed(headings[:-1]):
        line = lines[index]
        if not _belongs(line, known, distance=first - index):
            break
        first = index
        known = replace(known, place=line.place or known.place, number=known.number or line.number)
    return first


def _belongs(line: Line, below: Line, *, distance: int) -> bool:
    """Whether a heading is of the same report as the one `distance` lines below it."""
    if distance > _GAP or (line.number and below.number):
        return False
    adjacent = distance == 1 and line.place != ""
    return any((line.named, line.counted, adjacent)) and not other_place(line.place, below.place)


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


def _section(lines: Sequence[Line], start: int, end: int) -> Section:
    here = lines[start:end]
    first_text = next((n for n, line in enumerate(here) if line.kind == "text"), len(here))
    head = here[:first_text]
    headings = [n for n, line in enumerate(head) if line.kind == "heading"]
    best = max(headings, key=lambda n: (head[n].named, bool(head[n].place), head[n].counted, -n), default=None)
    told = [*([head[best]] if best is not None else ()), *head, *here[first_text : first_text + _NEAR]]
    return Section(
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
