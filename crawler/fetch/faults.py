"""The one exception that travels inside the fetch room; `Fetcher` turns it into a `Failure` at its door. No I/O.

Values alone would not do here: the guard sits deep inside the HTTP library, where only an exception comes out again.
"""

from datetime import timedelta

from crawler.model import Failure, FailureKind

_LONGEST = 200


class FetchError(Exception):
    """Why a request gave nothing, ready to become a `Failure`. `reason` is one line for a person."""

    def __init__(
        self,
        kind: FailureKind,
        reason: str,
        *,
        permanent: bool = False,
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.permanent = permanent
        self.status = status
        self.retry_after = retry_after

    def failure(self, url: str) -> Failure:
        """The same as a value, for the address that was asked for."""
        return Failure(
            url=url,
            kind=self.kind,
            reason=self.reason,
            permanent=self.permanent,
            status=self.status,
            retry_after=self.retry_after,
        )


def clean(text: str, longest: int = _LONGEST) -> str:
    """Text of a server or library for use in a reason: one line, printable, at most `longest` characters."""
    head = text[: longest + 1]
    line = " ".join("".join(char if char.isprintable() else " " for char in head).split())
    return line if len(head) <= longest else line[:longest] + "…"
