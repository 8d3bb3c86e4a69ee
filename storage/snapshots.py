"""Versions of a text in little room: each compressed with the one before as its dictionary, every 16th alone.

A prefix with long-distance matching, not a plain dictionary: for a text of 1.2 MB with 20 edits it takes 0.3 KB against
133 KB, and for one of 12 KB a few bytes more. Each frame carries a checksum, so that a wrong predecessor is noticed.
Law: `unpack(pack(new, old), old) == new`, and `unroll` of a chain gives every version of it.
"""

import sys
from collections.abc import Iterable, Iterator

if sys.version_info >= (3, 14):
    from compression.zstd import CompressionParameter, ZstdDict, ZstdError, compress, decompress
else:
    from backports.zstd import CompressionParameter, ZstdDict, ZstdError, compress, decompress

__all__ = ["KEYFRAME", "ZstdError", "keyframe", "pack", "unpack", "unroll"]

KEYFRAME = 16
_OPTIONS: dict[int, int] = {CompressionParameter.compression_level: 3, CompressionParameter.checksum_flag: 1}
_AFTER: dict[int, int] = {**_OPTIONS, CompressionParameter.enable_long_distance_matching: 1}
_SHORTEST = 8
"""A dictionary has at least so many bytes."""


def keyframe(number: int) -> int:
    """The version at or before `number` (from 1) that is stored alone: where its restoration starts."""
    return number - (number - 1) % KEYFRAME


def pack(data: bytes, before: bytes = b"") -> bytes:
    """The data compressed, against its predecessor where that has something to offer."""
    if len(before) < _SHORTEST:
        return compress(data, options=_OPTIONS)
    return compress(data, options=_AFTER, zstd_dict=ZstdDict(before, is_raw=True).as_prefix)


def unpack(packed: bytes, before: bytes = b"") -> bytes:
    """The data again; ZstdError where it is damaged or `before` is another text."""
    if len(before) < _SHORTEST:
        return decompress(packed)
    return decompress(packed, zstd_dict=ZstdDict(before, is_raw=True).as_prefix)


def unroll(numbered: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Every version of a chain of (number, packed), in order from a keyframe on."""
    before = b""
    for number, packed in numbered:
        before = unpack(packed, b"" if keyframe(number) == number else before)
        yield number, before
