"""A round through a proxy: every form of an inner address, as a page of its own and behind a redirect.

The proxy stands on loopback, which is its operator's choice; it may be asked for what is public, and for nothing else.
"""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import crawler.app
from crawler.checks import Outcome, Result
from storage.store import open_store
from tests.chaos.hostile import REFUSALS
from tests.chaos.watch import START
from tests.support.http_server import Exchange, HttpServer, redirect, reply
from tests.support.inside import INSIDE

PUBLIC = ".example"


def through_a_proxy(folder: Path, names: Callable[[str], str], allowed: set[int]) -> list[str]:
    """What was not refused, or asked of the proxy though it lies inside.

    `names` gives the public name of a number; the proxy's port is put among the `allowed` while it is at work.
    """
    forms = list(INSIDE.values())

    async def answer(exchange: Exchange) -> None:
        host = urlsplit(exchange.request.target).hostname or ""
        if host not in hosts or exchange.request.target.endswith("/robots.txt"):
            await exchange.send(reply(status=404))
            return
        inside = f"http://{forms[hosts.index(host)]}/secret"
        await exchange.send(redirect(inside.encode().decode("latin-1")))

    hosts = [names(number) for number in range(len(forms))]
    with HttpServer(fallback=answer) as proxy:
        allowed.add(proxy.port)
        results = _checked(folder, proxy, [f"http://{form}/secret" for form in forms], hosts)
        allowed.remove(proxy.port)
    asked = [target for target in proxy.targets if (urlsplit(target).hostname or "") not in hosts]
    wrong = [result for result in results if not _is_refused(result)]
    faults = [f"the proxy was asked for {target}" for target in asked]
    faults += [f"by a proxy: {result.source}: {result.outcome}, {result.reason}" for result in wrong]
    missing = 2 * len(forms) - len(results)
    redirected = sum(f"http://{host}/" in proxy.targets for host in hosts)
    if missing or redirected != len(hosts):
        faults.append(f"by a proxy: {missing} without a result, {redirected} redirects asked for")
    return faults


def _is_refused(result: Result) -> bool:
    return result.outcome is Outcome.FAILED and any(words in (result.reason or "") for words in REFUSALS)


def _checked(folder: Path, proxy: HttpServer, inside: Sequence[str], hosts: Sequence[str]) -> Sequence[Result]:
    urls = {f"i{number}": url for number, url in enumerate(inside)}
    urls |= {f"r{number}": f"http://{host}/" for number, host in enumerate(hosts)}
    lines = [
        "defaults: {every: 6h, delay: 0s}",
        f'network: {{timeout: 4s, proxy: "{proxy.url()}"}}',
        "sources:",
        *(f'  - {{id: {name}, url: "{url}"}}' for name, url in urls.items()),
    ]
    (folder / "proxied.yaml").write_text("\n".join(lines), "utf-8")
    config = crawler.app.load_config(str(folder / "proxied.yaml"))
    with open_store(f"sqlite:///{folder / 'proxied.db'}", now=START) as store:
        return asyncio.run(crawler.app.run_once(config, store)).results
