"""The law behind 'no lost alert': whatever is known of a host, the report on its page is the same."""

import os
from collections.abc import Callable

import pytest

from tests.support.noise.learnt import feared, known
from tests.support.noise.pages import Page, draws_of, page
from tests.support.noise.shapes import NAMES

DRAWS = int(os.environ.get("STABILITY_DRAWS", "10000")) // 20


@pytest.mark.parametrize("learnt", [known, feared])
@pytest.mark.parametrize("shape", NAMES)
def test_whatever_is_known_of_a_host_the_report_is_the_same(shape: str, learnt: Callable[[int], Page]) -> None:
    changed = [number for number in draws_of(shape, DRAWS) if learnt(number).article != page(number).article]
    assert changed == []


def test_much_is_known_of_the_host() -> None:
    assert any(known(number).template for number in range(len(NAMES)))
    assert all(len(feared(number).template) > 10 for number in range(len(NAMES)))
