"""What differs between two texts, exactly (`apply(old) == new`) and as a reader would tell it (`hunks`).

Promises: what `crawler.text.fold` makes equal is never a hunk, anything else always is one; time is near-linear in the
length of the texts, whatever they hold. Ring 1; the only room that imports difflib. From outside in:

    text_diff   diff_texts and the value it gives
    coarse      paragraphs, then sentences: finds the few regions that differ
    fine        one such region: pairs sentences, compares words
    words       numbers, Latin words and single characters of the folded text, with their places in the original
    align       anchors in any sequences (patience, histogram); the step budget
    likeness    which of two rows of pieces are one before and after an edit
    render      changed paragraphs as segments, unified text and HTML
    tiles       both texts in pieces of a row's size, side by side
    beside      the rows of a display, with what differs in each
    folding     which rows are shown and which are folded; long displays in parts
"""

from crawler.diff.spans import Hunk as Hunk
from crawler.diff.spans import Segment as Segment
from crawler.diff.spans import Span as Span
from crawler.diff.text_diff import TextDiff as TextDiff
from crawler.diff.text_diff import diff_texts as diff_texts

__all__ = ["Hunk", "Segment", "Span", "TextDiff", "diff_texts"]
