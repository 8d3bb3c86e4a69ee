import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.charset import decode

SIMPLIFIED = (
    "今年发展的主要预期目标是：地区生产总值增长百分之六左右，城镇新增就业三万人以上。",
    "市长朱镕在报告中提出，要把㙍乡水库和𠮷口大桥列为重点工程，投资二千七百万€。",
    "我们要全面推进乡村振兴，加快数字经济发展，让群众的日子越过越有奔头。",
    "过去一年，全市上下同心同德，经济社会发展的各项工作都取得了新的成绩。",
)
TRADITIONAL = (
    "今年發展的主要預期目標是：地區生產總值增長百分之六左右，城鎮新增就業三萬人以上。",
    "我們要全面推進鄉村振興，加快數字經濟發展，讓群眾的日子越過越有奔頭。",
    "過去一年，全市上下同心同德，經濟社會發展的各項工作都取得了新的成績。",
)
GB18030_ONLY = SIMPLIFIED[1]
GBK_TEXTS = [text for text in SIMPLIFIED if text is not GB18030_ONLY] + [
    "总理朱镕基到镇里看望群众，在村里和大家一起过年。"
]

ENCODED = [
    ("utf-8", SIMPLIFIED),
    ("utf-8", TRADITIONAL),
    ("gb18030", SIMPLIFIED),
    ("gbk", GBK_TEXTS),
    ("gb2312", SIMPLIFIED[2:]),
    ("big5hkscs", TRADITIONAL),
    ("cp950", TRADITIONAL),
]
LABELS = [
    "",
    "utf-8",
    "UTF8",
    "gb2312",
    "GBK",
    "gb18030",
    "big5",
    "iso-8859-1",
    "windows-1252",
    "shift_jis",
    "nonsense",
]

paragraphs = st.sampled_from(ENCODED).flatmap(
    lambda pair: st.tuples(st.just(pair[0]), st.lists(st.sampled_from(pair[1]), min_size=1, max_size=30))
)
labels = st.sampled_from(LABELS)


def html(texts: list[str], meta: str = "") -> str:
    tag = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    lines = "\n".join(f"<p>{text}</p>" for text in texts)
    return f"<html><head>{tag}</head><body class='main'>\n{lines}\n</body></html>"


def header(label: str) -> str:
    return f"text/html; charset={label}" if label else ""


@settings(deadline=None)  # busy machines are slow
@given(paragraphs, labels, labels)
def test_text_comes_out_right_whatever_the_labels_say(encoded: tuple[str, list[str]], meta: str, label: str) -> None:
    encoding, texts = encoded
    document = html(texts, meta)
    assert decode(document.encode(encoding), header(label))[0] == document


@settings(deadline=None)  # busy machines are slow
@given(paragraphs, labels, labels, st.data())
def test_one_broken_byte_costs_no_more_than_its_neighbours(
    encoded: tuple[str, list[str]], meta: str, label: str, data: st.DataObject
) -> None:
    encoding, texts = encoded
    # A line of its own for the damage: two-byte encodings stay out of step until the next ASCII character.
    texts = [*texts, texts[0]]
    head, body = html([], meta).split("</body>")[0], "\n".join(texts)
    raw = bytearray(body.encode(encoding))
    raw[data.draw(st.integers(0, len(raw) - 1).filter(lambda place: raw[place] != 0x0A))] = 0xFF
    text = decode(head.encode() + bytes(raw), header(label))[0]
    assert "\ufffd" in text
    for line, read in zip(body.split("\n"), bytes(raw).split(b"\n"), strict=True):
        assert line in text or read != line.encode(encoding)


@pytest.mark.parametrize(
    ("bom", "encoding"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
@pytest.mark.parametrize("label", LABELS)
def test_a_byte_order_mark_outranks_every_label(bom: bytes, encoding: str, label: str) -> None:
    document = html(list(SIMPLIFIED), label)
    assert decode(bom + document.encode(encoding), header(label)) == (document, encoding)


def test_a_mark_glued_before_gbk_does_not_mislead() -> None:
    document = html(GBK_TEXTS, "gbk")
    assert decode(b"\xef\xbb\xbf" + document.encode("gbk")) == (document, "gb18030")


def test_utf8_cut_within_its_last_character() -> None:
    text, encoding = decode(("报告全文：" + SIMPLIFIED[0]).encode()[:-1], "text/html; charset=gbk")
    assert encoding == "utf-8"
    assert text.startswith("报告全文：" + SIMPLIFIED[0][:-1])


def test_characters_beyond_gb2312_survive_its_label() -> None:
    document = html([GB18030_ONLY], "gb2312")
    assert decode(document.encode("gb18030"), header("gb2312")) == (document, "gb18030")


def test_big5_with_hong_kong_characters_and_with_the_euro_sign() -> None:
    hong_kong = TRADITIONAL[0] + "嘅嗰"
    euro = TRADITIONAL[0] + "€"
    assert decode(hong_kong.encode("big5hkscs"), header("big5")) == (hong_kong, "big5hkscs")
    assert decode(euro.encode("cp950"), header("big5")) == (euro, "cp950")


@pytest.mark.parametrize("declaration", ['<?xml version="1.0" encoding="big5"?>', "<meta charset=big5>"])
def test_a_label_inside_the_document_is_read(declaration: str) -> None:
    document = f"{declaration}<p>歷</p>"  # too little text to guess from
    assert decode(document.encode("big5"))[0] == document


def test_a_page_with_hardly_any_chinese_is_read_by_its_label() -> None:
    document = "<html>" + "<i>x</i>" * 20_000 + "璩</html>"
    assert decode(document.encode("gbk"), header("gb2312"))[0] == document


@pytest.mark.parametrize(
    ("label", "codec"), [("iso-8859-1", "cp1252"), ("windows-1251", "cp1251"), ("euc-kr", "cp949")]
)
def test_a_page_in_another_language_is_read_by_its_label(label: str, codec: str) -> None:
    texts = {"cp1252": "Déjà élu à l’unanimité", "cp1251": "Отчёт о работе правительства", "cp949": "정부 사업 보고서"}
    document = html([texts[codec]], label)
    assert decode(document.encode(codec)) == (document, codec)


@pytest.mark.parametrize("content", [b"", b"plain ASCII", b"\xff" * 50, b"\x00\x81" * 50, bytes(range(256)) * 4])
def test_anything_gives_some_text(content: bytes) -> None:
    text, encoding = decode(content, "text/html; charset=\x00" + '"' * 50)
    assert isinstance(text, str)
    assert encoding


@settings(deadline=None)  # busy machines are slow
@given(st.binary(max_size=300), st.text(max_size=60))
def test_never_fails(content: bytes, content_type: str) -> None:
    decode(content, content_type)
    decode(b"<meta charset=" + content, content_type)


@pytest.mark.parametrize(
    "unit",
    [SIMPLIFIED[0].encode("gbk"), b"\xff\xfe\xfd", b"<meta charset=   ", b"\x81\x30", b"<meta " + b" charset" * 8],
    ids=["gbk", "binary", "labels", "half characters", "almost labels"],
)
def test_twenty_megabytes_take_linear_time(unit: bytes) -> None:
    content = unit * (20_000_000 // len(unit))
    started = time.process_time()
    decode(content, "text/html; charset=" + " " * 100_000)
    assert time.process_time() - started < 30  # a quadratic step would take hours
