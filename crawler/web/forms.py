"""The body of a request, read with care; a form that no page of ours made is refused."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.types import Message, Receive

from crawler.web.locale import marked
from crawler.web.office import Office
from crawler.web.refusal import Refusal
from crawler.web.sessions import browser_of

LARGEST = 1_000_000
"""Bytes of a body."""
MOST_FIELDS = 200


def csrf_of(browser: str) -> str:
    """What a form must bring to be ours: nobody else can tell it from the browser's cookie."""
    return hashlib.sha256(f"csrf {browser}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def same(shown: str, secret: str) -> bool:
    """Whether both are equal, in a time that tells nothing."""
    one, other = (hashlib.sha256(each.encode("utf-8", "surrogatepass")).digest() for each in (shown, secret))
    return hmac.compare_digest(one, other)


async def body_of(request: Request) -> bytes | Refusal:
    """All of the body."""
    pieces, size = [], 0
    async for piece in request.stream():
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            return Refusal(413, marked("That is too much at once."))
    return b"".join(pieces)


def fields_of(request: Request, body: bytes) -> Mapping[str, str] | Refusal:
    """The fields of a form; none of anything else."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        return {}
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return Refusal(400, marked("This form cannot be read."))
    return {name: texts[-1] for name, texts in fields.items()}


def is_foreign(request: Request, office: Office) -> bool:
    """Whether a page of another site sent this, as far as the browser tells."""
    origin = request.headers.get("origin")
    host = "" if origin is None else origin.partition("://")[2]
    elsewhere = origin is not None and host != request.headers.get("host") and not office.is_own(host)
    return elsewhere or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def is_embedded(request: Request) -> bool:
    """Whether a page of another site asks for more than to be left for ours (an image, a frame, a script's request)."""
    if request.headers.get("sec-fetch-site", "none") != "cross-site":
        return False
    return (request.headers.get("sec-fetch-mode"), request.headers.get("sec-fetch-dest")) != ("navigate", "document")


def forged(request: Request, office: Office, fields: Mapping[str, str]) -> Refusal | None:
    """Why the form is not taken for one of ours (from a browser that is known by its cookie)."""
    if is_foreign(request, office):
        return Refusal(403, marked("This form was sent by a page of another site."))
    if not browser_of(request):
        return Refusal(403, marked("Your browser sent no cookie. Allow cookies for this address and try again."))
    if not same(request.headers.get("x-csrf-token") or fields.get("csrf", ""), request.state.csrf):
        return Refusal(403, marked("This form is too old. Load its page again."))
    return None


def again(body: bytes, receive: Receive) -> Receive:
    """The body that was read once more, then whatever the server says next."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return left.pop() if left else await receive()

    return replay
