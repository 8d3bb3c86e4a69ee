"""Logging in and out."""

import threading
from datetime import datetime, timedelta
from http import HTTPStatus

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

import crawler.web.sessions as sessions
from crawler.web.asked import office_of
from crawler.web.attempts import Attempts
from crawler.web.forms import csrf_of
from crawler.web.locale import marked
from crawler.web.office import Office
from crawler.web.refusal import Refusal
from crawler.web.rendering import page
from storage.access import begin_session, end_session, password_of, readers

router = APIRouter()

LONGEST = 1_000
"""Of a name or a password."""
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody's")
"""Looked at where there is no such reader, so that the time it takes tells nothing."""
_ONE_GUESS = threading.Lock()
"""A look at a password takes 64 MB, and of many at once none is looked at before the others are counted."""

log = structlog.get_logger()


@router.get("/login")
def login(request: Request) -> Response:
    """The form, or how to get in where there is nobody who could fill it in."""
    office, following = office_of(request), _next(request.query_params.get("next"))
    if request.state.visitor:
        return RedirectResponse(following, HTTPStatus.SEE_OTHER)
    fresh = "" if sessions.browser_of(request) else office.dice()
    if fresh:
        request.state.csrf = csrf_of(fresh)
    answer = _form(request, following, wrong=False)
    if fresh:
        sessions.set_visit(request, office, answer, fresh)
    return answer


@router.post("/login")
def log_in(request: Request) -> Response:
    """Let a reader in who knows his password."""
    office, form = office_of(request), request.state.form
    name, following = form.get("name", ""), _next(form.get("next"))
    address, now = request.client.host if request.client else "", office.now()
    found = _guess(office, request.app.state.attempts, address, name, form.get("password", ""), now)
    if isinstance(found, timedelta):
        reason = marked("Too many wrong attempts. Wait a little.")
        return Refusal(HTTPStatus.TOO_MANY_REQUESTS, reason, wait=found).answer(request)
    if not found:
        log.warning("a login was refused", address=address)
        return _form(request, following, wrong=True)
    secret = office.dice()
    begin_session(office.store, secret, name, now)
    answer = RedirectResponse(following, HTTPStatus.SEE_OTHER)
    sessions.set_session(request, office, answer, secret)
    return answer


@router.post("/logout")
def log_out(request: Request) -> Response:
    """Forget this browser."""
    end_session(office_of(request).store, request.cookies.get(sessions.SESSION, ""))
    answer = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    sessions.end_session(answer)
    return answer


def _form(request: Request, following: str, *, wrong: bool) -> Response:
    known = wrong or bool(readers(office_of(request).store))
    shown = {"known": known, "wrong": wrong, "next": following}
    return page(request, "login.html", shown, HTTPStatus.UNAUTHORIZED if wrong else HTTPStatus.OK)


def _guess(
    office: Office, attempts: Attempts, address: str, name: str, password: str, now: datetime
) -> bool | timedelta:
    """Whether the password is the reader's; or how long nothing is looked at from this address."""
    with _ONE_GUESS:
        if wait := attempts.wait(address, now):
            return wait
        stored = password_of(office.store, name) if len(name) <= LONGEST else None
        right = len(password) <= LONGEST and _fits(stored or _NOBODY, password) and stored is not None
        if not right:
            attempts.failed(address, now)
    return right


def _fits(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):  # half a character, from a hostile form
        return False


def _next(wanted: str | None) -> str:
    """Where to go then: a page of ours, else the first one."""
    wanted = wanted or "/"
    ours = wanted.startswith("/") and wanted[1:2] not in ("/", "\\") and wanted.isprintable()
    return wanted if ours else "/"
