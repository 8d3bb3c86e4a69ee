"""Is this reading a report page at all, and may it replace the version we hold? Ring 1.

Three degrees of doubt. **Hard**: a bot check, a login or error page, an empty shell; it never becomes a version.
**Patient**: another article, a remnant, a text cut within a sentence; it becomes one only if it stands for
`suspect_after`. **Soft**: a text that shrank strongly or lost all its targets may be a broken page or a large edit; it
becomes a version when a second, separate check reads the same text.

Of an article of many parts each is judged by itself too, where it is new or changed: one broken part is lost in the
length of the others.
"""

import re
from collections.abc import Iterable, Iterator

from crawler.checks import Document, Due
from crawler.discover import shares
from crawler.extract.documents import media_type_of
from crawler.model import value
from crawler.text import fold

SHORT = 800
"""Characters; a block, login or error page says its piece in less, and a report that quotes such words is longer."""

BRIEF = 200
"""Characters; the same for a part never seen before, as the parts of a report may be short themselves."""

LEAST = 20
"""Characters; a body shorter than this is an empty shell."""

REMNANT = 0.2
SHRUNK = 0.6
"""Shares of the old text's length below which a text is hardly a report any more, or may be a broken one."""

ALIKE = 0.4
"""Share of a text's runs of four characters below which it is another article."""

SENTENCE_ENDS = frozenset("。！？；….!?;:：”’\"')）】》")

KEPT = 0.9
"""Share of the old text's runs of four characters that makes a text without its targets an edit, no broken page."""

LOST = 0.4
"""A known part that keeps less than this share of its text may be broken, however whole the others are."""

WHOLE = 0.98
"""A text that is the start of the old one, and shorter than this share of it, may have been cut short."""

BROKEN = "\ufffd"
TORN = 8
"""Characters at the end of a text; a broken one among them shows that the bytes were cut short."""

_WORDS = {
    "bot check": """
        安全验证 人机(?:身份)?验证 滑动验证 拖动滑块 点击(?:完成)?验证 请?输入验证码(?:继续|后) 访问(?:过于|太)频繁
        异常(?:访问|流量) (?:访问|请求)已?被(?:拦截|拒绝|阻断) 网站防火墙 云防护 加速乐 正在(?:检查|检测)您?的?浏览器
        checking_your_browser verify_(?:that_)?you_are are_you_a_robot just_a_moment attention_required
        access_denied request_blocked enable_javascript captcha""",
    "login page": """
        请先?登录 登录后(?:查看|阅读|继续|可见) 扫码登录 [用会][户员]登录 统一身份认证 please_(?:log|sign)_?in
        sign_in_to_continue""",
    "maintenance page": """
        (?:系统|网站|服务器)(?:正在)?(?:升级)?维护(?:中|[,，]) (?:系统|网站|服务器)升级中 网站(?:正在)?建设中
        (?:正在|暂停)(?:维护|服务|升级) under_maintenance
        temporarily_unavailable""",
    "error page": """
        页面(?:不存在|找不到|未找到|丢失|已?被?删除|无法访问) 找不到[该您你此要页] (?:访问|请求)的页面
        (?:内容|文章|信息|资源)(?:不存在|已被?(?:删除|下架|撤销)) 服务器(?:内部)?错误 系统(?:繁忙|错误|异常) 40[34]错误
        error_40[34] 40[34]_(?:not_found|forbidden) page_not_found internal_server_error bad_gateway
        service_unavailable gateway_time-?out""",
}
"""What such pages say, as regular expressions set apart by blanks (an underscore is a blank)."""

_BLOCKS = {name: re.compile("|".join(words.split()).replace("_", " "), re.IGNORECASE) for name, words in _WORDS.items()}


@value
class Doubt:
    """Why a reading is not believed (yet)."""

    reason: str
    hard: bool = False
    """It can never be a version."""
    patient: bool = False
    """It is hardly an edit: a second look is not enough, only time (`suspect_after`) makes it one."""


@value
class _Piece:
    """What one address adds to the document, where that is new or changed."""

    url: str
    text: str
    before: str
    """What it added to the old version; empty: nothing, or it was not known."""
    last: bool
    select: str = ""
    """The hand-written selector that should name its text; empty: none."""


def doubt(due: Due, document: Document, old_text: str) -> Doubt | None:
    """What speaks against the reading; None if it is plausible. `old_text` is empty where there is no version yet."""
    pieces = tuple(_pieces(due, document, old_text))
    if reason := _no_report(due, document, old_text) or _first(_broken(piece) for piece in pieces):
        return Doubt(reason=reason, hard=True)
    if reason := _first(_torn(piece) for piece in pieces):
        return Doubt(reason=reason, patient=True)
    return _departs(due, document, old_text, pieces) if due.version else None


def _departs(due: Due, document: Document, old_text: str, pieces: Iterable[_Piece]) -> Doubt | None:
    """What speaks against the reading as one of the report known."""
    known = _shingles(old_text)
    if reason := _remnant(document.text, old_text) or _stranger(document.text, known):
        return Doubt(reason=reason, patient=True)
    reason = _shrunk(due, document, old_text, known) or _first(_worn(each, known) for each in pieces)
    reason = reason or _vanished(due, document)
    return Doubt(reason=reason) if reason else None


def _first(reasons: Iterable[str | None]) -> str | None:
    return next(filter(None, reasons), None)


