"""From a page's lines to the paragraphs of its body: marks furniture, chooses the container, trims its edges."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain, compress
from typing import NamedTuple

from crawler.extract.container import choose
from crawler.extract.counters import without_counter
from crawler.extract.furniture import furniture
from crawler.extract.memory import recalled
from crawler.extract.notices import notices
from crawler.extract.outline import Outline
from crawler.extract.page import Page
from crawler.extract.phrases import Kind
from crawler.extract.remarks import alive
from crawler.extract.rows import join_rows
from crawler.extract.strays import strays
from crawler.extract.template import NOTHING_SHARED, Template, at_the_ends, is_of_its_own, site_boxes
from crawler.text import fold

_BEHIND = (Kind.TAIL, Kind.LIST, Kind.COMMENTS)
_GOES_ON = {Kind.TAIL: 3, Kind.LIST: 1}
"""So many paragraphs like those before tell that the body goes on behind such a line."""
_LABELLED = re.compile(r"[^\W\d]{0,4}(?:电话|热线|邮箱|地址)\s?[:：][^:：]+$")
_SIGNED = re.compile(
    r"[^。，；：]{2,20}(?:政府|委员会|办公室)|[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_CLOSED = ("。", "！", "!")
_BELOW = 6
"""Below the title stands at least such a part of a page's sentences."""
_HEAD = 12
"""So many lines at the start of a body may repeat the title or be numbers and dates."""


class Judgement(NamedTuple):
    """A page's lines, and what became of each."""

    outline: Outline
    kinds: list[Kind | None]
    """What kind of furniture each line is; None: none that is known."""
    live: list[bool]
    """Which lines may be body: no furniture themselves, nor below a heading of furniture."""
    chosen: range
    """The container's lines."""
    kept: Sequence[int]
    """The body's lines."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body."""
        return tuple(without_counter(self.outline.lines[index]) for index in self.kept)

    def above(self, page: Page) -> list[str]:
        """The texts of the page's lines that stand before the body; all of them where there is no body."""
        first = self.outline.elements[self.kept[0]] if self.kept else 0
        before = next((index for index, line in enumerate(page.lines) if line.element >= first), 0)
        return [line.text for line in page.lines[: before or None]]


def find_body(
    page: Page, titles: Collection[str], template: Template = NOTHING_SHARED, before: Sequence[str] = ()
) -> Judgement:
    """Which of a page's lines are its body.

    `titles` are folded texts that repeat the title above the body; `template` is what the pages of its host share;
    `before` are the paragraphs of the last version, if they are to be recalled (`crawler.extract.memory`).
    """
    found = _found(page, titles, template)
    if not before or page.selected is not None:
        return found
    lines = [without_counter(line) for line in found.outline.lines]
    return found._replace(kept=recalled(lines, found.kept, before))


def _found(page: Page, titles: Collection[str], template: Template) -> Judgement:
    lines = join_rows(page)
    outline = Outline(page, lines)
    if page.selected is not None:
        return Judgement(outline, [None] * len(lines), [True] * len(lines), range(0), outline.within(page.selected))
    kinds = furniture(outline)
    live = alive(outline, kinds)
    first = _title(page, outline, live)
    live[:first] = [False] * first
    if template:
        return _beside_its_site(outline, kinds, live, titles, template)
    return _judge(outline, kinds, live, titles)


def _judge(outline: Outline, kinds: list[Kind | None], live: list[bool], titles: Collection[str]) -> Judgement:
    """What one page alone tells; furniture found on the way is marked in `kinds` and `live`."""
    inner = [alive and found is not Kind.EDGE for alive, found in zip(live, kinds, strict=True)]
    chosen = _cut_tail(outline, range(*outline.spans[choose(outline, inner)]), kinds, live)
    for index in strays(outline, chosen, kinds, live):
        kinds[index], live[index] = Kind.STRAY, False
    for index in notices(outline, [index for index in chosen if live[index]]):
        kinds[index], live[index] = Kind.STRAY, False
    return Judgement(outline, kinds, live, chosen, _trim(outline, chosen, kinds, live, titles))


