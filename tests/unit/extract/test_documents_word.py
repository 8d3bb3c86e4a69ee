"""Word files, made here, as a reader of the printed document sees them."""

import io
import zipfile

import pytest

from crawler.errors import UsageError
from crawler.extract import extract
from crawler.extract.documents import word
from crawler.extract.documents.kinds import DOCX
from tests.support.word import STRICT, W, docx, levels, listed, paragraph, table


def read(body: str, **parts: str) -> tuple[str, ...]:
    return extract(docx(body, **parts)).paragraphs


def test_a_report_with_a_table() -> None:
    rows = table(("指标", "目标"), (f"{paragraph('地区生产')}{paragraph('总值')}", "6%左右"))
    article = extract(docx(paragraph("云溪市2024年政府", "工作报告") + paragraph() + paragraph("各位代表:") + rows))
    assert article.paragraphs == ("云溪市2024年政府工作报告", "各位代表:", "指标 | 目标", "地区生产总值 | 6%左右")
    assert article.media_type == DOCX


def test_an_empty_cell_keeps_its_place() -> None:
    assert read(table(("指标", "2025", "2026"), ("就业", "", "1.2"))) == ("指标 | 2025 | 2026", "就业 | | 1.2")


def test_cells_that_go_on_from_above_are_empty() -> None:
    merged = "<w:tcPr><w:vMerge/></w:tcPr>" + paragraph("")
    assert read(table(("民生", "床位"), (merged, "学位"))) == ("民生 | 床位", "| 学位")


def test_a_table_in_a_cell_of_data_is_one_row() -> None:
    assert len(read(table(("指标", table(("6%", "7%")))))) == 1


def test_a_table_that_lays_out_the_page_gives_paragraphs() -> None:
    long = "扎实推进乡村全面振兴，新建高标准农田。" * 20
    assert read(table((f"{paragraph(long)}{paragraph('二、工作')}", "侧栏"))) == (long, "二、工作", "侧栏")
    assert read(table((f"{paragraph('甲')}{paragraph('乙')}",))) == ("甲", "乙")


def test_a_deleted_row_is_gone() -> None:
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph("旧") + "</w:tc></w:tr>"
    assert read(f"<w:tbl>{gone}</w:tbl>" + paragraph("新")) == ("新",)


@pytest.mark.parametrize(
    "hidden",
    [
        "<w:del><w:r><w:delText>增长7%</w:delText></w:r></w:del>",
        "<w:del><w:r><w:t>增长7%</w:t></w:r></w:del>",
        "<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>批注</w:t></w:r>",
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>',
        "<w:ruby><w:rt><w:r><w:t>zeng</w:t></w:r></w:rt></w:ruby>",
    ],
)
def test_what_no_reader_sees_is_not_read(hidden: str) -> None:
    assert read(f"<w:p>{hidden}<w:r><w:t>增长6%</w:t></w:r></w:p>") == ("增长6%",)


@pytest.mark.parametrize(
    "shown",
    [
        "<w:ins><w:r><w:t>增长6%</w:t></w:r></w:ins>",
        "<w:moveTo><w:r><w:t>增长6%</w:t></w:r></w:moveTo>",
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>增长6%</w:t></w:r>',
        "<w:hyperlink><w:r><w:t>增长6%</w:t></w:r></w:hyperlink>",
        "<w:sdt><w:sdtContent><w:r><w:t>增长6%</w:t></w:r></w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr=" REF x "><w:r><w:t>增长6%</w:t></w:r></w:fldSimple>',
    ],
)
def test_what_a_reader_sees_is_read(shown: str) -> None:
    assert read(f"<w:p>{shown}</w:p>") == ("增长6%",)


