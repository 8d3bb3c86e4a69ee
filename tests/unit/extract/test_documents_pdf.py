"""PDF files, drawn here, as a reader of the print sees them."""

import itertools
import zlib

import pytest

from crawler.errors import UsageError
from crawler.extract import extract
from crawler.extract.documents import inflation
from crawler.extract.documents import pdf as room
from crawler.extract.documents.kinds import PDF
from crawler.extract.documents.printed import read_printed
from crawler.extract.documents.sheets import Run, Sheet
from crawler.text import fingerprint
from tests.support.printed import HEIGHT, WIDTH, Drawn, assembled, column, page, pdf

pytest.importorskip("pypdfium2")

TEXT = "扎实推进乡村全面振兴，新建高标准农田三万亩，改造农村公路一百二十公里，惠及沿线群众，助力农业增效农民增收。"
MORE = "大力实施扩大有效投资行动，完成固定资产投资二百六十亿元，开工亿元以上项目四十个，强化要素保障和服务。"
TITLE = "云溪市二〇二六年政府工作报告"
PARAGRAPHS = [
    f"{ordinal}是{text[3 * turn : -1]}{text[: 3 * turn]}。"
    for turn, (ordinal, text) in enumerate(zip("一二三四五六七八", itertools.cycle((TEXT, MORE)), strict=False))
]


def read(*pages: Drawn) -> tuple[str, ...]:
    return extract(pdf(*pages)).paragraphs


def lines(width: int, texts: list[str] = PARAGRAPHS) -> list[str]:
    return [line for text in texts for line in column(text, width)]


def printed(width: int, rows: int, head: str = "云溪市人民政府公报", foot: str = "— {} —") -> list[Drawn]:
    """The report on pages of so many lines, with running head and foot."""
    body = lines(width)
    starts = range(0, len(body), rows)
    return [
        Drawn().say(220, 800, head, 9).lines(72, 760, body[start : start + rows]).say(280, 40, foot.format(number), 10)
        for number, start in enumerate(starts, 1)
    ]


def test_lines_become_paragraphs_over_pages_and_columns() -> None:
    assert read(*printed(36, 7)) == tuple(PARAGRAPHS)
    article = extract(pdf(page(TITLE, *lines(30))))
    assert (article.title, article.media_type) == (TITLE, PDF)


@pytest.mark.parametrize(("width", "rows"), [(36, 7), (30, 12), (22, 16), (33, 2), (35, 9)])
def test_the_same_text_on_other_paper_is_the_same(width: int, rows: int) -> None:
    assert read(*printed(width, rows)) == tuple(PARAGRAPHS)


@pytest.mark.parametrize(
    "foot", ["{}", "- {} -", "— {} —", "第{}页", "第 {} 页 共 9 页", "{}/9", "·{}·", "Page {} of 9", "[{}]"]
)
def test_page_numbers_go(foot: str) -> None:
    assert read(*printed(36, 7, foot=foot)) == tuple(PARAGRAPHS)
    assert read(page(*lines(36)).say(290, 40, foot.format(1))) == tuple(PARAGRAPHS)


def test_running_heads_go_though_they_bear_numbers_and_change_sides() -> None:
    pages = [
        Drawn().say(72 if n % 2 else 400, 800, f"云溪市公报 2026年第3期 {n}", 9).lines(72, 760, lines(36)[n * 5 :][:5])
        for n in range(4)
    ]
    assert "公报" not in "".join(read(*pages))


def test_a_head_of_two_pages_goes_where_it_stands_apart() -> None:
    assert read(*printed(36, 13)) == tuple(PARAGRAPHS)
    assert len(printed(36, 13)) == 2
    same = [page("同一行字。", "第一页。", "又一行。"), page("同一行字。", "第二页。", "又一行。")]
    assert "".join(read(*same)).count("同一行字") == 2


def test_a_number_inside_a_page_stays() -> None:
    assert "2024" in "".join(read(page(TEXT[:30], TEXT[:30], "2024", TEXT[:30], TEXT[:30])))


def test_a_number_at_the_end_of_a_page_that_does_not_count_pages_stays() -> None:
    assert "2024" in "".join(read(page(TEXT[:30], MORE[:30], "2024"), page(MORE[:20], TEXT[:20], "17")))


def test_two_columns_are_read_one_after_the_other_below_the_title() -> None:
    body = lines(18)
    half = len(body) // 2
    drawn = Drawn().say(130, 790, TITLE, 22).lines(60, 750, body[:half]).lines(310, 746, body[half:])
    assert read(drawn) == (TITLE, *PARAGRAPHS)


