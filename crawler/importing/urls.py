"""Lists of addresses, one a line: plain ones, those of changedetection.io and urlwatch's old urls.txt. Ring 1.

# a comment
https://www.example.org/report.html
https://www.example.org/report.html 重点, 浙江        tags behind it (changedetection.io)
金华市 2024：https://www.example.org/report.html      a title before it
"""

import re

from crawler.importing.found import Form, Found, Reading, Refused
from crawler.importing.texts import lines_of

_ADDRESS = re.compile(r"https?://[^\s<>\"'|，。；、（）【】《》“”]+", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-*•·]|\d{1,6}[.)、])\s+")
_AROUND = " \t\u3000:：,，;；|-–—[]()（）<>\"'“”"
_POST_DATA = re.compile(r"[^\s=]+=\S*")
_OWN_TAGS = re.compile(r"\[.*\]|\{.*\}")
"""changedetection.io writes the tags of `url-list-with-tags.txt` as a list of its own numbers."""


def read_urls(text: str) -> Reading:
    """The pages of a list."""
    lines = enumerate(lines_of(text), 1)
    each = [_line(f"line {number}", line.strip()) for number, line in lines if line.strip() and line.strip()[0] != "#"]
    return Reading(form=Form.URLS, each=tuple(each))


def _line(where: str, line: str) -> Found | Refused:
    found = list(_ADDRESS.finditer(line))
    if line.startswith("|"):
        return Refused(where=where, what=" ".join(line[1:].split()[:1]), reason="a command; only pages are watched")
    if len(found) != 1:
        return Refused(
            where=where,
            what=line,
            reason="several addresses on one line" if found else "no http or https address in it",
        )
    before, behind = _BULLET.sub("", line[: found[0].start()]), line[found[0].end() :]
    url = found[0][0]
    if url.endswith(")") and url.count(")") > url.count("("):  # a link of Markdown
        url = url[:-1]
    note = behind.strip(_AROUND)
    if _POST_DATA.fullmatch(note):
        return Refused(where=where, what=url, reason="a form with data to send; only pages are watched")
    title = before.strip(_AROUND)
    if not title and behind.startswith("\t"):
        title, note = note, ""
    return Found(where=where, url=url, title=title, note="" if _OWN_TAGS.fullmatch(behind.strip()) else note)
