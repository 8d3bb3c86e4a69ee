"""Whatever a document holds, reading it ends soon, in little memory, with its text or with a clear message."""

import base64
import random

import pytest

from bench.hostile import SENTENCE
from bench.hostile_documents import DOCUMENTS, REFUSED
from crawler.errors import UsageError
from crawler.extract import extract
from tests.support.bounded import read_within_limits
from tests.support.oldword import doc
from tests.support.printed import page as printed
from tests.support.printed import pdf
from tests.support.word import docx, levels, listed, paragraph, table

SIZE, SECONDS = 1, 8
DRAWS = 60
TEXT = ("云溪市2026年政府工作报告", "各位代表：", "增长6%左右，新增就业2万人。", "一、工作回顾")
RTF = (
    b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0 Song;}}{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}"
    + "".join(f"\\u{ord(sign)}?" for sign in TEXT[2]).encode()
    + b"\\par\\trowd\\intbl a\\cell b\\cell\\row\\pard \\'d4\\'c6\\par}"
)
MHTML = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary="x"\r\n\r\n--x\r\nContent-Type: text/html;'
    b' charset="gb2312"\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n--x--\r\n'
)
BODY = "".join(map(paragraph, TEXT))
SAMPLES = {
    "doc": doc(*TEXT, ("指标", "目标"), hidden=[(3, 5)], listed={3: 0}, levels=[(39, "\0、")]),
    "docx": docx(BODY + table(("指标", "目标")) + paragraph("一", properties=listed(1)),
                 numbering=levels(("decimal", "%1."))),
    "flat": f'<?xml version="1.0"?><w:wordDocument xmlns:w="x">{BODY}</w:wordDocument>'.encode(),
    "rtf": RTF,
    "mhtml": MHTML % (b"base64", base64.b64encode("<p>云溪市政府工作报告</p>".encode("gb2312"))),
    "mhtml in signs": MHTML % (b"quoted-printable", b"<p>=D4=C6=CF=AA</p>" * 20),
    "pdf": pdf(printed(*TEXT), printed(*TEXT).grid((60, 200, 400), (100, 200, 300)).picture(), compress=True),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["doc", "docx", "rtf", "mhtml", "pdf"])
def test_a_hostile_document_gives_its_text_or_says_why_not(kind: str) -> None:
    names = [name for name in DOCUMENTS if name.partition(":")[0] == kind]
    told = read_within_limits("bench.hostile_documents", "DOCUMENTS", names, SIZE, SECONDS)
    refused = {name for name in names if told[name].startswith("refused: ")}
    assert {name: told[name] for name in names if name not in refused and SENTENCE not in told[name]} == {}
    assert refused == REFUSED & set(names)


def damaged(content: bytes, draw: random.Random) -> bytes:
    """The document cut short; a stretch of it left out, said twice or filled with one byte; some bytes changed."""
    start, end = sorted(draw.choices(range(len(content)), k=2))
    end = min(end, start + 300)
    between = draw.choice((b"", content[start:end] * 2, bytes([draw.choice((0, 1, 0x7F, 0x80, 0xFF))]) * (end - start)))
    whole = bytearray(content[:start] + between + (content[end:] if draw.random() < 0.8 else b"\0"))
    for _ in range(draw.choice((0, 1, 20))):
        whole[draw.randrange(len(whole))] = draw.randrange(256)
    return bytes(whole)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_damaged_document_gives_a_text_or_says_why_not(kind: str) -> None:
    told = [said(damaged(SAMPLES[kind], random.Random(seed))) for seed in range(DRAWS)]
    assert all(isinstance(each, str) for each in told)
    assert len(set(told)) > 3


def said(content: bytes) -> str:
    try:
        return extract(content).body
    except UsageError as error:
        return f"refused: {error}"


@pytest.mark.parametrize("kind", SAMPLES)
def test_what_is_damaged_here_can_be_read_as_long_as_it_is_whole(kind: str) -> None:
    assert "6%" in said(SAMPLES[kind]) or "云溪" in said(SAMPLES[kind])
