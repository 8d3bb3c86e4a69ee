"""The outbox: crawler alerts, alerts retry, alerts test."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal

import typer

import crawler.cli.command as command
from alerts.deliver import test_channel
from crawler.app import open_gate, utc_now
from crawler.checks import NotSent, Sent
from crawler.cli.output import complain, local, out, print_json, table
from crawler.errors import UsageError
from crawler.options import Channel, Config
from storage import queries

app = typer.Typer(help="The outbox: what was told, and to whom.")


@app.callback(invoke_without_command=True)
@command.command
def alerts(
    context: typer.Context,
    state: Annotated[
        Literal["pending", "delivered", "dead"] | None, typer.Option(help="only with a delivery in this state")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="at most so many")] = 100,
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """List alerts and how far they got, the newest first."""
    if context.invoked_subcommand:
        return
    with command.stored(context) as store:
        lines = queries.alerts(store, state=state, limit=limit)
    if json:
        print_json([asdict(line) for line in lines])
        return
    rows: list[tuple[object, ...]] = []
    for line in lines:
        raised = local(datetime.fromisoformat(line.raised_at or ""))
        rows.append((raised, line.type, line.source, line.summary, None, None))
        rows += [("", "", "", f"  {told.error or ''}", told.channel, told.state) for told in line.deliveries]
    out().print(table(None, ("raised", "type", "source", "summary", "channel", "state"), rows))


@app.command()
@command.command
def retry(
    context: typer.Context,
    alert: Annotated[str | None, typer.Argument(metavar="ID", help="default: all that were not delivered")] = None,
) -> None:
    """Make dead and waiting deliveries due at once; `once` or the daemon makes them."""
    with command.stored(context) as store:
        count = store.outbox.retry(alert, utc_now())
    if alert is not None and not count:
        raise UsageError(f"no undelivered alert {alert!r}; `crawler alerts` lists them")
    out().print(f"{count} deliveries are due; `crawler once` or the daemon makes them")


@app.command()
@command.command
def test(
    context: typer.Context, channel: Annotated[str, typer.Argument(metavar="CHANNEL", help="a channel's name")]
) -> None:
    """Send a made-up alert, marked as a test, to one channel."""
    config = command.configured(context)
    if channel not in config.channels:
        raise UsageError(f"no channel {channel!r}; there are: {', '.join(sorted(config.channels)) or 'none'}")
    sent = command.run(_test(config, config.channels[channel]))
    if isinstance(sent, NotSent):
        complain(f"{channel}: {sent.error}")
        raise typer.Exit(1)
    out().print(f"{channel}: delivered")


async def _test(config: Config, channel: Channel) -> Sent | NotSent:
    async with open_gate(config) as gate:
        return await test_channel(channel, gate.post, ca_file=config.network.ca_file)
