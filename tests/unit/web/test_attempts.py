"""How often somebody may try: by network, and for a while only."""

from datetime import timedelta

from crawler.web.attempts import MOST, WITHIN, Attempts
from tests.support.store import NOW


def tried(address: str, times: int = MOST) -> Attempts:
    attempts = Attempts()
    for _ in range(times):
        assert attempts.wait(address, NOW) is None
        attempts.failed(address, NOW)
    return attempts


def test_the_wait_ends_when_the_first_attempt_is_old_enough() -> None:
    attempts = tried("192.0.2.1", MOST - 1)
    attempts.failed("192.0.2.1", NOW + timedelta(minutes=1))
    assert attempts.wait("192.0.2.1", NOW + timedelta(minutes=2)) == WITHIN - timedelta(minutes=2)
    assert attempts.wait("192.0.2.1", NOW + WITHIN) is None


def test_others_need_not_wait() -> None:
    attempts = tried("192.0.2.1")
    assert attempts.wait("192.0.2.2", NOW) is None
    assert attempts.wait("::ffff:192.0.2.1", NOW) is not None


def test_whoever_has_one_address_of_a_network_has_them_all() -> None:
    attempts = tried("2001:db8:1:2::1")
    assert attempts.wait("2001:db8:1:2:ffff::9%eth0", NOW) is not None
    assert attempts.wait("2001:db8:1:3::1", NOW) is None


def test_a_crowd_of_strangers_takes_no_memory_without_end() -> None:
    attempts = tried("192.0.2.1")
    for number in range(10_001):
        attempts.failed(f"stranger {number}", NOW)
    assert attempts.wait("192.0.2.1", NOW) is None
