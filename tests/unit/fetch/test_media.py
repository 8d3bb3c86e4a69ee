import io
import zipfile

import pytest

from crawler.fetch.media import unreadable
from tests.support.oldword import doc

HTML = "<html>政府工作报告</html>".encode()


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archived:
        for name in names:
            archived.writestr(name, "x")
    return buffer.getvalue()


OLD_WORD = doc("政府工作报告")
DOCX = archive("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/html",
        "TEXT/HTML; charset=gbk",
        "text/plain",
        "text/xml",
        "application/xhtml+xml",
        "application/rss+xml",
        "application/octet-stream",
        "html",
        "application/x-download",
    ],
)
def test_pages_are_readable_under_any_name_a_portal_may_give_them(content_type: str) -> None:
    assert unreadable(content_type, HTML) is None


@pytest.mark.parametrize("content_type", ["application/pdf", "application/octet-stream", "application/x-download", ""])
def test_documents_are_readable(content_type: str) -> None:
    assert unreadable(content_type, DOCX) is None
    assert unreadable(content_type, b"%PDF-1.7\n\0\0\0\0\0\0") is None
    assert unreadable(content_type, OLD_WORD) is None
    assert unreadable(content_type, b"{\\rtf1\\ansi}") is None


@pytest.mark.parametrize("content_type", ["image/png", "Image/JPEG; q=1", "audio/mpeg", "video/mp4", "font/woff2"])
def test_pictures_and_sound_are_not(content_type: str) -> None:
    assert content_type.partition(";")[0].lower() in (unreadable(content_type, HTML) or "")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (archive("report.txt"), "zip"),
        (archive("OFD.xml"), "OFD"),
        (archive("xl/workbook.xml"), "spreadsheet"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"MZ\x90\x00", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
    ],
)
@pytest.mark.parametrize("content_type", ["text/html", "application/octet-stream", ""])
def test_the_bytes_speak_where_the_type_is_silent_or_wrong(content: bytes, word: str, content_type: str) -> None:
    assert word in (unreadable(content_type, content + b"\0" * 100) or "")


def test_unknown_binary_data_is_refused_with_its_type() -> None:
    assert unreadable("application/x-thing", b"a\0\1\2\3b") == "binary data (application/x-thing)"


def test_binary_data_under_the_label_of_a_page_is_refused() -> None:
    assert unreadable("text/html", b"\0\1\2\x05\x06 aaaa") == "binary data (text/html)"


def test_a_stray_control_character_and_utf_16_are_no_binary_data() -> None:
    assert unreadable("text/html", b"<p>\0 slip</p>") is None
    assert unreadable("text/html", "<p>云溪市的报告</p>".encode("utf-16")) is None


@pytest.mark.parametrize("content_type", ["text/html; charset=gbk", "application/octet-stream", ""])
@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>\n<html>", "\ufeff <html lang='zh'>", "\0\0<!-- cms --><p>", "<Div>"]
)
def test_a_page_full_of_control_characters_is_a_page_as_for_browsers(content_type: str, start: str) -> None:
    assert unreadable(content_type, f"{start}云溪市{chr(0) * 900}\1\2\x0e\x1f的报告".encode()) is None


@pytest.mark.parametrize("content", [b"<\0\1\2\3\4", b"<pack>\0\1\2\3\4", b"x<html>\0\1\2\3\4", b"\0" * 65 + b"<html>"])
def test_binary_data_does_not_begin_like_a_page(content: bytes) -> None:
    assert unreadable("application/octet-stream", content) == "binary data (application/octet-stream)"
