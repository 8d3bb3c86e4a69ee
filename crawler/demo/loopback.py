"""An HTTP server on 127.0.0.1, on a port of the system's choice, in a thread: the portal and the webhook's receiver.

Ring 3; standard library only. It answers what one function says and listens nowhere but on loopback.
"""

from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from threading import Thread
from types import TracebackType
from typing import Self

from crawler.model import value


@value
class Call:
    """One request as received; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@value
class Answer:
    """One response to send."""

    status: int
    content: bytes = b""
    content_type: str = "text/html"


class Loopback:
    """Serves `answer` while its `with` block runs; `origin` is its address without a path."""

    def __init__(self, answer: Callable[[Call], Answer]) -> None:
        # Not http.server's own class: that one asks the resolver for this machine's name, which can take half a minute.
        self._server = ThreadingTCPServer(("127.0.0.1", 0), _handler(answer))
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="loopback", daemon=True)

    @property
    def origin(self) -> str:
        """Such as http://127.0.0.1:41234."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(answer: Callable[[Call], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet, else each answer waits 40 ms for an acknowledgement
        timeout = 30  # an idle connection does not keep its thread for ever

        def _respond(self) -> None:
            headers = {name.lower(): text for name, text in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", "0")))
            said = answer(Call(method=self.command, path=self.path, headers=headers, body=body))
            self.send_response(said.status)
            self.send_header("Content-Type", said.content_type)
            self.send_header("Content-Length", str(len(said.content)))
            self.end_headers()
            self.wfile.write(said.content)

        do_GET = do_POST = _respond  # noqa: N815 (http.server finds them by these names)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it so)
            """Stay silent: the terminal belongs to the narration."""

    return Handler
