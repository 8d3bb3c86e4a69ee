"""Two prints of one report: whether they are that, and what differs between them for a reader. Ring 1; pure.

What a portal puts around a report, or writes otherwise, is no difference: only what stands between the first and the
last paragraph that both have counts, and of that only what would be heard if it were read aloud (`spelling`). A line
that one of them lacks counts if it is a sentence; what only stands elsewhere does not.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import accumulate, groupby, islice
from operator import itemgetter

from crawler.compare.edits import NOWHERE, Edit, Stretch, edits_of
from crawler.compare.passages import Passage
from crawler.compare.portals import compare_portals
from crawler.compare.side import Side
from crawler.compare.spelling import said
from crawler.diff import TextDiff, diff_texts
from crawler.diff.words import shape
from crawler.model import Target, TargetChange, TargetDiff, value
from crawler.targets.units import base_value
from crawler.text import fold

LENGTHS = 0.6
"""A print is at least so long, by the length of the other one: no summary is."""
SHAPES = 0.5
"""Share of common pairs of characters (Dice) below which two texts are not worth comparing."""
COVERED = 0.75
"""So much of either text stands in paragraphs that both have."""
COMMON = 0.6
"""So much of these says the same, character by character: a copy spun with synonyms still does."""
_SENTENCES = 0.6
"""Share of common pairs of characters from which on two sentences are one, reworded."""
_RIVALS = 20


@value
class Difference:
    """What differs between two prints of one report; nothing, if there are no `edits`."""

    share: float
    """How much of both texts they have in common, 0 to 1, by characters."""
    targets: TargetDiff
    """Those that differ in what an edit touched."""
    edits: tuple[Edit, ...]
    text: TextDiff
    """The passages with edits alone, the edits being all that differs; its offsets are those of no stored text."""
    words: Mapping[str, int]
    """What one print says (`-`) or the other (`+`) in the places that differ, each word with how often."""

    def beside(self, changes: Iterable[TargetChange]) -> bool:
        """Whether anything differs but the quantities of these targets."""
        told = list(changes)
        old = _finder([(change.old.start, change.old.end) for change in told])
        new = _finder([(change.new.start, change.new.end) for change in told])
        return not all(old(edit.before) or new(edit.after) for edit in self.edits)


def compare_prints(first: Side, second: Side) -> Difference | None:
    """What differs between two prints of one report; None: they are none."""
    if not _worth_comparing(first.text, second.text):
        return None
    found = compare_portals(first, second)
    if not _is_one_report(found.passages):
        return None
    edits = edits_of(found)
    return Difference(
        share=found.share,
        targets=_touched(found.targets, edits),
        edits=edits,
        text=_excerpt(edits),
        words=_words(edits),
    )


# --- whether they are prints of one report ---------------------------------------------------------------------------


def _worth_comparing(first: str, second: str) -> bool:
    short, long = sorted((len(first), len(second)))
    if short < LENGTHS * long:
        return False
    ours, theirs = shape(fold(first)), shape(fold(second))
    return 2 * len(ours & theirs) >= SHAPES * (len(ours) + len(theirs))


def _is_one_report(found: Sequence[Passage]) -> bool:
    """By what stands in both: most of either text, and most of that in the same words."""
    whole, lacking, reworded = [0, 0], [0, 0], [0, 0]
    for passage in found:
        for side, rows in enumerate((passage.old, passage.new)):
            size = sum(len(each.folded) for each in rows)
            whole[side] += size
            lacking[side] += size if passage.op in ("dropped", "added") else 0
            for hunk in passage.diff.hunks if passage.diff else ():
                count = lacking if hunk.op != "replace" else reworded
                count[side] += len(fold(hunk.new if side else hunk.old))
    paired = [size - less for size, less in zip(whole, lacking, strict=True)]
    covered = all(size >= COVERED * all_of_it for size, all_of_it in zip(paired, whole, strict=True))
    return covered and all(size - other >= COMMON * size > 0 for size, other in zip(paired, reworded, strict=True))


def _words(edits: Sequence[Edit]) -> Mapping[str, int]:
    return Counter(
        f"{mark}{word}" for edit in edits for mark, text in (("-", edit.old), ("+", edit.new)) for word in said(text)
    )


# --- targets ---------------------------------------------------------------------------------------------------------


def _touched(targets: TargetDiff, edits: Sequence[Edit]) -> TargetDiff:
    """Those in whose sentences something differs: another is only judged otherwise for what stands around it."""
    in_old, in_new = _finder(edit.before for edit in edits), _finder(edit.after for edit in edits)

    def old(target: Target) -> bool:
        return in_old(_sentence(target))

    def new(target: Target) -> bool:
        return in_new(_sentence(target))

    added, removed = _without_equal(
        [target for target in targets.added if new(target)], [target for target in targets.removed if old(target)]
    )
    return TargetDiff(
        changed=tuple(change for change in targets.changed if old(change.old) or new(change.new)),
        added=tuple(added),
        removed=tuple(removed),
    )


def _sentence(target: Target) -> Stretch:
    return target.sent_start, target.sent_start + len(target.sentence)


def _finder(stretches: Iterable[Stretch]) -> Callable[[Stretch], bool]:
    """Whether one of the stretches shares a character with another one; an empty one is a place between two."""
    places = sorted(stretch for stretch in stretches if stretch != NOWHERE)
    reach = list(accumulate((end for _, end in places), max))

    def found(asked: Stretch) -> bool:
        near = islice(places, bisect_left(reach, asked[0]), bisect_right(places, asked[1], key=itemgetter(0)))
        return any(_overlap(place, asked) for place in near)

    return found


def _overlap(one: Stretch, other: Stretch) -> bool:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return start < end or (start == end and (one[0] == one[1] or other[0] == other[1]))


def _without_equal(added: list[Target], removed: list[Target]) -> tuple[list[Target], list[Target]]:
    """Without those that say the same in sentences that are alike: only the words around the number are others."""
    gone: defaultdict[Hashable, list[Target]] = defaultdict(list)
    for target in removed:
        gone[_value(target)].append(target)
    kept = []
    for target in added:
        rivals = gone[_value(target)]
        same = next((other for other in rivals[:_RIVALS] if _alike(other, target)), None)
        if same is None:
            kept.append(target)
        else:
            rivals.remove(same)
    left = {id(target) for rivals in gone.values() for target in rivals}
    return kept, [target for target in removed if id(target) in left]


def _value(target: Target) -> Hashable:
    (low, unit), (high, _) = (base_value(bound, target.unit) for bound in (target.low, target.high))
    return target.relation, low, high, unit, target.period, said(target.text) if low is high is None else ""


def _alike(one: Target, other: Target) -> bool:
    ours, theirs = (shape(fold(target.sentence)) for target in (one, other))
    return 2 * len(ours & theirs) >= _SENTENCES * (len(ours) + len(theirs))


# --- what is shown ---------------------------------------------------------------------------------------------------


def _excerpt(edits: Sequence[Edit]) -> TextDiff:
    """The passages that differ, as the second has them, and the same with the edits undone."""
    old: list[str] = []
    new: list[str] = []
    for _, group in groupby(edits, key=lambda edit: id(edit.passage)):
        here = list(group)
        passage = here[0].passage
        text = "\n".join(each.text for each in passage.new)
        new += [text] if passage.new else []
        old += [_undone(text, here)] if passage.old else []
    return diff_texts("\n".join(old), "\n".join(new))


def _undone(text: str, edits: Iterable[Edit]) -> str:
    """A passage of the second print as the first has it, in these places; of one it lacks, what the first has."""
    pieces, done = [], 0
    for edit in edits:
        if edit.hunk is None:
            return edit.old
        pieces += [text[done : edit.hunk.new_start], edit.old]
        done = edit.hunk.new_end
    return "".join([*pieces, text[done:]])
