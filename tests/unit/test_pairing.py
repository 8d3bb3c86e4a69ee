"""Which pages are compared, when, and what is told of it: the rules alone."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.checks import Alert, Comparison, Print
from crawler.model import Source, Watch
from crawler.pairing import MOST, Pair, Telling, conclude, pairs, unread
from tests.support.prints import PLAN, REPORT
from tests.support.sides import side
from tests.support.values import INSTALLATION, source

NOW = datetime(2031, 1, 20, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEXT = "\n".join(REPORT)
LOWER = TEXT.replace("6%左右", "5.5%左右")


def made(number: int, **fields: object) -> Print:
    plain = Print(
        page=number,
        source=f"s{number}",
        key="",
        url=f"https://s{number}.example.org/",
        title="云溪市2031年政府工作报告",
        region="云溪市",
        year=2031,
        version=1,
        edited=1,
        characters=1000,
        published=None,
        first_seen=NOW + number * HOUR,
        read_at=NOW,
        checked_at=NOW + HOUR,
        well=True,
        code="code",
    )
    return replace(plain, **fields)


def compared(one: int, other: int, versions: tuple[int, int] = (1, 1), **fields: object) -> Comparison:
    return replace(Comparison(page=one, other=other, versions=versions, prints=True), **fields)


def known(*comparisons: Comparison) -> Mapping[tuple[int, int], Comparison]:
    return {(each.page, each.other): each for each in comparisons}


def asked(
    one: Print,
    others: Iterable[Print],
    stored: Mapping[tuple[int, int], Comparison] | None = None,
    prints: bool = True,
    began: datetime | None = None,
) -> tuple[list[tuple[int, int]], bool]:
    """The pairs asked for, where all (or none) turn out to be prints; and whether that was all."""
    flow = pairs(one, others, stored or {}, began)
    found, answer = [], None
    while True:
        try:
            pair = flow.send(answer) if found else next(flow)
        except StopIteration as end:
            return found, end.value
        found.append(pair.pages)
        answer = prints


ONE, TWO, THREE = made(1), made(2), made(3)


class TestPairs:
    def test_the_first_stored_is_compared_with_all(self) -> None:
        assert asked(ONE, [THREE, TWO]) == ([(1, 2), (1, 3)], True)

    def test_any_other_with_the_first_alone(self) -> None:
        assert asked(THREE, [TWO, ONE]) == ([(1, 3)], True)

    def test_or_with_the_first_that_prints_the_same(self) -> None:
        assert asked(THREE, [ONE, TWO], prints=False) == ([(1, 3), (2, 3)], True)
        assert asked(THREE, [ONE, TWO], known(compared(1, 3, prints=False))) == ([(2, 3)], True)

    def test_of_two_listed_at_once_the_one_published_first(self) -> None:
        late = made(1, first_seen=NOW, published=date(2031, 2, 1))
        early = made(2, first_seen=NOW, published=date(2031, 1, 15))
        assert asked(late, [early])[0] == [(2, 1)]
        assert asked(late, [early], known(compared(1, 2, (0, 0))))[0] == [(1, 2)], "what was said once stays so"

    def test_what_was_compared_is_not_compared_again(self) -> None:
        assert asked(ONE, [TWO], known(compared(1, 2))) == ([], True)
        assert asked(TWO, [ONE], known(compared(1, 2))) == ([], True)
        assert asked(made(1, version=2), [TWO], known(compared(1, 2))) == ([(1, 2)], True)

    @pytest.mark.parametrize("fields", [{"characters": 500}, {"url": "http://www.s1.example.org/"}])
    def test_a_summary_or_the_same_page_is_not_compared(self, fields: dict[str, object]) -> None:
        assert asked(ONE, [made(2, **fields)]) == ([], True)

    def test_reports_of_no_place_are_compared_if_nearly_as_long(self) -> None:
        one = made(1, region="")
        assert asked(one, [made(2, region="", characters=950)])[0] == [(1, 2)]
        assert asked(one, [made(2, region="", characters=850)])[0] == []

    @pytest.mark.parametrize(
        ("first", "second", "paired"),
        [
            ("第3县2031年政府工作报告", "第4县2031年政府工作报告", False),
            ("第3县2031年政府工作报告", "二〇三一年第3县政府工作报告（全文）", True),
            ("第3县人民政府工作报告", "第3县政府工作报告", True),
            ("政府工作报告", "第4县2031年政府工作报告", True),
            ("国务院政府工作报告", "2031年政府工作报告", True),
        ],
    )
    def test_titles_that_begin_with_other_places_are_no_pair(self, first: str, second: str, paired: bool) -> None:
        one, other = made(1, region="", title=first), made(2, region="", title=second)
        assert asked(one, [other])[0] == ([(1, 2)] if paired else [])

    @pytest.mark.parametrize("fields", [{"code": "newer"}, {"well": False}, {"checked_at": None}])
    def test_a_page_that_cannot_be_held_against_it_yet_is_waited_for(self, fields: dict[str, object]) -> None:
        assert asked(ONE, [made(2, **fields), THREE]) == ([(1, 3)], False)
        assert asked(THREE, [made(1, **fields), TWO]) == ([(2, 3)], False)

    def test_where_it_is_known_to_print_the_same_no_other_takes_its_place(self) -> None:
        stale = made(1, well=False)
        assert asked(THREE, [stale, TWO], known(compared(1, 3, (0, 0)))) == ([], False)

    def test_each_was_looked_at_since_the_other_was_edited_or_in_the_same_round(self) -> None:
        edited = made(1, read_at=NOW + 3 * HOUR, checked_at=NOW + 3 * HOUR)
        assert asked(edited, [TWO]) == ([], False)
        assert asked(edited, [TWO], began=NOW + HOUR) == ([(1, 2)], True)
        assert asked(edited, [TWO], began=NOW + 2 * HOUR) == ([], False)
        assert asked(edited, [made(2, checked_at=NOW + 4 * HOUR)]) == ([(1, 2)], True)

    def test_there_is_an_end_of_pairs(self) -> None:
        many = [made(number) for number in range(2, 100)]
        assert asked(ONE, many)[0] == [(1, number) for number in range(100 - MOST, 100)]
        assert len(asked(made(200), [ONE, *many], prints=False)[0]) == MOST


def told(
    old: str = TEXT,
    new: str = LOWER,
    *,
    stored: Mapping[tuple[int, int], Comparison] | None = None,
    pair: Pair | None = None,
    **sources: Source,
) -> tuple[Comparison, tuple[Alert, ...]]:
    plain = {each.source: source(id=each.source, title=each.source) for each in (ONE, TWO, THREE)}
    telling = Telling(sources=plain | sources, now=NOW, installation=INSTALLATION)
    return conclude(pair or Pair(reference=ONE, other=TWO), (side(old), side(new)), stored or {}, telling)


class TestConclude:
    def test_a_difference(self) -> None:
        found, (alert,) = told()
        assert (found.prints, found.targets, found.places, found.alert) == (True, 1, 1, alert.id)
        assert found.summary == "地区生产总值增长 6%左右 → 5.5%左右"
        assert (alert.type, alert.source, alert.page) == ("page.differs", "s2", 2)
        assert alert.payload["reference"]["url"] == ONE.url

    def test_none(self) -> None:
        assert told(new=TEXT) == (replace(compared(1, 2), share=1.0), ())

    def test_another_paper(self) -> None:
        assert told(new="\n".join(PLAN)) == (compared(1, 2, prints=False), ())

    def test_the_same_event_is_the_same_alert(self) -> None:
        assert told()[1][0].id == told()[1][0].id
        assert told()[1][0].id != told(pair=Pair(reference=ONE, other=made(2, version=2)))[1][0].id

    def test_what_was_told_is_not_told_again(self) -> None:
        first, _ = told()
        edited = Pair(reference=ONE, other=made(2, version=2, edited=2))
        again, alerts = told(new=LOWER + "\n责任编辑：何田", stored=known(first), pair=edited)
        assert (alerts, again.alert, again.versions) == ((), first.alert, (1, 2))

    def test_a_change_of_what_differs_is(self) -> None:
        first, _ = told()
        edited = Pair(reference=ONE, other=made(2, version=2, edited=2))
        assert told(new=LOWER.replace("5.5%", "5%"), stored=known(first), pair=edited)[1]
        assert not told(new=TEXT, stored=known(first), pair=edited)[1]

    def test_what_better_rules_find_is_not(self) -> None:
        first, _ = told(new=TEXT)
        reread = Pair(reference=ONE, other=made(2, version=2, edited=1))
        found, alerts = told(stored=known(first), pair=reread)
        assert (alerts, found.places) == ((), 1)

    def test_unless_they_were_never_compared(self) -> None:
        reread = Pair(reference=ONE, other=made(2, version=2, edited=1))
        assert told(stored=known(compared(1, 2, prints=False)), pair=reread)[1]

    def test_one_edit_of_the_reference_is_told_against_one_of_those_that_follow_it(self) -> None:
        alike, _ = told(new=TEXT)
        edited = Pair(reference=made(1, version=2, edited=2), other=TWO)
        first, alerts = told(LOWER, TEXT, stored=known(alike), pair=edited)
        assert alerts
        another = Pair(reference=made(1, version=2, edited=2), other=THREE)
        stored = known(first, replace(alike, other=3))
        assert not told(LOWER, TEXT, stored=stored, pair=another)[1]

    def test_another_that_makes_the_same_edit_later_is_told(self) -> None:
        first, _ = told()
        edited = Pair(reference=ONE, other=made(3, version=2, edited=2))
        assert told(stored=known(first, compared(1, 3)), pair=edited)[1]

    def test_what_was_not_told_of_another_is_told_here(self) -> None:
        silent, alerts = told(s2=source(id="s2", watch=Watch(differs=False)))
        assert (alerts, silent.places, silent.alert) == ((), 1, None)
        assert told(stored=known(silent), pair=Pair(reference=ONE, other=THREE))[1]

    def test_either_source_can_switch_it_off(self) -> None:
        for name in ("s1", "s2"):
            assert told(**{name: source(id=name, watch=Watch(differs=False))})[1] == ()

    def test_channels(self) -> None:
        (alert,) = told(s1=source(id="s1", alert=("a", "b")), s2=source(id="s2", alert=("b", "c")))[1]
        assert alert.channels == ("b", "c", "a")

    def test_a_pair_that_cannot_be_compared_keeps_what_was_known(self) -> None:
        first, _ = told()
        edited = Pair(reference=ONE, other=made(2, version=2))
        assert unread(edited, known(first)) == replace(first, versions=(1, 2))
        assert unread(edited, {}) == compared(1, 2, (1, 2), prints=False)
