"""What other programs' files hold, as values. Ring 1."""

from datetime import timedelta
from enum import StrEnum

from crawler.model import value


class Form(StrEnum):
    """A kind of file that can be imported."""

    URLS = "urls"
    CSV = "csv"
    OPML = "opml"
    URLWATCH = "urlwatch"
    WEBCHANGES = "webchanges"
    CHANGEDETECTION = "changedetection"


@value
class Found:
    """A page that somebody watched, in our words; nothing of it is checked yet."""

    where: str
    """Where it stands in the file: 'line 3'."""
    url: str
    listing: bool = False
    id: str = ""
    """A wish."""
    title: str = ""
    every: timedelta | None = None
    select: str = ""
    drop: tuple[str, ...] = ()
    enabled: bool = True
    note: str = ""
    """Tags and the like, for people."""
    lost: tuple[str, ...] = ()
    """What is not taken over, each with its reason."""


@value
class Refused:
    """What cannot be imported."""

    where: str
    what: str
    """To recognise it by; from outside, neither cut nor escaped."""
    reason: str


@value
class Reading:
    """All that a file holds, in its order."""

    form: Form
    each: tuple[Found | Refused, ...] = ()
    remarks: tuple[str, ...] = ()
    """What is lost of the file as a whole."""
