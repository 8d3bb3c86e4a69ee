"""Whether a change is in the report or in one reading of it: what a second look, in the same check, has to say. Ring 1.

An advert that a server draws anew for each request, or a box that hides half a report from the extractor this once,
comes and goes in whole paragraphs. So a change of whole paragraphs is looked at twice before it is told; of three texts
(the newest version and both readings) a paragraph stands that two of them have. An edit within a paragraph, by far the
most common one, needs no second look: nothing that moves looks like it.
"""

from collections import Counter
from collections.abc import Sequence

from crawler.diff.lines import differences, is_edited
from crawler.text import fold

ALIKE = 0.6
"""Share of characters that an edited paragraph has in common with what it was."""
MANY = 30
"""So many paragraphs that went or came are more than an edit or two."""


def moves_paragraphs(old: str, new: str) -> bool:
    """Whether paragraphs (lines) came or went, rather than being edited."""
    before, after = _lines(old), _lines(new)
    gone, come = _beyond(before, after), _beyond(after, before)
    if len(gone) != len(come) or len(gone) > MANY:
        return True
    return any(not is_edited(one, other, ALIKE) for one, other in zip(gone, come, strict=True))


def agreed(old: str, one: str, two: str) -> str:
    """The text whose paragraphs two of the three have, folded as texts are compared.

    >>> agreed("甲\\n乙", "甲\\n广告\\n乙", "甲\\n乙\\n丙")
    '甲\\n乙'
    """
    known, first, second = set(_lines(old)), _lines(one), _lines(two)
    stands: list[str] = []
    done = 0
    for one_only, two_only in differences(first, second):
        stands += first[done : one_only.start]
        apart = (*(first[at] for at in one_only), *(second[at] for at in two_only))
        stands += [line for line in apart if line in known]
        done = one_only.stop
    return "\n".join([*stands, *first[done:]])


def folded(text: str) -> str:
    """The text in the form of `agreed`."""
    return "\n".join(_lines(text))


def _lines(text: str) -> list[str]:
    return [line for line in map(fold, text.split("\n")) if line]


def _beyond(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    """The lines that the others lack, in order; a repeated one as often as it is lacking."""
    left = Counter(others)
    beyond = []
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            beyond.append(line)
    return beyond
