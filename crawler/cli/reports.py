"""How the commands show a document that holds many reports: as JSON, as a table, and by name beside what is in them."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from crawler.cli.output import safe, table
from crawler.diff import TextDiff
from crawler.extract.compilation import Report, find_reports
from crawler.model import Article, Json, Target
from crawler.reports import hunk_reports, label, targets_of


def targets_in(article: Article, year: int | None = None) -> tuple[Target, ...]:
    """The targets of an article, report by report; `year` is that of a report which does not say its own."""
    return targets_of(article.paragraphs, year or article.year, reports_of(article))


def reports_of(article: Article) -> tuple[Report, ...]:
    """The reports of an article that holds many, else none."""
    return find_reports(article.title, article.paragraphs)


def reports_json(reports: Iterable[Report]) -> list[Json]:
    """Each report; `start` and `end` count paragraphs: its own are `paragraphs[start:end]`."""
    return [
        {"title": each.title, "region": each.region, "year": each.year, "start": each.start, "end": each.end}
        for each in reports
    ]


def show_reports(console: Console, reports: Sequence[Report]) -> None:
    """A line each; nothing where the document is one report."""
    if reports:
        rows = [(each.title or "–", each.region, each.year, each.start + 1, each.end) for each in reports]
        heads = ("报告 report", "地区 region", "年份 year", "from paragraph", "to")
        console.print(table(f"报告 reports: {len(reports)}", heads, rows))
        console.print()


def hunks_json(text: TextDiff, title: str) -> list[Json]:
    """The contract's hunks; where the document holds many reports, each with the one it stands in."""
    places = hunk_reports(text, title)
    several = any(places)
    return [
        {"op": hunk.op, "old": hunk.old, "new": hunk.new, **({"report": place} if several else {})}
        for hunk, place in zip(text.hunks, places, strict=True)
    ]


def edited(text: TextDiff, title: str) -> Text | None:
    """Which reports of a compilation were edited, in a line; None where the document is one report."""
    names = [label(report) for report in dict.fromkeys(hunk_reports(text, title)) if report]
    return Text(safe(f"报告 reports: {'；'.join(names)}\n"), style="dim") if names else None


def named(target: Target, words: str) -> str:
    """What is said of a target, its report named before it."""
    return f"{label(target.report)}：{words}" if target.report else words
