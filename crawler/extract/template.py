"""What the pages of one host share around their bodies: learnt from pages already read, used where one page alone
is ambiguous.

A line is known by its place (the tags from the document down to it) and its text. `surroundings` gives what a page
teaches: sentences, and lines that no rule takes for furniture, outside the box that holds its body. The store counts
on how many pages each was met; one met on `ENOUGH` of them belongs to the template. Taking away every line that pages
share would lose real ones (一、综合; 各位代表：), so a shared line stays wherever a sentence of the page's own stands
beside it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.outline import Outline, is_heading

Place = tuple[str, str]
"""The tags from the document down to a line, and its text."""

Template = Mapping[Place, int]
"""Places that pages of a host share -> on how many of them they were met."""

NOTHING_SHARED: Template = {}

ENOUGH = 3
"""Met on so many pages, a line is the site's rather than a page's."""

MOST_TAUGHT = 40
"""So many lines of one page are learnt at most."""

_SHORTEST, _LONGEST = 4, 400


def place(outline: Outline, index: int) -> Place:
    """Where a line stands."""
    tags, element = [], outline.lines[index].element
    while element:
        tags.append(outline.tags[element])
        element = outline.parents[element]
    return "/".join(reversed(tags)), outline.lines[index].text


def surroundings(outline: Outline, live: Sequence[bool], kept: Sequence[int]) -> tuple[Place, ...]:
    """What a page teaches: the lines around the box that holds most of its body, the nearest first."""
    boxes = _boxes(outline)
    sizes: Counter[int] = Counter()
    for index in kept:
        sizes[boxes[index]] += len(outline.lines[index].text)
    if not sizes:
        return ()
    main = sizes.most_common(1)[0][0]
    inside = [index for index in kept if boxes[index] == main]
    first, last = inside[0], inside[-1]
    # A sentence that the rules took for furniture here may pass for the body of another page.
    taught = (i for i, alive in enumerate(live) if (alive or outline.prose[i]) and _teaches(outline, i))
    around = [i for i in taught if not first <= i <= last]
    nearest = sorted(around, key=lambda index: max(first - index, index - last))
    return tuple(place(outline, index) for index in nearest[:MOST_TAUGHT])


def shared_lines(outline: Outline, live: Sequence[bool], template: Template) -> Iterator[int]:
    """The lines that belong to the site: known at their place, in a box without any sentence that is not known.

    Labels go only with a sentence of their box.
    """
    if not template:
        return
    texts = {text for _, text in template}
    known = [
        index
        for index, line in enumerate(outline.lines)
        if live[index] and line.text in texts and place(outline, index) in template
    ]
    if not known:
        return
    boxes = _boxes(outline)
    own = {
        boxes[index] for index in {i for i, prose in enumerate(outline.prose) if prose and live[i]}.difference(known)
    }
    sentences = {boxes[index] for index in known if outline.prose[index]}
    yield from (index for index in known if boxes[index] in sentences - own)


def _boxes(outline: Outline) -> list[int]:
    """What holds each line and its neighbours: the element of several lines, else the parent of its paragraph."""
    lines = Counter(line.element for line in outline.lines)
    return [line.element if lines[line.element] > 1 else outline.parents[line.element] for line in outline.lines]


def _teaches(outline: Outline, index: int) -> bool:
    line = outline.lines[index]
    return not line.data and _SHORTEST <= len(line.text) <= _LONGEST and not is_heading(line.text)
