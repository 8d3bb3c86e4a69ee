"""A page as its readers browse it: standing, versions by portions, the changes beside one, promises, its kin."""

from dataclasses import replace

from crawler.checks import NewVersion, Outcome, Suspicion
from crawler.model import TargetDiff
from storage.past import beside, kin, promised, promises, standing, timeline
from storage.queries import versions
from storage.store import Store
from tests.support.store import DAY, NOW, changed, document, part, raised, source, stock, target, unchanged, watch


def test_how_a_page_stands(store: Store) -> None:
    due = stock(store)
    parts = (part(1), part(2, paragraphs=1))
    doubt = Suspicion(fingerprint="f" * 64, reason="another article", since=NOW, told=False, stands=NOW + DAY)
    store.record(
        unchanged(due, outcome=Outcome.FAILED, reason="no answer", failures=3, parts=parts, suspicion=doubt, missing=1)
    )
    found = standing(store, due.page)
    assert found
    assert (found.version, found.checks, found.failures, found.missing) == (2, 3, 3, 1)
    assert (found.outcome, found.reason) == ("failed", "no answer")
    assert (found.suspect_reason, found.suspect_since) == ("another article", NOW)
    assert (found.source, found.source_title, found.region, found.year) == ("hechuan", "hechuan report", "河川市", 2027)
    assert [(each.url, each.paragraphs) for each in found.parts] == [(each.url, each.paragraphs) for each in parts]


def test_there_is_no_page_of_that_number(store: Store) -> None:
    assert standing(store, 1) is None
    assert standing(store, 2**70) is None


def test_a_page_that_was_never_read(store: Store) -> None:
    [due] = watch(store, source())
    found = standing(store, due.page)
    assert found
    assert (found.version, found.checked_at, found.parts) == (0, None, ())
    assert timeline(store, due.page) == []
    assert beside(store, due.page, 1) == (None, None)


def test_versions_come_by_portions_the_newest_first(store: Store) -> None:
    due = stock(store, 5)
    every = versions(store, due.page)[::-1]
    assert timeline(store, due.page) == every
    assert [line.version for line in timeline(store, due.page, limit=2)] == [5, 4]
    assert timeline(store, due.page, below=4, limit=2) == every[2:4]
    assert timeline(store, due.page, below=1) == []
    assert timeline(store, due.page, below=2**70) == every
    assert [line.version for line in timeline(store, due.page, numbers=[1, 4, 9, 2**70])] == [4, 1]


def test_the_changes_beside_a_version_pass_over_what_was_reread(store: Store) -> None:
    due = stock(store, 2)
    reread = NewVersion(number=3, document=document("河川市政府工作报告"), targets=TargetDiff(), reread=True)
    store.record(unchanged(due, reread=reread))
    due = store.due_page(due.page, due.source)
    store.record(changed(due, targets=raised()))
    assert beside(store, due.page, 2) == (None, 4)
    assert beside(store, due.page, 3) == (2, 4)
    assert beside(store, due.page, 4) == (2, None)


def test_promises_of_the_newest_version_by_report(store: Store) -> None:
    [due] = watch(store, source())
    first, second = "甲市2027年政府工作报告", "乙市2027年政府工作报告"
    found = (
        target("粮食产量", "320", report=first),
        target("工业产值", "5", report=first, status="achievement"),
        target("生猪出栏", "90", report=first),
        target("造林", "7", report=second),
    )
    store.record(changed(due, read=document(targets=found)))
    assert promises(store, due.page) == [(first, 2), (second, 1)]
    assert [(each.position, each.target.indicator) for each in promised(store, due.page, None, limit=9)] == [
        (0, "粮食产量"),
        (2, "生猪出栏"),
        (3, "造林"),
    ]
    [line] = promised(store, due.page, first, limit=9, skip=1)
    assert line.target == replace(found[2], start=0, end=0, sent_start=0, rule="")
    assert promised(store, due.page, "没有", limit=9) == []


def test_other_pages_of_the_region_newest_year_first(store: Store) -> None:
    dues = watch(store, *(source(name) for name in ("a", "b", "c", "d", "e")))
    places = (("河川市", 2026), ("河川市", 2028), ("云溪市", 2027), ("", None), ("河川市", 2027))
    for due, (region, year) in zip(dues, places, strict=True):
        store.record(changed(due, read=document(region=region, year=year, fetched_at=NOW + DAY)))
    numbers = {due.source.id: due.page for due in dues}
    assert [each.page for each in kin(store, numbers["a"])] == [numbers["b"], numbers["e"]]
    assert kin(store, numbers["c"]) == []
    assert kin(store, numbers["d"]) == []
