"""The renderings of changed passages: a row of segments, HTML, unified text. Ring 1.

Each takes a `limit` in characters: passages that do not fit are left out, and how many changes they hold is said. A
first passage that alone is longer is cut.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate

from crawler.diff.passages import Passage
from crawler.diff.spans import Segment


def inline(passages: Sequence[Passage], limit: int | None) -> tuple[Segment, ...]:
    """The segments of all passages; a line `…` stands for the unchanged paragraphs between two of them."""
    shown, note = _fitting(passages, limit)
    segments: list[Segment] = []
    for index, passage in enumerate(shown):
        if index:
            segments.append(Segment(op="equal", text="\n" if passage.follows else "\n…\n"))
        segments += passage.segments
    return (*segments, Segment(op="equal", text="\n" + note)) if note else tuple(segments)


def inline_html(passages: Sequence[Passage], limit: int | None) -> str:
    """A <p> for each passage, in it <ins> and <del> and <br> at line ends; everything of the texts is escaped."""
    shown, note = _fitting(passages, limit)
    blocks = ["".join(map(_tagged, passage.segments)) for passage in shown]
    return "\n".join(f"<p>{block}</p>" for block in (*blocks, *([note] if note else ())))


def unified(passages: Sequence[Passage], limit: int | None) -> str:
    """Lines after the unified format; the numbers behind @@ are those of the paragraphs."""
    chunks = ["\n".join(_lines(passage)) for passage in passages]
    count = _count([len(chunk) + 1 for chunk in chunks], limit)
    if chunks and not count and limit is not None:
        chunks[0], count = chunks[0][:limit] + "…", 1
    note = _note(passages[count:])
    return "\n".join((*chunks[:count], *([note] if note else ())))


def _lines(passage: Passage) -> Iterator[str]:
    if not passage.follows:
        yield f"@@ -{passage.old_paragraph} +{passage.new_paragraph} @@"
    yield from (" " + line for line in passage.before)
    yield from ("-" + line for line in passage.side(without="insert"))
    yield from ("+" + line for line in passage.side(without="delete"))
    yield from (" " + line for line in passage.after)


def _tagged(segment: Segment) -> str:
    text = escape(segment.text).replace("\n", "<br>")
    match segment.op:
        case "insert":
            return f"<ins>{text}</ins>"
        case "delete":
            return f"<del>{text}</del>"
        case _:
            return text


def _fitting(passages: Sequence[Passage], limit: int | None) -> tuple[Sequence[Passage], str]:
    count = _count([sum(len(segment.text) for segment in passage.segments) for passage in passages], limit)
    if passages and not count and limit is not None:
        first = passages[0]._replace(segments=tuple(_cut(passages[0].segments, limit)))
        return [first], _note(passages[1:])
    return passages[:count], _note(passages[count:])


def _count(sizes: list[int], limit: int | None) -> int:
    """How many of the first fit."""
    return len(sizes) if limit is None else sum(total <= limit for total in accumulate(sizes))


def _cut(segments: Sequence[Segment], limit: int) -> Iterator[Segment]:
    for segment in segments:
        if len(segment.text) > limit:
            yield Segment(op=segment.op, text=segment.text[:limit] + "…")
            return
        yield segment
        limit -= len(segment.text)


def _note(left_out: Sequence[Passage]) -> str:
    changes = sum(passage.changes for passage in left_out)
    return f"… ({changes} more change{'s' if changes > 1 else ''})" if changes else ""