def field(instruction: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{instruction}</w:instrText>'
        f'<w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_page_numbers_go_and_other_fields_stay() -> None:
    assert read(f"<w:p>{field(' PAGE ', '<w:r><w:t>12</w:t></w:r>')}<w:r><w:t>正文</w:t></w:r></w:p>") == ("正文",)
    assert read(f"<w:p>{field(' REF a ', '<w:r><w:t>见上</w:t></w:r>')}</w:p>") == ("见上",)


def test_a_table_of_contents_goes_whole() -> None:
    begin = field('TOC \\o "1-3"', "").removesuffix('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    inner = f"<w:p>{begin}<w:r><w:t>一、回顾</w:t></w:r>{field('PAGEREF _1', '<w:r><w:t>3</w:t></w:r>')}</w:p>"
    last = '<w:p><w:r><w:t>二、任务</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    assert read(inner + last + paragraph("一、回顾")) == ("一、回顾",)
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    assert read(f"<w:sdt>{gallery}<w:sdtContent>{paragraph('目录')}</w:sdtContent></w:sdt>{paragraph('正文')}") == (
        "正文",
    )


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框中的话')}</w:txbxContent>"
    twice = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert read(f"<w:p><w:r>{twice}<w:t>正文</w:t></w:r></w:p>{paragraph('后文')}") == ("正文", "框中的话", "后文")


def test_breaks_and_tabs_part_words() -> None:
    run = "<w:p><w:r><w:t>GDP</w:t><w:tab/><w:t>CPI</w:t><w:br/><w:t>PPI</w:t></w:r></w:p>"
    assert read(run) == ("GDP CPI PPI",)


def test_a_line_broken_by_hand_behind_a_sentence_begins_a_paragraph() -> None:
    run = "<w:p><w:r><w:t>第一段。</w:t><w:br/><w:t>第二段。</w:t><w:br w:type='page'/></w:r></w:p>"
    assert read(run) == ("第一段。", "第二段。")


def test_notes_come_last_and_heads_never() -> None:
    note = f'<w:footnote w:id="2">{paragraph("注：按可比价格计算。")}</w:footnote>'
    section = "<w:sectPr><w:headerReference/></w:sectPr>"
    assert read(paragraph("正文") + section, footnotes=note) == ("正文", "注：按可比价格计算。")


def test_strict_files_and_odd_names_are_read() -> None:
    assert extract(docx(paragraph("正文"), namespace=STRICT)).paragraphs == ("正文",)
    assert extract(docx(paragraph("正文"), name="word/document2.xml")).paragraphs == ("正文",)


def test_word_files_that_are_one_xml_file() -> None:
    old = '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
    assert extract(f"{old}<w:body>{paragraph('正文')}</w:body></w:wordDocument>".encode()).paragraphs == ("正文",)
    package = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    part = f"<w:document {W}><w:body>{paragraph('正文')}</w:body></w:document>"
    flat = f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{part}</pkg:xmlData></pkg:part>'
    assert extract(f"<pkg:package {package}>{flat}</pkg:package>".encode()).paragraphs == ("正文",)
    with pytest.raises(UsageError, match="no Word document"):
        extract(f"<pkg:package {package}/>".encode())


def test_numbers_of_lists_are_put_back() -> None:
    chinese = levels(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    items = [("工作回顾", 0), ("提质", 1), ("增效", 1), ("第一项", 2), ("工作安排", 0), ("扩需", 1)]
    body = "".join(paragraph(text, properties=listed(1, depth)) for text, depth in items)
    assert read(body, numbering=chinese) == (
        "一、工作回顾",
        "（一）提质",
        "（二）增效",
        "1.第一项",
        "二、工作安排",
        "（一）扩需",
    )


def test_a_deep_file_needs_no_stack() -> None:
    depth = 5_000
    assert read("<w:sdt>" * depth + paragraph("深处") + "</w:sdt>" * depth) == ("深处",)
    nested = paragraph("深处")
    for _ in range(60):
        nested = table((nested,))
    assert read(nested) == ("深处",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (docx(paragraph("&x;"), '<!DOCTYPE w [<!ENTITY x "y">]>'), "entities"),
        (docx("<w:p>"), "damaged"),
        (b"PK\x03\x04 word/document.xml broken", "damaged"),
        (docx(paragraph("正文" * 500))[:-200], "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        extract(content)


def test_an_archive_with_other_things_of_word() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/other.xml", "x")
    with pytest.raises(UsageError, match="no Word document"):
        extract(file.getvalue())


def test_an_archive_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MAX_XML", 1_000_000)
    with pytest.raises(UsageError, match="refused"):
        extract(docx(paragraph("长" * 2_000_000)))
    monkeypatch.setattr(word, "MAX_TAGS", 1_000)
    with pytest.raises(UsageError, match="refused"):
        extract(docx("<w:p/>" * 2_000))


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


def test_an_archive_that_asks_for_a_password() -> None:
    content = bytearray(docx(paragraph("正文")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + offset] |= 1
    with pytest.raises(UsageError, match="password"):
        extract(bytes(content))
