"""Who may ask for what: every request passes here, and what is not allowed is refused (default deny).

    host -> who asks (cookie, header, link) -> may he (scope) -> is the form ours (CSRF) -> the page

Pure ASGI around the whole application, so that no route, mounted or added later, can stand beside it.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crawler.web.attempts import Attempts
from crawler.web.locale import LANGUAGES, THEMES, taste_of
from crawler.web.office import Office
from crawler.web.refusal import Refusal
from storage.access import LASTS, SCOPES, Visitor, begin_session, session_visitor, token_visitor

COOKIE = "crawler_session"
OWNER = "owner"
"""Who came by the link that is printed at the start."""
PUBLIC = re.compile(r"/(?:login|health|ready|static/[^/]+)")
"""What anybody may ask for."""
FOR_FEEDS = re.compile(r"/feeds/[^/]+(?:/[^/]+)?")
"""What a token for feeds opens, also as `?token=…`: feed readers know no headers."""
FOR_PROGRAMS = re.compile(r"/(?:api|feeds|metrics)(?:/.*)?")
"""Where a program asks: it is told so, not sent to the login."""
LARGEST = 1_000_000
"""Bytes of a form."""
MOST_FIELDS = 200
SAFE = ("GET", "HEAD", "OPTIONS")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def csrf_of(session: str) -> str:
    """What a form must bring to be ours: nobody else can tell it from the session's cookie."""
    return hashlib.sha256(f"csrf {session}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Doorkeeper:
    """Lets in who may; the state of the request says who it is (`visitor`), how he reads (`taste`), and `form`."""

    def __init__(self, app: ASGIApp, office: Office, attempts: Attempts) -> None:
        self._app = app
        self._office = office
        self._attempts = attempts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        request.state.taste = taste_of(_cookies(request), request.headers.get("accept-language", ""))
        request.state.session = _cookies(request).get(COOKIE, "")
        request.state.csrf = csrf_of(request.state.session)
        request.state.visitor = None
        request.state.form = {}
        try:
            answer, body = await self._judged(request)
        except ClientDisconnect:
            return
        await (answer or self._app)(scope, _again(body, receive), _guarded(send))

    async def _judged(self, request: Request) -> tuple[Response | Refusal | None, bytes]:
        """What to answer in the application's place, if anything, and the request's body."""
        if self._is_stranger(request):
            return Refusal(421, "this server is not asked for under that name"), b""
        if chosen := _chosen(request):
            return chosen, b""
        visitor = await self._visitor(request)
        if isinstance(visitor, Response | Refusal):
            return visitor, b""
        request.state.visitor = visitor
        if visitor is None and not PUBLIC.fullmatch(request.url.path):
            return _to_login(request), b""
        if visitor and not _may(visitor, request):
            return Refusal(403, "this token may not do that"), b""
        if request.method in SAFE:
            return None, b""
        return await _with_form(request)

    def _is_stranger(self, request: Request) -> bool:
        name = request.headers.get("host", "").lower()
        host = name.rsplit(":", 1)[0] if not name.endswith("]") else name
        return self._office.hosts is not None and host not in self._office.hosts

    async def _visitor(self, request: Request) -> Visitor | Response | Refusal | None:
        office, now = self._office, self._office.now()
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        by_link = request.query_params.get("token", "") if request.method in SAFE else ""
        if kind.lower() == "bearer" or by_link:
            secret = shown.strip() if kind.lower() == "bearer" else by_link
            found = await self._by_token(request, secret)
            if not by_link or kind.lower() == "bearer" or not isinstance(found, Visitor):
                return found
            if FOR_FEEDS.fullmatch(request.url.path):
                return Visitor(name=found.name, scopes=found.scopes & {"feed"})
            return await self._signed_in(request, found)
        session = request.state.session
        return await run_in_threadpool(session_visitor, office.store, session, now) if session else None

    async def _by_token(self, request: Request, secret: str) -> Visitor | Refusal:
        office, address = self._office, request.client.host if request.client else ""
        if wait := self._attempts.wait(address, office.now()):
            return Refusal(429, "too many wrong attempts", wait)
        if office.token and _same(secret, office.token):
            return Visitor(name=OWNER, scopes=frozenset(SCOPES))
        found = await run_in_threadpool(token_visitor, office.store, secret)
        if found is None:
            self._attempts.failed(address, office.now())
            return Refusal(401, "this token opens nothing")
        return found

    async def _signed_in(self, request: Request, visitor: Visitor) -> Response | Refusal:
        """The browser that came by the printed link, from now on known by its cookie."""
        if visitor.name != OWNER or not self._office.is_local:
            return Refusal(401, "a link with a token opens the dashboard on its own machine alone")
        secret = self._office.dice()
        await run_in_threadpool(begin_session, self._office.store, secret, visitor.name, self._office.now())
        answer = RedirectResponse(_without(request, "token"), 303)
        set_session(answer, secret, secure=self._office.secure)
        return answer


def set_session(answer: Response, secret: str, *, secure: bool) -> None:
    """Let the browser keep a session's secret."""
    seconds = int(LASTS.total_seconds())
    answer.set_cookie(COOKIE, secret, max_age=seconds, httponly=True, samesite="lax", secure=secure)


def _same(shown: str, secret: str) -> bool:
    one, other = (hashlib.sha256(each.encode("utf-8", "surrogatepass")).digest() for each in (shown, secret))
    return hmac.compare_digest(one, other)


def _may(visitor: Visitor, request: Request) -> bool:
    path = request.url.path
    if PUBLIC.fullmatch(path):
        return True
    if request.method not in SAFE:
        return "write" in visitor.scopes
    return "read" in visitor.scopes or ("feed" in visitor.scopes and FOR_FEEDS.fullmatch(path) is not None)


async def _with_form(request: Request) -> tuple[Refusal | None, bytes]:
    """The body, and why its form is refused; one that a page of ours did not make is, where a cookie let it in."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return Refusal(413, "too much at once"), b""
    fields: dict[str, list[str]] = {}
    if request.headers.get("content-type", "").partition(";")[0].strip() == "application/x-www-form-urlencoded":
        try:
            fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            return Refusal(400, "this form cannot be read"), b""
    request.state.form = {name: values[-1] for name, values in fields.items()}
    if request.headers.get("authorization", "").lower().startswith("bearer "):
        return None, body
    shown = request.headers.get("x-csrf-token") or request.state.form.get("csrf", "")
    origin = request.headers.get("origin")
    foreign = origin is not None and origin.partition("://")[2] != request.headers.get("host")
    if foreign or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return Refusal(403, "this form comes from another site"), b""
    if request.state.visitor and not _same(shown, request.state.csrf):
        return Refusal(403, "this form is too old; load its page again"), b""
    return None, body


def _chosen(request: Request) -> Response | None:
    """A reader chose language or colours by a link: his browser keeps that."""
    chosen = {
        name: item
        for name, known in (("lang", LANGUAGES), ("theme", THEMES))
        if (item := request.query_params.get(name)) in known
    }
    if not chosen or request.method != "GET":
        return None
    answer = RedirectResponse(_without(request, *chosen), 303)
    for name, item in chosen.items():
        answer.set_cookie(name, str(item), max_age=365 * 86_400, samesite="lax")
    return answer


def _without(request: Request, *names: str) -> str:
    """The address without these parameters; its path alone, so that it leads to nobody else."""
    left = [(name, item) for name, item in request.query_params.multi_items() if name not in names]
    return "/" + request.url.path.lstrip("/\\") + (f"?{urlencode(left)}" if left else "")


def _to_login(request: Request) -> Response | Refusal:
    if FOR_PROGRAMS.fullmatch(request.url.path) or request.method not in SAFE:
        return Refusal(401, "a token is needed: Authorization: Bearer …")
    return RedirectResponse("/login?" + urlencode({"next": _without(request)}), 303)


def _cookies(request: Request) -> Mapping[str, str]:
    """The cookies; of a header that makes no sense, none."""
    try:
        jar: SimpleCookie = SimpleCookie(request.headers.get("cookie", "")[:8_000])
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _again(body: bytes, receive: Receive) -> Receive:
    """The body that was read once more, then whatever the server says next."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return left.pop() if left else await receive()

    return replay


def _guarded(send: Send) -> Send:
    """With the headers that every answer bears; one that set its own keeps it."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: Any = MutableHeaders(scope=message)
            for name, item in {**HEADERS, "Cache-Control": "no-store", "Vary": "Cookie, Accept-Language"}.items():
                headers.setdefault(name, item)
        await send(message)

    return guarded
