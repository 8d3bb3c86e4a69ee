"""The places in which two prints of a report differ, as far as a reader would hear it. Ring 1; pure."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from crawler.compare.passages import Paragraph, Passage
from crawler.compare.portals import Portals
from crawler.compare.spelling import said
from crawler.diff import Hunk
from crawler.diff.words import SENTENCE_END
from crawler.model import value
from crawler.text import fold

_BODY = 30
"""A sentence of so many characters is body: titles, dates and names of speakers are shorter."""
_SHORTEST = 12
"""A shorter line that one print lacks is none of the body."""
_MOVED = 8
"""So many words that stand in another place have moved."""
_NUMBER = 6
_BESIDE = 2
"""So many characters apart, in both texts."""
_SEARCHES = 2_000
"""So many of them are looked for."""
_FORMULA = re.compile(r"请予审议|请审议|提出意见")
_FORMULA_LENGTH = 150
_OPENING = re.compile(f"(?:{_FORMULA.pattern})[^。！!]{{0,40}}[。！!]")
_HEAD = 600
"""A report opens within so many characters."""
_TALK = re.compile(
    r"[(（\[【]?(?:责任?编辑|编辑|编审|审核|校对|监制|来源|原标题|记者|作者|供稿|摄影|图为|转载|扫码|关注|分享|点击)[^。！!]{0,80}$"
)
"""What editors put at the end of a passage."""

Stretch = tuple[int, int]
NOWHERE: Stretch = (-1, -1)


class Frame(NamedTuple):
    """Where in a passage the body begins, where it ends, and how long the passage is without blanks behind it."""

    start: int
    stop: int
    size: int


@value
class Edit:
    """One place in which the prints differ; `before` and `after` are its stretches of the two texts."""

    old: str
    new: str
    before: Stretch
    after: Stretch
    passage: Passage
    hunk: Hunk | None
    """Of the passage; None: all of it is new or gone."""


def edits_of(found: Portals) -> tuple[Edit, ...]:
    """Every place that differs between the first and the last paragraph of the body, in the order of the second."""
    return tuple(_without_moved(list(_edits(found)), found.first.text, found.second.text))


def _edits(found: Portals) -> Iterator[Edit]:
    anchors = [passage for passage in found.passages if _is_body(passage)]
    if not anchors:
        return
    first, last = anchors[0], anchors[-1]
    for passage in found.passages:
        if not _lies_between(passage, first, last) or _is_formula(passage):
            continue
        if passage.op == "changed":
            yield from _within(passage, begins=passage is first, ends=passage is last)
        elif passage.op != "same" and (edit := _one_sided(passage)):
            yield edit


def _is_body(passage: Passage) -> bool:
    return all(any(_is_sentence(each, _BODY) for each in side) for side in (passage.old, passage.new)) and (
        not passage.moved
    )


def _is_sentence(each: Paragraph, least: int) -> bool:
    return len(each.folded) >= least and not SENTENCE_END.isdisjoint(each.folded)


def _lies_between(passage: Passage, first: Passage, last: Passage) -> bool:
    return all(
        not side or (begin[0].number <= side[0].number and side[-1].number <= end[-1].number)
        for side, begin, end in ((passage.old, first.old, last.old), (passage.new, first.new, last.new))
    )


def _is_formula(passage: Passage) -> bool:
    """我代表市人民政府作工作报告，请予审议：portals shorten it."""
    text = "".join(each.folded for each in passage.old or passage.new)
    return len(text) <= _FORMULA_LENGTH and _FORMULA.search(text) is not None


def _within(passage: Passage, *, begins: bool, ends: bool) -> Iterator[Edit]:
    """The edits of a paragraph."""
    old, new = ("\n".join(each.text for each in side) for side in (passage.old, passage.new))
    frames = _frame(old, begins=begins), _frame(new, begins=begins)
    in_old, in_new = _places(passage.old), _places(passage.new)
    for hunk in passage.diff.hunks if passage.diff else ():
        if _is_framed(hunk, frames, begins=begins, ends=ends) or not _is_heard(hunk, old, new):
            continue
        yield Edit(
            old=hunk.old,
            new=hunk.new,
            before=in_old(hunk.old_start, hunk.old_end),
            after=in_new(hunk.new_start, hunk.new_end),
            passage=passage,
            hunk=hunk,
        )


def _frame(text: str, *, begins: bool) -> Frame:
    """Where in a passage its body begins and ends, and the passage itself: head and foot may stand in one line."""
    head = list(_OPENING.finditer(text, 0, _HEAD)) if begins else []
    foot = _TALK.search(text)
    return Frame(head[-1].end() if head else 0, foot.start() if foot else len(text), len(text.rstrip()))


def _is_framed(hunk: Hunk, frames: tuple[Frame, Frame], *, begins: bool, ends: bool) -> bool:
    """It touches head or foot alone: what only one side has at the very ends of the body belongs to them, too."""
    sides = (hunk.old_start, hunk.old_end), (hunk.new_start, hunk.new_end)
    said = [(side, frame) for side, frame in zip(sides, frames, strict=True) if side[0] < side[1]]
    if any(end <= frame.start or start >= frame.stop for (start, end), frame in said):
        return True
    at_start = begins and hunk.old_start == 0 == hunk.new_start
    at_end = ends and all(end == frame.size for (_, end), frame in zip(sides, frames, strict=True))
    return hunk.op != "replace" and (at_start or at_end)


def _is_heard(hunk: Hunk, old: str, new: str) -> bool:
    """It changes a word; a sign before a number (-0.5%) is one."""
    if said(hunk.old) != said(hunk.new):
        return True
    ours, theirs = (
        text[max(0, start - 1) : end + _NUMBER]
        for text, start, end in ((old, hunk.old_start, hunk.old_end), (new, hunk.new_start, hunk.new_end))
    )
    return "-" in fold(hunk.old + hunk.new) and said(ours) != said(theirs)


def _places(side: Sequence[Paragraph]) -> Callable[[int, int], Stretch]:
    """From offsets into paragraphs joined by line ends to offsets into the text."""
    begins = list(accumulate((len(each.text) + 1 for each in side), initial=0))[:-1]

    def place(offset: int) -> int:
        index = bisect_right(begins, offset) - 1
        return side[index].start + offset - begins[index]

    return lambda start, end: (place(start), place(end))


def _one_sided(passage: Passage) -> Edit | None:
    """A line that one print lacks, if it is a sentence of the report."""
    (each,) = passage.old or passage.new
    dropped = passage.op == "dropped"
    if not _is_sentence(each, _SHORTEST) or _TALK.match(each.text):
        return None
    here = (each.start, each.start + len(each.text))
    return Edit(
        old=each.text if dropped else "",
        new="" if dropped else each.text,
        before=here if dropped else NOWHERE,
        after=NOWHERE if dropped else here,
        passage=passage,
        hunk=None,
    )


def _without_moved(edits: Sequence[Edit], first: str, second: str) -> list[Edit]:
    """Without what one print has in another place: words that came and went, sentences that stand elsewhere."""
    edits = _without_neighbours(edits)
    heard = [(said(edit.old), said(edit.new)) for edit in edits]
    moving = [not (old and new) and _may_move(edit) for edit, (old, new) in zip(edits, heard, strict=True)]
    gone = Counter(old for (old, _), may in zip(heard, moving, strict=True) if may and old)
    come = Counter(new for (_, new), may in zip(heard, moving, strict=True) if may and new)
    both = gone & come
    left = (both.copy(), both.copy())
    elsewhere = _Elsewhere(first, second)
    kept = []
    for edit, (old, new), may in zip(edits, heard, moving, strict=True):
        side, words = (0, old) if old else (1, new)
        if may and left[side][words]:
            left[side][words] -= 1
        elif not may or not elsewhere.has(words, side):
            kept.append(edit)
    return kept


def _without_neighbours(edits: Sequence[Edit]) -> list[Edit]:
    """Without what went right beside the place where it came: paragraphs were cut askew there."""
    kept: list[Edit] = []
    for edit in edits:
        last = kept[-1] if kept else None
        if (
            last is not None
            and bool(last.old) != bool(last.new)
            and bool(last.old) == bool(edit.new) != bool(edit.old)
            and said(last.old + last.new) == said(edit.old + edit.new)
            and all(abs(a[1] - b[0]) <= _BESIDE for a, b in ((last.before, edit.before), (last.after, edit.after)))
        ):
            kept.pop()
        else:
            kept.append(edit)
    return kept


def _may_move(edit: Edit) -> bool:
    """Not a few words amid a sentence, or a number: of two targets each may have lost or won the same (以上)."""
    text = edit.old or edit.new
    words = said(text)
    whole = fold(text)[-1:] in SENTENCE_END and not any(word[0] == "⟨" for word in words)
    return len(words) >= _MOVED or whole


class _Elsewhere:
    """Whether a print has a sentence that it lacks in one place as often as the other print."""

    def __init__(self, first: str, second: str) -> None:
        self._texts = first, second
        self._left = _SEARCHES

    def has(self, words: tuple[str, ...], side: int) -> bool:
        if not self._left:
            return False
        self._left -= 1
        own, other = (self._heard[each] for each in (side, 1 - side))
        return other.count("".join(words)) >= own.count("".join(words))

    @cached_property
    def _heard(self) -> tuple[str, ...]:
        return tuple("".join(said(text)) for text in self._texts)
