"""The law behind 'no false alert': whatever the furniture does, the report is the same."""

import os
import re
from pathlib import Path

import pytest

from crawler.charset import decode
from crawler.extract import extract
from crawler.text import fold
from tests.support.noise.bodies import REPORT, Body
from tests.support.noise.dice import Draw
from tests.support.noise.encodings import encode
from tests.support.noise.law import breaches, summary
from tests.support.noise.markup import rewrite
from tests.support.noise.pages import PARTS, URL, draws_of, make, page
from tests.support.noise.shapes import NAMES
from tests.support.pages import LAYOUTS, SHAPES, noisy_page

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
WHOLE_PAGES = [
    *sorted((Path(__file__).resolve().parents[2] / "pages").rglob("*.html")),
    *sorted((SHARED / "pages" / "html").glob("*.html")),
]
"""This project's own fixtures, and real pages where they are."""
DRAWS = int(os.environ.get("STABILITY_DRAWS", "10000"))
"""So many pages are drawn in all; more by this environment variable."""
SEED_FURNITURE = re.compile(
    r"SUCAI|admin |\d+$|领取福利|微信扫码|导航菜单|首页>|声明:|收藏|分享|本文仅代表|本文地址|留言与评论|验证码"
    r"|下一篇|金华$"
)
"""Lines of the seed texts that are no report."""


@pytest.mark.parametrize("shape", NAMES)
def test_whatever_the_furniture_does_the_article_is_the_report(shape: str) -> None:
    numbers = draws_of(shape, DRAWS)
    failing = [number for number in numbers if breaches(page(number))]
    assert not failing, f"{len(failing)} of {len(numbers)} draws: {summary(failing)}"


@pytest.mark.parametrize("path", SEEDS or [None], ids=lambda path: path.stem if path else "absent")
def test_a_seed_text_comes_out_as_it_is_in_every_shape(path: Path | None) -> None:
    if path is None:
        pytest.skip("../shared/seeds absent")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    title, *parts = [line for line in lines if not SEED_FURNITURE.match(line.strip())]
    title = re.sub(r"\(第\d+/\d+页\)$", "", title)
    body = Body(name=path.stem, title=title, region="", year=None, parts=tuple(parts))
    for shape in NAMES:
        for number in range(3):
            article = make(shape, body, Draw(number)).article
            assert fold(article.body) == fold("".join(parts)), (shape, number)
            assert fold(article.title) == fold(title), (shape, number)


@pytest.mark.parametrize("path", WHOLE_PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_marked_up_or_encoded_otherwise_says_the_same(path: Path) -> None:
    markup, _ = decode(path.read_bytes())
    article = extract(path.read_bytes())
    for number in range(4):
        draw = Draw(number)
        content, content_type = encode(rewrite(markup, draw, chance=0.4), draw)
        other = extract(content, "", content_type)
        assert (other.paragraphs, other.title) == (article.paragraphs, article.title), (number, draw.items)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_pages_that_extraction_is_measured_on_keep_the_law_too(shape: str, layout: str) -> None:
    for number in range(8):
        article = extract(noisy_page(shape, REPORT.title, REPORT.paragraphs, number, layout=layout), URL)
        assert fold(article.body) == fold("".join(REPORT.paragraphs)), number
        assert (article.title, article.pager) == (REPORT.title, None)


@pytest.mark.parametrize("shape", SHAPES)
def test_parts_of_an_article_tell_where_they_stand(shape: str) -> None:
    for part, url in enumerate(PARTS, 1):
        article = extract(noisy_page(shape, REPORT.title, REPORT.paragraphs, part, pager=(part, PARTS)), url)
        assert article.title == REPORT.title
        assert article.pager is not None
        assert (article.pager.part, article.pager.parts, article.pager.urls) == (part, 3, PARTS)
        assert article.pager.next == (PARTS[part] if part < 3 else None)
