"""A printed document's paragraphs: its pages taken apart, put into reading order and joined.

sheets -> rows -> without furniture -> notes aside -> tables, columns -> paragraphs
"""

from collections import Counter
from collections.abc import Sequence
from unicodedata import category

from crawler.errors import UsageError
from crawler.extract.documents.columns import find_columns, find_gutter
from crawler.extract.documents.furniture import Leaf, part_notes, strip
from crawler.extract.documents.grids import find_grids, table_lines
from crawler.extract.documents.paragraphs import body_size, find_paragraphs
from crawler.extract.documents.rows import find_rows
from crawler.extract.documents.sheets import Line, Run, Sheet

_LITTLE = 20
"""Characters: a page with less text on it and an image is a scan with a stamp or a page number."""

_MOST_MEETINGS = 2_000_000
"""Characters set together times ruling lines of a page: beyond that it is a drawing, and its lines divide no table."""
_MOST_GUTTERS = 50
_NO_WRITING, _ODD = frozenset(("Co", "Cn", "Cs", "Cc")), 0.2
"""Characters for private use and the like, and the share of them from which on a text is none."""


def read_printed(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The paragraphs of a document, notes at the end. Raises UsageError for a scanned one."""
    leaves = strip([_leaf(sheet) for sheet in sheets])
    _refuse_scans(sheets, leaves)
    _refuse_codes(leaves)
    size = body_size((row.size, len(row.text)) for leaf in leaves for row in leaf.rows)
    leaves, notes = part_notes(leaves, size)
    pages = [_lines(leaf) for leaf in leaves]
    gutters = _usual_gutters(pages)
    columns = [column for page in pages for column in find_columns(page, gutters)]
    foot = [column for note in notes for column in find_columns(_lines(note))]
    return (*find_paragraphs(columns, size), *find_paragraphs(foot, size))


def _usual_gutters(pages: Sequence[list[Line]]) -> set[float]:
    """Where most pages of columns are divided."""
    found = Counter(gutter for page in pages if (gutter := find_gutter(page)) is not None)
    return {gutter for gutter, _ in found.most_common(_MOST_GUTTERS)}


def _leaf(sheet: Sheet) -> Leaf:
    grids = find_grids(sheet.rules)
    if len(sheet.runs) * sum(len(grid.across) + len(grid.down) for grid in grids) > _MOST_MEETINGS:
        grids = []
    return Leaf(find_rows(sheet.runs, [rule for grid in grids for rule in grid.down]), grids)


def _refuse_scans(sheets: Sequence[Sheet], leaves: Sequence[Leaf]) -> None:
    """Refuse a document with no text but furniture, or most of whose pages are images."""
    sizes = [sum(len(row.text) for row in leaf.rows) for leaf in leaves]
    scans = sum(size < _LITTLE and sheet.pictures > 0 for sheet, size in zip(sheets, sizes, strict=True))
    if not any(sizes) or 2 * scans > len(sheets):
        told = "" if not any(sizes) else f" on {scans} of its {len(sheets)} pages"
        raise UsageError(f"the PDF has no text layer{told}: it was scanned, and needs OCR before it can be watched")


def _refuse_codes(leaves: Sequence[Leaf]) -> None:
    """Refuse a document whose text is no writing."""
    text = "".join(row.text for leaf in leaves for row in leaf.rows)
    if sum(category(sign) in _NO_WRITING for sign in text) > _ODD * len(text):
        raise UsageError(
            "the PDF's fonts do not tell which characters they show: it needs OCR before it can be watched"
        )


def _lines(leaf: Leaf) -> list[Line]:
    """Segments of rows, and whole rows of ruled tables."""
    inside: list[list[Run]] = [[] for _ in leaf.grids]
    lines: list[Line] = []
    for part in (part for row in leaf.rows for part in row.segments):
        centre = (part.x0 + part.x1) / 2
        grid = next((at for at, each in enumerate(leaf.grids) if each.holds(centre, part.middle)), None)
        if grid is None or not leaf.grids[grid].divided(part.middle):
            lines.append(Line(part.text, part.x0, part.y0, part.x1, part.y1, part.size, part.font))
        else:
            inside[grid].append(part)
    for each, parts in zip(leaf.grids, inside, strict=True):
        lines += table_lines(each, parts)
    return lines
