"""Which comparison two reports ask for."""

import pytest

from crawler.compare import asks_for
from crawler.compare.side import same_region
from tests.support.sides import side


class TestAsksFor:
    def test_the_same_place_and_year_are_two_portals(self) -> None:
        assert asks_for(side("甲"), side("乙")) == "portals"

    def test_the_same_place_and_another_year_are_two_years(self) -> None:
        assert asks_for(side("甲", 2031), side("乙", 2030)) == "years"

    def test_two_places_are_neither(self) -> None:
        assert asks_for(side("甲"), side("乙", region="石桥市")) == "reports of two places: 云溪市 and 石桥市"

    def test_what_is_unknown_is_named(self) -> None:
        assert asks_for(side("甲", name="A"), side("乙", None, "", name="B")) == "B: place and year unknown"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("云溪市", "云溪市", True),
        ("云溪", "云溪市", True),
        ("江东省云溪市", "云溪市", True),
        ("云溪市", "云溪县", False),
        ("云溪市", "小云溪市", False),
        ("", "云溪市", False),
        ("", "", False),
    ],
)
def test_names_of_one_place(one: str, other: str, *, same: bool) -> None:
    assert same_region(one, other) is same
    assert same_region(other, one) is same
