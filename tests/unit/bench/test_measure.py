"""Figures of extractors whose faults are known beforehand."""

from functools import partial

from selectolax.lexbor import LexborHTMLParser

from bench import tables
from bench.furniture import read_book
from bench.measure import SCENES, Page, Result, by_kind, judge, leaks, pages_of, stable, summarise
from bench.samples import Sample, compare

GOLD = (
    "各位代表:现在,我向大会报告政府工作,请予审议。",
    "过去一年,全市生产总值增长6.1%,新增城镇就业1.3万人,改造老旧小区42个。",
    "今年的目标是:生产总值增长6%左右,粮食产量稳定在35万吨,新建农村公路120公里。",
    "民生支出占比保持在八成以上,建成托育机构15家,让改革发展成果更多惠及全市人民。",
)


def sample(name: str = "one", genre: str = "gov") -> Sample:
    body = "".join(f"<p>{line}</p>" for line in GOLD)
    html = f"<html><body><ul><li>首页</li></ul><div>{body}</div><div>页脚文字</div></body></html>"
    return Sample(name, genre, "", html, GOLD, partial(compare, GOLD))


def pages() -> list[Page]:
    return pages_of([sample("one"), sample("two", "news")], read_book())[0]


def perfect(_page: Page) -> str:
    return "\n".join(GOLD)


def greedy(page: Page) -> str:
    body = LexborHTMLParser(page.html).body
    assert body is not None
    return body.text(separator="\n") if page.scene else perfect(page)


def lazy(page: Page) -> str:
    return GOLD[0] if page.scene == "behind" else perfect(page)


def results(extractor: object = perfect) -> list[Result]:
    assert callable(extractor)
    some = pages()
    return judge(some, map(extractor, some))


def test_each_page_comes_as_saved_and_in_three_draws_of_every_scene() -> None:
    scenes = [page.scene for page in pages() if page.sample.id == "one"]
    assert scenes == ["", *(scene for scene in SCENES for _ in range(3))]
    assert len({page.html for page in pages() if page.sample.id == "one"}) == 13


def test_pages_whose_body_is_not_in_the_markup_are_named_and_not_furnished() -> None:
    odd = sample("odd")._replace(html="<p>别的</p>")
    some, missed = pages_of([odd, sample()], read_book(), draws=1)
    assert missed == ["odd"]
    assert [page.scene for page in some if page.sample.id == "odd"] == [""]


def test_a_body_of_one_line_is_not_drawn_with_furniture_inside() -> None:
    html = f"<body><div><p>{GOLD[1]}</p></div></body>"
    some, _ = pages_of([sample()._replace(html=html, gold=GOLD[1:2])], read_book(), draws=1)
    assert [page.scene for page in some] == ["", "behind", "before"]


def test_a_perfect_extractor_is_clean_and_stable_and_leaks_nothing() -> None:
    figures = summarise(results())
    assert (figures.f1, figures.clean, figures.leak, figures.lost, figures.failed) == (1, 1, 0, 0, 0)
    assert stable(results(), SCENES) == 1
    assert leaks(results()) == []


def test_an_extractor_that_takes_everything_leaks_every_kind() -> None:
    figures = summarise(result for result in results(greedy) if result.page.scene == "all")
    assert figures.leak == 1
    assert figures.recall > 0.95  # furniture stands between some paragraphs
    assert stable(results(greedy), ["behind"]) == 0
    spoken = [leak for leak in leaks(results(greedy)) if leak.block.place == "behind"]
    put_in = sum(
        all_ for places in by_kind(results(greedy)).values() for place, (_, all_) in places.items() if place == "behind"
    )
    assert len(spoken) > 0.9 * put_in


def test_an_extractor_that_stops_early_has_lost_text() -> None:
    figures = summarise(result for result in results(lazy) if result.page.scene == "behind")
    assert (figures.lost, figures.failed, figures.leak) == (1, 1, 0)
    assert stable(results(lazy), ["behind"]) == 0
    assert stable(results(lazy), ["before"]) == 1


def test_text_that_was_in_the_page_as_saved_is_no_leak() -> None:
    some = results(greedy)
    assert not [leak for leak in leaks(some) if leak.text in "".join(GOLD)]


def test_no_results_give_zeros() -> None:
    assert summarise([]).pages == 0
    assert stable([], SCENES) == 0


def test_lines_that_are_not_the_golds_cost_precision_and_missing_ones_recall() -> None:
    exact = compare(GOLD, "\n".join(GOLD))
    longer = compare(GOLD, "\n".join((*GOLD, "分享到:微信 微博 朋友圈 复制链接")))
    shorter = compare(GOLD, "\n".join(GOLD[:2]))
    assert exact.f1 == 1
    assert longer.recall > 0.999
    assert longer.precision < 1
    assert shorter.precision > 0.99
    assert shorter.recall < 0.6
    assert compare(GOLD, "").f1 == 0


def test_tables_show_each_extractor_and_place() -> None:
    both = {"ours": results(), "greedy": results(greedy)}
    quality = tables.quality(both)
    assert quality.count("| all ") == quality.count("| gov ") == 2
    furnished = tables.furnished(both)
    for scene in (*SCENES, "together"):
        assert furnished.count(f"| {scene} ") == 2
    assert "| 1.000     |" in furnished
    assert len({len(line) for line in furnished.splitlines()}) == 1


def test_kinds_are_listed_worst_first() -> None:
    rows = tables.kinds({"greedy": results(greedy), "ours": results()}).splitlines()[2:]
    shares = [float(row.split("|")[2]) for row in rows]
    assert shares == sorted(shares, reverse=True)
    assert {row.split("|")[3].strip() for row in rows} == {"0.000"}
    assert "/" in tables.kinds_by_place(results(greedy))


def test_worst_pages_come_first_and_only_as_many_as_asked_for() -> None:
    some = [Result(Page(sample(name), "", ""), "", compare(GOLD, body)) for name, body in (("a", GOLD[0]), ("b", ""))]
    lines = tables.worst(some, None).splitlines()
    assert [line.split()[1] for line in lines[2:]] == ["b", "a"]
    assert len(tables.worst(some, 1).splitlines()) == 3


def test_a_leak_is_shown_with_its_block_on_one_line() -> None:
    text = tables.leaking(results(greedy))
    assert all(line.startswith("| ") for line in text.splitlines())
    assert len(text.splitlines()) == 2 + len(leaks(results(greedy)))
