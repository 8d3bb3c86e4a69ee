"""Word's fields: texts that Word computes. Of some the result is no text of the report."""

import re

_FURNITURE = re.compile(
    r"\s*(?:TOC|PAGE|NUMPAGES|PAGEREF|SECTIONPAGES|INDEX|FILENAME|PRINTDATE|SAVEDATE)\b", re.IGNORECASE
)
_MARKS = re.compile("[\x13\x14\x15]")


def is_furniture(instruction: str) -> bool:
    """Whether a field gives contents, page numbers, or a date of the file."""
    return _FURNITURE.match(instruction) is not None


def without_fields(text: str) -> str:
    """The text of an old Word file, each field (begin, instruction, mark, result, end) replaced by its result."""
    shown: list[str] = []
    fields: list[list[str]] = []
    """Of each open field its instruction, and behind the mark one more item."""
    start = 0
    for match in (*_MARKS.finditer(text), None):
        piece = text[start : match.start() if match else len(text)]
        if fields and len(fields[-1]) == 1:
            fields[-1][0] += piece
        elif not any(is_furniture(field[0]) for field in fields):
            shown.append(piece)
        if match is None:
            break
        start = match.end()
        if match[0] == "\x13":
            fields.append([""])
        elif match[0] == "\x14" and fields:
            fields[-1].append("")
        elif fields:
            fields.pop()
    return "".join(shown)
