"""Content codings removed under a cap: what httpx's own decompression must never do for us. No I/O.

1.8 KB of `gzip, gzip` became 1 GB before a cap outside the library could act. We ask for gzip and deflate only, so
anything else, and any stack of codings, is refused.
"""

import zlib

from crawler.fetch.faults import FetchError
from crawler.model import FailureKind

ACCEPTED = "gzip, deflate"
_GZIP_MAGIC = b"\x1f\x8b"
_MAX_MEMBERS = 1000
"""Members of one gzip stream; each costs a copy of what follows it, so hostile input must not hold a million."""


def _broken(reason: str) -> FetchError:
    return FetchError(FailureKind.PROTOCOL, reason)


class Body:
    """Collects a body chunk by chunk, decoded; holds `cap` bytes and a little more at most."""

    def __init__(self, content_encoding: str, cap: int) -> None:
        codings = [
            word for part in content_encoding.split(",") if (word := part.strip().lower()) not in ("", "identity")
        ]
        if len(codings) > 1:
            raise _broken("the answer is compressed several times over, which is refused")
        self._coding = codings[0].removeprefix("x-") if codings else ""
        if self._coding not in ("", "gzip", "deflate"):
            raise _broken("the answer is in a content coding we did not ask for")
        self._cap = cap
        self._output = bytearray()
        self._pending = b""
        self._inflater: zlib._Decompress | None = None
        self._members = 0
        self._ended = False

    @property
    def overfull(self) -> bool:
        """More than the cap has come; what is beyond it is not kept."""
        return len(self._output) > self._cap

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes as they came. Raises `FetchError` where they are no valid coding."""
        if not self._coding:
            self._output += chunk[: self._cap + 1 - len(self._output)]
            return
        self._pending += chunk
        try:
            while self._pending and not self.overfull and not self._ended:
                if self._inflater is None and not self._start():
                    return
                self._inflate()
        except zlib.error as error:
            raise _broken(f"the answer's {self._coding} coding is broken") from error

    def finish(self) -> bytes:
        """The whole body. Raises `FetchError` where a coded one was cut short."""
        if self._inflater is not None or (self._pending and not self._members):
            raise _broken(f"the answer's {self._coding} coding ends too early")
        return bytes(self._output)

    def beginning(self) -> bytes:
        """As much of the body as the cap allows and has come so far."""
        return bytes(self._output[: self._cap])

    def _start(self) -> bool:
        """Begin with a stream, or with a further gzip member; False: more bytes are needed to know."""
        if len(self._pending) < 2:
            return False
        if self._coding == "gzip":
            if self._members and not self._pending.startswith(_GZIP_MAGIC):
                self._ended = True  # Garbage after the end, which browsers tolerate as well.
                return False
            wbits = 16 + zlib.MAX_WBITS
        else:
            wbits = zlib.MAX_WBITS if _has_zlib_header(self._pending) else -zlib.MAX_WBITS
        self._inflater = zlib.decompressobj(wbits)
        return True

    def _inflate(self) -> None:
        inflater = self._inflater
        assert inflater is not None  # noqa: S101 (for the type checker: `_start` has set it)
        self._output += inflater.decompress(self._pending, self._cap + 1 - len(self._output))
        self._pending = inflater.unconsumed_tail
        if inflater.eof:
            self._inflater, self._pending = None, inflater.unused_data
            self._members += 1
            self._ended = self._coding == "deflate"
            if self._members > _MAX_MEMBERS:
                raise _broken("the answer's gzip coding is in too many pieces")


def _has_zlib_header(head: bytes) -> bool:
    """RFC 1950 (what deflate means) against a raw RFC 1951 stream (what some servers send)."""
    return head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0
