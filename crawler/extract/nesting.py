"""Keeps nesting shallow before the parser sees it: tree builders need quadratic time on thousands of open elements."""

import re

MAX_DEPTH = 200
"""Browsers stop at 512; real pages stay below 100."""
_UNSUSPICIOUS = 5_000
"""So many unclosed tags cost the parser some milliseconds at most."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Void elements, and those that the next of their kind closes: they do not nest.
_NOT_COUNTED = re.compile(
    r"area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dd|dt|td|th|tr|tbody|thead|tfoot"
    r"|rp|rt|html|head|body|script|style|title|textarea",
    re.IGNORECASE,
)


def flatten(markup: str) -> str:
    """The markup without the tags that would nest deeper than `MAX_DEPTH`; the text stays. Linear time."""
    if markup.count("<") < _UNSUSPICIOUS:
        return markup
    kept, start, depth = [], 0, 0
    for match in _TAG.finditer(markup):
        if _NOT_COUNTED.fullmatch(match[2]):
            continue
        closes = bool(match[1])
        if depth > MAX_DEPTH + closes and match.start() >= start:
            kept.append(markup[start : match.start()])
            end = markup.find(">", match.end())
            start = len(markup) if end < 0 else end + 1
        depth = max(0, depth - 1) if closes else depth + 1
    kept.append(markup[start:])
    return "".join(kept)
