"""Reports as the comparison takes them, made from plain text."""

from crawler.compare import Side
from crawler.targets import find_targets


def side(text: str, year: int | None = 2031, region: str = "云溪市", name: str = "报告") -> Side:
    """A report with the targets of its text."""
    return Side(name=name, region=region, year=year, text=text, targets=tuple(find_targets(text, year)))
