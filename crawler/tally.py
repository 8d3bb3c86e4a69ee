"""Running totals of what a process did, between two times that the store takes them: for metrics. Ring 1.

A total has a name and labels of a small, fixed vocabulary: hosts are told by class, never by name, so that ten thousand
portals make no ten thousand series.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

Key = tuple[str, str]
"""A total's name, and its labels in order, with a comma between two."""
SECONDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the classes by which times are counted."""


class Tally:
    """What was counted since it was last taken."""

    def __init__(self) -> None:
        self._sums: dict[Key, float] = {}

    def add(self, name: str, *labels: str, amount: float = 1) -> None:
        """Count something."""
        key = (name, ",".join(labels))
        self._sums[key] = self._sums.get(key, 0) + amount

    def time(self, name: str, *labels: str, seconds: float) -> None:
        """Count how long something took: in its class, in `NAME_sum`; the classes are not cumulated."""
        bound = next((f"{each:g}" for each in SECONDS if seconds <= each), "+Inf")
        self.add(f"{name}_bucket", *labels, bound)
        self.add(f"{name}_sum", *labels, amount=seconds)

    def take(self) -> Mapping[Key, float]:
        """All of it; counting begins anew."""
        taken, self._sums = self._sums, {}
        return taken

    def put_back(self, taken: Mapping[Key, float]) -> None:
        """What was taken and could not be stored."""
        for key, amount in taken.items():
            self._sums[key] = self._sums.get(key, 0) + amount


def host_class(url: str) -> str:
    """`gov`: a portal of the government (gov.cn); `other`: everybody else, news sites and collections."""
    host = urlsplit(url).hostname or ""
    return "gov" if host == "gov.cn" or host.endswith(".gov.cn") else "other"
