"""What charts show of targets: one unit, one point a report, round bins."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crawler.charted import Point, of_one_unit, over_years, point, spread
from crawler.targets.units import DATE
from tests.support.store import target


def told(
    region: str, year: int | None, low: str | None, high: str | None, unit: str = "%", relation: str = "range"
) -> Point | None:
    ends = [None if each is None else Decimal(each) for each in (low, high)]
    return point(1, region, year, target(low=ends[0], high=ends[1], unit=unit, relation=relation))


def at(middle: str, region: str = "云川市", year: int = 2031, unit: str = "%", kind: str = "growth") -> Point:
    return Point(page=1, region=region, year=year, text=middle, kind=kind, unit=unit, middle=Decimal(middle))


def test_a_range_stands_at_its_middle_and_a_bound_at_its_number() -> None:
    said = told("云川市", 2031, "5", "6"), told("云川市", 2031, "5", None, relation="at_least")
    assert [each and (each.middle, each.text) for each in said] == [(Decimal("5.5"), "5%—6%"), (Decimal(5), "5%以上")]


def test_amounts_are_compared_in_their_base_unit() -> None:
    hundred_million, ten_thousand = (
        told("云川市", 2031, "2", "2", "亿元"),
        told("石溪县", 2031, "20000", "20000", "万元"),
    )
    assert hundred_million
    assert ten_thousand
    assert (hundred_million.middle, hundred_million.unit) == (ten_thousand.middle, ten_thousand.unit)


def test_what_has_no_year_or_no_number_is_not_drawn() -> None:
    assert told("云川市", None, "5", "5") is None
    assert told("云川市", 2031, None, None) is None
    assert told("云川市", 2031, "20311231", None, DATE) is None


def test_only_the_commonest_unit_is_drawn_and_a_report_once() -> None:
    growth, amount, less = at("6"), at("9000", unit="元"), at("3", kind="decline")
    other = at("5", region="石溪县")
    assert of_one_unit([less, growth, amount, other, at("6.5")]) == [growth, other]
    assert of_one_unit([]) == []


def test_a_region_of_one_year_is_no_line() -> None:
    lines = over_years(
        [at("6"), at("5", year=2030), at("4", region="石溪县"), *(at("7", "白松区", y) for y in (29, 30, 31))]
    )
    assert [(line.region, sorted(line.points)) for line in lines] == [
        ("白松区", [29, 30, 31]),
        ("云川市", [2030, 2031]),
    ]


def test_growth_is_counted_by_half_a_per_cent() -> None:
    bins = spread([at("5"), at("5.4"), at("5.5"), at("7")])
    assert [(str(each.low), str(each.high), len(each.points)) for each in bins] == [
        ("5.0", "5.5", 2), ("5.5", "6.0", 1), ("6.0", "6.5", 0), ("6.5", "7.0", 0), ("7.0", "7.5", 1)
    ]  # fmt: skip


@given(st.lists(st.decimals(-(10**15), 10**15, places=4), max_size=50), st.sampled_from(["%", "元", "人"]))
def test_each_value_lies_in_its_bin_and_bins_are_few(values: list[Decimal], unit: str) -> None:
    points = [at(str(each), unit=unit) for each in values]
    bins = spread(points)
    assert sum(len(each.points) for each in bins) == len(points)
    assert all(each.low <= one.middle < each.high for each in bins for one in each.points)
    assert len(bins) <= 15
    assert all(one.high == other.low for one, other in pairwise(bins))
