"""A database of made-up reports: as many as asked for, and sound."""

from itertools import pairwise
from pathlib import Path
from random import Random

from bench import made_up
from bench.populate import Size, populate
from crawler.discover import with_targets
from storage import maintenance, versions
from storage import tables as t
from storage.cards import Wanted, cards
from tests.support.store import document, opened


def test_a_populated_database_holds_what_was_asked_for_and_proves_sound(tmp_path: Path) -> None:
    with opened(tmp_path / "crawler.db") as store:
        populate(store, Size(pages=30, versions=120, characters=900))
        stats = maintenance.stats(store)
        assert (stats.pages, stats.versions, stats.changes) == (30, 120, 90)
        assert 0 < stats.alerts < 90
        assert maintenance.verify(store) == []
        newest = cards(store, Wanted(), limit=10)
        assert all(one.at >= other.at for one, other in pairwise(newest))
        assert {card.severity for card in newest} <= {"high", "normal", "low"}


def test_versions_differ_each_from_the_one_before(tmp_path: Path) -> None:
    with opened(tmp_path / "crawler.db") as store:
        populate(store, Size(pages=3, versions=30, characters=600))
        with store.database.read() as connection:
            rows = connection.execute(t.version.select().order_by(t.version.c.page, t.version.c.number)).all()
            texts = {(row.page, row.number): versions.body(connection, row.page, row.number) for row in rows}
    assert all(texts[one] != texts[other] for one, other in pairwise(texts) if one[0] == other[0])


def test_the_targets_of_a_made_up_report_are_those_that_are_found_in_it() -> None:
    dice = Random(7)
    made = made_up.report(dice, "清河县", 2027, 900)
    for _ in range(20):
        made = made_up.edited(dice, made).report
        read = with_targets(document(made.text, title=made.title, region="清河县", targets=()))
        told = [(target.start, target.text, target.key, target.status) for target in read.targets]
        assert told == [(target.start, target.text, target.key, target.status) for target in made_up.targets_of(made)]
