"""Two lines of print as one text: Chinese needs no blank between them, words of letters do."""

import re

_BULLET = re.compile(r"\s*[\uf000-\uf0ff\u2022]\s*")
_HYPHENATED = re.compile(r"[a-z]-$")
_HEAD = 40


def without_bullet(text: str) -> str:
    """A list item without its dot, which Word and web pages do not hold as text either."""
    match = _BULLET.match(text)
    return text[match.end() :] if match else text


class Glued:
    """Lines joined to a text, however many: each costs what it is long. Lines may end in a blank that the print has."""

    def __init__(self, line: str = "") -> None:
        self._pieces = [line]
        self.head = line[:_HEAD]
        """How the text begins."""

    def add(self, line: str) -> None:
        """The text goes on with this line."""
        last = self._pieces[-1]
        self._pieces[-1:] = [last[:-2], _glue(last[-2:], line)]  # two characters decide how a line is joined
        if len(self.head) < _HEAD:
            self.head = self.text[:_HEAD]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._pieces)


def _glue(text: str, line: str) -> str:
    line = line.lstrip()
    if not text or not line or text[-1] == " ":
        return text + line
    if _HYPHENATED.search(text) and line[0].islower():
        return text[:-1] + line
    last, first = text[-1], line[0]
    if not (last.isascii() and first.isascii()) or last in "-/([" or (last.isdigit() and first in "0123456789.,%"):
        return text + line
    return f"{text} {line}"
