"""How often somebody may try a password or a token."""

from collections import deque
from datetime import datetime, timedelta

MOST = 10
WITHIN = timedelta(minutes=5)
"""So many wrong attempts in so long; then none is looked at until the first of them is so old."""
_ADDRESSES = 10_000
"""So many strangers are remembered; of more, the oldest are forgotten."""


class Attempts:
    """The wrong attempts of late, by the address they came from."""

    def __init__(self) -> None:
        self._failed: dict[str, deque[datetime]] = {}

    def wait(self, address: str, now: datetime) -> timedelta | None:
        """How long the address has to wait; None: it may try."""
        failed = self._failed.get(address)
        if failed is None or len(failed) < MOST or now - failed[0] >= WITHIN:
            return None
        return WITHIN - (now - failed[0])

    def failed(self, address: str, now: datetime) -> None:
        """Note a wrong attempt."""
        failed = self._failed.pop(address, None) or deque(maxlen=MOST)
        failed.append(now)
        self._failed[address] = failed
        if len(self._failed) > _ADDRESSES:
            del self._failed[next(iter(self._failed))]
