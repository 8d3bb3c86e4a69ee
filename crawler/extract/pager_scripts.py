"""Pagers that scripts write, read without running them.

TRS, the system behind many government portals, names the parts of `t2024_9.html` `t2024_9_1.html` (the second one) and
so on, and leaves it to a script to write their links: `createPageHTML(count, current, name, extension)`. The order of
the arguments, what else stands among them, and whether `current` counts from 0 vary from portal to portal; some write
`var countPage = 5; var currentPage = 0` and build the links in a loop. Where the page's own address tells the part, it
is believed more than the script.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.extract.addresses import absolute
from crawler.extract.pager_words import MAX_PARTS
from crawler.model import Pager

_CALL = re.compile(r"createPage\w{0,12}\s{0,5}\(([^()\n]{3,300})\)")
_CALLS = 10
"""A page has no more; the first are looked at."""
_NUMBER = re.compile(r"\d{1,5}")
_TYPE = re.compile(r"(?:s?html?|jhtml|php|aspx?|jspx?)", re.IGNORECASE)
_NAME = re.compile(r"[\w./-]{1,200}")
_ASSIGNED = re.compile(r"\s{0,5}=\s{0,5}[\"']?(\d{1,5})\b")
_TIMES = 20
"""A variable is looked for so often."""
_WRITTEN = re.compile(r"(?:[\"'=/](?P<name>[A-Za-z]\w{0,60}))?_[\"']\s{0,5}\+")
_WRITTEN_TYPE = re.compile(r"\.(?:[\"']\s{0,5}\+\s{0,5}\\?[\"'])?(s?html?|jhtml|php|aspx?|jspx?)\b")
_REACH = 3_000
"""So many characters around it, a script is over."""
_LONGEST = 40
"""Names of variables are no longer."""


class _Script(NamedTuple):
    """What a script says."""

    parts: int
    current: int
    """From 0, or from 1."""
    name: str
    """Empty: that of the page."""
    extension: str


def scripted(url: str, scripts: str) -> Pager | None:
    """The pager that one of the scripts of the page at `url` would write."""
    for script in (*_calls(scripts), *_variables(scripts)):
        if 1 < script.parts <= MAX_PARTS and script.current <= script.parts:
            pager = _pager(script, url)
            if pager:
                return pager
    return None


def _calls(scripts: str) -> Iterator[_Script]:
    start = scripts.find("createPage")  # far faster than the expression
    for match in islice(_CALL.finditer(scripts, start), _CALLS if start >= 0 else 0):
        around = scripts[max(0, match.start() - _REACH) : match.end() + _REACH]
        arguments = [_value(argument.strip(), around) for argument in match[1].split(",")]
        numbers = [int(argument) for argument in arguments if _NUMBER.fullmatch(argument)]
        at = next((i for i, argument in enumerate(arguments) if i and _TYPE.fullmatch(argument)), 0)
        if len(numbers) > 1 and at and _NAME.fullmatch(arguments[at - 1]):
            yield _Script(numbers[0], numbers[1], arguments[at - 1], arguments[at])


def _value(argument: str, script: str) -> str:
    """An argument's value: a literal, or a variable set to a number."""
    if argument[:1] in "\"'" and argument[-1:] == argument[:1]:
        return argument[1:-1]
    if not argument.isidentifier() or len(argument) > _LONGEST:
        return argument
    known = re.search(rf"\b{argument}\s{{0,5}}=\s{{0,5}}[\"']?(\d{{1,5}})\b", script)
    return known[1] if known else ""


def _variables(scripts: str) -> Iterator[_Script]:
    count = _assigned("countPage", scripts)
    current = _assigned("currentPage", scripts) if count else None
    if count and current:
        start = min(count.start(), current.start())
        script = scripts[start : start + _REACH]
        written = _WRITTEN.search(script)
        extension = _WRITTEN_TYPE.search(script) if written else None
        if written and extension:
            yield _Script(int(count[1]), int(current[1]), written["name"] or "", extension[1])


def _assigned(name: str, scripts: str) -> re.Match[str] | None:
    """Where a variable is set to a number."""
    at = scripts.find(name)  # far faster than an expression
    for _ in range(_TIMES):
        match = _ASSIGNED.match(scripts, at + len(name)) if at >= 0 else None
        if match or at < 0:
            return match
        at = scripts.find(name, at + 1)
    return None


def _pager(script: _Script, url: str) -> Pager | None:
    """The addresses; None where they are not those of the page itself."""
    own, _, own_type = urlsplit(url).path.rpartition("/")[2].partition(".")
    name = script.name or own.removesuffix(f"_{script.current}") or "index"
    extension = script.extension if script.name else own_type or script.extension
    current = _current(script, own, own_type, name.rpartition("/")[2])
    if not 0 <= current < script.parts:
        return None
    names = [f"{name}.{extension}", *(f"{name}_{number}.{extension}" for number in range(1, script.parts))]
    urls = [absolute(url, each) for each in names]
    if not all(urls):
        return Pager(part=current + 1, parts=script.parts)
    urls[current] = url
    following = urls[current + 1] if current + 1 < script.parts else None
    return Pager(part=current + 1, parts=script.parts, next=following, urls=tuple(urls))


def _current(script: _Script, own: str, own_type: str, name: str) -> int:
    """Which part the page is, from 0, by its own name or else by the script; -1: none."""
    if own == name or (own == "" and name == "index"):
        return 0
    number = own.removeprefix(f"{name}_")
    if number != own and _NUMBER.fullmatch(number):
        return int(number)
    return -1 if own_type else script.current
