"""What is counted between two times that the store takes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.tally import SECONDS, Tally, host_class


def test_what_was_taken_is_not_counted_again() -> None:
    tally = Tally()
    tally.add("checks", "new")
    tally.add("checks", "new", amount=2)
    tally.add("requests", "gov", "2xx")
    assert tally.take() == {("checks", "new"): 3, ("requests", "gov,2xx"): 1}
    assert tally.take() == {}


def test_what_could_not_be_stored_is_offered_again() -> None:
    tally = Tally()
    tally.add("checks", "new")
    taken = tally.take()
    tally.add("checks", "new")
    tally.add("checks", "failed")
    tally.put_back(taken)
    assert tally.take() == {("checks", "new"): 2, ("checks", "failed"): 1}


@given(st.lists(st.floats(0, 100)))
def test_every_time_is_in_one_class_that_holds_it(times: list[float]) -> None:
    tally = Tally()
    for seconds in times:
        tally.time("request_seconds", "gov", seconds=seconds)
    counted = tally.take()
    for at, bound in enumerate((*SECONDS, float("inf"))):
        low = SECONDS[at - 1] if at else -1
        expected = sum(low < seconds <= bound for seconds in times)
        name = "+Inf" if bound == float("inf") else f"{bound:g}"
        assert counted.get(("request_seconds_bucket", f"gov,{name}"), 0) == expected
    assert counted.get(("request_seconds_sum", "gov"), 0) == pytest.approx(sum(times))


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("https://www.gov.cn/a.html", "gov"),
        ("https://gov.cn/", "gov"),
        ("http://www.jinhua.gov.cn:8080/x", "gov"),
        ("https://www.notgov.cn/", "other"),
        ("https://gov.cn.example.org/", "other"),
        ("http://127.0.0.1:9/", "other"),
        ("nothing", "other"),
    ],
)
def test_hosts_are_told_by_class(url: str, hosts: str) -> None:
    assert host_class(url) == hosts
