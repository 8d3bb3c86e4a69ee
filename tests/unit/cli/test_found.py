"""The table of numbers found, as a person sees it."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from rich.cells import cell_len, set_cell_size
from rich.console import Console

from crawler.cli.found import show_targets
from crawler.model import Target
from crawler.targets import find_targets
from tests.support.cli import crawl

TEXT = """云溪市2026年政府工作报告
一、2025年工作回顾
地区生产总值增长5.8%，城镇调查失业率4.9%，新建公园12个。
二、2026年预期目标
地区生产总值增长6%左右；城镇调查失业率控制在5.5%以内；农村居民人均可支配收入从2.1万元提高到2.4万元以上；居民收入增长与经济增长同步。
全年新增城市地下综合管廊及配套智能化监测运行维护设施120公里，办好10件民生实事，10月底前全部开工。
"""
FOUND = find_targets(TEXT)


def printed(found: Sequence[Target], width: int = 120, *, everything: bool = False) -> list[str]:
    """The lines, none of them wider than the terminal."""
    file = io.StringIO()
    show_targets(Console(file=file, width=width, highlight=False), found, everything=everything)
    lines = file.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= width
    return lines


def test_each_target_has_a_line_with_its_value_in_words() -> None:
    lines = [line.split() for line in printed(FOUND)[2:]]
    assert lines[:4] == [
        ["地区生产总值", "增长6%左右", "2026", "growth"],
        ["城镇调查失业率", "5.5%以内", "2026", "rate"],
        ["农村居民人均可支配收入", "2.4万元以上", "2026", "level"],
        ["居民收入", "同步", "2026", "relative"],
    ]


def test_the_rest_is_counted_by_what_it_is() -> None:
    statuses = [target.status for target in FOUND]
    counts = [statuses.count(status) for status in ("target", "achievement", "optional")]
    assert printed(FOUND)[0] == "目标 targets: {}；另有 完成值 achievements {}、可算可不算 optional {}".format(*counts)
    assert min(counts) > 0
    promises = [target for target in FOUND if target.status == "target"]
    assert printed(promises)[0] == f"目标 targets: {counts[0]}"


def test_all_numbers_come_with_their_status_and_what_it_rests_on() -> None:
    lines = [line.split() for line in printed(FOUND, everything=True)[2:]]
    assert len(lines) == len(FOUND)
    assert lines[0] == ["achievement", "地区生产总值", "增长5.8%", "2025", "subject;", "工作回顾"]
    assert ["optional", "农村居民人均可支配收入", "2.1万元"] in [line[:3] for line in lines]
    assert [line[0] for line in lines] == [target.status for target in FOUND]


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_columns_are_aligned_at_every_width(width: int, everything: bool) -> None:
    heads, *lines = printed(FOUND, width, everything=everything)[1:]
    column = cell_len(heads[: heads.index("时期")])
    aligned = [line for line in lines if line[len(set_cell_size(line, column)) :].startswith("202")]
    assert len(aligned) == len([target for target in FOUND if everything or target.status == "target"])


@pytest.mark.parametrize("width", [30, 50])
def test_a_narrow_terminal_loses_nothing(width: int) -> None:
    text = "".join("".join(printed(FOUND, width, everything=True)).split())
    for target in FOUND:
        assert "".join(target.rule.split()) in text


def test_reports_of_a_compilation_are_set_apart() -> None:
    titles = ("甲水市2026年政府工作报告", "乙山县2025年政府工作报告")
    found = [replace(FOUND[-1], status="target", report=title) for title in titles for _ in range(2)]
    lines = [line.strip() for line in printed(found)]
    assert lines.index("甲水市 2026") < lines.index("乙山县 2025")
    assert sum(line.startswith("指标 indicator") for line in lines) == 2


def test_without_targets_there_is_no_table() -> None:
    assert printed([]) == ["目标 targets: 0"]
    assert len(printed([target for target in FOUND if target.status == "achievement"])) == 1


def test_words_from_a_page_neither_steer_the_terminal_nor_break_the_line() -> None:
    hostile = replace(
        FOUND[-1], status="target", indicator="地区\n生产[red]总值\x1b[2J", report="甲\x1b市", scope="全\t市"
    )
    text = "\n".join(printed([hostile]))
    assert "\x1b" not in text
    assert "地区 生产[red]总值" in text
    assert "全 市" in text


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path_factory: pytest.TempPathFactory) -> str:
        path = tmp_path_factory.mktemp("texts") / "yunxi.txt"
        path.write_text(TEXT, "utf-8")
        return str(path)

    def test_it_tells_how_to_see_the_others(self, file: str, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = tmp_path_factory.getbasetemp()
        shown = crawl(folder, "targets", file)
        assert "工作回顾" not in shown.out
        assert "--all" in shown.out.splitlines()[-1]
        whole = crawl(folder, "targets", file, "--all").out
        assert "工作回顾" in whole
        assert "--all" not in whole

    def test_json_has_every_number(self, file: str, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = tmp_path_factory.getbasetemp()
        found = crawl(folder, "targets", file, "--json").json
        assert found == crawl(folder, "targets", "-", "--json", "--all", given=TEXT.encode()).json
        assert [target["status"] for target in found] == [target.status for target in FOUND]
