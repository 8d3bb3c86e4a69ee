"""Lines of a container that are not the body's: set apart from its paragraphs by markup, at its edges or amid it.

A body's paragraphs are marked up in one way, seldom in more; what a site puts around them has elements of its own. Such
a line stays where it reads like a part of a text: a sentence, a heading, a date, whoever signs, a statement.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import compress, groupby, takewhile

from crawler.extract.furniture import SENTENCE_ENDS
from crawler.extract.gaps import set_apart
from crawler.extract.outline import Outline, is_heading, running
from crawler.extract.phrases import Kind, states
from crawler.extract.signs import is_caption, is_credited

_MAIN = 0.1
"""So much of a body's sentences are marked up in a way of its own."""
_LONE = 0.3
"""So much of them a single paragraph must be to make its way one of the body's."""
_PLAIN = 0.6
"""So much of the sentences must be in such ways; else there is no telling by them."""
_PARAGRAPHS = 4
"""A body of fewer may tell all it has to tell below its pictures."""
_OFTEN = 3
"""What so many lines amid the body are marked up in is a way of its headings or captions."""
_LONGEST = 120
_LONGEST_LABEL = 12
_OWN = re.compile(
    r".*(?:[。！!？?：:；;…”]|[)）]|\d日)$|(?:附件|附表|附：|[—-]{1,2}\w|.{4,40}(?:会议|大会|全会)上$|.{0,14}(?:[省市州县区镇乡局厅院校所]长|书记|主任|主席|专员)[^\W\d]{2,4}$|.{2,14}[〔（(【\[]\s?\d{4}\s?[〕）)】\]]|注[：:]|表\s?\d|图\s?\d|摘自|各位|同志们)|.{0,30}\d{4}\s?年\d{1,2}\s?月|[〇零一二三四五六七八九十年月日]{6,}$"
    r"|.{1,30}(?:政府|委员会|委|办公室|办公厅|局|厅|部|法院|检察院|党组|书记|省长|市长|县长|区长|主任|主席|公司|协会|学会|大学|学院|中学|小学|医院|研究院|研究所|董事会)$"
)
"""How a line ends or begins that belongs to a text: sentences, dates, who signs, captions of tables."""
_ADDRESSED = re.compile(
    r"(?:各位|同志们)[^。！？!?]{0,20}[：:]|[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
"""A salutation, or the date below a text."""
_LONGEST_NAME = 30
_VOUCHING = 2
"""So many lines of a row known by their words vouch for the others."""
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


def strays(outline: Outline, chosen: range, kinds: Sequence[Kind | None], live: Sequence[bool]) -> set[int]:
    """The live lines of the container that are set apart from the body and do not read like a part of it."""
    ways = outline.line_ways
    prose = [index for index in chosen if live[index] and outline.prose[index]]
    counts = Counter(ways[index] for index in prose)
    sizes = dict.fromkeys(counts, 0)
    for index in prose:
        sizes[ways[index]] += outline.sizes[index]
    whole = sum(sizes.values())
    main = {way for way, size in sizes.items() if size >= (_MAIN if counts[way] > 1 else _LONE) * whole}
    if not main or sum(sizes[way] for way in main) < _PLAIN * whole:
        return set()
    prose = [index for index in prose if ways[index] in main]
    found = _outside(outline, chosen, live, main, prose) | _amid(outline, live, main, prose)
    found |= set_apart(outline, chosen, live, main, prose)
    found |= _captions(outline, chosen, live, credited=len(prose) >= _PARAGRAPHS)
    found |= _in_company(outline, chosen, live, prose, found)
    return found | _beside(outline, range(chosen.start, prose[-1]), kinds, live)


def _outside(outline: Outline, chosen: range, live: Sequence[bool], main: set[int], prose: Sequence[int]) -> set[int]:
    """Before the first and behind the last paragraph."""
    known = set(main) | {outline.line_ways[i] for i in range(prose[0], prose[-1]) if live[i]}
    found = set()
    for edge in (range(prose[0] - 1, chosen.start - 1, -1), range(prose[-1] + 1, chosen.stop)):
        parted, shared = False, _text_boxes(outline, edge, live)
        if edge.step < 0:
            shared |= _torn_paragraphs(outline, edge, live, prose[0])
        for index in edge:
            if edge.step > 0 and not parted and outline.texts[index - 1][-1] in ":：":
                known.add(outline.line_ways[index])  # what was announced
            if not live[index]:
                parted = True
            elif outline.prose[index] and outline.elements[index] in shared:
                continue
            elif outline.line_ways[index] not in known and not _is_own(outline, index, parted=parted):
                found.add(index)
    return found - _closing(outline, range(prose[-1] + 1, chosen.stop), live, found)


def _closing(outline: Outline, behind: range, live: Sequence[bool], found: Collection[int]) -> set[int]:
    """Lines right behind the last paragraph, in a row and marked up alike, most of which belong to a text: all do.

    Attachments, who signs, the date, a remark: each is known by its words, which an edit may have spoilt.
    """
    closing = set[int]()
    for _, alike in groupby(takewhile(live.__getitem__, behind), outline.line_ways.__getitem__):
        row = set(alike)
        strange = row.intersection(found)
        if len(row) - len(strange) >= max(_VOUCHING, len(strange) + 1):
            closing |= strange
    return closing


def _text_boxes(outline: Outline, edge: range, live: Sequence[bool]) -> set[int]:
    """The elements with several lines of their own that read like a text's: a block amid it may end its paragraph."""
    own = (i for i in edge if live[i] and not outline.prose[i] and _is_own(outline, i, parted=True))
    return {element for element, count in Counter(outline.elements[i] for i in own).items() if count > 1}


def _torn_paragraphs(outline: Outline, edge: range, live: Sequence[bool], first: int) -> set[int]:
    """The paragraphs right beside bare text, the body's first: a block amid them ended them, and the rest is bare."""
    bare = outline.elements[first]
    found = {outline.elements[i] for i in edge if live[i] and outline.texts[i].endswith("。")}
    return {each for each in found if outline.tags[each] == "p" and outline.parents[each] == bare}


def _amid(outline: Outline, live: Sequence[bool], main: set[int], prose: Sequence[int]) -> set[int]:
    """Between two paragraphs, beside furniture; labels of lists of links, too.

    What is marked up as a numbered heading is may be one, be its number torn.
    """
    labels = [i for i in range(prose[0], prose[-1]) if live[i] and not outline.prose[i]]
    parted = [i for i in labels if not (live[i - 1] and live[i + 1]) and not _is_own(outline, i)]
    if not parted:
        return set()
    often = Counter(outline.line_ways[i] for i in labels if not _is_own(outline, i))
    headed = {outline.line_ways[i] for i in labels if is_heading(outline.texts[i])}
    found = set()
    for index in parted:
        way = outline.line_ways[index]
        rare = way not in main and often[way] < _OFTEN
        if way not in headed and (rare or (not live[index + 1] and outline.links[index + 1])):
            found.add(index)
    return found


def _in_company(
    outline: Outline, chosen: range, live: Sequence[bool], prose: Sequence[int], found: Collection[int]
) -> set[int]:
    """What is left of elements that went for the most part, or whose head went, and hold none of the paragraphs.

    For whole sentences it counts what was furniture by itself, not what was `found` to be set apart.
    """
    if not found and all(live[chosen.start : chosen.stop]):
        return set()
    body = set(prose)
    dead = running([not alive for alive in live])
    gone = running([not alive or i in found for i, alive in enumerate(live)])
    company = set()
    for index in chosen:
        if not live[index] or index in body:
            continue
        start, end = _apart(outline, index, prose)
        if outline.texts[index][-1] in SENTENCE_ENDS:
            left = 2 * (dead[end] - dead[start]) >= end - start
        else:
            headless = gone[start + 1] > gone[start] and prose[0] < start < prose[-1]
            left = headless or 2 * (gone[end] - gone[start]) >= end - start
        if left and _is_left(outline, index):
            company.add(index)
    return company


def _captions(outline: Outline, chosen: range, live: Sequence[bool], *, credited: bool) -> set[int]:
    """What names the image beside it; where `credited` what says whose it is, too."""
    lines, found = outline.lines, set()
    for index in compress(chosen, live[chosen.start : chosen.stop]):
        line = lines[index]
        beside = line.image or (index + 1 < len(lines) and lines[index + 1].image)
        if ((beside and is_caption(line.text)) or (credited and is_credited(line.text))) and not line.data:
            found.add(index)
    return found


def _is_left(outline: Outline, index: int) -> bool:
    """Whether a line is nothing by itself: a label of what went, or not like a part of a text."""
    text = outline.texts[index]
    label = text[-1] in ":：" and len(text) <= _LONGEST_LABEL and not text.startswith("各")
    return label or not _is_own(outline, index, parted=True)


def _apart(outline: Outline, index: int, prose: Sequence[int]) -> tuple[int, int]:
    """The lines of the largest element around this one without any of the body's paragraphs."""
    element, span = outline.elements[index], (index, index + 1)
    while element:
        start, end = outline.spans[element]
        if bisect_left(prose, start) < bisect_left(prose, end):
            break
        element, span = outline.parents[element], (start, end)
    return span


def _beside(outline: Outline, within: range, kinds: Sequence[Kind | None], live: Sequence[bool]) -> set[int]:
    """Bare numbers beside furniture; the name of the article above what is said of it."""
    found: set[int] = set()
    for index in within[1:]:
        kind = kinds[index]
        if kind is not Kind.EDGE and kind is not Kind.TEASER:
            continue
        before, parted = index - 1, not live[index - 1] or index - 1 in found
        if kind is Kind.TEASER:
            if not parted and not _is_own(outline, before):
                found.add(before)
        elif live[index] and not outline.lines[index].data and (parted or not live[index + 1]):
            found.add(index)
    return found


def _is_own(outline: Outline, index: int, *, parted: bool = False) -> bool:
    """Whether a line reads like a part of a text; sentences do where no furniture parts them from the body."""
    line = outline.lines[index]
    if outline.prose[index]:
        return not parted
    if line.data or is_heading(line.text) or len(line.text) > _LONGEST:
        return True
    return _OWN.match(line.text) is not None or states(line.text) or _speaks(outline, index)


def _speaks(outline: Outline, index: int) -> bool:
    """Whether a line is whoever speaks or signs, whatever it says: above the salutation or the date.

    It is marked up like it, or stands amid the text of which that is a line, too.
    """
    below = index + 1
    if below == len(outline.texts) or outline.sizes[index] > _LONGEST_NAME:
        return False
    alike = outline.line_ways[below] == outline.line_ways[index]
    amid = index > 0 and outline.elements[below] == outline.elements[index - 1]
    return (alike or amid) and _ADDRESSED.fullmatch(outline.texts[below]) is not None
