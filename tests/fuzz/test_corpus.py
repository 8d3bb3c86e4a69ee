"""Every committed input keeps every law of its target, mended findings among them; so do made-up ones. No atheris."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.target import CORPUS, LONGEST, ROOMS, Laws, corpus

INPUTS = [(name, path) for name in ROOMS for path in corpus(name)]


@pytest.mark.parametrize(("name", "path"), INPUTS, ids=[f"{name}-{path.name}" for name, path in INPUTS])
def test_an_input_keeps_the_laws(name: str, path: Path) -> None:
    Laws(name).judge(path.read_bytes())


@pytest.mark.parametrize("name", ROOMS)
@settings(max_examples=60)
@given(data=st.data())
def test_inputs_of_many_pieces_keep_the_laws(name: str, data: st.DataObject) -> None:
    laws = Laws(name)
    pieces = (
        st.sampled_from(laws.pieces)
        | st.binary(max_size=4)
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=4).map(str.encode)
    )
    laws.judge(data.draw(st.binary(min_size=1, max_size=1)) + b"".join(data.draw(st.lists(pieces, max_size=30))))


@pytest.mark.parametrize("name", ROOMS)
def test_odd_inputs_keep_the_laws(name: str) -> None:
    laws = Laws(name)
    for data in (b"", b"\0", b"\xff" * 50, *laws.pieces, b"".join(laws.pieces), b"".join(laws.pieces[::-1])):
        laws.judge(data)


def test_each_target_has_a_corpus_and_nothing_else_has() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(ROOMS)
    assert all(len(corpus(name)) >= 5 for name in ROOMS)
    assert max(path.stat().st_size for _, path in INPUTS) <= LONGEST // 10
