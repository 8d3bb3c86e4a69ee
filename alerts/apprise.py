"""Alerts to chat and push services through the Apprise library (extra `apprise`). The only importer of apprise.

Apprise can also run commands, write to desktops and logs, and post local files: only the services listed here are let
through, nothing is ever attached, redirects are not followed, and templates are off. Addresses hold tokens, and apprise
and the HTTP library below it log addresses: both are silenced.

Chinese services answer 200 also where they refuse (a key word or the signature is missing, too many messages, no such
bot), and say so in the body, which Apprise hardly ever reads. So every answer is looked at here: what was refused is
not sent, and the error says the service's own words.
"""

import json
import logging
import re
from importlib.util import find_spec

from alerts.attempt import Attempt
from alerts.clean import line
from alerts.message import short_text
from alerts.threads import in_thread
from crawler.checks import NotSent, Sent
from crawler.options import AppriseChannel

INSTALLED = find_spec("apprise") is not None

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

_CODES = ("errcode", "code", "StatusCode", "retcode")
_TAKEN = (0, 200, 1000)
"""What these services call success."""
_WORDS = ("errmsg", "msg", "message", "StatusMessage", "error", "reason")
_LARGEST_ANSWER, _LONGEST_WORDS = 65_536, 200
_SECRET = re.compile(r"[\w-]{6,}")
"""What of an address may be a token."""
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
    taken, answers = await in_thread(_notify, address, tame(title), tame(body))
    refused = next((said for said in map(refusal, answers) if said is not None), None)
    if refused is not None:
        return NotSent(error=f"{service} refused the message: {_without(address, refused)}")
    return Sent() if taken else NotSent(error=f"{service} did not take the message: check the address and its token")


def refusal(answer: bytes) -> str | None:
    """Why a service refused, in its own words, where its answer says that it did."""
    try:
        told = json.loads(answer[:_LARGEST_ANSWER])
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    codes = [str(told[name]) for name in _CODES if isinstance(told.get(name), int | str)]
    refused = [code for code in codes if re.fullmatch(r"-?\d{1,9}", code) and int(code) not in _TAKEN]
    if not refused and told.get("success") is not False and told.get("ok") is not False:
        return None
    words = next((told[name] for name in _WORDS if isinstance(told.get(name), str)), "")
    return line(f"{' '.join(refused[:1])} {words}".strip(), _LONGEST_WORDS) or "it does not say why"


def _without(address: str, words: str) -> str:
    """A service's words without what stands in the address."""
    for secret in _SECRET.findall(address.partition("://")[2]):
        words = words.replace(secret, "…")
    return words


def tame(text: str) -> str:
    """The text without what chat programs act upon; a line that is nothing but an address stays whole."""
    return "\n".join(line if _ADDRESS.fullmatch(line) else line.translate(_TAME) for line in text.split("\n"))


def _notify(address: str, title: str, body: str) -> tuple[bool, list[bytes]]:
    from alerts.apprise_sending import notify  # noqa: PLC0415 (a fifth of a second, and few have such channels)

    return notify(address, title, body)
