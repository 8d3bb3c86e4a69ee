"""The API's search: the same hits as the dashboard's page, as plain text with offsets, portion by portion."""

import pytest

from storage.search.indexing import work_off
from storage.store import Store
from tests.support.api import program, walk
from tests.support.dashboard import Dashboard
from tests.support.store import changed, document, source, watch

HOSTILE = "粮食<script>alert(1)</script>\u202e&amp;"
FILLING = "坚持稳中求进工作总基调，" * 20


def store_text(store: Store, name: str, *texts: str, **fields: object) -> None:
    """The versions of a page, indexed."""
    [due] = watch(store, source(name))
    for text in texts:
        store.record(changed(due, read=document(text, **fields)))
        due = store.due_page(due.page, due.source)
    while work_off(store):
        pass


def marked(snippet: dict[str, object]) -> str:
    """Its text, hits in brackets: what `hits` say is held to what was looked for."""
    text, hits = str(snippet["text"]), snippet["hits"]
    assert isinstance(hits, list)
    for start, end in reversed(hits):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def test_a_hit_has_its_page_its_version_and_its_place(dashboard: Dashboard, store: Store) -> None:
    text = f"{FILLING}粮食产量稳定在320万吨以上。"
    store_text(store, "one", text, title="河川市政府工作报告", region="河川市", year=2027)
    with program(dashboard) as asking:
        [found] = asking.get("search", params={"q": "粮食"}).json()["items"]
    [snippet] = found.pop("snippets")
    assert marked(snippet) == FILLING[-40:] + "[粮食]产量稳定在320万吨以上。"
    assert (snippet["cut_before"], snippet["cut_after"]) == (True, False)
    assert found.pop("at").endswith("Z")
    assert found.pop("url").startswith("https://")
    assert found == {
        "page": 1,
        "version": 1,
        "newest": 1,
        "source": "one",
        "title": "河川市政府工作报告",
        "region": "河川市",
        "year": 2027,
    }


def test_it_narrows_as_the_page_does(dashboard: Dashboard, store: Store) -> None:
    store_text(store, "one", "粮食一，就业。", "粮食二。", region="河川市", year=2026)
    store_text(store, "two", "粮食三。", region="云溪县", year=2027)
    with program(dashboard) as asking:
        for wanted, shown in (
            ({}, ["[粮食]三。", "[粮食]二。"]),
            ({"source": "one"}, ["[粮食]二。"]),
            ({"region": "云溪县"}, ["[粮食]三。"]),
            ({"year": "2026"}, ["[粮食]二。"]),
            ({"q": "粮食 就业"}, []),
            ({"q": "粮食 就业", "versions": "all"}, ["[粮食]一，[就业]。"]),
            ({"q": "。"}, []),
        ):
            items = asking.get("search", params={"q": "粮食", **wanted}).json()["items"]
            assert [marked(snippet) for each in items for snippet in each["snippets"]] == shown, wanted


def test_portions_lead_through_all_that_is_found(dashboard: Dashboard, store: Store) -> None:
    for name in ("one", "two", "three"):
        store_text(store, name, f"粮食 {name}。")
    with program(dashboard) as asking:
        assert [each["page"] for each in walk(asking, "search", q="粮食", limit=1)] == [3, 2, 1]


def test_what_a_page_says_stays_plain_text(dashboard: Dashboard, store: Store) -> None:
    store_text(store, "one", HOSTILE)
    with program(dashboard) as asking:
        answer = asking.get("search", params={"q": "粮食"})
    assert "\u202e" not in answer.text
    assert "<mark>" not in answer.text
    assert answer.headers["content-type"] == "application/json"
    assert "<script>" in answer.json()["items"][0]["snippets"][0]["text"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 422),
        ({"q": ""}, 422),
        ({"q": "粮" * 201}, 422),
        ({"q": "粮\x00食"}, 422),
        ({"q": "粮食", "versions": "some"}, 422),
        ({"q": "粮食", "cursor": "nowhere"}, 404),
        ({"q": "粮食", "source": "unknown"}, 404),
    ],
)
def test_what_makes_no_sense_is_refused(dashboard: Dashboard, asked: dict[str, str], status: int) -> None:
    with program(dashboard) as asking:
        answer = asking.get("search", params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
