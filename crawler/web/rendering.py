"""Templates: everything is escaped, what steers a screen is shown as such, times stand in the reader's zone."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path

from babel.dates import format_timedelta
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from alerts.clean import link
from crawler import __version__
from crawler.freshness import Reason
from crawler.harmless import HARMFUL
from crawler.reasons import SAID
from crawler.web.asked import address_with
from crawler.web.locale import Taste, messages, translated

STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"


def page(
    request: Request,
    template: str,
    values: Mapping[str, object] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The template with these values, in the reader's language."""
    taste: Taste = request.state.taste
    shown = {
        "request": request,
        "taste": taste,
        "visitor": request.state.visitor,
        "csrf": request.state.csrf,
        "path": request.url.path,
        "now": datetime.now(UTC),
        "address_with": partial(address_with, request),
        "version": __version__,
        **(values or {}),
    }
    return HTMLResponse(_environment(taste.language).get_template(template).render(shown), status, headers)


@cache
def asset(name: str) -> str:
    """Address of one of our files; another one as soon as the file is."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def time_of(moment: datetime | str | None, taste: Taste) -> Markup:
    """A time as people read it, with its exact form for programs; a dash where there is none."""
    if moment is None:
        return Markup('<span class="none">—</span>')
    exact = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    local = taste.local(exact)
    iso = exact.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    shown = local.isoformat(" ", "seconds")[:19]  # half the time of strftime, which a list asks for hundreds of times
    return Markup('<time datetime="%s" title="%s %s">%s</time>') % (iso, shown, local.tzname(), shown[:16])


def ago_of(moment: datetime | str | None, now: datetime, taste: Taste) -> str:
    """'3 hours ago', 'in 2 days', in the reader's language."""
    if moment is None:
        return ""
    exact = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return format_timedelta(exact - now, add_direction=True, locale=taste.language)


def lasted_of(time: timedelta, taste: Taste) -> str:
    """'3 hours', in the reader's language."""
    return format_timedelta(time, locale=taste.language)


def why_of(reason: Reason, taste: Taste) -> str:
    """'3 days after the report appeared', in the reader's language."""
    time = format_timedelta(timedelta(seconds=reason.amount), threshold=1.5, locale=taste.language)
    return translated(taste.language, SAID[reason.word], time=time, num=reason.amount)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        finalize=_harmless,
    )
    texts = messages(language)
    install = environment.install_gettext_callables  # type: ignore[attr-defined] # the extension adds it
    install(texts.gettext, texts.ngettext, newstyle=True)
    environment.globals |= {"asset": asset}
    environment.filters |= {"time": time_of, "ago": ago_of, "lasted": lasted_of, "link": link, "why": why_of}
    return environment


def _harmless(shown: object) -> object:
    """A stranger's text without what steers the screen or hides in it."""
    return type(shown)(HARMFUL.sub("\N{REPLACEMENT CHARACTER}", shown)) if isinstance(shown, str) else shown
