"""Sending through Apprise, and hearing what is answered; the only module that imports it."""

import threading
from typing import Any

import apprise
from requests import PreparedRequest, Response, Session

_heard = threading.local()
"""Answers to this thread, while it sends."""


def notify(address: str, title: str, body: str) -> tuple[bool, list[bytes]]:
    """Whether Apprise thinks that the message was sent, and what was answered."""
    asset = apprise.AppriseAsset(
        async_mode=False,
        http_redirects=False,
        allow_templates=False,
        interpret_escapes=False,
        interpret_emojis=False,
        storage_mode="memory",
    )
    service = apprise.Apprise.instantiate(address, asset=asset)
    if service is None:
        return False, []
    service.redirects = False  # whatever the address asks for
    service.overflow_mode = apprise.OverflowMode.TRUNCATE
    services, answers, send = apprise.Apprise(asset=asset), list[bytes](), service.send

    def heard(**message: Any) -> bool:  # noqa: ANN401 (as theirs)
        _heard.answers = answers  # here, since Apprise sends in threads of its own
        try:
            return bool(send(**message))
        finally:
            del _heard.answers

    service.send = heard  # type: ignore[method-assign,assignment] # of this one object
    services.add(service)
    return bool(services.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT)), answers


def _listen() -> None:
    """Keep what is answered. Apprise gives no way to it, and makes a session of `requests` for each message."""
    send = Session.send

    def heard(self: Session, request: PreparedRequest, **options: Any) -> Response:  # noqa: ANN401 (as theirs)
        response = send(self, request, **options)
        if (answers := getattr(_heard, "answers", None)) is not None:
            answers.append(response.content)
        return response

    Session.send = heard  # type: ignore[method-assign] # nothing else in this program uses `requests`


_listen()
