"""Who reads documents for a check: this process, or one apart that may hang or crash (`crawler.apart`). Ring 1."""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Reader(Protocol):
    """Calls a function of `crawler.extract` on bytes from outside."""

    def __call__(self, function: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> T:
        """What the function returns or raises; Abandoned where it had to be stopped."""


def here(function: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> T:
    """Read in this very process."""
    return function(*given, **named)
