"""The demo's plot: a baseline, a round of mere noise, an edit, and the one alert that comes of it.

Ring 3. Everything is real but the portal: configuration, fetching, extraction, store, outbox and delivery are those of
`crawler once`. The folder it works in is left to explore.
"""

import asyncio
import json
import os
import secrets
import shutil
import sys
from pathlib import Path

from rich.console import Console

import crawler.demo.expect as expect
import crawler.demo.keepsakes as keepsakes
from crawler.app import Summary, run_once, utc_now
from crawler.checks import Alert, Outcome
from crawler.config import parse_config
from crawler.demo.portal import Portal
from crawler.demo.sinks import MailSink, WebhookSink, mail_sink
from crawler.demo.stage import Stage
from crawler.diff import diff_texts
from crawler.model import value
from crawler.options import Config
from storage.store import Store, open_store


def run_demo(console: Console, folder: Path) -> int:
    """Play the demo and leave its files in `folder`; 0, or 1 if something did not go as it should."""
    stage = Stage(console)
    stage.opening()
    complaints = asyncio.run(_play(stage, folder))
    stage.farewell(f"{_program()} --database sqlite:///{(folder / keepsakes.DATABASE).as_posix()}", folder, complaints)
    return 1 if complaints else 0


def _program() -> str:
    """How to call this very installation from here: by its name if the shell finds it so, else by its path."""
    called = Path(sys.argv[0])
    if called.stem != "crawler":
        return f"{sys.executable} -m crawler"
    found = shutil.which("crawler")
    return "crawler" if found and Path(found).samefile(called) else os.path.relpath(called)


@value
class Scene:
    """All that the rounds share."""

    stage: Stage
    folder: Path
    portal: Portal
    hook: WebhookSink
    post: MailSink
    config: Config
    store: Store


async def _play(stage: Stage, folder: Path) -> list[str]:
    keepsakes.clear(folder)
    with Portal() as portal, WebhookSink(secrets.token_bytes(24)) as hook:
        async with mail_sink() as post:
            text = keepsakes.configuration(portal=portal.origin, hook=hook.origin, secret=hook.secret, port=post.port)
            keepsakes.write(folder, keepsakes.CONFIG, text.encode())
            config = parse_config(text, {}, str(folder / keepsakes.CONFIG))
            with open_store(f"sqlite:///{folder / keepsakes.DATABASE}", now=utc_now()) as store:
                scene = Scene(
                    stage=stage, folder=folder, portal=portal, hook=hook, post=post, config=config, store=store
                )
                return await _baseline(scene) or await _noise(scene) or await _edit(scene)


async def _baseline(scene: Scene) -> list[str]:
    scene.stage.act(
        "1  基线 Baseline",
        "第一轮：保存每份报告的第一个版本，不发提醒。",
        "First round: the first version of each report is stored, nothing is raised.",
    )
    summary = await _round(scene)
    texts = expect.same_texts(_stored(scene), scene.portal.texts)
    return expect.all_pages(summary.results, Outcome.NEW) + _quiet(scene, summary) + texts


async def _noise(scene: Scene) -> list[str]:
    scene.stage.act(
        "2  只有噪声 Only noise",
        "第二轮：广告、计数、评论、推荐全变了，报告一字未改：不应有任何提醒。",
        "Second round: adverts, counters, comments and links all moved, no report did: nothing may be raised.",
    )
    summary = await _round(scene)
    return expect.all_pages(summary.results, Outcome.UNCHANGED) + _quiet(scene, summary)


async def _edit(scene: Scene) -> list[str]:
    edit = expect.EDIT
    scene.stage.act(
        "3  悄悄修改 A quiet edit",
        "门户悄悄改了一份报告里的一个目标和一句话，噪声照旧：",
        "The portal quietly edits one target and one sentence of one report; the noise goes on:",
    )
    scene.stage.edits((edit.target, edit.sentence))
    for old, new in (edit.target, edit.sentence):
        scene.portal.edit(edit.report, old, new)
    summary = await _round(scene)
    payloads = [json.loads(call.body) for call in scene.hook.received]
    complaints = expect.one_change(summary.results, summary.raised)
    complaints += expect.webhook(payloads) + expect.mail(scene.post.received)
    complaints += expect.same_texts(_stored(scene), scene.portal.texts)
    _show(scene, [alert for result in summary.results for alert in result.alerts])
    return complaints


async def _round(scene: Scene) -> Summary:
    summary = await run_once(scene.config, scene.store)
    scene.stage.results(summary.results, summary.raised)
    return summary


def _stored(scene: Scene) -> dict[str, str]:
    """The newest text of each page, by the path of its address."""
    pages = scene.store.due({source.id: source for source in scene.config.sources}, None)
    return {page.url.removeprefix(scene.portal.origin): scene.store.text(page.page, page.version) for page in pages}


def _quiet(scene: Scene, summary: Summary) -> list[str]:
    return expect.nothing_raised(summary.raised, len(scene.hook.received) + len(scene.post.raw))


def _show(scene: Scene, alerts: list[Alert]) -> None:
    """Whatever arrived and changed, as its readers see it; a copy of each message stays in the folder."""
    for call in scene.hook.received:
        scene.stage.webhook(call)
        keepsakes.write(scene.folder, keepsakes.WEBHOOK, call.body)
    for raw, message in zip(scene.post.raw, scene.post.received, strict=True):
        scene.stage.mail(message)
        keepsakes.write(scene.folder, keepsakes.MAIL, raw)
    for alert in alerts:
        versions = alert.payload["versions"]
        if alert.page is not None and versions["old"]:
            old, new = (scene.store.text(alert.page, versions[which]) for which in ("old", "new"))
            scene.stage.difference(diff_texts(old, new))
