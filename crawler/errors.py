"""Every error this program raises on purpose, under one root.

    CrawlerError                what a person can act on: its text is one clear line, never a traceback
    ├── UsageError              wrong command, configuration or input: exit code 2
    │   └── ConfigError         sources.yaml has faults; carries all of them, each with line and key
    ├── Abandoned               reading a document was stopped: its page fails, the others go on
    └── StorageError            the database cannot be used: read-only, locked, not a database, from a newer version
        ├── Damaged             a stored version cannot be restored: its page fails, the others go on
        │   └── Away            its bytes lie in another store, which cannot be asked now
        └── Outrun              another process recorded the same page first; the check is dropped, nothing is lost

What many checks at once may meet (an unreachable host, a page that is not there) is no exception but a value:
`crawler.model.Failure`, where permanent or transient is a field.
"""


class CrawlerError(Exception):
    """Root: the message is meant for a person and names what to do."""


class UsageError(CrawlerError):
    """A command, an argument, a file or the configuration is wrong; the program exits with code 2."""


class ConfigError(UsageError):
    """The configuration has faults; `faults` holds one line of text for each."""

    def __init__(self, faults: tuple[str, ...], places: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
        self.places = places
        """Of each fault, in that order: key path (`sources[3].every`; empty for the file itself) and what is wrong."""


class Abandoned(CrawlerError):  # noqa: N818 (named as the outcome it is for one page)
    """Reading a document took too long or too much memory, or crashed its process; the message says which."""


class StorageError(CrawlerError):
    """The database cannot be opened, read or written; the message says which file and what to do."""


class Damaged(StorageError):  # noqa: N818 (named as the outcome it is for one page)
    """A version of one page cannot be restored; the message names page and version, and what to do."""


class Away(Damaged):
    """Bytes kept outside of the database cannot be had now; the message names where they should be and what to do."""


class Outrun(StorageError):  # noqa: N818 (the outcome's name; it is not a fault)
    """Another process recorded this page since it was read; this check's result is dropped and the page read anew."""
