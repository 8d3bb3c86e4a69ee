from collections.abc import Callable
from itertools import pairwise

import pytest

from crawler.demo.noise import advert, clock, comments, counter, related


@pytest.mark.parametrize("noise", [advert, counter, clock, comments, related])
def test_noise_moves_at_every_request(noise: Callable[[int], object]) -> None:
    shown = [noise(tick) for tick in range(60)]
    assert all(one != following for one, following in pairwise(shown))


def test_counters_only_grow() -> None:
    shown = [counter(tick, 40) for tick in range(30)]
    assert shown == sorted(shown)


def test_comments_talk_about_targets_and_vary_in_number() -> None:
    boxes = [comments(tick) for tick in range(12)]
    assert len({len(box) for box in boxes}) > 1
    assert all(box for box in boxes)
    assert any("地区生产总值增长" in remark for box in boxes for _, remark in box)


def test_related_links_are_three_different_ones() -> None:
    assert all(len(set(related(tick))) == 3 for tick in range(20))
