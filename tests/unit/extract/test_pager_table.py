"""The table in tests/pages/pagers, alone and mixed."""

from collections import Counter
from pathlib import Path

import pytest

from crawler.extract import extract, find_pager
from tests.support.pagers import Case, load

CASES = load()
PAGERS = [case for case in CASES if case.pager]
NO_PAGERS = [case for case in CASES if case.pager is None]
BESIDE = [case for case in NO_PAGERS if not ("title" in case.markup or "<script" in case.markup)]
SENTENCE = "今年要做好八个方面工作,确保完成全年目标任务,增进民生福祉,办好民生实事。"
BODY = f"<p>{SENTENCE}</p><p>{SENTENCE}</p><p>{SENTENCE}</p>"


def test_the_table_is_large_and_names_each_case_once() -> None:
    assert len(PAGERS) >= 150
    assert len(NO_PAGERS) >= 60
    assert max(Counter(case.name for case in CASES).values()) == 1


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_pager_is_read(case: Case) -> None:
    assert find_pager(case.markup, case.url) == case.pager


@pytest.mark.parametrize("case", PAGERS, ids=str)
def test_the_article_s_pager_wins_over_everything_below_the_body(case: Case) -> None:
    for other in BESIDE:
        assert find_pager(f"{case.markup}{BODY}{other.markup}", case.url) == case.pager, other.name


@pytest.mark.parametrize("case", PAGERS, ids=str)
def test_a_pager_may_stand_below_the_body_and_what_else_there_is(case: Case) -> None:
    for other in BESIDE:
        if not other.name.startswith(("Comments", "A form")):  # nobody puts the pager below those
            assert find_pager(f"{other.markup}{BODY}{case.markup}", case.url) == case.pager, other.name


@pytest.mark.parametrize("case", PAGERS, ids=str)
def test_articles_tell_the_same_pager_and_keep_it_out_of_the_body(case: Case) -> None:
    article = extract(f"<html><body><div>{BODY}</div>{case.markup}</body></html>", case.url)
    assert article.pager == case.pager
    assert article.paragraphs[:3] == (SENTENCE,) * 3


@pytest.mark.parametrize("case", PAGERS, ids=str)
def test_a_pager_agrees_with_itself(case: Case) -> None:
    pager = find_pager(case.markup, case.url)
    assert pager
    assert pager.next is None or pager.next in pager.urls
    assert len(set(pager.urls)) == len(pager.urls)
    if pager.part and pager.parts and len(pager.urls) == pager.parts:
        assert pager.urls[pager.part - 1] == case.url
        assert pager.next == (pager.urls[pager.part] if pager.part < pager.parts else None)


def test_saved_pages_of_one_part_have_no_pager() -> None:
    folder = Path(__file__).parents[4] / "shared" / "pages" / "html"
    if not folder.is_dir():
        pytest.skip("../shared/pages absent")
    for address in ("/a/b/12.html", "/content/show-7-12.html", "/view.php?id=12", "/2024/0123/"):
        for path in sorted(folder.glob("*.html")):
            assert find_pager(path.read_bytes(), f"http://www.yunxi.example{address}") is None, (path.name, address)