def test_three_columns_and_an_author_above_the_middle_one() -> None:
    body = lines(12)
    third = -(-len(body) // 3)
    drawn = Drawn().say(130, 800, TITLE, 22).say(270, 770, "王某某", 10)
    for number in range(3):
        drawn.lines(50 + 170 * number, 740, body[number * third :][:third], 11)
    assert read(drawn) == (TITLE, "王某某", *PARAGRAPHS)


def test_a_long_introduction_across_the_page_above_two_columns() -> None:
    intro, body = column("前言" + TEXT * 14, 40), lines(18)
    half = len(body) // 2
    drawn = Drawn().lines(60, 800, intro, step=18)
    drawn.lines(60, 770 - 18 * len(intro), body[:half]).lines(320, 770 - 18 * len(intro), body[half:])
    assert read(drawn) == ("前言" + TEXT * 14, *PARAGRAPHS)


def test_the_last_column_may_be_of_two_lines() -> None:
    body = lines(18)
    assert read(Drawn().lines(60, 780, body[:-2]).lines(310, 780, body[-2:])) == tuple(PARAGRAPHS)


def test_columns_above_and_below_a_headline_stay_apart() -> None:
    body = lines(18)
    first, second = body[:12], body[12:24]
    drawn = Drawn().lines(60, 780, first[:6]).lines(310, 780, first[6:])
    drawn.say(100, 640, "下半部分的标题横贯两栏之上的一整行文字", 20)
    drawn.lines(60, 600, second[:6]).lines(310, 600, second[6:])
    text = "".join(read(drawn))
    order = [text.index(part) for part in ("一是", "二是", "下半部分", "五是")]
    assert order == sorted(order)


def test_what_the_file_draws_last_is_read_where_it_stands() -> None:
    body = lines(36)
    drawn = Drawn()
    for row in reversed(range(len(body))):
        drawn.say(72, 760 - 20 * row, body[row])
    assert read(drawn) == tuple(PARAGRAPHS)


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "0 -1 1 0", "-1 0 0 -1"])
def test_a_turned_page_is_read_upright(matrix: str) -> None:
    drawn = Drawn(1000, 1000)
    for row, text in enumerate(lines(30)):
        place = {
            "0 1 -1 0": (100 + 20 * row, 100),
            "0 -1 1 0": (900 - 20 * row, 900),
            "-1 0 0 -1": (900, 100 + 20 * row),
        }[matrix]
        drawn.say(*place, text, matrix=matrix)
    assert read(drawn) == tuple(PARAGRAPHS)


def test_a_page_whose_corners_are_named_the_other_way_round() -> None:
    content = pdf(page(*lines(36)))
    other = content.replace(b"MediaBox[0 0 595 842]", b"MediaBox[595 842 0 0]")
    assert other != content
    assert extract(other).paragraphs == tuple(PARAGRAPHS)


def test_text_beside_the_page_is_not_read() -> None:
    assert read(page(*lines(36)).say(72, 900, "裁切线外")) == tuple(PARAGRAPHS)


def test_a_watermark_set_aslant_is_not_read() -> None:
    drawn = page(*lines(36)).say(200, 300, "内部资料", 60, ".707 .707 -.707 .707")
    assert read(drawn) == tuple(PARAGRAPHS)


def test_letters_drawn_twice_for_bold_print_count_once() -> None:
    assert read(page(TITLE, *lines(36)).say(72.3, 760, TITLE)) == (TITLE, *PARAGRAPHS)


def test_a_title_over_two_lines_is_one_and_what_follows_is_not() -> None:
    drawn = Drawn().say(200, 790, "云溪市人民政府", 22).say(210, 755, "二〇二六年工作", 22)
    drawn.say(190, 720, "（二〇二六年一月五日）").say(270, 690, "王某某").lines(72, 660, lines(36))
    assert read(drawn) == ("云溪市人民政府二〇二六年工作", "（二〇二六年一月五日）", "王某某", *PARAGRAPHS)


def test_a_heading_is_not_glued_to_the_text_behind_it() -> None:
    body = [*column("一、二〇二五年工作回顾", 36), *column(TEXT, 36), *column("（一）稳增长", 36), *column(MORE, 36)]
    assert read(page("各位代表：", *body)) == ("各位代表：", "一、二〇二五年工作回顾", TEXT, "（一）稳增长", MORE)


def test_a_wider_gap_parts_paragraphs_without_indent() -> None:
    drawn = Drawn().lines(72, 760, [TEXT[:36], TEXT[36:]]).lines(72, 690, [MORE[:36], MORE[36:]])
    assert read(drawn) == (TEXT, MORE)


def test_words_keep_their_blanks_and_hyphenated_ones_are_put_together() -> None:
    first = "This line of the report is as wide as the printed col-"
    assert read(page(first, "umn is, and it ends here.")) == (first[:-1] + "umn is, and it ends here.",)
    assert read(page("全市 GDP growth", "of 6% was met")) == ("全市GDP growth of 6% was met",)


