"""Notices that leave the report to a document: page and document as one, read from a made-up site without a network."""

import hashlib
from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from crawler import discover
from crawler.checks import Due, Observation
from crawler.model import Failure, FailureKind, Fetched, NotModified, Request, Response
from tests.support.values import NOW, PARAGRAPHS, due, source
from tests.support.word import docx, paragraph

T = TypeVar("T")
HOST = "https://www.example.org/xxgk/"
NOTICE = "现将《政府工作报告》印发给你们，请认真贯彻落实。"
TITLE = "云溪市2026年政府工作报告"


def report(*texts: str, title: str = TITLE) -> bytes:
    return docx("".join(map(paragraph, (title, *texts))))


def notice(*names: str, text: str = NOTICE, title: str = TITLE) -> bytes:
    links = "".join(f"<p><a href='{name}'>{TITLE}（{name}）.docx</a></p>" for name in names)
    return f"<title>{title}</title><h1>{title}</h1><div><p>{text}</p>{links}</div>".encode()


class Files:
    """Bodies by the last part of their address, with ETags; what is missing is 404."""

    def __init__(self, **bodies: bytes) -> None:
        self.bodies = {name.replace("_", "."): body for name, body in bodies.items()}
        self.asked: list[str] = []
        self.sent: list[str] = []

    def answer(self, request: Request) -> Response:
        name = request.url.rpartition("/")[2]
        self.asked.append(name)
        if name not in self.bodies:
            return Failure(url=request.url, kind=FailureKind.STATUS, reason="HTTP 404", permanent=True, status=404)
        etag = f'"{hashlib.sha256(self.bodies[name]).hexdigest()}"'
        if request.etag == etag:
            return NotModified(url=request.url, fetched_at=NOW)
        self.sent.append(name)
        return Fetched(url=request.url, status=200, headers={"etag": etag}, content=self.bodies[name], fetched_at=NOW)


def drive(flow: Generator[Request, Response, T], answer: Callable[[Request], Response]) -> T:
    try:
        request = next(flow)
        while True:
            request = flow.send(answer(request))
    except StopIteration as end:
        found: T = end.value
        return found


def page(**fields: object) -> Due:
    watched = source(url=HOST + "a.html", delay=timedelta(0))
    return replace(
        due(source=watched, url=HOST + "a.html", version=0, parts=(), title="", year=None, region=""), **fields
    )


def read(files: Files, watched: Due) -> Observation:
    seen = drive(discover.article(watched), files.answer)
    assert isinstance(seen, Observation), seen
    return seen


def stored(files: Files, watched: Due) -> tuple[Due, str]:
    """The page after it was read and stored, and its text."""
    found = discover.stitch(read(files, watched), watched, "")
    fields = {"parts": found.parts, "title": found.title, "year": found.year, "region": found.region}
    files.asked.clear(), files.sent.clear()
    return replace(watched, version=1, fingerprint=found.fingerprint, **fields), found.text


def test_notice_and_document_are_one() -> None:
    files = Files(a_html=notice("r.docx"), r_docx=report(*PARAGRAPHS))
    found = discover.stitch(read(files, page()), page(), "")
    assert found.url == HOST + "a.html"
    assert found.title == TITLE
    lines = found.text.split("\n")
    assert lines[0] == NOTICE
    assert tuple(lines[-len(PARAGRAPHS) :]) == PARAGRAPHS
    assert [part.url for part in found.parts] == [HOST + "a.html", HOST + "r.docx"]


def test_an_unchanged_document_costs_no_more_than_a_question() -> None:
    files = Files(a_html=notice("r.docx"), r_docx=report(*PARAGRAPHS))
    watched, _ = stored(files, page())
    assert read(files, watched).untouched
    assert (files.asked, files.sent) == (["a.html", "r.docx"], [])


def test_a_changed_document_is_stitched_behind_the_unread_notice() -> None:
    files = Files(a_html=notice("r.docx"), r_docx=report(*PARAGRAPHS))
    watched, text = stored(files, page())
    files.bodies["r.docx"] = report(*(each.replace("增长6%", "增长5%") for each in PARAGRAPHS))
    found = discover.stitch(read(files, watched), watched, text)
    assert files.sent == ["r.docx"]
    assert found.text == text.replace("增长6%", "增长5%")
    assert (found.title, found.year) == (TITLE, 2026)


def test_a_changed_notice_is_stitched_before_the_unread_document() -> None:
    files = Files(a_html=notice("r.docx", title="关于印发报告的通知"), r_docx=report(*PARAGRAPHS))
    watched, text = stored(files, page())
    assert (watched.region, watched.year) == ("云溪市", 2026), "the document says what the notice does not"
    files.bodies["a.html"] = notice("r.docx", text=NOTICE + "云溪市人民政府", title="关于印发报告的通知")
    found = discover.stitch(read(files, watched), watched, text)
    assert files.sent == ["a.html"]
    assert found.text == text.replace(NOTICE, NOTICE + "云溪市人民政府")
    assert (found.region, found.year) == ("云溪市", 2026)


def test_several_documents_are_read_in_their_order() -> None:
    files = Files(a_html=notice("1.docx", "2.docx", "3.docx"))
    for at, text in enumerate(PARAGRAPHS[:3], 1):
        files.bodies[f"{at}.docx"] = report(text, title=f"第{at}册")
    watched, text = stored(files, page())
    assert [part.url.rpartition("/")[2] for part in watched.parts] == ["a.html", "1.docx", "2.docx", "3.docx"]
    files.bodies["2.docx"] = report(PARAGRAPHS[3], title="第2册")
    found = discover.stitch(read(files, watched), watched, text)
    assert found.text == text.replace(PARAGRAPHS[1], PARAGRAPHS[3])
    assert files.sent == ["2.docx"]


def test_a_document_put_in_the_place_of_another_is_followed() -> None:
    files = Files(a_html=notice("1.docx", "2.docx"), **{"1_docx": report("甲" * 30), "2_docx": report("乙" * 30)})
    watched, text = stored(files, page())
    files.bodies.update({"a.html": notice("1.docx", "3.docx"), "3.docx": report("丙" * 30)})
    found = discover.stitch(read(files, watched), watched, text)
    assert [part.url.rpartition("/")[2] for part in found.parts] == ["a.html", "1.docx", "3.docx"]
    assert found.text.endswith("丙" * 30)


@pytest.mark.parametrize("body", [None, b"%PDF-1.4 broken", b"Rar!\x1a\x07 x"])
def test_without_its_document_nothing_is_concluded(body: bytes | None) -> None:
    files = Files(a_html=notice("r.docx"))
    if body:
        files.bodies["r.docx"] = body
    seen = drive(discover.article(page()), files.answer)
    assert isinstance(seen, Failure)
    assert seen.reason.startswith("incomplete article")
    assert not seen.gone


def test_a_document_watched_directly_is_read_alone() -> None:
    files = Files(r_docx=report(*PARAGRAPHS))
    watched = page(url=HOST + "r.docx", source=source(url=HOST + "r.docx"))
    found = discover.stitch(read(files, watched), watched, "")
    assert found.paragraphs == (TITLE, *PARAGRAPHS)
    assert files.asked == ["r.docx"]
