"""What a source would give, fetched now through the one gate and shown in short; nothing is stored.

In a thread of its request, with a reading process of its own and within a time limit, whatever the site does.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Any

from crawler.apart.readers import Readers
from crawler.app import desk_of, open_gate
from crawler.model import Article, Failure, FailureKind, Source, Target
from crawler.options import Config
from crawler.pipeline import drive, host_of
from crawler.pipeline.desk import safely
from crawler.reports import label
from crawler.targets import describe
from crawler.trial import Links, Trial, trial
from storage.store import Store

LIMIT = timedelta(seconds=30)
"""For all of it: waiting for the host's turn, asking, reading."""
FIRST, LAST = 4, 2
"""Lines of the body that are shown."""
SHOWN = 30
"""Targets, links, and heaps of what was left out that are shown."""
_LONGEST = 240
"""Characters of a line."""

Given = Trial | Links | Failure


def look(config: Config, store: Store, source: Source, limit: timedelta = LIMIT) -> Given:
    """What the source gives now."""
    return asyncio.run(_look(config, store, source, limit))


async def _look(config: Config, store: Store, source: Source, limit: timedelta) -> Given:
    url = source.listing or source.url or ""
    network = replace(config.network, timeout=min(config.network.timeout, limit))
    with Readers(1, seconds=int(limit.total_seconds())) as read:
        async with open_gate(replace(config, network=network)) as gate:
            desk = desk_of(config, gate, store, read)
            flow = trial(source, store.template(host_of(url)), read)
            try:
                async with asyncio.timeout(limit.total_seconds()):
                    return await safely(drive(flow, desk), url)
            except TimeoutError:
                reason = f"it took longer than {limit.total_seconds():.0f} s"
                return Failure(url=url, kind=FailureKind.TIMEOUT, reason=reason, permanent=False)


def told(given: Given) -> dict[str, Any]:
    """What the template shows of it."""
    match given:
        case Failure():
            return {"kind": "failure", "failure": given}
        case Links():
            return {
                "kind": "links",
                "links": given,
                "followed": given.followed[:SHOWN],
                "passed_over": given.passed_over[:SHOWN],
            }
    article, found = given.article, [*given.targets, *(each for one in given.attached for each in one.targets)]
    promised = [target for target in found if target.status == "target"]
    return {
        "kind": "page",
        "page": given,
        "article": article,
        "characters": sum(len(each.body) for each in (article, *(one.article for one in given.attached))),
        "lines": _ends(article),
        "targets": [_target(target) for target in promised[:SHOWN]],
        "promised": len(promised),
        "others": len(found) - len(promised),
        "reports": [label(each.title) or each.title for each in given.reports[:SHOWN]],
        "dropped": _heaps(given)[:SHOWN],
    }


def _ends(article: Article) -> dict[str, Any]:
    """The first and the last lines, and how many stand between."""
    lines = [_cut(line) for line in article.paragraphs]
    if len(lines) <= FIRST + LAST:
        return {"first": lines, "between": 0, "last": []}
    return {"first": lines[:FIRST], "between": len(lines) - FIRST - LAST, "last": lines[-LAST:]}


def _target(target: Target) -> dict[str, str]:
    return {
        "indicator": target.indicator or _cut(target.sentence, 40),
        "value": describe(target),
        "period": target.period,
        "report": label(target.report) if target.report else "",
    }


def _heaps(given: Trial) -> Sequence[dict[str, Any]]:
    """Neighbours that were left out for the same reason, as one."""
    heaps = []
    for reason, group in groupby(given.dropped, key=lambda line: line.reason):
        lines = [line.text for line in group]
        heaps.append({"text": _cut(" / ".join(lines)), "count": len(lines), "reason": reason})
    return heaps


def _cut(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
