"""Paragraphs as wholes: which of two lists are the same, and whether one is the other after an edit. Ring 1."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher


def differences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Where the lists differ, in order: places in the one, and what stands there in the other."""
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op != "equal":
            yield range(a, b), range(c, d)


def is_edited(one: str, other: str, share: float) -> bool:
    """Whether one became the other: by the share of characters they have in common, in any order (linear time)."""
    return one == other or SequenceMatcher(None, one, other, autojunk=False).quick_ratio() >= share
