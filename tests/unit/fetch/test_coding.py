import contextlib
import gzip
import random
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.coding import Body
from crawler.fetch.faults import FetchError
from crawler.model import FailureKind

TEXT = "城镇调查失业率控制在百分之五以内。".encode() * 200
CAP = 100_000


def raw_deflate(data: bytes) -> bytes:
    squeezer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return squeezer.compress(data) + squeezer.flush()


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    "identity": lambda data: data,
    "gzip": gzip.compress,
    "X-GZIP": gzip.compress,
    " gzip , identity": gzip.compress,
    "deflate": zlib.compress,
    "Deflate ": raw_deflate,
}


def decoded(coding: str, data: bytes, step: int = 0, cap: int = CAP) -> bytes:
    body = Body(coding, cap)
    for start in range(0, len(data), step or len(data) or 1):
        body.feed(data[start : start + (step or len(data))])
    return body.finish()


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("step", [0, 1, 2, 7, 1000])
def test_every_coding_we_ask_for_comes_out_right_in_any_pieces(coding: str, step: int) -> None:
    assert decoded(coding, CODINGS[coding](TEXT), step) == TEXT


@pytest.mark.parametrize("coding", CODINGS)
def test_an_empty_body_is_empty_whatever_its_coding(coding: str) -> None:
    assert decoded(coding, b"") == b""


UNASKED = ["gzip, gzip", "gzip,deflate", "br", "zstd", "compress", "gzip;q=1", "\x00", "x-deflate, gzip"]


@pytest.mark.parametrize("coding", UNASKED)
def test_what_we_did_not_ask_for_is_refused(coding: str) -> None:
    with pytest.raises(FetchError) as caught:
        Body(coding, CAP)
    assert caught.value.kind is FailureKind.PROTOCOL
    assert caught.value.reason.isprintable()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "Deflate "])
@pytest.mark.parametrize("kept", [1, 5, -1, -9])
def test_a_truncated_body_is_no_body(coding: str, kept: int) -> None:
    with pytest.raises(FetchError, match="ends too early"):
        decoded(coding, CODINGS[coding](TEXT)[:kept])


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_body_that_is_not_in_its_coding(coding: str) -> None:
    with pytest.raises(FetchError, match="coding is broken"):
        decoded(coding, b"<html>plain after all</html>")


def test_a_wrong_checksum_is_noticed() -> None:
    data = bytearray(gzip.compress(TEXT))
    data[-6] ^= 0xFF
    with pytest.raises(FetchError, match="coding is broken"):
        decoded("gzip", bytes(data))


@pytest.mark.parametrize("garbage", [b"\0", b"\0" * 50, b"<!-- served in 3 ms -->", b"\x1f"])
@pytest.mark.parametrize("step", [0, 1])
def test_garbage_after_the_end_is_ignored(garbage: bytes, step: int) -> None:
    assert decoded("gzip", gzip.compress(TEXT) + garbage, step) == TEXT
    assert decoded("deflate", zlib.compress(TEXT) + garbage, step) == TEXT


@pytest.mark.parametrize("step", [0, 1, 13])
def test_a_stream_of_several_members_is_read_to_its_end(step: int) -> None:
    assert decoded("gzip", gzip.compress(TEXT[:300]) + gzip.compress(TEXT[300:]), step) == TEXT


def test_a_truncated_second_member_is_noticed() -> None:
    with pytest.raises(FetchError, match="ends too early"):
        decoded("gzip", gzip.compress(TEXT) + gzip.compress(TEXT)[:-3])


def test_a_million_empty_members_are_refused() -> None:
    with pytest.raises(FetchError, match="too many pieces"):
        decoded("gzip", gzip.compress(b"") * 100_000)


def test_a_bomb_never_grows_beyond_the_cap() -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    tracemalloc.start()
    body = Body("gzip", CAP)
    body.feed(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert body.overfull
    assert len(body.beginning()) == CAP
    assert peak < 2_000_000


@pytest.mark.parametrize("coding", CODINGS)
def test_the_cap_itself_is_not_too_much(coding: str) -> None:
    data = random.Random(1).randbytes(5000)
    full = Body(coding, 5000)
    full.feed(CODINGS[coding](data))
    assert not full.overfull
    assert full.finish() == data
    over = Body(coding, 4999)
    over.feed(CODINGS[coding](data))
    assert over.overfull
    assert over.beginning() == data[:4999]


@given(st.sampled_from(["gzip", "deflate", ""]), st.lists(st.binary(max_size=50), max_size=10))
def test_any_bytes_give_a_body_or_a_fetch_error(coding: str, chunks: list[bytes]) -> None:
    body = Body(coding, 100)
    with contextlib.suppress(FetchError):
        for chunk in chunks:
            body.feed(chunk)
        body.finish()
    assert len(body.beginning()) <= 100
