"""Which of a listing's links are followed. Ring 1."""

import re
from collections.abc import Iterable

from crawler.model import Source

Link = tuple[str, str]
"""Address and text."""


def is_listed(link: str, source: Source) -> bool:
    """Whether a link is one that the source's listing is read for."""
    if source.match:
        return re.search(source.match, link) is not None
    folder = (source.listing or "").rpartition("/")[0] + "/"
    return link.startswith(folder) and link != source.listing


def followed(links: Iterable[Link], source: Source) -> tuple[Link, ...]:
    """The links that the listing is read for; a `match` may take for ever, so call it as a document is read."""
    return tuple(link for link in links if is_listed(link[0], source))
