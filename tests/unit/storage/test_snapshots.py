"""Law: what was packed against a predecessor comes back to the byte, along any chain."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.snapshots import KEYFRAME, ZstdError, keyframe, pack, unpack, unroll

CHARACTERS = [chr(code) for code in range(0x4E00, 0x5800)]


def chain(texts: list[bytes]) -> list[tuple[int, bytes]]:
    """The versions as the store packs them."""
    packed, before = [], b""
    for number, text in enumerate(texts, 1):
        packed.append((number, pack(text, b"" if keyframe(number) == number else before)))
        before = text
    return packed


def report(characters: int, seed: int = 1) -> bytes:
    dice = random.Random(seed)
    return "".join(dice.choices(CHARACTERS, k=characters)).encode()


def edited(text: bytes, edits: int, seed: int = 2) -> bytes:
    dice = random.Random(seed)
    copy = bytearray(text)
    for _ in range(edits):
        at = 3 * dice.randrange(len(text) // 3)
        copy[at : at + 3] = "改".encode()
    return bytes(copy)


@settings(deadline=None)
@given(st.binary(max_size=400), st.binary(max_size=400))
def test_what_was_packed_comes_back(new: bytes, old: bytes) -> None:
    assert unpack(pack(new, old), old) == new


@settings(deadline=None)
@given(st.lists(st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")), max_size=40))
def test_every_version_of_a_chain_comes_back(texts: list[bytes]) -> None:
    assert list(unroll(chain(texts))) == list(enumerate(texts, 1))


@given(st.integers(min_value=1, max_value=10_000))
def test_a_restoration_starts_less_than_sixteen_versions_before(number: int) -> None:
    start = keyframe(number)
    assert 1 <= start <= number < start + KEYFRAME
    assert keyframe(start) == start


def test_a_restoration_may_start_at_any_keyframe() -> None:
    texts = [f"第{number}版".encode() * 20 for number in range(1, 40)]
    packed = chain(texts)
    assert list(unroll(packed[16:20])) == list(enumerate(texts, 1))[16:20]


def test_an_edited_report_takes_a_small_fraction_of_its_size() -> None:
    text = report(4_000)
    assert len(pack(edited(text, 3), text)) < len(pack(text)) / 20


def test_a_long_edited_compilation_takes_a_few_hundred_bytes() -> None:
    text = report(420_000)
    new = edited(text, 20)
    packed = pack(new, text)
    assert len(packed) < 2_000
    assert unpack(packed, text) == new


def test_a_wrong_predecessor_is_noticed() -> None:
    text = report(4_000)
    packed = pack(edited(text, 3), text)
    with pytest.raises(ZstdError):
        unpack(packed, report(4_000, seed=9))


def test_damage_is_noticed() -> None:
    packed = bytearray(pack(report(4_000)))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(ZstdError):
        unpack(bytes(packed))


@pytest.mark.parametrize("before", [b"", b"short", b"eight by"])
@pytest.mark.parametrize("text", [b"", b"x", b"a longer text"])
def test_very_short_texts_come_back(text: bytes, before: bytes) -> None:
    assert unpack(pack(text, before), before) == text
