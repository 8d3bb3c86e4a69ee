"""Lines beside the bodies of a host's pages are counted once a page and text, and the template stays small and new."""

import threading
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from crawler.checks import Due, Lesson
from crawler.errors import Outrun
from crawler.extract.template import ENOUGH, MOST_TAUGHT, Place
from storage import template
from storage.store import Store
from tests.support.store import changed, opened, rows, source, watch

HOST = "www.example.org"
PLACES = (("html/body/div/p", "青柳网由一群热爱家乡的青年共同打理。"), ("html/body/p", "青柳网的故事"))
NUMBERS = count()


def teach(store: Store, due: Due, *places: Place, host: str = HOST, marks: tuple[str, ...] = ()) -> Due:
    lesson = Lesson(host=host, places=places, marks=marks)
    store.record(changed(due, text=f"版本{next(NUMBERS)}", lesson=lesson))
    return store.due_page(due.page, due.source)


def pages_of(store: Store, number: int) -> list[Due]:
    return watch(store, *(source(f"page{next(NUMBERS)}") for _ in range(number)))


def line(number: int) -> Place:
    return "html/body/b", f"第{number}句话，每天都不一样。"


def remembered(path: Path) -> int:
    return int(rows(path, "SELECT count(*) FROM shared_line")[0][0])


def test_a_line_met_on_enough_pages_belongs_to_the_host(store: Store) -> None:
    for met, due in enumerate(pages_of(store, ENOUGH + 1), 1):
        teach(store, due, *PLACES)
        assert store.template(HOST) == (frozenset(PLACES) if met >= ENOUGH else frozenset())


def test_one_page_counts_once_however_often_it_changes(store: Store) -> None:
    [due] = pages_of(store, 1)
    for number in range(ENOUGH + 1):
        due = teach(store, due, *PLACES, marks=(f"text{number}",))
    assert store.template(HOST) == frozenset()


def test_one_text_counts_once_at_however_many_addresses_it_stands(store: Store) -> None:
    for number, due in enumerate(pages_of(store, ENOUGH + 1)):
        teach(store, due, *PLACES, marks=("the same", f"and another {number}"))
    assert store.template(HOST) == frozenset()
    for number, due in enumerate(pages_of(store, ENOUGH)):
        teach(store, due, *PLACES, marks=(f"text{number}",))
    assert store.template(HOST) == frozenset(PLACES)


def test_hosts_do_not_learn_from_one_another(store: Store) -> None:
    for number, due in enumerate(pages_of(store, ENOUGH)):
        teach(store, due, *PLACES, host=f"{number}.example.org")
    assert {store.template(f"{number}.example.org") for number in range(ENOUGH)} == {frozenset()}


def test_what_is_met_no_more_makes_room_for_what_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "MOST_SHARED", 2)
    for due in pages_of(store, ENOUGH):
        teach(store, due, *PLACES)
    redesigned = (line(1), line(2))
    for due in pages_of(store, ENOUGH):
        assert store.template(HOST) == frozenset(PLACES)
        teach(store, due, *redesigned)
    assert store.template(HOST) == frozenset(redesigned)


@pytest.mark.parametrize("times", [1, 2, ENOUGH])
def test_a_host_never_fills_the_store(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    monkeypatch.setattr(template, "MOST_SHARED", 6)
    monkeypatch.setattr(template, "MOST_MET", 10)
    for number in range(12):
        for due in pages_of(store, times):
            teach(store, due, *(line(10 * number + each) for each in range(4)))
    assert remembered(tmp_path / "crawler.db") <= 16
    assert len(store.template(HOST)) <= 6
    if times == ENOUGH:
        assert store.template(HOST) >= {line(110 + each) for each in range(4)}


def test_lines_met_once_never_push_out_what_the_host_is_known_to_say(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template, "MOST_MET", 4)
    for due in pages_of(store, ENOUGH):
        teach(store, due, *PLACES)
    for number, due in enumerate(pages_of(store, 12)):
        teach(store, due, line(number))
    assert store.template(HOST) == frozenset(PLACES)


def test_pages_recorded_at_once_are_all_counted(tmp_path: Path) -> None:
    with opened(tmp_path / "two.db") as store:
        dues = pages_of(store, 8)
        failed: list[Exception] = []

        def learn(mine: list[Due]) -> None:
            try:
                with opened(tmp_path / "two.db") as other:
                    for due in mine:
                        teach(other, due, *PLACES, *(line(number) for number in range(20)))
            except Exception as error:  # noqa: BLE001 (shown by the assertion below, whatever it is)
                failed.append(error)

        threads = [threading.Thread(target=learn, args=(dues[start::2],)) for start in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert len(store.template(HOST)) == len(PLACES) + 20


def test_a_lesson_may_hold_what_no_database_does(store: Store) -> None:
    hostile = ("html/body/p", "青柳网\0的故事，\ud800每天都有新的内容。")
    for due in pages_of(store, ENOUGH):
        teach(store, due, hostile, hostile, *((f"html/{'p' * number}", "%_'\"") for number in range(MOST_TAUGHT)))
    assert len(store.template(HOST)) == MOST_TAUGHT + 1


def test_a_check_that_was_outrun_teaches_nothing(store: Store) -> None:
    dues = pages_of(store, ENOUGH)
    for due in dues[:-1]:
        teach(store, due, *PLACES)
    late = changed(replace(dues[-1], checks=7), lesson=Lesson(host=HOST, places=PLACES))
    with pytest.raises(Outrun):
        store.record(late)
    assert store.template(HOST) == frozenset()
