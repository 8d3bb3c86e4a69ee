"""How often somebody may try a password or a token."""

import threading
from collections import deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

MOST = 10
WITHIN = timedelta(minutes=5)
"""So many wrong attempts in so long; then none is looked at until the first of them is so old."""
_ADDRESSES = 10_000
"""So many strangers are remembered; of more, the oldest are forgotten."""
_NETWORK = ~((1 << 64) - 1)
"""Whoever has one IPv6 address has all of its network."""


class Attempts:
    """The wrong attempts of late, by the address they came from."""

    def __init__(self) -> None:
        self._failed: dict[str, deque[datetime]] = {}
        self._turn = threading.Lock()

    def wait(self, address: str, now: datetime) -> timedelta | None:
        """How long the address has to wait; None: it may try."""
        with self._turn:
            failed = self._failed.get(_whose(address))
            if failed is None or len(failed) < MOST or now - failed[0] >= WITHIN:
                return None
            return WITHIN - (now - failed[0])

    def failed(self, address: str, now: datetime) -> None:
        """Note a wrong attempt."""
        whose = _whose(address)
        with self._turn:
            failed = self._failed.pop(whose, None) or deque(maxlen=MOST)
            failed.append(now)
            self._failed[whose] = failed
            if len(self._failed) > _ADDRESSES:
                del self._failed[next(iter(self._failed))]


def _whose(address: str) -> str:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return str(IPv6Address(int(found) & _NETWORK))
    return str(getattr(found, "ipv4_mapped", None) or found)
