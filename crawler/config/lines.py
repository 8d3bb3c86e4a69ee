"""Which lines of a YAML text an entry takes up, with the comments that belong to it. Ring 1."""

import re

from crawler.config.places import Entry

_BREAK = re.compile(r"\r\n|\n|\r")
_BREAK_AT_END = re.compile(r"(?:\r\n|\n|\r)?\Z")


def newline(text: str) -> str:
    """How the file ends its lines."""
    first = _BREAK.search(text)
    return first[0] if first else "\n"


def line_start(text: str, at: int) -> int:
    """Where the line begins that holds a position."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """After the line break that follows a position, or the end of the text."""
    found = _BREAK.search(text, at)
    return found.end() if found else len(text)


def column(text: str, entry: Entry) -> int:
    """So many characters stand before an entry on its line."""
    return entry.start - line_start(text, entry.start)


def is_first_on_its_line(text: str, entry: Entry) -> bool:
    """Whether nothing but blanks stands before an entry."""
    return not text[line_start(text, entry.start) : entry.start].strip()


def end_of_lines(text: str, entry: Entry) -> int:
    """Where an entry's last line ends; comments below it are its own as long as they stand deeper."""
    end = at = line_end(text, entry.place.end)
    while at < len(text):
        after = line_end(text, at)
        line = text[at:after]
        bare = line.lstrip(" \t")
        if bare.startswith("#") and len(line) - len(bare) > column(text, entry):
            end = after
        elif bare.strip():
            break
        at = after
    return end


def blank_line_above(text: str, start: int) -> int | None:
    """Where the line above begins, if it is blank; `start` is where a line begins."""
    above = line_start(text, without_break(text, start))
    return above if above < start and not text[above:start].strip() else None


def without_break(text: str, end: int) -> int:
    """Before the line break that ends at a position, or the position where there is none."""
    return _BREAK_AT_END.search(text, max(end - 2, 0), end).start()  # type: ignore[union-attr] # it always matches
