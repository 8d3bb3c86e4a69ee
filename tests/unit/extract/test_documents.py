"""Reports as Word, PDF and plain text files, made here."""

import io
import zipfile

import pytest

from crawler.errors import UsageError
from crawler.extract import documents, extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, head: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")
    return file.getvalue()


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def pdf(*pages: list[str]) -> bytes:
    """A PDF of lines in Helvetica (so in Latin letters), each page from the top."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        text = "".join(
            f"BT /F1 11 Tf 72 {740 - 20 * row} Td ({line}) Tj ET\n" for row, line in enumerate(lines)
        ).encode()
        objects.append(b"<</Length %d>>stream\n%sendstream" % (len(text), text))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out, offsets = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, entries))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def test_a_word_report_with_a_table() -> None:
    table = (
        f"<w:tbl><w:tr><w:tc>{paragraph('指标')}</w:tc><w:tc>{paragraph('目标')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('地区生产')}{paragraph('总值')}</w:tc><w:tc>{paragraph('6%左右')}</w:tc></w:tr></w:tbl>"
    )
    article = extract(docx(paragraph("云溪市2024年政府", "工作报告") + paragraph() + paragraph("各位代表:") + table))
    assert article.paragraphs == ("云溪市2024年政府工作报告", "各位代表:", "指标 | 目标", "地区生产总值 | 6%左右")
    assert (article.title, article.region, article.year) == ("云溪市2024年政府工作报告", "云溪市", 2024)
    assert article.media_type == documents.DOCX


def test_deleted_text_of_a_word_file_is_not_read() -> None:
    deleted = "<w:p><w:r><w:t>增长6%</w:t></w:r><w:del><w:r><w:delText>增长7%</w:delText></w:r></w:del></w:p>"
    assert extract(docx(deleted)).paragraphs == ("增长6%",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (docx(paragraph("&x;"), '<!DOCTYPE w [<!ENTITY x "y">]>'), "entities"),
        (docx("<w:p>"), "damaged"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"%PDF-1.4 broken", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        extract(content)


def test_an_archive_that_is_no_word_file() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(UsageError, match="no Word document"):
        extract(file.getvalue())


def test_an_archive_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_XML", 1_000_000)
    with pytest.raises(UsageError, match="refused"):
        extract(docx(paragraph("长" * 2_000_000)))


def test_a_pdf_report_loses_its_page_furniture() -> None:
    pytest.importorskip("pypdfium2")
    full = "This line of the report is as wide as the column of the printed page is."
    pages = [["Yunxi City Report", full, f"and ends on line two of page {n}.", f"- {n} -"] for n in (1, 2, 3)]
    article = extract(pdf(*pages))
    assert article.paragraphs == tuple(f"{full} and ends on line two of page {n}." for n in (1, 2, 3))
    assert article.media_type == documents.PDF


def test_a_scanned_pdf_says_so() -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(UsageError, match="scanned"):
        extract(pdf([]))


def test_pdf_without_the_extra_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "pypdfium2", None)
    with pytest.raises(UsageError, match=r"report-crawler\[documents\]"):
        extract(pdf(["x"]))


def test_plain_text() -> None:
    article = extract(
        "云溪市2024年政府工作报告\r\n\r\n　　各位代表:\n增长 6%左右。".encode("gb18030"), "", "text/plain; charset=gbk"
    )
    assert article.paragraphs == ("云溪市2024年政府工作报告", "各位代表:", "增长6%左右。")
    assert (article.media_type, article.encoding) == ("text/plain", "gb18030")


def test_markup_labelled_plain_is_markup() -> None:
    assert extract(b"<html><body><p>x</p></body></html>", "", "text/plain").media_type == "text/html"


PRINTED = "This line of the report is as wide as the column of the printed page is."


def test_a_heading_in_a_pdf_begins_a_paragraph() -> None:
    pytest.importorskip("pypdfium2")
    article = extract(pdf([PRINTED, "1. The second part begins with a number", f"3. {PRINTED}", "and ends here."]))
    assert article.paragraphs[0] == PRINTED
    assert article.paragraphs[1].startswith("1. The second part")
    assert article.paragraphs[2] == f"3. {PRINTED} and ends here."


def test_a_paragraph_of_a_pdf_goes_on_over_the_page() -> None:
    pytest.importorskip("pypdfium2")
    assert extract(pdf([PRINTED], [PRINTED, "and ends here."])).paragraphs == (f"{PRINTED} {PRINTED} and ends here.",)


def test_two_pages_are_too_few_for_running_heads() -> None:
    pytest.importorskip("pypdfium2")
    body = extract(pdf(["Same line.", PRINTED + " One."], ["Same line.", PRINTED + " Two."])).body
    assert body.count("Same line.") == 2


@pytest.mark.parametrize("number", ["1", "- 1 -", "1/12", "12 / 145"])
def test_page_numbers_of_a_pdf_go(number: str) -> None:
    pytest.importorskip("pypdfium2")
    assert extract(pdf([PRINTED, "and ends here.", number])).paragraphs == (f"{PRINTED} and ends here.",)


def test_a_number_inside_a_page_of_a_pdf_stays() -> None:
    pytest.importorskip("pypdfium2")
    lines = [PRINTED, PRINTED, "2024", PRINTED, PRINTED]
    assert "2024" in extract(pdf(lines)).body


def test_only_so_many_pages_of_a_pdf_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdfium2")
    monkeypatch.setattr(documents, "MAX_PAGES", 2)
    assert extract(pdf(["One."], ["Two."], ["Three."])).body.count(".") == 2


@pytest.mark.parametrize("cut", [20, 200, 400])
def test_a_pdf_cut_short_is_read_or_refused_in_words(cut: int) -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(UsageError, match="PDF"):
        extract(pdf([PRINTED])[:cut])


def test_breaks_and_tabs_of_a_word_file_part_words() -> None:
    run = "<w:p><w:r><w:t>GDP</w:t><w:tab/><w:t>CPI</w:t><w:br/><w:t>PPI</w:t></w:r></w:p>"
    assert extract(docx(run)).paragraphs == ("GDP CPI PPI",)


def test_text_moved_away_in_a_word_file_is_not_read_twice() -> None:
    moved = "<w:moveFrom><w:p><w:r><w:t>旧处</w:t></w:r></w:p></w:moveFrom>"
    assert extract(docx(moved + paragraph("新处"))).paragraphs == ("新处",)


def test_a_table_in_a_table_of_a_word_file_is_one_row() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('6%')}</w:tc></w:tr></w:tbl>"
    row = f"<w:tr><w:tc>{paragraph('指标')}</w:tc><w:tc>{inner}</w:tc></w:tr>"
    assert len(extract(docx(f"<w:tbl>{row}</w:tbl>")).paragraphs) == 1


def test_a_deep_word_file_needs_no_stack() -> None:
    depth = 5_000
    article = extract(docx("<w:sdt>" * depth + paragraph("深处") + "</w:sdt>" * depth))
    assert article.paragraphs == ("深处",)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_entities_do_not_hide_in_another_encoding(encoding: str) -> None:
    text = (
        f'\ufeff<?xml version="1.0" encoding="utf-16"?><!DOCTYPE w [<!ENTITY x "y">]><w:document {W}>&x;</w:document>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", text.encode(encoding))
    with pytest.raises(UsageError, match="refused"):
        extract(file.getvalue())


def test_an_archive_with_a_broken_part_says_so() -> None:
    content = bytearray(docx(paragraph("正文" * 500)))
    at = content.index(b"word/document.xml") + len(b"word/document.xml")
    content[at + 20 : at + 40] = bytes(20)
    with pytest.raises(UsageError, match="damaged"):
        extract(bytes(content))


@pytest.mark.parametrize("content", [b"", b" ", b"\x00" * 100, b"\xff\xfe"])
def test_next_to_nothing_is_an_empty_article(content: bytes) -> None:
    assert extract(content).paragraphs == ()


@pytest.mark.parametrize(
    ("content", "label", "media_type"),
    [
        (b"%PDF-1.4", "text/html", documents.PDF),
        (b"\n\n%PDF-1.7", "", documents.PDF),
        (b"PK\x03\x04", "application/octet-stream", documents.DOCX),
        (b"text", "text/plain; charset=gbk", documents.PLAIN),
        ("text", " TEXT/PLAIN ", documents.PLAIN),
        (b"text", "", documents.HTML),
        (b"<P>text", "text/plain", documents.HTML),
        (b"a <b", "text/plain", documents.PLAIN),
    ],
)
def test_a_document_is_what_its_first_bytes_say(content: bytes | str, label: str, media_type: str) -> None:
    assert documents.media_type_of(content, label) == media_type
