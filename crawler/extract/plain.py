"""The form in which phrases are matched: no white space, half-width signs, one style of each sign, lower case."""

import re
import unicodedata

from crawler.text import fold

_STYLED = re.compile(r"[“”„‟〝〞‘’‚‛‐‑‒–—―−─━〜∼•‧∙⋅・´`\ufe00-\ufe0f]")
"""Signs whose style `fold` unites beyond what Unicode's own normal form does."""
_FULL_WIDTH = (("，", ","), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"), ("…", "..."), ("？", "?"), ("！", "!"))
"""What lines are full of; without it most are in normal form, which is much faster to tell than to make."""


def plain(text: str) -> str:
    """`fold` and lower case, without the work that normalised text seldom needs."""
    for sign, half in _FULL_WIDTH:
        text = text.replace(sign, half)
    if _STYLED.search(text):
        return fold(text).lower()
    return unicodedata.normalize("NFKC", text).replace(" ", "").lower()
