"""An answer that says no: a page for people, problem+json (RFC 9457) for programs."""

import json
from datetime import timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from crawler.web.rendering import page

PROGRAMS = ("/api/", "/feeds/", "/metrics")


class Refusal:
    """Why a request is not answered; an ASGI application that says so."""

    def __init__(self, status: int, reason: str, wait: timedelta | None = None) -> None:
        self.status = status
        self.reason = reason
        self._wait = wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say so in the form of whoever asks."""
        await self.answer(Request(scope, receive))(scope, receive, send)

    def answer(self, request: Request) -> Response:
        """The refusal as a response."""
        headers = {"Retry-After": str(int(self._wait.total_seconds()) + 1)} if self._wait else {}
        if self.status == HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = "Bearer"
        title = HTTPStatus(self.status).phrase
        if request.url.path.startswith(PROGRAMS):
            problem = {"type": "about:blank", "title": title, "status": self.status, "detail": self.reason}
            return Response(json.dumps(problem), self.status, headers, "application/problem+json")
        return page(request, "refusal.html", {"status": self.status, "reason": self.reason}, self.status, headers)
