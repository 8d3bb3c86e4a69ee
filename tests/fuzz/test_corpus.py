"""Every committed input keeps every law of its target: seeds and mended findings alike, without atheris."""

from pathlib import Path

import pytest

from tests.fuzz.target import CORPUS, LONGEST, ROOMS, Laws, corpus

INPUTS = [(name, path) for name in ROOMS for path in corpus(name)]


@pytest.mark.parametrize(("name", "path"), INPUTS, ids=[f"{name}-{path.name}" for name, path in INPUTS])
def test_an_input_keeps_the_laws(name: str, path: Path) -> None:
    Laws(name).judge(path.read_bytes())


@pytest.mark.parametrize("name", ROOMS)
def test_odd_inputs_keep_the_laws(name: str) -> None:
    laws = Laws(name)
    for data in (b"", b"\0", b"\xff" * 50, *laws.pieces, b"".join(laws.pieces), b"".join(laws.pieces[::-1])):
        laws.judge(data)


def test_each_target_has_a_corpus_and_nothing_else_has() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(ROOMS)
    assert all(len(corpus(name)) >= 5 for name in ROOMS)
    assert max(path.stat().st_size for _, path in INPUTS) <= LONGEST // 10
