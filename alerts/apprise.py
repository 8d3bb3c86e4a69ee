"""Alerts to chat and push services through the Apprise library (extra `apprise`). The only importer of apprise.

Apprise can also run commands, write to desktops and logs, and post local files: only the services listed here are let
through, nothing is ever attached, redirects are not followed, and templates are off. Addresses hold tokens, and apprise
and the HTTP library below it log addresses: both are silenced, so an error can only say that a service refused.
"""

import logging
import re

from alerts.attempt import Attempt
from alerts.message import short_text
from alerts.threads import in_thread
from crawler.checks import NotSent, Sent
from crawler.options import AppriseChannel

try:
    import apprise
except ImportError:
    INSTALLED = False
else:
    INSTALLED = True

SERVICES = frozenset({
    # China
    "feishu", "lark", "dingtalk", "wecombot", "wechat", "qq", "onebot", "onebots", "kook",
    "pushplus", "wecom", "schan", "wxpusher", "pushdeer", "pushdeers", "pushme", "bark", "barks", "spugpush",
    # chat
    "slack", "tgram", "discord", "workflow", "workflows", "gchat", "mmost", "mmosts", "rocket", "rockets", "matrix",
    "matrixs", "zulip", "wxteams", "webex", "line", "signal", "signals", "whatsapp", "threema", "synology", "synologys",
    "nctalk", "nctalks", "twist", "flock", "ryver", "guilded", "revolt",
    # push
    "ntfy", "ntfys", "gotify", "gotifys", "pover", "pbul", "prowl", "simplepush", "join", "pushy", "spush",
})  # fmt: skip

# What chat programs would take for a mention, a link or markup becomes its full-width twin.
_TAME = str.maketrans("@<>[]`", "＠＜＞［］｀")

_ADDRESS = re.compile(r"https?://[^\s@]+")

for _name in ("apprise", "urllib3", "requests"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False


async def send(channel: AppriseChannel, attempt: Attempt) -> Sent | NotSent:
    """Send the alert's short text."""
    (alert,) = attempt.alerts
    address = channel.url.reveal()
    service = address.partition("://")[0].lower()
    if not INSTALLED:
        return NotSent(error="Apprise is not installed: pip install 'report-crawler[apprise]'")
    if service not in SERVICES:
        return NotSent(
            error=f"{tame(service)[:40]}:// is not among the allowed services: {', '.join(sorted(SERVICES))}"
        )
    title, body = short_text(alert.payload, channel.language)
    taken = await in_thread(_notify, address, tame(title), tame(body))
    return Sent() if taken else NotSent(error=f"{service} did not take the message: check the address and its token")


def tame(text: str) -> str:
    """The text without what chat programs act upon; a line that is nothing but an address stays whole."""
    return "\n".join(line if _ADDRESS.fullmatch(line) else line.translate(_TAME) for line in text.split("\n"))


def _notify(address: str, title: str, body: str) -> bool:
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
        return False
    service.redirects = False  # whatever the address asks for
    service.overflow_mode = apprise.OverflowMode.TRUNCATE
    services = apprise.Apprise(asset=asset)
    services.add(service)
    return bool(services.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT))
