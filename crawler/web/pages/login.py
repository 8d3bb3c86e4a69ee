"""Logging in and out."""

from http import HTTPStatus
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from crawler.web.asked import office_of
from crawler.web.doorkeeper import COOKIE, set_session
from crawler.web.refusal import Refusal
from crawler.web.rendering import page
from storage.access import begin_session, end_session, password_of, readers

router = APIRouter()

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody's")
"""Looked at where there is no such reader, so that the time it takes tells nothing."""
LONGEST = 1_000
"""Of a name or a password."""


@router.get("/login")
def login(request: Request) -> Response:
    """The form, or how to get in where there is nobody who could fill it in."""
    known = bool(readers(office_of(request).store))
    return page(
        request, "login.html", {"known": known, "wrong": False, "next": _next(request.query_params.get("next"))}
    )


@router.post("/login")
def log_in(request: Request) -> Response:
    """Let a reader in who knows his password."""
    office, attempts = office_of(request), request.app.state.attempts
    address, now = request.client.host if request.client else "", office.now()
    if wait := attempts.wait(address, now):
        return Refusal(HTTPStatus.TOO_MANY_REQUESTS, "too many wrong attempts", wait).answer(request)
    form = request.state.form
    name, password, following = form.get("name", ""), form.get("password", ""), _next(form.get("next"))
    stored = password_of(office.store, name) if len(name) <= LONGEST else None
    if len(password) > LONGEST or not _fits(stored or _NOBODY, password) or stored is None:
        attempts.failed(address, now)
        shown = {"known": True, "wrong": True, "next": following}
        return page(request, "login.html", shown, HTTPStatus.UNAUTHORIZED)
    secret = office.dice()
    begin_session(office.store, secret, name, now)
    answer = RedirectResponse(following, HTTPStatus.SEE_OTHER)
    set_session(answer, secret, secure=office.secure)
    return answer


@router.post("/logout")
def log_out(request: Request) -> Response:
    """Forget this browser."""
    end_session(office_of(request).store, request.state.session)
    answer = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE)
    return answer


def _fits(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _next(wanted: str | None) -> str:
    """Where to go then: a page of ours, else the first one."""
    wanted = wanted or "/"
    parts = urlsplit(wanted.replace("\\", "/"))
    ours = not parts.scheme and not parts.netloc and wanted.startswith("/") and wanted.isprintable()
    return wanted if ours else "/"
