"""The reference is what the code says today."""

import pytest

from bench.reference import FOLDER, pages

MADE = pages()


def test_nothing_else_stands_beside_the_reference() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(MADE)


@pytest.mark.parametrize("name", MADE)
def test_the_reference_is_current(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == MADE[name], "run: python -m bench.reference"


def test_it_tells_commands_keys_metrics_and_requests() -> None:
    assert "`--dry-run`" in MADE["commands.md"]
    assert "| `min_change` | number, from 0 |" in MADE["sources.md"]
    assert "| `crawler_checks_total` | counter | `outcome` |" in MADE["metrics.md"]
    assert "| `GET /pages/{page}/diff` | `old`, `new` | read |" in MADE["api.md"]
