"""What follows from one check: the table in crawler/decide.py, line by line."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from crawler import decide
from crawler.checks import DueListing, Edits, Listed, Outcome, Part, Suspicion
from crawler.failing import Health
from crawler.model import Failure, FailureKind, Watch
from crawler.targets import find_targets
from tests.support.values import NOW, PARAGRAPHS, TEXT, document, due, moment, source

EDITED = TEXT.replace("增长6%左右", "增长5.5%左右")
PREVIOUS = decide.Previous(text=TEXT, targets=tuple(find_targets(TEXT, 2026)))
FAILING = Health(told_failing=True, failing_elsewhere=0)


def failure(status: int | None = 503, **fields: object) -> Failure:
    plain = Failure(
        url="https://www.example.org/yunxi.html",
        kind=FailureKind.STATUS,
        reason=f"HTTP {status}",
        permanent=False,
        status=status,
    )
    return replace(plain, **fields)


FORBIDDEN = failure(None, kind=FailureKind.ROBOTS, permanent=True)


def test_an_unchanged_page_tells_nothing_and_comes_again_at_its_time() -> None:
    intent = decide.unchanged(due(), moment(), None)
    assert (intent.outcome, intent.alerts, intent.version) == (Outcome.UNCHANGED, (), None)
    assert intent.next_check == NOW + timedelta(hours=6)


def test_the_first_text_is_a_silent_version() -> None:
    intent = decide.read(due(version=0, fingerprint=""), document(), decide.Previous(), moment())
    assert intent.outcome is Outcome.NEW
    assert intent.version is not None
    assert intent.version.number == 1
    assert intent.alerts == ()


def test_a_page_found_after_the_first_run_is_announced() -> None:
    intent = decide.read(due(version=0, announce=True), document(), decide.Previous(), moment())
    (alert,) = intent.alerts
    assert alert.type == "page.new"
    assert "云溪市2026年政府工作报告" in alert.summary
    assert {target["indicator"] for target in alert.payload["targets"]["added"]} >= {"地区生产总值", "城镇调查失业率"}


def test_a_report_known_under_another_address_is_not_new() -> None:
    page = due(version=0, announce=True)
    intent = decide.read(page, document(), decide.Previous(twin=True), moment())
    assert (intent.outcome, intent.alerts) == (Outcome.NEW, ())


def test_an_edit_of_the_text_alone_is_told_at_a_glance() -> None:
    old, new = TEXT, TEXT.replace("\n", "\n本报告经人民代表大会审议通过。\n", 1)
    first = decide.read(due(), document(new), replace(PREVIOUS, text=old), moment()).version
    assert first is not None
    assert (first.edits, bool(first.targets)) == (
        Edits(count=1, first=(("", "本报告经人民代表大会审议通过。"),)),
        False,
    )
    second = decide.read(due(), document(EDITED), PREVIOUS, moment()).version
    assert second is not None
    assert second.edits is None  # what became of the target says it


def test_an_edited_target_is_a_version_and_one_alert_that_names_old_and_new() -> None:
    intent = decide.read(due(), document(EDITED), PREVIOUS, moment())
    assert intent.outcome is Outcome.CHANGED
    assert intent.version is not None
    assert intent.version.number == 2
    (alert,) = intent.alerts
    assert alert.type == "page.changed"
    assert "地区生产总值" in alert.summary
    assert "6%左右 → 5.5%左右" in alert.summary
    (change,) = alert.payload["targets"]["changed"]
    assert (change["old"]["low"], change["new"]["low"]) == ("6", "5.5")
    assert alert.payload["versions"] == {"old": 1, "new": 2}
    assert alert.payload["links"]["page"].startswith("https://www.example.org/yunxi.html#:~:text=")


def test_an_edit_of_words_alone_is_told_too() -> None:
    edited = TEXT.replace("农民更有奔头", "农民更有盼头")
    (alert,) = decide.read(due(), document(edited), PREVIOUS, moment()).alerts
    assert any("奔" in hunk["old"] and "盼" in hunk["new"] for hunk in alert.payload["text"]["hunks"])
    assert not alert.payload["targets"]["changed"]


def test_the_same_event_concluded_twice_is_the_same_alert() -> None:
    first = decide.read(due(), document(EDITED), PREVIOUS, moment())
    again = decide.read(due(), document(EDITED), PREVIOUS, moment(now=NOW + timedelta(hours=1)))
    elsewhere = decide.read(due(), document(EDITED), PREVIOUS, moment(installation="0" * 32))
    later = decide.read(due(version=3), document(EDITED), PREVIOUS, moment())
    assert first.alerts[0].id == again.alerts[0].id
    assert len({first.alerts[0].id, elsewhere.alerts[0].id, later.alerts[0].id}) == 3


class TestSuspicion:
    SHRUNK = PARAGRAPHS[0]

    def test_a_text_that_shrank_strongly_is_held_back(self) -> None:
        intent = decide.read(due(), document(self.SHRUNK), PREVIOUS, moment())
        assert intent.outcome is Outcome.SUSPECT
        assert intent.version is None
        assert intent.alerts == ()
        assert "shrank" in (intent.reason or "")
        assert NOW < intent.next_check < NOW + timedelta(minutes=15)

    def test_read_again_by_a_second_check_it_is_believed_and_told(self) -> None:
        held = decide.read(due(), document(self.SHRUNK), PREVIOUS, moment()).suspicion
        intent = decide.read(due(suspicion=held), document(self.SHRUNK), PREVIOUS, moment())
        assert intent.outcome is Outcome.CHANGED
        assert intent.suspicion is None
        assert [alert.type for alert in intent.alerts] == ["page.changed"]

    def test_another_suspicious_text_does_not_confirm_the_first(self) -> None:
        held = decide.read(due(), document(self.SHRUNK), PREVIOUS, moment()).suspicion
        intent = decide.read(due(suspicion=held), document(PARAGRAPHS[2]), PREVIOUS, moment())
        assert intent.outcome is Outcome.SUSPECT

    @pytest.mark.parametrize(
        "text",
        [
            "请完成安全验证后继续访问本网站，拖动滑块完成拼图。",
            "您访问的页面不存在，三秒后返回首页，请稍候。",
            "系统正在维护中，请稍后再试，给您带来不便敬请谅解。",
            "",
        ],
    )
    def test_a_block_or_error_page_never_becomes_a_version(self, text: str) -> None:
        page = due()
        for _ in range(5):
            intent = decide.read(page, document(text, title="提示"), PREVIOUS, moment())
            assert intent.outcome is Outcome.SUSPECT
            assert intent.version is None
            page = replace(page, suspicion=intent.suspicion)

    def test_a_page_suspect_for_long_is_told_once(self) -> None:
        since = NOW - timedelta(days=1)
        page = due(suspicion=Suspicion(fingerprint="", reason="bot check", since=since, stands=since))
        intent = decide.read(page, document(""), PREVIOUS, moment())
        assert [alert.type for alert in intent.alerts] == ["page.suspect"]
        again = decide.read(
            due(suspicion=intent.suspicion), document(""), PREVIOUS, moment(now=NOW + timedelta(days=9))
        )
        assert again.alerts == ()

    def test_it_clears_silently(self) -> None:
        page = due(suspicion=Suspicion(fingerprint="", reason="bot check", since=NOW, stands=NOW, told=True))
        intent = decide.unchanged(page, moment(), None)
        assert (intent.suspicion, intent.alerts) == (None, ())

    def test_a_report_that_quotes_such_words_is_a_report(self) -> None:
        quoting = document("\n".join([*PARAGRAPHS, "推广网站安全验证，访问被拒绝的投诉下降，系统维护中不停机。"] * 8))
        intent = decide.read(due(version=0), quoting, decide.Previous(), moment())
        assert intent.outcome is Outcome.NEW


class TestFailure:
    def test_a_failure_concludes_nothing_and_backs_off(self) -> None:
        intent = decide.failed(due(failures=1), failure(), moment())
        assert (intent.outcome, intent.version, intent.parts, intent.failures) == (Outcome.FAILED, None, None, 2)
        assert intent.next_check == NOW + timedelta(minutes=10)
        assert intent.alerts == ()

    def test_the_third_in_a_row_is_told_once_for_the_source(self) -> None:
        intent = decide.failed(due(failures=2), failure(), moment())
        assert [alert.type for alert in intent.alerts] == ["source.failing"]
        assert intent.told_failing
        again = decide.failed(due(failures=3), failure(), moment(health=FAILING))
        assert again.alerts == ()
        assert again.told_failing

    def test_recovery_is_told_once_when_nothing_else_of_the_source_fails(self) -> None:
        intent = decide.unchanged(due(failures=5), moment(health=FAILING), None)
        assert [alert.type for alert in intent.alerts] == ["source.recovered"]
        assert not intent.told_failing
        still = decide.unchanged(due(failures=5), moment(health=replace(FAILING, failing_elsewhere=1)), None)
        assert still.alerts == ()
        assert still.told_failing

    def test_gone_needs_two_answers_in_a_row_and_is_told_once(self) -> None:
        first = decide.failed(due(), failure(404), moment())
        assert (first.outcome, first.missing, first.alerts) == (Outcome.FAILED, 1, ())
        second = decide.failed(due(missing=1), failure(410), moment())
        assert second.outcome is Outcome.GONE
        assert [alert.type for alert in second.alerts] == ["page.gone"]
        third = decide.failed(due(missing=2, gone=True), failure(404), moment())
        assert (third.outcome, third.alerts) == (Outcome.GONE, ())

    def test_a_hiccup_between_two_404_starts_the_count_anew(self) -> None:
        assert decide.failed(due(missing=1), failure(503), moment()).missing == 0

    def test_a_page_never_read_cannot_be_gone(self) -> None:
        page = due(version=0)
        for _ in range(3):
            intent = decide.failed(page, failure(404), moment())
            assert intent.outcome is Outcome.FAILED
            page = replace(page, missing=intent.missing, failures=intent.failures)

    def test_robots_txt_is_respected_without_complaint(self) -> None:
        page = due(version=0)
        for _ in range(5):
            intent = decide.failed(page, FORBIDDEN, moment())
            assert (intent.outcome, intent.failures, intent.alerts) == (Outcome.SKIPPED, 0, ())

    def test_robots_txt_that_ends_the_watch_of_a_text_is_told_once(self) -> None:
        assert decide.failed(due(failures=1), FORBIDDEN, moment()).alerts == ()
        intent = decide.failed(due(failures=2), FORBIDDEN, moment())
        assert (intent.outcome, [alert.type for alert in intent.alerts]) == (Outcome.SKIPPED, ["source.failing"])
        assert decide.failed(due(failures=3), FORBIDDEN, moment(health=FAILING)).alerts == ()

    def test_an_unreachable_robots_txt_is_a_failure_like_others(self) -> None:
        unreachable = failure(None, kind=FailureKind.ROBOTS, permanent=False)
        assert decide.failed(due(), unreachable, moment()).outcome is Outcome.FAILED


class TestListing:
    DUE = DueListing(source=source(url=None, listing="https://www.example.org/list/"), first=False)

    def test_what_it_lists_is_recorded(self) -> None:
        listed = Listed(urls=(("https://www.example.org/list/1.html", "云溪"),), fetched_at=NOW)
        intent = decide.listing(self.DUE, listed, moment())
        assert (intent.outcome, intent.found, intent.failures) == (Outcome.UNCHANGED, listed.urls, 0)

    def test_its_failures_count_for_the_source(self) -> None:
        intent = decide.listing(replace(self.DUE, failures=2), failure(), moment())
        assert intent.outcome is Outcome.FAILED
        assert [alert.type for alert in intent.alerts] == ["source.failing"]

    def test_robots_txt_skips_it(self) -> None:
        assert decide.listing(self.DUE, FORBIDDEN, moment()).outcome is Outcome.SKIPPED

    def test_what_stands_before_a_failing_page_of_it_is_listed_all_the_same(self) -> None:
        listed = Listed(urls=(("https://www.example.org/list/1.html", "云溪"),), fetched_at=NOW, failure=failure(500))
        intent = decide.listing(self.DUE, listed, moment())
        assert (intent.outcome, intent.found, intent.failures) == (Outcome.FAILED, listed.urls, 1)

    def test_the_silent_baseline_must_be_whole(self) -> None:
        listed = Listed(urls=(("https://www.example.org/list/1.html", "云溪"),), fetched_at=NOW, failure=failure(500))
        intent = decide.listing(replace(self.DUE, first=True), listed, moment())
        assert (intent.outcome, intent.found) == (Outcome.FAILED, ())


class TestWatch:
    def test_an_edit_elsewhere_is_told_whatever_the_targets_do(self) -> None:
        page = due(source=source(watch=Watch(min_change=Decimal(1))))
        both = TEXT.replace("增长6%左右", "增长5.5%左右").replace("奔头", "盼头")
        assert decide.read(page, document(both), PREVIOUS, moment()).alerts

    @pytest.mark.parametrize(
        ("watch", "edit", "told"),
        [
            (Watch(), ("奔头", "盼头"), True),
            (Watch(targets=("地区生产总值",)), ("奔头", "盼头"), False),
            (Watch(targets=("地区生产总值",)), ("增长6%左右", "增长5%左右"), True),
            (Watch(targets=("GDP",)), ("增长6%左右", "增长5%左右"), True),
            (Watch(targets=("城镇调查失业率",)), ("增长6%左右", "增长5%左右"), False),
            (Watch(min_change=Decimal(1)), ("增长6%左右", "增长5.5%左右"), False),
            (Watch(min_change=Decimal("0.5")), ("增长6%左右", "增长5.5%左右"), True),
            (Watch(min_change=Decimal(1)), ("增长6%左右", "增长6%以上"), True),
            (Watch(min_change=Decimal(1)), ("奔头", "盼头"), True),
        ],
    )
    def test_which_changes_are_worth_an_alert(self, watch: Watch, edit: tuple[str, str], told: bool) -> None:
        page = due(source=source(watch=watch))
        intent = decide.read(page, document(TEXT.replace(*edit)), PREVIOUS, moment())
        assert intent.outcome is Outcome.CHANGED, "every change is a version, told or not"
        assert bool(intent.alerts) is told

    @pytest.mark.parametrize(
        ("edit", "severity", "channels"),
        [(("奔头", "盼头"), "low", ("mail",)), (("增长6%左右", "增长5%左右"), "high", ("desk", "mail"))],
    )
    def test_edits_beside_the_targets_go_to_channels_of_their_own(
        self, edit: tuple[str, str], severity: str, channels: tuple[str, ...]
    ) -> None:
        page = due(source=source(watch=Watch(text_to=("mail",)), alert=("desk", "mail")))
        (alert,) = decide.read(page, document(TEXT.replace(*edit)), PREVIOUS, moment()).alerts
        assert (alert.payload["severity"], alert.channels) == (severity, channels)


def test_new_validators_are_recorded_with_an_unchanged_text() -> None:
    parts = (Part(url="https://www.example.org/yunxi.html", sha256="0" * 64, paragraphs=4, etag='"b"'),)
    assert decide.unchanged(due(), moment(), parts).parts == parts


class TestPatience:
    OTHER = "\n".join(text[::-1] for text in PARAGRAPHS)

    def test_another_article_is_not_believed_at_the_second_look(self) -> None:
        page = due()
        for minutes in (0, 10, 600):
            at = moment(now=NOW + timedelta(minutes=minutes))
            intent = decide.read(page, document(self.OTHER), PREVIOUS, at)
            assert (intent.outcome, intent.version, intent.alerts) == (Outcome.SUSPECT, None, ())
            page = replace(page, suspicion=intent.suspicion)

    @pytest.mark.parametrize(
        ("days", "outcome", "told"), [(1, Outcome.SUSPECT, "page.suspect"), (7, Outcome.CHANGED, "page.changed")]
    )
    def test_but_told_when_it_stood_for_a_day_and_believed_after_a_week(
        self, days: int, outcome: Outcome, told: str
    ) -> None:
        held = decide.read(due(), document(self.OTHER), PREVIOUS, moment()).suspicion
        at = moment(now=NOW + timedelta(days=days))
        intent = decide.read(due(suspicion=held), document(self.OTHER), PREVIOUS, at)
        assert (intent.outcome, [alert.type for alert in intent.alerts]) == (outcome, [told])

    def test_a_week_of_this_very_text_not_of_one_false_page_after_another(self) -> None:
        held = decide.read(due(), document("请完成安全验证后继续访问。"), PREVIOUS, moment()).suspicion
        page = due(suspicion=held)
        for days in (8, 9):
            intent = decide.read(page, document(self.OTHER), PREVIOUS, moment(now=NOW + timedelta(days=days)))
            assert intent.outcome is Outcome.SUSPECT
            page = replace(page, suspicion=intent.suspicion)
        intent = decide.read(page, document(self.OTHER), PREVIOUS, moment(now=NOW + timedelta(days=15)))
        assert intent.outcome is Outcome.CHANGED

    @pytest.mark.parametrize("cut", [0.3, 0.5, 0.75, 0.95])
    def test_a_text_cut_within_a_sentence_is_not_believed_either(self, cut: float) -> None:
        length = int(len(TEXT) * cut)
        page = due()
        for _ in range(3):
            intent = decide.read(page, document(TEXT[:length]), PREVIOUS, moment())
            assert intent.outcome is Outcome.SUSPECT
            page = replace(page, suspicion=intent.suspicion)

    def test_a_section_removed_at_the_end_is_believed_at_the_second_look(self) -> None:
        shorter = document("\n".join(PARAGRAPHS[:2]))
        held = decide.read(due(), shorter, PREVIOUS, moment()).suspicion
        assert decide.read(due(suspicion=held), shorter, PREVIOUS, moment()).outcome is Outcome.CHANGED
