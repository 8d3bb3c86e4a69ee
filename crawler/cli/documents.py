"""Commands that read single documents and store nothing: try, extract, targets, diff."""

import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

import crawler.cli.command as command
from crawler.app import utc_now
from crawler.charset import decode
from crawler.cli.output import out, print_json, safe, table
from crawler.cli.reports import edited, hunks_json, named, reports_json, reports_of, show_reports, targets_in
from crawler.diff import TextDiff, diff_texts
from crawler.errors import UsageError
from crawler.extract import explain, extract
from crawler.extract.documents.kinds import HTML, PLAIN, media_type_of
from crawler.extract.explain import Dropped
from crawler.extract.template import NOTHING_SHARED, Template
from crawler.fetch import Fetcher
from crawler.fetch.media import unreadable
from crawler.model import Article, Failure, Fetched, Json, Request, Target, TargetDiff, value
from crawler.options import Network
from crawler.pipeline import host_of
from crawler.reports import label
from crawler.targets import compare_targets, describe, describe_change
from crawler.wire import target_diff_json, target_json

LARGEST_FILE = 50_000_000
_SHOWN = 80
"""So much of what was left out is shown at once."""

Json_ = Annotated[bool, typer.Option("--json", help="print one JSON document")]


@value
class Input:
    """A document as given on the command line."""

    name: str
    content: bytes
    url: str = ""
    content_type: str = ""


def try_page(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="URL|FILE", help="the page to try")],
    json: Json_ = False,
) -> None:
    """Show what one page gives (title, body, pager, targets), what was left out and why; store nothing."""
    given = _read(target, context)
    template = _template(context, given.url)
    article = extract(given.content, given.url, given.content_type, template=template)
    dropped = explain(given.content, given.content_type, template=template)
    targets = targets_in(article)
    if json:
        left_out = [{"text": line.text, "reason": line.reason} for line in dropped]
        found = [target_json(target) for target in targets]
        print_json({**article_json(article), "targets": found, "dropped": left_out})
        return
    console = out()
    _show_article(console, article)
    show_reports(console, reports_of(article))
    _show_dropped(console, dropped)
    _show_targets(console, targets)


def extract_document(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="an HTML, PDF or Word document")],
    url: Annotated[str, typer.Option(help="the address the document came from, for its links")] = "",
    json: Json_ = False,
) -> None:
    """Print the article of one document."""
    given = _read(document, context)
    article = extract(given.content, url or given.url, given.content_type)
    if json:
        print_json(article_json(article))
    else:
        out().print(Text("\n".join(filter(None, (safe(article.title), safe(article.body))))), soft_wrap=True)


def targets_of(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="FILE|-", help="a text, or an HTML document")],
    year: Annotated[int | None, typer.Option(help="the year of the report", min=1949, max=2100)] = None,
    json: Json_ = False,
) -> None:
    """Print the targets in a text (or in the body of an HTML document)."""
    targets = targets_in(_article(_read(document, context)), year)
    if json:
        print_json([target_json(target) for target in targets])
    else:
        _show_targets(out(), targets)


def diff_files(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="a text or HTML file")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="a text or HTML file")],
    json: Json_ = False,
) -> None:
    """Print the text and target changes between two files."""
    before, after = _article(_read(old, context)), _article(_read(new, context))
    text = diff_texts(before.body, after.body)
    # A text that does not say its year is taken for another version of the one that does.
    years = before.year or after.year, after.year or before.year
    targets = compare_targets(targets_in(before, years[0]), targets_in(after, years[1]))
    if json:
        print_json(diff_json(text, targets, after.title))
    else:
        show_diff(out(), text, targets, after.title)


def article_json(article: Article) -> dict[str, Json]:
    """The contract's `extract --json`."""
    pager = article.pager
    return {
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "region": article.region,
        "year": article.year,
        "body": article.body,
        "paragraphs": list(article.paragraphs),
        "reports": reports_json(reports_of(article)),
        "pager": pager and {"part": pager.part, "parts": pager.parts, "next": pager.next, "urls": list(pager.urls)},
        "encoding": article.encoding,
        "media_type": article.media_type,
    }


def diff_json(text: TextDiff, targets: TargetDiff, title: str = "") -> dict[str, Json]:
    """The contract's `diff --json`; `title` is that of the document."""
    return {
        "changed": text.changed or bool(targets),
        "hunks": hunks_json(text, title),
        "targets": target_diff_json(targets),
    }


