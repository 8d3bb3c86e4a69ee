"""The form in which phrases are matched: no white space, half-width signs, one style of each sign, lower case."""

import re
from functools import lru_cache

from crawler.text import fold, half_width

remembered = lru_cache(maxsize=16_384)
"""For what is asked of one line alone: all pages of a site have the same labels, and are read again at each check."""
_STYLED = re.compile(r"[“”„‟〝〞‘’‚‛‐‑‒–—―−─━〜∼•‧∙⋅・´`\ufe00-\ufe0f]")
"""Signs whose style `fold` unites beyond what Unicode's own normal form does."""


def plain(text: str) -> str:
    """`fold` and lower case, without the work that normalised text seldom needs."""
    return fold(text).lower() if _STYLED.search(text) else half_width(text).replace(" ", "").lower()
