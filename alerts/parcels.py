"""Who gets which alerts in one message, so that everybody gets those of a page in order. Pure.

Who has what is kept for each recipient (`Delivery.reached`): a mail server may refuse one of them, who then waits for
the later alerts of that page too, while all the others get them.
"""

from collections.abc import Sequence

from crawler.checks import Delivery, Held, NotSent, Sent
from crawler.model import value
from crawler.options import Channel, EmailChannel


@value
class Parcel:
    """One message: these alerts to these recipients."""

    deliveries: tuple[Delivery, ...]
    recipients: tuple[str, ...]


def people(channel: Channel) -> tuple[str, ...]:
    """The recipients of the channel; one that has none takes a message as a whole."""
    return channel.recipients if isinstance(channel, EmailChannel) else (channel.name,)


def parcels(deliveries: Sequence[Delivery], recipients: Sequence[str]) -> list[Parcel]:
    """The messages of a claim: to each recipient all that he lacks and may have, with whoever lacks the same."""
    alike: dict[tuple[int, ...], Parcel] = {}
    for who in recipients:
        lacking = tuple(delivery for delivery in deliveries if who not in delivery.reached and _may_have(delivery, who))
        same = tuple(delivery.id for delivery in lacking)
        others = alike[same].recipients if same in alike else ()
        alike[same] = Parcel(deliveries=lacking, recipients=(*others, who))
    return [parcel for parcel in alike.values() if parcel.deliveries]


def concluded(
    delivery: Delivery, recipients: Sequence[str], ways: Sequence[tuple[Parcel, Sent | NotSent]]
) -> Sent | NotSent | Held:
    """What became of a delivery that went these ways."""
    refusals = [outcome for _, outcome in ways if isinstance(outcome, NotSent)]
    taken = [who for parcel, outcome in ways if isinstance(outcome, Sent) for who in parcel.recipients]
    reached = tuple(sorted({*taken, *(who for refusal in refusals for who in refusal.reached)}))
    if refusals:
        asked = [refusal.retry_after for refusal in refusals if refusal.retry_after]
        return NotSent(
            error="; ".join(dict.fromkeys(refusal.error for refusal in refusals)),
            retry_after=max(asked, default=None),
            reached=reached,
        )
    waiting = tuple(who for who in recipients if who not in {*reached, *delivery.reached})
    return Held(reached=reached, waiting=waiting) if waiting else Sent()


def _may_have(delivery: Delivery, who: str) -> bool:
    return delivery.allowed is None or who in delivery.allowed