def test_a_number_broken_at_the_end_of_a_line_is_one() -> None:
    whole = "一" * 35 + "20"
    assert read(page(whole, "26年增长6%左右。")) == (whole + "26年增长6%左右。",)


def test_radicals_become_the_characters_they_stand_for() -> None:
    assert read(page("⼯作报告⻓期")) == ("工作报告长期",)


def test_contents_go_with_their_heading() -> None:
    drawn = page("目  录", "一、工作回顾…………………… 1", "二、工作安排........................12", "各位代表：", *lines(36))
    assert read(drawn) == ("各位代表：", *PARAGRAPHS)
    assert read(page("目录", "没有页码的一行")) == ("目录", "没有页码的一行")


def test_notes_at_the_foot_of_pages_come_last() -> None:
    body = lines(36)
    pages = [
        Drawn().lines(72, 760, body[:7]).say(72, 120, "① 按可比价格计算。", 9),
        Drawn().lines(72, 760, body[7:]).say(72, 120, "② 含在校学生。", 9),
    ]
    assert read(*pages) == (*PARAGRAPHS, "①按可比价格计算。", "②含在校学生。")


def ruled(*rows: tuple[str, str, str], drawn: Drawn | None = None, top: float = 700) -> Drawn:
    drawn = drawn or Drawn()
    drawn.grid([60, 200, 300, 400], [top - 20 * row for row in range(len(rows) + 1)])
    for row, cells in enumerate(rows):
        for x, text in zip((62, 202, 302), cells, strict=True):
            drawn.say(x, top - 15 - 20 * row, text)
    return drawn


def test_a_ruled_table_is_read_cell_by_cell_with_empty_cells_in_place() -> None:
    drawn = ruled(("指标", "二〇二五", "二〇二六"), ("生产总值", "", "6%"), ("就业", "1.1", "1.2"))
    assert read(drawn) == ("指标 | 二〇二五 | 二〇二六", "生产总值 | | 6%", "就业 | 1.1 | 1.2")


def test_cells_of_several_lines_and_over_several_rows() -> None:
    drawn = Drawn()
    for x in (60, 160, 300):
        drawn.rule(x, 700, x, 620)
    for y in (700, 620):
        drawn.rule(60, y, 300, y)
    drawn.rule(160, 660, 300, 660)
    drawn.lines(62, 680, ["民生实事"]).lines(162, 685, ["新增养老床位", "五百张"], step=14).say(162, 640, "学位")
    assert read(drawn) == ("民生实事 | 新增养老床位五百张", "| 学位")


def test_rows_of_numbers_that_no_rule_parts_are_rows() -> None:
    drawn = Drawn().grid([60, 160, 220, 300], [700, 640])
    for x, texts in ((62, ("甲县", "乙县", "丙县")), (162, ("1,250", "980", "1,020")), (222, ("6%", "5.5%", ""))):
        drawn.lines(x, 685, texts, step=18)
    assert read(drawn) == ("甲县 | 1,250 | 6%", "乙县 | 980 | 5.5%", "丙县 | 1,020 |")


def test_the_heading_of_a_table_that_goes_on_is_read_once() -> None:
    head = ("指标", "完成", "目标")
    pages = [ruled(head, (f"第{n}项", "1", str(n)), (f"第{n}条", "3", "4"), top=780) for n in "甲乙丙"]
    assert "".join(read(*pages)).count("指标 | 完成 | 目标") == 1


def test_gaps_that_agree_make_a_table_without_rules() -> None:
    drawn = Drawn()
    for row, cells in enumerate([("指标", "单位", "目标"), ("生产总值", "亿元", "6%"), ("新增就业", "万人", "1.2")]):
        for x, text in zip((72, 200, 300), cells, strict=True):
            drawn.say(x, 700 - 20 * row, text)
    assert read(drawn) == ("指标 | 单位 | 目标", "生产总值 | 亿元 | 6%", "新增就业 | 万人 | 1.2")


def test_items_of_a_list_are_no_table() -> None:
    items = (("•", "第一点内容"), ("•", "第二点内容"), ("1.", "第三点内容。"), ("2.", "第四点的内容要长一些。"))
    drawn = Drawn()
    for row, (mark, text) in enumerate(items):
        drawn.say(72, 700 - 20 * row, mark).say(100, 700 - 20 * row, text)
    told = read(drawn)
    assert told[:1] == ("第一点内容",)
    assert told[1].startswith("第二点内容")
    assert "1.第三点内容。2.第四点的内容要长一些。" in "".join(told)
    assert " | " not in "".join(told)


def test_a_title_in_letters_set_wide_is_no_table() -> None:
    drawn = Drawn()
    for at, sign in enumerate("政府工作报告"):
        drawn.say(120 + 50 * at, 780, sign, 20)
    assert read(drawn.lines(72, 720, lines(36))) == ("政府工作报告", *PARAGRAPHS)


