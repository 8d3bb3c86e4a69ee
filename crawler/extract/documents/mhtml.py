"""Web pages saved as one file (.mht, often named .doc): the HTML in it."""

import email
import email.policy

from crawler.errors import UsageError


def read_mhtml(content: bytes) -> tuple[bytes, str]:
    """The HTML part and its Content-Type. Raises UsageError where there is none."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(payload, bytes):
            charset = part.get_content_charset("")
            return payload, f"text/html; charset={charset}" if charset else "text/html"
    raise UsageError("the saved web page (MHTML) holds no HTML: it is damaged or cut short")
