"""Alerts as signed JSON, POSTed after the Standard Webhooks specification (1.0, standardwebhooks.com).

`webhook-id` is the alert's id at every attempt, so that a receiver can drop what it has seen. Nothing an endpoint
answers is taken as final, not even the 410 with which the specification lets it resign: a receiver under repair must
lose no alert, so only `Delivery.give_up_at` ends the attempts.
"""

import base64
import binascii
import hashlib
import hmac

from alerts.attempt import Attempt
from crawler.checks import Alert, NotSent, Sent
from crawler.harmless import json_text
from crawler.model import Failure, Json
from crawler.options import WebhookChannel

PREFIX = "whsec_"


async def send(channel: WebhookChannel, attempt: Attempt) -> Sent | NotSent:
    """POST the alert; any 2xx is taken as received."""
    (alert,) = attempt.alerts
    try:
        keys = signing_keys(channel.secret.reveal()) if channel.secret else []
    except ValueError:
        return NotSent(error=f"the secret of channel {channel.name} is not base64 after {PREFIX}: copy it again")
    content = encode(alert.payload)
    answer = await attempt.post(
        channel.url.reveal(),
        headers=_headers(alert, content, str(int(attempt.at.timestamp())), keys),
        content=content,
        timeout=channel.timeout,
    )
    if isinstance(answer, Failure):
        return NotSent(error=answer.reason, retry_after=answer.retry_after)
    return Sent()


def encode(payload: Json) -> bytes:
    """Compact JSON in UTF-8; what would steer a terminal, turn a line or not fit into UTF-8 is a JSON escape."""
    return json_text(payload, separators=(",", ":")).encode()


def signing_keys(secret: str) -> list[bytes]:
    """The HMAC keys a secret stands for; ValueError if it is `whsec_` and no base64.

    The specification writes secrets as `whsec_` and base64. A secret without the prefix is its own bytes; where these
    also read as base64, receivers' libraries take them so, and both keys sign (the header holds several signatures).
    """
    if secret.startswith(PREFIX):
        return [_decoded(secret.removeprefix(PREFIX))]
    keys = [secret.encode()]
    try:
        keys.append(_decoded(secret))
    except ValueError:
        return keys
    return keys


def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if not key:
        raise ValueError("empty")
    return key


def _headers(alert: Alert, content: bytes, timestamp: str, keys: list[bytes]) -> dict[str, str]:
    headers = {
        "content-type": "application/json; charset=utf-8",
        "webhook-id": alert.id,
        "webhook-timestamp": timestamp,
    }
    if keys:
        signed = f"{alert.id}.{timestamp}.".encode() + content
        headers["webhook-signature"] = " ".join(f"v1,{_signature(key, signed)}" for key in keys)
    return headers


def _signature(key: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
