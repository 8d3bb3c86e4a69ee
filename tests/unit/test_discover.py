"""Documents of one or many parts, and listings, read from a made-up site without a network."""

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from crawler import discover
from crawler.checks import Due, Listed, Observation, Part
from crawler.model import Failure, FailureKind, Fetched, NotModified, Request, Response, Source
from tests.support.values import NOW, due, source

T = TypeVar("T")
HOST = "http://essay.example.org"

SENTENCES = [
    "扎实推进乡村全面振兴，新建高标准农田3万亩，改造农村公路120公里，惠及沿线群众，助力农业增效农民增收。",
    "大力实施扩大有效投资行动，完成固定资产投资260亿元、增长9%以上，开工亿元以上项目40个，强化要素保障。",
    "不断优化营商环境，落实惠企资金5亿元以上，新增经营主体8000户，办事流程再压缩三成，企业满意度再提升。",
    "坚持以人民为中心，城镇新增就业1.2万人，新改扩建学校6所，新增养老床位500张，基层医疗服务更加便捷。",
    "坚定不移防范风险，守牢安全生产底线，做好防汛防台各项工作，确保社会大局和谐稳定，群众安居乐业安心。",
]


class Site:
    """Parts of one article under /report/9.html, /report/9_2.html …, with ETags, as a dictionary of bodies."""

    def __init__(self, parts: int = 3) -> None:
        self.bodies = [[SENTENCES[i % 5] + f"第{i + 1}部分的要点。", SENTENCES[(i + 1) % 5]] for i in range(parts)]
        self.asked: list[str] = []
        self.overrides: dict[str, Callable[[Request], Response]] = {}
        self.declared: int | None = None

    def url(self, part: int) -> str:
        return f"{HOST}/report/9.html" if part == 1 else f"{HOST}/report/9_{part}.html"

    def page(self, part: int) -> bytes:
        count = len(self.bodies)
        total = self.declared or count
        numbers = "".join(f'<a href="{self.url(n)}">{n}</a> ' for n in range(1, count + 1))
        after = f'<a href="{self.url(part + 1)}">下一页</a>' if part < count else ""
        body = "".join(f"<p>{text}</p>" for text in self.bodies[part - 1])
        return (
            f"<html><head><title>县2026年政府工作报告(第{part}/{total}页)</title></head><body>"
            f"<h1>县2026年政府工作报告(第{part}/{total}页)</h1><div class='c'>{body}</div>"
            f"<div class='pages'>{numbers}{after}</div></body></html>"
        ).encode()

    def answer(self, request: Request) -> Response:
        self.asked.append(request.url)
        if request.url in self.overrides:
            return self.overrides[request.url](request)
        for part in range(1, len(self.bodies) + 1):
            if self.url(part) == request.url:
                etag = f'"{hash(tuple(self.bodies[part - 1])) ^ len(self.bodies)}"'
                if request.etag == etag:
                    return NotModified(url=request.url, fetched_at=NOW)
                headers = {"etag": etag, "content-type": "text/html; charset=utf-8"}
                return Fetched(url=request.url, status=200, headers=headers, content=self.page(part), fetched_at=NOW)
        return failure(request, status=404)

    def mix_up(self, part: int, answered: int, mark: str = "") -> None:
        """Asked for one part, the server answers another, with a comment of its own if told so."""
        content = self.page(answered) + mark.encode()
        self.overrides[self.url(part)] = lambda request: Fetched(
            url=request.url, status=200, headers={}, content=content, fetched_at=NOW
        )


def failure(request: Request, status: int = 500) -> Failure:
    return Failure(url=request.url, kind=FailureKind.STATUS, reason=f"HTTP {status}", permanent=False, status=status)


def drive(flow: Generator[Request, Response, T], answer: Callable[[Request], Response]) -> T:
    try:
        request = next(flow)
        while True:
            request = flow.send(answer(request))
    except StopIteration as end:
        found: T = end.value
        return found


def essay(url: str, **fields: Any) -> Due:
    plain = due(source=source(url=url, delay=timedelta(0)), url=url, version=0, parts=())
    return replace(plain, **fields)


