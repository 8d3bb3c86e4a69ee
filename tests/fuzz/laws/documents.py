"""Any document that is no page: its paragraphs, or a refusal for a person; the same each time."""

import io
import zipfile

from crawler.errors import UsageError
from crawler.extract import extract
from crawler.extract.normalize import normalize
from crawler.model import Article

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PIECES = (
    f"<w:document {_W}><w:body>", "</w:body></w:document>", "<w:p><w:r><w:t>", "</w:t></w:r></w:p>", "<w:p>",
    "</w:p>", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", "<w:tab/>", "<w:br/>", "<w:del>", "</w:del>",
    "<w:instrText>", "</w:instrText>", "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>",
    "<w:gridSpan w:val='99999999'/>", "<w:vanish/>", "<!DOCTYPE a [", "<!ENTITY b 'cc'>", "&b;", "]>",
    "全区生产总值增长6%左右。", "{\\rtf1\\ansi\\ansicpg936 ", "\\par ", "\\'c8\\'ab", "\\u20840?", "{", "}",
    "\\pict ", "\\bin99999999 ", "\\fonttbl", "{\\*\\generator x;}", "\\trowd\\cellx99\\intbl ", "\\cell ", "\\row ",
    "\\uc9 ", "\\u-99999 ", "MIME-Version: 1.0\n", "Content-Type: multipart/related; boundary=\"b\"\n\n", "--b\n",
    "--b--\n", "Content-Type: text/html; charset=gb2312\n", "Content-Transfer-Encoding: base64\n\n",
    "Content-Transfer-Encoding: quoted-printable\n\n", "=E5=85=A8", "PD94", "\n", "\f", "\x0b", "\0",
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check(data: bytes) -> None:
    """The first byte says what the others are: text of a .docx, its numbering, RTF, a .doc, MHTML or plain text."""
    kind, rest = (data[0] % 6, data[1:]) if data else (5, b"")
    content = (_docx(rest), _docx(_BODY, rest), b"{\\rtf1" + rest, _OLE + rest, b"MIME-Version: 1.0\n" + rest, rest)[
        kind
    ]
    label = "text/plain" if kind == 5 else ""
    article = _read(content, label)
    assert article == _read(content, label), "the same document was read otherwise"
    for paragraph in article.paragraphs if article else ():
        assert paragraph, "an empty paragraph"
        assert normalize(paragraph) == paragraph, f"not normal: {paragraph!r}"


_BODY = (
    f"<w:document {_W}><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
    "<w:r><w:t>一项工作</w:t></w:r></w:p></w:body></w:document>"
).encode()


def _refused(error: UsageError) -> None:
    assert str(error), "refused without a reason"


def _docx(document: bytes, numbering: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("word/document.xml"), document)
        if numbering:
            archive.writestr(zipfile.ZipInfo("word/numbering.xml"), numbering)
    return file.getvalue()


def _read(content: bytes, label: str) -> Article | None:
    """None: refused."""
    try:
        return extract(content, "http://www.example.org/1", label)
    except UsageError as error:
        return _refused(error)
