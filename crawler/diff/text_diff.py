"""The way of one comparison: coarse, fine, and the value that comes of it. Ring 1."""

from collections.abc import Iterator

from crawler.diff.align import Budget
from crawler.diff.coarse import differing, says_the_same
from crawler.diff.fine import changes
from crawler.diff.passages import Passage, passages
from crawler.diff.render import inline, inline_html, unified
from crawler.diff.spans import Hunk, Region, Segment, Span, fill, join
from crawler.model import value

STEPS = 20_000_000
"""Of one comparison, besides the anchors; some seconds at the worst, and a report's edits take a thousandth of them."""


@value
class TextDiff:
    """Two texts and what differs between them."""

    old: str
    new: str
    spans: tuple[Span, ...]
    """The whole edit script: every stretch of both texts, in order."""
    hunks: tuple[Hunk, ...]
    """What says something else, in order; presentation (`crawler.text.fold`) is none."""

    @property
    def changed(self) -> bool:
        """The texts say something else."""
        return bool(self.hunks)

    def apply(self, text: str) -> str:
        """The new text made from the old by the edit script; ValueError for any other text."""
        if text != self.old:
            raise ValueError("this is not the text the diff was made from")
        return "".join(_after(text, self.new, span) for span in self.spans)

    def inline(self, limit: int | None = None) -> tuple[Segment, ...]:
        """The changed passages in reading order, for the terminal; `limit` as in `unified`."""
        return inline(self._passages(), limit)

    def inline_html(self, limit: int | None = None) -> str:
        """The changed passages as HTML, a <p> each, with <ins> and <del>, all text escaped; `limit` as in `unified`."""
        return inline_html(self._passages(), limit)

    def unified(self, context: int = 1, limit: int | None = None) -> str:
        """Unified text by paragraph, with `context` unchanged paragraphs around each change.

        With `limit` it has at most so many characters, before a closing `… (N more changes)` for what was left out.
        """
        return unified(self._passages(context), limit)

    def _passages(self, context: int = 0) -> list[Passage]:
        return passages(self.old, self.new, self.spans, context)


def diff_texts(old: str, new: str, budget: Budget | None = None) -> TextDiff:
    """Compare two texts; see the package's docstring for what is promised. Many comparisons may share one `budget`."""
    return _diff(old, new, budget or Budget(STEPS))


def _diff(old: str, new: str, budget: Budget) -> TextDiff:
    spans = join(_spans(old, new, budget))
    first = next((span.region for span in spans if span.kind == "change"), None)
    # Anchors may stand askew where a text was cut into other paragraphs: the fold alone says whether anything changed.
    if first and says_the_same(old[first.old_start :], new[first.new_start :]):
        spans = tuple(fill(Region(0, len(old), 0, len(new)), (), old, new))
    hunks = tuple(_hunk(old, new, span.region) for span in spans if span.kind == "change")
    return TextDiff(old=old, new=new, spans=spans, hunks=hunks)


def _spans(old: str, new: str, budget: Budget) -> Iterator[Span]:
    for span in differing(old, new):
        if span.kind == "change":
            yield from changes(old, new, span.region, budget)
        else:
            yield span


def _hunk(old: str, new: str, region: Region) -> Hunk:
    a, a_end, b, b_end = region
    return Hunk(
        op="insert" if a == a_end else "delete" if b == b_end else "replace",
        old=old[a:a_end],
        new=new[b:b_end],
        old_start=a,
        old_end=a_end,
        new_start=b,
        new_end=b_end,
    )


def _after(text: str, new: str, span: Span) -> str:
    a, a_end, b, b_end = span.region
    return text[a:a_end] if span.kind == "equal" else new[b:b_end]
