"""crawler try: what one page gives, what is left out and why, and what a check would make of it."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

import crawler.cli.command as command
from crawler.app import utc_now
from crawler.cli.documents import Json_, article_json
from crawler.cli.found import show_targets
from crawler.cli.inputs import Input, fetch_all, read_input, read_safely
from crawler.cli.output import out, print_json, safe, table
from crawler.cli.reports import show_reports
from crawler.errors import UsageError
from crawler.extract.explain import Dropped
from crawler.extract.template import NOTHING_SHARED, Template
from crawler.listed import is_listed
from crawler.model import Failure, Fetched, Json, Source
from crawler.pipeline import host_of
from crawler.trial import Trial, judged
from crawler.wire import target_json

_SHOWN = 80
"""So much of what was left out is shown at once."""


def try_page(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="URL|FILE", help="the page to try")],
    json: Json_ = False,
) -> None:
    """Show what one page gives (title, body, pager, targets), what was left out and why; store nothing."""
    given, source = read_input(target, context), _source(context, target)
    tried = _tried(context, given, source)
    trouble = None if source.listing == target else _trouble(tried)
    if json:
        print_json(_trial_json(tried, trouble))
    else:
        _show(out(), tried)
        taken = "looks for links in this listing" if source.listing == target else "would take this for a report"
        verdict = trouble or f"`crawler once` {taken}"
        out().print(Text(f"结论 verdict: {safe(verdict)}", style="magenta" if trouble else "green"), soft_wrap=True)
    if trouble:
        raise typer.Exit(1)


def _tried(context: typer.Context, given: Input, source: Source) -> Trial:
    fetched = Fetched(
        url=given.url,
        status=200,
        headers={"content-type": given.content_type},
        content=given.content,
        fetched_at=utc_now(),
    )
    flow = judged(fetched, source, _template(context, given.url), read_safely)
    tried = command.run(fetch_all(flow, command.network(context)))
    if isinstance(tried, Failure):
        raise UsageError(f"{given.name}: {tried.reason}")
    return tried


def _source(context: typer.Context, url: str) -> Source:
    """The source that watches this address, by itself or as one of a listing; else one with every default."""
    stranger = Source(id="-", title="", url=url)
    if not Path(command.config_path(context)).exists():
        return stranger
    sources = command.configured(context).sources
    named = (each for each in sources if each.url == url)
    listed = (each for each in sources if each.listing and (each.listing == url or is_listed(url, each)))
    return next(named, next(listed, stranger))


def _template(context: typer.Context, url: str) -> Template:
    """What is known of the page's host, if this machine has watched it."""
    if not url or command.no_database(command.database_url(context)):
        return NOTHING_SHARED
    with command.stored(context) as store:
        return store.template(host_of(url))


def _trouble(tried: Trial) -> str | None:
    """Why a first check of the page would store nothing; None: it would."""
    if tried.incomplete:
        return f"`crawler once` would fail on this page: {tried.incomplete}"
    return f"`crawler once` would hold this page back as suspect: {tried.doubted}" if tried.doubted else None


def _trial_json(tried: Trial, trouble: str | None) -> dict[str, Json]:
    documents = [
        {
            "url": each.url,
            "paragraphs": len(each.article.paragraphs),
            "targets": [target_json(target) for target in each.targets],
            "error": each.fault,
        }
        for each in tried.attached
    ]
    return {
        **article_json(tried.article),
        "targets": [target_json(target) for target in tried.targets],
        "dropped": [{"text": line.text, "reason": line.reason} for line in tried.dropped],
        "documents": documents,
        "trouble": trouble,
    }


def _show(console: Console, tried: Trial) -> None:
    attached = tried.attached
    _show_article(console, tried)
    show_reports(console, tried.reports)
    _show_dropped(console, tried.dropped)
    if attached:
        rows = [
            (each.url, len(each.article.paragraphs), len(each.article.body), each.fault or None) for each in attached
        ]
        heads = ("文件 document", "段 paragraphs", "字 characters", "cannot be read")
        console.print(table(f"本页只是通知，正文在文件里 the page leads to documents: {len(attached)}", heads, rows))
        console.print()
    show_targets(console, [*tried.targets, *(found for each in attached for found in each.targets)])


def _show_article(console: Console, tried: Trial) -> None:
    article = tried.article
    pager = article.pager if not tried.attached else None
    further = "seems to have further parts that cannot be followed" if tried.cut_off else None
    rows = [
        ("标题 title", article.title),
        ("日期 published", article.published.isoformat() if article.published else None),
        ("地区 region", article.region or None),
        ("年份 year", article.year),
        ("分页 part", f"{pager.part or '?'}/{pager.parts or '?'}" if pager else further),
        ("下一页 next part", pager.next if pager else None),
        ("编码 encoding", f"{article.encoding} ({article.media_type})"),
        ("正文 body", f"{len(article.paragraphs)} paragraphs, {len(article.body)} characters"),
    ]
    console.print(table(None, ("", ""), rows))
    console.print()
    console.print(Text(safe(article.body)), soft_wrap=True)
    console.print()


def _show_dropped(console: Console, dropped: Sequence[Dropped]) -> None:
    """Neighbours left out for the same reason, as one row."""
    rows = []
    for reason, group in groupby(dropped, key=lambda line: line.reason):
        lines = [line.text for line in group]
        rows.append((f"{' / '.join(lines)[:_SHOWN]}", len(lines), reason))
    console.print(table(f"不属正文 left out: {len(dropped)}", ("内容 text", "行 lines", "原因 reason"), rows))
    console.print()
