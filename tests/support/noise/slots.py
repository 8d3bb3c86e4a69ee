"""Places on a page where furniture comes, goes and changes its order."""

from tests.support.noise.dice import Draw
from tests.support.noise.pools import grow

_REMARKS = ("remarks", "floors", "signed-remarks", "bare-remarks", "remark-form", "lone-remark")
_SIDE = (
    "hot", "related", "banner", "qr", "login", "search", "tags", "weather", "cards", "link-advert", "frame", "clock",
    "friends", "subscribe", "site-intro", "calendar", "rank-table",
)  # fmt: skip
_SLOTS: dict[str, tuple[float, tuple[str, ...]]] = {
    # first in <body>
    "top": (0.1, ("script", "floating", "cookies", "frame", "login")),
    "header": (0.3, ("navigation", "clock", "weather", "search", "login", "banner", "ticker", "notice-bar")),
    # between header and article
    "above": (0.15, (
        "breadcrumb", "banner", "link-advert", "frame", "hot", "script", "search", "ticker", "notice-bar",
        "empty-list",
    )),
    "below-title": (0.12, (
        "counters", "share", "font", "banner", "link-advert", "frame", "script", "text-advert", "toolbar", "empty-list",
    )),
    # in the body's own element, behind its last paragraph
    "tail": (0.08, (
        "credit", "qr", "link-advert", "disclaimer", "script", "counters", "text-advert", "share", "likes", "expander",
    )),
    # in the article's element, behind the body's own
    "below": (0.12, (
        "share", "likes", "disclaimer", "neighbours", "related", "hot", "tags", "cards", "qr", "link-advert", "banner",
        "credit", "font", "counters", "text-advert", "app-call", "feedback", "subscribe", "site-intro",
        "vote-table", "rank-table", "series", "empty-list", *_REMARKS,
    )),
    # behind the article's element
    "bottom": (0.12, ("hot", "related", "cards", "site-links", "banner", "friends", *_REMARKS)),
    "footer": (0.4, ("copyright", "site-links", "friends", "counters", "script", "gov-foot")),
    # last in <body>
    "end": (0.12, ("floating", "script", "cookies", "qr", "frame")),
    # columns beside the article
    "left": (0.25, _SIDE), "left2": (0.25, _SIDE), "right": (0.25, _SIDE), "right2": (0.25, _SIDE),
}  # fmt: skip
"""Of each place: how often a piece of furniture stands there, and which do."""
SLOTS = frozenset(_SLOTS)


def slot(draw: Draw, name: str) -> str:
    """What stands at one place, in an order of its own."""
    chance, kinds = _SLOTS[name]
    drawn = [(kind, draw.dice(f"{name}:{kind}", chance)) for kind in kinds]
    pieces = [(dice.random(), grow(dice, kind)) for kind, dice in drawn if dice]
    if len(pieces) > 1 and draw.dice(f"{name}:order", 0.5):
        pieces.sort()
    return "\n".join(piece for _, piece in pieces)
