"""The browser's cookies: a session once somebody is in, before that a mark that the form it sends is its own."""

from starlette.requests import Request
from starlette.responses import Response

from crawler.web.office import Office
from storage.access import LASTS

SESSION = "crawler_session"
VISIT = "crawler_visit"
"""Of a browser that nobody has logged in with yet."""


def browser_of(request: Request) -> str:
    """What tells this browser from any other; empty: it has shown no cookie of ours."""
    return request.cookies.get(SESSION) or request.cookies.get(VISIT, "")


def set_session(request: Request, office: Office, answer: Response, secret: str) -> None:
    """Let the browser keep a session's secret."""
    _set(request, office, answer, SESSION, secret, int(LASTS.total_seconds()))
    answer.delete_cookie(VISIT)


def set_visit(request: Request, office: Office, answer: Response, secret: str) -> None:
    """Let a browser that is to fill in the login form be known again, until it is closed."""
    _set(request, office, answer, VISIT, secret, None)


def end_session(answer: Response) -> None:
    """Let the browser forget."""
    answer.delete_cookie(SESSION)


def _set(request: Request, office: Office, answer: Response, name: str, secret: str, seconds: int | None) -> None:
    secure = request.scope["scheme"] == "https" or office.is_secure(request.headers.get("host", ""))
    answer.set_cookie(name, secret, max_age=seconds, httponly=True, samesite="lax", secure=secure)
