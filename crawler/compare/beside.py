"""Two prints as rows of a display, in the order of the second: passages beside those they became. Ring 1; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.compare.passages import Paragraph, Passage
from crawler.diff import diff_texts
from crawler.diff.beside import Place, Row, rows


def passage_rows(passages: Sequence[Passage]) -> Iterator[tuple[Row, Passage]]:
    """The rows of all passages, each with its passage; paragraphs bear the numbers they have in the texts."""
    change = follows = 0
    for passage in passages:
        for row in _rows(passage):
            change += bool(row.change)
            new = _placed(row.new, passage.new)
            follows = new.offset if new else follows
            placed = replace(row, old=_placed(row.old, passage.old), new=new, follows=follows)
            yield replace(placed, change=change if row.change else 0), passage
            follows += len(row.after)


def _rows(passage: Passage) -> Sequence[Row]:
    old, new = ("\n".join(each.text for each in side) for side in (passage.old, passage.new))
    return rows(passage.diff or diff_texts(old, new))


def _placed(place: Place | None, side: Sequence[Paragraph]) -> Place | None:
    """A place in a passage as one in the text."""
    if place is None:
        return None
    paragraph = side[place.paragraph - 1]
    begins = sum(len(each.text) + 1 for each in side[: place.paragraph - 1])
    return place._replace(offset=paragraph.start + place.offset - begins, paragraph=paragraph.number + 1)
