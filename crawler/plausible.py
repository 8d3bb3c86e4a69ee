"""Is this reading a report page at all, and may it replace the version we hold? Ring 1.

Three degrees of doubt. **Hard**: a bot check, a login or error page, an empty shell; it never becomes a version.
**Patient**: another article, a remnant, a text cut short; it becomes one only if it stands for `STANDS` times
`suspect_after`. **Soft**: a text that shrank strongly or lost all its targets may be a broken page or a large edit, and
so may one that is all new but reads as the same report's next edition; it becomes a version when a second, separate
check reads the same text. Between them: parts that went while the others stayed as they were wait for `suspect_after`.

Of an article of many parts each is judged by itself too, where it is new or changed: one broken part is lost in the
length of the others.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.checks import Capture, Document, Due, Stood
from crawler.discover import shares
from crawler.extract.documents import media_type_of
from crawler.impostor import SHORT, breaks_off, ends_within, kind_of_block, speaks_of_the_web
from crawler.model import value
from crawler.text import fold

BRIEF = 200
"""Characters; a block page in the place of a part never seen before says its piece in less, as parts may be short."""

BARE = 100
"""Characters; a first text shorter than this that names no place, year or figure is hardly a report."""

LEAST = 20
"""Characters; a body shorter than this is an empty shell."""

REMNANT = 0.2
SHRUNK = 0.6
"""Shares of the old text's length below which a text is hardly a report any more, or may be a broken one."""

ALIKE = 0.4
"""Share of a text's runs of four characters below which it is another article."""

STOPS, CLOSERS = frozenset("。！？；….!?;"), "”’\"')）】》"
SENTENCE_ENDS = STOPS | frozenset(":：" + CLOSERS)

SAME = 0.8
"""Share of a text's runs of four characters below which one that names another place is another report."""

KEPT = 0.9
"""Share of the old text's runs of four characters that makes a text without its targets an edit, no broken page."""

LOST = 0.4
"""A known part that keeps less than this share of its text may be broken, however whole the others are."""

WHOLE = 0.98
"""A text that is the start of the old one, and shorter than this share of it, may have been cut short."""

BROKEN = "\ufffd"
TORN = 8
"""Characters at the end of a text; a broken one among them shows that the bytes were cut short."""

STANDS = 7
"""Times `suspect_after`: so long a text that is hardly an edit must stand to become a version."""

WEB_PAGE = "page about the website"

LEAST_TITLE = 4
FIGURES = 3
"""So many targets, rates or growths a text must hold to be taken for a report's next edition."""

_HOME = re.compile(r"/?(?:(?:index|default|home|main)(?:\.\w{1,5})?)?")

_VARYING = re.compile(r"\([^()]{0,40}\)|[\d〇零○一二三四五六七八九十]{2,}年?|\W")
"""What differs between the titles of two years' reports."""


@value
class Doubt:
    """Why a reading is not believed (yet)."""

    reason: str
    hard: bool = False
    """It can never be a version."""
    wait: timedelta = timedelta(0)
    """So long it must have been read again and again to become one; zero: a second look is enough."""


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


def doubt(due: Due, document: Document, old_text: str, *, cut: bool = False) -> Doubt | None:
    """What speaks against the reading; None if it is plausible. `old_text` is empty where there is no version yet.

    `cut` says that the page's bytes end before the page was closed, which they did not when the old text was read.
    """
    pieces = tuple(_pieces(due, document, old_text))
    if reason := _no_report(due, document, old_text) or _first(_broken(piece) for piece in pieces):
        return Doubt(reason=reason, hard=True)
    reason = _first(_torn(piece) for piece in pieces) or (_cut_off(document, old_text) if cut else None)
    if reason:
        return Doubt(reason=reason, wait=_patience(due))
    return _departs(due, document, old_text, pieces) if due.version else _unfinished(due, document)


def returning(due: Due, earlier: Stood, now: datetime) -> Doubt:
    """The text is that of an earlier version: mirrors that differ, a stale copy, or an edit taken back.

    It is told when it has been read twice and `suspect_after` has passed since the edit it takes back; of a page that
    goes back and forth, when it has stood for as long.
    """
    held, after = due.suspicion, due.source.suspect_after
    since = held.stands if held and held.fingerprint else now
    wait = after if is_swinging(due, now) else max(timedelta(0), after - max(timedelta(0), since - earlier.until))
    reason = (
        f"it says again what version {earlier.number} said: mirrors that differ, a stale copy, or an edit taken back"
    )
    return Doubt(reason=reason, wait=wait)


def is_swinging(due: Due, now: datetime) -> bool:
    """Whether the page came back from an earlier version's text a short time ago."""
    return due.swung_at is not None and now - due.swung_at < due.source.suspect_after


def is_cut(document: Document) -> bool:
    """Whether the bytes of any of its pages end before the page was closed."""
    return any(breaks_off(capture.content) for capture in document.captures if _is_page(capture))


def _is_page(capture: Capture) -> bool:
    return media_type_of(capture.content) == "text/html"


def _patience(due: Due) -> timedelta:
    return STANDS * due.source.suspect_after


def _departs(due: Due, document: Document, old_text: str, pieces: Sequence[_Piece]) -> Doubt | None:
    """What speaks against the reading as one of the report known."""
    known = _shingles(old_text)
    if reason := _remnant(document.text, old_text):
        return Doubt(reason=reason, wait=_patience(due))
    if reason := _stranger(document.text, known) or _elsewhere(due, document, old_text, known):
        return Doubt(reason=reason, wait=timedelta(0) if _is_next_edition(due, document) else _patience(due))
    vanished = _vanished(due, document)
    if vanished and not any(
        pieces
    ):  # what is left says just what it said: a pager fails more often than that is edited
        return Doubt(reason=vanished, wait=due.source.suspect_after)
    reason = _shrunk(due, document, old_text, known) or _first(_worn(each, known) for each in pieces)
    reason = reason or vanished
    return Doubt(reason=reason) if reason else None


