"""The hostile servers of the case `servers`: what each answers, and how its check is to end.

Faults of servers are those of `tests.support.hostile_servers`, documents those of `bench.hostile_documents`, and
addresses inside a network those of `tests.support.inside`, to which pages, robots.txt, listings, pagers and notices
lead. Documents are of a size that is read in seconds: what hangs a parser is stopped after a minute by
`crawler.apart`, which its own tests try.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bench.hostile_documents import DOCUMENTS, REFUSED, Shape
from crawler.model import value
from tests.support.hostile_servers import FAULTS, PATH, SENTENCE, Fault
from tests.support.http_server import Route, page, redirect, reply
from tests.support.inside import INSIDE

SIZE = 0.25
"""Of documents."""
REFUSALS = ("refused: ", "not a valid address", "Invalid URL in location header", "DNS: no address for")
"""What a user is told of an address inside; a few spellings are no address to some systems."""
_UNREADABLE = ("damaged", "holds no HTML")
_TITLE = "云溪市2026年政府工作报告"
_KINDS = {
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "rtf": "application/rtf",
    "mhtml": "multipart/related",
    "pdf": "application/pdf",
}

Routes = Mapping[str, Route]
"""Answers by path; to what is not among them: 404."""


@value
class Hostile:
    """A server that is to be survived."""

    name: str
    routes: Callable[[str], Routes]
    """Its answers, given the port on which something stands inside."""
    said: tuple[str, ...]
    """One of these must be in the reason; none: the page is read."""
    path: str = PATH
    listed: bool = False
    """Its page is watched as a listing."""
    doubtful: bool = False
    """What is read may be held back, for it says too little."""


def _inside(form: str, port: str, path: str = "/secret") -> str:
    return f"http://{INSIDE[form]}:{port}{path}"


def _away(form: str, port: str) -> bytes:
    return redirect(_inside(form, port).encode().decode("latin-1"))


def _faulty(fault: Fault, _: str) -> Routes:
    return {PATH: fault.make()}


def _redirected(form: str, port: str) -> Routes:
    return {PATH: _away(form, port)}


def _robots(form: str, port: str) -> Routes:
    return {"/robots.txt": _away(form, port)}


def _listing(form: str, port: str) -> Routes:
    """Links to what lies inside, and its further page does so too."""
    inside, further = (_inside(form, port, path) for path in ("/secret/7.html", f"{PATH}_2.html"))
    pager = f"<p>1 <a href='{further}'>2</a> <a href='{further}'>下一页</a></p>"
    return {PATH: page(f"<ul><li><a href='{inside}'>{_TITLE}</a></li></ul>{pager}")}


def _report(following: str) -> bytes:
    return page(
        f"<h1>{_TITLE}</h1><div><p>{SENTENCE * 4}</p></div><p>1 <a href='{following}'>2</a>"
        f" <a href='{following}'>下一页</a></p>"
    )


def _pager(form: str, port: str) -> Routes:
    """The second part of an article lies inside, by a redirect."""
    return {f"{PATH}.html": _report(f"{PATH}_2.html"), f"{PATH}_2.html": _away(form, port)}


def _foreign_pager(form: str, port: str) -> Routes:
    """The pager names an address inside: another host's is none of the article's."""
    return {f"{PATH}.html": _report(_inside(form, port, f"{PATH}_2.html"))}


def _notice(form: str, port: str) -> Routes:
    """The document that a notice announces lies inside."""
    document = _inside(form, port, "/secret.pdf")
    title = f"<h1>关于印发{_TITLE}的通知</h1><p>现予印发，请认真贯彻执行。</p>"
    return {PATH: page(f"{title}<p>附件：<a href='{document}'>{_TITLE}.pdf</a></p>")}


def _document(kind: str, shape: Shape, _: str) -> Routes:
    return {f"{PATH}.{kind}": reply(shape(SIZE), headers={"Content-Type": _KINDS[kind]})}


def _documents() -> list[Hostile]:
    made = []
    for name, shape in DOCUMENTS.items():
        kind = name.partition(":")[0]
        said = _UNREADABLE if name in REFUSED and name not in _READ_WHEN_SMALL else ()
        said = ("larger than",) if name in _TOO_LARGE else said
        routes, path = partial(_document, kind, shape), f"{PATH}.{kind}"
        made.append(Hostile(name=name, routes=routes, said=said, path=path, doubtful=True))
    return made


_READ_WHEN_SMALL = ("docx: sixty megabytes",)
_TOO_LARGE = ("mhtml: pictures",)
"""For MAX_BYTES, at this size."""


def _ways() -> list[Hostile]:
    """Every way inside, to every form of address."""
    html = f"{PATH}.html"
    made = []
    for form in INSIDE:
        made += [
            Hostile(name=f"redirect inside: {form}", routes=partial(_redirected, form), said=REFUSALS),
            Hostile(name=f"robots.txt inside: {form}", routes=partial(_robots, form), said=REFUSALS),
            Hostile(name=f"listing inside: {form}", routes=partial(_listing, form), said=REFUSALS, listed=True),
            Hostile(name=f"pager inside: {form}", routes=partial(_pager, form), said=REFUSALS, path=html),
            Hostile(name=f"foreign pager inside: {form}", routes=partial(_foreign_pager, form), said=(), path=html),
            Hostile(name=f"document inside: {form}", routes=partial(_notice, form), said=REFUSALS),
        ]
    return made


CATALOGUE: Sequence[Hostile] = (
    *(
        Hostile(name=name, routes=partial(_faulty, fault), said=(fault.said,) if fault.kind else ())
        for name, fault in FAULTS.items()
    ),
    *_documents(),
    *_ways(),
)
