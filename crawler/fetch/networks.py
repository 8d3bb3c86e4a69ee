"""Which IP addresses may be dialled. No I/O.

Only public addresses may, so that no page and no redirect can reach what stands behind our own firewall.
`network.allow_private` opens private, shared, benchmarking and loopback addresses (198.18.0.0/15 is what some local
proxies answer for every name). Never opened: link-local and cloud metadata services, unspecified, multicast, reserved
and documentation networks, and IPv6 forms that carry an IPv4 address (mapped, compatible, 6to4, Teredo). The NAT64
prefix 64:ff9b::/96 is judged by the IPv4 address inside, since it is the only way to most sites on IPv6-only networks.

The list is our own, after the IANA special-purpose registries: `ipaddress.is_global` differs between Python releases.
"""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_Network = IPv4Network | IPv6Network

_NAT64 = IPv6Network("64:ff9b::/96")
_METADATA = frozenset(
    map(
        ip_address,
        (
            *("100.100.100.200", "100.96.0.96", "168.63.129.16"),
            *("fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254", "fd00:42::42"),
        ),
    )
)
"""Of Alibaba Cloud, Volcengine and Azure; AWS (two), Google and Scaleway. 169.254.169.254 is link-local anyway."""


def _networks(words: dict[str, str]) -> tuple[tuple[_Network, str], ...]:
    return tuple((ip_network(network), word) for word, line in words.items() for network in line.split())


_PRIVATE = _networks({
    "loopback": "127.0.0.0/8 ::1/128",
    "private": "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7",
    "shared (carrier)": "100.64.0.0/10",
    "benchmarking": "198.18.0.0/15",
})  # fmt: skip
_NEVER = _networks({
    "unspecified": "0.0.0.0/8 ::/128",
    "link-local": "169.254.0.0/16 fe80::/10",
    "multicast": "224.0.0.0/4 ff00::/8",
    "reserved": "192.0.0.0/24 192.88.99.0/24 240.0.0.0/4 2001::/23",
    "documentation": "192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 2001:db8::/32 3fff::/20",
    "6to4": "2002::/16",
    "IPv4-mapped": "::ffff:0:0/96",
    "IPv4-compatible": "::/96",
})  # fmt: skip
_PUBLIC_V6 = IPv6Network("2000::/3")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_INSIDE = (
    *("localhost", "local", "internal", "home.arpa"),
    *("localdomain", "intranet", "private", "corp", "home", "lan"),
)
"""Names below these are never public (RFC 6761, 6762 with appendix G, 8375; ICANN for 'internal')."""


def _find(address: IPv4Address | IPv6Address, networks: tuple[tuple[_Network, str], ...]) -> str | None:
    return next((word for network, word in networks if address in network), None)


def refusal(address: str, *, allow_private: bool) -> str | None:
    """Why an IP address (as the resolver gives it) must not be dialled, as words to follow 'is'; None: it may be."""
    judged: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if judged in _NAT64:
        judged = IPv4Address(int(judged) & 0xFFFF_FFFF)
    if judged in _METADATA:
        return "a cloud metadata address"
    if word := _find(judged, _PRIVATE):
        return None if allow_private else f"a {word} address (network.allow_private: true would allow it)"
    if word := _find(judged, _NEVER):
        return f"no public address ({word})"
    if judged.version == 6 and judged not in _PUBLIC_V6:
        return "no public address (reserved)"
    return None


def inside(host: str) -> str | None:
    """Why a name that we cannot look up ourselves is none of the public internet, as words to follow 'is'.

    A proxy may read what our resolver does not: another spelling of an address, or a name of its own network.
    """
    name = host.lower().rstrip(".")
    if _NUMBER.fullmatch(name.rpartition(".")[2]) or ":" in name:
        return "an address that cannot be read (network.allow_private: true would leave it to the proxy)"
    if "." not in name or name.endswith(tuple(f".{suffix}" for suffix in _INSIDE)):
        return "a name of a private network (network.allow_private: true would leave it to the proxy)"
    return None