def show_diff(console: Console, text: TextDiff, targets: TargetDiff, title: str = "") -> None:
    """Target changes first, then the text's, deletions and insertions marked by colour and by brackets."""
    if not text.changed and not targets:
        console.print("没有变化 no change")
        return
    for change in targets.changed:
        console.print(Text.assemble(("~ ", "bold yellow"), safe(named(change.new, describe_change(change)))))
    for mark, style, listed in (("+ ", "bold green", targets.added), ("- ", "bold red", targets.removed)):
        for target in listed:
            console.print(Text.assemble((mark, style), safe(named(target, f"{target.indicator} {describe(target)}"))))
    if targets:
        console.print()
    if line := edited(text, title):
        console.print(line)
    styles = {"delete": ("red strike", "[-", "-]"), "insert": ("green", "{+", "+}"), "equal": ("", "", "")}
    plain = not console.is_terminal
    shown = Text()
    for segment in text.inline():
        style, opened, closed = styles[segment.op]
        shown.append(f"{opened}{safe(segment.text)}{closed}" if plain else safe(segment.text), style=style)
    console.print(shown, soft_wrap=plain)


def _read(name: str, context: typer.Context) -> Input:
    """A document from a file, from standard input ('-') or from the network."""
    if name.startswith(("http://", "https://")):
        fetched = command.run(_fetch(name, command.network(context)))
        return Input(name=name, content=fetched.content, url=fetched.url, content_type=fetched.content_type)
    if "://" in name:
        raise UsageError(f"{name}: only http and https addresses can be read")
    try:
        content = sys.stdin.buffer.read(LARGEST_FILE + 1) if name == "-" else _file(name)
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}") from None
    if len(content) > LARGEST_FILE:
        raise UsageError(f"{name}: larger than {LARGEST_FILE // 1_000_000} MB")
    if not content.strip():
        raise UsageError(f"{name}: is empty")
    if what := unreadable("", content):
        raise UsageError(f"{name}: {what}: neither text, HTML, PDF nor Word")
    return Input(name=name, content=content)


def _template(context: typer.Context, url: str) -> Template:
    """What is known of the page's host, if this machine has watched it."""
    file = command.sqlite_file(command.database_url(context))
    if not url or (file is not None and not file.exists()):
        return NOTHING_SHARED
    with command.stored(context) as store:
        return store.template(host_of(url))


def _show_dropped(console: Console, dropped: Sequence[Dropped]) -> None:
    """Neighbours left out for the same reason, as one row."""
    rows = []
    for reason, group in groupby(dropped, key=lambda line: line.reason):
        lines = [line.text for line in group]
        rows.append((f"{' / '.join(lines)[:_SHOWN]}", len(lines), reason))
    console.print(table(f"不属正文 left out: {len(dropped)}", ("内容 text", "行 lines", "原因 reason"), rows))
    console.print()


def _file(name: str) -> bytes:
    with Path(name).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


async def _fetch(url: str, network: Network) -> Fetched:
    async with Fetcher(network, now=utc_now, jitter=lambda: 0.0) as fetcher:
        response = await fetcher.fetch(Request(url=url))
    if isinstance(response, Failure):
        raise UsageError(f"{url}: {response.reason}")
    assert isinstance(response, Fetched)  # noqa: S101 (an unconditional request has no 304)
    return response


def _article(given: Input) -> Article:
    """The article of a document: a plain text as it is, anything else through the extractor."""
    head = given.content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    markup = head.startswith(b"<") or b"<html" in head or b"<body" in head
    document = media_type_of(given.content) not in (HTML, PLAIN)
    if document or markup or Path(given.name).suffix.lower() in (".html", ".htm", ".shtml"):
        return extract(given.content, given.url, given.content_type)
    return Article(paragraphs=tuple(decode(given.content, "text/plain")[0].split("\n")))


def _show_article(console: Console, article: Article) -> None:
    pager = article.pager
    rows = [
        ("标题 title", article.title),
        ("日期 published", article.published.isoformat() if article.published else None),
        ("地区 region", article.region or None),
        ("年份 year", article.year),
        ("分页 part", f"{pager.part or '?'}/{pager.parts or '?'}" if pager else None),
        ("编码 encoding", f"{article.encoding} ({article.media_type})"),
        ("正文 body", f"{len(article.paragraphs)} paragraphs, {len(article.body)} characters"),
    ]
    console.print(table(None, ("", ""), rows))
    console.print()
    console.print(Text(safe(article.body)), soft_wrap=True)
    console.print()


def _show_targets(console: Console, targets: Sequence[Target]) -> None:
    promised = [target for target in targets if target.status == "target"]
    rows = [
        (
            label(target.report),
            target.indicator,
            describe(target),
            target.unit,
            target.period,
            target.kind,
            target.relation,
        )
        for target in promised
    ]
    others = len(targets) - len(promised)
    note = f"，另有 {others} 处成绩或背景数字 others" if others else ""
    heads = ("报告", "指标", "目标值", "单位", "时期", "kind", "relation")
    console.print(table(f"目标 targets: {len(promised)}{note}", heads, rows))
