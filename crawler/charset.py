"""Bytes and what they are said to be -> text. Ring 1; of other libraries only resiliparse, for its detector.

Labels lie on Chinese pages: gb2312 means GBK or GB18030, a server's default says ISO-8859-1, a template's meta tag says
utf-8. So the bytes speak first: a byte order mark, then strict UTF-8, which nothing else passes by chance. After that
the readings that the header, the meta tag and the detector propose are tried in this order, GB18030 and Big5 last. One
is taken that has at most one broken byte in 2,000 and reads as Chinese; if none does, one that reads as Chinese though
more of it is broken; if none does, the first that is hardly broken (a French page stays French); else GB18030 with the
broken bytes replaced.

'Reads as Chinese' is what tells Big5 from GBK: both accept the other's bytes, but common characters come out only one
way.
"""

import codecs
import re
from collections.abc import Iterator

from resiliparse.parse.encoding import detect_encoding

from crawler.model import value

_TOLERANCE = 1 / 2000
_WORST = 1 / 20
_HEAD = 4096
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER_LABEL = re.compile(r"charset\s*=[\"'\s]*([\w.:-]{1,40})", re.IGNORECASE | re.ASCII)
_META_LABEL = re.compile(
    rb"<(?:meta\s[^<>]{0,500}?charset|\?xml\s[^<>]{0,200}?encoding)\s*=[\"'\s]*([\w.:-]{1,40})", re.IGNORECASE
)

# Labels of the WHATWG encoding standard, as far as they occur on Chinese sites, with the Python codecs that read the
# most.
_GB = ("gb18030",)
_BIG5 = ("big5hkscs", "cp950")
_WESTERN = ("cp1252",)
_CODECS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), ("utf-8",)),
    **dict.fromkeys(("gb2312", "gb_2312", "gb_2312-80", "gbk", "x-gbk", "gb18030", "cp936", "euc-cn", "chinese"), _GB),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5", "csbig5", "cp950"), _BIG5),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"), _WESTERN),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), ("cp932",)),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), ("cp949",)),
    **dict.fromkeys(("utf-16", "utf-16le"), ("utf-16-le",)),
    "utf-16be": ("utf-16-be",),
    "euc-jp": ("euc_jp",),
    **{f"windows-{page}": (f"cp{page}",) for page in (1250, 1251, 1253, 1254, 1256, 1258)},
    **{f"iso-8859-{part}": (f"iso8859-{part}",) for part in (2, 3, 4, 5, 6, 7, 9, 10, 13, 14, 15, 16)},
}

_SAMPLE = 4000
_SHARE = 0.15
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方"
    "多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日者意无力它与长把机十民第公此已工使情明性"
    "知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常"
    "先海通教原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打变四总何电数安少报才结反受目太量再感建务做接必场件计管期市"
    "直资命山金指许统区保至形社便空决治展科五基书非则界达光放强即难且权思完设式色路记南品住告类求据程北边该交规万取术领共确传师观清"
    "今切院让识带导争运府费增城县省镇村农财税投亿元项目企业"
    "這個們來為國時會說對學發經過後裡現當動還開從長與無機將業問關點應戰體見產變總電數報結務計資區統員場條題給實進樣間頭處氣萬億農縣鎮"
)
_ASCII = bytes(range(128))


@value
class _Reading:
    text: str
    encoding: str
    broken: float
    """Share of the bytes that could not be read."""

    def is_chinese(self) -> bool:
        """Whether of the characters beyond ASCII (the first few thousand) a good part are common Chinese ones."""
        beyond = self.text.encode("utf-8", "surrogatepass").translate(None, _ASCII)  # far faster than an expression
        sample = beyond[: 4 * _SAMPLE].decode("utf-8", "ignore")[:_SAMPLE]
        return bool(sample) and sum(map(_COMMON.__contains__, sample)) >= _SHARE * len(sample)


def decode(content: bytes, content_type: str = "") -> tuple[str, str]:
    """The text of a document, and the Python name of the encoding it was read in; never fails, takes linear time.

    `content_type` is the Content-Type header. What cannot be read becomes U+FFFD; a byte order mark is no part of the
    text.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            reading = _read(content[len(bom) :], encoding)
            if reading.broken <= _TOLERANCE or reading.is_chinese():
                return reading.text, encoding
            content = content[len(bom) :]  # Files in GBK with a mark glued before them exist.
            break
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _best(content, content_type)


def _best(content: bytes, content_type: str) -> tuple[str, str]:
    tried: list[_Reading] = []
    for reading in _readings(content, content_type):
        if reading.broken <= _TOLERANCE and reading.is_chinese():
            return reading.text, reading.encoding
        tried.append(reading)
    best = next((reading for reading in tried if reading.broken <= _WORST and reading.is_chinese()), None)
    # The first was UTF-8, proposed by nobody: unless it is Chinese, it is no choice.
    best = best or next((reading for reading in tried[1:] if reading.broken <= _TOLERANCE), None)
    best = best or _read(content, "gb18030")
    return best.text, best.encoding


def _readings(content: bytes, content_type: str) -> Iterator[_Reading]:
    """UTF-8 first, because broken UTF-8 reads as GB18030 all too well; then each proposal once."""
    yield _read(content, "utf-8")
    seen: set[tuple[str, ...]] = set()
    for label in _labels(content, content_type):
        names = _CODECS.get(label.lower())
        if names is not None and names not in seen:
            seen.add(names)
            yield min((_read(content, name) for name in names), key=lambda reading: reading.broken)


def _labels(content: bytes, content_type: str) -> Iterator[str]:
    if match := _HEADER_LABEL.search(content_type[:_HEAD]):
        yield match[1]
    if mark := _META_LABEL.search(content[:_HEAD]):
        yield mark[1].decode("ascii")
    yield detect_encoding(content) or ""
    yield "gb18030"
    yield "big5"


def _read(content: bytes, encoding: str) -> _Reading:
    text = content.decode(encoding, "replace")
    return _Reading(text=text, encoding=encoding, broken=text.count("\ufffd") / (len(content) or 1))
