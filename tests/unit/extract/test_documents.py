"""What a document is, and the plain ones: text, saved web pages, and what cannot be read at all."""

import pytest

from crawler.errors import UsageError
from crawler.extract import extract
from crawler.extract.documents.kinds import DOC, DOCX, HTML, MHTML, PDF, PLAIN, RTF, media_type_of
from tests.support.word import docx, paragraph

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stream(name: str) -> bytes:
    """An OLE file that names this stream, as its directory does."""
    return OLE + name.encode("utf-16-le") + bytes(64)


def zipped(*names: str) -> bytes:
    return b"".join(b"PK\x03\x04" + bytes(26) + name.encode() for name in names)


def test_plain_text() -> None:
    article = extract(
        "云溪市2024年政府工作报告\r\n\r\n　　各位代表:\n增长 6%左右。".encode("gb18030"), "", "text/plain; charset=gbk"
    )
    assert article.paragraphs == ("云溪市2024年政府工作报告", "各位代表:", "增长6%左右。")
    assert (article.media_type, article.encoding) == ("text/plain", "gb18030")


def test_markup_labelled_plain_is_markup() -> None:
    assert extract(b"<html><body><p>x</p></body></html>", "", "text/plain").media_type == "text/html"


@pytest.mark.parametrize("content", [b"", b" ", b"\x00" * 100, b"\xff\xfe"])
def test_next_to_nothing_is_an_empty_article(content: bytes) -> None:
    assert extract(content).paragraphs == ()


@pytest.mark.parametrize(
    ("content", "label", "media_type"),
    [
        (b"%PDF-1.4", "text/html", PDF),
        (b"\n\n%PDF-1.7", "", PDF),
        (b"PK\x03\x04", "application/octet-stream", DOCX),
        (OLE, "text/html", DOC),
        (b"{\\rtf1\\ansi}", "application/msword", RTF),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "application/msword", MHTML),
        (b"From: <Saved by Blink>\r\nSubject: a\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n", "", MHTML),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x">', "application/msword", DOCX),
        (b"\xef\xbb\xbf<html><body>", "application/msword", HTML),
        (b"text", "text/plain; charset=gbk", PLAIN),
        ("text", " TEXT/PLAIN ", PLAIN),
        (b"text", "", HTML),
        (b"<P>text", "text/plain", HTML),
        ("<p>报告".encode("utf-16"), "text/plain", HTML),
        (b"a <b", "text/plain", PLAIN),
    ],
)
def test_a_document_is_what_its_first_bytes_say(content: bytes | str, label: str, media_type: str) -> None:
    assert media_type_of(content, label) == media_type


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (stream("Workbook"), "spreadsheet"),
        (stream("PowerPoint Document"), "slides"),
        (stream("Something else"), "unknown kind"),
        (zipped("OFD.xml"), "OFD"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "spreadsheet"),
        (zipped("ppt/presentation.xml"), "slides"),
        (zipped("mimetypeapplication/vnd.oasis.opendocument.text"), "OpenDocument"),
        (zipped("a.txt"), "archive"),
        (b"Rar!\x1a\x07\x01\x00", "archive"),
        (b"\xff\xd8\xff\xe0", "image"),
    ],
)
def test_what_cannot_be_read_is_named(content: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        extract(content, "https://www.example.org/报告.doc", "application/msword")


def test_a_web_page_saved_as_one_file_named_doc() -> None:
    html = "<html><body><h1>云溪市2026年政府工作报告</h1><p>各位代表：今年增长6%左右。</p></body></html>".encode("gbk")
    quoted = b"".join(b"=%02X" % byte for byte in html)
    content = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=part\r\n\r\n--part\r\n"
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + quoted
        + b"\r\n--part--\r\n"
    )
    article = extract(content, "", "application/msword")
    assert article.paragraphs == ("各位代表：今年增长6%左右。",)
    assert article.media_type == HTML


SAVED = (
    'MIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary="--=_a"\n\nmade by hand\n----=_a\n'
    "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n----=_a\n"
    "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n文本\n--b\n"
    "Content-Transfer-Encoding: 8bit\nContent-Type: Text/HTML;\n charset=utf-8\n\n"
    "<p>各位代表：今年增长6%左右。</p>\n--b--\n----=_a--\n"
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_saved_web_page_behind_pictures_and_beside_its_text(end: str) -> None:
    assert extract(SAVED.replace("\n", end).encode()).paragraphs == ("各位代表：今年增长6%左右。",)


def test_a_saved_web_page_cut_short_says_so() -> None:
    for end in range(100, SAVED.index("</p>"), 7):
        with pytest.raises(UsageError, match="cut short"):
            extract(SAVED[:end].encode())


def test_a_saved_web_page_without_its_page() -> None:
    with pytest.raises(UsageError, match="MHTML"):
        extract(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n")


def test_the_title_of_a_document_is_its_first_line() -> None:
    article = extract(docx(paragraph("云溪市2024年政府", "工作报告") + paragraph() + paragraph("各位代表:")))
    assert (article.title, article.region, article.year) == ("云溪市2024年政府工作报告", "云溪市", 2024)