def _beside_its_site(
    outline: Outline,
    kinds: list[Kind | None],
    live: list[bool],
    titles: Collection[str],
    template: Template,
) -> Judgement:
    """The judgement without what the template takes off its ends.

    Only of a text that is nothing but the site's own is another chosen.
    """
    alone = _judge(outline, [*kinds], [*live], titles)
    boxes = site_boxes(outline, alone.kept, template)
    if not boxes:
        return alone
    if is_of_its_own(outline, alone.kept, boxes):
        for index in at_the_ends(outline, alone.kept, boxes):
            alone.kinds[index], alone.live[index] = Kind.SHARED, False
        return alone._replace(kept=_trim(outline, alone.chosen, alone.kinds, alone.live, titles))
    boxes = site_boxes(outline, compress(range(len(live)), live), template)
    for index in chain.from_iterable(boxes):
        kinds[index], live[index] = Kind.SHARED, False
    found = _judge(outline, kinds, live, titles)
    whole = {*chain.from_iterable(boxes)} == at_the_ends(outline, found.kept, boxes)
    return found if whole else alone


def _title(page: Page, outline: Outline, live: Sequence[bool]) -> int:
    """The line of the first h1, if the window's title says the same and sentences enough stand below it; else 0.

    What stands before the title, columns and mastheads, is no body.
    """
    if not page.headings:
        return 0
    tags, parents = outline.tags, outline.parents
    headed = (i for i, element in enumerate(outline.elements) if "h1" in (tags[element], tags[parents[element]]))
    first = next(headed, 0)
    if not first or fold(outline.texts[first]) not in fold(page.meta.get("<title>", "")):
        return 0
    sizes = [size if alive else 0 for size, alive in zip(outline.prose_sizes, live, strict=True)]
    return first if sum(sizes[first:]) * _BELOW >= sum(sizes) else 0


def _cut_tail(outline: Outline, chosen: range, kinds: Sequence[Kind | None], live: Sequence[bool]) -> range:
    """Without what follows the first line that stands behind a body, if little of what follows reads like one."""
    if not any(kinds[index] in _BEHIND for index in chosen):
        return chosen
    ways = [outline.line_ways[i] if live[i] and _goes_on(outline, i) else 0 for i in chosen]
    sizes = [outline.sizes[i] if way else 0 for i, way in zip(chosen, ways, strict=True)]
    before, behind, rest, last = 0, sum(sizes), Counter(ways), 0
    for index, way, size in zip(chosen, ways, sizes, strict=True):
        found = kinds[index]
        if found in _BEHIND and before and behind <= before / 5 and rest[last] < _GOES_ON.get(found, len(ways)):
            return range(chosen.start, index)
        before, behind, last = before + size, behind - size, way or last
        rest[way] -= 1
    return chosen


def _goes_on(outline: Outline, index: int) -> bool:
    """Whether a line shows that a body goes on: a sentence, be it a short one, a row of data, who signs and when."""
    text = outline.texts[index]
    return (
        outline.prose[index]
        or outline.lines[index].data
        or text.endswith(_CLOSED)
        or _SIGNED.fullmatch(text) is not None
    )


def _trim(
    outline: Outline,
    chosen: range,
    kinds: Sequence[Kind | None],
    live: Sequence[bool],
    titles: Collection[str],
) -> list[int]:
    """Without furniture, and without numbers, dates and the title at the edges."""
    kept = [index for index in chosen if live[index]]
    prose = [index for index in kept if outline.prose[index]]
    while kept and kinds[kept[-1]] is Kind.EDGE and not _is_told(outline, kept[-1], prose):
        if prose[-1:] == [kept.pop()]:
            prose.pop()
    first = 0
    for position, index in enumerate(kept[:_HEAD]):
        if kinds[index] is Kind.EDGE or fold(outline.texts[index]) in titles:
            first = position + 1
        elif outline.prose[index]:
            break
    return kept[first:]


def _is_told(outline: Outline, last: int, prose: Sequence[int]) -> bool:
    """Whether the last line is a row of data, or tells whom to call, marked up as the paragraph before it."""
    line = outline.lines[last]
    told = bool(prose) and outline.ways[outline.lines[prose[-1]].element] == outline.ways[line.element]
    return line.data or (told and _LABELLED.match(line.text) is not None)
