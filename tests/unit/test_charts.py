"""What charts draw: one scale at a time, ranges and bounds as they are, equal steps."""

from decimal import Decimal

from crawler.charts import Measure, Point, amount_of, measures, one_each, place, spread


def point(low: str | None, high: str | None = "", *, unit: str = "%", kind: str = "growth", **fields: object) -> Point:
    """Without an upper end a single value."""
    relation = "range" if high and low else "at_least" if high is None else "at_most" if low is None else "about"
    amount = amount_of(kind, relation, low, low if high == "" else high, unit, "")
    assert amount
    told = {"page": 1, "region": "云川市", "year": 2031, **fields}
    return Point(amount=amount, **told)  # type: ignore[arg-type] # fields of a point


def test_a_range_and_a_bound_stay_what_they_are() -> None:
    wide, least, most = (point(low, high).amount for low, high in (("5.5", "6"), ("8", None), (None, "2")))
    assert (wide.low, wide.high, wide.bound, wide.said) == (Decimal("5.5"), 6, "", "5.5%—6%")
    assert (least.low, least.high, least.bound, least.said) == (8, None, "least", "8%以上")
    assert (most.low, most.high, most.bound, most.mark) == (None, 2, "most", 2)


def test_amounts_of_one_scale_are_brought_to_one_unit_and_others_kept_apart() -> None:
    found = [point("30", unit="亿元", kind="level"), point("3000", unit="万元", kind="level"), point("6")]
    assert measures(found) == [Measure("level", "元"), Measure("growth", "%")]
    assert [each.amount.mark for each in found[:2]] == [3_000_000_000, 30_000_000]
    assert measures([point("6"), point("6", kind="rate")])[1:] == [Measure("rate", "%")]


def test_a_day_and_mere_words_have_no_place_on_a_scale() -> None:
    assert amount_of("deadline", "at_most", None, None, "date", "年底") is None
    assert amount_of("relative", "outpace", None, None, "", "高于全国") is None


def test_the_first_of_each_region_and_year_counts() -> None:
    again = [point("6", page=3), point("5", page=1), point("5", page=1, year=2030), point("7", region="丘原县")]
    assert [(each.page, each.year, each.region) for each in one_each(again)] == [
        (3, 2031, "云川市"),
        (1, 2030, "云川市"),
        (1, 2031, "丘原县"),
    ]


def test_percent_is_spread_by_halves_without_a_gap() -> None:
    steps = spread([point("5.5"), point("5.9"), point("6", "6.5"), point(None, "7.2"), point("-0.2")])
    assert {step.high - step.low for step in steps} == {Decimal("0.5")}
    assert [step.low for step in steps] == [Decimal(number) / 2 for number in range(-1, 15)]
    assert {str(step.low): len(step.points) for step in steps if step.points} == {
        "-0.5": 1,
        "5.5": 2,
        "6.0": 1,
        "7.0": 1,
    }


def test_what_lies_far_apart_is_spread_by_larger_steps() -> None:
    steps = spread([point("3", unit="亿元", kind="level"), point("7000", unit="亿元", kind="level")])
    assert len(steps) <= 41
    assert sum(len(step.points) for step in steps) == 2
    assert len(spread([point("1000"), point("-1000")])) <= 41
    assert [len(step.points) for step in spread([point("80", unit="万吨", kind="level")])] == [1]
    assert spread([]) == []


def test_a_report_of_a_compilation_speaks_for_its_own_place() -> None:
    assert place("平湖市2023年政府工作报告", "某省", 2031) == ("平湖市", 2023)
    assert place("", "云川市", 2031) == ("云川市", 2031)
