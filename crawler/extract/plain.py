"""The form in which phrases are matched: no white space, half-width signs, one style of each sign, lower case."""

import re

from crawler.text import fold, half_width

_STYLED = re.compile(r"[“”„‟〝〞‘’‚‛‐‑‒–—―−─━〜∼•‧∙⋅・´`\ufe00-\ufe0f]")
"""Signs whose style `fold` unites beyond what Unicode's own normal form does."""


def plain(text: str) -> str:
    """`fold` and lower case, without the work that normalised text seldom needs."""
    return fold(text).lower() if _STYLED.search(text) else half_width(text).replace(" ", "").lower()
