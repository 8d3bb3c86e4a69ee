"""How often an attached document was downloaded, where the page writes that number right behind the document's name."""

import re

from crawler.extract.page import Line

_NAMED = re.compile(
    r"(.{1,200}\.(?:docx?|wps|pdf|rtf|xlsx?|et|pptx?|txt|zip|rar|7z|ofd)[】\]》]?)\s?[(（\[【]?\d{1,7}次?[)）\]】]?",
    re.IGNORECASE,
)
"""Behind the ending of a file's name."""
_BARE = re.compile(r"(?:附件?|附表|附录).{1,200}?(\s?[(（\[【](?!(?:19|20)\d\d[)）\]】])\d{1,7}次?[)）\]】])")
"""Behind a link that names no kind of file; a year there belongs to the name."""
_LONGEST = 240


def without_counter(line: Line) -> str:
    """A line's text, of a document's name without the number of downloads behind it."""
    text = line.text
    if len(text) > _LONGEST or not text.rstrip("次)）]】")[-1:].isdigit():
        return text
    if named := _NAMED.fullmatch(text):
        return named[1]
    found = _BARE.fullmatch(text)
    if found and line.links and line.links[-1][1] == len("".join(text[: found.start(1)].split())):
        return text[: found.start(1)]
    return text
