"""Comparing the prints of one report on several portals, wired to the store.

compare_prints:  store.unpaired -> pairing.pairs -> store.side -> pairing.conclude -> store.record_comparison
"""

import asyncio
from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import datetime

from crawler import pairing
from crawler.checks import Alert, Comparison
from crawler.model import Failure, Source
from crawler.pipeline.desk import Desk, safely


async def compare_prints(
    sources: Mapping[str, Source],
    desk: Desk,
    stopping: Callable[[], bool] = lambda: False,
    round_began: datetime | None = None,
) -> list[Alert]:
    """Compare the pages that changed with other prints of their reports, one pair after another; the alerts raised.

    All of it stands in the store: what a killed process had begun is compared by the next one.
    """
    told: list[Alert] = []
    unpaired, stored = await asyncio.to_thread(desk.book.unpaired)
    known = dict(stored)
    for each in unpaired:
        if each.one.source not in sources:
            continue
        others = [other for other in each.others if other.source in sources]
        flow = pairing.pairs(each.one, others, known, round_began)
        answer: bool | None = None
        while isinstance(step := _next_pair(flow, answer), pairing.Pair):
            if stopping():
                return told
            telling = pairing.Telling(
                sources=sources, now=desk.now(), installation=desk.book.installation, web_url=desk.web_url
            )
            compared, alerts = await _pair(step, known, telling, desk)
            known[step.pages] = compared
            answer = compared.prints
            told += alerts
        if step:
            desk.book.settle(each.one.page, each.one.version)
    return told


def _next_pair(flow: Generator[pairing.Pair, bool, bool], answer: bool | None) -> pairing.Pair | bool:
    """The next pair to compare, or whether that was all."""
    try:
        return next(flow) if answer is None else flow.send(answer)
    except StopIteration as end:
        return bool(end.value)


async def _pair(
    pair: pairing.Pair, known: pairing.Known, telling: pairing.Telling, desk: Desk
) -> tuple[Comparison, Sequence[Alert]]:
    """One pair, compared in a thread of its own: two long texts take seconds, in which all else goes on."""

    def work() -> tuple[Comparison, tuple[Alert, ...]]:
        first, second = (desk.book.side(*each) for each in zip(pair.pages, pair.versions, strict=True))
        return pairing.conclude(pair, (first, second), known, telling)

    found = await safely(asyncio.to_thread(work), pair.other.url)
    compared, alerts = (pairing.unread(pair, known), ()) if isinstance(found, Failure) else found
    patience = telling.sources[pair.other.source].give_up_after
    recorded = desk.book.record_comparison(compared, known.get(pair.pages), telling.now, alerts, patience)
    return compared, alerts if recorded else ()
