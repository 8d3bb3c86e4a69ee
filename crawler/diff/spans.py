"""The values of a comparison: stretches of both texts, hunks for programs, segments for readers. Ring 1."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from crawler.model import value

Kind = Literal["equal", "format", "change"]
Op = Literal["equal", "insert", "delete"]


class Region(NamedTuple):
    """A stretch of the old text and the one that stands in its place in the new: half-open character offsets."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def one_sided(self) -> bool:
        """One of the two stretches is empty: something was only inserted or only deleted."""
        return self.old_start == self.old_end or self.new_start == self.new_end

    @property
    def size(self) -> int:
        """Length of both stretches together."""
        return self.old_end - self.old_start + self.new_end - self.new_start

    def to(self, last: "Region") -> "Region":
        """From the start of this one to the end of `last`."""
        return Region(self.old_start, last.old_end, self.new_start, last.new_end)

    def shifted(self, old: int, new: int) -> "Region":
        """The same region counted from other origins."""
        return Region(self.old_start + old, self.old_end + old, self.new_start + new, self.new_end + new)


@value
class Span:
    """One step of the edit script; the spans of a diff cover both texts in order, without gap or overlap."""

    kind: Kind
    """equal: the same characters; format: other characters that say the same; change: it says something else."""
    region: Region


@value
class Hunk:
    """One meaningful change; numbers stand in it whole. Offsets are characters in the old and in the new text."""

    op: Literal["replace", "insert", "delete"]
    old: str
    new: str
    old_start: int
    old_end: int
    new_start: int
    new_end: int


@value
class Segment:
    """A piece of the changed text as shown to a reader: kept, inserted or deleted."""

    op: Op
    text: str


def fill(region: Region, known: Iterable[Span], old: str, new: str) -> Iterator[Span]:
    """The spans of `region`: those `known` (in order) and what lies between them, which says the same."""
    end = Region(region.old_end, region.old_end, region.new_end, region.new_end)
    a, b = region.old_start, region.new_start
    for span in (*known, Span(kind="equal", region=end)):
        before, after = old[a : span.region.old_start], new[b : span.region.new_start]
        if before or after:
            between = Region(a, span.region.old_start, b, span.region.new_start)
            yield Span(kind="equal" if before == after else "format", region=between)
        if span.region != end:
            yield span
        a, b = span.region.old_end, span.region.new_end


def join(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same script with neighbours of one kind made one."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].kind == span.kind:
            span = Span(kind=span.kind, region=joined.pop().region.to(span.region))
        joined.append(span)
    return tuple(joined)
