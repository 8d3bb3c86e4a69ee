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
from crawler.checks import Document, Due
from crawler.cli.documents import Json_, article_json
from crawler.cli.found import show_targets
from crawler.cli.inputs import Input, fetch_input, read_article, read_input
from crawler.cli.output import out, print_json, safe, table
from crawler.cli.reports import reports_of, show_reports, targets_in
from crawler.discover import is_listed, with_targets
from crawler.errors import UsageError
from crawler.extract import explain, find_pager
from crawler.extract.explain import Dropped
from crawler.extract.template import NOTHING_SHARED, Template
from crawler.model import Article, Json, Source, value
from crawler.pipeline import host_of
from crawler.plausible import doubt
from crawler.text import fingerprint
from crawler.wire import target_json

_SHOWN = 80
"""So much of what was left out is shown at once."""


@value
class Attached:
    """A document that a notice leads to."""

    url: str
    article: Article = Article()
    fault: str | None = None
    """Why it cannot be read."""


def try_page(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="URL|FILE", help="the page to try")],
    json: Json_ = False,
) -> None:
    """Show what one page gives (title, body, pager, targets), what was left out and why; store nothing."""
    given = read_input(target, context)
    source = _source(context, target)
    template = _template(context, given.url)
    article = read_article(given, selectors=source.body, template=template)
    dropped = explain(given.content, given.content_type, source.body, template)
    attached = [_read_attached(context, url, source) for url in _attached(given, article)]
    trouble = None if source.listing == target else _trouble(given, source, article, attached)
    if json:
        print_json(_trial_json(article, dropped, attached, trouble))
    else:
        _show(out(), article, dropped, attached)
        taken = "looks for links in this listing" if source.listing == target else "would take this for a report"
        verdict = trouble or f"`crawler once` {taken}"
        out().print(Text(f"结论 verdict: {safe(verdict)}", style="magenta" if trouble else "green"), soft_wrap=True)
    if trouble:
        raise typer.Exit(1)


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


def _attached(given: Input, article: Article) -> tuple[str, ...]:
    """The addresses of the documents that a notice leads to; none where its pager leads to parts of a page."""
    if article.pager is None or find_pager(given.content, given.url, given.content_type):
        return ()
    return article.pager.urls[1:]


def _read_attached(context: typer.Context, url: str, source: Source) -> Attached:
    try:
        given = command.run(fetch_input(url, command.network(context), source.delay))
        return Attached(url=url, article=read_article(given, selectors=source.body))
    except UsageError as error:
        return Attached(url=url, fault=str(error).removeprefix(f"{url}: "))


def _trouble(given: Input, source: Source, article: Article, attached: Sequence[Attached]) -> str | None:
    """Why a first check of the page would store nothing; None: it would."""
    for each in attached:
        if each.fault:
            return f"`crawler once` would fail on this page: incomplete article: {each.url}: {each.fault}"
    paragraphs = [*article.paragraphs, *(line for each in attached for line in each.article.paragraphs)]
    url = given.url or given.name
    doubted = doubt(Due(page=0, source=source, url=url), with_targets(_document(url, article, paragraphs)), "")
    return f"`crawler once` would hold this page back as suspect: {doubted.reason}" if doubted else None


def _document(url: str, article: Article, paragraphs: Sequence[str]) -> Document:
    return Document(
        url=url,
        title=article.title,
        published=article.published,
        region=article.region,
        year=article.year,
        paragraphs=tuple(paragraphs),
        targets=(),
        parts=(),
        captures=(),
        fetched_at=utc_now(),
        fingerprint=fingerprint("\n".join(paragraphs)),
    )


def _trial_json(
    article: Article, dropped: Sequence[Dropped], attached: Sequence[Attached], trouble: str | None
) -> dict[str, Json]:
    documents = [
        {
            "url": each.url,
            "paragraphs": len(each.article.paragraphs),
            "targets": [target_json(target) for target in targets_in(each.article)],
            "error": each.fault,
        }
        for each in attached
    ]
    return {
        **article_json(article),
        "targets": [target_json(target) for target in targets_in(article)],
        "dropped": [{"text": line.text, "reason": line.reason} for line in dropped],
        "documents": documents,
        "trouble": trouble,
    }


def _show(console: Console, article: Article, dropped: Sequence[Dropped], attached: Sequence[Attached]) -> None:
    _show_article(console, article, len(attached))
    show_reports(console, reports_of(article))
    _show_dropped(console, dropped)
    if attached:
        rows = [
            (each.url, len(each.article.paragraphs), len(each.article.body), each.fault or None) for each in attached
        ]
        heads = ("文件 document", "段 paragraphs", "字 characters", "cannot be read")
        console.print(table(f"本页只是通知，正文在文件里 the page leads to documents: {len(attached)}", heads, rows))
        console.print()
    show_targets(console, [*targets_in(article), *(found for each in attached for found in targets_in(each.article))])


def _show_article(console: Console, article: Article, attached: int) -> None:
    pager = article.pager if not attached else None
    rows = [
        ("标题 title", article.title),
        ("日期 published", article.published.isoformat() if article.published else None),
        ("地区 region", article.region or None),
        ("年份 year", article.year),
        ("分页 part", f"{pager.part or '?'}/{pager.parts or '?'}" if pager else None),
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
