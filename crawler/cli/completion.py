"""What the shell offers after TAB where a source, or a page by its source, is to be named."""

import os
import re

import typer

from crawler import sourcefile
from crawler.config.editing import source_ids
from crawler.errors import UsageError

_NAME = re.compile(r"\w[\w.-]{0,99}")
"""Nothing else is an id, and nothing else goes to a shell."""


def sources(context: typer.Context, incomplete: str) -> list[str]:
    """The ids of sources.yaml that begin so; none where it cannot be read, as a shell shows no complaints."""
    given = context.params.get("config") or context.find_root().params.get("config")
    path = given or os.environ.get("CRAWLER_CONFIG") or "sources.yaml"
    try:
        ids = source_ids(sourcefile.read(path).text, path)
    except UsageError:
        return []
    return [name for name in ids if name.startswith(incomplete) and _NAME.fullmatch(name)]
