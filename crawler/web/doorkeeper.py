"""Who may ask for what: every request passes here, and what is not allowed is refused (default deny).

    host -> who asks (cookie, header, link) -> may he (scope) -> is the form ours (CSRF) -> the page

Pure ASGI around the whole application, so that no route, mounted or added later, can stand beside it. Paths are those
that the routes see (`scope["path"]`), never ones put together from what the request says of its address.
"""

import asyncio
import re
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from crawler.errors import StorageError
from crawler.web.attempts import Attempts
from crawler.web.forms import again, body_of, csrf_of, fields_of, forged, is_embedded, same
from crawler.web.headers import guarded
from crawler.web.locale import LANGUAGES, THEMES, marked, taste_of
from crawler.web.office import Office
from crawler.web.refusal import FOR_PROGRAMS, Refusal
from crawler.web.sessions import SESSION, browser_of, set_session
from storage.access import SCOPES, Visitor, begin_session, session_visitor, token_visitor

OWNER = "owner"
"""Who came by the link that is printed at the start."""
PUBLIC = re.compile(r"/(?:login|health|ready|static/[^/]+)")
"""What anybody may ask for; all else is closed."""
FOR_FEEDS = re.compile(r"/feeds/[^/]+(?:/[^/]+)?")
"""What a token for feeds opens, also as `?token=…`: feed readers know no headers."""
FOR_TOKENS = re.compile(r"/api(?:/.*)?", re.DOTALL)
"""The API: cookies only let read there, and what the address says of tokens, languages and colours is not heard."""
SAFE = ("GET", "HEAD", "OPTIONS")
LONGEST_QUERY = 8_000
"""Bytes: pages give what they were asked for back in their links."""
BUSY = timedelta(seconds=5)
"""After which a database that cannot be used is worth another try."""


class Doorkeeper:
    """Lets in who may; the state of the request says who it is (`visitor`), how he reads (`taste`), and `form`."""

    def __init__(self, app: ASGIApp, office: Office, attempts: Attempts) -> None:
        self.app = app
        """What stands behind it, for tests that look at its routes."""
        self._office = office
        self._attempts = attempts
        self._one_guess = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}  # answered alike; the server leaves the body out
        request = Request(scope, receive)
        request.state.taste = taste_of(request.cookies, request.headers.get("accept-language", ""), self._office.home)
        request.state.csrf = csrf_of(browser_of(request))
        request.state.visitor = None
        request.state.form = {}
        try:
            answer, body = await self._judged(request)
        except ClientDisconnect:
            return
        except StorageError:
            answer, body = Refusal(503, marked("It is tried again when you load this page again."), wait=BUSY), b""
        await (answer or self.app)(scope, again(body, receive), guarded(send))

    async def _judged(self, request: Request) -> tuple[Response | Refusal | None, bytes]:
        """What to answer in the application's place, if anything, and the request's body."""
        if not self._office.knows(request.headers.get("host", "")):
            return Refusal(421, marked("This server is not known under that name.")), b""
        if len(request.scope["query_string"]) > LONGEST_QUERY:
            request.scope["query_string"] = b""
            return Refusal(414, marked("That is too much at once.")), b""
        if is_embedded(request):
            return Refusal(403, marked("Pages of other sites may link here, and nothing else.")), b""
        if not _in_api(request) and (chosen := _chosen(request)):
            return chosen, b""
        visitor = await self._visitor(request)
        if isinstance(visitor, Response | Refusal):
            return visitor, b""
        request.state.visitor = visitor
        if visitor is None and not PUBLIC.fullmatch(request.scope["path"]):
            return _to_login(request), b""
        if visitor and not _may(visitor, request):
            return Refusal(403, marked("This token may not do that.")), b""
        if request.method in SAFE:
            return None, b""
        return await self._with_form(request)

    async def _visitor(self, request: Request) -> Visitor | Response | Refusal | None:
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return await self._by_token(request, shown.strip())
        by_link = None if _in_api(request) else request.query_params.get("token")
        if request.method in SAFE and by_link:
            found = await self._by_token(request, by_link)
            if isinstance(found, Refusal):
                return found
            if FOR_FEEDS.fullmatch(request.scope["path"]):
                return Visitor(name=found.name, scopes=found.scopes & {"feed"})
            return await self._signed_in(request, found)
        session = request.cookies.get(SESSION)
        if not session or (_in_api(request) and request.method not in SAFE):
            return None
        return await run_in_threadpool(session_visitor, self._office.store, session, self._office.now())

    async def _by_token(self, request: Request, secret: str) -> Visitor | Refusal:
        office, address = self._office, request.client.host if request.client else ""
        async with self._one_guess:  # of many at once, none is looked at before the others are counted
            if wait := self._attempts.wait(address, office.now()):
                return Refusal(429, marked("Too many wrong attempts. Wait a little."), wait=wait)
            if office.token and same(secret, office.token):
                return Visitor(name=OWNER, scopes=frozenset(SCOPES))
            found = await run_in_threadpool(token_visitor, office.store, secret)
            if found is None:
                self._attempts.failed(address, office.now())
        return found or Refusal(401, marked("This token opens nothing."))

    async def _signed_in(self, request: Request, visitor: Visitor) -> Response | Refusal:
        """The browser that came by the printed link, from now on known by its cookie."""
        if visitor.name != OWNER or not self._office.is_local:
            return Refusal(401, marked("A link with a token opens the dashboard on its own machine alone."))
        secret = self._office.dice()
        await run_in_threadpool(begin_session, self._office.store, secret, visitor.name, self._office.now())
        answer = RedirectResponse(_without(request, "token"), 303)
        set_session(request, self._office, answer, secret)
        return answer

    async def _with_form(self, request: Request) -> tuple[Refusal | None, bytes]:
        """The body, and why its form is refused; one that a page of ours did not make is, where a cookie let it in."""
        body = await body_of(request)
        if isinstance(body, Refusal):
            return body, b""
        fields = fields_of(request, body)
        if isinstance(fields, Refusal):
            return fields, b""
        request.state.form = fields
        by_token = request.headers.get("authorization", "").lower().startswith("bearer ")
        return None if by_token else forged(request, self._office, fields), body


