"""A seal stands for all that it covers, and for nothing else."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from storage.evidence import seal

RECORDED = ("number", "url", "title", "published", "region", "year", "fetched_at", "sha256", "reread")
CAPTURED = ("url", "headers", "fetched_at", "sha256")

TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (aware by `timezones`)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys((*RECORDED, *CAPTURED), TEXTS),
    "number": st.integers(1, 10**6),
    "published": st.none() | st.dates(date(1990, 1, 1)),
    "year": st.none() | st.integers(1949, 2100),
    "fetched_at": MOMENTS,
    "reread": st.booleans(),
}
VERSIONS = st.fixed_dictionaries({name: VALUES[name] for name in RECORDED})
CAPTURES = st.lists(st.fixed_dictionaries({name: VALUES[name] for name in CAPTURED}), max_size=3)
DIGESTS = st.just("") | st.binary(max_size=4).map(lambda content: hashlib.sha256(content).hexdigest())
SEALED = st.tuples(DIGESTS, VERSIONS, CAPTURES)


@given(SEALED, st.data())
def test_another_value_anywhere_is_another_seal(sealed: tuple[str, Any, list[Any]], data: st.DataObject) -> None:
    before, version, captures = sealed
    rows = [version, *captures]
    row = data.draw(st.integers(0, len(rows) - 1))
    name = data.draw(st.sampled_from(CAPTURED if row else RECORDED))
    other = data.draw(VALUES[name])
    assume(other != rows[row][name])
    altered = [{**each, name: other} if number == row else each for number, each in enumerate(rows)]
    assert seal(before, altered[0], altered[1:]) != seal(before, version, captures)


@given(SEALED, SEALED)
def test_only_what_is_the_same_has_the_same_seal(
    one: tuple[str, Any, list[Any]], two: tuple[str, Any, list[Any]]
) -> None:
    assert (seal(*one) == seal(*two)) == (one == two)


@given(SEALED, DIGESTS, st.data())
def test_what_is_left_out_put_in_or_exchanged_is_another_seal(
    sealed: tuple[str, Any, list[Any]], other: str, data: st.DataObject
) -> None:
    before, version, captures = sealed
    assert (seal(other, version, captures) == seal(*sealed)) == (other == before)
    assert seal(before, version, [*captures, dict.fromkeys(CAPTURED, "")]) != seal(*sealed)
    assert not captures or seal(before, version, captures[1:]) != seal(*sealed)
    shuffled = data.draw(st.permutations(captures))
    assert (seal(before, version, shuffled) == seal(*sealed)) == (shuffled == captures)


@given(SEALED, st.integers(-14, 14))
def test_the_zone_in_which_a_time_is_told_is_no_part_of_it(sealed: tuple[str, Any, list[Any]], hours: int) -> None:
    before, version, captures = sealed
    zone = timezone(timedelta(hours=hours))
    moved = {**version, "fetched_at": version["fetched_at"].astimezone(zone)}
    assert seal(before, moved, captures) == seal(*sealed)
