"""What a reading process is sent and sends back: pickles, of which only plain values are taken from a child.

A parser that was broken into could answer with a pickle that runs code, so the parent loads nothing but the classes in
which readings are told.
"""

import io
import pickle
from typing import Any

from crawler.errors import CrawlerError
from crawler.model import value

OUT_OF_MEMORY = 99
"""Exit status of a child that ran into its limit."""
_ROOMS = frozenset(
    (
        *("crawler.apart.wire", "crawler.errors", "crawler.model", "datetime"),
        *("crawler.extract.explain", "crawler.extract.listing"),
    )
)


@value
class Answer:
    """What became of a job: a result, an error meant for a person, or a bug's traceback."""

    result: Any = None
    error: CrawlerError | None = None
    bug: str | None = None
    worn: bool = False
    """The child holds much memory, and should be replaced."""


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 (the library's signature)
        """The class of that name, if it is one of ours for values."""
        found = super().find_class(module, name) if module in _ROOMS and "." not in name else None
        if isinstance(found, type) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"a reading process answered with {module}.{name}")


def pack(thing: object) -> bytes:
    """A job or an answer as bytes."""
    return pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)


def unpack_answer(data: bytes) -> Answer:
    """An answer of a child. Raises UnpicklingError where it holds anything but values."""
    answer = _Plain(io.BytesIO(data)).load()
    if not isinstance(answer, Answer):
        raise pickle.UnpicklingError("a reading process answered out of turn")
    return answer
