"""Which kind of file it is, from its first characters, its name and the look of its lines. Ring 1."""

import re

from crawler.importing.found import Form
from crawler.importing.tables import names_an_address
from crawler.importing.texts import lines_of

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_JOB = re.compile(r"^(?:- )?(?:url|name|command|navigate|kind|sources)\s*:(?:\s|$)", re.MULTILINE)
_HEAD = 100_000


def is_archive(head: bytes) -> bool:
    """Whether a file begins as a zip archive does."""
    return head.startswith(_ZIP)


def sniffed(text: str, name: str) -> Form:
    """The kind of a file that is no archive; what looks like nothing else is a list of addresses."""
    head = text[:_HEAD].lstrip()
    suffix = name.lower().rpartition(".")[2]
    if head.startswith("{"):
        return Form.CHANGEDETECTION
    if suffix == "opml" or head.startswith("<"):
        return Form.OPML
    if suffix in ("csv", "tsv"):
        return Form.CSV
    if suffix in ("yaml", "yml") or _JOB.search(head):
        return Form.WEBCHANGES if "use_browser" in text or name.lower().startswith("jobs") else Form.URLWATCH
    return Form.CSV if names_an_address(lines_of(head)[0]) else Form.URLS
