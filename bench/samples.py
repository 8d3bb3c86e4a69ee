"""Pages with gold bodies: the real ones of ../shared/pages where they are, and the project's own fixtures."""

import importlib.util
import json
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bench.places import squeeze
from crawler.charset import decode
from tests.support.pages import LAYOUTS, SHAPES, noisy_page

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "pages"


class Score(NamedTuple):
    """Precision, recall and F1 over shingles of four characters."""

    precision: float
    recall: float
    f1: float


class Sample(NamedTuple):
    """A page: its text, the lines of its gold body, and the scorer of a body found in it."""

    id: str
    genre: str
    url: str
    html: str
    gold: tuple[str, ...]
    score: Callable[[str], Score]


def shared_samples(folder: Path = SHARED) -> list[Sample]:
    """The saved pages with their own scorer; none where the folder is absent."""
    if not folder.is_dir():
        return []
    scorer = _scorer(folder / "score.py")
    manifest = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return [_shared(folder, json.loads(line), scorer) for line in manifest]


def own_samples(folder: Path = ROOT / "tests" / "pages") -> list[Sample]:
    """The fixtures of this project, and the longest body of them in each shape and layout of tests/support/pages.py."""
    fixtures = [_own(path.parent) for path in sorted(folder.glob("*/*/page.html"))]
    longest = max(fixtures, key=lambda sample: len("".join(sample.gold)))
    return fixtures + [_shaped(longest, shape, layout) for shape in SHAPES for layout in LAYOUTS]


def compare(gold: Sequence[str], body: str) -> Score:
    """The score of a body where every line counts."""
    wanted, got = _shingles("".join(gold)), _shingles(body)
    hit = (wanted & got).total()
    precision, recall = hit / max(1, got.total()), hit / max(1, wanted.total())
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0)


def _shared(folder: Path, page: dict[str, Any], scorer: Callable[..., tuple[float, float, float]]) -> Sample:
    gold = (folder / "gold" / f"{page['id']}.txt").read_text(encoding="utf-8")
    html = decode((folder / "html" / f"{page['id']}.html").read_bytes())[0]
    judge = partial(_judge, scorer, page, folder)
    return Sample(page["id"], page["genre"], page["url"], html, tuple(gold.splitlines()), judge)


def _judge(scorer: Callable[..., tuple[float, float, float]], page: dict[str, Any], folder: Path, body: str) -> Score:
    return Score(*scorer(page, body, folder))


def _own(folder: Path) -> Sample:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    gold = tuple(expected["paragraphs"])
    html = decode((folder / "page.html").read_bytes())[0]
    name = f"{folder.parent.name}/{folder.name}"
    return Sample(name, folder.parent.name, expected["url"], html, gold, partial(compare, gold))


def _shaped(model: Sample, shape: str, layout: str) -> Sample:
    name = f"{shape}-{layout}"
    content = noisy_page(shape, "云溪市政府工作报告", model.gold, noise_seed=len(name), layout=layout, url=model.url)
    return model._replace(id=name, genre=shape, html=decode(content)[0])


def _scorer(path: Path) -> Callable[..., tuple[float, float, float]]:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score: Callable[..., tuple[float, float, float]] = module.score
    return score


def _shingles(text: str) -> Counter[str]:
    text = squeeze(text)
    return Counter(text[at : at + 4] for at in range(max(1, len(text) - 3)))
