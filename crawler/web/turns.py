"""Who may have a page fetched for him now: one at a time, not too often, and few people at once."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from crawler.web.locale import marked
from crawler.web.refused import Refused

MOST = 30
WITHIN = timedelta(minutes=5)
"""So many in so long for each; then none until the first of them is so old."""
AT_ONCE = 3
"""For all together: each takes a process that reads."""


class Turns:
    """The turns of late, by who had them."""

    def __init__(self) -> None:
        self._had: dict[str, deque[datetime]] = {}
        self._having: set[str] = set()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, who: str, now: datetime) -> Iterator[None]:
        """Somebody's turn; Refused where it is not."""
        with self._lock:
            self._begin(who, now)
        try:
            yield
        finally:
            with self._lock:
                self._having.discard(who)

    def _begin(self, who: str, now: datetime) -> None:
        if who in self._having:
            raise Refused(429, marked("A preview of yours is still under way. Try again in a moment."))
        if len(self._having) >= AT_ONCE:
            raise Refused(429, marked("Others are looking at previews now. Try again in a moment."))
        had = self._had.setdefault(who, deque(maxlen=MOST))
        if len(had) == MOST and now - had[0] < WITHIN:
            raise Refused(429, marked("Those were many previews. Wait some minutes."))
        had.append(now)
        self._having.add(who)
