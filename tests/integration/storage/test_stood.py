"""Which earlier version said what is read again, and until when."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from crawler.checks import NewVersion, Stood
from crawler.text import fingerprint
from storage.store import Store
from tests.support.store import NOW, changed, document, opened, source, unchanged, watch

HOURS = [NOW + timedelta(hours=n) for n in range(6)]


def stored(store: Store, *texts: str, reread: int = 0) -> int:
    """A page with these texts, an hour apart; version `reread` is one by better rules."""
    [due] = watch(store, source())
    for number, text in enumerate(texts, 1):
        read = document(text, fetched_at=HOURS[number])
        if number == reread:
            version = NewVersion(number=number, document=read, reread=True)
            store.record(replace(unchanged(due), reread=version))
        else:
            store.record(changed(due, read=read))
        due = store.due_page(due.page, due.source)
    return due.page


def test_an_earlier_text_stood_until_the_next_version(tmp_path: Path) -> None:
    with opened(tmp_path / "crawler.db") as store:
        page = stored(store, "甲", "乙", "丙")
        assert store.stood(page, fingerprint("甲")) == Stood(number=1, until=HOURS[2])
        assert store.stood(page, fingerprint("乙")) == Stood(number=2, until=HOURS[3])
        assert store.stood(page, fingerprint("丙")) is None, "nothing replaced it"
        assert store.stood(page, fingerprint("丁")) is None
        assert store.stood(page + 1, fingerprint("甲")) is None


def test_of_a_text_that_stood_twice_the_later_time_counts(tmp_path: Path) -> None:
    with opened(tmp_path / "crawler.db") as store:
        assert store.stood(stored(store, "甲", "乙", "甲", "乙"), fingerprint("甲")) == Stood(number=3, until=HOURS[4])


def test_what_better_rules_replaced_stood_for_no_other_text(tmp_path: Path) -> None:
    with opened(tmp_path / "crawler.db") as store:
        page = stored(store, "甲", "乙", "丙", reread=2)
        assert store.stood(page, fingerprint("甲")) is None
        assert store.stood(page, fingerprint("乙")) == Stood(number=2, until=HOURS[3])
