"""The generator of furniture: what it puts in, what it leaves as it was."""

import random
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from bench.furniture import WORDINGS, Book, Furnished, Wording, furnish, read_book
from bench.places import BEFORE, BEHIND, INSIDE, Marked, mark_places, squeeze
from bench.samples import Sample, own_samples, shared_samples

BOOK = read_book()
OTHERS = sorted(WORDINGS.parent.glob("furniture-*.txt"))
PLACES = (BEFORE, INSIDE, BEHIND)
LINES = (
    "各位代表:",
    "现在,我代表云溪市人民政府,向大会报告政府工作,请予审议。",
    "过去一年,全市生产总值增长6.1%,新增城镇就业1.3万人。",
    "今年的目标是:生产总值增长6%左右,粮食产量稳定在35万吨。",
    "谢谢大家!",
)
KINDS = {
    "disclaimer", "qr", "caption", "download", "advert", "pager", "neighbours", "share", "form", "comments", "related",
    "hot", "breadcrumb", "toolbar", "copyright", "editor", "source", "subscribe", "survey", "app", "teaser", "about",
    "login", "tags", "feedback",
}  # fmt: skip


def visible(html: str) -> str:
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style"])
    assert tree.body is not None
    return squeeze(tree.body.text())


def marked(body: str, lines: tuple[str, ...] = LINES) -> Marked:
    found = mark_places(f"<html><body><div>首页</div><div>{body}</div><div>页脚</div></body></html>", lines)
    assert found is not None
    return found


def report() -> Marked:
    return marked("".join(f"<p>{line}</p>" for line in LINES))


def drawn(seed: int, places: tuple[str, ...] = PLACES) -> Furnished:
    return furnish(report(), BOOK, random.Random(seed), places)


def whole_lines(sample: Sample) -> list[str]:
    """Lines of the gold that no advert of the page itself interrupts."""
    text = visible(sample.html)
    return [line for line in map(squeeze, sample.gold) if line in text]


@pytest.mark.parametrize("sample", own_samples(), ids=lambda sample: sample.id)
def test_every_body_line_of_our_fixtures_is_still_in_the_furnished_page(sample: Sample) -> None:
    found = mark_places(sample.html, sample.gold)
    assert found is not None
    lines = whole_lines(sample)
    for seed in range(3):
        text, at = visible(furnish(found, BOOK, random.Random(seed), PLACES).html), 0
        for line in lines:
            at = text.find(line, at)
            assert at >= 0, line


def test_every_body_line_of_the_saved_pages_is_still_in_the_furnished_page() -> None:
    samples = shared_samples()
    if not samples:
        pytest.skip("../shared/pages is absent")
    marked_samples = [(sample, found) for sample in samples if (found := mark_places(sample.html, sample.gold))]
    assert len(marked_samples) >= 0.9 * len(samples)
    for sample, found in marked_samples:
        text = visible(furnish(found, BOOK, random.Random(sample.id), PLACES).html)
        assert all(line in text for line in whole_lines(sample)), sample.id


@pytest.mark.parametrize("seed", range(20))
def test_what_was_put_in_stands_in_the_page(seed: int) -> None:
    made = drawn(seed)
    assert made.blocks
    text = visible(made.html)
    for block in made.blocks:
        assert block.html in made.html
        assert all(squeeze(piece) in text for piece in block.texts)


def test_the_same_seed_makes_the_same_page() -> None:
    assert drawn(7) == drawn(7)
    assert len({drawn(seed).html for seed in range(20)}) == 20


def test_a_page_that_is_given_no_place_keeps_its_text() -> None:
    made = furnish(report(), BOOK, random.Random(1), ())
    assert made.blocks == ()
    assert visible(made.html) == squeeze("首页" + "".join(LINES) + "页脚")


@pytest.mark.parametrize("place", PLACES)
def test_blocks_stand_where_they_were_asked_for(place: str) -> None:
    first, last = squeeze(LINES[0]), squeeze(LINES[-1])
    for seed in range(20):
        made = drawn(seed, (place,))
        head, _, rest = visible(made.html).partition(first)
        middle, _, tail = rest.rpartition(last)
        spoken = [squeeze(piece) for block in made.blocks for piece in block.texts if len(squeeze(piece)) > 9]
        region = {BEFORE: head, INSIDE: middle, BEHIND: tail}[place]
        assert all(piece in region for piece in spoken)
        assert {block.place for block in made.blocks} == {place}


def test_blocks_of_one_place_are_of_different_kinds() -> None:
    for seed in range(20):
        kinds = [block.kind for block in drawn(seed, (BEHIND,)).blocks]
        assert len(kinds) == len(set(kinds)) >= 4


def test_there_are_at_least_eight_wordings_of_every_kind() -> None:
    assert set(BOOK.kinds()) == KINDS
    assert {kind: count for kind in KINDS if (count := sum(w.kind == kind for w in BOOK.wordings)) < 8} == {}


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_another_book_has_the_same_kinds_and_hardly_a_wording_of_the_first(path: Path) -> None:
    other = read_book(path)
    assert set(other.kinds()) == KINDS
    common = {wording.lines for wording in other.wordings} & {wording.lines for wording in BOOK.wordings}
    assert len(common) * 10 < len(other.wordings)


@pytest.mark.parametrize("path", [WORDINGS, *OTHERS], ids=lambda path: path.stem)
def test_no_slot_stays_unfilled(path: Path) -> None:
    book = read_book(path)
    text = "".join(furnish(report(), book, random.Random(seed), PLACES).html for seed in range(200))
    assert not re.search(r"\{\w+(:[^{}]*)?\}|[\ue000\ue001]", text)


def test_links_are_links_in_some_draws_and_text_in_others() -> None:
    blocks = [block for seed in range(60) for block in drawn(seed).blocks if block.kind == "neighbours"]
    assert len({"<a href" in block.html for block in blocks}) == 2


def test_a_book_is_read_from_a_file_one_can_open(tmp_path: Path) -> None:
    file = tmp_path / "book.txt"
    file.write_text(
        "# head\n\n== vote: behind\n您满意吗\n*[{answer}]\n\n请打分\n\n== {answer}\n满意\n", encoding="utf-8"
    )
    book = read_book(file)
    assert book.kinds() == ["vote"]
    assert [wording.lines for wording in book.wordings] == [("您满意吗", "*[{answer}]"), ("请打分",)]
    assert book.fillings == {"answer": ("满意",)}


def test_what_fills_a_slot_is_escaped() -> None:
    book = Book(wordings=(), fillings={})
    assert furnish(report(), book, random.Random(1), PLACES).blocks == ()
    book = Book(wordings=(Wording("nick", (BEHIND,), ("{nick} & {nick}",)),), fillings={"nick": ("<b>",)})
    (block,) = furnish(report(), book, random.Random(1), (BEHIND,)).blocks
    assert "&lt;b&gt; &amp; &lt;b&gt;" in block.html
    assert block.texts == ("<b> & <b>",)
