"""The changed passages of a text as a reader is shown them: the one structure behind every rendering. Ring 1.

A passage is a changed paragraph, or a run of them; a long stretch in which nothing changed is left out, at its ends or
between two passages of one huge paragraph. What only looks different is shown as in the new text. Characters that would
act on a terminal or turn the direction of a line are shown as symbols.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crawler.diff.spans import Op, Region, Segment, Span

KEEP = 60
"""Characters of unchanged text shown before and after a change, in its own paragraph."""
_CONTROLS = (*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_VISIBLE = {code: chr(0x2400 + code) for code in range(0x20)} | dict.fromkeys(_CONTROLS, "\N{REPLACEMENT CHARACTER}")
_VISIBLE |= {ord("\t"): "\t", ord("\n"): "\n", ord("\r"): ""}


class Passage(NamedTuple):
    """One or more changes near each other, with the text around them."""

    segments: tuple[Segment, ...]
    changes: int
    old_paragraph: int
    """Number of the paragraph of its first change in the old text, from 1."""
    new_paragraph: int
    follows: bool
    """Nothing is left out between the passage before and this one (but parts of a huge paragraph)."""
    before: tuple[str, ...]
    """Unchanged paragraphs shown before it."""
    after: tuple[str, ...]
    """Unchanged paragraphs shown after it."""

    def side(self, without: str) -> list[str]:
        """Its paragraphs in one of the texts: without what was inserted, or without what was deleted."""
        text = "".join(segment.text for segment in self.segments if segment.op != without)
        return [line for line in text.split("\n") if line.strip()]


class _Change(NamedTuple):
    """A change and the unchanged text between the one before and it, as shown."""

    lead: str
    region: Region


def passages(old: str, new: str, spans: Iterable[Span], context: int = 0) -> list[Passage]:
    """All changed passages in order, each with up to `context` unchanged paragraphs before and after."""
    changes, tail = _changes(old, new, spans)
    groups = _groups(changes)
    leads = [group[0].lead for group in groups] + [tail]
    rest = [_paragraphs(lead, first=not index, last=index == len(groups)) for index, lead in enumerate(leads)]
    lines = _Lines(old), _Lines(new)
    return [
        Passage(
            segments=tuple(_segments(old, new, group, leads[index + 1])),
            changes=len(group),
            old_paragraph=lines[0].number(group[0].region.old_start),
            new_paragraph=lines[1].number(group[0].region.new_start),
            follows=bool(index) and len(rest[index]) <= 2 * context,
            before=_before(rest[index], context, joined=bool(index)),
            after=_after(rest[index + 1], context, joined=index + 1 < len(groups)),
        )
        for index, group in enumerate(groups)
    ]


class _Lines:
    """Counts paragraphs up to rising offsets, reading the text once."""

    def __init__(self, text: str) -> None:
        self._text, self._seen, self._count = text, 0, 1

    def number(self, offset: int) -> int:
        """Number of the paragraph the offset is in."""
        self._count += self._text.count("\n", self._seen, offset)
        self._seen = offset
        return self._count


def _changes(old: str, new: str, spans: Iterable[Span]) -> tuple[list[_Change], str]:
    """The changes with what leads to each, and the text behind the last."""
    changes: list[_Change] = []
    lead = ""
    for span in spans:
        a, a_end, b, b_end = span.region
        if span.kind == "change":
            changes.append(_Change(lead, span.region))
            lead = ""
        else:
            lead += new[b:b_end] or old[a:a_end]  # a line break may stand only beside what was deleted
    return changes, lead


def _groups(changes: Iterable[_Change]) -> list[list[_Change]]:
    """The changes that belong into one passage: of one paragraph, with little between them."""
    groups: list[list[_Change]] = []
    for change in changes:
        if not groups or "\n" in change.lead or len(change.lead) > 2 * KEEP:
            groups.append([])
        groups[-1].append(change)
    return groups


def _paragraphs(text: str, *, first: bool, last: bool) -> list[str]:
    """The whole paragraphs between changes, or before the `first` or behind the `last` of them."""
    lines = text.split("\n")
    return [line for line in lines[not first : len(lines) - (not last)] if line.strip()]


def _before(lines: list[str], context: int, *, joined: bool) -> tuple[str, ...]:
    if not context or (joined and len(lines) <= 2 * context):
        return ()
    return tuple(_shown(_short(line)) for line in lines[-context:])


def _after(lines: list[str], context: int, *, joined: bool) -> tuple[str, ...]:
    shown = lines if joined and len(lines) <= 2 * context else lines[:context]
    return tuple(_shown(_short(line)) for line in shown)


def _segments(old: str, new: str, group: list[_Change], trail: str) -> Iterator[Segment]:
    head = group[0].lead.rpartition("\n")[2]
    between = ["…" + head[-KEEP:] if len(head) > KEEP else head, *(change.lead for change in group[1:])]
    for lead, (_, (a, a_end, b, b_end)) in zip(between, group, strict=True):
        yield from _segment("equal", lead)
        yield from _segment("delete", old[a:a_end])
        yield from _segment("insert", new[b:b_end])
    yield from _segment("equal", _short(trail.partition("\n")[0]))


def _segment(op: Op, text: str) -> Iterator[Segment]:
    if text:
        yield Segment(op=op, text=_shown(text))


def _short(text: str) -> str:
    return text[:KEEP] + "…" if len(text) > KEEP else text


def _shown(text: str) -> str:
    return text.translate(_VISIBLE)