def _in_api(request: Request) -> bool:
    return FOR_TOKENS.fullmatch(request.scope["path"]) is not None


def _may(visitor: Visitor, request: Request) -> bool:
    path = request.scope["path"]
    if PUBLIC.fullmatch(path):
        return True
    if request.method not in SAFE:
        return "write" in visitor.scopes
    return "read" in visitor.scopes or ("feed" in visitor.scopes and FOR_FEEDS.fullmatch(path) is not None)


def _chosen(request: Request) -> Response | None:
    """A reader chose language or colours by a link: his browser keeps that."""
    known: Mapping[str, tuple[str, ...]] = {"lang": LANGUAGES, "theme": THEMES}
    chosen = {name: item for name in known if (item := request.query_params.get(name)) in known[name]}
    if not chosen or request.method != "GET":
        return None
    answer = RedirectResponse(_without(request, *chosen), 303)
    for name, item in chosen.items():
        answer.set_cookie(name, str(item), max_age=365 * 86_400, samesite="lax")
    return answer


def _without(request: Request, *names: str) -> str:
    """The address without these parameters; its path alone, so that it leads to nobody else."""
    left = [(name, item) for name, item in request.query_params.multi_items() if name not in names]
    path = "/" + quote(request.scope["path"].lstrip("/\\"))
    return path + (f"?{urlencode(left)}" if left else "")


def _to_login(request: Request) -> Response | Refusal:
    """Where to get in; a form that was sent after its session had ended is not sent again."""
    if FOR_PROGRAMS.fullmatch(request.scope["path"]):
        return Refusal(401, "a token is needed: Authorization: Bearer …")
    if request.headers.get("hx-request"):
        return Refusal(401, marked("Log in again."), headers={"HX-Redirect": "/login"})
    following = urlencode({"next": _without(request)}) if request.method in SAFE else ""
    return RedirectResponse(f"/login?{following}".rstrip("?"), 303)
