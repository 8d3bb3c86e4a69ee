"""Ring 2: telling people. Takes alerts from the outbox to the channels of sources.yaml; imports ring 1 only.

    deliver.py -> CHANNELS -> webhook.py | email.py | apprise.py
                              email, apprise -> message.py -> notice, headline, plain, markup (pure)

At least once: a delivery leaves the outbox only when its channel has taken it, or after its give-up time.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from alerts.apprise import send as to_apprise
from alerts.attempt import Attempt
from alerts.email import send as to_mail
from alerts.webhook import send as to_webhook
from crawler.checks import NotSent, Sent
from crawler.options import AppriseChannel, Channel, EmailChannel, WebhookChannel

CHANNELS: Mapping[type[Channel], Callable[[Any, Attempt], Awaitable[Sent | NotSent]]] = {
    WebhookChannel: to_webhook,
    EmailChannel: to_mail,
    AppriseChannel: to_apprise,
}
"""Who sends to which kind of channel. A sender returns what became of the attempt and raises nothing on purpose."""
