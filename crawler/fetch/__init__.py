"""Fetching: the one gate between this program and the network (ring 2, may import ring 1 only).

`Fetcher` asks politely (robots.txt, one request at a time per host, pauses), dials checked addresses only, reads under
caps and a total deadline, and gives every outcome as a value. The rooms behind it:

    client       Fetcher: the way of one request, redirects included
    transport    the httpx client: TLS, proxy, connections      guard     resolve, check, dial
    exchange     one request and its answer                     robots    robots.txt per origin
    politeness   turns and pauses per host

and without any I/O: `urls` (addresses, redirects), `networks` (which IP addresses are public), `coding` (gzip and
deflate), `media` (what can be read), `replies` (what an answer means), `faults` (the one exception inside this room).
"""

from crawler.fetch.client import Fetcher

__all__ = ["Fetcher"]
