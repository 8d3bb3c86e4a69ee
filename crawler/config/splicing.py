"""Entries put into a list or mapping of a YAML text, taken out, or given another value; nothing else moves. Ring 1.

Each function takes the text and what `places` found in it, and gives the new text. Whether that says what was meant is
for `editing` to check: a file can be written in ways that nobody foresees.
"""

from crawler.config.lines import (
    blank_line_above,
    column,
    end_of_lines,
    is_first_on_its_line,
    line_end,
    line_start,
    newline,
    without_break,
)
from crawler.config.places import Entry, Place
from crawler.config.rendering import Value, pair_within, rendered, rendered_within


def with_value(text: str, collection: Place, entry: Entry, item: Value) -> str:
    """The text with another value in an entry, in the quotes of the old one."""
    place = entry.place
    if not place.flow:
        return _on_one_line(text, entry, rendered(item))
    style = place.style if place.style in ("'", '"') else ""
    new = rendered_within(item, style) if collection.flow else rendered(item, style)
    if place.start == place.end:  # nothing was written yet
        colon = "" if ":" in text[entry.key_end : place.start] else ":"
        new = f"{colon} {new}"
    return text[: place.start] + new + text[place.end :]


def with_key(text: str, mapping: Place, after: Entry, key: str, item: Value) -> str:
    """The text with one more key in a mapping, below or behind the entry `after`."""
    if mapping.flow:
        at = after.place.end
        return f"{text[:at]}, {pair_within(key, item)}{text[at:]}"
    indent = " " * column(text, (mapping.entries or ())[0])
    return with_lines(text, end_of_lines(text, after), f"{indent}{key}: {rendered(item)}")


def with_element(text: str, listed: Place, item: Value) -> str:
    """The text with one more element at the end of a list that holds some."""
    last = (listed.entries or ())[-1]
    if listed.flow:
        return f"{text[: last.place.end]}, {rendered_within(item)}{text[last.place.end :]}"
    return with_lines(text, end_of_lines(text, last), f"{' ' * column(text, last)}- {rendered(item)}")


def with_lines(text: str, at: int, lines: str) -> str:
    """The text with lines (the last one without its break) where a line begins, or at the end of the file."""
    if at == len(text) and without_break(text, at) == at and text:
        return f"{text}{newline(text)}{lines}"
    return f"{text[:at]}{lines}{newline(text)}{text[at:]}"


def without(text: str, collection: Place, number: int) -> str:
    """The text without one of several entries; of a list also without the blank line that set it apart."""
    entries = collection.entries or ()
    entry, following = entries[number], entries[number + 1 : number + 2]
    if collection.flow or not is_first_on_its_line(text, entry):
        start, end = (
            (entry.start, following[0].start) if following else (entries[number - 1].place.end, entry.place.end)
        )
        return text[:start] + text[end:]
    start, end = line_start(text, entry.start), end_of_lines(text, entry)
    if not collection.keyed:
        start, end = _with_blank_line(text, start, end, first=number == 0)
    if end == len(text) and without_break(text, end) == end:  # the line above becomes the last one, without a break too
        start = without_break(text, start)
    return text[:start] + text[end:]


def _on_one_line(text: str, entry: Entry, new: str) -> str:
    """A value spread over lines replaced by one on the key's line, whose comment stays."""
    colon = text.index(":", entry.key_end) + 1
    first, last = line_end(text, colon), without_break(text, end_of_lines(text, entry))
    return f"{text[:colon]} {new}{text[colon : without_break(text, first)]}{text[last:]}"


def _with_blank_line(text: str, start: int, end: int, *, first: bool) -> tuple[int, int]:
    if not first:
        above = blank_line_above(text, start)
        return (start if above is None else above), end
    below = line_end(text, end)
    return start, below if not text[end:below].strip() else end
