from email.message import EmailMessage

import pytest

from crawler.checks import Outcome, Result
from crawler.demo import expect
from crawler.model import Json

SILENT: list[str] = []


def results(*outcomes: Outcome) -> list[Result]:
    return [
        Result(source="s", url=f"http://127.0.0.1/{number}", outcome=outcome) for number, outcome in enumerate(outcomes)
    ]


def document() -> Json:
    edit = expect.EDIT
    return {
        "type": "page.changed",
        "targets": {"changed": [{"old": {"low": edit.values[0]}, "new": {"low": edit.values[1]}}]},
        "text": {"hunks": [{"old": "6", "new": "5.5"}, {"old": "全线贯通", "new": "先通老城一段"}]},
    }


def message(subject: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = subject
    return mail


def test_five_pages_of_the_wanted_outcome_are_well() -> None:
    assert expect.all_pages(results(*[Outcome.NEW] * 5), Outcome.NEW) == SILENT


def test_another_outcome_is_named_with_its_page() -> None:
    [complaint] = expect.all_pages(results(*[Outcome.NEW] * 4, Outcome.FAILED), Outcome.NEW)
    assert complaint.startswith("http://127.0.0.1/4: failed, not new")


def test_a_missing_page_is_noticed() -> None:
    assert expect.all_pages(results(*[Outcome.NEW] * 4), Outcome.NEW) == ["4 pages were checked, not 5"]


def test_stored_texts_are_compared_as_a_reader_would() -> None:
    assert expect.same_texts({"/a": "增长 6％。"}, {"/a": "增长6%。"}) == SILENT
    assert expect.same_texts({"/a": "增长6%。广告"}, {"/a": "增长6%。"}) == ["/a: the stored text is not the report's"]
    assert expect.same_texts({}, {"/a": "增长6%。"}) == ["/a: the stored text is not the report's"]


def test_a_quiet_round_is_quiet() -> None:
    assert expect.nothing_raised(0, 0) == SILENT
    assert expect.nothing_raised(1, 0)
    assert expect.nothing_raised(0, 1)


def test_exactly_one_page_may_change() -> None:
    well = results(Outcome.CHANGED, *[Outcome.UNCHANGED] * 4)
    assert expect.one_change(well, 1) == SILENT
    assert expect.one_change(well, 2)
    assert expect.one_change(results(Outcome.CHANGED, Outcome.CHANGED, *[Outcome.UNCHANGED] * 3), 1)
    assert expect.one_change(results(*[Outcome.UNCHANGED] * 5), 0)


def test_the_webhook_must_tell_the_edit_and_nothing_else() -> None:
    assert expect.webhook([document()]) == SILENT


@pytest.mark.parametrize(
    ("where", "what", "complaint"),
    [
        (("type",), "page.new", "its type is page.new"),
        (("targets", "changed"), [], "its changed targets are []"),
        (("text", "hunks"), [{"old": "6", "new": "5.5"}], "does not tell the edited sentence"),
        (("text", "hunks"), [{"old": "6", "new": "5.5"}, {"old": "广告", "new": "开业"}], "changes that were not made"),
    ],
)
def test_a_webhook_that_tells_something_else_is_named(where: tuple[str, ...], what: Json, complaint: str) -> None:
    told = document()
    inner = told
    for name in where[:-1]:
        inner = inner[name]
    inner[where[-1]] = what
    [said] = expect.webhook([told])
    assert complaint in said


def test_webhooks_and_mails_are_counted() -> None:
    assert expect.webhook([]) == ["the webhook took 0 documents, not 1"]
    assert expect.webhook([document(), document()]) == ["the webhook took 2 documents, not 1"]
    assert expect.mail([]) == ["the mail server took 0 mails, not 1"]


def test_the_mails_subject_must_name_region_and_values() -> None:
    assert expect.mail([message("云溪市 2026：地区生产总值 6%左右 → 5.5%左右")]) == SILENT
    [complaint] = expect.mail([message("云溪市 2026：文字修改")])
    assert "6%, 5.5%" in complaint
