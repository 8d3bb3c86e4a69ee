"""What became of the lines of a page that are not its body: for people who ask why, and for the host's template."""

from crawler.charset import decode
from crawler.extract.body import Judgement, find_body
from crawler.extract.documents import media_type_of
from crawler.extract.page import AUTOMATIC, read
from crawler.extract.phrases import Kind
from crawler.extract.template import ENOUGH, NOTHING_SHARED, Place, Template, place, surroundings
from crawler.extract.titles import title_forms
from crawler.model import Selectors, value

_REASONS = {
    Kind.WIDGET: "a link, a button, a counter or a credit",
    Kind.EDGE: "a number, a date or an address at the body's edge",
    Kind.TAIL: "words that stand behind bodies: notices of rights, neighbours, addresses",
    Kind.LIST: "the heading of a list of other articles",
    Kind.COMMENTS: "the heading of readers' comments",
    Kind.ABOUT: "the heading of what a site or an author says of itself",
    Kind.TEASER: "said of another article",
    Kind.STRAY: "it is set apart from the body's paragraphs",
}


@value
class Dropped:
    """A line of a page that is not body."""

    text: str
    reason: str
    """One clause for a person, English."""


def explain(
    content: bytes | str, content_type: str = "", selectors: Selectors = AUTOMATIC, template: Template = NOTHING_SHARED
) -> tuple[Dropped, ...]:
    """Each line of an HTML page that `extract` takes for furniture, in page order, and why; none of other documents."""
    body = _judge(content, content_type, selectors, template)
    if body is None:
        return ()
    kept = set(body.kept)
    return tuple(
        Dropped(text=line.text, reason=_reason(body, index, template))
        for index, line in enumerate(body.outline.lines)
        if index not in kept
    )


def surroundings_of(
    content: bytes | str, content_type: str = "", selectors: Selectors = AUTOMATIC
) -> tuple[Place, ...]:
    """What a page teaches about its host; nothing where a selector was needed, or of other documents."""
    body = _judge(content, content_type, selectors, NOTHING_SHARED)
    return surroundings(body.outline, body.live, body.kept) if body and not selectors.select else ()


def _judge(content: bytes | str, content_type: str, selectors: Selectors, template: Template) -> Judgement | None:
    if media_type_of(content, content_type) != "text/html":
        return None
    page = read(content if isinstance(content, str) else decode(content, content_type)[0], selectors)
    return find_body(page, title_forms(page), template)


def _reason(body: Judgement, index: int, template: Template) -> str:
    kind = body.kinds[index]
    if kind is Kind.SHARED:
        known = place(body.outline, index) in template
        return f"{ENOUGH} pages of this host or more have {'it' if known else 'most of its box'} at the same place"
    if kind:
        return _REASONS[kind]
    if not body.live[index]:
        return "it belongs to a list of other articles, or to readers' comments"
    if not body.chosen:
        return "outside the selected element"
    if index not in body.chosen:
        return "outside the element that holds the body" if index < body.chosen.start else "behind the body"
    return "it repeats the title"