def _unfinished(due: Due, document: Document) -> Doubt | None:
    """A first reading of next to nothing, or of bytes that end within a text or a tag, which a second look confirms."""
    if len(document.text) < BARE and not (document.region or document.year or document.targets):
        return Doubt(reason=f"names no place, year or figure: {document.text[:60]!r}", wait=_patience(due))
    if _is_home(document.landed) and not _is_home(document.url) and _figures(document) < FIGURES:
        return Doubt(reason=f"leads to the home page {document.landed}", wait=_patience(due))
    torn = any(_is_page(each) and ends_within(each.content) for each in document.captures)
    return Doubt(reason="the page's bytes end within its text: it may be cut short") if torn else None


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.netloc) and _HOME.fullmatch(parts.path.lower()) is not None


def _cut_off(document: Document, old_text: str) -> str | None:
    """The page was not closed, and the text ends otherwise than the old one."""
    if fold(document.text.rpartition("\n")[2]) == fold(old_text.rpartition("\n")[2]):
        return None
    return "the page breaks off before its end (no </html>): it may be cut short"


def _is_next_edition(due: Due, document: Document) -> bool:
    """Whether an unknown text is the same report rewritten, or the next year's: by title, place, year and promises."""
    new, old = (_VARYING.sub("", fold(title)) for title in (document.title, due.title))
    akin = min(len(new), len(old)) >= LEAST_TITLE and (new in old or old in new)
    later = not (due.year and document.year) or document.year >= due.year
    return akin and later and document.region == due.region and _figures(document) >= FIGURES


def _figures(document: Document) -> int:
    """What a report is known by, however the grammar judged whether it is promised or achieved."""
    return sum(each.status == "target" or each.kind in ("growth", "rate", "decline") for each in document.targets)


def _promised(document: Document) -> int:
    return sum(target.status == "target" for target in document.targets)


def _first(reasons: Iterable[str | None]) -> str | None:
    return next(filter(None, reasons), None)


def _no_report(due: Due, document: Document, old_text: str) -> str | None:
    text = document.text
    name = kind_of_block(document.title, text, SHORT)
    if not name and _figures(document) < FIGURES and speaks_of_the_web(document.title, text):
        name = WEB_PAGE
    if name and not _block(due.title, old_text):
        return f"looks like {_a(name)}: {(text or document.title)[:60]!r}"
    return _nothing(text, due.source.body.select) if len(fold(text)) < LEAST else None


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _nothing(text: str, select: str | None) -> str:
    where = f" in the element that body.select names ({select})" if select else ""
    return f"no report text found ({len(text)} characters){where}"


def _block(title: str, text: str) -> str | None:
    """What kind of page a text is that is none of a report."""
    return kind_of_block(title, text, SHORT) or (WEB_PAGE if speaks_of_the_web(title, text) else None)


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
    another = bool(before) and _known(text, _shingles(before)) < ALIKE
    name = _block("", text) if another else kind_of_block("", text, BRIEF)
    if name and not _block("", before):
        return f"part {piece.url} looks like {_a(name)}: {text[:60]!r}"
    return None


def _torn(piece: _Piece) -> str | None:
    """A text that ends within a character, or as a known one does in the middle of a sentence.

    One whose last line never was a sentence (a date, a telephone number) may lose the end of that.
    """
    if BROKEN in piece.text[-TORN:] and BROKEN not in piece.before[-TORN:]:
        return f"the text of {piece.url} ends within a character: it may be cut short"
    text, before = fold(piece.text), fold(piece.before)
    if before.startswith(text) and len(text) < WHOLE * len(before) and text[-1:] not in SENTENCE_ENDS:
        *lines, last = map(fold, piece.before.split("\n"))
        was_open = last.rstrip(CLOSERS)[-1:] not in STOPS and text.startswith("".join(lines))
        if not was_open and fold(piece.text.rpartition("\n")[2]) not in {*lines, last}:
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
    lost = due.target_count >= 3 and not _promised(document)
    if lost and len(known & _shingles(document.text)) < KEPT * len(known):
        return f"all {due.target_count} targets are missing"
    return None


def _stranger(text: str, known: set[str]) -> str | None:
    shared = _known(text, known)
    return f"only {shared:.0%} of the text is known: it may be another article" if shared < ALIKE else None


def _elsewhere(due: Due, document: Document, old_text: str, known: set[str]) -> str | None:
    """Whether the text is of another place and does not name the old one at all; reports are written alike.

    A name put right leaves the rest as it was.
    """
    old, new = due.region, document.region
    stem, before, now = old[:-1] or old, f"{due.title}{old_text}", f"{document.title}{document.text}"
    if not old or not new or stem in new or new[:-1] in old or stem not in before or stem in now:
        return None
    shared = _known(document.text, known)
    return f"it tells of {new}, not of {old}: it may be another article" if shared < SAME else None


def _known(text: str, old: set[str]) -> float:
    """Which share of the shorter text stands in the other (given as `_shingles`), by runs of four characters."""
    new = _shingles(text)
    return len(old & new) / max(1, min(len(old), len(new)))


def _shingles(text: str, size: int = 4) -> set[str]:
    folded = fold(text)
    return {folded[i : i + size] for i in range(max(1, len(folded) - size + 1))}
