"""Lines beside the bodies of a host's pages are counted once a page, and the template they make stays small."""

from dataclasses import replace

import pytest

from crawler.checks import Due, Lesson
from crawler.extract.template import ENOUGH
from storage import template
from storage.store import Store
from tests.support.store import changed, source, watch

HOST = "www.example.org"
PLACES = (("html/body/div/p", "青柳网由一群热爱家乡的青年共同打理。"), ("html/body/p", "青柳网的故事"))


def teach(store: Store, due: Due, *places: tuple[str, str], host: str = HOST) -> Due:
    store.record(changed(due, text=f"版本{due.version}", lesson=Lesson(host=host, places=places)))
    return store.due_page(due.page, due.source)


def pages_of(store: Store, number: int) -> list[Due]:
    return watch(store, *(source(f"page{n}") for n in range(number)))


def test_a_line_met_on_enough_pages_belongs_to_the_host(store: Store) -> None:
    for met, due in enumerate(pages_of(store, ENOUGH + 1), 1):
        teach(store, due, *PLACES)
        assert set(store.template(HOST)) == (set(PLACES) if met >= ENOUGH else set())
    assert set(store.template(HOST).values()) == {ENOUGH}


def test_one_page_counts_once_however_often_it_changes(store: Store) -> None:
    [due] = pages_of(store, 1)
    for _ in range(ENOUGH + 1):
        due = teach(store, due, *PLACES)
    assert store.template(HOST) == {}


def test_hosts_do_not_learn_from_one_another(store: Store) -> None:
    for number, due in enumerate(pages_of(store, ENOUGH)):
        teach(store, due, *PLACES, host=f"{number}.example.org")
    assert [dict(store.template(f"{number}.example.org")) for number in range(ENOUGH)] == [{}] * ENOUGH


def test_a_template_does_not_grow_for_ever(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "MOST_SHARED", 2)
    for due in pages_of(store, ENOUGH):
        teach(store, due, *PLACES)
    for due in watch(store, *(source(f"other{n}") for n in range(ENOUGH))):
        teach(store, due, ("html/body/b", "每天都不一样的一句话。"))
    assert set(store.template(HOST)) == set(PLACES)


def test_lines_met_once_are_forgotten_before_they_are_too_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "MOST_MET", 4)
    first, second, third, *rest = pages_of(store, 12)
    for due in (first, second):
        teach(store, due, *PLACES)
    for number, due in enumerate(rest):
        teach(store, due, ("html/body/b", f"第{number}句话，每天都不一样。"))
    teach(store, third, *PLACES)
    assert set(store.template(HOST)) == set(PLACES)


def test_a_check_that_was_outrun_teaches_nothing(store: Store) -> None:
    dues = pages_of(store, ENOUGH)
    for due in dues[:-1]:
        teach(store, due, *PLACES)
    late = changed(replace(dues[-1], checks=7), lesson=Lesson(host=HOST, places=PLACES))
    with pytest.raises(Exception, match="recorded by another process"):
        store.record(late)
    assert store.template(HOST) == {}
