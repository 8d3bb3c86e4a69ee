"""What is compared: a report with its place, year, text and targets. Ring 1; pure."""

from typing import Literal

from crawler.model import Target, value
from crawler.text import fold

Kind = Literal["portals", "years"]
_HIGHER = frozenset("省市区州盟")
_SUFFIXES = ("省", "市", "县", "区", "自治区", "特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区")


@value
class Side:
    """One of the two reports; the offsets of `targets` (of every status) count characters of `text`."""

    name: str
    """For messages and headings: a title or an address."""
    region: str
    year: int | None
    text: str
    targets: tuple[Target, ...]


def asks_for(first: Side, second: Side) -> Kind | str:
    """`portals` or `years`; else, in a sentence for a person, why it is neither."""
    for side in (first, second):
        if missing := [word for word, known in (("place", side.region), ("year", side.year)) if not known]:
            return f"{side.name}: {' and '.join(missing)} unknown"
    if not same_region(first.region, second.region):
        return f"reports of two places: {first.region} and {second.region}"
    return "portals" if first.year == second.year else "years"


def same_region(first: str, second: str) -> bool:
    """Whether both name one place: 云溪 and 云溪市 do, 云溪市 and 江东省云溪市 too; 云溪市 and 云溪县 do not."""
    short, long = sorted((fold(first), fold(second)), key=len)
    if not short:
        return False
    if long.endswith(short):
        return len(long) == len(short) or long[-len(short) - 1] in _HIGHER
    return any(long == short + suffix for suffix in _SUFFIXES)