def _no_report(due: Due, document: Document, old_text: str) -> str | None:
    text = document.text
    if (name := _block(document.title, text, SHORT)) and not _block(due.title, old_text, SHORT):
        return f"looks like a {name}: {(text or document.title)[:60]!r}"
    return _nothing(text, due.source.body.select) if len(fold(text)) < LEAST else None


def _nothing(text: str, select: str | None) -> str:
    where = f" in the element that body.select names ({select})" if select else ""
    return f"no report text found ({len(text)} characters){where}"


def _block(title: str, text: str, limit: int) -> str | None:
    if len(text) > limit:
        return None
    return next((name for name, pattern in _BLOCKS.items() if pattern.search(f"{title}\n{text}")), None)


def _pieces(due: Due, document: Document, old_text: str) -> Iterator[_Piece]:
    """The document's parts that are new or changed; all of it where it never had more than one."""
    if max(len(document.parts), len(due.parts)) < 2:
        yield _Piece(url=document.url, text=document.text, before=old_text, last=True)
        return
    old = shares(due.parts, old_text.split("\n"))
    last, first, select = _last_page(document), document.parts[0].url, due.source.body.select or ""
    for url, share in shares(document.parts, document.paragraphs).items():
        text, before = "\n".join(share), "\n".join(old.get(url, ()))
        if text != before or url not in old:
            # A notice may leave all to its documents; an element asked for by hand is missed on every other part.
            excused = url == last and (bool(text) or url == first or not select)
            yield _Piece(url=url, text=text, before=before, last=excused, select=select)


def _last_page(document: Document) -> str:
    """The last part that is a page: behind a notice come the documents it leads to, and it may say next to nothing."""
    documents = {each.url for each in document.captures if media_type_of(each.content) != "text/html"}
    urls = [part.url for part in document.parts]
    return next((url for url in reversed(urls) if url not in documents), urls[-1])


def _broken(piece: _Piece) -> str | None:
    """A part that is an empty shell or a block page: the document is not whole."""
    text, before = piece.text, piece.before
    # The last part may be no more than a date, and a short one may be edited.
    unlike = len(text) < LOST * len(before) if before else not piece.last
    if unlike and len(fold(text)) < LEAST:
        return f"{_nothing(text, piece.select)} on part {piece.url}"
    limit = SHORT if before and _known(text, _shingles(before)) < ALIKE else BRIEF
    if (name := _block("", text, limit)) and not _block("", before, limit):
        return f"part {piece.url} looks like a {name}: {text[:60]!r}"
    return None


def _torn(piece: _Piece) -> str | None:
    """A text that ends within a character, or as a known one does in the middle of a sentence."""
    if BROKEN in piece.text[-TORN:] and BROKEN not in piece.before[-TORN:]:
        return f"the text of {piece.url} ends within a character: it may be cut short"
    text, before = fold(piece.text), fold(piece.before)
    if before.startswith(text) and len(text) < WHOLE * len(before) and text[-1:] not in SENTENCE_ENDS:
        whole = {fold(line) for line in piece.before.split("\n")}
        if fold(piece.text.rpartition("\n")[2]) not in whole:
            return f"the text of {piece.url} ends within a sentence: it may be cut short"
    return None


def _remnant(text: str, old_text: str) -> str | None:
    if len(text) < REMNANT * len(old_text):
        return f"the text shrank from {len(old_text)} to {len(text)} characters"
    return None


def _worn(piece: _Piece, known: set[str]) -> str | None:
    """A known part that ends too early, or that says something else altogether."""
    text, before = fold(piece.text), fold(piece.before)
    if not before:
        return None
    share = len(text) / len(before)
    if share < LOST:
        return f"the text of {piece.url} shrank from {len(before)} to {len(text)} characters"
    if share < WHOLE and before.startswith(text):
        return f"the text of {piece.url} ends at {share:.0%} of the old one: it may be cut short"
    if _known(piece.text, known) < ALIKE:
        return f"the text of {piece.url} is unknown: it may be another page"
    return None


def _vanished(due: Due, document: Document) -> str | None:
    """A known part that is no part any more."""
    there = {part.url for part in document.parts}
    missing = [part.url for part in due.parts if part.url not in there]
    return f"part {missing[0]} is missing" if missing and len(due.parts) > 1 else None


def _shrunk(due: Due, document: Document, old_text: str, known: set[str]) -> str | None:
    old, new = len(old_text), len(document.text)
    if new < SHRUNK * old:
        return f"the text shrank from {old} to {new} characters"
    promised = sum(target.status == "target" for target in document.targets)
    if due.target_count >= 3 and not promised and len(known & _shingles(document.text)) < KEPT * len(known):
        return f"all {due.target_count} targets are missing"
    return None


def _stranger(text: str, known: set[str]) -> str | None:
    shared = _known(text, known)
    return f"only {shared:.0%} of the text is known: it may be another article" if shared < ALIKE else None


def _known(text: str, old: set[str]) -> float:
    """Which share of the shorter text stands in the other (given as `_shingles`), by runs of four characters."""
    new = _shingles(text)
    return len(old & new) / max(1, min(len(old), len(new)))


def _shingles(text: str, size: int = 4) -> set[str]:
    folded = fold(text)
    return {folded[i : i + size] for i in range(max(1, len(folded) - size + 1))}
