"""Rich Text Format, often named .doc: what is printed of it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawler.errors import UsageError
from crawler.extract.documents.cells import CELL, ROW, row_of
from crawler.extract.documents.fields import TELLING, is_furniture
from crawler.extract.documents.joining import without_bullet

MAX_DEPTH = 2_000
MAX_TOKENS = 5_000_000
"""A report of 100,000 characters has 300,000."""
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]{1,4096})|(?P<rest>.)",
    re.DOTALL,
)
_ASIDE = frozenset((
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"header", b"headerl", b"headerr", b"headerf", b"footer",
    b"footerl", b"footerr", b"footerf", b"listtable", b"listoverridetable", b"rsidtbl", b"generator", b"themedata",
    b"datastore", b"objdata", b"nonshppict", b"xmlnstbl", b"latentstyles", b"revtbl", b"filetbl", b"annotation",
    b"bkmkstart", b"bkmkend", b"pntext", b"panose", b"falt", b"fontemb",
))  # fmt: skip
_SHOWN = frozenset((b"shptxt", b"shppict", b"fldinst", b"listtext"))
"""Destinations that programs may not know (marked by \\*), and we read."""
_LINES = frozenset((b"par", b"sect", b"page", b"line"))
_SIGNS = {
    b"tab": " ", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": " ", b"enspace": " ", b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\",
}  # fmt: skip
_CODE_PAGES = {936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8", 54936: "gb18030"}


class _State(NamedTuple):
    """What a group hands down to the groups in it."""

    aside: bool = False
    hidden: bool = False
    fallback: int = 1
    """So many characters behind one in Unicode stand for it in programs that know none."""
    instruction: bool = False


def read_rtf(content: bytes) -> list[str]:
    """The lines: paragraphs, and the rows of tables cell by cell. Raises UsageError for a file cut short."""
    if not content.rstrip(b"\0\r\n\t ").endswith(b"}"):
        raise UsageError("the RTF document is cut short: it has no end")
    halves = "".join(_Reader(content).pieces())
    text = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    rows = map(row_of, text.replace(ROW, "\n").split("\n"))
    return [line for row, rest in rows for line in (row, without_bullet(rest)) if line]


class _Reader:
    """One pass over the tokens; bytes wait until a whole run of them can be decoded."""

    def __init__(self, content: bytes) -> None:
        page = re.search(rb"\\ansicpg(\d{1,5})", content[:4096])
        self._encoding = _CODE_PAGES.get(int(page[1]) if page else 936, "cp1252")
        self._content = content
        self._bytes = bytearray()
        self._skip = 0
        self._states: list[_State] = []
        self._state = _State()
        self._instruction = ""
        self._in_table = False

    def pieces(self) -> Iterator[str]:
        """What is shown, ends of lines, cells and rows as signs."""
        for count, token in enumerate(_TOKEN.finditer(self._content)):
            if count == MAX_TOKENS:
                raise UsageError(f"the RTF document holds more than {MAX_TOKENS:,} commands and characters: refused")
            kind, text = token.lastgroup, token[0]
            if kind == "byte":
                self._byte(bytes([int(token["byte"], 16)]))
            elif kind in ("text", "rest"):
                self._byte(text if kind == "text" else b"")
            else:
                yield from self._flushed()
                if kind == "brace":
                    self._brace(text)
                else:
                    yield from self._word(token["word"] or token["sign"], token["number"])
        yield from self._flushed()

    def _byte(self, text: bytes) -> None:
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        self._bytes += text[skipped:]

    def _flushed(self) -> Iterator[str]:
        if self._bytes:
            text = bytes(self._bytes).decode(self._encoding, "replace")
            self._bytes.clear()
            yield from self._said(text)

    def _said(self, text: str) -> Iterator[str]:
        if self._state.instruction:
            self._instruction = (self._instruction + text[:TELLING])[:TELLING]
        elif not self._state.aside and not self._state.hidden:
            yield text

    def _brace(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{" and len(self._states) < MAX_DEPTH:
            self._states.append(self._state)
        elif brace == b"}" and self._states:
            self._state = self._states.pop()

    def _word(self, word: bytes, number: bytes | None) -> Iterator[str]:
        if word == b"u" and number is not None:
            yield from self._said(chr(int(number) % 0x10000))
            self._skip = self._state.fallback
        elif word in _LINES:
            yield from self._said(" " if self._in_table else "\n")
        elif word in (b"cell", b"nestcell", b"row", b"nestrow"):
            yield from self._said(ROW if word.endswith(b"row") else CELL)
        elif word in (b"intbl", b"pard"):
            self._in_table = word == b"intbl"
        elif word in _SIGNS:
            yield from self._said(_SIGNS[word])
        else:
            self._change(word, number)

    def _change(self, word: bytes, number: bytes | None) -> None:
        """A word that changes how what follows is read."""
        if word == b"*" or word in _ASIDE:
            self._state = self._state._replace(aside=True)
        elif word in _SHOWN:
            self._instruction = "" if word == b"fldinst" else self._instruction
            self._state = self._state._replace(aside=False, instruction=word == b"fldinst")
        elif word == b"fldrslt":
            self._state = self._state._replace(aside=self._state.aside or is_furniture(self._instruction))
        elif word in (b"v", b"deleted"):
            self._state = self._state._replace(hidden=number != b"0")
        elif word == b"plain":
            self._state = self._state._replace(hidden=False)
        elif word == b"uc":
            self._state = self._state._replace(fallback=max(0, min(int(number or 1), 16)))
