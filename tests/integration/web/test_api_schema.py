"""The API against its own OpenAPI document: schemathesis asks it whatever that allows, and much that it does not."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import cast

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case

from crawler.checks import Outcome
from crawler.web.api.app import ROOT, create_api
from crawler.web.office import Office
from storage.store import Store
from tests.support.dashboard import TOKEN, office_of, running
from tests.support.store import NOW, alert, changed, document, listing, opened, raised, source, target, unchanged, watch

SOURCE, ALERT = "jinhua-2024", "5d0a3c0e-7f0b-5c39-9d53-0c6f8a1f4b1e"
"""What the examples of the document name."""
SHOWN = {"Authorization": f"Bearer {TOKEN}"}
HOSTILE = "<script>alert(1)</script>\u202e\u2028\x07\"'&"
FILE = """\
channels: {desk: {type: webhook, url: "https://hooks.example.org/x"}}
sources:
  - {id: jinhua-2024, url: "https://www.example.org/jinhua.html"}
  - {id: hostile, url: "https://www.example.org/hostile.html"}
  - {id: portal, listing: "https://www.example.org/portal/"}
"""


class Hurried:
    """A clock that is a minute on whenever it is asked: wrong tokens never come too fast."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


def populate(store: Store) -> None:
    """A page of three versions, one that is hostile, one that was never read; alerts; a listing."""
    sources = [source(SOURCE), source("hostile"), source("fresh"), listing("portal")]
    watch(store, *sources)
    for name, title in ((SOURCE, "金华市2026年政府工作报告"), ("hostile", HOSTILE)):
        for number in (1, 2, 3):
            [due] = store.due({name: next(each for each in sources if each.id == name)}, None)
            low = str(310 + 10 * number)
            read = document(
                f"{title}\n粮食产量稳定在{low}万吨以上。",
                title=title,
                targets=(target(low=low), target(indicator=title, low=None, unit="日期", period="2027-06")),
            )
            diff = raised(str(int(low) - 10), low) if number > 1 else None
            told = (alert(ALERT if name == SOURCE else "hostile", source=name, page=due.page, summary=title),)
            more = {"targets": diff, "alerts": told} if diff and number == 2 else {"targets": diff} if diff else {}
            store.record(changed(due, read=read, **more))
    [due] = store.due({"hostile": source("hostile")}, None)
    store.record(unchanged(due, outcome=Outcome.FAILED, reason=HOSTILE, failures=4, told_failing=True))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server at work, over a database that holds something of everything."""
    folder = tmp_path_factory.mktemp("api")
    (folder / "sources.yaml").write_text(FILE, "utf-8")
    clock = Hurried()
    with opened(folder / "crawler.db") as store:
        populate(store)
        office = office_of(store, folder / "sources.yaml", clock, ticked_at=lambda: clock.moment + timedelta(minutes=1))
        with running(office) as dashboard:
            yield dashboard.url + ROOT


DOCUMENT = create_api(cast("Office", None)).openapi()
described = schemathesis.openapi.from_dict(DOCUMENT)


@described.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_the_document_says(case: Case, url: str) -> None:
    case.call_and_validate(base_url=url, headers=SHOWN)


OPERATIONS = [(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods]


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=[" ".join(each) for each in OPERATIONS])
def test_the_examples_of_the_document_name_something_that_is_there(method: str, path: str, url: str) -> None:
    """So that the trial above meets more than refusals."""
    parameters = DOCUMENT["paths"][path][method].get("parameters", ())
    named = {each["name"]: each["schema"]["examples"][0] for each in parameters if each["required"]}
    asked = {each["name"]: named[each["name"]] for each in parameters if each["required"] and each["in"] == "query"}
    answer = requests.request(method, url + path.format(**named), params=asked, headers=SHOWN, timeout=20)
    assert answer.ok, answer.text
    described[path][method].validate_response(answer)


def test_the_document_served_is_the_one_that_was_tried(url: str) -> None:
    assert httpx.get(f"{url}/openapi.json", headers=SHOWN).json() == DOCUMENT