def test_frames_and_drawings_of_many_lines_are_no_tables() -> None:
    framed = page(*lines(36)).grid([20, WIDTH - 20], [20, 800, HEIGHT - 20])
    assert read(framed) == tuple(PARAGRAPHS)
    drawn = page(*lines(36)).grid([3.0 * place for place in range(900)], [3.0 * place for place in range(900)])
    assert read(drawn) == tuple(PARAGRAPHS)


def test_a_scanned_file_says_so() -> None:
    scan = Drawn().picture()
    for pages in ([scan, scan], [Drawn()], [scan.say(290, 40, "1")], [page(*lines(36)), scan, scan]):
        with pytest.raises(UsageError, match="scanned"):
            read(*pages)


def test_a_text_of_signs_for_private_use_says_so() -> None:
    run = Run("".join(chr(0xE000 + n) for n in range(60)) + "第一页", 72, 100, 500, 112, 12)
    with pytest.raises(UsageError, match="fonts do not tell"):
        read_printed([Sheet([run], [])])


def test_pages_of_pictures_amid_text_are_none_of_its_business() -> None:
    assert read(page(*lines(36)), Drawn().picture()) == tuple(PARAGRAPHS)


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "pypdfium2", None)
    with pytest.raises(UsageError, match=r"report-crawler\[documents\]"):
        read(page("x"))


def test_an_encrypted_file_says_so() -> None:
    encrypted = b"<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">/P -4>>"
    content = assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", encrypted],
                        b"/Encrypt 3 0 R/ID[<00><00>]")  # fmt: skip
    with pytest.raises(UsageError, match="password"):
        extract(content)


@pytest.mark.parametrize("content", [b"%PDF-1.4 broken", *(pdf(page(*lines(36)))[:cut] for cut in (20, 200, 400))])
def test_a_damaged_file_says_so(content: bytes) -> None:
    with pytest.raises(UsageError, match="damaged or cut short"):
        extract(content)


def test_too_many_pages_or_none_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="damaged"):
        read()
    monkeypatch.setattr(room, "MAX_PAGES", 2)
    with pytest.raises(UsageError, match="3 pages"):
        read(page("一"), page("二"), page("三"))


def test_too_many_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_CHARACTERS", 100)
    with pytest.raises(UsageError, match="100 characters"):
        read(page(*lines(36)))


def test_a_changed_number_is_the_only_difference() -> None:
    old, new = (pdf(*printed(36, 7)), pdf(*printed(30, 12)))
    assert fingerprint(extract(old).body) == fingerprint(extract(new).body)
    edited = pdf(page(*lines(36, [PARAGRAPHS[0].replace("三万亩", "四万亩"), *PARAGRAPHS[1:]])))
    assert extract(edited).paragraphs == (PARAGRAPHS[0].replace("三万亩", "四万亩"), *PARAGRAPHS[1:])


def bomb(head: bytes, unpacked: int = 3_000_000) -> bytes:
    """A file with one stream of blanks."""
    stream = zlib.compress(b" " * unpacked)
    catalogue, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[4 0 R]>>"
    content = b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), head, stream)
    return assembled([catalogue, pages, content, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 3 0 R>>"])


@pytest.mark.parametrize(
    ("head", "limit"),
    [
        (b"/Filter/FlateDecode", "MAX_CONTENT"),
        (b"/Filter/FlateDecode/Length1 9", "MAX_FONT"),
        (b"/Filter/FlateDecode/Subtype/Image", "MAX_IMAGE"),
    ],
)
def test_a_stream_that_unpacks_to_too_much_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch, head: bytes, limit: str
) -> None:
    with pytest.raises(UsageError, match="scanned"):
        extract(bomb(head))
    monkeypatch.setattr(inflation, limit, 2_000_000)
    with pytest.raises(UsageError, match="more than 2 MB"):
        extract(bomb(head))


def test_streams_compressed_twice_and_pages_that_share_a_large_one_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="twice"):
        extract(bomb(b"/Filter[/FlateDecode/FlateDecode]"))
    monkeypatch.setattr(room, "MAX_WORK", 1_000)
    with pytest.raises(UsageError, match="drawing"):
        extract(pdf(page(*lines(36)), compress=True))


def test_a_stream_that_is_not_what_it_says_is_left_to_the_reader() -> None:
    content = pdf(page(*lines(36)), compress=True)
    assert extract(content).paragraphs == tuple(PARAGRAPHS)
    at = content.index(b"stream\n") + 40
    broken = content[:at] + bytes(8) + content[at + 8 :]
    try:
        extract(broken)
    except UsageError as error:
        said = str(error)
        assert "PDF" in said


def test_forms_that_differ_in_nothing_but_a_number_keep_it() -> None:
    assert read(*(page(f"第{n}号", f"增长{n}%") for n in range(1, 5))) != ()
