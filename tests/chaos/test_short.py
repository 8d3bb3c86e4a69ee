"""The short version of `python -m tests.chaos`: every case at the size that a run of all tests can afford."""

import pytest

from tests.chaos.__main__ import CASES, repeat


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_lost_and_nothing_is_false(name: str) -> None:
    case, seed = CASES[name], 1
    count = case.size("short")
    row = case.run(count, seed)
    assert not row.failed, "\n".join((*row.faults, f"repeat it: {repeat(case, count, seed)}"))
    assert row.tried == count