def read(site: Site, page: Due) -> Observation:
    seen = drive(discover.article(page), site.answer)
    assert isinstance(seen, Observation), seen
    return seen


def known(page: Due, seen: Observation, site: Site) -> tuple[Due, str]:
    """The page after this observation was stored, and its text."""
    found = discover.stitch(seen, page, "")
    stored = replace(page, version=1, fingerprint=found.fingerprint, parts=found.parts, url=found.url)
    return stored, found.text


def test_title_place_and_year_that_a_text_does_not_say_are_those_of_the_page() -> None:
    body = "".join(f"<p>{text}</p>" for text in SENTENCES)
    page = essay(HOST, title="云溪市2026年政府工作报告", region="云溪市", year=2026)
    answer = Fetched(url=HOST, status=200, headers={}, content=f"<div>{body}</div>".encode(), fetched_at=NOW)
    found = discover.stitch(drive(discover.article(page), lambda _: answer), page, "")
    assert (found.title, found.region, found.year) == (page.title, page.region, page.year)


def test_parts_are_held_against_one_another_by_one_look_at_each(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []
    monkeypatch.setattr(discover, "fingerprint", lambda text: looks.append(text) or text)
    site = Site(40)
    read(site, essay(site.url(1)))
    assert len(looks) <= 2 * 40


@pytest.mark.parametrize("start", [1, 2, 3])
def test_an_article_of_three_parts_is_one_document_whichever_part_is_named(start: int) -> None:
    site = Site(3)
    seen = read(site, essay(site.url(start)))
    found = discover.stitch(seen, essay(site.url(start)), "")
    assert [reading.part.url for reading in seen.readings] == [site.url(n) for n in (1, 2, 3)]
    assert found.url == site.url(1)
    assert found.text.split("\n") == [text for part in site.bodies for text in part]
    assert found.title == "县2026年政府工作报告"
    assert len(site.asked) == len(set(site.asked)) or start > 1, "no part is asked for twice"


def test_unchanged_parts_are_neither_fetched_nor_parsed_again() -> None:
    site = Site(4)
    page, _ = known(essay(site.url(1)), read(site, essay(site.url(1))), site)
    again = read(site, page)
    assert again.untouched
    assert all(reading.capture is None for reading in again.readings)


def test_same_bytes_without_validators_are_known_too() -> None:
    site = Site(2)
    page, _ = known(essay(site.url(1)), read(site, essay(site.url(1))), site)
    without = tuple(replace(part, etag=None) for part in page.parts)
    assert read(site, replace(page, parts=without)).untouched


def test_an_edit_in_one_part_is_stitched_with_the_unread_others() -> None:
    site = Site(3)
    page, text = known(essay(site.url(1)), read(site, essay(site.url(1))), site)
    site.bodies[1][0] = site.bodies[1][0].replace("第2部分的要点", "第2部分的重点")
    seen = read(site, page)
    assert [reading.article is not None for reading in seen.readings] == [False, True, False]
    assert discover.stitch(seen, page, text).text == text.replace("第2部分的要点", "第2部分的重点")


def test_a_growing_article_is_followed_to_its_new_end() -> None:
    site = Site(2)
    page, text = known(essay(site.url(1)), read(site, essay(site.url(1))), site)
    site.bodies.append([SENTENCES[3] + "第3部分。"])
    seen = read(site, page)
    assert discover.stitch(seen, page, text).text == text + "\n" + SENTENCES[3] + "第3部分。"


def test_one_failing_part_fails_the_whole_and_concludes_nothing() -> None:
    site = Site(3)
    busy = timedelta(minutes=5)
    site.overrides[site.url(2)] = lambda request: replace(failure(request, 503), retry_after=busy)
    seen = drive(discover.article(essay(site.url(1))), site.answer)
    assert isinstance(seen, Failure)
    assert "HTTP 503" in seen.reason
    assert (seen.url, seen.kind, seen.retry_after) == (site.url(2), FailureKind.STATUS, busy)


@pytest.mark.parametrize("status", [404, 410])
def test_only_the_first_part_can_say_that_the_page_is_gone(status: int) -> None:
    site = Site(3)
    page, _ = known(essay(site.url(1)), read(site, essay(site.url(1))), site)
    for part in (1, 3):
        site.overrides = {site.url(part): lambda request: failure(request, status)}
        seen = drive(discover.article(page), site.answer)
        assert isinstance(seen, Failure)
        assert seen.gone is (part == 1)


def test_a_failing_first_part_does_not_make_the_named_one_gone() -> None:
    site = Site(3)
    site.overrides[site.url(1)] = lambda request: failure(request, 404)
    seen = drive(discover.article(essay(site.url(2))), site.answer)
    assert isinstance(seen, Failure)
    assert not seen.gone


class Endless(Site):
    """Each part leads to the next by a link only, the last one too: its server answers any number."""

    def page(self, part: int) -> bytes:
        body = "".join(f"<p>{text}</p>" for text in self.bodies[part - 1])
        link = f'<div class="pages"><a href="{self.url(part + 1)}">下一页</a></div>'
        return f"<html><title>云溪县报告</title><body><div>{body}</div>{link}</body></html>".encode()


class TestRepetitions:
    @pytest.mark.parametrize("answered", [1, 2, 3])
    @pytest.mark.parametrize("mark", ["", "<!-- 77 -->"])
    def test_whatever_part_is_repeated_beyond_the_end_ends_the_article(self, answered: int, mark: str) -> None:
        site = Endless(3)
        site.mix_up(4, answered, mark)
        assert len(read(site, essay(site.url(1))).readings) == 3

    def test_the_end_is_looked_for_again_at_every_check(self) -> None:
        site = Endless(3)
        site.mix_up(4, 3)
        page, text = known(essay(site.url(1)), read(site, essay(site.url(1))), site)
        again = read(site, page)
        assert discover.stitch(again, page, text).fingerprint == page.fingerprint
        assert site.asked[-1] == site.url(4)

    def test_a_part_hidden_by_a_repetition_at_the_first_reading_is_found_later(self) -> None:
        site = Endless(4)
        site.mix_up(4, 3)
        site.mix_up(5, 3)
        page, text = known(essay(site.url(1)), read(site, essay(site.url(1))), site)
        del site.overrides[site.url(4)]
        site.mix_up(5, 4)
        assert "第4部分的要点" not in text
        assert "第4部分的要点" in discover.stitch(read(site, page), page, text).text

    @pytest.mark.parametrize("answered", [1, 2, 3])
    @pytest.mark.parametrize("failures", [0, 1])
    def test_a_known_part_that_repeats_another_is_a_failure(self, answered: int, failures: int) -> None:
        site = Endless(4)
        site.mix_up(5, 4)
        page, _ = known(essay(site.url(1)), read(site, essay(site.url(1))), site)
        site.mix_up(4, answered)
        seen = drive(discover.article(replace(page, failures=failures)), site.answer)
        assert isinstance(seen, Failure)
        assert seen.kind is FailureKind.INCOMPLETE

    @pytest.mark.parametrize("answered", [1, 2, 3])
    def test_a_part_the_page_tells_of_may_not_repeat_another(self, answered: int) -> None:
        site = Site(4)
        site.mix_up(4, answered)
        seen = drive(discover.article(essay(site.url(1))), site.answer)
        assert isinstance(seen, Failure)
        assert "repeats" in seen.reason


class TestForeignPagers:
    """A comment box with a pager of its own repeats the article on each of its pages."""

    def test_it_is_not_believed_at_once(self) -> None:
        site = Site(3)
        site.mix_up(2, 1)
        assert isinstance(drive(discover.article(essay(site.url(1))), site.answer), Failure)

    def test_seen_again_the_first_part_is_all(self) -> None:
        site = Site(3)
        site.mix_up(2, 1)
        seen = drive(discover.article(replace(essay(site.url(1)), failures=1)), site.answer)
        assert isinstance(seen, Observation)
        assert [reading.part.url for reading in seen.readings] == [site.url(1)]

    def test_it_stays_one_part_ever_after(self) -> None:
        site = Site(3)
        site.mix_up(2, 1)
        page = replace(essay(site.url(1)), failures=1)
        seen = drive(discover.article(page), site.answer)
        assert isinstance(seen, Observation)
        page = replace(page, failures=0, version=1, parts=tuple(reading.part for reading in seen.readings))
        again = drive(discover.article(page), site.answer)
        assert isinstance(again, Observation)
        assert len(again.readings) == 1

    def test_of_a_document_known_to_have_more_parts_it_is_a_failure_for_ever(self) -> None:
        site = Site(3)
        page, _ = known(essay(site.url(1)), read(site, essay(site.url(1))), site)
        site.mix_up(2, 1)
        assert isinstance(drive(discover.article(replace(page, failures=9)), site.answer), Failure)


class Stubborn:
    """A server that takes any validator for current."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers, self.text = headers, SENTENCES[0]

    def answer(self, request: Request) -> Response:
        if request.etag or request.last_modified:
            return NotModified(url=request.url, fetched_at=NOW)
        content = f"<html><title>县报告</title><body><div><p>{self.text}</p></div></body></html>".encode()
        return Fetched(url=request.url, status=200, headers=self.headers, content=content, fetched_at=NOW)

    def read(self, page: Due) -> Observation:
        seen = drive(discover.article(page), self.answer)
        assert isinstance(seen, Observation), seen
        return seen

    def known(self) -> Due:
        page = essay(f"{HOST}/x.html")
        return replace(page, version=1, parts=discover.stitch(self.read(page), page, "").parts)


class TestValidators:
    def test_at_every_tenth_check_they_are_not_believed(self) -> None:
        server = Stubborn({"etag": '"7"'})
        page = server.known()
        server.text = SENTENCES[1]
        noticed = [n for n in range(1, 31) if not server.read(replace(page, checks=n)).untouched]
        assert noticed == [9, 19, 29]

    def test_unchanged_bytes_are_not_parsed_at_the_tenth_check_either(self) -> None:
        server = Stubborn({"etag": '"7"'})
        seen = server.read(replace(server.known(), checks=9))
        assert seen.untouched
        assert seen.readings[0].part.etag == '"7"'

    @pytest.mark.parametrize(
        ("modified", "date", "kept"),
        [
            ("Fri, 06 Mar 2026 01:00:00 GMT", "Fri, 06 Mar 2026 01:00:00 GMT", False),
            ("Fri, 06 Mar 2026 01:00:00 GMT", "Fri, 06 Mar 2026 01:00:02 GMT", False),
            ("Fri, 06 Mar 2026 01:00:00 GMT", "Fri, 06 Mar 2026 01:00:03 GMT", True),
            ("Fri, 06 Mar 2026 01:00:00 GMT", "Fri, 06 Mar 2026 01:00:03", True),
            ("Fri, 06 Mar 2026 01:00:00 GMT", "gestern", True),
            ("gestern", "Fri, 06 Mar 2026 01:00:03 GMT", True),
        ],
    )
    def test_a_page_written_this_very_second_may_be_written_again(self, modified: str, date: str, kept: bool) -> None:
        page = Stubborn({"last-modified": modified, "date": date}).known()
        assert page.parts[0].last_modified == (modified if kept else None)

    def test_a_304_to_a_known_part_without_validators_is_a_failure(self) -> None:
        page = Stubborn({}).known()
        seen = drive(discover.article(page), lambda request: NotModified(url=request.url, fetched_at=NOW))
        assert isinstance(seen, Failure)


def test_after_a_failed_check_every_part_is_read_anew() -> None:
    site = Site(2)
    page, _ = known(essay(site.url(1)), read(site, essay(site.url(1))), site)
    seen = read(site, replace(page, failures=1))
    assert all(reading.article is not None for reading in seen.readings)


def test_fewer_parts_than_the_page_tells_is_a_failure() -> None:
    site = Site(2)
    site.declared = 5
    site.overrides = {site.url(n): lambda request: failure(request, 404) for n in (3, 4, 5)}
    seen = drive(discover.article(essay(site.url(1))), site.answer)
    assert isinstance(seen, Failure)


def test_a_circle_of_parts_ends() -> None:
    site = Site(3)
    last = site.page(3).replace(b"</div></body>", f'<a href="{site.url(1)}">下一页</a></div></body>'.encode())
    site.overrides[site.url(3)] = lambda request: Fetched(
        url=request.url, status=200, headers={}, content=last, fetched_at=NOW
    )
    assert len(read(site, essay(site.url(1))).readings) == 3


def test_more_parts_than_allowed_is_a_failure_not_a_shorter_text() -> None:
    site = Site(6)
    page = essay(site.url(1))
    seen = drive(discover.article(replace(page, source=replace(page.source, max_pages=4))), site.answer)
    assert isinstance(seen, Failure)
    assert "max_pages" in seen.reason


def test_a_304_nobody_asked_for_is_a_failure() -> None:
    seen = drive(
        discover.article(essay(f"{HOST}/x.html")), lambda request: NotModified(url=request.url, fetched_at=NOW)
    )
    assert isinstance(seen, Failure)


def test_an_image_only_pdf_or_garbage_never_raises() -> None:
    def answer(request: Request) -> Response:
        headers = {"content-type": "application/pdf"}
        return Fetched(url=request.url, status=200, headers=headers, content=b"%PDF-1.7 broken", fetched_at=NOW)

    assert isinstance(drive(discover.article(essay(f"{HOST}/x.pdf")), answer), Failure | Observation)


class TestListing:
    LISTING = f"{HOST}/list/index.html"

    def source(self, **fields: Any) -> Source:
        return replace(source(url=None, listing=self.LISTING, match=r"/list/\d+\.html$", delay=timedelta(0)), **fields)

    def answer(self, request: Request) -> Response:
        number = 1 if request.url == self.LISTING else int(request.url.rpartition("_")[2].removesuffix(".html"))
        items = "".join(
            f'<li><a href="{HOST}/list/{number * 10 + i}.html">云溪县{2000 + number * 10 + i}年政府工作报告</a></li>'
            for i in range(5)
        )
        pages = "".join(
            f'<a href="{self.LISTING if n == 1 else f"{HOST}/list/index_{n}.html"}">{n}</a>' for n in (1, 2, 3)
        )
        content = f"<html><body><ul>{items}</ul><p><a href='/about.html'>关于</a></p><div>{pages}</div></body></html>"
        return Fetched(url=request.url, status=200, headers={}, content=content.encode(), fetched_at=NOW)

    def test_every_page_of_it_is_read_and_only_matching_links_are_listed(self) -> None:
        found = drive(discover.listing(self.source()), self.answer)
        assert isinstance(found, Listed)
        assert [url for url, _ in found.urls] == [f"{HOST}/list/{n}{i}.html" for n in (1, 2, 3) for i in range(5)]
        assert found.urls[0][1] == "云溪县2010年政府工作报告"
        assert found.failure is None

    def test_it_stops_at_max_pages(self) -> None:
        found = drive(discover.listing(self.source(max_pages=2)), self.answer)
        assert isinstance(found, Listed)
        assert len(found.urls) == 10

    def test_a_listing_where_nothing_matches_is_a_failure_that_says_so(self) -> None:
        found = drive(discover.listing(self.source(match=r"/nowhere/\d+\.html$")), self.answer)
        assert isinstance(found, Failure)
        assert found.reason == r"no link on the listing matches '/nowhere/\d+\.html$'"

    @pytest.mark.parametrize("match", [r"/list/\d+\.html$", None])
    def test_what_stands_before_a_failing_page_of_it_is_still_listed(self, match: str | None) -> None:
        def answer(request: Request) -> Response:
            return failure(request) if request.url.endswith("_2.html") else self.answer(request)

        found = drive(discover.listing(self.source(match=match)), answer)
        assert isinstance(found, Listed)
        assert [url for url, _ in found.urls] == [f"{HOST}/list/1{i}.html" for i in range(5)]
        assert found.failure == failure(Request(url=f"{HOST}/list/index_2.html"))

    def test_its_first_page_failing_fails_the_whole(self) -> None:
        assert isinstance(drive(discover.listing(self.source()), failure), Failure)


def test_an_observation_knows_its_first_part() -> None:
    site = Site(1)
    seen = read(site, essay(site.url(1)))
    assert seen.url == site.url(1)
    assert seen.readings[0].part == Part(
        url=site.url(1),
        sha256=seen.readings[0].part.sha256,
        paragraphs=2,
        etag=seen.readings[0].part.etag,
        imprint=seen.readings[0].part.imprint,
    )
