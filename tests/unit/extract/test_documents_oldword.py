"""Word files from before 2007 and Rich Text, made here."""

import struct

import pytest

from crawler.errors import UsageError
from crawler.extract import extract
from crawler.extract.documents.kinds import DOC, RTF
from tests.support.oldword import compound, doc

LONG = "扎实推进乡村全面振兴，新建高标准农田三万亩，改造农村公路，惠及沿线群众，助力农业增效农民增收。" * 9


def read(*blocks: str | tuple[str, ...], flags: int = 0, notes: str = "") -> tuple[str, ...]:
    return extract(doc(*blocks, flags=flags, notes=notes)).paragraphs


def rtf(text: str) -> tuple[str, ...]:
    """`text` is what stands behind the header; Chinese in it is written as Word does."""
    escaped = "".join(
        sign if sign.isascii() else "".join(f"\\'{byte:02x}" for byte in sign.encode("gbk")) for sign in text
    )
    return extract(
        f"{{\\rtf1\\ansi\\ansicpg936\\deff0 {escaped}}}".encode("ascii"), "", "application/msword"
    ).paragraphs


def test_chinese_without_any_blank_is_read_whole() -> None:
    article = extract(doc("云溪市2026年政府工作报告", "各位代表：", LONG))
    assert article.paragraphs == ("云溪市2026年政府工作报告", "各位代表：", LONG)
    assert (article.title, article.year, article.media_type) == ("云溪市2026年政府工作报告", 2026, DOC)


def test_rows_of_a_table_are_read_cell_by_cell() -> None:
    rows = read("前文", ("指标", "二〇二五", "目标"), ("生产总值", "", "6%"), ("两段\r的格", "1", ""), "后文")
    assert rows == ("前文", "指标 | 二〇二五 | 目标", "生产总值 | | 6%", "两段的格 | 1 |", "后文")


def test_hidden_and_deleted_text_is_not_read() -> None:
    assert extract(doc("增长7%6%左右。", hidden=[(2, 4)])).paragraphs == ("增长6%左右。",)


def test_fields_give_their_results_and_page_numbers_go() -> None:
    assert read("见\x13 REF a \x14上文\x15。第\x13PAGE\x143\x15页") == ("见上文。第页",)
    assert read("\x13TOC \\o\x14一、回顾\x13PAGEREF x\x141\x15", "二、任务\x15", "一、回顾") == ("一、回顾",)


def test_numbers_of_lists_are_put_back() -> None:
    texts, depths = ("回顾", "提质", "增效", "正文", "安排", "扩需"), {0: 0, 1: 1, 2: 1, 4: 0, 5: 1}
    content = doc(*texts, listed=depths, levels=[(37, "\0、"), (37, "（\1）")])
    assert extract(content).paragraphs == ("一、回顾", "（一）提质", "（二）增效", "正文", "二、安排", "（一）扩需")
    assert extract(doc("点", listed={0: 0}, levels=[(23, "\uf0b7")])).paragraphs == ("点",)
    assert extract(doc("深", listed={0: 200}, levels=[(0, "\0.")])).paragraphs == ("深",)


def test_signs_without_text_go_and_breaks_part_lines() -> None:
    assert read("图\x01注\x02完\x0c第二页", "软\x0b行GDP\x0bCPI") == ("图注完", "第二页", "软行GDP CPI")


def test_notes_stand_at_the_end() -> None:
    assert read("正文", notes="注：可比价格。\r") == ("正文", "注：可比价格。")


def test_other_programs_call_the_second_table_the_first() -> None:
    content = bytearray(doc("正文"))
    at = content.index(b"\xec\xa5")
    struct.pack_into("<H", content, at + 10, 0x1000)
    name = content.index("1Table".encode("utf-16-le"))
    content[name : name + 2] = b"0\0"
    assert extract(bytes(content)).paragraphs == ("正文",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (doc("正文", flags=0x100), "password"),
        (compound(EncryptedPackage=b"x"), "password"),
        (compound(Workbook=b"x"), "spreadsheet"),
        (compound(WordDocument=b"\xdc\xa5\x65\0" + bytes(600)), "before Word 97"),
        (compound(WordDocument=b"\xec\xa5\xc1\0" + bytes(600)), "damaged"),
        (doc("正文")[:2000] + "WordDocument".encode("utf-16-le") + b"\0\0", "damaged"),
        (doc("正文")[:40] + "WordDocument".encode("utf-16-le") + b"\0\0", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        extract(content)


@pytest.mark.parametrize("at", range(512, 12_000, 97))
def test_a_file_with_broken_bytes_is_read_or_refused_in_words(at: int) -> None:
    content = bytearray(doc("云溪市", ("甲", "乙"), LONG))
    content[at : at + 8] = b"\xff\x7f\xff\xff\x00\x01\x80\xff"[: max(0, len(content) - at)]
    says = ""
    try:
        extract(bytes(content))
    except UsageError as error:
        says = str(error)
    assert not says or any(word in says for word in ("damaged", "kind", "before", "password"))


def test_rich_text_is_read() -> None:
    content = "云溪市2026年政府工作报告\\par 各位代表\\u-230 ?\\par GDP growth\\line 6\\'25\\par"
    assert rtf(content) == ("云溪市2026年政府工作报告", "各位代表：", "GDP growth", "6%")
    assert extract(b"{\\rtf1 x}").media_type == RTF


def test_what_is_not_printed_of_rich_text() -> None:
    hidden = "{\\fonttbl{\\f0 宋体;}}{\\*\\generator 某软件;}{\\header 公报}{\\v 批注}{\\deleted 旧}{\\pict 89504e47}"
    fields = "{\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}{\\field{\\*\\fldinst REF a}{\\fldrslt 见上}}"
    assert rtf(f"{hidden}正文{fields}\\v 藏\\v0 \\plain 完\\par") == ("正文见上完",)


def test_tables_and_numbers_of_rich_text() -> None:
    row = "\\trowd\\pard\\intbl {}\\cell {}\\cell {}\\cell\\row\\pard "
    table = row.format("指标", "二〇二五", "目标") + row.format("总值\\par 增速", "", "6%")
    assert rtf(f"{table}{{\\listtext 一、}}回顾\\par") == ("指标 | 二〇二五 | 目标", "总值增速 | | 6%", "一、回顾")


def test_signs_of_rich_text() -> None:
    assert rtf("\\ldblquote 十五五\\rdblquote\\emdash\\{a\\}\\~b\\_c\\uc2\\u20113 ??市\\par") == (
        "“十五五”—{a} b-c云市",
    )


def test_signs_of_two_halves_are_one_in_rich_text() -> None:
    assert rtf("\\u-10187?\\u-8960?\\u-10187?一\\par") == ("\U0001d500\ufffd一",)


@pytest.mark.parametrize(
    "content", [b"{\\rtf1 {{{{}", b"{\\rtf1 }}}}", b"{\\rtf1 \\u}", b"{\\rtf1" + b"{" * 9_999 + b"}"]
)
def test_broken_rich_text_says_little(content: bytes) -> None:
    assert "".join(extract(content).paragraphs) == ""


@pytest.mark.parametrize("content", [b"{\\rtf1", b"{\\rtf1 {{{{", b"{\\rtf1 \\u", b"{\\rtf1 \\'d4\\'c6\\par\r\n"])
def test_rich_text_without_its_end_says_so(content: bytes) -> None:
    with pytest.raises(UsageError, match="cut short"):
        extract(content)
