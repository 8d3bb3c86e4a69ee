"""An answer that says no: a page for people, problem+json (RFC 9457) for programs."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from crawler.web.locale import Taste, translated
from crawler.web.rendering import page

FOR_PROGRAMS = re.compile(r"/(?:api|feeds|metrics)(?:/.*)?", re.DOTALL)
"""Where a program asks: it is told no in its own form, and not sent to the login."""


class Refusal:
    """Why a request is not answered; an ASGI application that says so."""

    def __init__(
        self,
        status: int,
        reason: str,
        *,
        wait: timedelta | None = None,
        values: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        """`more` stands in the problem for programs besides."""
        self.status = status
        self._reason = reason
        self._values = values or {}
        self._headers = dict(headers or {})
        self._more = more or {}
        if wait:
            self._headers["Retry-After"] = str(int(wait.total_seconds()) + 1)
        if status == HTTPStatus.UNAUTHORIZED:
            self._headers["WWW-Authenticate"] = "Bearer"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say so in the form of whoever asks."""
        await self.answer(Request(scope, receive))(scope, receive, send)

    def answer(self, request: Request) -> Response:
        """The refusal as a response."""
        if FOR_PROGRAMS.fullmatch(request.scope["path"]):
            title = HTTPStatus(self.status).phrase
            detail = self._reason % self._values if self._values else self._reason
            detail = detail or HTTPStatus(self.status).description
            problem = {"type": "about:blank", "title": title, "status": self.status, "detail": detail, **self._more}
            return Response(json.dumps(problem), self.status, self._headers, "application/problem+json")
        taste: Taste = request.state.taste
        reason = translated(taste.language, self._reason, **self._values)
        return page(request, "refusal.html", {"status": self.status, "reason": reason}, self.status, self._headers)
