"""Two lines of print as one text: Chinese needs no blank between them, words of letters do."""

import re

_BULLET = re.compile(r"\s*[\uf000-\uf0ff\u2022]\s*")
_HYPHENATED = re.compile(r"[a-z]-$")


def without_bullet(text: str) -> str:
    """A list item without its dot, which Word and web pages do not hold as text either."""
    match = _BULLET.match(text)
    return text[match.end() :] if match else text


def glue(text: str, line: str) -> str:
    """`line` put behind `text`; both may end in a blank that the print has."""
    line = line.lstrip()
    if not text or not line or text[-1] == " ":
        return text + line
    if _HYPHENATED.search(text) and line[0].islower():
        return text[:-1] + line
    last, first = text[-1], line[0]
    if not (last.isascii() and first.isascii()) or last in "-/([" or (last.isdigit() and first in "0123456789.,%"):
        return text + line
    return f"{text} {line}"
