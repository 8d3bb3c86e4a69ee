"""What is fuzzed, and how one input is judged. Imports nothing that is fuzzed: the fuzzer is to see that imported."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import process_time

CORPUS = Path(__file__).parent / "corpus"
ROOMS = {
    "charset": ("crawler.charset",),
    "extract": ("crawler.extract",),
    "documents": ("crawler.extract",),
    "pager": ("crawler.extract",),
    "targets": ("crawler.targets", "crawler.numerals"),
    "diff": ("crawler.diff", "crawler.text"),
    "compare": ("crawler.compare", "crawler.diff"),
    "config": ("crawler.config",),
    "robots": ("crawler.fetch.robots", "protego"),
}
"""Each target, and the packages whose branches guide the fuzzer."""

LONGEST = 100_000
"""Bytes of an input."""
SECONDS = 2.0
"""Of the processor, that one reading of so long an input may take."""
_READINGS = 10
"""A law reads its input several times, and under the fuzzer each reading takes twice as long."""
_LEAST = LONGEST // 10

Check = Callable[[bytes], None]
"""Raises for an input that breaks a law; and what must not be raised is not caught."""


class Slow(AssertionError):  # noqa: N818 (named as what the input is)
    """An input took more time than its length allows."""


class Laws:
    """The laws of one target: `check(data)` in `tests.fuzz.laws.TARGET`, and the pieces its inputs are made of."""

    def __init__(self, name: str) -> None:
        module = import_module(f"tests.fuzz.laws.{name}")
        self.name = name
        self.check: Check = module.check
        self.pieces: tuple[bytes, ...] = tuple(piece.encode() for piece in module.PIECES)

    def judge(self, data: bytes) -> float:
        """The seconds of the processor that an input took. Raises whatever a broken law raises."""
        began = process_time()
        self.check(data)
        took = process_time() - began
        if took > allowed(len(data)):
            raise Slow(
                f"{len(data):,} bytes took {took:.1f} s of the processor; {allowed(len(data)):.1f} s are allowed"
            )
        return took


def allowed(size: int) -> float:
    """Seconds that all readings of an input of so many bytes may take together."""
    return SECONDS * _READINGS * max(size, _LEAST) / LONGEST


def corpus(name: str) -> list[Path]:
    """The committed inputs of a target."""
    return sorted(path for path in (CORPUS / name).iterdir() if path.is_file())
