"""Commands that read single documents and store nothing: extract, targets, diff (`try` is in `trial`)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from crawler.charset import decode
from crawler.cli.found import show_targets
from crawler.cli.inputs import Input, read_article, read_input
from crawler.cli.output import out, print_json, safe
from crawler.cli.reports import edited, hunks_json, named, reports_json, reports_of, targets_in
from crawler.diff import TextDiff, diff_texts
from crawler.extract.documents.kinds import HTML, PLAIN, media_type_of
from crawler.model import Article, Json, TargetDiff
from crawler.targets import compare_targets, describe, describe_change, describe_difference
from crawler.wire import change_json, target_diff_json, target_json

Json_ = Annotated[bool, typer.Option("--json", help="print one JSON document")]


def extract_document(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="an HTML, PDF or Word document")],
    url: Annotated[str, typer.Option(help="the address the document came from, for its links")] = "",
    json: Json_ = False,
) -> None:
    """Print the article of one document."""
    given = read_input(document, context)
    article = read_article(given, url)
    if json:
        print_json(article_json(article))
    else:
        out().print(Text("\n".join(filter(None, (safe(article.title), safe(article.body))))), soft_wrap=True)


def targets_of(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="FILE|-", help="a text, or an HTML document")],
    year: Annotated[int | None, typer.Option(help="the year of the report", min=1949, max=2100)] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="every number, with what it was taken for and why (--json has them always)")
    ] = False,
    json: Json_ = False,
) -> None:
    """Print the targets in a text (or in the body of an HTML document)."""
    targets = targets_in(_article(read_input(document, context)), year)
    if json:
        print_json([target_json(target) for target in targets])
        return
    console = out()
    show_targets(console, targets, everything=everything)
    if not everything and any(target.status != "target" for target in targets):
        console.print("--all 列出其余数字及判断依据 shows the other numbers, and why they are none", style="dim")


def diff_files(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="a text or HTML file")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="a text or HTML file")],
    json: Json_ = False,
) -> None:
    """Print the text and target changes between two files."""
    before, after = _article(read_input(old, context)), _article(read_input(new, context))
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
        words, by = safe(named(change.new, describe_change(change))), change_json(change)
        console.print(Text.assemble(("~ ", "bold yellow"), words, (f"  {_difference(by)}".rstrip(), "dim")))
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


def _difference(change: Mapping[str, Json]) -> str:
    amount, percent = change["difference"] or "", change["difference_percent"] or ""
    return describe_difference(amount, change["difference_unit"], percent)


def _article(given: Input) -> Article:
    """The article of a document: a plain text as it is, anything else through the extractor."""
    head = given.content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    markup = head.startswith(b"<") or b"<html" in head or b"<body" in head
    document = media_type_of(given.content) not in (HTML, PLAIN)
    if document or markup or Path(given.name).suffix.lower() in (".html", ".htm", ".shtml"):
        return read_article(given)
    return Article(paragraphs=tuple(decode(given.content, "text/plain")[0].split("\n")))
