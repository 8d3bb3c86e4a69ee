"""The tables of bench/extract.py, in Markdown."""

from collections.abc import Iterable, Mapping, Sequence

from bench.measure import SCENES, Result, by_kind, leaks, stable, summarise
from bench.places import BEFORE, BEHIND, INSIDE

Results = Mapping[str, Sequence[Result]]
_HEAD = ("F1", "P", "R", "clean", "leak", "lost", "failed")


def quality(results: Results) -> str:
    """Pages as saved: all, and those of governments."""
    rows = []
    for name, some in results.items():
        saved = [result for result in some if not result.page.scene]
        gov = [result for result in saved if result.page.sample.genre == "gov"]
        rows += [(name, label, *_figures(group)) for label, group in (("all", saved), ("gov", gov)) if group]
    return table(("pages as saved", "", "n", *_HEAD), rows)


def furnished(results: Results) -> str:
    """Pages with furniture, by its place, and the share of pages whose body never moved."""
    rows = []
    for name, some in results.items():
        for scene in SCENES:
            group = [result for result in some if result.page.scene == scene]
            rows.append((name, scene, *_figures(group), _share(stable(some, [scene]))))
        drawn = [result for result in some if result.page.scene]
        rows.append((name, "together", *_figures(drawn), _share(stable(some, SCENES))))
    return table(("with furniture", "where", "n", *_HEAD, "same body"), rows)


def kinds(results: Results) -> str:
    """The share of blocks of each kind of which something stands in the body found, for each extractor."""
    shares = {
        name: {kind: _leaking(places.values()) for kind, places in by_kind(some).items()}
        for name, some in results.items()
    }
    first = next(iter(shares.values()))
    rows = [
        (kind, *(_share(mine.get(kind, 0.0)) for mine in shares.values()))
        for kind in sorted(first, key=lambda kind: -first[kind])
    ]
    return table(("share of blocks leaking", *shares), rows)


def kinds_by_place(results: Sequence[Result]) -> str:
    """Blocks leaked of blocks put in, by kind and place, for one extractor."""
    rows = []
    for kind, places in sorted(by_kind(results).items(), key=lambda item: -_leaking(item[1].values())):
        cells = [
            f"{bad} / {all_}" if all_ else "" for bad, all_ in (places[place] for place in (BEFORE, INSIDE, BEHIND))
        ]
        rows.append((kind, *cells))
    return table(("ours: leaked / put in", BEFORE, INSIDE, BEHIND), rows)


def speed(rows: Iterable[Sequence[str]]) -> str:
    """Versions and times, as the caller words them."""
    return table(("extractor", "version", "time against the Lexbor parse alone", "pages that raised"), rows)


def worst(results: Sequence[Result], count: int | None) -> str:
    """The pages as saved with the lowest F1."""
    saved = sorted((result for result in results if not result.page.scene), key=lambda result: result.score.f1)
    rows = [(result.page.sample.id, *(f"{figure:.3f}" for figure in result.score)) for result in saved[:count]]
    return table(("worst pages", "P", "R", "F1"), rows)


def leaking(results: Sequence[Result]) -> str:
    """Every block that leaked, with its HTML."""
    found = sorted(leaks(results), key=lambda leak: (leak.block.kind, leak.block.place))
    rows = [
        (f"{leak.block.kind} {leak.block.place}", leak.result.page.sample.id, leak.text, leak.block.html[:300])
        for leak in found
    ]
    return table(("leak", "page", "text", "block"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, its columns aligned for reading as it is; bars and line breaks of cells are replaced."""
    cells = [list(head), *([cell.replace("|", "¦").replace("\n", " ") for cell in row] for row in rows)]
    widths = [max(3, *(len(row[column]) for row in cells)) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(lines) + "\n"


def _figures(results: Iterable[Result]) -> tuple[str, ...]:
    figures = summarise(results)
    means = (f"{value:.4f}" for value in (figures.f1, figures.precision, figures.recall))
    return str(figures.pages), *means, *map(_share, (figures.clean, figures.leak, figures.lost, figures.failed))


def _leaking(counts: Iterable[tuple[int, int]]) -> float:
    leaked, all_ = map(sum, zip(*counts, strict=True))
    return leaked / max(1, all_)


def _share(value: float) -> str:
    return f"{value:.3f}"
