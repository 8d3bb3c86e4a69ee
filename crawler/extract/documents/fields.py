"""Word's fields: texts that Word computes. Of some the result is no text of the report."""

import re
from itertools import chain

_FURNITURE = re.compile(
    r"\s*(?:TOC|PAGE|NUMPAGES|PAGEREF|SECTIONPAGES|INDEX|FILENAME|PRINTDATE|SAVEDATE)\b", re.IGNORECASE
)
_MARKS = re.compile("[\x13\x14\x15]")
TELLING = 100
"""So many characters of an instruction say what a field is."""


def is_furniture(instruction: str) -> bool:
    """Whether a field gives contents, page numbers, or a date of the file."""
    return _FURNITURE.match(instruction) is not None


class Fields:
    """The fields that are open at a place of a text, within one another: however many, each step costs the same."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []
        """Of each its instruction so far, and whether one around it is furniture."""

    @property
    def hidden(self) -> bool:
        """Whether what stands here is no text of the report."""
        return bool(self._open) and (self._open[-1][1] or is_furniture(self._open[-1][0]))

    def begin(self) -> None:
        """A field begins."""
        self._open.append(("", self.hidden))

    def instruct(self, text: str) -> None:
        """The innermost field's instruction goes on."""
        if self._open:
            said, around = self._open[-1]
            self._open[-1] = ((said + text[:TELLING])[:TELLING], around)

    def end(self) -> None:
        """The innermost field ends."""
        del self._open[-1:]


def without_fields(text: str) -> str:
    """The text of an old Word file, each field (begin, instruction, mark, result, end) replaced by its result."""
    shown: list[str] = []
    fields, marked = Fields(), list[bool]()
    """Of each open field whether its mark was met."""
    start = 0
    for match in chain(_MARKS.finditer(text), (None,)):
        piece = text[start : match.start() if match else len(text)]
        if marked and not marked[-1]:
            fields.instruct(piece)
        elif not fields.hidden:
            shown.append(piece)
        if match is None:
            break
        start = match.end()
        if match[0] == "\x13":
            fields.begin()
            marked.append(False)
        elif match[0] == "\x14":
            marked[-1:] = [True] * bool(marked)
        else:
            fields.end()
            del marked[-1:]
    return "".join(shown)
