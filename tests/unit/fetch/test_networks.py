import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.networks import inside, refusal

PUBLIC = ["1.1.1.1", "114.114.114.114", "223.5.5.5", "2400:3200::1", "2606:4700:4700::1111", "64:ff9b::101:101"]
PRIVATE = [
    "127.0.0.1",
    "127.255.255.255",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "198.18.0.5",
    "::1",
    "fc00::1",
    "fd12:3456::1",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
]
NEVER = [
    "0.0.0.0",
    "0.1.2.3",
    "169.254.169.254",
    "169.254.1.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "192.88.99.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::7f00:1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "2002:7f00:1::",
    "2002:808:808::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "3fff::1",
    "100.96.0.96",
    "fd00:ec2::254",
    "fd00:ec2::23",
    "fd20:ce::254",
    "fd00:42::42",
    "64:ff9b::100.100.100.200",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "64:ff9b:1::1",
    "64:ff9b::169.254.169.254",
    "5f00::1",
    "100::1",
]


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("allow_private", [False, True])
def test_public_addresses_may_be_dialled(address: str, allow_private: bool) -> None:
    assert refusal(address, allow_private=allow_private) is None


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_need_the_switch_and_the_refusal_names_it(address: str) -> None:
    assert "network.allow_private" in (refusal(address, allow_private=False) or "")
    assert refusal(address, allow_private=True) is None


@pytest.mark.parametrize("address", NEVER)
@pytest.mark.parametrize("allow_private", [False, True])
def test_some_addresses_are_never_dialled(address: str, allow_private: bool) -> None:
    assert refusal(address, allow_private=allow_private)


@given(st.ip_addresses())
def test_never_more_generous_than_the_standard_library(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if refusal(str(address), allow_private=False) is None:
        assert address.is_global or address in ipaddress.ip_network("64:ff9b::/96")
        assert not address.is_multicast


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1.", "0x7f.1", "x.0x", "09.1", "intranet", "a.local", "A.LOCALHOST.", "[::1"),
        *("a.corp", "a.b.lan", "a.home", "a.intranet.", "a.private", "a.localdomain"),
    ],
)
def test_what_only_a_proxy_can_read_may_be_inside(host: str) -> None:
    assert inside(host)


@pytest.mark.parametrize(
    "host", ["www.example.cn", "portal.invalid", "corp.cn", "lan.com", "例子.中国", "local.cn", "a1.com.", "0x.com"]
)
def test_a_public_name_is_left_to_the_proxy(host: str) -> None:
    assert inside(host) is None
