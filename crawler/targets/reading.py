"""A text as sentences one can parse: half-width, without blanks, every character with its offset in the text given.

Ring 1. PDF-like text breaks numbers and words by blanks and line ends; a line end inside a hard-wrapped paragraph is a
blank. Sentences are cut at a length no honest sentence has, so that all that follows is linear whatever comes in.
"""

import re
from collections.abc import Iterator, Sequence

from crawler.model import value
from crawler.targets.units import COUNTED, MEASURED, PERCENT
from crawler.targets.years import with_plain_years
from crawler.text import INVISIBLE

MAX_SENTENCE = 1_500
_HALF_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    ord(char): plain
    for chars, plain in (
        ("–—―−﹣－─━‐‑‒", "-"),
        ("≧", "≥"),
        ("≦", "≤"),
        ("〜～∼", "~"),
        ("﹪", "%"),
        ("“”〝〞＂", '"'),
        ("|｜", ","),
    )
    for char in chars
}
_SENTENCE = re.compile(rf"[^。!?！？\n]{{1,{MAX_SENTENCE}}}[。!?！？]?")
_UNSEEN = "".join((*INVISIBLE, *map(chr, range(9)), *map(chr, range(14, 28)), "\x7f"))
"""What `crawler.text.fold` takes out, and control characters: it neither divides a number nor begins a sentence."""
_BLANKS = re.compile(f"[{re.escape(_UNSEEN)}]")
_WIDTHLESS = re.compile(f"[{re.escape(''.join(char for char in _UNSEEN if not char.isspace()))}]*")
_LINE_END = re.compile(r"\r?\n")
_ENDS = "。！？!?；;：:"
_DIGITS = "0123456789０１２３４５６７８９.．万亿"
_GAP = re.compile(r"(?<=\S)(?:[ \u3000]{2,}|[ \u3000]*\t[ \t\u3000]*)(?=\S)")
"""What stands between the cells of a row; one alone may be a typesetter's."""
_ITEM = re.compile(
    r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)）、]|[.．](?!\d))|[①-⑳]|第[一二三四五六七八九十]{1,3}[条章节]"
)
"""What a line begins with that is an item of a list: it goes on with no line before it."""
_AFTER_DIGIT = frozenset(_DIGITS) | {name[0] for name in MEASURED | COUNTED | PERCENT}
WRAP_WIDTHS = range(12, 90)


@value
class Sentence:
    """One sentence: `text` for parsing, `raw` as written, both without blanks and equally long.

    Of a row, a bar stands for each gap between its cells.
    """

    start: int
    end: int
    """Offsets in the text given, outer blanks excluded."""
    text: str
    raw: str
    offsets: Sequence[int]
    """Offset in the text given of each character of `text`."""
    first: bool
    """It opens a line."""

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text given of a non-empty stretch of `text`."""
        return self.offsets[start], self.offsets[end - 1] + 1


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, in order; line ends separate unless the text is hard-wrapped."""
    flow = _unwrap(text)
    for match in _SENTENCE.finditer(flow):
        sentence = _sentence(text, match.start(), match.end(), match.start() == 0 or flow[match.start() - 1] == "\n")
        if sentence is not None:
            yield sentence


def _sentence(text: str, start: int, end: int, first: bool) -> Sentence | None:
    piece = text[start:end]
    stripped = piece.strip(_UNSEEN)
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip(_UNSEEN))
    end = start + len(stripped)
    raw, offsets = stripped, range(start, end)
    if _BLANKS.search(stripped):
        cells = {gap.start() for gap in _gaps(stripped)}
        kept = [index for index, char in enumerate(stripped) if index in cells or not _BLANKS.match(char)]
        raw = "".join(["|" if index in cells else stripped[index] for index in kept])
        return Sentence(
            start=start,
            end=end,
            text=with_plain_years(raw.translate(_HALF_WIDTH)),
            raw=raw,
            offsets=[start + i for i in kept],
            first=first,
        )
    return Sentence(
        start=start, end=end, text=with_plain_years(raw.translate(_HALF_WIDTH)), raw=raw, offsets=offsets, first=first
    )


def _gaps(line: str) -> list[re.Match[str]]:
    """The gaps between the cells of a row; none in running text."""
    gaps = list(_GAP.finditer(line))
    return gaps if len(gaps) > 1 or "|" in line or "｜" in line else []


def _is_row(line: str) -> bool:
    return "|" in line or "｜" in line or len(_gaps(line)) > 1


def _unwrap(text: str) -> str:
    """The text with line ends inside paragraphs as blanks (same length), if it is hard-wrapped at all."""
    width = _wrap_width([line.strip(_UNSEEN) for line in text.split("\n")])
    pieces, position = [], 0
    for match in _LINE_END.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1 if match.start() else 0
        line = text[start : match.start()].strip(_UNSEEN)
        following = _WIDTHLESS.match(text, match.end())
        if following and _continues(text, line, following.end(), width):
            pieces.append(text[position : match.start()] + " " * (match.end() - match.start()))
            position = match.end()
    return "".join(pieces) + text[position:]


def _wrap_width(lines: list[str]) -> int | None:
    """The width at which the text is wrapped; None: its lines are paragraphs."""
    full = [line for line in lines if len(line) in WRAP_WIDTHS]
    open_ended = sum(1 for line in full if line[-1] not in _ENDS)
    longest = max(map(len, lines), default=0)
    return longest if len(full) >= 3 and open_ended * 2 > len(full) and longest < WRAP_WIDTHS.stop else None


def _continues(text: str, line: str, after: int, width: int | None) -> bool:
    following = text[after : after + 1]
    if not line or line.isdigit() or line[-1] in _ENDS or _is_row(line):
        return False
    if not following or following.isspace() or _ITEM.match(text, after):
        return False
    if following in "，、,%％。；;）)" or (line[-1] in _DIGITS and following in _AFTER_DIGIT) or line.endswith("分之"):
        return True
    return width is not None and len(line) * 10 >= width * 6
